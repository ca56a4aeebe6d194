import { memoOf } from '../eval/computed';
import type { ModuleSystem } from '../eval/modules/system';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';
import { SERVICES } from '../schema/tables/services';
import { bareAddress } from './addresses';
import { enabledServices } from './enabled-services';
import { listenersOf } from './listeners';
import type { Container, Host, Listener } from './model';
import { networkOf } from './networks';
import { asBool, asString, fieldOf, readOption, readSet, readThunk, setOf, valueOr } from './read';

/** Who listens in the host's own network: its services, and those of the guests that share it. */

export interface Socket {
  /** The container; null for the host itself. */
  readonly owner: string | null;
  /** What listens, as people write it: `Grafana`, `entry point web of Traefik`. */
  readonly title: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Canonical; null for every address. */
  readonly address: string | null;
  /** Where the port is decided. */
  readonly at: Origin;
}

/** The sockets of a host's network whose port and address are certain. */
export const hostSockets = memoOf(
  (host: Host): readonly Socket[] => [
    ...socketsOf(null, host.system, listenersOf(host.system, enabledServices(host.system).items)),
    ...host.containers.flatMap((container) =>
      container.status === 'active' && networkOf(host, container) === 'host' ? socketsOfGuest(container) : [],
    ),
  ],
  sameSockets,
);

const socketsOfGuest = memoOf(
  ({ name, guest }: Container): readonly Socket[] =>
    guest === null ? [] : socketsOf(name, guest.system, guest.listeners),
  sameSockets,
);

function sameSockets(before: readonly Socket[], after: readonly Socket[]): boolean {
  return (
    before.length === after.length &&
    before.every((socket, index) => {
      const other = after[index];
      return (
        socket.owner === other?.owner &&
        socket.title === other.title &&
        socket.port === other.port &&
        socket.protocol === other.protocol &&
        socket.address === other.address &&
        socket.at === other.at
      );
    })
  );
}

function socketsOf(owner: string | null, system: ModuleSystem, listeners: readonly Listener[]): Socket[] {
  return [
    ...listeners.flatMap((listener) => socketOf(owner, system, listener)),
    ...entryPoints(owner, system),
  ];
}

/** A port that no option can change is what the table believes, and a web server beside it may say otherwise. */
function socketOf(
  owner: string | null,
  system: ModuleSystem,
  { service, port, address, protocol }: Listener,
): Socket[] {
  const row = SERVICES.find(({ name }) => name === service);
  if (row === undefined || port.kind !== 'known' || port.value === 0) return [];
  if (port.definition === null && row.port.option === null) return [];
  const bound =
    address.kind === 'known'
      ? boundTo(address.value)
      : address.kind === 'unset' && row.loopbackByDefault === false
        ? null
        : undefined;
  if (bound === undefined) return [];
  const enabled = readOption(system, row.enable.split('.'), asBool);
  const at = port.definition ?? (enabled.kind === 'known' ? enabled.definition : null);
  return [{ owner, title: row.title, port: port.value, protocol, address: bound, at }];
}

/** What a text binds to: an address, null for all of them, undefined for what is not known. */
function boundTo(text: string): string | null | undefined {
  if (['', '*', '0.0.0.0', '::', '[::]'].includes(text)) return null;
  if (text === 'localhost') return '127.0.0.1';
  return bareAddress(text) ?? undefined;
}

function entryPoints(owner: string | null, system: ModuleSystem): Socket[] {
  const enabled = readOption(system, ['services', 'traefik', 'enable'], asBool);
  const settings = readSet(system, ['services', 'traefik', 'staticConfigOptions']);
  if (
    !valueOr(enabled, false) ||
    settings === null ||
    settings instanceof Unknown ||
    settings instanceof Failure
  )
    return [];
  const written = [...(setOf(fieldOf(settings, 'entryPoints'))?.entries ?? [])];
  const found = written.flatMap(([name, { value }]): Socket[] => {
    const address = readThunk(fieldOf(setOf(value), 'address'), asString);
    const match = address.kind === 'known' ? /^(.*):(\d+)(?:\/(tcp|udp))?$/.exec(address.value) : null;
    const bound = boundTo((match?.[1] ?? '').replace(/^\[|\]$/g, ''));
    if (match === null || bound === undefined || address.kind !== 'known') return [];
    return [
      {
        owner,
        title: `entry point ${name} of Traefik`,
        port: Number(match[2]),
        protocol: match[3] === 'udp' ? 'udp' : 'tcp',
        address: bound,
        at: address.definition,
      },
    ];
  });
  const internal = written.some(([name]) => name === 'traefik') ? null : opensInternal(settings);
  if (internal !== null)
    found.push({
      owner,
      title: 'internal entry point of Traefik',
      port: 8080,
      protocol: 'tcp',
      address: null,
      at: internal,
    });
  return found;
}

/** Where Traefik is told something that makes it listen on 8080 by itself; null where nothing does. */
function opensInternal(settings: AttrsValue): Origin {
  const insecure = readThunk(fieldOf(setOf(fieldOf(settings, 'api')), 'insecure'), asBool);
  if (insecure.kind === 'known' && insecure.value) return insecure.definition;
  for (const thunk of [
    fieldOf(settings, 'ping'),
    fieldOf(setOf(fieldOf(settings, 'metrics')), 'prometheus'),
  ]) {
    const set = setOf(thunk);
    if (set?.open === null && fieldOf(set, 'entryPoint') === undefined) return thunk?.origin ?? null;
  }
  return null;
}
