import { inspect } from '../eval/thunk';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';
import type { Thunk } from '../eval/thunk';
import { bareAddress } from './addresses';
import type { Container } from './model';
import { asString, readList, readSet, readThunk, setOf } from './read';

/** Addresses that a guest on a bridge gives its interface by itself. */
export interface GuestAddress {
  readonly container: Container;
  /** `networking.interfaces.eth0`, `systemd.network.networks.lan`, … */
  readonly option: string;
  /** Canonical, without a prefix. */
  readonly address: string;
  readonly bridge: string;
  readonly at: Origin;
}

/** What a guest on one bridge sets for its one interface, in either way NixOS has for it. */
export function guestAddresses(container: Container): GuestAddress[] {
  const { guest, hostBridge, privateNetwork, extraVeths } = container;
  if (guest === null || hostBridge.kind !== 'known' || extraVeths.items.length > 0) return [];
  if (privateNetwork.kind !== 'known' || !privateNetwork.value) return [];
  const bridge = hostBridge.value;
  const found: GuestAddress[] = [];
  const add = (option: string, text: string, at: Origin): void => {
    const address = bareAddress(text);
    if (address !== null) found.push({ container, option, address, bridge, at });
  };
  const eth0 = setOf(known(readSet(guest.system, ['networking', 'interfaces']))?.entries.get('eth0')?.value);
  for (const family of ['ipv4', 'ipv6']) {
    const list = setOf(eth0?.entries.get(family)?.value)?.entries.get('addresses')?.value;
    for (const item of itemsOf(list)) {
      const fact = readThunk(setOf(item)?.entries.get('address')?.value, asString);
      if (fact.kind === 'known') add('networking.interfaces.eth0', fact.value, fact.definition);
    }
  }
  for (const [name, { value }] of known(readSet(guest.system, ['systemd', 'network', 'networks']))?.entries ??
    []) {
    const network = setOf(value);
    const matched = readThunk(
      setOf(network?.entries.get('matchConfig')?.value)?.entries.get('Name')?.value,
      asString,
    );
    if (matched.kind !== 'known' || !['eth0', 'eth*', 'e*', 'host0'].includes(matched.value)) continue;
    const lists = [
      network?.entries.get('address')?.value,
      setOf(network?.entries.get('networkConfig')?.value)?.entries.get('Address')?.value,
    ];
    for (const list of lists) {
      const one = readThunk(list, asString);
      if (one.kind === 'known') add(`systemd.network.networks.${name}`, one.value, one.definition);
      else
        for (const fact of readList(list, asString).items)
          if (fact.kind === 'known') add(`systemd.network.networks.${name}`, fact.value, fact.definition);
    }
  }
  return found;
}

function known(set: AttrsValue | Unknown | Failure | null): AttrsValue | undefined {
  return set === null || set instanceof Unknown || set instanceof Failure ? undefined : set;
}

function itemsOf(thunk: Thunk | undefined): readonly Thunk[] {
  const value = thunk === undefined ? null : inspect(thunk);
  return value !== null && 'type' in value && value.type === 'list' ? value.items : [];
}
