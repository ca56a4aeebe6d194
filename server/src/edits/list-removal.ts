import type { SourceFile } from '../nix/source-file';
import type { Expr, ListExpr } from '../nix/syntax';
import type { TextChange } from './edit-plan';
import { lineEnd, lineStart } from './syntax-search';

/** Takes an element out of a list, with its line where it stands alone on it; null where it is not in the list. */
export function removeElement(file: SourceFile, list: ListExpr, element: Expr): TextChange | null {
  const range = list.elements.includes(element) ? file.rangeOf(element) : null;
  if (range === null) return null;
  const { text } = file;
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  const isAlone =
    /^[ \t]*$/.test(text.slice(start, range.start)) && /^[ \t]*(?:#.*)?\r?$/.test(text.slice(range.end, end));
  if (isAlone) {
    const next = text.startsWith('\r\n', end) ? end + 2 : Math.min(text.length, end + 1);
    return { file: file.path, range: { start, end: next }, newText: '' };
  }
  const after = /^[ \t]+/.exec(text.slice(range.end, end))?.[0].length ?? 0;
  return { file: file.path, range: { start: range.start, end: range.end + after }, newText: '' };
}
