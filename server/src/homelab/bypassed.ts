import { memoOf } from '../eval/computed';
import { Failure, Unknown, type Origin } from '../eval/value';
import type { Container, Host, Route } from './model';
import { definitionOf, usesOfRouter, type NameUse } from './proxies/traefik-names';
import { routerOf, type Router } from './proxies/traefik-routers';
import { asString, entriesOf, fieldOf, readKnownList, readList, readSet, readThunk, setOf } from './read';

/** Routes with a middleware that asks an Authelia which lets everybody in. */

export interface Bypass {
  /** The middleware, as the router names it. */
  readonly middleware: NameUse;
  readonly host: string;
  /** The rule of Authelia that lets everybody in; null where it is its default. */
  readonly rule: Origin;
}

/** What lets everybody in at a route that asks for Authelia by a middleware of its own; null where nothing does. */
export function bypassOf(host: Host, route: Route): Bypass | null {
  if (route.proxy !== 'traefik' || route.access !== 'authelia bypass') return null;
  const router = routerOf(host, route);
  const [name] = route.hosts;
  if (router === null || name === undefined || hasEntryPointMiddlewares(router)) return null;
  const middleware = usesOfRouter(router.fields, router.protocol).find(
    (use) => use.kind === 'middleware' && asksFirst(router, use.name, new Set()),
  );
  if (middleware === undefined) return null;
  const rules = host.containers.flatMap((container) =>
    container.status === 'active' ? rulesOf(container) : [],
  );
  const rule = rules.find(({ domains }) => domains.some((pattern) => matches(pattern, name)));
  return { middleware, host: name, rule: rule?.at ?? null };
}

function hasEntryPointMiddlewares({ traefik, entryPoints }: Router): boolean {
  const all = setOf(fieldOf(traefik.static, 'entryPoints'));
  return entryPoints.items.some((name) => {
    const own = setOf(all?.entries.get(name)?.value);
    return fieldOf(setOf(fieldOf(own, 'http')), 'middlewares') !== undefined;
  });
}

/** Whether a middleware, or one of the chain it stands for, asks elsewhere who may come in. */
function asksFirst(router: Router, name: string, met: Set<string>): boolean {
  if (met.has(name)) return false;
  met.add(name);
  const fields = setOf(definitionOf(router.traefik, 'middleware', 'http', name)?.value);
  if (fieldOf(fields, 'forwardAuth') !== undefined) return true;
  const chain = setOf(fieldOf(fields, 'chain'));
  return readKnownList(fieldOf(chain, 'middlewares'), asString).items.some((inner) =>
    asksFirst(router, inner.replace(/@file$/, ''), met),
  );
}

interface AccessRule {
  readonly domains: readonly string[];
  readonly at: Origin;
}

const rulesOf = memoOf(({ guest }: Container): readonly AccessRule[] => {
  const instances = guest === null ? null : readSet(guest.system, ['services', 'authelia', 'instances']);
  if (instances === null || instances instanceof Unknown || instances instanceof Failure) return [];
  return entriesOf(instances).flatMap(([, { value }]) => {
    const control = setOf(fieldOf(setOf(fieldOf(setOf(value), 'settings')), 'access_control'));
    const list = readList(control?.entries.get('rules')?.value, (rule) =>
      rule.type === 'attrs' ? rule : undefined,
    );
    return list.items.flatMap((item): AccessRule[] => {
      if (item.kind !== 'known') return [];
      const domain = item.value.entries.get('domain')?.value;
      const one = readThunk(domain, asString);
      const domains = one.kind === 'known' ? [one.value] : readKnownList(domain, asString).items;
      return [{ domains: domains.map((text) => text.toLowerCase()), at: item.definition }];
    });
  });
});

function matches(pattern: string, domain: string): boolean {
  return pattern.startsWith('*.') ? domain.endsWith(pattern.slice(1)) : pattern === domain;
}
