import type { Spot } from '../../homelab/spot';
import type { LineIndex, Range } from '../../nix/positions';

/** A place in a text that is no syntax. */
export function spotAt(file: { readonly path: string; readonly lines: LineIndex }, range: Range): Spot {
  const { line, character } = file.lines.positionAt(range.start);
  return { file: file.path, range, line, character };
}
