import { arrivalAt, hasRouteTo, type Arrival } from '../homelab/arrivals';
import { locate } from '../homelab/homelab';
import { linksOf, type Link } from '../homelab/links';
import type { Host } from '../homelab/model';
import { placeIn, type ProxyPlace } from '../homelab/proxies/place';
import { backendAt } from '../homelab/reach';
import type { Trouble } from './backend-places';
import { closedPort } from './backend-port-closed';
import { wrongPort } from './backend-port-mismatch';
import { finding, type Files, type Finding } from './rule';
import { perContainer } from './scopes';

/** A page that leads, or a monitor that asks, to a port of a guest that is closed, or where nothing listens. */
export const unreachableLink = perContainer({
  id: 'unreachable-link',
  severity: 'warning',
  incomplete: true,
  description: 'A dashboard or a monitor names a port of a guest that is closed, or where nothing listens.',
  *look(homelab, host, container) {
    yield* ofPlace(homelab, host, placeIn(host.system, container));
  },
  *lookAtHost(homelab, host) {
    yield* ofPlace(homelab, host, placeIn(host.system, null));
  },
});

function* ofPlace(homelab: Files, host: Host, place: ProxyPlace | null): Generator<Finding> {
  const links = place === null ? [] : linksOf(place.system);
  if (place === null || links.length === 0) return;
  const reach = host.reach.from(place);
  const from = { proxyContainer: place.container?.name ?? null };
  for (const { title, url } of links) {
    const arrival = arrivalAt(host, from, backendAt(url, reach, 'http'), 'tcp');
    const found = arrival === null ? null : troubleAt(homelab, host, title, arrival);
    const at = found === null || url.kind !== 'known' ? null : locate(homelab, url.definition);
    if (found === null || at === null) continue;
    const { why, related, fixes } = found;
    yield finding(unreachableLink, { at, host, message: why, related: related ?? [], fixes: fixes ?? [] });
  }
}

/** What is wrong with the guest's end. Where a route comes to the same port, it is said of that. */
function troubleAt(homelab: Files, host: Host, title: Link['title'], arrival: Arrival): Trouble | null {
  const { container, port } = arrival;
  const wrong = wrongPort(homelab, host, arrival);
  if (wrong !== null)
    return { ...wrong, why: `${title} goes to port ${port} of ${container.name}, where ${wrong.why}` };
  const closed = closedPort(homelab, host, arrival);
  return closed === null || hasRouteTo(host, container, port)
    ? null
    : { ...closed, why: `${title} cannot reach ${container.name}: ${closed.why}` };
}
