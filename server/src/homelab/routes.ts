import type { ModuleSystem } from '../eval/modules/system';
import { autheliaPolicies, type Gatekeepers } from './access';
import type { Container, Route } from './model';
import { caddyRoutes } from './proxies/caddy';
import { cloudflaredRoutes } from './proxies/cloudflared';
import { nginxRoutes } from './proxies/nginx';
import { proxyPlaces, type ProxyPlace } from './proxies/place';
import { traefikRoutes } from './proxies/traefik';
import { traefikAt } from './proxies/traefik-settings';
import { reachOfHost } from './reach';

/** The routes of each kind of reverse proxy that may run in a place. */
const PROXIES: readonly ((place: ProxyPlace, gatekeepers: Gatekeepers) => readonly Route[])[] = [
  (place, gatekeepers) => {
    const traefik = traefikAt(place);
    return traefik === null ? [] : traefikRoutes(traefik, gatekeepers);
  },
  (place, { reach }) => nginxRoutes(place, reach),
  caddyRoutes,
  (place, { reach }) => cloudflaredRoutes(place, reach),
];

/** The routes of all reverse proxies of a host, by kind: those on the host itself, then those in its containers. */
export function routesOfHost(host: ModuleSystem, containers: readonly Container[]): Route[] {
  const policies = autheliaPolicies(containers);
  const reachFrom = reachOfHost(host, containers);
  const places = proxyPlaces(host, containers).map((place) => ({ place, reach: reachFrom(place) }));
  return PROXIES.flatMap((routesIn) =>
    places.flatMap(({ place, reach }) => routesIn(place, { policies, reach })),
  );
}
