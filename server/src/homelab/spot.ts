import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import type { Range } from '../nix/positions';

/** A place in a file. */
export interface Spot {
  readonly file: string;
  /** UTF-16 offsets. */
  readonly range: Range;
  /** Line and column of the start, from 0. */
  readonly line: number;
  readonly character: number;
}

/** Where a piece of syntax stands in the snapshot; null for what the engine made, and for syntax of an older version. */
export function spotOf(files: ParsedFiles, origin: Origin): Spot | null {
  if (origin === null) return null;
  const file = files.parsed(origin.anchor.source);
  const range = file?.rangeOf(origin) ?? null;
  if (file === null || range === null) return null;
  const { line, character } = file.lines.positionAt(range.start);
  return { file: file.path, range, line, character };
}
