import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue } from '../eval/value';
import { memoOf, sameItems } from '../eval/computed';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { runningTraefiks } from '../homelab/proxies/traefik-names';
import { PROTOCOLS, type Traefik } from '../homelab/proxies/traefik-settings';
import { entriesOf, fieldOf, setOf } from '../homelab/read';
import { traefikNode, type TraefikNode } from '../schema/traefik/tree';
import { attempt } from '../eval/thunk';
import { listed } from './places';
import { finding, related, type Files, type Finding } from './rule';
import { perHost } from './scopes';

/** A service or middleware that says two things at once, or nothing: Traefik cannot build it. */
export const ambiguousKind = perHost({
  id: 'ambiguous-kind',
  severity: 'error',
  description: 'A service or middleware of Traefik has several kinds, or none.',
  *look(homelab, host) {
    for (const unclear of unclearKinds(host)) yield* report(homelab, host, unclear);
  },
});

/** A service or middleware with the keys that say what it is. */
interface Unclear {
  readonly what: 'service' | 'middleware';
  readonly name: string;
  readonly attr: Attr;
  readonly kinds: readonly (readonly [name: string, attr: Attr])[];
}

const unclearKinds = memoOf((host: Host): readonly Unclear[] => runningTraefiks(host).flatMap(unclearIn));

function unclearIn(traefik: Traefik): Unclear[] {
  return PROTOCOLS.flatMap((protocol) =>
    (['service', 'middleware'] as const).flatMap((what): Unclear[] => {
      const node = traefikNode('dynamic', [protocol, `${what}s`])?.entry ?? null;
      const section = setOf(fieldOf(setOf(fieldOf(traefik.dynamic, protocol)), `${what}s`));
      const entries = section === undefined ? [] : attempt(() => [...section.entries]);
      if (node === null || !Array.isArray(entries)) return [];
      const kindsIn = kindsAt(node);
      return entries.flatMap(([name, attr]): Unclear[] => {
        const kinds = kindsIn(attr);
        return kinds === null ? [] : [{ what, name, attr, kinds }];
      });
    }),
  );
}

type Kinds = Unclear['kinds'] | null;
const byNode = new Map<string, (attr: Attr) => Kinds>();

/** The kinds of each entry of a section; null for one that has one kind, or may have. */
function kindsAt(node: TraefikNode): (attr: Attr) => Kinds {
  let kindsOf = byNode.get(node.path);
  if (kindsOf === undefined) {
    const asked = memoOf(
      (attr: Attr): { readonly kinds: Kinds } => ({ kinds: kindsIn(attr, node) }),
      (before, after) =>
        before.kinds === after.kinds ||
        (before.kinds !== null &&
          after.kinds !== null &&
          sameItems(
            before.kinds.map(([, attr]) => attr),
            after.kinds.map(([, attr]) => attr),
          )),
    );
    kindsOf = (attr) => asked(attr).kinds;
    byNode.set(node.path, kindsOf);
  }
  return kindsOf;
}

function kindsIn(attr: Attr, node: TraefikNode): Kinds {
  if (attempt(() => attr.maybe) !== null) return null;
  const value = inspect(attr.value);
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return null;
  const entries = attempt(() => [...value.entries]);
  if (!Array.isArray(entries)) return null;
  const kinds = entries.filter(
    ([key, field]) => field.maybe === null && isKind(node, key) && isPresent(field),
  );
  const spelt = new Set(kinds.map(([key]) => key.toLowerCase()));
  if (spelt.size > 1) return kinds;
  return spelt.size === 0 && isWhole(value, node) ? [] : null;
}

/** Whether nothing that is not known, or that may be a misspelt kind, can make a set have a kind. */
function isWhole(value: AttrsValue, node: TraefikNode): boolean {
  return (
    value.open === null &&
    entriesOf(value).every(
      ([key, field]) => isNull(field) || (!isKind(node, key) && node.keys.has(key.toLowerCase())),
    )
  );
}

/** `middlewares` of a service says nothing of what it is. */
function isKind(node: TraefikNode, key: string): boolean {
  const field = node.keys.get(key.toLowerCase())?.field;
  return field != null && field.references === undefined;
}

function isPresent({ value }: Attr): boolean {
  const known = inspect(value);
  return !(known instanceof Unknown) && !(known instanceof Failure) && known.type !== 'null';
}

function isNull({ value }: Attr): boolean {
  const known = inspect(value);
  return !(known instanceof Unknown) && !(known instanceof Failure) && known.type === 'null';
}

function* report(homelab: Files, host: Host, { what, name, attr, kinds }: Unclear): Generator<Finding> {
  if (kinds.length === 0) {
    const at = locate(homelab, attr.at);
    if (at === null) return;
    yield finding(ambiguousKind, {
      at,
      host,
      message: `The ${what} ${name} has no kind, such as \`${what === 'service' ? 'loadBalancer' : 'forwardAuth'}\`: Traefik cannot build it, and the routers that name it answer nothing.`,
      incomplete: true,
    });
    return;
  }
  const names = kinds.map(([key]) => `\`${key}\``);
  for (const [key, { at: origin }] of kinds) {
    const at = locate(homelab, origin);
    if (at === null) continue;
    yield finding(ambiguousKind, {
      at,
      host,
      message: `The ${what} ${name} has several kinds, ${listed(names)}: Traefik cannot build it, and the routers that name it answer nothing. Make each a ${what} of its own.`,
      related: kinds.flatMap(([other, field]) =>
        other === key ? [] : [related(homelab, field.at, `\`${other}\` of ${name}`)],
      ),
    });
  }
}
