import { memoOf, sameItems } from '../eval/computed';
import { ComputedTable, groupedBy } from '../eval/computed-table';
import type { Origin } from '../eval/value';
import type { Backend, Container, Guest, Host, Route } from './model';
import { networkOf } from './networks';

/** Where requests of a route come into a container. */

/** A backend that is reached over a guest's own network, by a proxy that is not in it. */
export interface Arrival {
  readonly backend: Backend;
  readonly container: Container;
  readonly guest: Guest;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** The backends of a route that come through the firewall of a guest. */
export function arrivalsOf(host: Host, route: Route): Arrival[] {
  const protocol = route.protocol === 'udp' ? 'udp' : 'tcp';
  return route.backends.flatMap((backend) => arrivalAt(host, route, backend, protocol) ?? []);
}

/** Where what a proxy sends to a backend comes through the firewall of a guest; null where it does not. */
export function arrivalAt(
  host: Host,
  { proxyContainer }: Pick<Route, 'proxyContainer'>,
  backend: Backend,
  protocol: Arrival['protocol'],
): Arrival | null {
  const { container: name, port } = backend;
  const container = name === null ? undefined : containerNamed(host, name);
  if (container?.guest == null || port === null || container.status !== 'active') return null;
  if (proxyContainer === container.name || networkOf(host, container) !== 'own') return null;
  return { backend, container, guest: container.guest, port, protocol };
}

/** A container of a host by its name. */
export function containerNamed(host: Host, name: string): Container | undefined {
  return byName(host).get(name);
}

const byName = memoOf(
  (host: Host) =>
    new ComputedTable<Container>(
      () => new Map(host.containers.map((container) => [container.name, container])),
      (before, after) => before === after,
    ),
);

/** The routes that lead to a container. */
export function routesTo(host: Host, container: Container): readonly Route[] {
  return byTarget(host).get(container.name) ?? [];
}

/** Whether a route comes to a port of a guest from outside. */
export function hasRouteTo(host: Host, container: Container, port: number): boolean {
  return routesTo(host, container).some(
    (route) =>
      route.protocol !== 'udp' &&
      route.proxyContainer !== container.name &&
      route.backends.some((backend) => backend.container === container.name && backend.port === port),
  );
}

const byTarget = memoOf((host: Host) =>
  groupedBy(() =>
    host.routes.flatMap((route) =>
      [...new Set(route.backends.map(({ container }) => container))].flatMap((name) =>
        name === null ? [] : [[name, route] as const],
      ),
    ),
  ),
);

/** Whether a backend's URL is written in one place for several routes, as in a helper that makes them all. */
export function isShared(host: Host, { url }: Backend): boolean {
  return url.kind === 'known' && url.definition !== null && sharedUrls(host).includes(url.definition);
}

const sharedUrls = memoOf((host: Host): readonly NonNullable<Origin>[] => {
  const seen = new Map<NonNullable<Origin>, string>();
  const shared = new Set<NonNullable<Origin>>();
  for (const { router, backends } of host.routes)
    for (const { url } of backends) {
      if (url.kind !== 'known' || url.definition === null) continue;
      const before = seen.get(url.definition);
      if (before !== undefined && before !== router) shared.add(url.definition);
      else seen.set(url.definition, router);
    }
  return [...shared];
}, sameItems);
