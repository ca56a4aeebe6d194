import { systemOf, type ModuleSystem } from '../../eval/modules/system';
import { inspect } from '../../eval/thunk';
import { Failure, Unknown, type Origin } from '../../eval/value';
import type { Fact, Route } from '../model';
import { backendAt, type Reach } from '../reach';
import { asString, entriesOf, readOption, readSet, unknownFact } from '../read';
import { mayRun, type ProxyPlace } from './place';
import { exactHosts, routeOf } from './route';

/**
 * The routes of Cloudflare's tunnel client: one for each entry of a tunnel's `ingress`, and one for its `default` where
 * that is a server. Whom Cloudflare lets in is not written in the repository. Source: nixpkgs
 * nixos/modules/services/networking/cloudflared.nix; Cloudflare's documentation of ingress rules.
 */
export function cloudflaredRoutes(place: ProxyPlace, reach: Reach): Route[] {
  if (!mayRun(place, 'cloudflared')) return [];
  return entriesOf(readSet(place.system, ['services', 'cloudflared', 'tunnels'])).flatMap(([, { value }]) => {
    const tunnel = systemOf(inspect(value));
    return tunnel === null ? [] : routesOfTunnel(place, tunnel, reach);
  });
}

function routesOfTunnel(place: ProxyPlace, tunnel: ModuleSystem, reach: Reach): Route[] {
  const routes = entriesOf(readSet(tunnel, ['ingress'])).flatMap(([host, { at, value }]): Route[] => {
    const rule = inspect(value);
    if (rule instanceof Unknown || rule instanceof Failure)
      return [routeTo(place, reach, { host, path: '', at, service: unknownFact(rule, value.origin) })];
    if (rule.type === 'string') {
      const service: Fact<string> = {
        kind: 'known',
        value: rule.text,
        definition: value.origin,
        literal: rule.origin,
        file: value.origin?.anchor.source ?? null,
      };
      return isServer(service) ? [routeTo(place, reach, { host, path: '', at, service })] : [];
    }
    const set = systemOf(rule);
    const service = set === null ? null : readOption(set, ['service'], asString);
    if (set === null || service === null || !isServer(service)) return [];
    const path = readOption(set, ['path'], asString);
    const below = path.kind === 'known' ? `/${path.value.replace(/^\^?\//, '')}` : '';
    return [routeTo(place, reach, { host, path: below, at, service })];
  });
  const fallback = readOption(tunnel, ['default'], asString);
  if (!isServer(fallback)) return routes;
  const at = fallback.kind === 'unset' ? null : fallback.definition;
  return [...routes, routeTo(place, reach, { host: '*', path: '', at, service: fallback })];
}

/** Whether a service is one that cloudflared connects to, and not an answer of its own such as `http_status:404`. */
function isServer(service: Fact<string>): boolean {
  if (service.kind !== 'known') return service.kind === 'unknown';
  return /^(https?|tcp|ssh|rdp|smb|unix(\+tls)?):/.test(service.value);
}

interface Ingress {
  readonly host: string;
  readonly path: string;
  readonly at: Origin;
  readonly service: Fact<string>;
}

function routeTo(place: ProxyPlace, reach: Reach, { host, path, at, service }: Ingress): Route {
  const isTcp = service.kind === 'known' && /^(tcp|ssh|rdp|smb):/.test(service.value);
  return routeOf(place, `${host}${path}`, {
    router: `${host}${path}`,
    protocol: isTcp ? 'tcp' : 'http',
    proxy: 'cloudflared',
    at,
    hosts: exactHosts([host]),
    access: null,
    backends: [backendAt(service, reach)],
  });
}
