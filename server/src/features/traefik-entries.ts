import type { Attr, AttrsValue, Origin } from '../eval/value';
import type { Backend, Host, Route } from '../homelab/model';
import { fieldOf, setOf } from '../homelab/read';
import type { HomelabIndex, HostedRoute } from './homelab-index';
import type { TraefikSubject } from './subject';

/** What Traefik's configuration holds under a name. */

/** Where a router, service, middleware or entry point is written on a host, with its value; null where it is not. */
export function traefikEntry(
  index: HomelabIndex,
  host: Host,
  { kind, name, proxy, protocol }: TraefikSubject,
): { readonly at: Origin; readonly value: AttrsValue | undefined } | null {
  for (const traefik of index.traefiks(host)) {
    if (traefik.container !== proxy) continue;
    const section: AttrsValue | undefined =
      kind === 'entryPoint'
        ? setOf(fieldOf(traefik.static, 'entryPoints'))
        : setOf(fieldOf(setOf(fieldOf(traefik.dynamic, protocol)), `${kind}s`));
    const found: Attr | undefined = section?.entries.get(name);
    if (found !== undefined) return { at: found.at, value: setOf(found.value) };
  }
  return null;
}

/** The routers that a service serves. */
export function routesOfService(
  hosts: readonly Host[],
  service: string,
  proxy: string | null,
  protocol: string,
): HostedRoute[] {
  return routesWhere(
    hosts,
    (route) =>
      route.service.kind === 'known' &&
      route.service.value === service &&
      route.proxyContainer === proxy &&
      route.protocol === protocol,
  );
}

/** The routers of the Traefiks of some hosts that satisfy a condition. */
export function routesWhere(hosts: readonly Host[], wanted: (route: Route) => boolean): HostedRoute[] {
  return hosts.flatMap((host) =>
    host.routes
      .filter((route) => route.proxy === 'traefik' && wanted(route))
      .map((route) => ({ host, route })),
  );
}

/** The containers that some routes end in, each once per host; all of those that share the address of one. */
export function containersOfRoutes(routes: readonly HostedRoute[]): { host: Host; name: string }[] {
  const seen = new Map<string, { host: Host; name: string }>();
  for (const { host, route } of routes)
    for (const name of route.backends.flatMap(containersOf))
      seen.set(`${host.project}\0${host.name ?? ''}\0${name}`, { host, name });
  return [...seen.values()];
}

/** The containers that may answer for a server. */
export function containersOf({ container, shared }: Backend): readonly string[] {
  return shared?.containers ?? (container === null ? [] : [container]);
}
