import type { Range as LspRange } from 'vscode-languageserver-types';
import type { ParsedFiles } from '../eval/evaluation';
import { LineIndex, type Range } from '../nix/positions';

/** The address an editor knows a file by. */
export type UriOf = (path: string) => string;

/** UTF-16 offsets as the protocol's lines and columns, which count from 0. */
export function lspRange(lines: LineIndex, { start, end }: Range): LspRange {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** The lines of any readable file of the snapshot; null when it has no text. */
export function linesOf(files: ParsedFiles, path: string): LineIndex | null {
  const parsed = files.parsed(path);
  if (parsed !== null) return parsed.lines;
  const entry = files.entry(path);
  return entry.kind === 'file' ? new LineIndex(entry.text) : null;
}

/** Whether two ranges share a place; touching ends count, so that a cursor beside a squiggle is on it. */
export function meet(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}
