import { memoOf } from '../eval/computed';
import type { Thunk } from '../eval/thunk';
import {
  asString,
  entriesOf,
  optionThunk,
  readKnownList,
  readOption,
  readSet,
  readThunk,
  setOf,
} from './read';
import { isClosedContainer } from './certainty';
import { shortInterfaceName } from './interface-names';
import { Failure, Unknown, type Value } from '../eval/value';
import type { Collection, Container, Fact, Host } from './model';

/** How the containers of a host are connected. Source: nixos-containers.nix. */

/** A list of text of a container, such as `interfaces`, `macvlans` or `extraFlags`. */
export function textsOf({ system }: Container, option: string): Collection<string> {
  return readKnownList(optionThunk(system, [option]), asString);
}

/** A text of a container that its facts do not have, such as `localMacAddress` or `networkNamespace`. */
export function textOf({ system }: Container, option: string): Fact<string> {
  return readOption(system, [option], asString);
}

/**
 * Which network a guest is in: the host's, one of its own, an existing namespace. `extraVeths`, `interfaces` and
 * `macvlans` give it one of its own also without `privateNetwork`.
 */
export type NetworkKind = 'host' | 'own' | 'namespace' | 'unknown';

export function networkOf(host: Host, container: Container): NetworkKind {
  const network = writtenNetwork(container);
  return network === 'host' && !isClosedContainer(host, container) ? 'unknown' : network;
}

/** The network that a guest is in, if nothing outside the repository has a say. */
const writtenNetwork = memoOf(
  (container: Container): NetworkKind => {
    const { privateNetwork, extraVeths } = container;
    if (textOf(container, 'networkNamespace').kind === 'known') return 'namespace';
    if (privateNetwork.kind === 'known' && privateNetwork.value) return 'own';
    const links = [extraVeths, textsOf(container, 'interfaces'), textsOf(container, 'macvlans')];
    if (links.some(({ items }) => items.length > 0)) return 'own';
    if (privateNetwork.kind !== 'known' || links.some(({ open }) => open !== null)) return 'unknown';
    if (textOf(container, 'networkNamespace').kind === 'unknown') return 'unknown';
    const flags = textsOf(container, 'extraFlags');
    const changes = (flag: string): boolean =>
      flag.includes('--private-network') || flag.includes('--network');
    return flags.open !== null || flags.items.some(changes) ? 'unknown' : 'host';
  },
  (before, after) => before === after,
);

/** The options that make nspawn connect a guest with a private network. */
const LINK_OPTIONS = [
  'hostAddress',
  'hostAddress6',
  'localAddress',
  'localAddress6',
  'localMacAddress',
  'hostBridge',
];

/** Whether a guest with a private network has a link to the host, by its own options or by further ones. */
export function hasLink(host: Host, container: Container): boolean | 'unknown' {
  const facts = LINK_OPTIONS.map((option) => textOf(container, option));
  const lists = [container.extraVeths, textsOf(container, 'interfaces'), textsOf(container, 'macvlans')];
  if (facts.some(({ kind }) => kind === 'known') || lists.some(({ items }) => items.length > 0)) return true;
  const flags = textsOf(container, 'extraFlags');
  if (flags.items.some((flag) => flag.includes('--network') || flag.includes('--veth'))) return true;
  const doubt =
    facts.some(({ kind }) => kind === 'unknown') ||
    [...lists, flags].some(({ open }) => open !== null) ||
    !isClosedContainer(host, container);
  return doubt ? 'unknown' : false;
}

/** The interface on the host that leads to a guest; null where there is none, or where its name is not known. */
export function hostInterface(container: Container): string | null {
  const { privateNetwork, hostBridge, name } = container;
  if (privateNetwork.kind !== 'known' || !privateNetwork.value || hostBridge.kind === 'unknown') return null;
  return shortInterfaceName(`${hostBridge.kind === 'known' ? 'vb' : 've'}-${name}`);
}

/**
 * Whether a guest configures its interfaces or routes by itself; unknown where a part of it is.
 * @param link the name of the only interface that is asked about; null for all
 */
export function configuresOwnNetwork({ guest }: Container, link: string | null = null): boolean | 'unknown' {
  if (guest === null) return 'unknown';
  const { system } = guest;
  let doubt = false;
  for (const path of OWN_NETWORK) {
    const set = readSet(system, path);
    if (set instanceof Unknown || set instanceof Failure) doubt = true;
    else if (set !== null && entriesOf(set).some(([name, { value }]) => isAbout(link, path, name, value)))
      return true;
    else if (set !== null && set.open !== null && set.open.cause !== 'external') doubt = true;
  }
  for (const path of OWN_NETWORK_OPTIONS) {
    const thunk = optionThunk(system, path);
    const fact = readOption(system, path, (value) => (value.type === 'null' ? undefined : value));
    const elsewhere = link !== null && gatewayInterface(fact) !== null && gatewayInterface(fact) !== link;
    const isSet = fact.kind === 'known' && fact.definition !== null;
    if (isSet && !(fact.value.type === 'bool' && !fact.value.value) && !elsewhere) return true;
    if (fact.kind === 'unknown' && thunk !== undefined) doubt = true;
  }
  return doubt ? 'unknown' : false;
}

/** Whether what is configured by a name concerns an interface. */
function isAbout(link: string | null, path: readonly string[], name: string, value: Thunk): boolean {
  if (link === null) return true;
  if (path[0] === 'networking') return name === link;
  const match = setOf(setOf(value)?.entries.get('matchConfig')?.value)?.entries.get('Name')?.value;
  const matched = readThunk(match, asString);
  return matched.kind !== 'known' || /[*?[\s]/.test(matched.value) || matched.value === link;
}

/** The interface that a default gateway is behind; null where none is named. */
function gatewayInterface(fact: Fact<Value>): string | null {
  if (fact.kind !== 'known' || fact.value.type !== 'attrs') return null;
  const face = readThunk(fact.value.entries.get('interface')?.value, asString);
  return face.kind === 'known' ? face.value : null;
}

const OWN_NETWORK: readonly (readonly string[])[] = [
  ['networking', 'interfaces'],
  ['systemd', 'network', 'networks'],
];
const OWN_NETWORK_OPTIONS: readonly (readonly string[])[] = [
  ['networking', 'defaultGateway'],
  ['networking', 'defaultGateway6'],
  ['networking', 'useNetworkd'],
  ['networking', 'localCommands'],
  ['systemd', 'network', 'enable'],
];
