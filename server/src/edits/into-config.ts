import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import type { AttrSetExpr } from '../nix/syntax';
import type { TextChange } from './edit-plan';
import { bindingOfName, partsOf } from './syntax-search';

/**
 * Moves settings of a module into the `config` beside them, by writing `config.` before each. Null where they are not
 * all bindings of one set, and where that `config` is no plain set or has one of them already.
 * @param names where their first names are written
 */
export function moveIntoConfig(files: ParsedFiles, names: readonly Origin[]): TextChange[] | null {
  const [first] = names;
  const file = first == null ? null : files.parsed(first.anchor.source);
  const binding = file === null || first === undefined ? null : bindingOfName(file, first);
  const set = file === null || binding === null ? null : (partsOf(file).sets.get(binding) ?? null);
  if (file === null || set === null) return null;
  const wanted = new Set<string>();
  for (const name of names) {
    if (name?.kind !== 'attr-name' || name.text === null || !takesInto(set, name.text)) return null;
    wanted.add(name.text);
  }
  const places = set.bindings.flatMap((own) =>
    own.kind === 'binding' && own.path[0]?.text != null && wanted.has(own.path[0].text)
      ? [{ text: own.path[0].text, range: file.rangeOf(own.path[0]) }]
      : [],
  );
  if ([...wanted].some((name) => !places.some(({ text }) => text === name))) return null;
  return places.flatMap(({ range }) =>
    range === null
      ? []
      : [{ file: file.path, range: { start: range.start, end: range.start }, newText: 'config.' }],
  );
}

/** Whether `config` of a set can have one more binding of a name. */
function takesInto(set: AttrSetExpr, text: string): boolean {
  if (set.recursive) return false;
  return set.bindings.every((binding) => {
    if (binding.kind === 'inherit')
      return !binding.names.some((name) => name.text === 'config' || name.text === text);
    const [head, next] = binding.path;
    if (head?.text !== 'config') return true;
    if (next !== undefined) return next.text !== null && next.text !== text;
    const { value } = binding;
    return (
      value.kind === 'attrs' &&
      !value.recursive &&
      value.bindings.every(
        (inner) => inner.kind === 'binding' && inner.path[0]?.text != null && inner.path[0].text !== text,
      )
    );
  });
}
