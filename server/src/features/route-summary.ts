import type { Backend, Fact, Host, ProxyKind, Route, SharedAddress } from '../homelab/model';
import type { Inline, Paragraph } from './markdown';

/** The proxies as they write themselves. */
const PROXIES: Readonly<Record<ProxyKind, string>> = {
  traefik: 'Traefik',
  nginx: 'nginx',
  caddy: 'Caddy',
  cloudflared: 'cloudflared',
};

/** A route of a container in one line: where a visitor goes, what answers, who may. */
export function routeLine(route: Route, container: string): Inline[] {
  const { hosts, router, access, proxy } = route;
  const others = sharersOf(route, container);
  const ports = portsOf(route);
  return [
    'Route: ',
    ...(hosts.length === 0
      ? ['router ', { code: router }]
      : hosts.flatMap((host, number): Inline[] => [number === 0 ? '' : ', ', { code: host }])),
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

/** A router: rule → service → container → port. */
export function routeSummary(host: Host, route: Route): Paragraph[] {
  const { router, protocol, proxy, rule, service, backends, entryPoints, middlewares, access } = route;
  const name = host.name === null ? [] : [' on ', { code: host.name }];
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
