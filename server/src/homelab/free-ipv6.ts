import { memoOf } from '../eval/computed';
import { bareAddress, parseAddress } from './addresses';
import type { Container, Fact, Host } from './model';

/** IPv6 addresses for a container that cannot keep its own. */
export interface FreeIpv6 {
  /** Null where the host's end has none, or one that several containers share. */
  readonly hostAddress6: string | null;
  /** With the prefix that the old one has. */
  readonly localAddress6: string;
}

/** The next addresses after a container's own that nobody has, both ends as far apart as they are; null where none is left. */
export function freeIpv6After(host: Host, container: Container): FreeIpv6 | null {
  const local = ownIpv6(container.localAddress6);
  if (local === null) return null;
  const own = ownIpv6(container.hostAddress6);
  const taken = takenIpv6(host);
  const isShared = own !== null && (taken.get(own.address) ?? 0) > 1;
  for (let step = 1; step <= 0xffff; step++) {
    const next = after(local.address, step);
    const end = own === null || isShared ? null : after(own.address, step);
    if (next === null || (own !== null && !isShared && end === null)) return null;
    if (taken.has(next) || next === own?.address || (end !== null && taken.has(end))) continue;
    return { hostAddress6: end, localAddress6: next + local.prefix };
  }
  return null;
}

function ownIpv6(fact: Fact<string>): { address: string; prefix: string } | null {
  if (fact.kind !== 'known') return null;
  const address = bareAddress(fact.value);
  if (address?.includes(':') !== true) return null;
  return { address, prefix: fact.value.includes('/') ? fact.value.slice(fact.value.indexOf('/')) : '' };
}

/** The address some steps further in the same 112 bits; null beyond them. */
function after(address: string, step: number): string | null {
  const parsed = parseAddress(address);
  if (parsed === null || !('parts' in parsed)) return null;
  const last = (parsed.parts[7] ?? 0) + step;
  if (last > 0xfffe) return null;
  const text = [...parsed.parts.slice(0, 7), last].map((part) => part.toString(16)).join(':');
  return bareAddress(text);
}

/** The IPv6 addresses of a host's containers, the disabled ones too, and of its interfaces: how often each is used. */
const takenIpv6 = memoOf(
  (host: Host): ReadonlyMap<string, number> => {
    const taken = new Map<string, number>();
    const add = (text: string): void => {
      const address = bareAddress(text);
      if (address?.includes(':') === true) taken.set(address, (taken.get(address) ?? 0) + 1);
    };
    for (const { addresses } of host.containers)
      for (const { fact } of addresses) if (fact.kind === 'known') add(fact.value);
    for (const { address } of host.interfaces) add(address);
    return taken;
  },
  (before, after) =>
    before.size === after.size && [...before].every(([address, times]) => after.get(address) === times),
);
