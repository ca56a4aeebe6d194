import { memoOf } from '../eval/computed';
import { groupedBy } from '../eval/computed-table';
import type { Origin } from '../eval/value';
import { arrivalsOf, containerNamed, isShared, routesTo } from '../homelab/arrivals';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import { guestPorts } from '../homelab/guest-ports';
import { locate } from '../homelab/homelab';
import type { Container, Host, Route } from '../homelab/model';
import { referencesIn, type ContainerReference } from '../homelab/references';
import type { Spot } from '../homelab/spot';
import { writeAttrName } from '../nix/write';
import { backendSpot } from './backend-places';
import { containerAt, fixOf, inParentheses } from './places';
import { finding, related, type Files } from './rule';
import { perRoute } from './scopes';

/** A route named after one container that goes to another one, which has a route of its own: copied and not finished. */
export const backendWrongContainer = perRoute({
  id: 'backend-wrong-container',
  severity: 'warning',
  description: 'A route is named after one container and goes to another one that has its own route.',
  *look(homelab, host, route) {
    const wrong = wrongContainer(host, route);
    const [backend] = route.backends;
    if (wrong === null || backend === undefined) return;
    const { meant, reached } = wrong;
    const reference = referenceTo(homelab, host, route, wrong);
    const spot = reference === null ? null : locate(homelab, reference.at);
    const at = spot ?? backendSpot(homelab, host, backend, meant.name);
    if (at === null) return;
    yield finding(backendWrongContainer, {
      at,
      host,
      message: `${route.router} goes to ${reached.name}, which has a route of its own${inParentheses(homelab, host, wrong.own)}, and not to ${meant.name}${inParentheses(homelab, host, containerAt(meant))}, which no route reaches. Use the address of ${meant.name} if it is meant.`,
      related: [related(homelab, containerAt(meant), `${meant.name} is defined here`)],
      fixes: [
        spot === null
          ? null
          : fixOf(`Use ${meant.name}`, {
              file: spot.file,
              range: spot.range,
              newText: writeAttrName(meant.name),
            }),
      ],
    });
  },
});

interface Wrong {
  /** The container that the route is named after. */
  readonly meant: Container;
  /** The one it goes to. */
  readonly reached: Container;
  /** Where that one's own route is written. */
  readonly own: Origin;
}

/**
 * Whether a route goes to the wrong container: it and its service bear the name of one that no route reaches and that
 * lets the port in, and it goes to one that has a route of its own name and passes nothing on.
 */
export function wrongContainer(host: Host, route: Route): Wrong | null {
  const arrivals = arrivalsOf(host, route);
  const [first] = arrivals;
  if (first === undefined || arrivals.length < route.backends.length || route.backendsOpen !== null)
    return null;
  const { container: reached, port } = first;
  if (arrivals.some((other) => other.container !== reached || other.port !== port)) return null;
  const names = namesOf(route);
  if (names.some((name) => containerNamed(host, name) === reached)) return null;
  const candidates = new Set(names.flatMap((name) => containerNamed(host, name) ?? []));
  const [meant, ...others] = candidates;
  if (meant?.status !== 'active' || others.length > 0 || meant.name === route.proxyContainer) return null;
  if (routesTo(host, meant).length > 0 || hasRoutes(host).get(reached.name) !== undefined) return null;
  const own = routesTo(host, reached).find(
    (other) => other !== route && namesOf(other).includes(reached.name),
  );
  if (own === undefined || guestPorts(host, reached).relay !== null) return null;
  return serves(host, meant, port) ? { meant, reached, own: own.at } : null;
}

/** The names that a route and what it leads to bear. */
function namesOf({ router, service, proxy, hosts }: Route): string[] {
  const labels = proxy === 'traefik' ? [] : hosts.map((name) => name.split('.')[0] ?? '');
  return [router, ...(service.kind === 'known' ? [service.value] : []), ...labels];
}

/** Whether a container certainly takes something in on a port. */
function serves(host: Host, container: Container, port: number): boolean {
  const firewall = guestFirewall(host, container);
  const isOpen = firewall.kind === 'on' && !keepsClosed(firewall, 'tcp', port);
  return (
    isOpen ||
    guestPorts(host, container).listeners.some(
      (listener) => listener.port.kind === 'known' && listener.port.value === port,
    )
  );
}

/** The routes of the proxies in containers, by container. */
const hasRoutes = memoOf((host: Host) =>
  groupedBy(() =>
    host.routes.flatMap((route) =>
      route.proxyContainer === null ? [] : [[route.proxyContainer, route] as const],
    ),
  ),
);

/**
 * Where the wrong container is named: in the URL; where one URL is written for many routes, in the file of the one that is
 * meant, if it is named there once.
 */
function referenceTo(
  homelab: Files,
  host: Host,
  { backends: [backend] }: Route,
  { meant, reached }: Wrong,
): ContainerReference | null {
  if (backend?.url.kind !== 'known') return null;
  const { literal } = backend.url;
  const isOne = !isShared(host, backend);
  const files = isOne ? [literal?.anchor.source ?? ''] : meant.definitions.map(({ file }) => file);
  const url = isOne ? locate(homelab, literal) : null;
  const found = [...new Set(files)].flatMap((path) => {
    const file = homelab.files.parsed(path);
    if (file === null) return [];
    return referencesIn(path, file.root).filter(
      ({ name, at }) => name === reached.name && (!isOne || isWithin(locate(homelab, at), url)),
    );
  });
  const [only, ...others] = found;
  return others.length > 0 ? null : (only ?? null);
}

function isWithin(inner: Spot | null, outer: Spot | null): boolean {
  return (
    inner !== null &&
    inner.file === outer?.file &&
    outer.range.start <= inner.range.start &&
    inner.range.end <= outer.range.end
  );
}
