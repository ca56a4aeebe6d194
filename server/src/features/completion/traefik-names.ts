import type { Host } from '../../homelab/model';
import { fieldOf, setOf } from '../../homelab/read';
import { entryPointsOf, namesIn, type Traefik } from '../../homelab/routes';
import { traefikPlace, type OptionPath } from '../cursor/place';
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
  const kind = place.part === 'dynamic' ? dynamicReference(field) : staticReference(field);
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

function dynamicReference([first, section, , ...field]: readonly string[]): Reference | null {
  const protocol = PROTOCOLS.find((known) => known === first);
  if (protocol === undefined) return null;
  const key = field.join('.');
  if (section === 'routers') {
    switch (key) {
      case 'service':
        return named('service', false, protocol, 'services');
      case 'middlewares':
        return named('middleware', true, protocol, 'middlewares');
      case 'entrypoints':
        return ENTRY_POINTS;
      case 'tls.certresolver':
        return RESOLVER;
      case 'tls.options':
        return TLS_OPTIONS;
      default:
        return null;
    }
  }
  if (section === 'middlewares' && key === 'chain.middlewares')
    return named('middleware', true, protocol, 'middlewares');
  if (
    section === 'services' &&
    /^(?:weighted\.services\.\*\.name|mirroring\.service|failover\.(?:service|fallback))$/.test(key)
  )
    return named('service', false, protocol, 'services');
  if (section === 'middlewares' && key === 'errors.service')
    return named('service', false, protocol, 'services');
  return null;
}

function staticReference([section, , ...field]: readonly string[]): Reference | null {
  if (section !== 'entrypoints') return null;
  switch (field.join('.')) {
    case 'http.middlewares':
      return named('middleware', true, 'http', 'middlewares', '@file');
    case 'http.redirections.entrypoint.to':
      return { ...ENTRY_POINTS, list: false };
    case 'http.tls.certresolver':
      return RESOLVER;
    default:
      return null;
  }
}
