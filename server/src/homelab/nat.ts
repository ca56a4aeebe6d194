import { piecewise } from '../eval/pieces';
import { bareAddress } from './addresses';
import { isWritten, knowsAllContainers, outsideMayDecide } from './certainty';
import type { Container, Fact, Host } from './model';
import { hostInterface } from './networks';
import { asBool, asString, optionThunk, readList, readOption } from './read';
import type { Collection } from './model';

/** How guests with a network of their own get out: `networking.nat` of their host. */

/** The interfaces that `networking.nat.internalInterfaces` names, each with its place. */
export function internalInterfaces(host: Host): Collection<Fact<string>> {
  return readList(optionThunk(host.system, ['networking', 'nat', 'internalInterfaces']), asString);
}

/** Whether the host's firewall is nftables, which writes wildcards as `*`, or iptables, which writes them as `+`. */
export function usesNftables(host: Host): boolean | 'unknown' {
  const path = ['networking', 'nftables', 'enable'];
  const fact = readOption(host.system, path, asBool);
  if (fact.kind === 'known' && fact.definition !== null) return fact.value;
  if (isWritten(host.system, path) !== false || outsideMayDecide(host.system)) return 'unknown';
  return false;
}

/** Whether an entry stands for an interface, by either way of writing wildcards. */
export function namesInterface(entry: string, name: string): boolean {
  const wild = /^(.*)[*+]$/.exec(entry);
  return wild === null ? entry === name : name.startsWith(wild[1] ?? '');
}

/** The active guests whose way out is their host: those with both ends of a link, and no bridge. */
export const guestsBehindHost = piecewise(
  ({ containers }: Host) => containers,
  (container) => (isBehindHost(container) ? [container] : []),
);

function isBehindHost(container: Container): boolean {
  return (
    container.status === 'active' &&
    container.hostBridge.kind === 'unset' &&
    isAddress(container.hostAddress) &&
    isAddress(container.localAddress) &&
    hostInterface(container) !== null
  );
}

function isAddress(fact: Fact<string>): boolean {
  return fact.kind === 'known' && bareAddress(fact.value) !== null;
}

/** Options by which a host can translate addresses without `networking.nat`. */
const OTHER_WAYS: readonly (readonly string[])[] = [
  ['networking', 'nat', 'internalIPs'],
  ['networking', 'nat', 'extraCommands'],
  ['networking', 'nftables', 'ruleset'],
  ['networking', 'nftables', 'rulesetFile'],
  ['networking', 'nftables', 'tables'],
  ['networking', 'firewall', 'extraCommands'],
  ['networking', 'firewall', 'extraForwardRules'],
  ['networking', 'localCommands'],
  ['networking', 'nat', 'internalIPv6s'],
  ['systemd', 'network', 'networks'],
  ['networking', 'firewall', 'package'],
  ['networking', 'firewall', 'filterForward'],
];

/** Whether guests may get out by another way than `networking.nat.internalInterfaces`. */
export function mayMasqueradeOtherwise(host: Host): boolean {
  return (
    !knowsAllContainers(host) ||
    outsideMayDecide(host.system) ||
    OTHER_WAYS.some((path) => isWritten(host.system, path) !== false)
  );
}
