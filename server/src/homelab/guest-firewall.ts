import { memoOf } from '../eval/computed';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { parts } from '../eval/modules/definition';
import type { OptionNode } from '../eval/modules/option-node';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Value } from '../eval/value';
import { SERVICES } from '../schema/tables/services';
import { isClosedGuest, isWritten, outsideMayDecide } from './certainty';
import { portsOpenedAt } from './guest';
import type { Container, Guest, Host, OpenPorts, Port, PortRange } from './model';
import { textsOf } from './networks';
import {
  asBool,
  asNumber,
  asString,
  entriesOf,
  openReason,
  optionThunk,
  readKnownList,
  readOption,
  readSet,
  valueOr,
} from './read';

/**
 * What the firewall of a guest with a network of its own lets in. Source: nixpkgs
 * nixos/modules/services/networking/firewall.nix.
 */

/** All that comes to a guest from outside, by its firewall. */
export type GuestFirewall =
  /** It lets everything in. */
  | { readonly kind: 'off' }
  /** It may let in more than is known. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'on'; readonly tcp: Opened; readonly udp: Opened };

/** The ports that a firewall lets in, on whatever interface. */
export interface Opened {
  readonly ports: readonly Port[];
  readonly ranges: readonly PortRange[];
}

/** The firewall of a guest, where the repository says all of it. */
export function guestFirewall(host: Host, container: Container): GuestFirewall {
  const { guest } = container;
  if (guest === null || !isClosedGuest(host, container) || outsideMayDecide(guest.system)) return UNKNOWN;
  return firewallOf(container);
}

const UNKNOWN: GuestFirewall = { kind: 'unknown' };

/** Whether a firewall certainly keeps a port closed. */
export function keepsClosed(firewall: GuestFirewall, protocol: 'tcp' | 'udp', port: number): boolean {
  return firewall.kind === 'on' && !lets(firewall[protocol], port);
}

function lets({ ports, ranges }: Opened, port: number): boolean {
  return (
    ports.some((opened) => opened.port === port) || ranges.some(({ from, to }) => from <= port && port <= to)
  );
}

const firewallOf = memoOf((container: Container): GuestFirewall => {
  const { guest } = container;
  if (guest?.firewallEnabled.kind !== 'known') return UNKNOWN;
  if (!guest.firewallEnabled.value) return { kind: 'off' };
  const { system } = guest;
  if (OTHER_RULES.some((path) => isWritten(system, path) !== false)) return UNKNOWN;
  if (trusts(container, guest) || opensByItself(system)) return UNKNOWN;
  const interfaces = interfacesOf(system);
  const ssh = sshPorts(system);
  if (interfaces === null || ssh === null) return UNKNOWN;
  const tcp = together([guest.tcp, ...interfaces.map(({ tcp }) => tcp)]);
  const udp = together([guest.udp, ...interfaces.map(({ udp }) => udp)]);
  if (tcp === null || udp === null) return UNKNOWN;
  return { kind: 'on', tcp: { ...tcp, ports: [...tcp.ports, ...ssh] }, udp };
});

/** The ports that an SSH server opens unless it is told not to; null where they are not known. */
function sshPorts(system: ModuleSystem): readonly Port[] | null {
  const path = ['services', 'openssh'];
  const enable = readOption(system, [...path, 'enable'], asBool);
  const opens = readOption(system, [...path, 'openFirewall'], asBool);
  if (enable.kind === 'unknown' || opens.kind === 'unknown') return null;
  if (!valueOr(enable, false) || !valueOr(opens, true)) return [];
  const ports = openSshPorts(system);
  return ports === null ? null : ports.map((port) => ({ port, at: null }));
}

/** Where an SSH server listens; null where that is not known. */
export function openSshPorts(system: ModuleSystem): readonly number[] | null {
  const { items, open } = readKnownList(optionThunk(system, ['services', 'openssh', 'ports']), asNumber);
  return open !== null ? null : items.length === 0 ? [22] : items;
}

/** What may let packets in by another way: rules in another language, and what writes its own. */
const OTHER_RULES: readonly (readonly string[])[] = [
  ...['extraCommands', 'extraInputRules', 'extraPackages', 'package', 'backend'].map((option) => [
    'networking',
    'firewall',
    option,
  ]),
  ...['ruleset', 'rulesetFile', 'tables'].map((option) => ['networking', 'nftables', option]),
  ['networking', 'nat', 'forwardPorts'],
  ['networking', 'ufw'],
  ['services', 'firewalld'],
  ['virtualisation'],
];

/** Lists of ports; null where one of them may hold more. */
function together(lists: readonly OpenPorts[]): Opened | null {
  if (lists.some(({ ports }) => ports.open !== null)) return null;
  return {
    ports: lists.flatMap(({ ports }) => ports.items),
    ranges: lists.flatMap(({ ranges }) => ranges),
  };
}

/** What single interfaces let in; null where that is not known. */
function interfacesOf(system: ModuleSystem): { tcp: OpenPorts; udp: OpenPorts }[] | null {
  const set = readSet(system, ['networking', 'firewall', 'interfaces']);
  if (openReason(set) !== null) return null;
  const found: { tcp: OpenPorts; udp: OpenPorts }[] = [];
  for (const [, { value, maybe }] of entriesOf(set)) {
    const one = systemOf(inspect(value));
    if (one === null || maybe !== null) return null;
    found.push({ tcp: portsOpenedAt(one, [], 'TCP'), udp: portsOpenedAt(one, [], 'UDP') });
  }
  return found;
}

/** Whether a guest may trust a whole interface that leads to its host or its network. */
function trusts(container: Container, { system }: Guest): boolean {
  const trusted = readKnownList(
    optionThunk(system, ['networking', 'firewall', 'trustedInterfaces']),
    asString,
  );
  if (trusted.open !== null) return true;
  const own = new Set([
    'eth0',
    'host0',
    ...container.extraVeths.items,
    ...textsOf(container, 'interfaces').items,
    ...textsOf(container, 'macvlans').items.map((name) => `mv-${name}`),
  ]);
  return trusted.items.some((name) => own.has(name) || /[*+]$/.test(name));
}

/** The options that open just the port of the table of services: what they do is known. */
const KNOWN_OPENERS: ReadonlySet<string> = new Set([
  ...SERVICES.flatMap(({ openFirewall }) => (openFirewall === null ? [] : [openFirewall])),
  'services.openssh.openFirewall',
]);

/** Whether something turns on an option that opens ports which are not known: `services.plex.openFirewall`. */
function opensByItself(system: ModuleSystem): boolean {
  return ['services', 'programs'].some((section) => {
    const node = attempt(() => system.option([section]));
    if (node === null) return false;
    if (node instanceof Unknown || node instanceof Failure) return true;
    return opensBelow(node);
  });
}

function opensBelow(node: OptionNode): boolean {
  return node.raw
    .filter(({ file }) => file !== '')
    .flatMap(parts)
    .some(({ value }) => opensIn(value, node.path, 0));
}

/** Deeper than this no option of a service opens ports. */
const MAX_DEPTH = 6;

function opensIn(value: Value | Unknown | Failure, path: readonly string[], depth: number): boolean {
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' || depth > MAX_DEPTH)
    return false;
  if (value.native !== undefined) return false;
  return entriesOf(value).some(([name, attr]) => {
    const own = [...path, name];
    if (/^open[A-Z]\w*$/.test(name)) {
      const is = inspect(attr.value);
      if (!(is instanceof Unknown) && !(is instanceof Failure) && is.type === 'bool' && !is.value)
        return false;
      return !KNOWN_OPENERS.has(own.join('.'));
    }
    const inner = parts({ file: '', value: attr.value, at: attr.at, conditions: [], priority: null });
    return inner.some((part) => opensIn(part.value, own, depth + 1));
  });
}
