import type { Backend, Fact, Host, ProxyKind, Route, SharedAddress } from '../homelab/model';
import { hasTlsAt, routerOf } from '../homelab/proxies/traefik-routers';
import { fieldOf, setOf } from '../homelab/read';
import { textAt } from '../homelab/traefik-keys';
import { parseRule } from '../homelab/traefik-rule';
import { describeRule } from '../homelab/traefik-rule-check';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';

/** The proxies as they write themselves. */
const PROXIES: Readonly<Record<ProxyKind, string>> = {
  traefik: 'Traefik',
  nginx: 'nginx',
  caddy: 'Caddy',
  cloudflared: 'cloudflared',
};

/**
 * A route of a container in one line: where a visitor goes, what answers, who may.
 * @param urls where a visitor goes
 */
export function routeLine(route: Route, container: string, urls: readonly string[]): Inline[] {
  const { router, access, proxy } = route;
  const others = sharersOf(route, container);
  const ports = portsOf(route);
  return [
    'Route: ',
    ...(urls.length === 0
      ? ['router ', { code: router }]
      : urls.flatMap((url, number): Inline[] => [number === 0 ? '' : ', ', { code: url }])),
    ...(ports.length === 0 ? [] : [` → port ${ports.join(', ')}`]),
    ` (${PROXIES[proxy]}`,
    ...(access === null ? [', access not known'] : [', access: ', { quoted: access }]),
    ').',
    ...(others.length === 0
      ? []
      : [' The address is also that of ', ...names(others), ', so which container answers is not known.']),
  ];
}

function names(containers: readonly string[]): Inline[] {
  return containers.flatMap((name, number): Inline[] => [number === 0 ? '' : ', ', { code: name }]);
}

/** The addresses of a route's servers that several containers have, each once. */
export function sharedAddresses({ backends }: Route): SharedAddress[] {
  const shared = new Map<string, SharedAddress>();
  for (const backend of backends)
    if (backend.shared !== null) shared.set(backend.shared.address, backend.shared);
  return [...shared.values()];
}

/** The containers with which one shares the address that a route ends at. */
export function sharersOf(route: Route, container: string): string[] {
  return sharedAddresses(route)
    .filter(({ containers }) => containers.includes(container))
    .flatMap(({ containers }) => containers.filter((name) => name !== container));
}

/** ` → container immich`, or which containers share the address. */
export function answeredBy({ container, shared }: Backend): Inline[] {
  if (shared !== null)
    return [` → ${shared.containers.length} containers share the address: `, ...names(shared.containers)];
  return container === null ? [] : [' → container ', { code: container }];
}

/** The ports that a route ends at, each once. */
export function portsOf({ backends }: Route): number[] {
  return [...new Set(backends.flatMap(({ port }) => (port === null ? [] : [port])))];
}

/** The addresses of the sites that a route serves, as a visitor writes them. */
export function siteUrls(index: HomelabIndex, host: Host, route: Route): string[] {
  if (route.protocol !== 'http') return [...route.hosts];
  const scheme = schemeOf(index, host, route);
  return route.hosts.map((name) => `${scheme}://${name}`);
}

/** `http` for a router that is reached by port 80 only, else what a browser would take: `https`. */
export function schemeOf(
  index: HomelabIndex,
  host: Host,
  { proxyContainer, entryPoints }: Route,
): 'http' | 'https' {
  const traefik = index.traefiks(host).find(({ container }) => container === proxyContainer);
  const defined = setOf(fieldOf(traefik?.static, 'entryPoints'));
  const addresses = entryPoints.items.map((name) => {
    const entryPoint = setOf(defined?.entries.get(name)?.value);
    return entryPoint === undefined ? null : textAt(entryPoint, ['address']);
  });
  return addresses.length > 0 && addresses.every((address) => address?.endsWith(':80') === true)
    ? 'http'
    : 'https';
}

/** Whether a router takes requests over TLS, by its own word or by that of its entry points; null where it takes none. */
function tlsOf(host: Host, route: Route): Inline[] | null {
  const router = route.protocol === 'udp' ? null : routerOf(host, route);
  if (router === null) return null;
  const { items, open } = router.entryPoints;
  const answers = items.map((name) => ({ name, tls: hasTlsAt(router, name) }));
  const own = setOf(fieldOf(router.fields, 'tls'));
  const resolver = own === undefined ? null : textAt(own, ['certResolver']);
  const from: Inline[] = resolver === null ? [] : [', certificates by ', { code: resolver }];
  if (answers.length === 0 && open !== null)
    return hasTlsAt(router, '') === true ? ['TLS: yes', ...from, '.'] : ['TLS: not known.'];
  const list = (wanted: boolean | 'unknown'): Inline[] =>
    answers
      .filter(({ tls }) => tls === wanted)
      .flatMap(({ name }, number): Inline[] => [number === 0 ? '' : ', ', { code: name }]);
  const [yes, no, unknown] = [list(true), list(false), list('unknown')];
  if (no.length === 0 && unknown.length === 0) return ['TLS: yes', ...from, '.'];
  if (yes.length === 0 && unknown.length === 0) return ['TLS: no.'];
  if (yes.length === 0 && no.length === 0) return ['TLS: not known.'];
  return [
    'TLS: ',
    ...(yes.length === 0 ? [] : ['at ', ...yes, ...from]),
    ...(no.length === 0 ? [] : [yes.length === 0 ? 'not at ' : '; not at ', ...no]),
    ...(unknown.length === 0 ? [] : ['; not known at ', ...unknown]),
    '.',
  ];
}

/** What a rule takes, in words; nothing where it is not known, or no rule. */
export function ruleInWords(text: string, protocol: Route['protocol']): Inline[] {
  const { tree, undecided } = parseRule(text);
  if (tree === null || undecided) return [];
  return [`Takes ${protocol === 'http' ? 'requests' : 'connections'} where `, ...describeRule(tree)];
}

/** A router: rule → service → container → port. */
export function routeSummary(host: Host, route: Route): Paragraph[] {
  const { router, protocol, proxy, rule, service, backends, entryPoints, middlewares, access } = route;
  const name = host.name === null ? [] : [' on ', { code: host.name }];
  const words = proxy === 'traefik' && rule.kind === 'known' ? ruleInWords(rule.value, protocol) : [];
  const tls = tlsOf(host, route);
  const list = (items: readonly string[], open: string | null): Inline[] => [
    ...items.flatMap((item, number): Inline[] => [number === 0 ? '' : ', ', { code: item }]),
    ...(open === null ? [] : [items.length === 0 ? 'not known' : ' and others that are not known']),
    '.',
  ];
  return [
    {
      pieces: [
        proxy === 'traefik' ? `Router (${protocol}) ` : `Route of ${PROXIES[proxy]} (${protocol}) `,
        { code: router },
        ...name,
        '.',
      ],
    },
    { bullet: true, pieces: ['Rule: ', ...shown(rule), '.'] },
    ...(words.length === 0 ? [] : [{ bullet: true, pieces: [...words, '.'] }]),
    ...(proxy !== 'traefik' && service.kind === 'unset'
      ? []
      : [{ bullet: true, pieces: ['Service: ', ...shown(service), '.'] }]),
    ...backends.map((backend) => ({
      bullet: true,
      pieces: [
        'Server: ',
        ...shown(backend.url),
        ...answeredBy(backend),
        ...(backend.port === null ? [] : [` → port ${backend.port}`]),
        '.',
      ],
    })),
    ...(entryPoints.items.length === 0 && entryPoints.open === null
      ? []
      : [{ bullet: true, pieces: ['Entry points: ', ...list(entryPoints.items, entryPoints.open)] }]),
    ...(protocol === 'udp' || proxy !== 'traefik'
      ? []
      : [
          {
            bullet: true,
            pieces:
              middlewares.items.length === 0 && middlewares.open === null
                ? ['Middlewares: none.']
                : ['Middlewares, in order: ', ...list(middlewares.items, middlewares.open)],
          },
        ]),
    ...(tls === null ? [] : [{ bullet: true, pieces: tls }]),
    ...(protocol === 'http'
      ? [
          {
            bullet: true,
            pieces: ['Access: ', ...(access === null ? ['not known'] : [{ quoted: access }]), '.'],
          },
        ]
      : []),
  ];
}

function shown(fact: Fact<string>): Inline[] {
  switch (fact.kind) {
    case 'known':
      return [{ code: fact.value }];
    case 'unset':
      return ['not set'];
    case 'unknown':
      return ['not known, ', { quoted: fact.reason }];
  }
}
