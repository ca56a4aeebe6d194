import { systemOf, type ModuleSystem } from '../../eval/modules/system';
import { inspect } from '../../eval/thunk';
import { Failure, Unknown, type AttrsValue } from '../../eval/value';
import type { Fact } from '../model';
import {
  asNumber,
  asString,
  entriesOf,
  fieldOf,
  openReason,
  optionThunk,
  readKnownList,
  readList,
  readOption,
  readSet,
  readThunk,
  setOf,
  valueOr,
} from '../read';
import { parseCaddyfile } from './caddyfile';
import { parseNginx, type NginxDirective } from './nginx-directives';

/** Why the repository may say more of a set; what other modules of NixOS add to it does not count. */
function doubtIn(set: ReturnType<typeof readSet>): boolean {
  if (set === null) return false;
  if (set instanceof Unknown || set instanceof Failure) return true;
  return set.open !== null && set.open.cause !== 'external';
}

/** The TCP ports that proxies listen on, or may listen on; null where it may be any. */

const NGINX = ['services', 'nginx'];

/** Source: nixpkgs nixos/modules/services/web-servers/nginx/default.nix. */
export function nginxPorts(system: ModuleSystem): readonly number[] | null {
  const plain = numberAt(system, [...NGINX, 'defaultHTTPListenPort'], 80);
  const secure = numberAt(system, [...NGINX, 'defaultSSLListenPort'], 443);
  const sites = readSet(system, [...NGINX, 'virtualHosts']);
  const common = readList(optionThunk(system, [...NGINX, 'defaultListen']), () => true);
  if (plain === null || secure === null || doubtIn(sites) || common.open !== null) return null;
  // Sites that other services of NixOS add are on these too.
  const ports = new Set<number>([plain, secure]);
  for (const text of ['config', 'appendConfig', 'httpConfig', 'appendHttpConfig', 'streamConfig']) {
    const own = portsInText(readOption(system, [...NGINX, text], asString));
    if (own === null || (text === 'config' && own.length > 0)) return null;
    for (const port of own) ports.add(port);
  }
  for (const [, { value }] of entriesOf(sites)) {
    const site = systemOf(inspect(value));
    const own = site === null ? null : portsOfSite(site, plain, secure);
    if (own === null || common.items.length > 0) return null;
    for (const port of own) ports.add(port);
  }
  return [...ports];
}

/** A site without `listen` is on the port for HTTP and, where it has a certificate, on the one for HTTPS. */
function portsOfSite(site: ModuleSystem, plain: number, secure: number): readonly number[] | null {
  const written = portsInText(readOption(site, ['extraConfig'], asString));
  const sockets = readList(optionThunk(site, ['listen']), (value) =>
    value.type === 'attrs' ? value : undefined,
  );
  if (written === null || sockets.open !== null) return null;
  if (sockets.items.length === 0) return [plain, secure, ...written];
  const ports: number[] = [...written];
  for (const socket of sockets.items) {
    const port =
      socket.kind === 'known' ? readThunk(socket.value.entries.get('port')?.value, asNumber) : null;
    const address =
      socket.kind === 'known' ? readThunk(socket.value.entries.get('addr')?.value, asString) : null;
    if (port === null || address === null || port.kind === 'unknown') return null;
    if (port.kind === 'known') ports.push(port.value);
    else if (!valueOr(address, '').startsWith('unix:')) ports.push(plain, secure);
  }
  return ports;
}

/** The ports behind `listen` in lines of nginx' own language. */
function portsInText(text: Fact<string>): readonly number[] | null {
  if (text.kind === 'unset') return [];
  if (text.kind === 'unknown') return null;
  const ports: number[] = [];
  const visit = (lines: readonly NginxDirective[]): boolean =>
    lines.every(({ name, args, block }) => {
      if (name === 'include') return false;
      const port = name === 'listen' ? /(?:^|:)(\d+)$/.exec(args[0] ?? '')?.[1] : undefined;
      if (port !== undefined) ports.push(Number(port));
      if (name === 'listen' && port === undefined) ports.push(80);
      return block === null || visit(block);
    });
  return visit(parseNginx(text.value)) ? ports : null;
}

function numberAt(system: ModuleSystem, path: readonly string[], fallback: number): number | null {
  const fact = readOption(system, path, asNumber);
  return fact.kind === 'unknown' ? null : valueOr(fact, fallback);
}

const CADDY = ['services', 'caddy'];

/** Source: nixpkgs nixos/modules/services/web-servers/caddy/; Caddy's documentation of addresses and of its admin API. */
export function caddyPorts(system: ModuleSystem): readonly number[] | null {
  const replaced = ['configFile', 'settings', 'adapter'].some((option) => {
    const fact = readOption(system, [...CADDY, option], (value) =>
      value.type === 'null' ? undefined : true,
    );
    return fact.kind !== 'unset' && fact.kind === 'known' && fact.definition !== null;
  });
  const global = readOption(system, [...CADDY, 'globalConfig'], asString);
  const extra = readOption(system, [...CADDY, 'extraConfig'], asString);
  const sites = readSet(system, [...CADDY, 'virtualHosts']);
  if (replaced || valueOr(global, '').trim() !== '' || global.kind === 'unknown') return null;
  if (extra.kind === 'unknown' || doubtIn(sites)) return null;
  const addresses = parseCaddyfile(valueOr(extra, '')).flatMap(({ words, block }) =>
    block === null ? [] : words,
  );
  for (const [name, { value }] of entriesOf(sites)) {
    const site = systemOf(inspect(value));
    if (site === null) return null;
    const hostName = readOption(site, ['hostName'], asString);
    const aliases = readKnownList(optionThunk(site, ['serverAliases']), asString);
    if (hostName.kind === 'unknown' || aliases.open !== null) return null;
    addresses.push(valueOr(hostName, name), ...aliases.items);
  }
  const ports = addresses.flatMap((address) => {
    const port = /:(\d+)(?:\/|,|$)/.exec(address)?.[1];
    return port === undefined ? [] : [Number(port)];
  });
  return [80, 443, 2019, ...ports];
}

const TRAEFIK = ['services', 'traefik'];

/** Source: Traefik's documentation of entry points; it makes one on 8080 for itself. */
export function traefikPorts(system: ModuleSystem): readonly number[] | null {
  const files = ['staticConfigFile', 'static', 'install'].some((option) => {
    const fact = readOption(system, [...TRAEFIK, option], (value) =>
      value.type === 'null' ? undefined : true,
    );
    return fact.kind === 'unknown' || (fact.kind === 'known' && fact.definition !== null);
  });
  const settings = readSet(system, [...TRAEFIK, 'staticConfigOptions']);
  if (files || settings === null || openReason(settings) !== null) return null;
  const entryPoints = setOf(fieldOf(settings as AttrsValue, 'entryPoints'));
  if (entryPoints === undefined) return [80, 8080];
  if (entryPoints.open !== null) return null;
  const ports: number[] = [8080];
  for (const [, { value }] of entriesOf(entryPoints)) {
    const address = readThunk(fieldOf(setOf(value), 'address'), asString);
    const port = address.kind === 'known' ? /:(\d+)(?:\/(?:tcp|udp))?$/.exec(address.value)?.[1] : undefined;
    if (port === undefined) return null;
    ports.push(Number(port));
  }
  return ports;
}
