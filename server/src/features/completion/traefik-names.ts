import type { Host } from '../../homelab/model';
import { fieldOf, setOf } from '../../homelab/read';
import { entryPointsOf, namesIn, type Traefik } from '../../homelab/proxies/traefik-settings';
import { traefikNode } from '../../schema/traefik/tree';
import { traefikPlace, type OptionPath, type TraefikPlace } from '../cursor/place';
import type { HomelabIndex } from '../homelab-index';

/** Names that a place of Traefik's configuration may refer to. */
export interface TraefikNames {
  /** What they name, in a word. */
  readonly what: string;
  readonly names: readonly string[];
  /** Whether the place is a list of them rather than one. */
  readonly list: boolean;
}

const PROTOCOLS = ['http', 'tcp', 'udp'] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** The names that may be written at a path; null where Traefik expects none there. */
export function traefikNames(
  index: HomelabIndex,
  hosts: readonly Host[],
  path: OptionPath,
): TraefikNames | null {
  const place = traefikPlace(path);
  if (place === null) return null;
  // Traefik compares the names of fields without regard to case.
  const below = place.below.map((name) => name?.toLowerCase() ?? '');
  const inList = below.at(-1) === '*';
  const field = inList ? below.slice(0, -1) : below;
  const kind = referenceAt(place, field);
  if (kind === null || (inList && !kind.list)) return null;
  const traefiks = hosts
    .flatMap((host) => index.traefiks(host))
    .filter(({ container }) => container === place.container);
  const names = [...new Set(traefiks.flatMap((traefik) => kind.of(traefik)))].sort();
  return { what: kind.what, names, list: kind.list };
}

interface Reference {
  readonly what: string;
  readonly list: boolean;
  of(traefik: Traefik): readonly string[];
}

const ENTRY_POINTS: Reference = {
  what: 'entry point',
  list: true,
  of: (traefik) => entryPointsOf(traefik).items,
};

const RESOLVER: Reference = {
  what: 'certificate resolver',
  list: false,
  of: (traefik) => keysOf(traefik.static, 'certificatesResolvers'),
};

const TLS_OPTIONS: Reference = {
  what: 'TLS options',
  list: false,
  of: (traefik) => keysOf(setOf(fieldOf(traefik.dynamic, 'tls')), 'options'),
};

function keysOf(set: Parameters<typeof fieldOf>[0], field: string): string[] {
  return [...(setOf(fieldOf(set, field))?.entries.keys() ?? [])];
}

function named(what: string, list: boolean, protocol: Protocol, section: string, suffix = ''): Reference {
  return {
    what,
    list,
    of: (traefik) => namesIn(traefik, protocol, section).items.map((name) => name + suffix),
  };
}

/** What the tables say that a key names. */
function referenceAt({ part, below }: TraefikPlace, field: readonly string[]): Reference | null {
  const known = traefikNode(part, field)?.field ?? null;
  const protocol = PROTOCOLS.find((name) => name === below[0]?.toLowerCase()) ?? 'http';
  const list = known?.type.startsWith('list of') === true;
  switch (known?.references) {
    case 'entry point':
      return { ...ENTRY_POINTS, list };
    case 'certificate resolver':
      return RESOLVER;
    case 'TLS options':
      return TLS_OPTIONS;
    case 'middleware':
      return named('middleware', list, protocol, 'middlewares', part === 'static' ? '@file' : '');
    case 'service':
      return named('service', list, protocol, 'services');
    case 'router':
      return named('router', list, protocol, 'routers');
    case 'servers transport':
      return named('servers transport', list, protocol, 'serversTransports');
    case undefined:
      return null;
  }
}
