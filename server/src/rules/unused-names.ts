import { removeEntry } from '../edits/remove-entry';
import { memoOf } from '../eval/computed';
import { attempt } from '../eval/thunk';
import type { Attr } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { knowsTraefik } from '../homelab/proxies/traefik-certainty';
import {
  definitionOf,
  hasOtherProviders,
  runningTraefiks,
  usesOf,
  type Protocol,
} from '../homelab/proxies/traefik-names';
import { PROTOCOLS, type Traefik } from '../homelab/proxies/traefik-settings';
import { fieldOf, setOf } from '../homelab/read';
import { fixOf } from './places';
import { finding, type Files, type Finding, type Rule } from './rule';

/** What the rules about services and middlewares that nobody uses have in common. */

type Kind = 'service' | 'middleware';

interface Unused {
  readonly kind: Kind;
  readonly protocol: Protocol;
  readonly name: string;
  readonly traefik: Traefik;
}

const unusedIn = memoOf(
  (traefik: Traefik): readonly Unused[] => {
    const { items, open } = usesOf(traefik);
    if (open !== null || hasOtherProviders(traefik)) return [];
    const used = new Set(items.map(({ kind, protocol, name }) => `${kind} ${protocol} ${name}`));
    return PROTOCOLS.flatMap((protocol) =>
      (['service', 'middleware'] as const).flatMap((kind) =>
        namesOf(traefik, protocol, kind)
          .filter((name) => !used.has(`${kind} ${protocol} ${name}`))
          .map((name) => ({ kind, protocol, name, traefik })),
      ),
    );
  },
  (before, after) =>
    before.length === after.length &&
    before.every(
      ({ kind, protocol, name }, index) =>
        kind === after[index]?.kind && protocol === after[index].protocol && name === after[index].name,
    ),
);

function namesOf({ dynamic }: Traefik, protocol: Protocol, kind: Kind): readonly string[] {
  const section = setOf(fieldOf(setOf(fieldOf(dynamic, protocol)), `${kind}s`));
  const names = section === undefined ? [] : attempt(() => [...section.entries.keys()]);
  return Array.isArray(names) ? names : [];
}

/** The sections that Traefik refuses when they are empty. */
const SECTIONS = ['services', 'middlewares', 'http', 'tcp', 'udp'];

/** Finds what Traefiks of a host define and nothing names. */
export function* unusedNames(
  rule: Pick<Rule, 'id' | 'severity' | 'tags'>,
  kind: Kind,
  homelab: Files,
  host: Host,
): Generator<Finding> {
  for (const traefik of runningTraefiks(host)) {
    if (!knowsTraefik(host, traefik)) continue;
    for (const { kind: own, protocol, name } of unusedIn(traefik)) {
      const attr: Attr | undefined = own === kind ? definitionOf(traefik, kind, protocol, name) : undefined;
      const at = attr === undefined ? null : locate(homelab, attr.at);
      if (attr === undefined || at === null) continue;
      yield finding(rule, {
        at,
        host,
        message: `Nothing uses the ${kind} ${name}: no ${kind === 'service' ? 'router or service' : 'router, entry point or chain'} of this Traefik names it.`,
        fixes: [fixOf(`Remove ${name}`, removeEntry(homelab.files, name, attr, SECTIONS))],
        incomplete: true,
      });
    }
  }
}
