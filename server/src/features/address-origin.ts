import type { Origin } from '../eval/value';
import type { AddressUse, Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import { explain, placeName, placesOf, type LineInView } from './explained-expression';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import { syntaxAt, type PlacedNode } from './syntax-at';

/**
 * Where an address option takes its value from, as far as that is not on the line in view: where it is set, where the
 * text stands, and what that is put together from.
 */
export function describeOrigin(
  index: HomelabIndex,
  host: Host,
  { fact }: AddressUse,
  view: LineInView | null,
): Paragraph[] {
  if (fact.kind !== 'known') return [];
  const { set, through } = placesOf(index, fact, view);
  const places: Inline[] = set === null ? [] : ['Set in ', placeName(host, set)];
  if (through !== null) places.push(set === null ? 'Through ' : ', through ', placeName(host, through));
  return [
    ...(places.length === 0 ? [] : [{ bullet: true, pieces: [...places, '.'] }]),
    ...partsOf(index, host, fact.literal),
  ];
}

/** The interpolations of a text that are known, each with its value and where that is written. */
function partsOf(index: HomelabIndex, host: Host, literal: Origin): Paragraph[] {
  const file = literal?.kind === 'string' ? index.homelab.files.parsed(literal.anchor.source) : null;
  if (literal?.kind !== 'string' || file === null) return [];
  const inside = literal.parts.filter((part) => typeof part !== 'string');
  const chain = inside.length === 0 ? [] : chainTo(file, literal);
  return inside.flatMap((part): Paragraph[] => {
    const { known, pieces } = explain(index, host, file, chain, part);
    return known ? [{ bullet: true, pieces }] : [];
  });
}

/** The syntax around a literal, outermost first, up to itself. */
function chainTo(file: SourceFile, literal: NonNullable<Origin>): PlacedNode[] {
  const start = file.rangeOf(literal)?.start;
  const chain = start === undefined ? [] : syntaxAt(file, start + 1);
  return chain.slice(0, chain.findIndex(({ node }) => node === literal) + 1);
}
