import { Failure, Unknown, type AttrsValue } from '../eval/value';
import { addressesOf, bareAddress } from './addresses';
import type { Collection, Container } from './model';
import { asString, fieldOf, readKnownList, readList, readSet, readThunk, setOf } from './read';

/** The access rules of an Authelia, and the addresses at which it answers. */
export interface AutheliaPolicy {
  readonly addresses: readonly string[];
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
  return containers.flatMap((container): AutheliaPolicy[] => {
    if (container.guest === null || container.status === 'disabled') return [];
    const instances = readSet(container.guest.system, ['services', 'authelia', 'instances']);
    if (instances === null || instances instanceof Unknown || instances instanceof Failure) return [];
    const addresses = addressesOf(container).flatMap(({ side, address }) =>
      side === 'local' ? [address] : [],
    );
    return [...instances.entries.values()].map(({ value }) =>
      policyOf(setOf(fieldOf(setOf(fieldOf(setOf(value), 'settings')), 'access_control')), addresses),
    );
  });
}

function policyOf(control: AttrsValue | undefined, addresses: readonly string[]): AutheliaPolicy {
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
  return { addresses, fallback: fallback.kind === 'known' ? fallback.value : 'deny', rules, complete };
}

/**
 * What a visitor of a router's hosts meets, in words: `authelia one_factor`, `none`; null where it is not known.
 * Authelia takes the first rule whose domain matches. Source: Authelia's documentation of `access_control`.
 */
export function accessOf(
  hosts: readonly string[],
  middlewares: Collection<string>,
  defined: AttrsValue | undefined,
  policies: readonly AutheliaPolicy[],
): string | null {
  for (const name of middlewares.items) {
    const forward = setOf(fieldOf(setOf(defined?.entries.get(name)?.value), 'forwardAuth'));
    if (forward === undefined) continue;
    const address = readThunk(fieldOf(forward, 'address'), asString);
    const host =
      address.kind === 'known'
        ? bareAddress(
            /^[a-z]+:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(address.value)?.[1]?.replace(/^\[|\]$/g, '') ?? '',
          )
        : null;
    const policy = policies.find(({ addresses }) => host !== null && addresses.includes(host));
    if (policy === undefined) return `forward auth ${name}`;
    const answers = new Set(hosts.map((domain) => policyFor(domain, policy)));
    const [only] = answers;
    return answers.size === 1 && only != null ? `authelia ${only}` : null;
  }
  return middlewares.open === null ? 'none' : null;
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
