import type { Source } from '../eval/provenance';
import type { Origin } from '../eval/value';
import type { Host } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import { explain } from './explained-expression';
import type { HomelabIndex } from './homelab-index';
import type { Paragraph } from './markdown';
import { syntaxAt, type PlacedNode } from './syntax-at';

/**
 * The interpolations of the text that a value goes back to, each with its value and where that is written: for a text
 * that was evaluated before anybody asked what it is made of.
 */
export function literalParts(index: HomelabIndex, host: Host, source: Source): Paragraph[] {
  const literal = source.through.at(-1) ?? null;
  const file = literal?.kind === 'string' ? index.homelab.files.parsed(literal.anchor.source) : null;
  if (source.parts.length > 0 || literal?.kind !== 'string' || file === null) return [];
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
