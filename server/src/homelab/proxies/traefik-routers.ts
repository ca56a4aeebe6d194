import { memoByName, memoOf } from '../../eval/computed';
import { inspect } from '../../eval/thunk';
import { Failure, Unknown, type AttrsValue, type Origin } from '../../eval/value';
import type { Collection, Fact, Host, Route } from '../model';
import { asNumber, asString, attributeOf, entriesOf, fieldOf, readThunk, setOf } from '../read';
import { entryPointsOfRouter, readNames } from './traefik';
import { canonicalRule } from './same-rule';
import { definitionOf, runningTraefiks, type Protocol } from './traefik-names';
import type { Traefik } from './traefik-settings';

/** A router of a Traefik with all of its fields. */
export interface Router {
  readonly name: string;
  readonly protocol: Protocol;
  readonly traefik: Traefik;
  readonly fields: AttrsValue;
  /** Where its name is written. */
  readonly at: Origin;
  readonly rule: Fact<string>;
  /** Those it names, else the default ones; none where nothing is known of those. */
  readonly entryPoints: Collection<string>;
}

/** The routers of a host that are certainly there, each beside its route. */
export const routersOf = memoOf(
  (host: Host): ReadonlyMap<Route, Router> => {
    const routers = new Map<Route, Router>();
    for (const route of host.routes) {
      const router = routerOf(host, route);
      if (router !== null) routers.set(route, router);
    }
    return routers;
  },
  (before, after) =>
    before.size === after.size && [...before].every(([route, router]) => router === after.get(route)),
);

/** The router of a route; null where it is none of a Traefik's, or not certainly there. */
export function routerOf(host: Host, route: Route): Router | null {
  return routerIn(host)(route);
}

const routerIn = memoOf((host: Host) =>
  memoOf(
    (route: Route): Router | null => {
      if (route.proxy !== 'traefik') return null;
      const traefik = runningTraefiks(host).find(({ container }) => container === route.proxyContainer);
      if (traefik === undefined) return null;
      const attr = definitionOf(traefik, 'router', route.protocol, route.router);
      const fields = setOf(attr?.value);
      if (attr?.maybe !== null || fields === undefined) return null;
      const { router: name, protocol, at, rule, entryPoints } = route;
      return { name, protocol, traefik, fields, at, rule, entryPoints };
    },
    (before, after) => before?.fields === after?.fields && before?.traefik === after?.traefik,
  ),
);

/** A router as its fields say, in a Traefik. */
export function routerFrom(
  traefik: Traefik,
  protocol: Protocol,
  name: string,
  at: Origin,
  fields: AttrsValue,
): Router {
  const written = readNames(fieldOf(fields, 'entryPoints'));
  return {
    name,
    protocol,
    traefik,
    fields,
    at,
    rule: readThunk(fieldOf(fields, 'rule'), asString),
    entryPoints: entryPointsOfRouter(traefik, protocol, written),
  };
}

/** A router's rule in its one spelling; null where it is not known, or no rule. */
export const canonicalRuleOf = memoOf(
  ({ rule }: Router) => (rule.kind === 'known' ? canonicalRule(rule.value) : null),
  (before, after) => before === after,
);

/** Whether a set has a field, its name in any case: null counts as none. */
export function hasField(set: AttrsValue, name: string): boolean | 'unknown' {
  const wanted = name.toLowerCase();
  const found = entriesOf(set).filter(([key]) => key.toLowerCase() === wanted);
  if (found.length === 0) return set.open === null ? false : 'unknown';
  let answer: boolean | 'unknown' = false;
  for (const [, { value, maybe }] of found) {
    const known = inspect(value);
    if (maybe !== null || known instanceof Unknown || known instanceof Failure) answer = 'unknown';
    else if (known.type !== 'null') return true;
  }
  return answer;
}

/** Whether a router takes requests over TLS at an entry point, by its own word or by the entry point's. */
export function hasTlsAt(router: Router, entryPoint: string): boolean | 'unknown' {
  const own = hasOwnTls(router);
  if (own !== false || router.protocol !== 'http') return own;
  return givesTls(router.traefik)(entryPoint);
}

const hasOwnTls = memoOf(
  ({ fields }: Router) => hasField(fields, 'tls'),
  (before, after) => before === after,
);

/** Whether an entry point gives TLS to all of its routers for HTTP. */
const givesTls = memoOf((traefik: Traefik) =>
  memoByName(
    (entryPoint) => readGivenTls(traefik, entryPoint),
    (before, after) => before === after,
  ),
);

function readGivenTls(traefik: Traefik, entryPoint: string): boolean | 'unknown' {
  const { static: fixed } = traefik;
  if (fixed === undefined) return 'unknown';
  let set = fixed;
  for (const step of ['entryPoints', entryPoint, 'http'] as const) {
    const found = hasField(set, step);
    if (found !== true) return found;
    const inner = setOf(fieldOf(set, step));
    if (inner === undefined) return 'unknown';
    set = inner;
  }
  return hasField(set, 'tls');
}

/** The priority a router is given; 0 for the length of its rule. Null where that is not known. */
export function priorityOf({ fields }: Router): number | null {
  const given = hasField(fields, 'priority');
  if (given === false) return 0;
  const fact = readThunk(fieldOf(fields, 'priority'), asNumber);
  return given === true && fact.kind === 'known' ? fact.value : null;
}

/** The entry points that two routers both listen on; empty text for the default ones, where those are not known. */
export function sharedEntryPoints(one: Router, other: Router): readonly string[] {
  if (one.entryPoints.open !== null || other.entryPoints.open !== null) return [];
  const names = one.entryPoints.items.length === 0 ? [''] : one.entryPoints.items;
  const others = other.entryPoints.items.length === 0 ? [''] : other.entryPoints.items;
  return names.filter((name) => others.includes(name));
}

/** Why visitors come to an entry point by HTTPS, and where that is written; null where nothing says so. */
export function expectsTls(traefik: Traefik, entryPoint: string): ExpectedTls | null {
  return expectedTls(traefik)(entryPoint);
}

interface ExpectedTls {
  readonly why: string;
  readonly at: Origin;
}

const expectedTls = memoOf((traefik: Traefik) =>
  memoByName(
    (entryPoint) => readExpectedTls(traefik, entryPoint),
    (before, after) => before?.why === after?.why && before?.at === after?.at,
  ),
);

function readExpectedTls(traefik: Traefik, entryPoint: string): ExpectedTls | null {
  const all = setOf(fieldOf(traefik.static, 'entryPoints'));
  const own = setOf(all === undefined ? undefined : attributeOf(all, entryPoint)?.value);
  const address = readThunk(fieldOf(own, 'address'), asString);
  if (address.kind === 'known' && /:443(?:\/tcp)?$/.test(address.value))
    return { why: 'which listens on port 443', at: address.definition };
  for (const [name, { value }] of entriesOf(all)) {
    const http = setOf(fieldOf(setOf(value), 'http'));
    const redirection = setOf(fieldOf(setOf(fieldOf(http, 'redirections')), 'entryPoint'));
    const to = readThunk(fieldOf(redirection, 'to'), asString);
    const scheme = readThunk(fieldOf(redirection, 'scheme'), asString);
    if (to.kind !== 'known' || to.value !== entryPoint) continue;
    if (scheme.kind === 'unset' || (scheme.kind === 'known' && scheme.value === 'https'))
      return { why: `to which ${name} sends everybody by HTTPS`, at: to.definition };
  }
  return null;
}
