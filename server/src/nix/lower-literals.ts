import type { TreeCursor } from 'web-tree-sitter';
import { misparsedUpdate } from './misparsed-update';
import { stripIndentation, unescape, unescapeIndented, type IndentedPiece } from './strings';
import type { Expr } from './syntax';
import type { OpenAnchor, TreeReader } from './tree-reader';

/** Lowering of strings and paths. Each gives null where a syntax error leaves no literal. */

/** A reader that also lowers what stands in `${…}`. */
export interface LiteralReader extends TreeReader {
  interpolation(cursor: TreeCursor, anchor: OpenAnchor): Expr;
}

export function lowerString(reader: LiteralReader, cursor: TreeCursor, anchor: OpenAnchor): Expr | null {
  const at = reader.place(cursor, anchor);
  const parts: (string | Expr)[] = [];
  let damaged = false;
  reader.eachChild(cursor, () => {
    const type = reader.type(cursor);
    if (reader.isDamage(cursor)) damaged = true;
    else if (type === 'string_fragment') addText(parts, reader.slice(cursor).replace(/\r\n?/g, '\n'));
    else if (type === 'escape_sequence') addText(parts, unescape(reader.slice(cursor)));
    else if (type === 'interpolation') {
      parts.push(reader.interpolation(cursor, anchor));
    }
  });
  return damaged ? null : { kind: 'string', ...at, indented: false, parts };
}

export function lowerIndentedString(
  reader: LiteralReader,
  cursor: TreeCursor,
  anchor: OpenAnchor,
): Expr | null {
  const at = reader.place(cursor, anchor);
  const pieces: IndentedPiece<Expr>[] = [];
  let damaged = false;
  reader.eachChild(cursor, () => {
    const type = reader.type(cursor);
    if (reader.isDamage(cursor)) damaged = true;
    else if (type === 'string_fragment') {
      const text = reader.slice(cursor);
      const last = pieces[pieces.length - 1];
      if (last !== undefined && 'text' in last && !last.escaped) last.text += text;
      else pieces.push({ text, escaped: false });
    } else if (type === 'escape_sequence') {
      pieces.push({ text: unescapeIndented(reader.slice(cursor)), escaped: true });
    } else if (type === 'interpolation') {
      pieces.push({ value: reader.interpolation(cursor, anchor) });
    }
  });
  return damaged ? null : { kind: 'string', ...at, indented: true, parts: stripIndentation(pieces) };
}

export function lowerPath(
  reader: LiteralReader,
  type: string,
  cursor: TreeCursor,
  anchor: OpenAnchor,
): Expr | null {
  const at = reader.place(cursor, anchor);
  const parts: (string | Expr)[] = [];
  let damaged = false;
  reader.eachChild(cursor, () => {
    const child = reader.type(cursor);
    if (reader.isDamage(cursor)) damaged = true;
    else if (child === 'path_fragment') addText(parts, reader.slice(cursor));
    else if (child === 'interpolation') {
      parts.push(reader.interpolation(cursor, anchor));
    }
  });
  if (damaged) return null;
  const [first] = parts;
  if (typeof first === 'string' && first.includes('//')) return misparsedUpdate(at, first, parts.length);
  const last = parts[parts.length - 1];
  if (typeof last === 'string' && last.endsWith('/'))
    return { kind: 'broken', ...at, reason: 'a path cannot end with `/`' };
  const form =
    type === 'hpath_expression'
      ? 'home'
      : typeof first === 'string' && first.startsWith('/')
        ? 'absolute'
        : 'relative';
  return { kind: 'path', ...at, form, parts };
}

function addText(parts: (string | Expr)[], text: string): void {
  const last = parts.length - 1;
  const previous = parts[last];
  if (typeof previous === 'string') parts[last] = previous + text;
  else if (text !== '') parts.push(text);
}
