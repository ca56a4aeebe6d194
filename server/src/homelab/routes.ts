import { memo, sameItems, type Computed } from '../eval/computed';
import type { ModuleSystem } from '../eval/modules/system';
import { Pieces } from '../eval/pieces';
import { autheliaPolicies, type Gatekeepers } from './access';
import type { Container, Route } from './model';
import { caddyRoutes } from './proxies/caddy';
import { cloudflaredRoutes } from './proxies/cloudflared';
import { nginxRoutes } from './proxies/nginx';
import { proxyPlaces, type ProxyPlace } from './proxies/place';
import { keptRoutes } from './proxies/route';
import { TraefikRoutes } from './proxies/traefik';
import { HostReach } from './reach';

/** The routes of a place by one kind of reverse proxy, to be asked again and again. */
type Routes = () => readonly Route[];

/** How the routes of each kind of reverse proxy are read that may run in a place. */
const PROXIES: readonly ((place: ProxyPlace, gatekeepers: () => Gatekeepers) => Routes)[] = [
  (place, gatekeepers) => {
    const traefik = new TraefikRoutes(place, gatekeepers);
    return () => traefik.all();
  },
  ...[
    (place: ProxyPlace, { reach }: Gatekeepers) => nginxRoutes(place, reach),
    caddyRoutes,
    (place: ProxyPlace, { reach }: Gatekeepers) => cloudflaredRoutes(place, reach),
  ].map((routesIn) => (place: ProxyPlace, gatekeepers: () => Gatekeepers): Routes => {
    let before: readonly Route[] = [];
    return () => (before = keptRoutes(before, routesIn(place, gatekeepers())));
  }),
];

/** The routes of one kind of proxy at one place. */
interface FoundRoutes {
  /** As its index among the kinds. */
  readonly kind: number;
  readonly routes: readonly Route[];
}

/** The routes of all reverse proxies of a host, each read anew only when what it is made of changes. */
export class HostRoutes {
  /** What its proxies reach. */
  readonly reach: HostReach;
  private readonly places: Computed<readonly ProxyPlace[]>;
  private readonly policies: Computed<Gatekeepers['policies']>;
  private readonly found = new Pieces((place: ProxyPlace) => this.foundAt(place));
  private readonly byPlace = new WeakMap<ProxyPlace, readonly Computed<readonly Route[]>[]>();

  constructor(host: ModuleSystem, containers: () => readonly Container[]) {
    this.reach = new HostReach(host, containers);
    this.places = memo(() => proxyPlaces(host, containers()), sameItems);
    this.policies = memo(() => autheliaPolicies(containers()), sameItems);
  }

  /** By kind of proxy: those on the host itself, then those in its containers. */
  all(): Route[] {
    const found = this.found.of(this.places.force());
    return PROXIES.flatMap((_, kind) => found.flatMap((of) => (of.kind === kind ? of.routes : [])));
  }

  private foundAt(place: ProxyPlace): readonly FoundRoutes[] {
    return this.at(place).flatMap((routes, kind) => {
      const found = routes.force();
      return found.length === 0 ? [] : [{ kind, routes: found }];
    });
  }

  private at(place: ProxyPlace): readonly Computed<readonly Route[]>[] {
    let kinds = this.byPlace.get(place);
    if (kinds === undefined) {
      const gatekeepers = (): Gatekeepers => ({
        policies: this.policies.force(),
        reach: this.reach.from(place),
      });
      kinds = PROXIES.map((routesOf) => memo(routesOf(place, gatekeepers), sameItems));
      this.byPlace.set(place, kinds);
    }
    return kinds;
  }
}
