import { systemOf, type ModuleSystem } from '../../eval/modules/system';
import { inspect } from '../../eval/thunk';
import type { Origin } from '../../eval/value';
import type { Backend, Collection, Fact, Route } from '../model';
import { backendAt, parseTarget, type Reach } from '../reach';
import { asString, entriesOf, openReason, optionThunk, readKnownList, readOption, readSet } from '../read';
import { argumentOf, parseNginx, type NginxDirective } from './nginx-directives';
import { mayRun, type ProxyPlace } from './place';
import { exactHosts, placeOfName, routeOf, unknowable, written } from './route';

/**
 * The routes of an nginx: one for each location that passes its requests on, and one for each server of `streamConfig`.
 * Source: nixpkgs nixos/modules/services/web-servers/nginx/default.nix; nginx' documentation of `proxy_pass`.
 */

const NGINX = ['services', 'nginx'];
const SITES = [...NGINX, 'virtualHosts'];

/** A place that nginx runs in, with what its routes are made of. */
interface Nginx {
  readonly place: ProxyPlace;
  readonly upstreams: ReadonlyMap<string, Collection<Backend>>;
  readonly reach: Reach;
}

/** The routes of the nginx of a system; none where it has none. */
export function nginxRoutes(place: ProxyPlace, reach: Reach): Route[] {
  if (!mayRun(place, 'nginx')) return [];
  const nginx: Nginx = { place, reach, upstreams: upstreamsOf(place.system, reach) };
  const sites = systemsIn(place.system, SITES).flatMap(([name, site]) => routesOfSite(nginx, name, site));
  return [...sites, ...streamRoutes(nginx)];
}

/** The members of a set of submodules, by name. */
function systemsIn(system: ModuleSystem, path: readonly string[]): [string, ModuleSystem][] {
  return entriesOf(readSet(system, path)).flatMap(([name, { value }]): [string, ModuleSystem][] => {
    const member = systemOf(inspect(value));
    return member === null ? [] : [[name, member]];
  });
}

/** What one location does with its requests. */
interface Location {
  readonly path: string;
  readonly at: Origin;
  readonly url: Fact<string>;
  readonly access: string | null;
}

function routesOfSite(nginx: Nginx, name: string, site: ModuleSystem): Route[] {
  // A site that redirects all it is asked has no locations.
  if (readOption(site, ['globalRedirect'], asString).kind !== 'unset') return [];
  const serverName = readOption(site, ['serverName'], asString);
  const aliases = readKnownList(optionThunk(site, ['serverAliases']), asString).items;
  const hosts = exactHosts([serverName.kind === 'known' ? serverName.value : name, ...aliases]);
  const extra = readOption(site, ['extraConfig'], asString);
  const access = siteAccess(nginx, name, site, extra);
  const { system } = nginx.place;
  return [...declaredLocations(system, name, site, access), ...writtenLocations(extra, access)].map(
    ({ path, at, url, access: own }) => {
      const below = path === '/' ? '' : path.startsWith('/') ? path : ` ${path}`;
      return routeOf(nginx.place, `${hosts[0] ?? name}${below}`, {
        router: `${name}${below}`,
        proxy: 'nginx',
        at: at ?? (url.kind === 'unset' ? null : url.definition),
        hosts,
        access: own,
        ...serversOf(nginx, url),
      });
    },
  );
}

/** The locations of a site that are written as options. */
function declaredLocations(
  system: ModuleSystem,
  name: string,
  site: ModuleSystem,
  inherited: string | null,
): Location[] {
  return systemsIn(site, ['locations']).flatMap(([path, location]): Location[] => {
    const extra = readOption(location, ['extraConfig'], asString);
    const lines = extra.kind === 'known' ? parseNginx(extra.value) : [];
    const option = readOption(location, ['proxyPass'], asString);
    const line = argumentOf(lines, 'proxy_pass');
    const url =
      option.kind !== 'unset' || line === null
        ? option
        : written(line, extra.kind === 'known' ? extra.definition : null);
    if (url.kind === 'unset') return [];
    const access =
      extra.kind === 'unknown' ? null : (authenticationIn(lines) ?? passwordOf(location) ?? inherited);
    return [{ path, at: placeOfName(system, SITES, [name, 'locations', path]), url, access }];
  });
}

/** The locations of a site that are written in its `extraConfig`. */
function writtenLocations(extra: Fact<string>, inherited: string | null): Location[] {
  if (extra.kind !== 'known') return [];
  return parseNginx(extra.value).flatMap(({ name, args, block }): Location[] => {
    const url = name === 'location' && block !== null ? argumentOf(block, 'proxy_pass') : null;
    if (url === null || block === null) return [];
    const access = authenticationIn(block) ?? inherited;
    return [{ path: args.join(' '), at: extra.definition, url: written(url, extra.definition), access }];
  });
}

/** The directives that ask who a visitor is, with what is said of them. */
const AUTHENTICATION: Readonly<Record<string, string>> = {
  auth_request: 'nginx auth_request',
  auth_basic: 'basic auth',
  auth_jwt: 'nginx auth_jwt',
};

/** What some directives ask of a visitor: `none` where they turn it off, null where they say nothing. */
function authenticationIn(directives: readonly NginxDirective[]): string | null {
  let off = false;
  for (const { name, args } of directives) {
    const words = AUTHENTICATION[name];
    if (words === undefined) continue;
    if (args[0] !== 'off') return words;
    off = true;
  }
  return off ? 'none' : null;
}

function passwordOf(system: ModuleSystem): string | null {
  const file = readOption(system, ['basicAuthFile'], asString);
  const named = entriesOf(readSet(system, ['basicAuth'])).length > 0;
  return file.kind !== 'unset' || named ? 'basic auth' : null;
}

/** What a site asks of the visitors of all its locations; null where that is not known. */
function siteAccess(
  { place: { system } }: Nginx,
  name: string,
  site: ModuleSystem,
  extra: Fact<string>,
): string | null {
  const guarded = entriesOf(readSet(system, ['services', 'oauth2-proxy', 'nginx', 'virtualHosts']));
  if (guarded.some(([site, { maybe }]) => site === name && maybe === null)) return 'oauth2-proxy';
  if (extra.kind === 'unknown') return null;
  const lines = extra.kind === 'known' ? parseNginx(extra.value) : [];
  if (lines.some((line) => line.name === 'include')) return null;
  return authenticationIn(lines) ?? passwordOf(site) ?? 'none';
}

/** The servers that a `proxy_pass` leads to: those of the upstream it names, or the one it is. */
function serversOf(
  { upstreams, reach }: Nginx,
  url: Fact<string>,
): Pick<Route, 'backends' | 'backendsOpen' | 'service' | 'serviceAt'> {
  const none = { service: { kind: 'unset' }, serviceAt: null, backendsOpen: null } as const;
  if (url.kind === 'known' && url.value.includes('$')) {
    const reason = `nginx puts ${url.value} together at run time`;
    return { ...none, backends: [{ url: unknowable(reason, url.definition), ...reach.answerAt(null) }] };
  }
  const target = url.kind === 'known' ? parseTarget(url.value, 'http') : null;
  const upstream = target === null ? undefined : upstreams.get(target.host);
  if (target === null || upstream === undefined)
    return { ...none, backends: [backendAt(url, reach, 'http')] };
  return {
    service: { ...url, value: target.host } as Fact<string>,
    serviceAt: url.kind === 'known' ? url.definition : null,
    backends: upstream.items,
    backendsOpen: upstream.open,
  };
}

/** The groups of servers that `upstreams` names. A server without a port is asked on port 80. */
function upstreamsOf(system: ModuleSystem, reach: Reach): ReadonlyMap<string, Collection<Backend>> {
  const upstreams = new Map<string, Collection<Backend>>();
  for (const [name, upstream] of systemsIn(system, [...NGINX, 'upstreams'])) {
    const servers = readSet(upstream, ['servers']);
    const backends = entriesOf(servers).map(([server, { at }]) =>
      backendAt(written(server, at), reach, 'http'),
    );
    const extra = readOption(upstream, ['extraConfig'], asString);
    const lines = extra.kind === 'known' ? parseNginx(extra.value) : [];
    for (const line of lines) {
      if (line.name !== 'server' || line.args[0] === undefined) continue;
      const at = extra.kind === 'known' ? extra.definition : null;
      backends.push(backendAt(written(line.args[0], at), reach, 'http'));
    }
    const open = openReason(servers) ?? (extra.kind === 'unknown' ? extra.reason : null);
    upstreams.set(name, { items: backends, open });
  }
  return upstreams;
}

/** The servers of `streamConfig`, each named by where it listens. */
function streamRoutes({ place, reach }: Nginx): Route[] {
  const config = readOption(place.system, [...NGINX, 'streamConfig'], asString);
  if (config.kind !== 'known') return [];
  const at = config.definition;
  const directives = parseNginx(config.value);
  const groups = new Map(
    directives.flatMap(({ name, args: [group = ''], block }): [string, string[]][] =>
      name === 'upstream' && block !== null
        ? [[group, block.flatMap((line) => (line.name === 'server' ? line.args.slice(0, 1) : []))]]
        : [],
    ),
  );
  return directives.flatMap(({ name, block }): Route[] => {
    const url = name === 'server' && block !== null ? argumentOf(block, 'proxy_pass') : null;
    const listen = block?.find((line) => line.name === 'listen');
    if (url === null || listen === undefined) return [];
    const isUdp = listen.args.includes('udp');
    const servers = groups.get(url) ?? [url];
    return [
      routeOf(place, '', {
        router: `stream ${listen.args[0] ?? ''}${isUdp ? '/udp' : ''}`,
        protocol: isUdp ? 'udp' : 'tcp',
        proxy: 'nginx',
        at,
        rule: { kind: 'unset' },
        hosts: [],
        access: null,
        backends: servers.map((server) =>
          server.includes('$')
            ? { url: unknowable(`nginx puts ${server} together at run time`, at), ...reach.answerAt(null) }
            : backendAt(written(server, at), reach),
        ),
      }),
    ];
  });
}
