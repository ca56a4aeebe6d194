import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { tokenize } from '../nix/tokens';
import type { Frame, Item } from './cursor/frames';
import { roleAfter, trailingPath } from './cursor/items';
import { optionPath, type OptionPath } from './cursor/place';
import { scanBefore } from './cursor/scan';
import { stepInto, writtenPlace, type WrittenPlace } from './cursor/written-path';
import type { FileRole, HomelabIndex } from './homelab-index';

/** What a cursor is at, also in half-typed text. All offsets are UTF-16, from 0. */
export type CursorContext =
  /** A file that holds nothing yet, or one word. */
  | { readonly kind: 'empty'; readonly word: Range }
  | NameContext
  | ValueContext
  | StringContext
  | SelectContext
  | { readonly kind: 'none' };

/** The name of an attribute is being written. */
export interface NameContext {
  readonly kind: 'name';
  /** The set it is written into; null where that is no known place of a configuration. */
  readonly set: OptionPath | null;
  /** The segments before it in the same binding. */
  readonly before: OptionPath;
  /** The whole half-typed word; in quotes, what is between them. */
  readonly word: Range;
  readonly quoted: boolean;
  readonly frame: Frame;
}

/** A value is to be written. */
export interface ValueContext {
  readonly kind: 'value';
  /** The option it is the value of; ends with `*` inside a list. */
  readonly path: OptionPath;
  readonly word: Range;
  readonly frames: readonly Frame[];
}

/** A string that is a value. */
export interface StringContext {
  readonly kind: 'string';
  readonly path: OptionPath;
  /** What is between the quotes; where the closing one is missing, up to the end of the word. */
  readonly content: Range;
  readonly closed: boolean;
  readonly quote: string;
  /** Whether something is interpolated before the cursor. */
  readonly computed: boolean;
  readonly frames: readonly Frame[];
}

/** An attribute is being selected from a module's `config`: `config.containers.`. */
export interface SelectContext {
  readonly kind: 'select';
  /** What it is selected from, as an option. */
  readonly path: OptionPath;
  readonly word: Range;
  /** Containers that the file writes before the cursor; the homelab may not know them while the file is broken. */
  readonly containers: readonly string[];
}

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
  const reader = new ContextReader(text, offset, word, index.roleOf(file.path), scan.frames);
  return reader.read(top);
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
  ) {
    this.place = writtenPlace(frames);
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
      return this.nameContext(outer, before, content.range, true);
    }
    const path = optionPath(this.place.path, this.role);
    if (path === null) return NONE;
    return {
      kind: 'string',
      path,
      content: content.range,
      closed: content.closed,
      quote: top.quote,
      computed: top.computed,
      frames: this.frames,
    };
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
    if (top.formals.length > 0 || PATTERN_REST.test(this.text.slice(this.word.end, this.word.end + 500)))
      return NONE;
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

  private nameContext(frame: Frame, before: OptionPath, word: Range, quoted: boolean): NameContext {
    // The path of a set does not hold the name that is being written in it.
    return { kind: 'name', set: optionPath(this.place.path, this.role), before, word, quoted, frame };
  }

  private inherited(items: readonly Item[]): CursorContext {
    const [source] = items;
    if (source?.group !== '(') return NONE;
    return this.selected(
      trailingPath(source.inner).map(({ text }) => text),
      this.word,
    );
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
      return { ...this.nameContext(top, before, this.word, false), set: this.pathOfSet(top) };
    }
    if (atDot || names.length > 1) {
      if (names.length === 0) return NONE;
      return this.selected(atDot ? names : names.slice(0, -1), this.word);
    }
    const before = items.slice(0, items.length - names.length);
    return this.value(top, before);
  }

  /** The path of the set that a frame is, without the binding that is being written in it. */
  private pathOfSet(top: Frame): OptionPath | null {
    const { fromFile, segments } = this.place.path;
    return optionPath(
      { fromFile, segments: segments.slice(0, segments.length - top.path.length) },
      this.role,
    );
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

  private value(top: Frame, before: readonly Item[]): CursorContext {
    const inList = top.kind === 'list';
    if (top.kind === 'root' || top.kind === 'interpolation' || top.kind === 'let') return NONE;
    const step = stepInto(roleAfter(before, inList), false);
    if (step === null || (top.path.length === 0 && top.kind === 'set')) return NONE;
    const { fromFile, segments } = this.place.path;
    const path = optionPath({ fromFile, segments: [...segments, ...step] }, this.role);
    return path === null ? NONE : { kind: 'value', path, word: this.word, frames: this.frames };
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
    const owner = this.place.configs.get(subject);
    if (owner === 'other') return NONE;
    if (owner === undefined && subject !== 'config') return NONE;
    const module = owner ?? { fromFile: true, segments: [] };
    const base = optionPath(module, this.role);
    const containers = below[0] === 'containers' ? this.writtenContainers() : [];
    if (base !== null) return { kind: 'select', path: [...base, ...below], word, containers };
    return below[0] === 'containers' ? { kind: 'select', path: below, word, containers } : NONE;
  }
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
