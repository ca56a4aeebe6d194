import { openGuestPort } from '../edits/guest-port';
import { putPortInUrl } from '../edits/url-port';
import { arrivalsOf, isShared, type Arrival } from '../homelab/arrivals';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import { guestPorts, isUnserved } from '../homelab/guest-ports';
import type { Host, Listener } from '../homelab/model';
import { backendSpot, listensOn, type Trouble } from './backend-places';
import { fixOf } from './places';
import { leaksPrefix } from './prefix-in-url';
import { finding, related, type Files, type Fix } from './rule';
import { perRoute } from './scopes';
import { wrongContainer } from './backend-wrong-container';

/** A route goes to a port of a guest where certainly nothing listens, and the guest's service listens on another. */
export const backendPortMismatch = perRoute({
  id: 'backend-port-mismatch',
  severity: 'error',
  description: "A route goes to another port than the one that the guest's service listens on.",
  *look(homelab, host, route) {
    if (wrongContainer(host, route) !== null) return;
    for (const arrival of arrivalsOf(host, route)) {
      const { backend, container, port } = arrival;
      const wrong = wrongPort(homelab, host, arrival);
      const at = wrong === null ? null : backendSpot(homelab, host, backend, container.name);
      if (wrong === null || at === null) continue;
      const { why, ...rest } = wrong;
      const message = `${route.router} goes to port ${port} of ${container.name}, where ${why}`;
      yield finding(backendPortMismatch, { at, host, message, ...rest, incomplete: true });
    }
  },
});

/** What is wrong where a guest's service listens on another port than the one that is asked for; null where it may not. */
export function wrongPort(homelab: Files, host: Host, arrival: Arrival): Trouble | null {
  const right = leaksPrefix(host, arrival.backend) ? null : wrongPortOf(host, arrival);
  if (right?.port.kind !== 'known') return null;
  const wanted = right.port.value;
  return {
    why: `nothing listens: ${listensOn(homelab, host, right)}. Use ${wanted}.`,
    related: [related(homelab, right.port.definition, 'where the service listens')],
    fixes: [takePort(homelab, host, arrival, wanted)],
  };
}

/** Writes the service's port into the URL, and opens it in the guest where it is closed. */
function takePort(files: Files, host: Host, arrival: Arrival, wanted: number): Fix | null {
  const { backend, container, guest, port } = arrival;
  if (backend.url.kind !== 'known' || isShared(host, backend)) return null;
  const inUrl = putPortInUrl(files.files, backend.url.literal, port, wanted);
  const opened = keepsClosed(guestFirewall(host, container), 'tcp', wanted)
    ? openGuestPort(files.files, container, guest, 'tcp', wanted)
    : null;
  return opened === null
    ? fixOf(`Use port ${wanted}`, inUrl)
    : fixOf(`Use port ${wanted}, and open it in the firewall of ${container.name}`, inUrl, opened);
}

/** The one service that a route can be meant for, where it listens on another port; null where that is not certain. */
export function wrongPortOf(host: Host, { container, port, protocol }: Arrival): Listener | null {
  if (protocol !== 'tcp') return null;
  const ports = guestPorts(host, container);
  if (!isUnserved(ports, port)) return null;
  const [only, ...others] = ports.listeners.filter(({ service }) => !HELPERS.has(service));
  if (only === undefined || others.some((other) => !sameListener(other, only))) return null;
  return only.port.kind === 'known' && only.port.value !== 0 ? only : null;
}

function sameListener(one: Listener, other: Listener): boolean {
  return (
    one.service === other.service &&
    one.port.kind === 'known' &&
    other.port.kind === 'known' &&
    one.port.value === other.port.value
  );
}

/** Services that others keep their data in: no route is meant for them where another service runs. */
const HELPERS: ReadonlySet<string> = new Set(['meilisearch', 'mysql', 'postgresql', 'redis']);
