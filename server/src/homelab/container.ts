import { parts } from '../eval/modules/definition';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Attr } from '../eval/value';
import { guestOf } from './guest';
import type {
  AddressUse,
  BindMount,
  BridgeName,
  Collection,
  Container,
  ContainerDefinition,
  ContainerStatus,
  Fact,
} from './model';
import {
  asBool,
  asNumber,
  asString,
  asStringOrNumber,
  openReason,
  readOption,
  readSet,
  readThunk,
  setOf,
} from './read';

export interface ContainersOfHost {
  readonly containers: readonly Container[];
  readonly open: string | null;
}

/** The containers that a host's configuration holds, by name. */
export function containersOf(host: ModuleSystem): ContainersOfHost {
  const set = readSet(host, ['containers']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { containers: [], open: openReason(set) };
  const definitions = definitionsByName(host);
  const containers = [...set.entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, attr]) => {
      const container = containerOf(name, attr, definitions.get(name) ?? []);
      return container === null ? [] : [container];
    });
  return { containers, open: openReason(set) };
}

function containerOf(
  name: string,
  attr: Attr,
  definitions: readonly ContainerDefinition[],
): Container | null {
  const system = systemOf(inspect(attr.value));
  if (system === null) return null;
  const status: ContainerStatus = attr.maybe === null ? 'active' : 'conditional';
  return describeContainer(name, system, definitions, status, attr.maybe?.reason ?? null);
}

/** Everything known of one container. */
export function describeContainer(
  name: string,
  system: ModuleSystem,
  definitions: readonly ContainerDefinition[],
  status: ContainerStatus,
  because: string | null,
): Container {
  const addresses: AddressUse[] = [];
  const container: Container = {
    name,
    status,
    because,
    definitions,
    system,
    autoStart: readOption(system, ['autoStart'], asBool),
    ephemeral: readOption(system, ['ephemeral'], asBool),
    privateNetwork: readOption(system, ['privateNetwork'], asBool),
    privateUsers: readOption(system, ['privateUsers'], asStringOrNumber),
    hostBridge: readOption(system, ['hostBridge'], asString),
    hostAddress: readOption(system, ['hostAddress'], asString),
    localAddress: readOption(system, ['localAddress'], asString),
    hostAddress6: readOption(system, ['hostAddress6'], asString),
    localAddress6: readOption(system, ['localAddress6'], asString),
    addresses,
    extraVeths: extraVethsOf(system),
    bindMounts: bindMountsOf(system),
    forwardPorts: forwardPortsOf(system),
    guest: guestOf(system),
  };
  addresses.push(...linkAddresses(container, system, ''));
  for (const veth of container.extraVeths.items) {
    const link = systemOf(valueAt(system, ['extraVeths', veth]));
    if (link !== null) addresses.push(...linkAddresses(container, link, `extraVeths.${veth}.`));
  }
  return container;
}

function valueAt(system: ModuleSystem, [first, name]: readonly [string, string]): ReturnType<typeof inspect> {
  const set = readSet(system, [first]);
  const attr =
    set === null || set instanceof Unknown || set instanceof Failure ? undefined : set.entries.get(name);
  return attr === undefined ? new Failure('missing', 'no such link') : inspect(attr.value);
}

const ENDS = [
  ['hostAddress', 'host', 4],
  ['localAddress', 'local', 4],
  ['hostAddress6', 'host', 6],
  ['localAddress6', 'local', 6],
] as const;

function linkAddresses(container: Container, link: ModuleSystem, prefix: string): AddressUse[] {
  const bridge = readOption(link, ['hostBridge'], asString);
  return ENDS.flatMap(([option, side, family]): AddressUse[] => {
    const fact: Fact<string> = readOption(link, [option], asString);
    if (fact.kind === 'unset') return [];
    const attached: BridgeName =
      bridge.kind === 'known' ? { name: bridge.value } : bridge.kind === 'unset' ? null : 'unknown';
    return [{ container, option: prefix + option, side, family, fact, bridge: attached }];
  });
}

function extraVethsOf(system: ModuleSystem): Collection<string> {
  const set = readSet(system, ['extraVeths']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { items: [], open: openReason(set) };
  return { items: [...set.entries.keys()].sort(), open: openReason(set) };
}

function bindMountsOf(system: ModuleSystem): Collection<BindMount> {
  const set = readSet(system, ['bindMounts']);
  if (set === null || set instanceof Unknown || set instanceof Failure)
    return { items: [], open: openReason(set) };
  const items = [...set.entries].map(([name, attr]): BindMount => {
    const mount = systemOf(inspect(attr.value));
    if (mount === null)
      return { mountPoint: name, hostPath: { kind: 'unset' }, isReadOnly: { kind: 'unset' } };
    const mountPoint = readOption(mount, ['mountPoint'], asString);
    return {
      mountPoint: mountPoint.kind === 'known' ? mountPoint.value : name,
      hostPath: readOption(mount, ['hostPath'], asString),
      isReadOnly: readOption(mount, ['isReadOnly'], asBool),
    };
  });
  return { items, open: openReason(set) };
}

function forwardPortsOf(system: ModuleSystem): Container['forwardPorts'] {
  const node = attempt(() => system.option(['forwardPorts']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return { items: [], open: null };
  const list = inspect(node.value);
  if (list instanceof Unknown || list instanceof Failure) return { items: [], open: openReason(list) };
  if (list.type !== 'list') return { items: [], open: null };
  const items = list.items.map((item) => {
    const set = setOf(item);
    return {
      protocol: readThunk(set?.entries.get('protocol')?.value, asString),
      hostPort: readThunk(set?.entries.get('hostPort')?.value, asNumber),
      containerPort: readThunk(set?.entries.get('containerPort')?.value, asNumber),
    };
  });
  return { items, open: list.open === null ? null : list.open.reason };
}

/** Where each container of a host is written. */
function definitionsByName(host: ModuleSystem): Map<string, ContainerDefinition[]> {
  const byName = new Map<string, ContainerDefinition[]>();
  const node = attempt(() => host.option(['containers']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return byName;
  for (const { raw, value } of node.raw.flatMap(parts)) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    for (const [name, attr] of value.entries) {
      const definition: ContainerDefinition = {
        file: raw.file,
        nameAt: attr.at,
        value: attr.value.origin,
        options: optionNames(attr),
      };
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [definition]);
      else known.push(definition);
    }
  }
  return byName;
}

function optionNames(attr: Attr): string[] {
  const raw = { file: '', value: attr.value, at: null, conditions: [], priority: null };
  return parts(raw).flatMap(({ value }) =>
    value instanceof Unknown || value instanceof Failure || value.type !== 'attrs'
      ? []
      : [...value.entries.keys()],
  );
}
