import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Origin } from '../eval/value';
import type { Homelab } from '../homelab/homelab';
import type { Host, Route } from '../homelab/model';
import { definitionOf, definedNames, runningTraefiks } from '../homelab/proxies/traefik-names';
import { hasField, routerOf, routersOf, type Router } from '../homelab/proxies/traefik-routers';
import type { Traefik } from '../homelab/proxies/traefik-settings';
import { asString, attributeOf, fieldOf, readThunk, setOf } from '../homelab/read';
import { writeString } from '../nix/write';
import { joined, type Completion } from './complete-container';
import { domainSources } from './domain-source';
import type { TextChange } from './edit-plan';
import { mostCommon } from './majority';
import { argumentAt, takeArgument } from './module-argument';
import { isModuleOf, routeBackend } from './route-backend';
import { putRouteSetting, routePlace, type RoutePlace } from './route-place';
import { routeStyleOf, serverLines, type RouteStyle } from './route-style';

/** What is added: a title for each part, and its changes. */
interface Part {
  readonly title: string;
  readonly changes: readonly TextChange[];
}

/** All that the parts of a route are made from. */
interface RouteContext {
  readonly homelab: Homelab;
  readonly host: Host;
  readonly traefik: Traefik;
  readonly place: RoutePlace;
  readonly style: RouteStyle;
}

/** Adds what a router lacks, and the service that it lacks, as the host's other routes have it; null where it lacks nothing. */
export function completeRoute(homelab: Homelab, host: Host, route: Route): Completion | null {
  const router = route.protocol === 'http' ? routerOf(host, route) : null;
  const place = router === null ? null : routePlace(homelab.files, router.at, 'routers');
  if (router === null || place === null || router.fields.open !== null) return null;
  const context = {
    homelab,
    host,
    place,
    traefik: router.traefik,
    style: routeStyleOf(homelab.files, host, route.router),
  };
  return completion([...routerParts(context, router), ...serviceParts(context, router)]);
}

/** Adds what a service lacks, and the router that it lacks; null where it lacks nothing. */
export function completeService(
  homelab: Homelab,
  host: Host,
  traefik: Traefik,
  name: string,
): Completion | null {
  const attr = definitionOf(traefik, 'service', 'http', name);
  const place = attr === undefined ? null : routePlace(homelab.files, attr.at, 'services');
  if (place === null) return null;
  const context = { homelab, host, place, traefik, style: routeStyleOf(homelab.files, host) };
  const routes = host.routes.filter(
    ({ protocol, proxy, proxyContainer }) =>
      protocol === 'http' && proxy === 'traefik' && proxyContainer === traefik.container,
  );
  const leading = routes.filter(({ router, service }) =>
    service.kind === 'known' ? ownName(service.value) === name : service.kind === 'unset' && router === name,
  );
  const service = missingService(context, name, [name]);
  const [first, ...others] = leading;
  if (first !== undefined) {
    const whole = others.length === 0 ? completeRoute(homelab, host, first) : null;
    return whole ?? completion(parts(service));
  }
  // Another router may lead here; and one for a service that leads nowhere would be of no use.
  const isSure = routes.every(({ service: named }) => named.kind !== 'unknown');
  if (!isSure || (isIncomplete(context, name) && service === null)) return completion(parts(service));
  return completion([...parts(service), ...parts(missingRouter(context, name))]);
}

function completion(found: readonly Part[]): Completion | null {
  if (found.length === 0) return null;
  return {
    changes: joined(withoutRepeats(found.flatMap(({ changes }) => changes))),
    added: found.map(({ title }) => title),
  };
}

/** Two parts may each need the same argument in the head. */
function withoutRepeats(changes: readonly TextChange[]): TextChange[] {
  const seen = new Set<string>();
  return changes.filter((change) => {
    const key = JSON.stringify(change);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function parts(part: Part | null): Part[] {
  return part === null ? [] : [part];
}

/** What the router itself lacks. */
function routerParts(context: RouteContext, router: Router): Part[] {
  const { place, style } = context;
  const { name, fields, entryPoints } = router;
  const isKnown = hasEntryPoint(context);
  const lacks = (field: string): boolean => hasField(fields, field) === false;
  const put = (
    title: string,
    path: readonly string[],
    value: string,
    more: readonly TextChange[] = [],
  ): Part[] => {
    const change = putRouteSetting(place, [place.section, name, ...path], value);
    return change === null ? [] : [{ title, changes: [change, ...more] }];
  };
  const rule = lacks('rule') ? missingRule(context, name) : null;
  const isElsewhere = !lacks('entryPoints') && !entryPoints.items.includes(style.entryPoint);
  return [
    ...(rule === null ? [] : put('rule', ['rule'], rule.text, rule.changes)),
    ...(isKnown && style.entryPointsKey !== null && lacks('entryPoints')
      ? put('entryPoints', [style.entryPointsKey], entryPointList(style))
      : []),
    // What listens without TLS, such as a redirection, is meant to.
    ...(isKnown && lacks('tls') && !isElsewhere
      ? style.tls.flatMap((line) => {
          const [, path = '', value = ''] = /^([\w.-]+)\s*=\s*(.*);$/s.exec(line) ?? [];
          return path === '' ? [] : put('tls', path.split('.'), value);
        })
      : []),
  ];
}

/** Whether Traefik has the entry point of the other routes; without any, that is a guess. */
function hasEntryPoint({ traefik, style }: RouteContext): boolean {
  return definedNames(traefik, 'entry point', 'http').items.includes(style.entryPoint);
}

function entryPointList({ entryPoint }: RouteStyle): string {
  return `[ ${writeString(entryPoint)} ]`;
}

/** A rule for the host name that follows from a router's name; null where that is taken, or no domain is known. */
function missingRule(
  { homelab, host, place }: RouteContext,
  name: string,
): { text: string; changes: TextChange[] } | null {
  const label = name.toLowerCase();
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) return null;
  for (const { expression, argument, domain } of domainSources(homelab.files, host)) {
    if (host.routes.some(({ hosts }) => hosts.includes(`${label}.${domain}`))) return null;
    if (expression === null || argument === null)
      return { text: writeString(`Host(\`${label}.${domain}\`)`), changes: [] };
    if (!isModuleOf(host, place.file.path)) continue;
    const text = `"Host(\`${label}.\${${expression}}\`)"`;
    const there = argumentAt(place.file, place.set, argument);
    if (there === 'taken') return { text, changes: [] };
    const head = there === 'free' ? takeArgument(place.file, argument) : null;
    if (head !== null) return { text, changes: [head] };
  }
  return null;
}

/** The service that a router names or should name, and what it lacks. */
function serviceParts(context: RouteContext, router: Router): Part[] {
  const { place, traefik } = context;
  const { name, fields } = router;
  const written = readThunk(fieldOf(fields, 'service'), asString);
  if (written.kind === 'known') {
    const own = ownName(written.value);
    return own === null ? [] : parts(missingService(context, own, [own, name]));
  }
  if (hasField(fields, 'service') !== false) return [];
  const there = definedNames(traefik, 'service', 'http');
  if (!there.items.includes(name) && there.open !== null) return [];
  const service = missingService(context, name, [name]);
  if (isIncomplete(context, name) && service === null) return [];
  const change = putRouteSetting(place, [place.section, name, 'service'], writeString(name));
  return change === null ? [] : [{ title: 'service', changes: [change] }, ...parts(service)];
}

/** A service's name without its provider; null where it is another provider's. */
function ownName(text: string): string | null {
  const [, name, provider] = /^([^@]*)(?:@(.*))?$/.exec(text) ?? [];
  return name === undefined || name === '' || (provider !== undefined && provider !== 'file') ? null : name;
}

/** Whether a service is certainly missing, or certainly has no server. */
function isIncomplete({ traefik }: RouteContext, name: string): boolean {
  return lackOf(traefik, name) !== null;
}

/** Where a service's servers are missing: the path below its name; null where they are not, or that is not known. */
function lackOf(traefik: Traefik, name: string): { key: string | null } | null {
  const attr = definitionOf(traefik, 'service', 'http', name);
  if (attr === undefined) {
    const { items, open } = definedNames(traefik, 'service', 'http');
    return open === null && !items.includes(name) ? { key: null } : null;
  }
  const set = closedSet(attr);
  if (set === null) return null;
  if (set.entries.size === 0) return { key: null };
  const key = [...set.entries.keys()].find((own) => own.toLowerCase() === 'loadbalancer');
  const balancer = key === undefined ? undefined : attributeOf(set, key);
  const inner = balancer === undefined ? null : closedSet(balancer);
  if (key === undefined || inner === null) return null;
  if (hasField(inner, 'servers') === false) return { key };
  const servers = fieldOf(inner, 'servers');
  const list = servers === undefined ? null : inspect(servers);
  if (list === null || list instanceof Unknown || list instanceof Failure || list.type !== 'list')
    return null;
  return list.items.length === 0 && list.open === null ? { key } : null;
}

function closedSet({ value, maybe }: Attr): AttrsValue | null {
  const set = maybe === null ? setOf(value) : undefined;
  return set?.open === null ? set : null;
}

/** The servers of a service, where it certainly has none and it is certain which container is meant. */
function missingService(context: RouteContext, name: string, names: readonly string[]): Part | null {
  const { homelab, host, traefik, place, style } = context;
  const lack = lackOf(traefik, name);
  if (lack === null) return null;
  const at = definitionOf(traefik, 'service', 'http', name)?.at ?? null;
  const own = at === null ? null : routePlace(homelab.files, at, 'services');
  if (at !== null && own === null) return null;
  const where = own ?? place;
  const backend = routeBackend(homelab, host, where, names, traefik.container);
  if (backend === null) return null;
  const section = own?.section ?? siblingSection(where, 'services');
  const change = putRouteSetting(
    where,
    [section, name, lack.key ?? style.loadBalancerKey, 'servers'],
    serverLines(style.servers, backend.url, '  '),
  );
  if (change === null) return null;
  const title = `services.${name}${backend.opens ? `, port ${backend.port}` : ''}`;
  return { title, changes: [change, ...backend.changes] };
}

/** How the other section is spelled beside one. */
function siblingSection({ section }: RoutePlace, other: 'routers' | 'services'): string {
  return /^[A-Z]/.test(section) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
}

/** A router for a service that none leads to, with the middlewares that most routers have. */
function missingRouter(context: RouteContext, name: string): Part | null {
  const { host, traefik, place, style } = context;
  const routers = definedNames(traefik, 'router', 'http');
  if (routers.open !== null || routers.items.includes(name)) return null;
  const rule = missingRule(context, name);
  if (rule === null) return null;
  const lines = [
    '{',
    `  rule = ${rule.text};`,
    `  service = ${writeString(name)};`,
    ...(style.entryPointsKey === null || !hasEntryPoint(context)
      ? []
      : [`  ${style.entryPointsKey} = ${entryPointList(style)};`]),
    ...usualMiddlewares(host, traefik).map((names) => `  middlewares = [ ${names} ];`),
    ...style.tls.map((line) => `  ${line}`),
    '}',
  ];
  const change = putRouteSetting(place, [siblingSection(place, 'routers'), name], lines);
  return change === null ? null : { title: `routers.${name}`, changes: [change, ...rule.changes] };
}

/** The list of middlewares that more than half of a Traefik's routers have; none where these differ. */
function usualMiddlewares(host: Host, traefik: Traefik): string[] {
  const lists = [...routersOf(host)].flatMap(([{ protocol, middlewares }, router]) =>
    protocol === 'http' && router.traefik === traefik ? [middlewares.items.map(writeString).join(' ')] : [],
  );
  const usual = mostCommon(lists) ?? '';
  return usual !== '' && lists.filter((list) => list === usual).length * 2 > lists.length ? [usual] : [];
}

/** The HTTP services that a file writes for a host's Traefiks. */
export function servicesIn(
  host: Host,
  path: string,
): { readonly traefik: Traefik; readonly name: string; readonly at: Origin }[] {
  return runningTraefiks(host).flatMap((traefik) =>
    definedNames(traefik, 'service', 'http').items.flatMap((name) => {
      const at = definitionOf(traefik, 'service', 'http', name)?.at ?? null;
      return at?.anchor.source === path ? [{ traefik, name, at }] : [];
    }),
  );
}
