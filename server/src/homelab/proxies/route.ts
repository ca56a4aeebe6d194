import { sameItems } from '../../eval/computed';
import type { ModuleSystem } from '../../eval/modules/system';
import { parts } from '../../eval/modules/definition';
import { attempt } from '../../eval/thunk';
import { Failure, Unknown, type Origin } from '../../eval/value';
import type { Backend, Fact, Route } from '../model';
import { sameFact, sameNames } from '../read';
import type { ProxyPlace } from './place';

/** What the routes of nginx, Caddy and cloudflared have in common. */

type Given = Pick<Route, 'router' | 'proxy' | 'at' | 'hosts' | 'backends' | 'access'> & Partial<Route>;

/** A route of a proxy that knows neither entry points nor middlewares; `rule` says what it takes, e.g. `example.org/api`. */
export function routeOf(place: ProxyPlace, rule: string, given: Given): Route {
  return {
    protocol: 'http',
    proxyContainer: place.container?.name ?? null,
    rule: written(rule, given.at),
    entryPoints: { items: [], open: null },
    middlewares: { items: [], open: null },
    service: { kind: 'unset' },
    serviceAt: null,
    backendsOpen: null,
    ...given,
  };
}

/** Whether two routes say the same of the same place. */
export function sameRoute(before: Route | null, after: Route | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before === after ||
    (before.router === after.router &&
      before.protocol === after.protocol &&
      before.proxy === after.proxy &&
      before.proxyContainer === after.proxyContainer &&
      before.at === after.at &&
      sameFact(before.rule, after.rule) &&
      sameItems(before.hosts, after.hosts) &&
      sameNames(before.entryPoints, after.entryPoints) &&
      sameNames(before.middlewares, after.middlewares) &&
      sameFact(before.service, after.service) &&
      before.serviceAt === after.serviceAt &&
      before.backendsOpen === after.backendsOpen &&
      before.access === after.access &&
      before.backends.length === after.backends.length &&
      before.backends.every((backend, index) => sameBackend(backend, after.backends[index] as Backend)))
  );
}

/** The routes as they are now, as the objects they were before where they are the same. */
export function keptRoutes(before: readonly Route[], after: readonly Route[]): readonly Route[] {
  return after.map((route, index) => {
    const known = before[index];
    return known !== undefined && sameRoute(known, route) ? known : route;
  });
}

function sameBackend(before: Backend, after: Backend): boolean {
  return (
    sameFact(before.url, after.url) &&
    before.container === after.container &&
    before.port === after.port &&
    before.shared?.address === after.shared?.address &&
    sameItems(before.shared?.containers ?? [], after.shared?.containers ?? [])
  );
}

/** A text that the engine put together out of what is written at a place. */
export function written(text: string, at: Origin): Fact<string> {
  return { kind: 'known', value: text, definition: at, literal: null, file: at?.anchor.source ?? null };
}

/** A text that cannot be known, with why. */
export function unknowable(reason: string, at: Origin): Fact<string> {
  return { kind: 'unknown', reason, problem: new Unknown('external', reason, at), definition: at };
}

/**
 * Where the first of some names is written, in a definition that goes on to the last of them: of a site that several
 * files define, the file with the route.
 * @param path the option that holds the set with the first name
 */
export function placeOfName(
  system: ModuleSystem,
  path: readonly string[],
  [first, ...below]: readonly [string, ...string[]],
): Origin {
  const node = attempt(() => system.option(path));
  if (node === null || node instanceof Unknown || node instanceof Failure) return null;
  for (const { raw, value } of node.raw.flatMap(parts)) {
    if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') continue;
    const attr = value.entries.get(first);
    if (attr === undefined) continue;
    let found = [{ ...raw, value: attr.value }];
    for (const name of below) {
      found = found.flatMap(parts).flatMap((part) => {
        if (part.value instanceof Unknown || part.value instanceof Failure || part.value.type !== 'attrs')
          return [];
        const inner = part.value.entries.get(name);
        return inner === undefined ? [] : [{ ...part.raw, value: inner.value }];
      });
    }
    if (found.length > 0) return attr.at;
  }
  return null;
}

/** The host names among those a site answers to: no pattern, no port of its own, no catch-all. */
export function exactHosts(names: readonly string[]): string[] {
  const exact = names.map((name) => name.toLowerCase()).filter((name) => /^[a-z0-9_.-]+$/.test(name));
  return [...new Set(exact.filter((name) => name !== '_' && !name.startsWith('.')))];
}
