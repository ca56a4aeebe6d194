/** Line and column, from 1, where `|` stands in a piece of a text. */
export function placeIn(text: string, marked: string): [line: number, column: number] {
  const start = text.indexOf(marked.replace('|', ''));
  if (start < 0) throw new Error(`${marked} is not there`);
  const lines = text.slice(0, start + marked.indexOf('|')).split('\n');
  return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
}
