import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { autheliaPolicies } from './access';
import { containersOf } from './container';
import { enabledServices, openPortsOf } from './guest';
import { listenersOf } from './listeners';
import type { Collection, Container, Host, InterfaceAddress, Nat } from './model';
import {
  asBool,
  asNumber,
  asString,
  openReason,
  optionThunk,
  readKnownList,
  readOption,
  readSet,
  readThunk,
  setOf,
} from './read';
import { entryPointsOf, namesIn, routesOf, traefiksOf } from './routes';

export interface HostDeclaration {
  readonly name: string | null;
  readonly project: string;
  readonly file: string;
  readonly at: Origin;
  readonly system: ModuleSystem;
}

/** Everything known of one host. `disabled` are containers of modules it does not import. */
export function describeHost(
  declaration: HostDeclaration,
  disabled: readonly Container[],
  hostServices: Host['hostServices'],
): Host {
  const { system } = declaration;
  const { containers: active, open } = containersOf(system);
  const known = new Set(active.map(({ name }) => name));
  const containers = [...active, ...disabled.filter(({ name }) => !known.has(name))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const traefiks = traefiksOf(system, containers);
  const policies = autheliaPolicies(containers);
  const services = enabledServices(system);
  const [tcp, udp] = openPortsOf(system, listenersOf(system, services.items));
  return {
    ...declaration,
    incomplete: incompleteness(system),
    containers,
    containersOpen: open,
    interfaces: interfacesOf(system),
    tcp,
    udp,
    nat: natOf(system),
    dnsRewrites: active.flatMap(dnsRewritesOf),
    entryPoints: joined(traefiks.map(entryPointsOf)),
    middlewares: joined(traefiks.map((traefik) => namesIn(traefik, 'http', 'middlewares'))),
    routes: traefiks.flatMap((traefik) => routesOf(traefik, containers, policies)),
    hostServices,
  };
}

function incompleteness(system: ModuleSystem): string | null {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown) return collected.reason;
  if (collected instanceof Failure) return collected.message;
  return collected.open === null ? null : collected.open.reason;
}

function joined(collections: readonly Collection<string>[]): Collection<string> {
  const items = [...new Set(collections.flatMap(({ items }) => items))].sort();
  return { items, open: collections.find(({ open }) => open !== null)?.open ?? null };
}

/** The addresses that the host gives its own interfaces. */
function interfacesOf(system: ModuleSystem): InterfaceAddress[] {
  const set = readSet(system, ['networking', 'interfaces']);
  if (set === null || set instanceof Unknown || set instanceof Failure) return [];
  return [...set.entries].flatMap(([name, attr]) =>
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

function natOf(system: ModuleSystem): Nat {
  const path = ['networking', 'nat'];
  return {
    enable: readOption(system, [...path, 'enable'], asBool),
    externalInterface: readOption(system, [...path, 'externalInterface'], asString),
    internalInterfaces: readKnownList(optionThunk(system, [...path, 'internalInterfaces']), asString),
  };
}

/** The DNS rewrites of an AdGuard Home in a container. */
function dnsRewritesOf({ guest }: Container): { domain: string; answer: string }[] {
  if (guest === null) return [];
  const settings = readSet(guest.system, ['services', 'adguardhome', 'settings']);
  if (
    settings === null ||
    settings instanceof Unknown ||
    settings instanceof Failure ||
    (openReason(settings) === null && settings.entries.size === 0)
  )
    return [];
  const filtering = setOf(settings.entries.get('filtering')?.value);
  const dns = setOf(settings.entries.get('dns')?.value);
  const list = (filtering?.entries.get('rewrites') ?? dns?.entries.get('rewrites'))?.value;
  if (list === undefined) return [];
  const rewrites = readKnownList(list, (value) => {
    if (value.type !== 'attrs') return undefined;
    const domain = readThunk(value.entries.get('domain')?.value, asString);
    const answer = readThunk(value.entries.get('answer')?.value, asString);
    return domain.kind === 'known' && answer.kind === 'known'
      ? { domain: domain.value, answer: answer.value }
      : undefined;
  });
  return [...rewrites.items];
}
