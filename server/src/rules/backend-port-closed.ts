import { openGuestPort } from '../edits/guest-port';
import { putPortInUrl } from '../edits/url-port';
import { arrivalsOf, isShared, type Arrival } from '../homelab/arrivals';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import { guestPorts, isUnserved } from '../homelab/guest-ports';
import type { Host } from '../homelab/model';
import { backendSpot, listensOn, portsNamed, type Trouble } from './backend-places';
import { wrongPortOf } from './backend-port-mismatch';
import { fixOf } from './places';
import { leaksPrefix } from './prefix-in-url';
import { finding, related, type Files, type Fix } from './rule';
import { perRoute } from './scopes';
import { wrongContainer } from './backend-wrong-container';

/** The firewall of a guest with a network of its own keeps out what a proxy sends to it. */
export const backendPortClosed = perRoute({
  id: 'backend-port-closed',
  severity: 'error',
  description: "A guest's firewall does not let in the port that a route goes to.",
  *look(homelab, host, route) {
    if (wrongContainer(host, route) !== null) return;
    for (const arrival of arrivalsOf(host, route)) {
      const { backend, container } = arrival;
      const closed = closedPort(homelab, host, arrival);
      const at = closed === null ? null : backendSpot(homelab, host, backend, container.name);
      if (closed === null || at === null) continue;
      const { why, ...rest } = closed;
      const message = `The route ${route.router} cannot reach the container ${container.name}: ${why}`;
      yield finding(backendPortClosed, { at, host, message, ...rest, incomplete: true });
    }
  },
});

/** What is wrong where a guest's firewall keeps out what comes to it; null where it does not, or where that is not it. */
export function closedPort(homelab: Files, host: Host, arrival: Arrival): Trouble | null {
  const { backend, container, port, protocol } = arrival;
  const firewall = guestFirewall(host, container);
  if (firewall.kind !== 'on' || !keepsClosed(firewall, protocol, port)) return null;
  // Where the service is known to listen elsewhere, that is what is wrong.
  if (leaksPrefix(host, backend) || wrongPortOf(host, arrival) !== null) return null;
  const opened = firewall[protocol].ports;
  const option = `networking.firewall.allowed${protocol.toUpperCase()}Ports`;
  const serving = guestPorts(host, container).listeners.find(
    (listener) => listener.port.kind === 'known' && listener.port.value === port,
  );
  return {
    why: [
      `the guest's firewall does not let port ${port} in${opened.length === 0 ? '' : `, only ${portsNamed(homelab, host, opened)}`}.`,
      ...(serving === undefined ? [] : [`${listensOn(homelab, host, serving)}.`]),
      `Add ${port} to \`${option}\` in the guest.`,
    ].join(' '),
    related: [
      related(homelab, opened[0]?.at ?? null, 'what the firewall lets in'),
      serving?.port.kind === 'known'
        ? related(homelab, serving.port.definition, 'where the service listens')
        : null,
    ],
    fixes: [
      fixOf(
        `Open port ${port} in the firewall of ${container.name}`,
        openGuestPort(homelab.files, container, arrival.guest, protocol, port),
      ),
      serving === undefined
        ? takeOpenPort(
            homelab,
            host,
            arrival,
            opened.map((own) => own.port),
          )
        : null,
    ],
  };
}

/** The one port that is open may be the one that is meant. */
function takeOpenPort(
  homelab: Files,
  host: Host,
  { backend, container, port }: Arrival,
  opened: readonly number[],
): Fix | null {
  const [only, ...others] = new Set(opened);
  if (only === undefined || others.length > 0 || isShared(host, backend)) return null;
  if (isUnserved(guestPorts(host, container), only) || backend.url.kind !== 'known') return null;
  return fixOf(
    `Use port ${only}, which is open`,
    putPortInUrl(homelab.files, backend.url.literal, port, only),
  );
}
