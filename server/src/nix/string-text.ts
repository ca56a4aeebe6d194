import type { SourceFile } from './source-file';
import { unescape, unescapeIndented } from './strings';
import type { StringLiteral } from './syntax';

/** Stands in a string's text for each interpolation. */
export const HOLE = '\ue000';

/** What a string literal says, and where each character of it is written. */
export interface StringText {
  /** The text after escapes and the removal of indentation, with `HOLE` for each interpolation. */
  readonly text: string;
  /** The place of a character in the file; for the text's length, the place behind the last one. UTF-16. */
  offsetAt(index: number): number;
}

/** The text of a string literal; null where its file has changed since, or its text cannot be followed. */
export function stringText(file: SourceFile, node: StringLiteral): StringText | null {
  const range = file.rangeOf(node);
  if (range === null) return null;
  const quotes = node.indented ? 2 : 1;
  const end = range.end - quotes;
  const written = new Written(file, node, range.start + quotes, end);
  const wanted = node.parts.map((part) => (typeof part === 'string' ? part : HOLE)).join('');
  const offsets: number[] = [];
  let at = 0;
  for (const character of wanted.split('')) {
    // Only white space is ever left out: indentation, the ends of lines, a blank first line.
    while (at < written.text.length && written.text[at] !== character && /\s/.test(written.text[at] ?? ''))
      at++;
    if (written.text[at] !== character) return null;
    offsets.push(written.offsets[at] ?? end);
    at++;
  }
  return { text: wanted, offsetAt: (index) => offsets[index] ?? end };
}

/** The characters between the quotes with their places, before indentation is removed. */
class Written {
  text = '';
  readonly offsets: number[] = [];

  constructor(file: SourceFile, { parts, indented }: StringLiteral, start: number, end: number) {
    const holes = parts.filter((part) => typeof part !== 'string');
    const source = file.text;
    for (let at = start; at < end;) {
      const rest = source.slice(at, at + 4);
      if (rest.startsWith('${')) {
        const hole = holes.shift();
        const inner = hole === undefined ? null : file.rangeOf(hole);
        this.add(HOLE, at);
        const close = source.indexOf('}', inner?.end ?? at);
        at = close === -1 ? end : close + 1;
        continue;
      }
      const escape = (indented ? /^''(?:\\[^]|'|\$)/ : /^\\[^]/).exec(rest)?.[0];
      if (escape !== undefined) {
        this.add(indented ? unescapeIndented(escape) : unescape(escape), at);
        at += escape.length;
        continue;
      }
      this.add(source[at] ?? '', at);
      at++;
      // A `$` takes the next character along, so that `$${` is no interpolation.
      if (rest.startsWith('$$')) {
        this.add('$', at);
        at++;
      }
    }
  }

  private add(text: string, offset: number): void {
    for (const character of text.split('')) {
      this.text += character;
      this.offsets.push(offset);
    }
  }
}
