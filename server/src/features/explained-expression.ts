import { Failure, Unknown, type Value } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Fact, Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import type { SourceFile } from '../nix/source-file';
import type { Expr } from '../nix/syntax';
import { addressNamedBy } from './address-mention';
import { shownFile } from './container-summary';
import { valueOfExpression } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import type { Inline } from './markdown';
import type { PlacedNode } from './syntax-at';

/** What is said of an expression. */
export interface Explained {
  /** Whether its value is known, and short. */
  readonly known: boolean;
  readonly pieces: readonly Inline[];
}

/** An expression, its value, and where that is written. */
export function explain(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  chain: readonly PlacedNode[],
  expr: Expr,
): Explained {
  const range = file.rangeOf(expr);
  const written = range === null ? '' : file.text.slice(range.start, range.end);
  const value = valueOfExpression(index, host, file, chain, expr);
  const shown = scalar(value);
  if (shown === null)
    return { known: false, pieces: [{ code: written }, ': ', ...notKnown(index, file, value), '.'] };
  // What `toString` makes has no place of its own; what it is made of has one.
  const inner = expr.kind === 'apply' ? expr.argument : expr;
  const source = expr.kind === 'apply' ? valueOfExpression(index, host, file, chain, inner) : value;
  const origin = source instanceof Unknown || source instanceof Failure ? null : source.origin;
  const spot = locate(index.homelab, origin);
  const here = range === null ? null : file.lines.positionAt(range.start).line;
  const isHere = (place: Spot): boolean => place.file === file.path && place.range.start === range?.start;
  const use = addressNamedBy(index, host, inner);
  const view = here === null ? null : { file: file.path, line: here };
  const places =
    use?.fact.kind === 'known' && use.fact.value === shown ? placesOf(index, use.fact, view) : NOWHERE;
  const where: readonly Inline[] =
    places.set !== null && places.through !== null
      ? [', set in ', placeName(host, places.set), ', through ', placeName(host, places.through)]
      : spot === null
        ? [', not written in the repository: a default']
        : isHere(spot)
          ? []
          : [', from ', placeName(host, spot)];
  return { known: true, pieces: [{ code: written }, ' is ', { code: shown }, ...where, '.'] };
}

/** A line that a person looks at, from 0. */
export interface LineInView {
  readonly file: string;
  readonly line: number;
}

/** Where a value comes from, as far as that is not the line in view. */
export interface ValuePlaces {
  /** Where the option is set. */
  readonly set: Spot | null;
  /** Where the text stands that it is set to, if that is another line. */
  readonly through: Spot | null;
}

const NOWHERE: ValuePlaces = { set: null, through: null };

export function placesOf(
  { homelab }: HomelabIndex,
  fact: Fact<unknown>,
  view: LineInView | null,
): ValuePlaces {
  if (fact.kind !== 'known') return NOWHERE;
  const [set, written] = [locate(homelab, fact.definition), locate(homelab, fact.literal)];
  const isInView = (spot: Spot): boolean => view?.file === spot.file && view.line === spot.line;
  const isOneLine = set?.file === written?.file && set?.line === written?.line;
  return {
    set: set === null || isInView(set) ? null : set,
    through: written === null || isOneLine || isInView(written) ? null : written,
  };
}

/** A place as it is shown: `containers/immich.nix:33`. */
export function placeName(host: Host, { file, line }: Spot): Inline {
  return { code: `${shownFile(file, host)}:${line + 1}` };
}

/** Why a value is not shown. */
export function notKnown(index: HomelabIndex, file: SourceFile, value: Value | Unknown | Failure): Inline[] {
  if (index.roleOf(file.path)?.imported !== true) return ['not known, because no host imports this file'];
  if (value instanceof Unknown) return ['not known, ', { quoted: value.reason }];
  return value instanceof Failure ? ['an error, ', { quoted: value.message }] : ['not a text'];
}

/** A short value as text; null for what is none, or not known. */
export function scalar(value: Value | Unknown | Failure): string | null {
  if (value instanceof Unknown || value instanceof Failure) return null;
  switch (value.type) {
    case 'string':
      // A text may be known by what it names only, and then has no letters to show.
      return value.unknownText === undefined ? value.text : null;
    case 'path':
      return value.path;
    case 'int':
    case 'float':
    case 'bool':
      return String(value.value);
    default:
      return null;
  }
}
