import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { SERVICES } from '../schema/tables/services';
import type { Collection, Fact, Guest, Listener, OpenPorts, Port, PortRange } from './model';
import {
  asBool,
  asNumber,
  asString,
  openReason,
  optionThunk,
  readList,
  readOption,
  readSet,
  readThunk,
  setOf,
} from './read';

/** The system inside a container; null where its `config` is not set or not known. */
export function guestOf(container: ModuleSystem): Guest | null {
  const node = attempt(() => container.option(['config']));
  if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0)
    return null;
  const system = systemOf(inspect(node.value));
  if (system === null) return null;
  const services = enabledServices(system);
  const listeners = listenersOf(system, services.items);
  const [tcp, udp] = openPortsOf(system, listeners);
  return {
    system,
    firewallEnabled: readOption(system, ['networking', 'firewall', 'enable'], asBool),
    tcp,
    udp,
    services,
    listeners,
  };
}

/** Names under `services` whose `enable` is true, or that have an enabled instance. */
export function enabledServices(system: ModuleSystem): Collection<string> {
  const node = attempt(() => system.option(['services']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return { items: [], open: null };
  const written = attempt(() => [...node.names()].filter(([, at]) => at !== null).map(([name]) => name));
  if (!Array.isArray(written)) return { items: [], open: openReason(written) };
  const items = written.filter((name) => {
    if (isTrue(readOption(system, ['services', name, 'enable'], asBool))) return true;
    const instances = readSet(system, ['services', name, 'instances']);
    if (instances === null || instances instanceof Unknown || instances instanceof Failure) return false;
    return [...instances.entries].some(([, attr]) =>
      isTrue(readThunk(setOf(attr.value)?.entries.get('enable')?.value, asBool)),
    );
  });
  return { items: items.sort(), open: node.open === null ? null : node.open.reason };
}

function isTrue(fact: Fact<boolean>): boolean {
  return fact.kind === 'known' && fact.value;
}

/** What the enabled services listen on, as far as the table of services knows. */
export function listenersOf(system: ModuleSystem, services: readonly string[]): Listener[] {
  return SERVICES.filter(
    ({ name, enable }) => services.includes(name) || services.includes(enable.split('.')[1] ?? ''),
  ).map(({ name, port, address }) => ({
    service: name,
    port: optionOrDefault(system, port.option, port.default, asNumber),
    address: optionOrDefault(system, address.option, address.default, asString),
    protocol: 'tcp',
  }));
}

function optionOrDefault<T>(
  system: ModuleSystem,
  option: string | null,
  fallback: T | null,
  read: (value: import('../eval/value').Value) => T | undefined,
): Fact<T> {
  if (option !== null && /^[\w.-]+$/.test(option)) {
    const fact = readOption(system, option.split('.'), read);
    if (fact.kind !== 'unset') return fact;
  } else if (option !== null) return { kind: 'unset' };
  return fallback === null
    ? { kind: 'unset' }
    : { kind: 'known', value: fallback, definition: null, literal: null, file: null };
}

/** The ports that a system's firewall lets in: those it names, and those that services open by `openFirewall`. */
export function openPortsOf(system: ModuleSystem, listeners: readonly Listener[]): [OpenPorts, OpenPorts] {
  const opened: Port[] = [];
  let open: string | null = null;
  for (const { name, openFirewall } of SERVICES) {
    if (openFirewall === null || !listeners.some(({ service }) => service === name)) continue;
    const fact = readOption(system, openFirewall.split('.'), asBool);
    if (fact.kind === 'unknown') open ??= fact.reason;
    if (!isTrue(fact)) continue;
    const port = listeners.find(({ service }) => service === name)?.port;
    if (port?.kind === 'known')
      opened.push({ port: port.value, at: fact.kind === 'known' ? fact.definition : null });
    else open ??= `the port that \`${openFirewall}\` opens is not known`;
  }
  const tcp = portsAt(system, 'TCP');
  return [
    {
      ...tcp,
      ports: {
        items: [
          ...tcp.ports.items,
          ...opened.filter(({ port }) => !tcp.ports.items.some((known) => known.port === port)),
        ],
        open: tcp.ports.open ?? open,
      },
    },
    portsAt(system, 'UDP'),
  ];
}

function portsAt(system: ModuleSystem, protocol: 'TCP' | 'UDP'): OpenPorts {
  const path = ['networking', 'firewall', `allowed${protocol}Ports`];
  const list = readList(optionThunk(system, path), asNumber);
  const items: Port[] = [];
  let { open } = list;
  for (const item of list.items) {
    if (item.kind === 'known') items.push({ port: item.value, at: item.definition });
    else if (item.kind === 'unknown') open ??= item.reason;
  }
  const ranges = readList(
    optionThunk(system, ['networking', 'firewall', `allowed${protocol}PortRanges`]),
    (value) => {
      if (value.type !== 'attrs') return undefined;
      const from = readThunk(value.entries.get('from')?.value, asNumber);
      const to = readThunk(value.entries.get('to')?.value, asNumber);
      return from.kind === 'known' && to.kind === 'known' ? { from: from.value, to: to.value } : undefined;
    },
  );
  const known: PortRange[] = [];
  for (const range of ranges.items) {
    if (range.kind === 'known') known.push(range.value);
    else if (range.kind === 'unknown') open ??= range.reason;
  }
  return { ports: { items, open: open ?? ranges.open }, ranges: known };
}
