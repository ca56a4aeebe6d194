import { addTrusted } from '../edits/trusted-address';
import { arrivalsOf, routesTo, type Arrival } from '../homelab/arrivals';
import { guestPorts } from '../homelab/guest-ports';
import { locate } from '../homelab/homelab';
import type { Container, Host, Route } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { sourcesOf } from '../homelab/proxy-sources';
import { isOnlySite, isTrusted, portOfTrust, trustsOf, type Trust } from '../homelab/trusted-proxies';
import { routeName } from './backend-places';
import { containerAt, fixOf, listed } from './places';
import { finding, related } from './rule';
import { perContainer } from './scopes';

/** A service believes the headers of a proxy at an address from which none of its proxies comes. */
export const trustedProxyMismatch = perContainer({
  id: 'trusted-proxy-mismatch',
  severity: 'warning',
  description: 'A service trusts the headers of other addresses than the one from which its proxy comes.',
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || networkOf(host, container) !== 'own') return;
    for (const trust of trustsOf(guest.system, guest.services.items)) {
      const { row, trusted, fact } = trust;
      const at = fact.kind === 'known' ? locate(homelab, fact.definition) : null;
      const coming = at === null ? null : comingTo(host, container, trust);
      const [first] = coming ?? [];
      if (at === null || coming === null || first === undefined || fact.kind !== 'known') continue;
      if (coming.some(({ sources }) => sources.some((address) => isTrusted(trust, address)))) continue;
      const { route, sources } = first;
      const [source = ''] = sources;
      const whose =
        source === sources.at(-1)
          ? `the host's end of the link to ${container.name}`
          : `the address of ${route.proxyContainer ?? ''}`;
      yield finding(trustedProxyMismatch, {
        at,
        host,
        severity: row.refuses === true ? 'error' : 'warning',
        message: `${row.title} does not believe its proxy: \`${row.option}\` has ${listed(trusted)} only, and ${routeName(homelab, host, route)} comes from ${source}, ${whose}. So it ${row.otherwise}. Add ${source}.`,
        related: [
          related(homelab, route.at, `${route.router} comes from ${source}`),
          related(homelab, containerAt(container), `${container.name} is here`),
        ],
        fixes: [
          fixOf(
            `Trust ${source}`,
            addTrusted(homelab.files, fact.literal, row.option.split('.').at(-1) ?? '', row.form, source),
          ),
        ],
      });
    }
  },
});

interface Coming {
  readonly route: Route;
  readonly sources: readonly string[];
}

/** The routes that come to a service itself, by proxies that say who their visitor is; null where not all of them are known. */
function comingTo(host: Host, container: Container, trust: Trust): readonly Coming[] | null {
  const coming: Coming[] = [];
  for (const route of routesTo(host, container))
    for (const arrival of arrivalsOf(host, route)) {
      if (arrival.container !== container || !isOwnPort(host, arrival, trust)) continue;
      const sources = sourcesOf(host, route, arrival);
      if (sources === null) return null;
      if (TELLING.has(route.proxy)) coming.push({ route, sources });
      else if (sources.some((address) => isTrusted(trust, address))) return null;
    }
  return coming;
}

/** Proxies that always send `X-Forwarded-For`. */
const TELLING: ReadonlySet<string> = new Set(['traefik', 'caddy']);

/** Whether a service itself listens where a route comes in, and nothing passes on to it. */
function isOwnPort(host: Host, { container, guest, port }: Arrival, { row }: Trust): boolean {
  const { listeners, proxied, relay } = guestPorts(host, container);
  if (relay !== null) return false;
  if (row.service === null) return !proxied.has(port) && portOfTrust(guest.system, row) === port;
  const there = listeners.filter((own) => own.port.kind !== 'known' || own.port.value === port);
  if (there.length === 0 || there.some(({ service }) => service !== row.service)) return false;
  return row.servedByNginx === true ? isOnlySite(guest.system, row.service) : !proxied.has(port);
}
