import type { Fact, Host, Route } from '../homelab/model';
import type { Inline, Paragraph } from './markdown';

/** A route in one line: where a visitor goes, what answers, who may. */
export function routeLine(route: Route): Inline[] {
  const { hosts, router, access, proxy } = route;
  const ports = portsOf(route);
  return [
    'Route: ',
    ...(hosts.length === 0
      ? ['router ', { code: router }]
      : hosts.flatMap((host, number): Inline[] => [number === 0 ? '' : ', ', { code: host }])),
    ...(ports.length === 0 ? [] : [` → port ${ports.join(', ')}`]),
    ` (${proxy === 'traefik' ? 'Traefik' : proxy}`,
    ...(access === null ? [', access not known'] : [', access: ', { quoted: access }]),
    ').',
  ];
}

/** The ports that a route ends at, each once. */
export function portsOf({ backends }: Route): number[] {
  return [...new Set(backends.flatMap(({ port }) => (port === null ? [] : [port])))];
}

/** A router: rule → service → container → port. */
export function routeSummary(host: Host, route: Route): Paragraph[] {
  const { router, protocol, rule, service, backends, entryPoints, middlewares, access } = route;
  const name = host.name === null ? [] : [' on ', { code: host.name }];
  const list = (items: readonly string[], open: string | null): Inline[] => [
    ...items.flatMap((item, number): Inline[] => [number === 0 ? '' : ', ', { code: item }]),
    ...(open === null ? [] : [items.length === 0 ? 'not known' : ' and others that are not known']),
    '.',
  ];
  return [
    { pieces: [`Router (${protocol}) `, { code: router }, ...name, '.'] },
    { bullet: true, pieces: ['Rule: ', ...shown(rule), '.'] },
    { bullet: true, pieces: ['Service: ', ...shown(service), '.'] },
    ...backends.map(({ url, container, port }) => ({
      bullet: true,
      pieces: [
        'Server: ',
        ...shown(url),
        ...(container === null ? [] : [' → container ', { code: container }]),
        ...(port === null ? [] : [` → port ${port}`]),
        '.',
      ],
    })),
    ...(entryPoints.items.length === 0 && entryPoints.open === null
      ? []
      : [{ bullet: true, pieces: ['Entry points: ', ...list(entryPoints.items, entryPoints.open)] }]),
    ...(protocol === 'udp'
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
