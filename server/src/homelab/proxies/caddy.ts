import { systemOf } from '../../eval/modules/system';
import { inspect } from '../../eval/thunk';
import type { Origin } from '../../eval/value';
import { forwardedAccess, type Gatekeepers } from '../access';
import type { Backend, Fact, Route } from '../model';
import { backendAt } from '../reach';
import { asString, entriesOf, optionThunk, readKnownList, readOption, readSet } from '../read';
import { parseCaddyfile, snippetsOf, withSnippets, type CaddyLine } from './caddyfile';
import { isWritten, mayRun, type ProxyPlace } from './place';
import { exactHosts, placeOfName, routeOf, unknowable, written } from './route';

/**
 * The routes of a Caddy: one for each `reverse_proxy` of a site. Source: nixpkgs
 * nixos/modules/services/web-servers/caddy/; Caddy's documentation of `reverse_proxy`.
 */

const CADDY = ['services', 'caddy'];
const SITES = [...CADDY, 'virtualHosts'];
/** What takes the place of all sites where it is set. */
const OVERRIDING = ['configFile', 'settings', 'adapter'];

/** The routes of the Caddy of a system; none where it has none, or where another configuration is in effect. */
export function caddyRoutes(place: ProxyPlace, gatekeepers: Gatekeepers): Route[] {
  if (!mayRun(place, 'caddy')) return [];
  const { system } = place;
  if (OVERRIDING.some((name) => isWritten(place, [...CADDY, name]))) return [];
  const extra = readOption(system, [...CADDY, 'extraConfig'], asString);
  const lines = extra.kind === 'known' ? parseCaddyfile(extra.value) : [];
  const snippets = snippetsOf(lines);
  const sites: Site[] = [
    ...declaredSites(place),
    ...lines.flatMap(({ words, block }): Site[] => {
      const isSite = block !== null && words.length > 0 && !/^[(&]/.test(words[0] ?? '');
      return isSite ? [{ addresses: words, at: definitionOf(extra), config: block, from: extra }] : [];
    }),
  ];
  return sites.flatMap((site) =>
    routesOfSite(place, { ...site, config: withSnippets(site.config, snippets) }, gatekeepers),
  );
}

/** A site: the addresses it answers to, and what it does. */
interface Site {
  readonly addresses: readonly string[];
  readonly at: Origin;
  readonly config: readonly CaddyLine[];
  /** The option its lines are written in. */
  readonly from: Fact<string>;
}

function declaredSites(place: ProxyPlace): Site[] {
  return entriesOf(readSet(place.system, SITES)).flatMap(([name, { value, at }]): Site[] => {
    const site = systemOf(inspect(value));
    if (site === null) return [];
    const from = readOption(site, ['extraConfig'], asString);
    if (from.kind !== 'known') return [];
    const hostName = readOption(site, ['hostName'], asString);
    const aliases = readKnownList(optionThunk(site, ['serverAliases']), asString).items;
    return [
      {
        addresses: [hostName.kind === 'known' ? hostName.value : name, ...aliases],
        at: placeOfName(place.system, SITES, [name, 'extraConfig']) ?? at,
        config: parseCaddyfile(from.value),
        from,
      },
    ];
  });
}

function definitionOf(fact: Fact<unknown>): Origin {
  return fact.kind === 'unset' ? null : fact.definition;
}

/** Where in a site a line stands: what requests come there. */
interface Scope {
  /** The hosts that a matcher narrows the site to; null for all of the site's. */
  readonly hosts: readonly string[] | null;
  readonly path: string;
  readonly access: string | null;
  /** The named matchers, e.g. `@api path /api/*`. */
  readonly matchers: ReadonlyMap<string, readonly CaddyLine[]>;
}

/** Directives whose braces hold further directives. `handle_path` also takes the path away. */
const NESTING: ReadonlySet<string> = new Set(['handle', 'handle_path', 'route']);

function routesOfSite(place: ProxyPlace, site: Site, gatekeepers: Gatekeepers): Route[] {
  const names = site.addresses.flatMap((address) => address.split(/[\s,]+/)).filter((name) => name !== '');
  const hosts = exactHosts(names.map((name) => name.replace(/^https?:\/\//, '').replace(/:\d+$/, '')));
  const title = names[0]?.replace(/^https?:\/\//, '') ?? '';
  const walk = (lines: readonly CaddyLine[], outer: Scope): Route[] => {
    const matchers = new Map([...outer.matchers, ...matchersIn(lines)]);
    const access = accessIn(lines, outer.hosts ?? hosts, gatekeepers) ?? outer.access;
    const scope = { ...outer, matchers, access: access === UNKNOWN ? null : access };
    return lines.flatMap(({ words, block }): Route[] => {
      const [directive = '', ...args] = words;
      const isProxy = directive === 'reverse_proxy';
      if (!isProxy && !(NESTING.has(directive) && block !== null)) return [];
      const isMatched = /^[/@*]/.test(args[0] ?? '');
      const inner = isMatched ? narrowed(scope, args[0] ?? '') : scope;
      if (!isProxy) return walk(block ?? [], inner);
      return [
        routeOf(place, `${inner.hosts?.[0] ?? title}${inner.path}`, {
          router: `${title}${inner.path}`,
          proxy: 'caddy',
          at: site.at,
          hosts: inner.hosts ?? hosts,
          access: inner.access,
          ...backendsOf(isMatched ? args.slice(1) : args, block ?? [], site.from, gatekeepers),
        }),
      ];
    });
  };
  return walk(site.config, { hosts: null, path: '', access: 'none', matchers: new Map() });
}

/** The named matchers that some lines define, in one line or in braces. */
function matchersIn(lines: readonly CaddyLine[]): Map<string, readonly CaddyLine[]> {
  return new Map(
    lines.flatMap(({ words: [name = '', ...rest], block }): [string, readonly CaddyLine[]][] =>
      name.startsWith('@') ? [[name, block ?? [{ words: rest, block: null }]]] : [],
    ),
  );
}

/** A scope behind a matcher: a path, or a name that stands for hosts, paths and more. */
function narrowed(scope: Scope, matcher: string): Scope {
  if (matcher === '*' || matcher === '/*') return scope;
  if (matcher.startsWith('/')) return { ...scope, path: matcher };
  const conditions = scope.matchers.get(matcher) ?? [];
  const of = (kind: string): readonly string[] | undefined =>
    conditions.find(({ words }) => words[0] === kind)?.words.slice(1);
  const hosts = of('host');
  const path = of('path')?.[0];
  const isOther = hosts === undefined && path === undefined;
  return {
    ...scope,
    hosts: hosts === undefined ? scope.hosts : exactHosts(hosts),
    path: path ?? (isOther ? ` ${matcher}` : scope.path),
  };
}

/** Stands for an access that cannot be known. */
const UNKNOWN = Symbol('unknown');

/** What the directives of a block ask of a visitor; null where they say nothing. */
function accessIn(
  lines: readonly CaddyLine[],
  hosts: readonly string[],
  gatekeepers: Gatekeepers,
): string | typeof UNKNOWN | null {
  let access: string | typeof UNKNOWN | null = null;
  for (const {
    words: [directive = '', first = ''],
  } of lines) {
    const isMatched = /^[/@*]/.test(first) && first !== '*';
    if (directive === 'forward_auth')
      access = isMatched ? UNKNOWN : (forwardedAccess(hosts, first, first, gatekeepers) ?? UNKNOWN);
    else if (directive === 'basic_auth' || directive === 'basicauth')
      access ??= isMatched ? UNKNOWN : 'basic auth';
    else if (directive === 'import' || directive === 'authorize' || directive === 'authenticate')
      access ??= UNKNOWN;
  }
  return access;
}

/** The upstreams of a `reverse_proxy`: on its line, and behind `to` in its braces. */
function backendsOf(
  args: readonly string[],
  block: readonly CaddyLine[],
  from: Fact<string>,
  { reach }: Gatekeepers,
): Pick<Route, 'backends' | 'backendsOpen'> {
  const at = definitionOf(from);
  const more = block.flatMap(({ words }) => (words[0] === 'to' ? words.slice(1) : []));
  const isSecure = block.some(
    ({ words, block: inner }) =>
      words[0] === 'transport' && inner?.some((line) => line.words[0] === 'tls') === true,
  );
  const isDynamic = block.some(({ words }) => words[0] === 'dynamic' || words[0] === 'import');
  return {
    backends: [...args, ...more].map((upstream): Backend => {
      if (/[{}]/.test(upstream))
        return {
          url: unknowable(`Caddy puts ${upstream} together at run time`, at),
          ...reach.answerAt(null),
        };
      const url = written(upstream, at);
      if (upstream.startsWith('unix')) return { url, ...reach.answerAt(null) };
      const answer = backendAt(
        written(upstream.startsWith(':') ? `localhost${upstream}` : upstream, at),
        reach,
        isSecure ? 'https' : 'http',
      );
      return { ...answer, url };
    }),
    backendsOpen: isDynamic ? 'Caddy finds the upstreams at run time' : null,
  };
}
