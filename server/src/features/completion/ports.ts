import { memoOf } from '../../eval/computed';
import { enabledServices } from '../../homelab/enabled-services';
import { rowOf } from '../../homelab/guest-ports';
import { listenersOf } from '../../homelab/listeners';
import type { Container, Host, Listener } from '../../homelab/model';
import { valueOr } from '../../homelab/read';
import { sameRows } from '../../homelab/same-rows';
import { matchPath, pathTable } from '../../schema/path-table';
import type { ServiceDoc } from '../../schema/service';
import { SERVICES } from '../../schema/tables/services';
import { containerPlace, tablePath, type OptionPath } from '../cursor/place';
import type { HomelabIndex } from '../homelab-index';
import { containerOf } from './address-pairs';

/** Ports that can be meant at a place. */

export interface NamedPort {
  readonly port: number;
  /** What it is, in a few words. */
  readonly detail: string;
}

/**
 * The TCP ports at which a container can be reached: of the service of its name, of others that speak HTTP, those that its
 * firewall opens, and of what a proxy hardly passes requests on to, such as a database.
 */
export function portsIn({ name, guest }: Container): NamedPort[] {
  if (guest === null) return [];
  const open = guest.tcp.ports.items.map(({ port }) => ({ port, detail: `open in ${name}` }));
  const own = guest.listeners.filter(({ service }) => service === name);
  const isBehind = ({ service }: Listener): boolean => rowOf(service)?.scheme === 'tcp';
  return distinct([
    ...listening(own),
    ...listening(guest.listeners.filter((listener) => !isBehind(listener))),
    ...open.filter(({ port }) => !guest.listeners.some((listener) => valueOr(listener.port, null) === port)),
    ...listening(guest.listeners),
  ]);
}

function listening(listeners: readonly Listener[]): NamedPort[] {
  return listeners.flatMap(({ service, port, protocol }) =>
    port.kind === 'known' && protocol === 'tcp' ? [{ port: port.value, detail: `port of ${service}` }] : [],
  );
}

/** The TCP ports of what runs in the host's own network. */
export const portsOnHost = memoOf((host: Host): readonly NamedPort[] => {
  const own = listenersOf(host.system, enabledServices(host.system).items);
  const guests = host.containers.filter(
    ({ status, privateNetwork }) => status !== 'disabled' && !valueOr(privateNetwork, false),
  );
  return distinct([
    ...listening(own),
    ...guests.flatMap(({ name, guest }) =>
      listening(guest?.listeners ?? []).map(({ port, detail }) => ({
        port,
        detail: `${detail}, in ${name}`,
      })),
    ),
  ]);
}, sameRows);

/** Each port once, as it is named first. */
function distinct(ports: readonly NamedPort[]): NamedPort[] {
  const found = new Map<number, NamedPort>();
  for (const own of ports) if (!found.has(own.port)) found.set(own.port, own);
  return [...found.values()];
}

const PORT_OPTIONS = pathTable(
  SERVICES.flatMap((service) =>
    service.port.option === null || service.port.form === 'endpoint' || service.port.form === 'sockets'
      ? []
      : [[service.port.option, service] as const],
  ),
);

/** What an option's value can be that is a port, or a list of ports. */
export interface PortPlace {
  readonly ports: readonly NamedPort[];
  /** Whether the whole list is still to be written. */
  readonly wholeList: boolean;
}

/** The ports that can be written at a path; null where the option is no port. */
export function portsAt(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): PortPlace | null {
  const place = containerPlace(path);
  const container = place === null ? null : containerOf(index, hosts, path);
  const below = place?.below ?? [];
  if (place !== null && below[0] !== 'config') {
    const isForwarded = /^forwardPorts\.\*\.(?:hostPort|containerPort)$/.test(below.join('.'));
    return isForwarded && container !== null ? { ports: portsIn(container), wholeList: false } : null;
  }
  const own = place === null ? path : below.slice(1);
  const isOpen = /^networking\.firewall(?:\.interfaces\.[^.]+)?\.allowedTCPPorts(\.\*)?$/.exec(own.join('.'));
  if (isOpen !== null) {
    const ports =
      place === null
        ? hosts.flatMap((host) => portsOnHost(host))
        : container === null
          ? []
          : [...listening(container.guest?.listeners ?? []), ...routed(index, container)];
    return { ports: distinct(ports), wholeList: isOpen[1] === undefined };
  }
  const service = matchPath(PORT_OPTIONS, tablePath(own));
  return service === null ? null : { ports: portsOf(index, container, service), wholeList: false };
}

/** The ports that a service could be given: where requests are sent, what is open, its own. */
function portsOf(index: HomelabIndex, container: Container | null, service: ServiceDoc): NamedPort[] {
  const usual = service.port.default;
  const open = container?.guest?.tcp.ports.items ?? [];
  return distinct([
    ...(container === null ? [] : routed(index, container)),
    ...(usual === null ? [] : [{ port: usual, detail: `${service.title}’s own` }]),
    ...open.map(({ port }) => ({ port, detail: 'open in the firewall' })),
  ]);
}

/** The ports at which routes expect a container to answer. */
function routed(index: HomelabIndex, container: Container): NamedPort[] {
  return index
    .routesTo(container)
    .flatMap(({ route }) =>
      route.backends.flatMap((backend) =>
        backend.container === container.name && backend.port !== null
          ? [{ port: backend.port, detail: `route ${route.router} goes there` }]
          : [],
      ),
    );
}
