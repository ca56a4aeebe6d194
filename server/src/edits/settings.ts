import type { ParsedFiles } from '../eval/evaluation';
import { attempt } from '../eval/thunk';
import type { Origin } from '../eval/value';
import type { Container } from '../homelab/model';
import { resolvePath, directoryOf } from '../nix/paths';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr, Expr, ValueBinding } from '../nix/syntax';
import { writeAttrPath } from '../nix/write';
import type { TextChange } from './edit-plan';
import {
  attrsBelow,
  bindingIn,
  bindingOfName,
  indentationAt,
  lineEnd,
  lineEndOf,
  lineStart,
  partsOf,
} from './syntax-search';

/** One setting of a set that is written out: adding, replacing and removing it, in the style of what is around it. */

/** A set in a file. */
export interface WrittenSet {
  readonly file: SourceFile;
  readonly set: AttrSetExpr;
}

/**
 * Adds `path = value;` to a set, inside the sets that are there already, or replaces the value that is there.
 * Null where the path leads into something that is not written as a set.
 * @param value Nix; several lines are joined where the set around them has none of its own
 */
export function putSetting(
  { file, set }: WrittenSet,
  path: readonly string[],
  value: string | readonly string[],
): TextChange | null {
  for (const binding of set.bindings) {
    if (binding.kind === 'inherit') {
      if (binding.names.some(({ text }) => text === path[0])) return null;
      continue;
    }
    const shared = sharedLength(binding, path);
    if (shared === 0 || shared < Math.min(binding.path.length, path.length)) continue;
    if (binding.path.length > path.length) return null;
    if (binding.path.length === path.length)
      return replaceExpression(file, binding.value, typeof value === 'string' ? value : inOneLine(value));
    if (binding.value.kind !== 'attrs') return null;
    return putSetting({ file, set: binding.value }, path.slice(shared), value);
  }
  if (set.damaged) return null;
  const [first = '', ...others] = typeof value === 'string' ? [value] : value;
  return addBinding(file, set, statement([`${writeAttrPath(path)} = ${first}`, ...others]));
}

function statement(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line};` : line));
}

function inOneLine(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(' ');
}

function sharedLength({ path: own }: ValueBinding, path: readonly string[]): number {
  let shared = 0;
  while (shared < own.length && shared < path.length && own[shared]?.text === path[shared]) shared++;
  return shared;
}

/** Another text for an expression. */
export function replaceExpression(file: SourceFile, expr: Expr, newText: string): TextChange | null {
  const range = file.rangeOf(expr);
  return range === null ? null : { file: file.path, range, newText };
}

/** A binding behind the last one of a set, on lines of its own where those have theirs. */
function addBinding(file: SourceFile, set: AttrSetExpr, lines: readonly string[]): TextChange | null {
  const last = set.bindings[set.bindings.length - 1];
  const range = last === undefined ? null : file.rangeOf(last);
  if (range !== null) return besideRange(file, range.start, range.end, lines);
  const whole = file.rangeOf(set);
  if (whole === null) return null;
  const open = file.text.indexOf('{', whole.start) + 1;
  const inside = file.text.slice(open, whole.end - 1);
  if (inside.trim() !== '' || !inside.includes('\n'))
    return {
      file: file.path,
      range: { start: open, end: open + leadingBlanks(inside) },
      newText: ` ${inOneLine(lines)} `,
    };
  const indentation = `${indentationAt(file.text, whole.end - 1)}  `;
  // Empty lines between the brackets make way.
  const end = open + inside.search(/\r?\n[^\n]*$/);
  const newText = lines.map((line) => lineEndOf(file.text) + indentation + line).join('');
  return { file: file.path, range: { start: open, end }, newText };
}

function leadingBlanks(text: string): number {
  return text.trim() === '' ? text.length : 0;
}

function besideRange(file: SourceFile, start: number, end: number, lines: readonly string[]): TextChange {
  const head = file.text.slice(lineStart(file.text, start), start);
  const rest = file.text.slice(end, lineEnd(file.text, end));
  if (/^[ \t]*$/.test(head) && /^[ \t]*(?:#.*)?$/.test(rest)) {
    const at = end + rest.length;
    return {
      file: file.path,
      range: { start: at, end: at },
      newText: lines.map((line) => lineEndOf(file.text) + head + line).join(''),
    };
  }
  return { file: file.path, range: { start: end, end }, newText: ` ${inOneLine(lines)}` };
}

/** The smallest binding around a piece of syntax; null where there is none in its file. */
export function bindingAround(file: SourceFile, node: Origin): ValueBinding | null {
  const wanted = node === null ? null : file.rangeOf(node);
  if (wanted === null) return null;
  let best: ValueBinding | null = null;
  let least = Infinity;
  for (const binding of partsOf(file).bindings) {
    const range = file.rangeOf(binding);
    if (range === null || range.start > wanted.start || range.end < wanted.end) continue;
    if (range.end - range.start < least) {
      least = range.end - range.start;
      best = binding;
    }
  }
  return best;
}

/** The binding that defines an option at a place: the smallest around it, if its path ends with the option's name. */
export function bindingOf(
  files: ParsedFiles,
  definition: Origin,
  option: string,
): { file: SourceFile; binding: ValueBinding } | null {
  const file = definition === null ? null : files.parsed(definition.anchor.source);
  const binding = file === null ? null : bindingAround(file, definition);
  if (file === null || binding === null || binding.path[binding.path.length - 1]?.text !== option)
    return null;
  return { file, binding };
}

/** Adds a setting beside the one that a definition belongs to: the same path but for its last name. */
export function settingBeside(
  files: ParsedFiles,
  definition: Origin,
  option: string,
  name: string,
  value: string,
): TextChange | null {
  const found = bindingOf(files, definition, option);
  if (found === null || found.binding.path.some(({ text }) => text === null)) return null;
  const range = found.file.rangeOf(found.binding);
  if (range === null) return null;
  const path = [...found.binding.path.slice(0, -1).map(({ text }) => text ?? ''), name];
  return besideRange(found.file, range.start, range.end, [`${writeAttrPath(path)} = ${value};`]);
}

/** Takes a binding away, with its line where it stands alone on it. */
export function removeBinding(file: SourceFile, binding: ValueBinding): TextChange | null {
  const range = file.rangeOf(binding);
  return range === null ? null : removeRange(file, range);
}

/** Takes a piece of text away, with its line where it stands alone on it. */
export function removeRange(file: SourceFile, range: Range): TextChange {
  const { text } = file;
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  const alone =
    /^[ \t]*$/.test(text.slice(start, range.start)) && /^[ \t]*(?:#.*)?$/.test(text.slice(range.end, end));
  if (!alone) {
    const before = /[ \t]*$/.exec(text.slice(start, range.start))?.[0].length ?? 0;
    return { file: file.path, range: { start: range.start - before, end: range.end }, newText: '' };
  }
  const next = text.startsWith('\r\n', end) ? end + 2 : Math.min(text.length, end + 1);
  return { file: file.path, range: { start, end: next }, newText: '' };
}

/** The set in which a container is written out: of several, the one with the most options. Null where none is. */
export function containerSet(files: ParsedFiles, { definitions }: Container): WrittenSet | null {
  const ordered = [...definitions].sort((a, b) => b.options.length - a.options.length);
  for (const { nameAt } of ordered) {
    const file = nameAt === null ? null : files.parsed(nameAt.anchor.source);
    const binding = file === null ? null : bindingOfName(file, nameAt);
    if (file === null || binding?.path[binding.path.length - 1] !== nameAt) continue;
    const set = attrsBelow(binding?.value ?? null);
    if (set !== null) return { file, set };
  }
  return null;
}

/** The set in which a guest's system is written out, in its container's own definition; null where it is computed. */
export function guestSet(files: ParsedFiles, container: Container): WrittenSet | null {
  const own = containerSet(files, container);
  const written = bindingIn(own?.set ?? null, ['config'])?.value;
  if (own !== null && written !== undefined) return moduleSet(files, own.file, written);
  const node = attempt(() => container.system.option(['config']));
  if (node === null || !('definitions' in node)) return null;
  const definitions = attempt(() => node.definitions());
  const [only] = Array.isArray(definitions) && definitions.length === 1 ? definitions : [];
  const expr = only?.value.origin ?? null;
  const file = expr === null ? null : files.parsed(expr.anchor.source);
  if (
    file === null ||
    expr === null ||
    expr.kind === 'attr-name' ||
    expr.kind === 'binding' ||
    expr.kind === 'inherit'
  )
    return null;
  // `config.services.x = { … }` writes out a part of the system.
  const binding = partsOf(file).bindings.find(({ value }) => value === expr);
  if (binding?.path.slice(0, -1).some(({ text }) => text === 'config') === true) return null;
  return moduleSet(files, file, expr);
}

function moduleSet(files: ParsedFiles, file: SourceFile, expr: Expr): WrittenSet | null {
  const [path] = expr.kind === 'path' && expr.parts.length === 1 ? expr.parts : [];
  if (typeof path === 'string') {
    const module = files.parsed(resolvePath(directoryOf(file.path), path));
    const set = module === null ? null : attrsBelow(module.root.expression);
    return module === null || set === null ? null : structured(module, set);
  }
  const set = attrsBelow(expr);
  return set === null ? null : structured(file, set);
}

/** Where a module writes `config = { … }`, that is where its settings are. */
function structured(file: SourceFile, set: AttrSetExpr): WrittenSet {
  const config = bindingIn(set, ['config'])?.value;
  return config?.kind === 'attrs' ? { file, set: config } : { file, set };
}

/** Adds a setting to a container; null where it is not written out. */
export function putContainerSetting(
  files: ParsedFiles,
  container: Container,
  path: readonly string[],
  value: string,
): TextChange | null {
  const own = containerSet(files, container);
  return own === null ? null : putSetting(own, path, value);
}

/** Adds a setting to a guest's system, also where that is spelled `config.a.b = …`; null where it is not written out. */
export function putGuestSetting(
  files: ParsedFiles,
  container: Container,
  path: readonly string[],
  value: string,
): TextChange | null {
  const inside = guestSet(files, container);
  if (inside !== null) return putSetting(inside, path, value);
  const own = containerSet(files, container);
  const dotted = own?.set.bindings.some(
    (binding) => binding.kind === 'binding' && binding.path.length > 1 && binding.path[0]?.text === 'config',
  );
  return own === null || dotted !== true ? null : putSetting(own, ['config', ...path], value);
}
