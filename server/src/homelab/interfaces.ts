import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { bareAddress } from './addresses';
import type { InterfaceAddress } from './model';
import { asNumber, asString, entriesOf, readKnownList, readSet, readThunk, setOf } from './read';

/** The addresses that a system gives its own interfaces by `networking.interfaces`. */
export function interfacesOf(system: ModuleSystem): InterfaceAddress[] {
  const set = readSet(system, ['networking', 'interfaces']);
  return entriesOf(set).flatMap(([name, attr]) =>
    ['ipv4', 'ipv6'].flatMap((family) => {
      const addresses = setOf(setOf(attr.value)?.entries.get(family)?.value)?.entries.get('addresses')?.value;
      if (addresses === undefined) return [];
      const list = inspect(addresses);
      if (list instanceof Unknown || list instanceof Failure || list.type !== 'list') return [];
      return list.items.flatMap((item): InterfaceAddress[] => {
        const entry = setOf(item);
        const address = readThunk(entry?.entries.get('address')?.value, asString);
        const prefix = readThunk(entry?.entries.get('prefixLength')?.value, asNumber);
        if (address.kind !== 'known') return [];
        return [
          {
            interface: name,
            address: address.value,
            prefixLength: prefix.kind === 'known' ? prefix.value : null,
            at: address.literal,
          },
        ];
      });
    }),
  );
}

/** The addresses that a system gives its own interfaces, also by `systemd.network`; canonical. */
export function ownAddressesOf(system: ModuleSystem): string[] {
  const texts = interfacesOf(system).map(({ address }) => address);
  for (const [, { value, maybe }] of entriesOf(readSet(system, ['systemd', 'network', 'networks']))) {
    const addresses = maybe === null ? attempt(() => networkdAddresses(value)) : [];
    if (Array.isArray(addresses)) texts.push(...addresses);
  }
  return [...new Set(texts.flatMap((text) => bareAddress(text) ?? []))];
}

/** Source: nixpkgs nixos/modules/system/boot/networkd.nix; `addressConfig` is the spelling of old releases. */
function networkdAddresses(network: Thunk): string[] {
  const fields = setOf(network);
  const sections = readKnownList(fields?.entries.get('addresses')?.value, (item) => {
    if (item.type !== 'attrs') return undefined;
    const section = setOf(item.entries.get('addressConfig')?.value) ?? item;
    const address = readThunk(section.entries.get('Address')?.value, asString);
    return address.kind === 'known' ? address.value : undefined;
  });
  const config = setOf(fields?.entries.get('networkConfig')?.value)?.entries.get('Address')?.value;
  const one = readThunk(config, asString);
  return [
    ...readKnownList(fields?.entries.get('address')?.value, asString).items,
    ...sections.items,
    ...(one.kind === 'known' ? [one.value] : readKnownList(config, asString).items),
  ];
}
