import { addressesOf, type KnownAddress } from '../homelab/addresses';
import { locate, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { freePairFix, freePairSentence } from './free-pair-fix';
import { finding, placeName, related, type Finding, type Rule } from './rule';

/** Two containers of one host with the same address: the second one's route cannot be added. */
export const duplicateAddress: Rule = {
  id: 'duplicate-address',
  severity: 'error',
  description: 'Two containers of a host have the same address.',
  *check(homelab) {
    for (const host of homelab.hosts) {
      for (const group of clashes(host)) yield* reports(homelab, host, group);
    }
  },
};

/** Addresses of guests that meet: equal, and on the same bridge or none. */
function clashes(host: Host): KnownAddress[][] {
  const groups = new Map<string, KnownAddress[]>();
  for (const container of host.containers) {
    if (container.status !== 'active') continue;
    for (const known of addressesOf(container)) {
      if (known.side !== 'local' || known.use.bridge === 'unknown') continue;
      const key = `${known.use.bridge?.name ?? ''}\0${known.address}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [known]);
      else group.push(known);
    }
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ use }) => use.container.name)).size > 1);
}

function* reports(homelab: Homelab, host: Host, group: readonly KnownAddress[]): Generator<Finding> {
  for (const known of group) {
    const { use, address } = known;
    const at = use.fact.kind === 'known' ? locate(homelab, use.fact.definition) : null;
    if (at === null) continue;
    const others = group.filter((other) => other.use.container.name !== use.container.name);
    const [first] = others;
    if (first === undefined) continue;
    yield finding(duplicateAddress, {
      at,
      host,
      message: `${address} is already the ${first.use.option} of ${first.use.container.name}${whereIs(homelab, host, first)}. ${freePairSentence(host)}`,
      related: others.map((other) =>
        other.use.fact.kind === 'known'
          ? related(homelab, other.use.fact.definition, `${other.use.option} of ${other.use.container.name}`)
          : null,
      ),
      fixes: [freePairFix(homelab, host, use)],
    });
  }
}

/** ` (containers/immich.nix:31)`, or nothing where it is not written down. */
export function whereIs(homelab: Homelab, host: Host, { use }: KnownAddress): string {
  const spot = use.fact.kind === 'known' ? locate(homelab, use.fact.definition) : null;
  return spot === null ? '' : ` (${placeName(spot, host)})`;
}
