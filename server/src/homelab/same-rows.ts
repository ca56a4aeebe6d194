/** Whether two lists of plain data say the same. */
export function sameRows(before: readonly object[], after: readonly object[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
