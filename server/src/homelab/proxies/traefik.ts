import { memo, type Computed } from '../../eval/computed';
import { Pieces } from '../../eval/pieces';
import { inspect, type Thunk } from '../../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Value } from '../../eval/value';
import { accessOf, type Gatekeepers } from '../access';
import type { Backend, Collection, Fact, Route } from '../model';
import { backendAt, type Reach } from '../reach';
import { asString, fieldOf, readKnownList, readList, readThunk, reasonOf, setOf, unknownFact } from '../read';
import type { ProxyPlace } from './place';
import { hostsOfRule } from './rule-hosts';
import { sameRoute } from './route';
import { PROTOCOLS, traefikAt, type Traefik } from './traefik-settings';

/** The routes of the Traefik that may run in a place: each router is read by itself, and again only when it changes. */
export class TraefikRoutes {
  private readonly names: Computed<readonly RouterName[]>;
  private readonly pieces: Pieces<RouterName, Route>;
  private readonly routes = new Map<string, Computed<Route | null>>();

  constructor(
    private readonly place: ProxyPlace,
    private readonly gatekeepers: () => Gatekeepers,
  ) {
    this.names = memo(() => this.readNames(), sameRouterNames);
    this.pieces = new Pieces((name) => {
      const route = this.route(name);
      return route === null ? [] : [route];
    });
  }

  /** By router name within each protocol; none where another configuration is in effect. */
  all(): readonly Route[] {
    return this.pieces.of(this.names.force());
  }

  private readNames(): RouterName[] {
    const traefik = traefikAt(this.place);
    if (traefik?.overridden !== null) return [];
    return PROTOCOLS.flatMap((protocol) => {
      const routers = setOf(fieldOf(setOf(fieldOf(traefik.dynamic, protocol)), 'routers'));
      return [...(routers?.entries.keys() ?? [])].sort().map((router) => ({ protocol, router }));
    });
  }

  private route({ protocol, router }: RouterName): Route | null {
    const key = `${protocol} ${router}`;
    let route = this.routes.get(key);
    if (route === undefined) {
      route = memo(() => this.readRoute(protocol, router), sameRoute);
      this.routes.set(key, route);
    }
    return route.force();
  }

  private readRoute(protocol: Route['protocol'], router: string): Route | null {
    const traefik = traefikAt(this.place);
    const section = traefik === null ? undefined : setOf(fieldOf(traefik.dynamic, protocol));
    const attr = setOf(fieldOf(section, 'routers'))?.entries.get(router);
    return traefik === null || section === undefined || attr === undefined
      ? null
      : routeOf({ traefik, protocol, section, router, attr, gatekeepers: this.gatekeepers() });
  }
}

interface RouterName {
  readonly protocol: Route['protocol'];
  readonly router: string;
}

function sameRouterNames(before: readonly RouterName[], after: readonly RouterName[]): boolean {
  return (
    before.length === after.length &&
    before.every(
      ({ protocol, router }, at) => protocol === after[at]?.protocol && router === after[at].router,
    )
  );
}

interface RouterParts {
  readonly traefik: Traefik;
  readonly protocol: Route['protocol'];
  readonly section: AttrsValue;
  readonly router: string;
  readonly attr: Attr;
  readonly gatekeepers: Gatekeepers;
}

function routeOf({ traefik, protocol, section, router, attr, gatekeepers }: RouterParts): Route {
  const fields = setOf(attr.value);
  const missing = missingFields(attr.value);
  const rule = orMissing(readThunk(fieldOf(fields, 'rule'), asString), missing);
  const serviceThunk = fieldOf(fields, 'service');
  const service = orMissing(readThunk(serviceThunk, asString), missing);
  const middlewares = orMore(readNames(fieldOf(fields, 'middlewares')), missing);
  const hosts = rule.kind === 'known' ? hostsOfRule(rule.value) : [];
  const entryPoints = entryPointsOfRouter(
    traefik,
    protocol,
    orMore(readNames(fieldOf(fields, 'entryPoints')), missing),
  );
  const { items, open } = serversOf(section, service, gatekeepers.reach);
  return {
    router,
    protocol,
    proxy: 'traefik',
    proxyContainer: traefik.container,
    at: attr.at,
    rule,
    hosts,
    entryPoints,
    middlewares,
    service,
    serviceAt: serviceThunk?.origin ?? null,
    backends: items,
    backendsOpen: open,
    access:
      protocol === 'http'
        ? accessOfRouter(traefik, section, hosts, entryPoints, middlewares, gatekeepers)
        : null,
  };
}

/** Why a router may have fields that are not known; null where all are. */
function missingFields(router: Thunk): Unknown | Failure | null {
  const value = inspect(router);
  if (value instanceof Unknown || value instanceof Failure) return value;
  return value.type === 'attrs' ? value.open : null;
}

function orMissing(fact: Fact<string>, missing: Unknown | Failure | null): Fact<string> {
  return fact.kind === 'unset' && missing !== null ? unknownFact(missing, missing.at) : fact;
}

function orMore(names: Collection<string>, missing: Unknown | Failure | null): Collection<string> {
  return names.items.length > 0 || missing === null
    ? names
    : { ...names, open: names.open ?? reasonOf(missing) };
}

/** A list of names, which Traefik also takes as one text with commas. */
export function readNames(thunk: Thunk | undefined): Collection<string> {
  const text = readThunk(thunk, (value) => (value.type === 'string' ? value.text : undefined));
  if (text.kind !== 'known') return readKnownList(thunk, asString);
  return {
    items: text.value
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    open: null,
  };
}

/** What a visitor meets at each entry point, which may have middlewares of its own; null where that differs. */
function accessOfRouter(
  traefik: Traefik,
  section: AttrsValue,
  hosts: readonly string[],
  entryPoints: Collection<string>,
  own: Collection<string>,
  gatekeepers: Gatekeepers,
): string | null {
  const defined = setOf(fieldOf(section, 'middlewares'));
  const lists = entryPoints.items.map((name) => {
    const http = fieldOf(
      setOf(setOf(fieldOf(traefik.static, 'entryPoints'))?.entries.get(name)?.value),
      'http',
    );
    return readNames(fieldOf(setOf(http), 'middlewares'));
  });
  const answers = new Set(
    (lists.length === 0 ? [{ items: [], open: null }] : lists).map((before) =>
      accessOf(
        hosts,
        { items: [...before.items, ...own.items], open: before.open ?? own.open },
        defined,
        gatekeepers,
      ),
    ),
  );
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : null;
}

/** The entry point that Traefik makes for itself; no default of any router. */
const INTERNAL = 'traefik';

/**
 * A router that names no entry point listens on the default ones: those with `asDefault`, else all, and of its own
 * protocol. Source: traefik cmd/traefik/traefik.go (`getDefaultsEntrypoints`).
 */
export function entryPointsOfRouter(
  traefik: Traefik,
  protocol: Route['protocol'],
  written: Collection<string>,
): Collection<string> {
  if (written.items.length > 0 || written.open !== null) return written;
  const entryPoints = setOf(fieldOf(traefik.static, 'entryPoints'));
  if (entryPoints === undefined) return written;
  const suitable = [...entryPoints.entries].filter(([name, { value }]) => {
    const address = readThunk(fieldOf(setOf(value), 'address'), asString);
    const isUdp = address.kind === 'known' && address.value.endsWith('/udp');
    return name !== INTERNAL && isUdp === (protocol === 'udp');
  });
  const defaults = suitable.filter(([, { value }]) => {
    const flag = readThunk(fieldOf(setOf(value), 'asDefault'), (inner) =>
      inner.type === 'bool' ? inner.value : undefined,
    );
    return flag.kind === 'known' && flag.value;
  });
  const names = (defaults.length > 0 && protocol !== 'udp' ? defaults : suitable).map(([name]) => name);
  return { items: names.sort(), open: entryPoints.open === null ? null : entryPoints.open.reason };
}

/** The kinds of service that pass requests on to other services, and where these are named. */
const FORWARDING: readonly {
  readonly kind: string;
  readonly names: readonly string[];
  readonly list: string | null;
}[] = [
  { kind: 'weighted', names: [], list: 'services' },
  { kind: 'highestRandomWeight', names: [], list: 'services' },
  { kind: 'mirroring', names: ['service'], list: 'mirrors' },
  { kind: 'failover', names: ['service', 'fallback'], list: null },
];

/** The servers behind a service, in order; none behind one of another provider, such as `api@internal`. */
function serversOf(section: AttrsValue, service: Fact<string>, reach: Reach): Collection<Backend> {
  const services = fieldOf(section, 'services');
  const met = new Set<string>();
  const backends: Backend[] = [];
  let open: string | null = null;
  const note = (thunk: Thunk | undefined, why?: string | null): void => {
    open ??= why ?? problemOf(thunk);
  };
  const visit = (named: Fact<string>): void => {
    if (named.kind === 'unknown') note(undefined, named.reason);
    if (named.kind !== 'known') return;
    const name = /^[^@]*(?=@file$)/.exec(named.value)?.[0] ?? named.value;
    if (name.includes('@') || met.has(name)) return;
    met.add(name);
    const found = setOf(services)?.entries.get(name)?.value;
    const definition = setOf(found);
    if (definition?.open !== null) note(found ?? services, definition?.open?.reason);
    const servers = fieldOf(setOf(fieldOf(definition, 'loadBalancer')), 'servers');
    const list = readList(servers, asServer);
    note(undefined, list.open);
    for (const server of list.items) backends.push(backendOf(server, reach));
    for (const { kind, names, list: listed } of FORWARDING) {
      const forwarding = setOf(fieldOf(definition, kind));
      if (forwarding === undefined) continue;
      for (const field of names) visit(readThunk(fieldOf(forwarding, field), asString));
      if (listed === null) continue;
      const children = readList(fieldOf(forwarding, listed), asServer);
      note(undefined, children.open);
      for (const child of children.items)
        visit(child.kind === 'known' ? readThunk(fieldOf(child.value, 'name'), asString) : child);
    }
  };
  visit(service);
  return { items: backends, open };
}

function asServer(value: Value): AttrsValue | undefined {
  return value.type === 'attrs' ? value : undefined;
}

function problemOf(thunk: Thunk | undefined): string | null {
  const value = thunk === undefined ? null : inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure) return reasonOf(value);
  return value?.type === 'attrs' && value.open !== null ? value.open.reason : null;
}

function backendOf(server: Fact<AttrsValue>, reach: Reach): Backend {
  if (server.kind !== 'known') return backendAt(server, reach);
  return backendAt(
    readThunk(fieldOf(server.value, 'url') ?? fieldOf(server.value, 'address'), asString),
    reach,
  );
}
