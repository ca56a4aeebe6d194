/**
 * What Nix's string escapes mean, and the indentation rule of `''` strings.
 * Source of both: Nix's lexer.l and parser.y (`stripIndentation`).
 */

/** The text of one `\x` escape of a `"` string, e.g. `\n` for a line feed. */
export function unescape(escape: string): string {
  const character = escape.slice(1);
  if (character === 'n') return '\n';
  if (character === 'r') return '\r';
  if (character === 't') return '\t';
  return character;
}

/** The text of one escape of a `''` string: `'''`, `''$`, `''\x`. */
export function unescapeIndented(escape: string): string {
  if (escape === "'''") return "''";
  if (escape === "''$") return '$';
  return unescape(escape.slice(2));
}

/** A piece of a `''` string: literal text, escaped text (which ends a line's indentation), or an interpolation. */
export type IndentedPiece<T> = { text: string; escaped: boolean } | { value: T };

/**
 * Removes the common indentation of a `''` string, a first line of spaces and a last one.
 * Only spaces count as indentation; escapes and interpolations count as text.
 */
export function stripIndentation<T>(all: readonly IndentedPiece<T>[]): (string | T)[] {
  const pieces = withoutBlankFirstLine(all);
  const indentation = commonIndentation(pieces);
  const result: (string | T)[] = [];
  let atLineStart = true;
  let dropped = 0;
  pieces.forEach((piece, index) => {
    if ('value' in piece) {
      atLineStart = false;
      dropped = 0;
      result.push(piece.value);
      return;
    }
    let text = '';
    for (const character of piece.text) {
      if (atLineStart) {
        if (character === ' ') {
          if (dropped >= indentation) text += character;
          dropped++;
        } else if (character === '\n') {
          dropped = 0;
          text += character;
        } else {
          atLineStart = false;
          dropped = 0;
          text += character;
        }
      } else {
        text += character;
        if (character === '\n') {
          atLineStart = true;
          dropped = 0;
        }
      }
    }
    if (index === pieces.length - 1) {
      const lastLine = text.lastIndexOf('\n');
      if (lastLine >= 0 && /^ *$/.test(text.slice(lastLine + 1))) text = text.slice(0, lastLine + 1);
    }
    result.push(text);
  });
  return joinTexts(result);
}

function withoutBlankFirstLine<T>(pieces: readonly IndentedPiece<T>[]): readonly IndentedPiece<T>[] {
  const first = pieces[0];
  if (first === undefined || 'value' in first || first.escaped) return pieces;
  return [{ text: first.text.replace(/^ *\n/, ''), escaped: false }, ...pieces.slice(1)];
}

function commonIndentation<T>(pieces: readonly IndentedPiece<T>[]): number {
  let atLineStart = true;
  let least = Infinity;
  let current = 0;
  for (const piece of pieces) {
    if ('value' in piece || piece.escaped) {
      if (atLineStart) {
        atLineStart = false;
        least = Math.min(least, current);
      }
      continue;
    }
    for (const character of piece.text) {
      if (atLineStart) {
        if (character === ' ') current++;
        else if (character === '\n') current = 0;
        else {
          atLineStart = false;
          least = Math.min(least, current);
        }
      } else if (character === '\n') {
        atLineStart = true;
        current = 0;
      }
    }
  }
  return least;
}

function joinTexts<T>(parts: readonly (string | T)[]): (string | T)[] {
  const joined: (string | T)[] = [];
  for (const part of parts) {
    const last = joined.length - 1;
    const previous = joined[last];
    if (typeof part === 'string' && typeof previous === 'string') joined[last] = previous + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}
