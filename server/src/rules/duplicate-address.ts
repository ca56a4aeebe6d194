import type { Origin } from '../eval/value';
import { addressesOf, type KnownAddress } from '../homelab/addresses';
import { guestAddresses } from '../homelab/guest-addresses';
import { locate } from '../homelab/homelab';
import type { AddressUse, Container, Host } from '../homelab/model';
import { textOf } from '../homelab/networks';
import { freePairFix, freePairSentence } from './free-pair-fix';
import { inParentheses } from './places';
import { finding, placeName, related, type Finding, type Rule, type Files } from './rule';
import { perHost } from './scopes';

/** Two containers of one host with the same address: the second one's route cannot be added. */
export const duplicateAddress: Rule = perHost({
  id: 'duplicate-address',
  severity: 'error',
  description: 'Two containers of a host have the same address.',
  *look(homelab, host) {
    for (const group of clashes(host)) yield* reports(homelab, host, group);
  },
});

/** What a container claims for itself on a link. */
interface Claim {
  readonly container: Container;
  readonly option: string;
  /** The address, or hardware address, in its one spelling. */
  readonly address: string;
  readonly bridge: string;
  readonly at: Origin;
  /** The option of the container that is set to it; null for a hardware address and for what the guest sets itself. */
  readonly use: AddressUse | null;
}

/** Claims of guests that meet: equal, and on the same bridge or none. */
function clashes(host: Host): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const container of host.containers) {
    if (container.status !== 'active') continue;
    for (const claim of [...ofLinks(container), ...ofGuest(container), ...hardware(container)]) {
      const key = `${claim.bridge}\0${claim.address}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [claim]);
      else group.push(claim);
    }
  }
  return [...groups.values()].filter(
    (group) => new Set(group.map(({ container }) => container.name)).size > 1,
  );
}

function ofLinks(container: Container): Claim[] {
  return addressesOf(container).flatMap(({ side, use, address }): Claim[] => {
    if (side !== 'local' || use.bridge === 'unknown' || use.fact.kind !== 'known') return [];
    const { option, fact } = use;
    return [{ container, option, address, bridge: use.bridge?.name ?? '', at: fact.definition, use }];
  });
}

function ofGuest(container: Container): Claim[] {
  return guestAddresses(container).map((own) => ({ ...own, use: null }));
}

/** Hardware addresses clash on a bridge only. */
function hardware(container: Container): Claim[] {
  const { hostBridge, privateNetwork } = container;
  const mac = textOf(container, 'localMacAddress');
  if (mac.kind !== 'known' || hostBridge.kind !== 'known') return [];
  if (privateNetwork.kind !== 'known' || !privateNetwork.value) return [];
  const address = mac.value.toLowerCase();
  return [
    {
      container,
      option: 'localMacAddress',
      address,
      bridge: hostBridge.value,
      at: mac.definition,
      use: null,
    },
  ];
}

function* reports(homelab: Files, host: Host, group: readonly Claim[]): Generator<Finding> {
  for (const claim of group) {
    const { use, address, container, option } = claim;
    const at = locate(homelab, claim.at);
    if (at === null) continue;
    const others = group.filter((other) => other.container.name !== container.name);
    const [first] = others;
    if (first === undefined) continue;
    const advice =
      option === 'localMacAddress'
        ? 'Give it another, or leave it out: systemd-nspawn then makes one of its own.'
        : freePairSentence(host);
    yield finding(duplicateAddress, {
      at,
      host,
      message: `${address} is already the ${first.option} of ${first.container.name}${inParentheses(homelab, host, first.at)}. ${advice}`,
      related: others.map((other) =>
        related(homelab, other.at, `${other.option} of ${other.container.name}`),
      ),
      fixes: [use === null ? null : freePairFix(homelab, host, use)],
    });
  }
}

/** ` (containers/immich.nix:31)`, or nothing where it is not written down. */
export function whereIs(homelab: Files, host: Host, { use }: KnownAddress): string {
  const spot = use.fact.kind === 'known' ? locate(homelab, use.fact.definition) : null;
  return spot === null ? '' : ` (${placeName(spot, host)})`;
}
