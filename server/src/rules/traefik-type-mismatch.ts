import { locate } from '../homelab/homelab';
import { knownValue, type TraefikKey } from '../homelab/traefik-keys';
import { finding, type Finding, type Fix, type Files } from './rule';
import { perTraefikKey, type TraefikKeyRule } from './scopes';
import { consequence, type PlacedKey } from './traefik-findings';
import { valueProblem, type Outcome, type ValueProblem } from './traefik-values';

/** A value of another type than Traefik wants for its key. */
export const traefikTypeMismatch: TraefikKeyRule = perTraefikKey({
  id: 'traefik-type-mismatch',
  severity: 'error',
  description: 'A value in Traefik’s configuration is of another type than its key takes.',
  wanted: mayMismatch,
  *look(homelab, key) {
    const found = problemOf(key);
    if (found !== null) yield report(homelab, key, found);
  },
});

/** Whether there is something to say, before it is looked up where the key is written. */
function mayMismatch(key: TraefikKey): boolean {
  if (key.node === null) return false;
  const value = knownValue(key.attr);
  return value !== null && valueProblem(key.node, value) !== null;
}

function problemOf(key: PlacedKey): ValueProblem | null {
  const value = knownValue(key.attr);
  return value === null || key.node === null ? null : valueProblem(key.node, value);
}

function report(homelab: Files, key: PlacedKey, { message, outcome, mended }: ValueProblem): Finding {
  const value = knownValue(key.attr);
  const definition = locate(homelab, key.attr.value.origin);
  const at = definition ?? key.at;
  const literal = locate(homelab, value?.origin ?? null);
  return finding(traefikTypeMismatch, {
    at,
    host: key.host,
    severity: outcome === 'file refused' || outcome === 'refused' ? 'error' : 'warning',
    message: `\`${key.name}\` ${message}. ${outcomeOf(key, outcome)}.`,
    fixes: [mendedBy(mended, literal)],
    // A text may be half typed.
    incomplete: value?.type === 'string',
  });
}

function outcomeOf(key: PlacedKey, outcome: Outcome): string {
  switch (outcome) {
    case 'file refused':
      return consequence(key);
    case 'refused':
      return 'Traefik refuses what it is part of';
    case 'ignored':
      return 'Traefik goes on as if it were not there';
    case 'garbled':
      return 'Traefik makes something else of it';
  }
}

function mendedBy(mended: string | null, at: ReturnType<typeof locate>): Fix | null {
  if (mended === null || at === null) return null;
  return { title: `Write ${mended}`, changes: [{ file: at.file, range: at.range, newText: mended }] };
}
