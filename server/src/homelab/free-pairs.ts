import { memoOf } from '../eval/computed';
import { bareAddress, ipv4Number, ipv4Text } from './addresses';
import type { Container, Host, InterfaceAddress } from './model';

/** Addresses for one more container, in the way the homelab already gives them. */
export interface FreePair {
  readonly hostAddress: string | null;
  /** With a prefix where the homelab attaches its containers to a bridge. */
  readonly localAddress: string;
  readonly hostBridge: string | null;
}

/** What of a host decides which addresses are free. */
export type AddressSpace = Pick<Host, 'containers' | 'interfaces'>;

interface Link {
  readonly host: number | null;
  readonly local: number;
  readonly prefix: string;
  readonly bridge: string | null;
}

/**
 * The free addresses of a host, lowest first. Disabled containers keep theirs; the host's own addresses are taken too.
 * The convention is the one most containers follow: a pair of neighbours, a shared host address, or a bridge. Without
 * any container, pairs start at 10.10.10.2.
 */
export function* freePairs(host: AddressSpace): Generator<FreePair> {
  const links = host.containers.flatMap(linkOf);
  const taken = takenAddresses(host);
  const bridged = links.filter((link) => link.bridge !== null);
  if (bridged.length > links.length / 2) {
    yield* freeOnBridge(bridged, taken);
    return;
  }
  const plain = links.filter((link) => link.bridge === null);
  const shared = sharedHost(plain);
  if (shared !== null) yield* freeBesideShared(shared, plain, taken);
  else yield* freeNeighbours(plain, taken, ({ local }) => host.interfaces.some((face) => isIn(local, face)));
}

/** Whether an address lies in the network of an interface: a guest behind the host would not be found there. */
function isIn(number: number, { address, prefixLength }: InterfaceAddress): boolean {
  const own = ipv4Number(bareAddress(address) ?? '');
  if (own === null || prefixLength === null || prefixLength < 8 || prefixLength > 30) return false;
  const size = 2 ** (32 - prefixLength);
  return Math.floor(own / size) === Math.floor(number / size);
}

/** The next free pair; null when the subnet is full. */
export const nextFreePair = memoOf(
  (host: Host): FreePair | null => {
    for (const pair of freePairs(host)) return pair;
    return null;
  },
  (before, after) =>
    before?.hostAddress === after?.hostAddress &&
    before?.localAddress === after?.localAddress &&
    before?.hostBridge === after?.hostBridge,
);

/** A pair in words: `10.10.10.6 / 10.10.10.7`, or the one address where the host's end is shared or a bridge. */
export function describePair(pair: FreePair, shared: boolean): string {
  return pair.hostAddress === null || shared
    ? pair.localAddress
    : `${pair.hostAddress} / ${pair.localAddress}`;
}

/** Whether the containers of a host share one host address. */
export const sharesHostAddress = memoOf(
  (host: Host): boolean =>
    sharedHost(host.containers.flatMap(linkOf).filter((link) => link.bridge === null)) !== null,
  (before, after) => before === after,
);

function linkOf(container: Container): Link[] {
  if (container.localAddress.kind !== 'known') return [];
  const [text = '', prefix = ''] = container.localAddress.value.split('/');
  const local = ipv4Number(text);
  if (local === null) return [];
  const host = container.hostAddress.kind === 'known' ? ipv4Number(container.hostAddress.value) : null;
  return [
    {
      host,
      local,
      prefix,
      bridge: container.hostBridge.kind === 'known' ? container.hostBridge.value : null,
    },
  ];
}

function takenAddresses(host: AddressSpace): Set<number> {
  const taken = new Set<number>();
  const add = (text: string): void => {
    const number = ipv4Number(bareAddress(text) ?? '');
    if (number !== null) taken.add(number);
  };
  for (const { addresses } of host.containers)
    for (const { fact } of addresses) if (fact.kind === 'known') add(fact.value);
  for (const { address } of host.interfaces) add(address);
  return taken;
}

function subnetOf(number: number): number {
  return number - (number % 256);
}

/** The subnet (of 256 addresses) that most links are in. */
function mainSubnet(links: readonly Link[]): number | null {
  const counts = new Map<number, number>();
  for (const { local } of links) counts.set(subnetOf(local), (counts.get(subnetOf(local)) ?? 0) + 1);
  let best: number | null = null;
  for (const [subnet, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = subnet;
  return best;
}

function sharedHost(links: readonly Link[]): number | null {
  const counts = new Map<number, number>();
  for (const { host } of links) if (host !== null) counts.set(host, (counts.get(host) ?? 0) + 1);
  for (const [host, count] of counts) if (count > 1 && count > links.length / 2) return host;
  return null;
}

function* freeOnBridge(links: readonly Link[], taken: ReadonlySet<number>): Generator<FreePair> {
  const subnet = mainSubnet(links) ?? 0;
  const example = links.find((link) => subnetOf(link.local) === subnet);
  const suffix = example === undefined || example.prefix === '' ? '' : `/${example.prefix}`;
  for (let local = subnet + 2; local < subnet + 255; local++) {
    if (!taken.has(local))
      yield {
        hostAddress: null,
        localAddress: ipv4Text(local) + suffix,
        hostBridge: example?.bridge ?? null,
      };
  }
}

function* freeBesideShared(
  shared: number,
  links: readonly Link[],
  taken: ReadonlySet<number>,
): Generator<FreePair> {
  const subnet = mainSubnet(links) ?? subnetOf(shared);
  for (let local = subnet + 2; local < subnet + 255; local++) {
    if (!taken.has(local))
      yield { hostAddress: ipv4Text(shared), localAddress: ipv4Text(local), hostBridge: null };
  }
}

const FIRST_PAIR = ipv4Number('10.10.10.2') ?? 0;

function* freeNeighbours(
  links: readonly Link[],
  taken: ReadonlySet<number>,
  isMisplaced: (link: Link) => boolean,
): Generator<FreePair> {
  const subnet = mainSubnet(links.filter((link) => !isMisplaced(link))) ?? subnetOf(FIRST_PAIR);
  const inSubnet = links.filter(
    (link) => link.host !== null && subnetOf(link.local) === subnet && subnetOf(link.host) === subnet,
  );
  const swapped =
    inSubnet.filter((link) => link.host !== null && link.host > link.local).length > inSubnet.length / 2;
  const odd =
    inSubnet.filter((link) => Math.min(link.host ?? 0, link.local) % 2 === 1).length > inSubnet.length / 2;
  for (let low = subnet + (odd ? 1 : 2); low + 1 < subnet + 255; low += 2) {
    if (taken.has(low) || taken.has(low + 1)) continue;
    const [host, local] = swapped ? [low + 1, low] : [low, low + 1];
    yield { hostAddress: ipv4Text(host), localAddress: ipv4Text(local), hostBridge: null };
  }
}
