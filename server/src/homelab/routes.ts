import type { ModuleSystem } from '../eval/modules/system';
import { Failure, Unknown, type Attr, type AttrsValue } from '../eval/value';
import { accessOf, type AutheliaPolicy } from './access';
import { addressBook, bareAddress, type AddressBook } from './addresses';
import type { Backend, Collection, Container, Fact, Route } from './model';
import { asString, fieldOf, openReason, readKnownList, readList, readSet, readThunk, setOf } from './read';

/** A Traefik of a host: in a container, or on the host itself. */
export interface Traefik {
  /** The container it runs in; null on the host. */
  readonly container: string | null;
  readonly dynamic: AttrsValue;
  readonly static: AttrsValue | undefined;
}

/** The Traefiks of a host whose configuration is written in Nix. */
export function traefiksOf(host: ModuleSystem, containers: readonly Container[]): Traefik[] {
  const places: { container: string | null; system: ModuleSystem }[] = [{ container: null, system: host }];
  for (const { name, guest, status } of containers) {
    if (guest !== null && status !== 'disabled') places.push({ container: name, system: guest.system });
  }
  return places.flatMap(({ container, system }) => {
    const dynamic = known(readSet(system, ['services', 'traefik', 'dynamicConfigOptions']));
    const fixed = known(readSet(system, ['services', 'traefik', 'staticConfigOptions']));
    if (dynamic === undefined || (dynamic.entries.size === 0 && dynamic.open === null)) return [];
    return [{ container, dynamic, static: fixed }];
  });
}

function known(set: AttrsValue | Unknown | Failure | null): AttrsValue | undefined {
  return set === null || set instanceof Unknown || set instanceof Failure ? undefined : set;
}

const PROTOCOLS = ['http', 'tcp', 'udp'] as const;

/** The routes of a Traefik, by router name within each protocol. */
export function routesOf(
  traefik: Traefik,
  containers: readonly Container[],
  policies: readonly AutheliaPolicy[],
): Route[] {
  const routes: Route[] = [];
  const reachable = reachableFrom(traefik, containers);
  for (const protocol of PROTOCOLS) {
    const section = setOf(fieldOf(traefik.dynamic, protocol));
    const routers = setOf(fieldOf(section, 'routers'));
    if (section === undefined || routers === undefined) continue;
    for (const [router, attr] of [...routers.entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
      routes.push(routeOf({ traefik, protocol, section, router, attr, reachable, policies }));
    }
  }
  return routes;
}

interface RouterParts {
  readonly traefik: Traefik;
  readonly protocol: Route['protocol'];
  readonly section: AttrsValue;
  readonly router: string;
  readonly attr: Attr;
  readonly reachable: Reachable;
  readonly policies: readonly AutheliaPolicy[];
}

function routeOf({ traefik, protocol, section, router, attr, reachable, policies }: RouterParts): Route {
  const fields = setOf(attr.value);
  const rule = readThunk(fieldOf(fields, 'rule'), asString);
  const serviceThunk = fieldOf(fields, 'service');
  const service = readThunk(serviceThunk, asString);
  const middlewares = readKnownList(fieldOf(fields, 'middlewares'), asString);
  const hosts = rule.kind === 'known' ? hostsOfRule(rule.value) : [];
  const middlewareSets = setOf(fieldOf(section, 'middlewares'));
  return {
    router,
    protocol,
    proxy: 'traefik',
    proxyContainer: traefik.container,
    at: attr.at,
    rule,
    hosts,
    entryPoints: entryPointsOfRouter(traefik, readKnownList(fieldOf(fields, 'entryPoints'), asString)),
    middlewares,
    service,
    serviceAt: serviceThunk?.origin ?? null,
    backends: service.kind === 'known' ? backendsOf(section, service.value, reachable) : [],
    access: protocol === 'http' ? accessOf(hosts, middlewares, middlewareSets, policies) : null,
  };
}

/** A router that names no entry point listens on the default ones. */
function entryPointsOfRouter(traefik: Traefik, written: Collection<string>): Collection<string> {
  if (written.items.length > 0 || written.open !== null) return written;
  const entryPoints = setOf(fieldOf(traefik.static, 'entryPoints'));
  if (entryPoints === undefined) return written;
  const defaults = [...entryPoints.entries].filter(([, { value }]) => {
    const flag = readThunk(fieldOf(setOf(value), 'asDefault'), (inner) =>
      inner.type === 'bool' ? inner.value : undefined,
    );
    return flag.kind === 'known' && flag.value;
  });
  const names = (defaults.length > 0 ? defaults : [...entryPoints.entries]).map(([name]) => name);
  return { items: names.sort(), open: entryPoints.open === null ? null : entryPoints.open.reason };
}

/** The names in `Host(…)` and `HostSNI(…)` of a rule, in order. */
export function hostsOfRule(rule: string): string[] {
  const hosts: string[] = [];
  for (const match of rule.matchAll(/(!?)\s*\b(?:Host|HostSNI)\s*\(([^)]*)\)/g)) {
    if (match[1] === '!') continue;
    for (const quoted of (match[2] ?? '').matchAll(/`([^`]*)`|"([^"]*)"/g)) {
      const host = (quoted[1] ?? quoted[2] ?? '').toLowerCase();
      if (host !== '' && host !== '*' && !hosts.includes(host)) hosts.push(host);
    }
  }
  return hosts;
}

/** What Traefik can reach, as seen from where it runs. */
interface Reachable {
  readonly byName: ReadonlyMap<string, Container>;
  readonly byAddress: AddressBook;
  /** What answers on the host's loopback, by port; null where two containers claim a port. */
  readonly onLoopback: ReadonlyMap<number, Container | null>;
}

function reachableFrom(traefik: Traefik, containers: readonly Container[]): Reachable {
  const byName = new Map(
    containers.filter(({ status }) => status !== 'disabled').map((container) => [container.name, container]),
  );
  const onLoopback = new Map<number, Container | null>();
  const proxy = traefik.container === null ? undefined : byName.get(traefik.container);
  if (proxy === undefined || !isPrivate(proxy)) {
    for (const container of byName.values()) {
      if (isPrivate(container)) continue;
      for (const { port } of container.guest?.listeners ?? []) {
        if (port.kind === 'known') onLoopback.set(port.value, onLoopback.has(port.value) ? null : container);
      }
    }
  }
  return { byName, byAddress: addressBook(containers), onLoopback };
}

function backendsOf(section: AttrsValue, service: string, reachable: Reachable): Backend[] {
  const services = setOf(fieldOf(section, 'services'));
  const definition = setOf(services?.entries.get(service)?.value);
  const servers = fieldOf(setOf(fieldOf(definition, 'loadBalancer')), 'servers');
  if (servers === undefined) return [];
  return readList(servers, (value) => (value.type === 'attrs' ? value : undefined)).items.map(
    (server): Backend => {
      if (server.kind !== 'known') return { url: server, container: null, port: null };
      const url: Fact<string> = readThunk(
        fieldOf(server.value, 'url') ?? fieldOf(server.value, 'address'),
        asString,
      );
      const target = url.kind === 'known' ? parseTarget(url.value) : null;
      if (target === null) return { url, container: null, port: null };
      return { url, container: containerAt(target, reachable)?.name ?? null, port: target.port };
    },
  );
}

/** Host and port of a backend's URL. */
export interface Target {
  readonly host: string;
  readonly port: number | null;
}

/** Host and port of a backend's URL, or of a TCP server's `host:port`; null where the text is neither. */
export function parseTarget(url: string): Target | null {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?(?:[/?#].*)?$/i.exec(
    url.trim(),
  );
  if (match === null) return null;
  const scheme = (match[1] ?? '').toLowerCase();
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '');
  if (host === '') return null;
  const written = match[3] === undefined ? null : Number(match[3]);
  const standard = scheme === 'http' || scheme === 'h2c' ? 80 : scheme === 'https' ? 443 : null;
  return { host, port: written ?? standard };
}

function containerAt({ host, port }: Target, { byName, byAddress, onLoopback }: Reachable): Container | null {
  const address = bareAddress(host);
  if (address === null) {
    const named = /^(.+)\.containers$/.exec(host);
    if (host !== 'localhost') return named === null ? null : (byName.get(named[1] ?? '') ?? null);
  } else {
    const found = byAddress.get(address);
    if (found !== undefined) return found;
    if (!isLoopback(address)) return null;
  }
  return port === null ? null : (onLoopback.get(port) ?? null);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

function isPrivate(container: Container): boolean {
  return container.privateNetwork.kind !== 'known' || container.privateNetwork.value;
}

/** The names a Traefik's section defines, e.g. all middlewares of `http`. */
export function namesIn(
  traefik: Traefik,
  protocol: (typeof PROTOCOLS)[number],
  section: string,
): Collection<string> {
  const set = setOf(fieldOf(setOf(fieldOf(traefik.dynamic, protocol)), section));
  if (set === undefined)
    return { items: [], open: traefik.dynamic.open === null ? null : traefik.dynamic.open.reason };
  return { items: [...set.entries.keys()].sort(), open: openReason(set) };
}

/** The names of a Traefik's entry points. */
export function entryPointsOf(traefik: Traefik): Collection<string> {
  const set = setOf(fieldOf(traefik.static, 'entryPoints'));
  return set === undefined
    ? { items: [], open: null }
    : { items: [...set.entries.keys()].sort(), open: openReason(set) };
}
