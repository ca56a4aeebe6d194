import { memo, type Computed } from '../eval/computed';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { SERVICES } from '../schema/tables/services';
import { enabledServices } from './enabled-services';
import { listenersOf } from './listeners';
import type { Collection, Fact, Guest, Listener, OpenPorts, Port, PortRange } from './model';
import { asBool, asNumber, optionThunk, readList, readOption, readThunk, sameFact, sameNames } from './read';

/** The system inside a container; null where its `config` is not set or not known. */
export function guestOf(container: ModuleSystem): Guest | null {
  const node = attempt(() => container.option(['config']));
  if (node === null || node instanceof Unknown || node instanceof Failure || node.raw.length === 0)
    return null;
  const system = systemOf(inspect(node.value));
  if (system === null) return null;
  return new LazyGuest(system);
}

/** A guest whose facts are read from its configuration when they are asked for, and again when that changes. */
class LazyGuest implements Guest {
  readonly #firewallEnabled: Computed<Fact<boolean>>;
  readonly #services: Computed<Collection<string>>;
  readonly #listeners: Computed<readonly Listener[]>;
  readonly #openPorts: Computed<readonly [OpenPorts, OpenPorts]>;

  constructor(readonly system: ModuleSystem) {
    this.#firewallEnabled = memo(
      () => readOption(system, ['networking', 'firewall', 'enable'], asBool),
      sameFact,
    );
    this.#services = memo(() => enabledServices(system), sameNames);
    this.#listeners = memo(() => listenersOf(system, this.services.items), sameListeners);
    this.#openPorts = memo(
      () => openPortsOf(system, this.listeners),
      ([tcp, udp], [nextTcp, nextUdp]) => sameOpenPorts(tcp, nextTcp) && sameOpenPorts(udp, nextUdp),
    );
  }

  get firewallEnabled(): Fact<boolean> {
    return this.#firewallEnabled.force();
  }
  get services(): Collection<string> {
    return this.#services.force();
  }
  get listeners(): readonly Listener[] {
    return this.#listeners.force();
  }
  get tcp(): OpenPorts {
    return this.#openPorts.force()[0];
  }
  get udp(): OpenPorts {
    return this.#openPorts.force()[1];
  }
}

function sameListeners(before: readonly Listener[], after: readonly Listener[]): boolean {
  return (
    before.length === after.length &&
    before.every((listener, index) => {
      const other = after[index];
      return (
        listener.service === other?.service &&
        listener.protocol === other.protocol &&
        sameFact(listener.port, other.port) &&
        sameFact(listener.address, other.address)
      );
    })
  );
}

function sameOpenPorts(before: OpenPorts, after: OpenPorts): boolean {
  return (
    before.ports.open === after.ports.open &&
    before.ports.items.length === after.ports.items.length &&
    before.ports.items.every(({ port, at }, index) => {
      const other = after.ports.items[index];
      return port === other?.port && at === other.at;
    }) &&
    JSON.stringify(before.ranges) === JSON.stringify(after.ranges)
  );
}

function isTrue(fact: Fact<boolean>): boolean {
  return fact.kind === 'known' && fact.value;
}

/** The ports that a system's firewall lets in: those it names, and those that services open by `openFirewall`. */
export function openPortsOf(system: ModuleSystem, listeners: readonly Listener[]): [OpenPorts, OpenPorts] {
  const opened: Port[] = [];
  let open: string | null = null;
  for (const { service: name, port } of listeners) {
    const openFirewall = SERVICES.find((service) => service.name === name)?.openFirewall ?? null;
    if (openFirewall === null) continue;
    const fact = readOption(system, openFirewall.split('.'), asBool);
    if (fact.kind === 'unknown') open ??= fact.reason;
    if (!isTrue(fact)) continue;
    if (port.kind === 'known')
      opened.push({ port: port.value, at: fact.kind === 'known' ? fact.definition : null });
    else open ??= `the port that \`${openFirewall}\` opens is not known`;
  }
  const tcp = portsOpenedAt(system, FIREWALL, 'TCP');
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
    portsOpenedAt(system, FIREWALL, 'UDP'),
  ];
}

const FIREWALL = ['networking', 'firewall'];

/** The ports that the lists below a path open: those of the firewall itself, or of one of its interfaces. */
export function portsOpenedAt(
  system: ModuleSystem,
  path: readonly string[],
  protocol: 'TCP' | 'UDP',
): OpenPorts {
  const list = readList(optionThunk(system, [...path, `allowed${protocol}Ports`]), asNumber);
  const items: Port[] = [];
  let { open } = list;
  for (const item of list.items) {
    if (item.kind === 'known') items.push({ port: item.value, at: item.definition });
    else if (item.kind === 'unknown') open ??= item.reason;
  }
  const ranges = readList(optionThunk(system, [...path, `allowed${protocol}PortRanges`]), (value) => {
    if (value.type !== 'attrs') return undefined;
    const from = readThunk(value.entries.get('from')?.value, asNumber);
    const to = readThunk(value.entries.get('to')?.value, asNumber);
    return from.kind === 'known' && to.kind === 'known' ? { from: from.value, to: to.value } : undefined;
  });
  const known: PortRange[] = [];
  for (const range of ranges.items) {
    if (range.kind === 'known') known.push(range.value);
    else if (range.kind === 'unknown') open ??= range.reason;
  }
  return { ports: { items, open: open ?? ranges.open }, ranges: known };
}
