import type { ParsedFiles } from '../eval/evaluation';
import type { Homelab } from '../homelab/homelab';
import { isClosedGuest, isWritten, outsideMayDecide } from '../homelab/certainty';
import { describePair, nextFreePair, sharesHostAddress } from '../homelab/free-pairs';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import type { Container, Host } from '../homelab/model';
import { valueOr } from '../homelab/read';
import { writeString } from '../nix/write';
import { guestNetworking, linkOptions } from './container-network';
import type { TextChange } from './edit-plan';
import { openGuestPort } from './guest-port';
import { most } from './majority';
import type { NixTree } from './nix-tree';
import { containerSet, putGuestSetting, putSetting, type WrittenSet } from './settings';
import { stateVersionFor } from './state-version';
import { bindingIn } from './syntax-search';

/** What a container lacks of what the homelab's containers have, as changes. */
export interface Completion {
  readonly changes: readonly TextChange[];
  /** What is added, in a word or two each. */
  readonly added: readonly string[];
}

/** What decides how a container is connected: where one of these is set, its network is left alone. */
const LINK = [
  'hostAddress',
  'localAddress',
  'hostAddress6',
  'localAddress6',
  'hostBridge',
  'localMacAddress',
  'extraVeths',
  'interfaces',
  'macvlans',
  'networkNamespace',
  'extraFlags',
];

/** Adds what a container lacks, where that is certain; null where it lacks nothing or is not written out. */
export function completeContainer(homelab: Homelab, host: Host, container: Container): Completion | null {
  const own = containerSet(homelab.files, container);
  if (own === null || own.set.damaged || !appliesHere(own, container)) return null;
  const network = missingNetwork(homelab, host, container);
  const parts = [
    missingStart(own, host, container),
    network === null ? null : settings(beforeGuest(own), network.options, network.title),
    missingInGuest(homelab, own, host, container, network?.networking ?? new Map<string, string>()),
    missingPort(homelab, host, container, network !== null),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return {
    changes: joined(parts.flatMap(({ changes }) => changes)),
    added: parts.flatMap(({ added }) => added),
  };
}

/** Whether what a set says is what a host has: under a condition it may be nothing there. */
function appliesHere({ set }: WrittenSet, { system }: Container): boolean {
  return set.bindings.every((binding) => {
    const names = binding.kind === 'inherit' ? binding.names : binding.path.slice(0, 1);
    return names.every(({ text }) => text !== null && isWritten(system, [text]) !== false);
  });
}

function missingStart(own: WrittenSet, { containers }: Host, container: Container): Completion | null {
  if (isWritten(container.system, ['autoStart']) !== false) return null;
  const others = containers.filter((other) => other !== container);
  if (others.length > 0 && !most(others.map(({ autoStart }) => valueOr(autoStart, false)))) return null;
  return settings(beforeGuest(own), [['autoStart', 'true']], 'autoStart');
}

interface Network {
  readonly options: readonly (readonly [string, string])[];
  readonly networking: NixTree;
  readonly title: string;
}

/** The private network that most containers of the host have; null for a container that has one, or does without. */
function missingNetwork({ files }: Homelab, host: Host, container: Container): Network | null {
  const { system, name, privateNetwork } = container;
  if (LINK.some((option) => isWritten(system, [option]) !== false)) return null;
  const others = host.containers.filter((other) => other !== container);
  const set = isWritten(system, ['privateNetwork']);
  if (set === 'unknown' || (set && !(privateNetwork.kind === 'known' && privateNetwork.value))) return null;
  if (!set) {
    if (others.length > 0 && !most(others.map((other) => valueOr(other.privateNetwork, false)))) return null;
    // Left out by one that is in use, it is the host's network that is meant.
    if (!isNew(files, container)) return null;
    // A route that reaches it already reaches it in the host's network.
    if (host.routes.some(({ backends }) => backends.some((backend) => backend.container === name)))
      return null;
  }
  const pair = nextFreePair(host);
  if (pair === null) return null;
  const options = linkOptions(pair);
  return {
    options: set ? options : [['privateNetwork', 'true'], ...options],
    networking: guestNetworking(host, pair),
    title: `${set ? '' : 'privateNetwork, '}${describePair(pair, sharesHostAddress(host))}`,
  };
}

/** The state version and what goes with the network; both need to know all of the guest. */
function missingInGuest(
  homelab: Homelab,
  own: WrittenSet,
  host: Host,
  container: Container,
  networking: NixTree,
): Completion | null {
  const { guest } = container;
  const leaves = [
    ...[...networking].flatMap(([name, value]) => leavesOf(['networking', name], value)),
    ...versionLeaf(homelab, host, container),
  ];
  if (leaves.length === 0) return null;
  const title = leaves.some(([path]) => path[0] === 'system') ? 'system.stateVersion' : 'networking';
  if (bindingIn(own.set, ['config']) === null && isWritten(container.system, ['config']) === false) {
    const lines = leaves.map(([path, value]) => `${path.join('.')} = ${value};`);
    return settings(own, [['config', setLines(lines)]], title);
  }
  if (guest === null) return null;
  const wanted = leaves.filter(([path]) => isWritten(guest.system, path) === false);
  const changes = wanted.flatMap(
    ([path, value]) => putGuestSetting(homelab.files, container, path, value) ?? [],
  );
  return changes.length === 0 || changes.length < wanted.length ? null : { changes, added: [title] };
}

function leavesOf(
  path: readonly string[],
  value: string | NixTree,
): (readonly [readonly string[], string])[] {
  return typeof value === 'string'
    ? [[path, value]]
    : [...value].flatMap(([name, inner]) => leavesOf([...path, name], inner));
}

/** Whether nothing depends on a container yet: it was just written, or nothing is enabled in it. */
function isNew(files: ParsedFiles, { definitions, guest, system }: Container): boolean {
  if (definitions.every(({ file }) => files.tracked(file) === false)) return true;
  if (isWritten(system, ['config']) === false) return true;
  if (guest?.services.open !== null || guest.services.items.length > 0) return false;
  return isWritten(guest.system, ['systemd', 'services']) === false;
}

/** Set later, the version can change what a running service uses. */
function versionLeaf(
  homelab: Homelab,
  host: Host,
  container: Container,
): (readonly [readonly string[], string])[] {
  const { guest } = container;
  if (!isNew(homelab.files, container)) return [];
  if (guest !== null) {
    if (!isClosedGuest(host, container) || outsideMayDecide(guest.system)) return [];
    if (isWritten(guest.system, ['system', 'stateVersion']) !== false) return [];
  }
  const project = homelab.projects.find(({ hosts }) => hosts.includes(host));
  const version = project === undefined ? null : stateVersionFor(homelab, { project, host }).version;
  return version === null ? [] : [[['system', 'stateVersion'], writeString(version)]];
}

/** The port that its routes go to, or that the service of its name listens on, where its firewall keeps that closed. */
function missingPort(
  { files }: Homelab,
  host: Host,
  container: Container,
  getsNetwork: boolean,
): Completion | null {
  const { guest, privateNetwork } = container;
  if (guest === null || !(getsNetwork || valueOr(privateNetwork, false))) return null;
  const firewall = guestFirewall(host, container);
  const routed = new Set(
    host.routes.flatMap(({ backends }) =>
      backends.flatMap((backend) => (backend.container === container.name ? [backend.port] : [])),
    ),
  );
  const closed = new Set(
    guest.listeners.flatMap(({ service, port, address, protocol }) =>
      protocol === 'tcp' &&
      port.kind === 'known' &&
      (routed.has(port.value) || service === container.name) &&
      // What is to be the container's own address is not known before it has one.
      (address.kind !== 'unknown' || getsNetwork) &&
      !/^(?:127\.|::1$|localhost$|\/)/.test(valueOr(address, '')) &&
      keepsClosed(firewall, protocol, port.value)
        ? [port.value]
        : [],
    ),
  );
  const [port, ...others] = closed;
  if (port === undefined || others.length > 0) return null;
  const change = openGuestPort(files, container, guest, 'tcp', port);
  return change === null ? null : { changes: [change], added: [`port ${port}`] };
}

/** A container's set as it is without its guest, so that settings come before that. */
function beforeGuest({ file, set }: WrittenSet): WrittenSet {
  const bindings = set.bindings.filter(
    (binding) => binding.kind !== 'binding' || binding.path[0]?.text !== 'config',
  );
  return { file, set: bindings.length === 0 ? set : { ...set, bindings } };
}

function settings(
  set: WrittenSet,
  options: readonly (readonly [string, string | readonly string[]])[],
  title: string,
): Completion | null {
  const changes = options.flatMap(([name, value]) => putSetting(set, [name], value) ?? []);
  return changes.length < options.length ? null : { changes, added: [title] };
}

/** Settings as a set. */
function setLines(lines: readonly string[]): string[] {
  return ['{', ...lines.map((line) => `  ${line}`), '}'];
}

/** What is put into one place, as one change: the order of several would be left to the editor. */
export function joined(changes: readonly TextChange[]): TextChange[] {
  const result: TextChange[] = [];
  for (const change of changes) {
    const at = result.findIndex(
      ({ file, range }) =>
        file === change.file && range.start === change.range.start && range.end === change.range.end,
    );
    const same = result[at];
    if (same === undefined) result.push(change);
    else {
      const inOneLine = same.newText.endsWith(' ') && change.newText.startsWith(' ');
      const newText = (inOneLine ? same.newText.trimEnd() : same.newText) + change.newText;
      result[at] = { ...same, newText };
    }
  }
  return result;
}
