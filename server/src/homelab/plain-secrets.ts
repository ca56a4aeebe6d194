import { memoOf, sameItems } from '../eval/computed';
import { holds, parts, type RawDefinition } from '../eval/modules/definition';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { isSwitchedOff } from './failures';
import { looksSecret, namesSecret } from './secret-names';

/** A secret that is written into a configuration as it is. */
export interface PlainSecret {
  readonly path: readonly string[];
  /** Where the option is set. */
  readonly at: Origin;
  /** The text itself. */
  readonly literal: Origin;
  /** Whether the text may just as well be a default that protects nothing. */
  readonly weak: boolean;
}

/** Where services, and what runs beside them, are given passwords. */
const ROOTS: readonly (readonly string[])[] = [
  ['networking', 'wireless', 'networks'],
  ['services'],
  ['systemd', 'services'],
  ['users', 'users'],
  ['virtualisation', 'oci-containers', 'containers'],
];

const MAX_DEPTH = 12;

/** The secrets that a system certainly has in its own settings. Only sets and lists that are written out are looked into. */
export const plainSecrets = memoOf((system: ModuleSystem): readonly PlainSecret[] => {
  const found: PlainSecret[] = [];
  for (const root of ROOTS) {
    const node = attempt(() => system.option(root));
    if (node === null || node instanceof Unknown || node instanceof Failure) continue;
    const raw = attempt(() => node.raw);
    if (Array.isArray(raw))
      for (const definition of raw as RawDefinition[]) found.push(...secretsIn(system, root, definition));
  }
  return found;
}, sameItems);

/** What one definition says is looked for once: a Traefik may have a thousand of them. */
function secretsIn(
  system: ModuleSystem,
  root: readonly string[],
  definition: RawDefinition,
): readonly PlainSecret[] {
  // The schema's defaults are nobody's secrets.
  if (definition.file === '') return [];
  if (definition.conditions.length === 0) return secretsOfValue(system)(root)(definition.value);
  const found: PlainSecret[] = [];
  visit(system, definition, root, found);
  return found;
}

const secretsOfValue = memoOf((system: ModuleSystem) =>
  memoOf((root: readonly string[]) =>
    memoOf((value: Thunk): readonly PlainSecret[] => {
      const found: PlainSecret[] = [];
      visit(system, { file: '?', value, at: null, conditions: [], priority: null }, root, found);
      return found;
    }, sameSecrets),
  ),
);

function sameSecrets(before: readonly PlainSecret[], after: readonly PlainSecret[]): boolean {
  return (
    before.length === after.length &&
    before.every(
      ({ at, literal, weak }, index) =>
        at === after[index]?.at && literal === after[index].literal && weak === after[index].weak,
    )
  );
}

function visit(
  system: ModuleSystem,
  definition: RawDefinition,
  path: readonly string[],
  found: PlainSecret[],
): void {
  if (path.length > MAX_DEPTH) return;
  for (const { raw, value } of parts(definition)) {
    if (value instanceof Unknown || value instanceof Failure) continue;
    if (raw.conditions.length > 0 && attempt(() => holds(raw.conditions)) !== true) continue;
    const below = (thunk: Thunk, name: string): void =>
      visit(system, { ...raw, value: thunk, conditions: [] }, [...path, name], found);
    if (value.type === 'list') {
      for (const item of value.items) if (mayBeSet(item)) below(item, '*');
    } else if (value.type === 'attrs' && value.native === undefined) {
      if (isSwitchedOff(system, value, path)) continue;
      for (const [name, attr] of value.entries) {
        if (attempt(() => attr.maybe) !== null) continue;
        if (namesSecret(name)) {
          const secret = secretAt([...path, name], attr.value);
          if (secret !== null) found.push(secret);
        } else if (mayBeSet(attr.value)) below(attr.value, name);
      }
    }
  }
}

/** Whether it is worth while to look for more inside: numbers, texts and functions are not evaluated. */
function mayBeSet(thunk: Thunk): boolean {
  switch (thunk.expression()?.kind) {
    case undefined:
    case 'attrs':
    case 'list':
    case 'apply':
    case 'binary':
    case 'let':
    case 'with':
      return true;
    default:
      return false;
  }
}

function secretAt(path: readonly string[], thunk: Thunk): PlainSecret | null {
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'string') return null;
  const { origin: literal } = value;
  if (literal?.kind !== 'string' || literal.parts.some((part) => typeof part !== 'string')) return null;
  const strength = looksSecret(path[path.length - 1] ?? '', value.text);
  return strength === 'none' ? null : { path, at: thunk.origin, literal, weak: strength === 'weak' };
}
