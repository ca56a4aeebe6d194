/** What stands around a place, as far as an edit there has to know. Offsets are UTF-16. */

/** The line end that a text uses. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return text.slice(0, 10_000).includes('\r\n') ? '\r\n' : '\n';
}

/** What follows on the same line, without white space at its ends. */
export function restOfLine(text: string, offset: number): string {
  const end = text.slice(offset).search(/[\r\n]/);
  return text.slice(offset, end === -1 ? text.length : offset + end).trim();
}

/** The white space that a line begins with. */
export function indentationAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before a place on its line. */
export function beginsLine(text: string, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(line, offset).trim() === '';
}

/** `;` where a value that ends here still needs one: it is the last thing on its line, or before a closing bracket. */
export function neededSemicolon(text: string, end: number): string {
  return /^(?:$|[}#]|\/\*)/.test(restOfLine(text, end)) ? ';' : '';
}

/** Whether a name that ends here already goes on: with `.`, `=`, or anything else that is no end of a statement. */
export function nameGoesOn(text: string, end: number): boolean {
  return !/^(?:$|[}#]|\/\*)/.test(restOfLine(text, end));
}
