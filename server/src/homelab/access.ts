import { memoOf } from '../eval/computed';
import { Failure, Unknown, type AttrsValue } from '../eval/value';
import type { Collection, Container } from './model';
import { parseTarget, type Reach } from './reach';
import { asString, fieldOf, readKnownList, readList, readSet, readThunk, setOf } from './read';

/** What a visitor of a route meets before the service. */

/** The access rules of an Authelia. */
export interface AutheliaPolicy {
  /** The container it runs in. */
  readonly container: string;
  readonly fallback: string;
  readonly rules: readonly {
    readonly domains: readonly string[];
    readonly policy: string;
    readonly narrowed: boolean;
  }[];
  /** Whether all rules are known. */
  readonly complete: boolean;
}

/** The Authelias that run in a host's containers. */
export function autheliaPolicies(containers: readonly Container[]): AutheliaPolicy[] {
  return containers.flatMap(policiesIn);
}

const policiesIn = memoOf(
  (container: Container): readonly AutheliaPolicy[] => {
    if (container.guest === null || container.status === 'disabled') return [];
    const instances = readSet(container.guest.system, ['services', 'authelia', 'instances']);
    if (instances === null || instances instanceof Unknown || instances instanceof Failure) return [];
    return [...instances.entries.values()].map(({ value }) =>
      policyOf(setOf(fieldOf(setOf(fieldOf(setOf(value), 'settings')), 'access_control')), container.name),
    );
  },
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
);

function policyOf(control: AttrsValue | undefined, container: string): AutheliaPolicy {
  const fallback = readThunk(control?.entries.get('default_policy')?.value, asString);
  const list = readList(control?.entries.get('rules')?.value, (value) =>
    value.type === 'attrs' ? value : undefined,
  );
  let complete = list.open === null && fallback.kind !== 'unknown';
  const rules = list.items.flatMap((item) => {
    if (item.kind !== 'known') {
      complete = false;
      return [];
    }
    const policy = readThunk(item.value.entries.get('policy')?.value, asString);
    const domain = item.value.entries.get('domain')?.value;
    const one = readThunk(domain, asString);
    const several =
      one.kind === 'known' ? { items: [one.value], open: null } : readKnownList(domain, asString);
    if (policy.kind !== 'known' || several.open !== null) {
      complete = false;
      return [];
    }
    const narrowed = [...item.value.entries.keys()].some((name) => name !== 'domain' && name !== 'policy');
    return [{ domains: several.items.map((name) => name.toLowerCase()), policy: policy.value, narrowed }];
  });
  return { container, fallback: fallback.kind === 'known' ? fallback.value : 'deny', rules, complete };
}

/** What is asked who may visit: where it stands, and the Authelias there are. */
export interface Gatekeepers {
  readonly policies: readonly AutheliaPolicy[];
  readonly reach: Reach;
}

/**
 * What a visitor of some hosts meets where an address is asked first, in words: `authelia one_factor`, or `forward auth`
 * and a name; null where it is not known.
 * @param address a URL, or `host:port`; null where it is not known
 */
export function forwardedAccess(
  hosts: readonly string[],
  address: string | null,
  name: string,
  { policies, reach }: Gatekeepers,
): string | null {
  const answer = reach.answerAt(address === null ? null : parseTarget(address, 'http'));
  const [policy, ...others] = policies.filter(({ container }) => container === answer.container);
  if (policy === undefined) return `forward auth ${name}`;
  const answers = new Set(others.length > 0 ? [] : hosts.map((domain) => policyFor(domain, policy)));
  const [only] = answers;
  return answers.size === 1 && only != null ? `authelia ${only}` : null;
}

/**
 * What a visitor of a router's hosts meets, in words: `authelia one_factor`, `basic auth`, `none`; null where it is not
 * known. Authelia takes the first rule whose domain matches. Source: Authelia's documentation of `access_control`.
 */
export function accessOf(
  hosts: readonly string[],
  middlewares: Collection<string>,
  defined: AttrsValue | undefined,
  gatekeepers: Gatekeepers,
): string | null {
  const met = new Set<string>();
  const visit = (name: string): string | null => {
    const own = /^[^@]*(?=@file$)/.exec(name)?.[0] ?? name;
    if (met.has(own)) return 'none';
    met.add(own);
    const middleware = setOf(defined?.entries.get(own)?.value);
    if (middleware?.open !== null) return null;
    const forward = fieldOf(middleware, 'forwardAuth');
    if (forward !== undefined) {
      const address = readThunk(fieldOf(setOf(forward), 'address'), asString);
      return forwardedAccess(hosts, address.kind === 'known' ? address.value : null, own, gatekeepers);
    }
    if (fieldOf(middleware, 'basicAuth') !== undefined) return 'basic auth';
    if (fieldOf(middleware, 'digestAuth') !== undefined) return 'digest auth';
    if (fieldOf(middleware, 'plugin') !== undefined) return null;
    const chain = fieldOf(middleware, 'chain');
    if (chain === undefined) return 'none';
    return first(readKnownList(fieldOf(setOf(chain), 'middlewares'), asString), visit);
  };
  return first(middlewares, visit);
}

/** What the first middleware that asks says. */
function first({ items, open }: Collection<string>, visit: (name: string) => string | null): string | null {
  for (const name of items) {
    const access = visit(name);
    if (access !== 'none') return access;
  }
  return open === null ? 'none' : null;
}

function policyFor(domain: string, policy: AutheliaPolicy): string | null {
  for (const { domains, policy: name, narrowed } of policy.rules) {
    const matches = domains.some((pattern) =>
      pattern.startsWith('*.') ? domain.endsWith(pattern.slice(1)) : pattern === domain,
    );
    if (matches) return narrowed ? null : name;
  }
  return policy.complete ? policy.fallback : null;
}
