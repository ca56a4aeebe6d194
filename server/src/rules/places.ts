import type { TextChange } from '../edits/edit-plan';
import type { Origin } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Container, Fact, Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import { placeName, related, type Fix, type RelatedPlace, type Files } from './rule';

/** Where the parts of a finding stand. */

/** Where a fact is defined; null for a default and for what is not known. */
export function factSpot(homelab: Files, fact: Fact<unknown>): Spot | null {
  return fact.kind === 'known' ? locate(homelab, fact.definition) : null;
}

/** Where the literal of a fact stands; null where none is written. */
export function literalSpot(homelab: Files, fact: Fact<string>): Spot | null {
  return fact.kind === 'known' && fact.literal?.kind === 'string' ? locate(homelab, fact.literal) : null;
}

/** The name of a container in the definition that says most of it. */
export function containerAt({ definitions }: Container): Origin {
  const [main] = [...definitions].sort((a, b) => b.options.length - a.options.length);
  return main?.nameAt ?? null;
}

/** Where a container is defined. */
export function containerSpot(homelab: Files, container: Container): Spot | null {
  return locate(homelab, containerAt(container));
}

/** ` (containers/immich.nix:31)`, or nothing where it is not written down. */
export function inParentheses(homelab: Files, host: Host, at: Origin): string {
  const spot = locate(homelab, at);
  return spot === null ? '' : ` (${placeName(spot, host)})`;
}

/** A fact as the other side of a finding. */
export function relatedFact(homelab: Files, fact: Fact<unknown>, message: string): RelatedPlace | null {
  return fact.kind === 'known' ? related(homelab, fact.definition, message) : null;
}

/** A fix of one change; null where there is none to make. */
export function fixOf(title: string, ...changes: readonly (TextChange | null)[]): Fix | null {
  const known = changes.filter((change) => change !== null);
  return known.length === 0 || known.length < changes.length ? null : { title, changes: known };
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}
