import { memoOf } from '../eval/computed';
import type { Origin } from '../eval/value';
import type { Backend, Host } from './model';
import { placeOf, type ProxyPlace } from './proxies/place';
import { definedNames, definitionOf, runningTraefiks, usesOf } from './proxies/traefik-names';
import type { Traefik } from './proxies/traefik-settings';
import { backendAt, type Reach } from './reach';
import { asString, fieldOf, readThunk, sameFact, setOf } from './read';

/** Who is asked, before a route is taken, whether a visitor may come in. */

/** A middleware that asks an address first, and that something uses. */
export interface ForwardAuth {
  readonly middleware: string;
  /** Where its name is written. */
  readonly at: Origin;
  readonly traefik: Traefik;
  readonly place: ProxyPlace;
  /** Who answers at the address, as seen from the Traefik. */
  readonly backend: Backend;
}

/** The middlewares of a host that ask an address first, without those that nothing uses. */
export const forwardAuthsOf = memoOf((host: Host): readonly ForwardAuth[] => {
  return runningTraefiks(host).flatMap((traefik) => {
    const place = placeOf(host, traefik.container);
    return place === undefined ? [] : forwardAuthsIn(traefik, place, host.reach.from(place));
  });
}, sameForwardAuths);

function forwardAuthsIn(traefik: Traefik, place: ProxyPlace, reach: Reach): ForwardAuth[] {
  return definedNames(traefik, 'middleware', 'http').items.flatMap((middleware): ForwardAuth[] => {
    const attr = definitionOf(traefik, 'middleware', 'http', middleware);
    const fields = attr?.maybe === null ? setOf(attr.value) : undefined;
    const forward = fieldOf(fields, 'forwardAuth');
    if (attr === undefined || forward === undefined || !usedMiddlewares(traefik).has(middleware)) return [];
    const address = readThunk(fieldOf(setOf(forward), 'address'), asString);
    return [{ middleware, at: attr.at, traefik, place, backend: backendAt(address, reach, 'http') }];
  });
}

/** The middlewares for HTTP that routers and entry points certainly go through, also by chains. */
const usedMiddlewares = memoOf(
  (traefik: Traefik): ReadonlySet<string> => {
    const uses = usesOf(traefik).items.filter(
      ({ kind, protocol, certain }) => kind === 'middleware' && protocol === 'http' && certain,
    );
    const used = new Set<string>();
    const inChains = new Map<string, string[]>();
    for (const { name, owner } of uses) {
      if (owner === null) used.add(name);
      else inChains.set(owner, [...(inChains.get(owner) ?? []), name]);
    }
    // A set that grows while it is walked: what a chain in use leads to is in use.
    for (const chain of used) for (const name of inChains.get(chain) ?? []) used.add(name);
    return used;
  },
  (before, after) => before.size === after.size && [...before].every((name) => after.has(name)),
);

function sameForwardAuths(before: readonly ForwardAuth[], after: readonly ForwardAuth[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ middleware, at, traefik, place, backend }, index) => {
      const other = after[index];
      return (
        middleware === other?.middleware &&
        at === other.at &&
        traefik === other.traefik &&
        place === other.place &&
        sameFact(backend.url, other.backend.url) &&
        backend.container === other.backend.container &&
        backend.port === other.backend.port
      );
    })
  );
}
