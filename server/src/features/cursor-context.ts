import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { tokenize } from '../nix/tokens';
import type { CursorContext, NameContext, PathContext } from './cursor/context';
import type { Frame, Item } from './cursor/frames';
import { roleAfter, trailingPath } from './cursor/items';
import { optionPath, type OptionPath } from './cursor/place';
import { scanBefore } from './cursor/scan';
import { evaluatedSetAt, filledIn } from './evaluated-places';
import { stepInto, writtenPlace, type WrittenPlace } from './cursor/written-path';
import type { FileRole, HomelabIndex } from './homelab-index';

const NONE: CursorContext = { kind: 'none' };
/** What follows in the pattern of a function: `, b ? 1, ... }:`. */
const PATTERN_REST = /^[\s\w,?.'"-]*\}\s*(?::|@\s*\w)/;
const WORD_END = /[A-Za-z0-9_'-]*/y;

/**
 * What is at an offset of a file.
 * @param offset UTF-16, from 0
 */
export function cursorContext(index: HomelabIndex, file: SourceFile, offset: number): CursorContext {
  const { text } = file;
  const scan = scanBefore(text, offset, file.errors.length > 0);
  if (scan.inComment) return NONE;
  const word = { start: wordStart(text, offset), end: wordEnd(text, offset) };
  if (scan.frames.length === 1 && holdsOneWord(text)) return { kind: 'empty', word };
  const top = scan.frames.at(-1);
  if (top === undefined) return NONE;
  const path = top.kind === 'string' ? null : writtenPathAt(text, offset, scan.frames);
  if (path !== null) return path;
  const role = index.roleOf(file.path);
  const reader = new ContextReader(text, offset, word, role, scan.frames, (frames, own) =>
    evaluatedPath(index, file, frames, own),
  );
  return reader.read(top);
}

/**
 * The path of what frames are, by what the innermost set among them evaluates to; null where that is not known.
 * @param own whether the last frame is to be taken without the binding that is being written in it
 */
function evaluatedPath(
  index: HomelabIndex,
  file: SourceFile,
  frames: readonly Frame[],
  own: boolean,
): OptionPath | null {
  for (let at = frames.length - 1; at > 0; at--) {
    const frame = frames[at];
    if (frame?.kind !== 'set') continue;
    const set = evaluatedSetAt(index, file, frame.inside);
    if (set === null || !isOpenedBy(file.text, set.range, frame.start)) continue;
    const inside = frames.slice(at).map((inner, number, all) => ({
      ...inner,
      ...(number === 0 ? { role: { kind: 'value' as const } } : {}),
      ...(own && number === all.length - 1 ? { state: 'name' as const } : {}),
    }));
    const { fromFile, segments } = writtenPlace(inside).path;
    if (fromFile) return [...set.path, ...segments];
  }
  return null;
}

/** Whether a set begins with a certain `{`, or with the `rec` before it. */
function isOpenedBy(text: string, { start }: Range, brace: number): boolean {
  return start <= brace && /^(?:rec\s*)?$/.test(text.slice(start, brace));
}

/** The written place of an offset, with the role of its file. */
export function placeAt(file: SourceFile, offset: number): WrittenPlace {
  return writtenPlace(scanBefore(file.text, offset, file.errors.length > 0).frames);
}

class ContextReader {
  private readonly place: WrittenPlace;

  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly word: Range,
    private readonly role: FileRole | null,
    private readonly frames: readonly Frame[],
    private readonly evaluated: (frames: readonly Frame[], own: boolean) => OptionPath | null,
  ) {
    this.place = writtenPlace(frames);
  }

  /**
   * The path of the innermost expression, as it is spelled; where the spelling does not tell, as it evaluates.
   * @param own whether the innermost set is to be taken without the binding that is being written in it
   */
  private path(own = false): OptionPath | null {
    const { fromFile, segments } = this.place.path;
    const open = own ? (this.frames.at(-1)?.path.length ?? 0) : 0;
    const written = { fromFile, segments: segments.slice(0, segments.length - open) };
    const spelled = (): OptionPath | null => {
      const path = optionPath(written, this.role);
      return path === null ? null : filledIn(path, () => this.evaluated(this.frames, own));
    };
    const isSure = this.role?.imported === true || !fromFile;
    return isSure
      ? (spelled() ?? this.evaluated(this.frames, own))
      : (this.evaluated(this.frames, own) ?? spelled());
  }

  read(top: Frame): CursorContext {
    if (top.kind === 'string') return this.inString(top);
    if (top.kind === 'set' || top.kind === 'let') {
      if (top.state === 'name') return top.kind === 'let' ? NONE : this.name(top);
      if (top.state === 'inherit') return this.inherited(top.items);
      if (top.state === 'default') return NONE;
    }
    return this.inExpression(top);
  }

  private inString(top: Frame): CursorContext {
    const content = this.contentOf(top);
    const outer = this.frames.at(-2);
    if (top.role.kind === 'name') {
      if (outer?.kind !== 'set' || outer.state !== 'name' || top.computed) return NONE;
      const before = outer.dotted ? outer.path.map(({ text }) => text) : [];
      return { ...this.nameContext(outer, before, content.range, true), closed: content.closed };
    }
    const path = this.path();
    const text = {
      content: content.range,
      closed: content.closed,
      quote: top.quote,
      computed: top.computed,
      frames: this.frames,
    };
    return path === null ? { kind: 'text', ...text } : { kind: 'string', path, ...text };
  }

  private contentOf({ inside, quote }: Frame): { range: Range; closed: boolean } {
    const line = /[\r\n]/g;
    line.lastIndex = this.offset;
    const rest = this.text.slice(this.offset, line.exec(this.text)?.index ?? this.text.length);
    const close = quote === "''" ? rest.indexOf("''") : rest.search(/(?<!\\)"/);
    // A quote that a new string begins with does not close this one: `"10.0.  foo = "x";`.
    const closed = close !== -1 && !/[;={}]/.test(rest.slice(0, close).replace(/\$\{[^}]*\}/g, ''));
    return { range: { start: inside, end: closed ? this.offset + close : this.word.end }, closed };
  }

  private name(top: Frame): CursorContext {
    const pattern = PATTERN_REST.exec(this.text.slice(this.word.end, this.word.end + 500));
    if (top.formals.length > 0 || pattern !== null) return this.argument(top, pattern?.[0] ?? '');
    const last = top.path.at(-1);
    const names = top.path.map(({ text }) => text);
    if (top.dotted || last === undefined) return this.nameContext(top, names, this.word, false);
    if (last.end === this.offset && this.word.start >= last.start)
      return this.nameContext(top, names.slice(0, -1), this.word, false);
    // A name that stands alone on an earlier line was left half-typed.
    if (this.text.slice(last.end, this.offset).includes('\n'))
      return this.nameContext(top, [], this.word, false);
    return NONE;
  }

  private argument(top: Frame, rest: string): CursorContext {
    const own = top.path.at(-1);
    if (top.dotted || (own !== undefined && own.end !== this.offset)) return NONE;
    const following = rest.replace(/\?[^,}]*/g, '').match(/[A-Za-z_][\w'-]*|\.\.\./g) ?? [];
    const named = [...top.formals, ...following];
    return { kind: 'argument', path: this.path(), word: this.word, named };
  }

  private nameContext(frame: Frame, before: OptionPath, word: Range, quoted: boolean): NameContext {
    // The path of a set does not hold the name that is being written in it.
    const set = this.path() ?? (before[0] === 'containers' ? [] : null);
    return { kind: 'name', set, before, word, quoted, closed: true, frame, frames: this.frames };
  }

  private inherited(items: readonly Item[]): CursorContext {
    const [source] = items;
    const { word, frames } = this;
    if (source?.group !== '(') return { kind: 'inherit', set: this.path(), word, frames };
    const from = trailingPath(source.inner);
    const isPath = from.length > 0 && source.inner.length === 2 * from.length - 1;
    const selected = isPath
      ? this.selected(
          from.map(({ text }) => text),
          word,
        )
      : NONE;
    if (selected.kind === 'attributes') return { ...selected, set: this.path() };
    // What it is taken from is computed: the names of the set itself can be meant.
    return selected.kind === 'none' ? { kind: 'attributes', names: [], word, set: this.path() } : selected;
  }

  private inExpression(top: Frame): CursorContext {
    const { items } = top;
    const last = items.at(-1);
    const atDot = last?.token?.text === '.';
    const atWord = last?.token?.kind === 'name' && last.end === this.offset;
    const path = atDot ? trailingPath(items.slice(0, -1)) : atWord ? trailingPath(items) : [];
    const names = path.map(({ text }) => text);
    const [first] = path;
    if (first !== undefined && this.beginsBinding(top, first.start)) {
      const before = atDot ? names : names.slice(0, -1);
      return { ...this.nameContext(top, before, this.word, false), set: this.path(true) };
    }
    if (atDot || names.length > 1) {
      if (names.length === 0) return NONE;
      return this.selected(atDot ? names : names.slice(0, -1), this.word);
    }
    const isNumber = last?.token?.kind === 'number' && last.end === this.offset;
    const before = items.slice(0, items.length - (isNumber ? 1 : names.length));
    return this.value(top, before, isNumber ? { ...this.word, start: last.start } : this.word);
  }

  /** Whether a word after a value without `;` begins the next binding: it begins a line and is not indented further. */
  private beginsBinding(top: Frame, start: number): boolean {
    const own = top.path[0];
    if (top.kind !== 'set' || own === undefined) return false;
    const line = this.text.lastIndexOf('\n', start - 1) + 1;
    if (line <= own.start || this.text.slice(line, start).trim() !== '') return false;
    const ownLine = this.text.lastIndexOf('\n', own.start - 1) + 1;
    const indent = /^[ \t]*/.exec(this.text.slice(ownLine))?.[0].length ?? 0;
    return start - line <= indent;
  }

  private value(top: Frame, before: readonly Item[], word: Range): CursorContext {
    const inList = top.kind === 'list';
    const { frames } = this;
    const variable: CursorContext = { kind: 'variable', word, frames };
    if (top.kind === 'root') return NONE;
    const list = inList ? listOfModules([...this.place.path.segments, '*']) : null;
    if (list !== null && word.start === word.end) return { kind: 'path', typed: word, list, frames };
    if (top.kind === 'interpolation' || top.kind === 'let') return variable;
    const step = stepInto(roleAfter(before, inList), false);
    if (top.path.length === 0 && top.kind === 'set') return NONE;
    const path = step === null ? null : this.path();
    return path === null || step === null
      ? variable
      : { kind: 'value', path: [...path, ...step], word, frames };
  }

  private writtenContainers(): string[] {
    const names = new Set<string>();
    for (const [number, frame] of this.frames.entries()) {
      if (frame.kind !== 'set') continue;
      const around = [...this.frames.slice(0, number), { ...frame, state: 'name' as const }];
      const { fromFile, segments } = writtenPlace(around).path;
      for (const { path } of [...frame.bindings, frame]) {
        const written = [...segments, ...path.map(({ text }) => text)];
        const [first, name] = optionPath({ fromFile, segments: written }, this.role) ?? [];
        if (first === 'containers' && name != null && name !== '*') names.add(name);
      }
    }
    return [...names];
  }

  private selected(names: OptionPath, word: Range): CursorContext {
    const [subject, ...below] = names;
    if (subject == null) return NONE;
    const known = names.flatMap((name) => name ?? []);
    const other: CursorContext =
      known.length === names.length ? { kind: 'attributes', names: known, word, set: null } : NONE;
    const owner = this.place.configs.get(subject);
    if (owner === 'other') return other;
    if (owner === undefined && subject !== 'config') return other;
    const module = owner ?? { fromFile: true, segments: [] };
    const base = optionPath(module, this.role);
    const containers = below[0] === 'containers' ? this.writtenContainers() : [];
    if (base !== null) return { kind: 'select', path: [...base, ...below], word, containers };
    return below[0] === 'containers' ? { kind: 'select', path: below, word, containers } : other;
  }
}

const PATH_BEFORE = /(?:^|[\s([=:])((?:\.{1,2}\/)[\w.+/-]*)$/;
const PATH_STARTED = /(?:^|[\s([=:])(\.{1,2})$/;

/** The path literal that ends at an offset; null where none does. */
function writtenPathAt(text: string, offset: number, frames: readonly Frame[]): PathContext | null {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed = (PATH_BEFORE.exec(line) ?? PATH_STARTED.exec(line))?.[1];
  if (typed === undefined) return null;
  const inList = frames.at(-1)?.kind === 'list';
  const list = inList ? listOfModules([...writtenPlace(frames).path.segments, '*']) : null;
  return { kind: 'path', typed: { start: offset - typed.length, end: offset }, list, frames };
}

/** The list of modules that a path leads into: `imports` of a module, `modules` of a host. */
export function listOfModules(segments: readonly (string | null)[]): 'imports' | 'modules' | null {
  const [name, element] = segments.slice(-2);
  return element === '*' && (name === 'imports' || name === 'modules') ? name : null;
}

function wordStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[A-Za-z0-9_'-]/.test(text[start - 1] ?? '')) start--;
  // A quote that ends a `''` string belongs to no word.
  while (start < offset && /['\-0-9]/.test(text[start] ?? '')) start++;
  return start;
}

function wordEnd(text: string, offset: number): number {
  WORD_END.lastIndex = offset;
  return offset + (WORD_END.exec(text)?.[0].length ?? 0);
}

function holdsOneWord(text: string): boolean {
  if (text.length > 10_000) return false;
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'comment');
  return tokens.length === 0 || (tokens.length === 1 && tokens[0]?.kind === 'name');
}
