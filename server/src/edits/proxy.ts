import type { AttrsValue } from '../eval/value';
import { fieldOf, asString, asBool, readList, readOption, readThunk, setOf, valueOr } from '../homelab/read';
import { bareAddress, addressesOf } from '../homelab/addresses';
import { traefiksOf } from '../homelab/proxies/traefik-settings';
import { parseTarget } from '../homelab/reach';
import type { Host } from '../homelab/model';
import { mostCommon } from './majority';

/** The Traefik that a new route is written for. */
export interface Proxy {
  /** The container it runs in; null on the host. */
  readonly container: string | null;
  /** Whether it has a network of its own, so that the host's loopback is not its own. */
  readonly isolated: boolean;
  /** `http` of its dynamic configuration; undefined where it has none yet. */
  readonly http: AttrsValue | undefined;
  /** The names of its HTTP routers and services. */
  readonly taken: ReadonlySet<string>;
  /** The ports of its entry points. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
}

/** The Traefik with most routes; where none has any, one that is enabled; null, with why, where a route cannot be written. */
export function proxyOf(host: Host): Proxy | { readonly none: string } {
  const traefiks = traefiksOf(host.system, host.containers);
  const used = mostCommon(
    host.routes.flatMap(({ proxy, proxyContainer }) => (proxy === 'traefik' ? [proxyContainer] : [])),
  );
  const traefik =
    (used === undefined ? undefined : traefiks.find(({ container }) => container === used)) ?? traefiks[0];
  const container = traefik === undefined ? enabledTraefik(host) : traefik.container;
  if (container === undefined) return { none: 'No Traefik was found on this host, so no route was written.' };
  const found = host.containers.find(({ name }) => name === container);
  const system = container === null ? host.system : found?.guest?.system;
  if (
    system !== undefined &&
    readOption(system, ['services', 'traefik', 'dynamicConfigFile'], asString).kind !== 'unset'
  ) {
    return {
      none: `Traefik${container === null ? '' : ` in ${container}`} reads its routes from services.traefik.dynamicConfigFile, so no route was written: add it there.`,
    };
  }
  const http = setOf(fieldOf(traefik?.dynamic, 'http'));
  const names = [setOf(fieldOf(http, 'routers')), setOf(fieldOf(http, 'services'))];
  return {
    container,
    isolated: found !== undefined && valueOr(found.privateNetwork, false),
    http,
    taken: new Set(names.flatMap((set) => [...(set?.entries.keys() ?? [])])),
    ports: entryPointPorts(traefik?.static),
  };
}

/** Where a Traefik without routes runs: a container's name, null for the host, undefined for none. */
function enabledTraefik(host: Host): string | null | undefined {
  const guest = host.containers.find(
    (container) =>
      container.status === 'active' && container.guest?.services.items.includes('traefik') === true,
  );
  if (guest !== undefined) return guest.name;
  return valueOr(readOption(host.system, ['services', 'traefik', 'enable'], asBool), false)
    ? null
    : undefined;
}

function entryPointPorts(configuration: AttrsValue | undefined): { name: string; port: number }[] {
  const entryPoints = setOf(fieldOf(configuration, 'entryPoints'));
  return [...(entryPoints?.entries ?? [])].flatMap(([name, { value }]) => {
    const address = readThunk(fieldOf(setOf(value), 'address'), asString);
    const port = address.kind === 'known' ? /:(\d+)(?:\/tcp)?$/.exec(address.value)?.[1] : undefined;
    return port === undefined ? [] : [{ name, port: Number(port) }];
  });
}

/** The middleware that asks Authelia, the most used one first; null where there is none. */
export function autheliaMiddleware(host: Host, { http }: Proxy): string | null {
  const middlewares = setOf(fieldOf(http, 'middlewares'));
  const addresses = new Set(
    host.containers
      .filter(({ guest }) => guest?.services.items.includes('authelia') === true)
      .flatMap((container) => addressesOf(container).map(({ address }) => address)),
  );
  const asking = [...(middlewares?.entries ?? [])].flatMap(([name, { value }]) => {
    const forward = setOf(fieldOf(setOf(value), 'forwardAuth'));
    const address = valueOr(readThunk(fieldOf(forward, 'address'), asString), null);
    if (forward === undefined) return [];
    const target = address === null ? null : parseTarget(address);
    const isAuthelia =
      (target !== null && addresses.has(bareAddress(target.host) ?? '')) ||
      /\/api\/(?:authz|verify)\b/.test(address ?? '') ||
      /authelia/i.test(name);
    return isAuthelia ? [name] : [];
  });
  const chains = [...(middlewares?.entries ?? [])].flatMap(([name, { value }]) => {
    const chain = setOf(fieldOf(setOf(value), 'chain'));
    const members = readList(fieldOf(chain, 'middlewares'), asString).items.map((item) => valueOr(item, ''));
    return members.some((member) => asking.includes(member)) ? [name] : [];
  });
  const known = [...asking, ...chains];
  const uses = (name: string): number =>
    host.routes.filter(({ middlewares: own }) => own.items.includes(name)).length;
  return known.sort((a, b) => uses(b) - uses(a))[0] ?? null;
}
