import type { ModuleSystem } from '../eval/modules/system';
import { containerNamed } from './arrivals';
import { isClosedSystem, isWritten, knowsAllContainers, outsideMayDecide } from './certainty';
import { dnsRewrites, rewriteFor } from './dns-rewrites';
import type { Container, Host } from './model';
import type { ProxyPlace } from './proxies/place';
import { optionThunk, setOf } from './read';

/** Containers that are asked for by their name, as if a name server knew it. */

export interface CalledByName {
  readonly name: string;
  /** The container of that name; null where there is none. */
  readonly container: Container | null;
}

/**
 * The container that a host name in a URL is meant for, where a proxy certainly does not find it by that name; null
 * otherwise. Proxies written in Go look into `/etc/hosts` and ask name servers, and pass `nss-mymachines` over. The
 * container module writes `NAME.containers` into the `/etc/hosts` of the host only. Source: nixos-containers.nix; Go's
 * package `net`, for programs without cgo.
 */
export function calledByName(host: Host, place: ProxyPlace, named: string): CalledByName | null {
  const [, name = '', domain] = /^([a-z0-9-]+)(\.containers)?\.?$/i.exec(named) ?? [];
  if (name === '' || !knowsAllContainers(host) || host.reach.from(place).hasName(named)) return null;
  const container = containerNamed(host, name) ?? null;
  if (domain === undefined && (container === null || !isOnPlainLink(container))) return null;
  if (!asksOutsideOnly(host, place.system, named)) return null;
  return { name, container };
}

/** Whether nobody else can know a container by its name: no DHCP server of a network, and nothing passed on to it. */
function isOnPlainLink({ system }: Container): boolean {
  return LINKS.every((option) => isWritten(system, [option]) === false);
}

const LINKS = [
  'extraFlags',
  'extraVeths',
  'forwardPorts',
  'hostBridge',
  'interfaces',
  'macvlans',
  'networkNamespace',
];

/** Whether a system is told no names but by name servers outside of the homelab, and completes none. */
function asksOutsideOnly(host: Host, system: ModuleSystem, name: string): boolean {
  const { complete, items } = dnsRewrites(host);
  if (!complete || rewriteFor(items, name.toLowerCase()) !== null) return false;
  return [host.system, system].every(
    (own) =>
      isClosedSystem(own) &&
      !outsideMayDecide(own) &&
      OTHER_NAMES.every((path) => isWritten(own, path) === false) &&
      FILES.every((file) => setOf(optionThunk(own, ['environment', 'etc']))?.entries.has(file) !== true),
  );
}

/** What completes names, or answers those of a local network. */
const OTHER_NAMES: readonly (readonly string[])[] = [
  ['networking', 'domain'],
  ['networking', 'fqdn'],
  ['networking', 'hostFiles'],
  ['networking', 'resolvconf'],
  ['networking', 'search'],
  ['networking', 'useNetworkd'],
  ['services', 'resolved'],
  ['systemd', 'network'],
  ['virtualisation', 'oci-containers'],
];
const FILES = ['hosts', 'resolv.conf'];
