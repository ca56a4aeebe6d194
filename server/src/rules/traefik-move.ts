import { bindingOfName, indentationAt, lineEndOf, partsOf } from '../edits/syntax-search';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, ValueBinding } from '../nix/syntax';
import type { Fix, Files } from './rule';
import { removal, type PlacedKey } from './traefik-findings';

/**
 * Moves a key at the root of one of Traefik's configurations to where it belongs.
 * @param target below `services.traefik`, e.g. `dynamicConfigOptions`
 * @returns null where the key and the configuration around it are not written in one file, as bindings of plain sets
 */
export function moveKey(homelab: Files, key: PlacedKey, target: string): Fix | null {
  const file = homelab.files.parsed(key.at.file);
  const { at: name } = key.attr;
  const binding = file === null ? null : bindingOfName(file, name);
  if (file === null || binding === null || name?.kind !== 'attr-name') return null;
  const { option } = key.config;
  const title = `Move ${key.name} to ${target}`;
  const place = binding.path.indexOf(name);
  const before = binding.path[place - 1];
  if (before !== undefined) {
    // All on one line: `staticConfigOptions.tls.options = …`.
    const range = before.text === option ? file.rangeOf(before) : null;
    return range === null ? null : { title, changes: [{ file: file.path, range, newText: target }] };
  }
  const around = bindingAround(file, binding, option);
  const removed = removal(homelab, key);
  if (around === null || removed === null) return null;
  const inserted = insertion(file, around, binding, target);
  return inserted === null
    ? null
    : { title, changes: [removed, { file: file.path, range: inserted.range, newText: inserted.newText }] };
}

/** The binding whose value is the set that a binding stands in, if its path ends with the option. */
function bindingAround(file: SourceFile, inner: ValueBinding, option: string): ValueBinding | null {
  const found = partsOf(file).bindings.find(
    ({ value }) => value.kind === 'attrs' && value.bindings.includes(inner),
  );
  return found?.path.at(-1)?.text === option ? found : null;
}

function insertion(
  file: SourceFile,
  around: ValueBinding,
  moved: ValueBinding,
  target: string,
): { readonly range: { readonly start: number; readonly end: number }; readonly newText: string } | null {
  const [outer, own, value] = [file.rangeOf(around), file.rangeOf(moved), file.rangeOf(moved.value)];
  if (outer === null || own === null || value === null) return null;
  const { text } = file;
  const written = (name: AttrName): string | null => {
    const range = file.rangeOf(name);
    return range === null ? null : text.slice(range.start, range.end);
  };
  const path = [...around.path.slice(0, -1).map(written), target, ...moved.path.map(written)];
  if (path.includes(null)) return null;
  const indentation = indentationAt(text, outer.start);
  const deeper = indentationAt(text, own.start);
  const shifted = text
    .slice(value.start, value.end)
    .split('\n')
    .map((line, index) =>
      index > 0 && line.startsWith(deeper) ? indentation + line.slice(deeper.length) : line,
    )
    .join('\n');
  const eol = lineEndOf(text);
  return {
    range: { start: outer.end, end: outer.end },
    newText: `${eol}${eol}${indentation}${path.join('.')} = ${shifted};`,
  };
}
