import { memoOf, sameItems } from '../eval/computed';
import { piecewise } from '../eval/pieces';
import { addressesOf, bareAddress, ipv4Number } from './addresses';
import { knowsAllContainers } from './certainty';
import { ownAddressesOf } from './interfaces';
import type { Backend, Container, Host, Route } from './model';
import { networkOf } from './networks';
import { parseTarget } from './reach';

/** Backends whose address no container of the host has that runs. */

export interface Dead {
  readonly route: Route;
  readonly backend: Backend;
  /** Canonical. */
  readonly address: string;
}

/** The backends of a host whose address is written out and is neither the host's own nor that of a container that runs. */
export function deadBackends(host: Host): readonly Dead[] {
  return knowsAllContainers(host) ? deadOf(host) : [];
}

const deadOf = piecewise(
  ({ routes }: Host) => routes,
  (route, host) => deadOfRoute(host)(route),
);

const deadOfRoute = memoOf((host: Host) =>
  memoOf((route: Route): readonly Dead[] =>
    route.backends.flatMap((backend) => {
      const address = deadAddress(host, backend);
      return address === null ? [] : [{ route, backend, address }];
    }),
  ),
);

/** The address of a backend, canonical, if it is neither the host's own nor that of a container that runs; else null. */
export function deadAddress(host: Host, backend: Backend): string | null {
  const address = knowsAllContainers(host) ? literalAddress(backend) : null;
  return address === null || ownAddresses(host).includes(address) ? null : address;
}

function literalAddress({ url, container, shared }: Backend): string | null {
  if (url.kind !== 'known' || container !== null || shared !== null) return null;
  const target = parseTarget(url.value);
  return target === null ? null : bareAddress(target.host);
}

/** The addresses that a host's own interfaces have, and its ends of the links to containers. */
const ownAddresses = memoOf(
  (host: Host): readonly string[] => [...ownAddressesOf(host.system), ...hostSides(host)],
  sameItems,
);

const hostSides = piecewise(
  ({ containers }: Host) => containers,
  (container) =>
    container.status === 'disabled'
      ? []
      : addressesOf(container).flatMap(({ side, address }) => (side === 'host' ? [address] : [])),
);

/** The disabled containers by the addresses that they would have, canonical. */
export const disabledByAddress = memoOf((host: Host): ReadonlyMap<string, readonly Container[]> => {
  const map = new Map<string, Container[]>();
  for (const container of host.containers) {
    if (container.status !== 'disabled') continue;
    for (const { side, address } of addressesOf(container))
      if (side === 'local') map.set(address, [...(map.get(address) ?? []), container]);
  }
  return map;
});

/** Whether another host of the homelab, or a container on one, has an address. */
export function isElsewhere(hosts: readonly Host[], host: Host, address: string): boolean {
  return hosts.some(
    (other) =>
      other !== host &&
      (ownAddresses(other).includes(address) ||
        other.containers.some(
          (container) =>
            container.status !== 'disabled' &&
            addressesOf(container).some((own) => own.side === 'local' && own.address === address),
        )),
  );
}

/** The three numbers that a home network of the usual size shares: `10.0.0` of `10.0.0.5`; null for other addresses. */
export function subnetOf(address: string): string | null {
  return ipv4Number(address) === null ? null : address.slice(0, address.lastIndexOf('.'));
}

/**
 * The subnets in which a host has its containers and nothing else: at least two of them, by plain links, and nothing on
 * a bridge or on an interface of the host.
 */
export const containerSubnets = memoOf((host: Host): readonly string[] => {
  const counts = new Map<string, number>();
  const others = new Set<string>();
  const notOurs = (address: string): void => {
    const subnet = subnetOf(address);
    if (subnet !== null) others.add(subnet);
  };
  for (const address of ownAddressesOf(host.system)) notOurs(address);
  for (const container of host.containers) {
    if (container.status === 'disabled') continue;
    if (container.addresses.some(({ fact, bridge }) => fact.kind === 'unknown' || bridge === 'unknown'))
      return [];
    if (networkOf(host, container) === 'unknown') return [];
    for (const address of container.guest === null ? [] : ownAddressesOf(container.guest.system))
      notOurs(address);
    for (const { use, side, address } of addressesOf(container)) {
      const subnet = subnetOf(address);
      if (subnet === null) continue;
      if (use.bridge !== null) others.add(subnet);
      else if (side === 'local') counts.set(subnet, (counts.get(subnet) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([subnet, count]) => (count > 1 && !others.has(subnet) ? [subnet] : [])).sort();
}, sameItems);
