import type { Homelab } from '../homelab/homelab';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import { rowOf } from '../homelab/guest-ports';
import type { Container, Host, Listener } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { writeAttrPath, writeString } from '../nix/write';
import type { TextChange } from './edit-plan';
import { openGuestPort } from './guest-port';
import { argumentAt, takeArgument } from './module-argument';
import type { RoutePlace } from './route-place';

/** The backend that a route lacks: the container that is meant, and how it is reached. */
export interface RouteBackend {
  /** The URL as Nix. */
  readonly url: string;
  readonly port: number;
  /** What else has to be changed for it: the head of the module, the guest's firewall. */
  readonly changes: readonly TextChange[];
  /** Whether the guest's firewall is opened. */
  readonly opens: boolean;
}

/**
 * The backend for a route; null where it is not certain which container and which port are meant.
 * @param names what the route and its service are called
 * @param proxy the container that Traefik runs in; null on the host
 */
export function routeBackend(
  homelab: Homelab,
  host: Host,
  place: RoutePlace,
  names: readonly string[],
  proxy: string | null,
): RouteBackend | null {
  const container = containerFor(host, place, names, proxy);
  const listener = container === null ? null : listenerOf(container, names);
  if (container?.guest == null || listener?.port.kind !== 'known') return null;
  const row = rowOf(listener.service);
  if (row === null || row.scheme === 'tcp') return null;
  const { value: port } = listener.port;
  const kind = networkOf(host, container);
  if (kind === 'host') {
    const traefik = host.containers.find(({ name }) => name === proxy);
    if (traefik !== undefined && networkOf(host, traefik) !== 'host') return null;
    return { url: writeString(`${row.scheme}://127.0.0.1:${port}`), port, changes: [], opens: false };
  }
  if (kind !== 'own' || container.localAddress.kind !== 'known' || isOnLoopback(listener)) return null;
  const address = addressText(host, place, container, container.localAddress.value);
  const closed = keepsClosed(guestFirewall(host, container), 'tcp', port);
  const opening = closed ? openGuestPort(homelab.files, container, container.guest, 'tcp', port) : null;
  if (closed && opening === null) return null;
  return {
    url: `"${row.scheme}://${address.text}:${port}"`,
    port,
    changes: [...address.changes, ...(opening === null ? [] : [opening])],
    opens: opening !== null,
  };
}

/** The container of the route's name, else the only one that its file defines. */
function containerFor(
  { containers }: Host,
  { file }: RoutePlace,
  names: readonly string[],
  proxy: string | null,
): Container | null {
  const active = containers.filter(({ name, status }) => status === 'active' && name !== proxy);
  for (const wanted of names) {
    const named = active.find(({ name }) => name === wanted);
    if (named !== undefined) return named;
  }
  const here = active.filter(({ definitions }) =>
    definitions.some((definition) => definition.file === file.path && definition.options.length > 1),
  );
  return here.length === 1 ? (here[0] ?? null) : null;
}

/** What of a guest a route is meant for: what has its name, else the only thing that listens. */
function listenerOf({ name, guest }: Container, names: readonly string[]): Listener | null {
  const listeners = guest?.listeners.filter(({ protocol }) => protocol === 'tcp') ?? [];
  const named = listeners.filter(({ service }) => service === name || names.includes(service));
  const [first, ...others] = named.length > 0 ? named : listeners;
  return first === undefined || others.length > 0 ? null : first;
}

function isOnLoopback({ service, address }: Listener): boolean {
  if (address.kind === 'unset') return rowOf(service)?.loopbackByDefault !== false;
  return address.kind !== 'known' || /^(?:127\.|::1$|localhost$|\/)/.test(address.value);
}

/** A container's address as most URLs of the host write it: by its option, where the module can read that; else written out. */
function addressText(
  host: Host,
  { file, set }: RoutePlace,
  { name }: Container,
  address: string,
): { text: string; changes: TextChange[] } {
  const [bare = ''] = address.split('/');
  const literal = { text: bare, changes: [] };
  // With a prefix, the option's value is no address that a URL could take.
  if (bare !== address || writesAddresses(host) || !isModuleOf(host, file.path)) return literal;
  const text = `\${config.${writeAttrPath(['containers', name, 'localAddress'])}}`;
  switch (argumentAt(file, set, 'config')) {
    case 'taken':
      return { text, changes: [] };
    case 'free': {
      const change = takeArgument(file, 'config');
      return change === null ? literal : { text, changes: [change] };
    }
    case 'other':
      return literal;
  }
}

/** Whether most URLs of a host write addresses out. */
function writesAddresses({ routes }: Host): boolean {
  const literals = routes.flatMap(({ backends }) =>
    backends.flatMap(({ container, url }) =>
      container !== null && url.kind === 'known' && url.literal?.kind === 'string' ? [url.literal] : [],
    ),
  );
  const plain = literals.filter(({ parts }) => parts.every((part) => typeof part === 'string'));
  return plain.length * 2 > literals.length;
}

/** Whether a file is a module of the host itself, so that its `config` is the host's. */
export function isModuleOf({ system }: Host, path: string): boolean {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return false;
  return collected.modules.some(({ file }) => file === path);
}
