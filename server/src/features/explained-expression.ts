import { Failure, Unknown, type Value } from '../eval/value';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { Expr } from '../nix/syntax';
import { sourceOfExpression } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import type { PlacedNode } from './syntax-at';
import { describeSource } from './value-place';
import { shortValue, sortInWords } from './value-words';

/** What is said of an expression. */
export interface Explained {
  readonly value: Value | Unknown | Failure;
  /** Whether its value is known, and short. */
  readonly known: boolean;
  readonly pieces: readonly Inline[];
  /** What it is put together from. */
  readonly parts: readonly Paragraph[];
}

/** An expression, its value, and where that comes from. */
export function explain(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  chain: readonly PlacedNode[],
  expr: Expr,
): Explained {
  const range = file.rangeOf(expr);
  const written = range === null ? '' : file.text.slice(range.start, range.end);
  const source = sourceOfExpression(index, host, file, chain, expr);
  const { value } = source;
  const shown = shortValue(value);
  if (shown === null) {
    const words = value instanceof Unknown || value instanceof Failure ? null : sortInWords(value);
    const pieces = words === null ? [': ', ...notKnown(index, file, value)] : [' is ', ...words];
    return { value, known: false, pieces: [{ code: written }, ...pieces, '.'], parts: [] };
  }
  const view = range === null ? null : { file: file.path, line: file.lines.positionAt(range.start).line };
  const { places, parts } = describeSource(index.homelab, host, source, view);
  return {
    value,
    known: true,
    pieces: [{ code: written }, ' is ', { code: shown }, ...places, '.'],
    parts,
  };
}

/** Why a value is not shown. */
export function notKnown(index: HomelabIndex, file: SourceFile, value: Value | Unknown | Failure): Inline[] {
  if (index.roleOf(file.path)?.imported !== true) return ['not known, because no host imports this file'];
  if (value instanceof Unknown) return ['not known, ', { quoted: value.reason }];
  return value instanceof Failure ? ['an error, ', { quoted: value.message }] : ['not a text'];
}
