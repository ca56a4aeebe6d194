import { memoOf } from '../eval/computed';
import { Failure, Unknown } from '../eval/value';
import { addressesOf, bareAddress, ipv4Number } from './addresses';
import { isWritten, outsideMayDecide } from './certainty';
import { ownAddressesOf } from './interfaces';
import type { Host } from './model';
import { asBool, entriesOf, readOption, readSet, readThunk, setOf } from './read';

/** Every address that a host or one of its containers has, canonical. */
export const addressesOn = memoOf(
  (host: Host): ReadonlySet<string> =>
    new Set([
      ...ownAddressesOf(host.system),
      ...host.containers.flatMap((container) => [
        ...addressesOf(container).map(({ address }) => address),
        ...(container.guest === null ? [] : ownAddressesOf(container.guest.system)),
      ]),
    ]),
  (before, after) => before.size === after.size && [...before].every((address) => after.has(address)),
);

/** Options by which a host gets addresses that the repository does not say. */
const DYNAMIC: readonly (readonly string[])[] = [
  ['networking', 'networkmanager', 'enable'],
  ['networking', 'wireless', 'enable'],
  ['networking', 'localCommands'],
  ['services', 'keepalived', 'enable'],
  ['services', 'tailscale', 'enable'],
  ['services', 'zerotierone', 'enable'],
  ['services', 'netbird', 'enable'],
  ['services', 'ucarp'],
];

/** Whether all addresses of a host are written in its repository: nothing comes by DHCP. */
export const knowsOwnAddresses = memoOf(
  (host: Host): boolean => {
    const { system } = host;
    if (host.incomplete !== null || host.containersOpen !== null || outsideMayDecide(system)) return false;
    const dhcp = readOption(system, ['networking', 'useDHCP'], asBool);
    if (dhcp.kind !== 'known' || dhcp.value || dhcp.definition === null) return false;
    if (DYNAMIC.some((path) => mayBeOn(host, path))) return false;
    return (
      !asksForAddresses(host, ['networking', 'interfaces'], ['useDHCP']) &&
      !asksForAddresses(host, ['systemd', 'network', 'networks'], ['DHCP', 'networkConfig'])
    );
  },
  (before, after) => before === after,
);

function mayBeOn({ system }: Host, path: readonly string[]): boolean {
  const fact = readOption(system, path, asBool);
  if (fact.kind === 'known') return fact.value;
  return isWritten(system, path) === true;
}

/** Whether an interface may ask for an address. */
function asksForAddresses({ system }: Host, path: readonly string[], names: readonly string[]): boolean {
  const set = readSet(system, path);
  if (set instanceof Unknown || set instanceof Failure) return isWritten(system, path) === true;
  return entriesOf(set).some(([, { value, maybe }]) => {
    const fields = setOf(value);
    if (maybe !== null || fields === undefined) return true;
    return names.some((name) => {
      const field = fields.entries.get(name)?.value;
      if (field === undefined) return false;
      const inner = setOf(field);
      if (inner !== undefined) return inner.entries.has('DHCP') && !isNo(inner.entries.get('DHCP')?.value);
      return !isNo(field);
    });
  });
}

function isNo(field: Parameters<typeof readThunk>[0]): boolean {
  const fact = readThunk(field, (value) =>
    value.type === 'bool' ? value.value : value.type === 'string' ? value.text !== 'no' : undefined,
  );
  return fact.kind === 'unset' || (fact.kind === 'known' && !fact.value);
}

/** The address of a host's interface whose network an address is in; null where it is in none. */
export function interfaceBeside(host: Host, address: string): string | null {
  for (const { address: own, prefixLength } of host.interfaces) {
    const canonical = bareAddress(own);
    if (canonical !== null && prefixLength !== null && sameNetwork(canonical, address, prefixLength))
      return canonical;
  }
  return null;
}

function sameNetwork(one: string, other: string, prefixLength: number): boolean {
  const [a, b] = [ipv4Number(one), ipv4Number(other)];
  if (a === null || b === null || prefixLength < 8 || prefixLength > 30) return false;
  const size = 2 ** (32 - prefixLength);
  return Math.floor(a / size) === Math.floor(b / size);
}
