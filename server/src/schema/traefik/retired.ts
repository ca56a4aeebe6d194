import type { TraefikPart } from './tree';

/** A key that Traefik had under another name, or has no more. */
export interface RetiredKey {
  readonly part: TraefikPart;
  /** The place in the manual's spelling; `<name>` stands for any name. */
  readonly path: string;
  /** The version of Traefik from which on this holds. */
  readonly since: string;
  /** The first NixOS release that has this version. */
  readonly release: string;
  /** What Traefik does with it since: it refuses to start, it overlooks it, or it still reads it. */
  readonly effect: 'refused' | 'overlooked' | 'still read';
  /** The path below the same set that it has now, where the value stays the same; null where it is not so simple. */
  readonly renamed: string | null;
  /** What to write instead: a sentence. */
  readonly instead: string;
}

/**
 * Removed with Traefik 3.0. Source: pkg/config/static of the last version of each minor release from v2.0 to v3.7.9,
 * pkg/cli/deprecation.go.
 */
function gone(path: string, instead: string, effect: RetiredKey['effect'] = 'refused'): RetiredKey {
  return { part: 'static', path, since: '3.0', release: '24.11', effect, renamed: null, instead };
}

const TRACES = 'Send traces by OpenTelemetry, as `tracing.otlp`.';

export const RETIRED_KEYS: readonly RetiredKey[] = [
  gone('pilot', 'Leave it out: there is no Traefik Pilot any more.'),
  gone('hub', 'Leave it out: Traefik Hub is a program of its own.', 'overlooked'),
  gone('experimental.http3', 'HTTP/3 is turned on at the entry point: `entryPoints.<name>.http3 = { };`.'),
  gone('experimental.hub', 'Leave it out: Traefik Hub is a program of its own.'),
  gone('entryPoints.<name>.enableHTTP3', 'HTTP/3 is turned on by `http3 = { };`.'),
  gone('metrics.influxDB', 'Send the numbers to InfluxDB 2, as `metrics.influxDB2`.'),
  gone('providers.marathon', 'Leave it out: Traefik no longer reads routes from Marathon.'),
  gone('providers.rancher', 'Leave it out: Traefik no longer reads routes from Rancher 1.'),
  ...['jaeger', 'zipkin', 'datadog', 'instana', 'haystack', 'elastic'].map((name) =>
    gone(`tracing.${name}`, TRACES),
  ),
  gone('tracing.spanNameLimit', TRACES),
  {
    part: 'dynamic',
    path: 'http.middlewares.<name>.headers.accessControlAllowOrigin',
    since: '2.5',
    release: '21.11',
    effect: 'refused',
    renamed: 'accessControlAllowOriginList',
    instead: 'Write `accessControlAllowOriginList`.',
  },
  {
    part: 'dynamic',
    path: 'http.middlewares.<name>.ipWhiteList',
    since: '3.0',
    release: '24.11',
    effect: 'still read',
    renamed: 'ipAllowList',
    instead: 'Write `ipAllowList`.',
  },
  {
    part: 'dynamic',
    path: 'tcp.middlewares.<name>.ipWhiteList',
    since: '3.0',
    release: '24.11',
    effect: 'still read',
    renamed: 'ipAllowList',
    instead: 'Write `ipAllowList`.',
  },
  {
    part: 'static',
    path: 'tracing.globalAttributes',
    since: '3.3',
    release: '25.05',
    effect: 'still read',
    renamed: 'resourceAttributes',
    instead: 'Write `resourceAttributes`.',
  },
  {
    part: 'static',
    path: 'certificatesResolvers.<name>.acme.dnsChallenge.delayBeforeCheck',
    since: '3.3',
    release: '25.05',
    effect: 'still read',
    renamed: 'propagation.delayBeforeChecks',
    instead: 'Write `propagation.delayBeforeChecks`.',
  },
  {
    part: 'static',
    path: 'certificatesResolvers.<name>.acme.dnsChallenge.disablePropagationCheck',
    since: '3.3',
    release: '25.05',
    effect: 'still read',
    renamed: 'propagation.disableChecks',
    instead: 'Write `propagation.disableChecks`.',
  },
];

const byPath = new Map(RETIRED_KEYS.map((key) => [`${key.part} ${key.path.toLowerCase()}`, key]));

/**
 * What became of a key; null where it is as it was.
 * @param path the place as the tables write it, in any case
 */
export function retiredKey(part: TraefikPart, path: string): RetiredKey | null {
  return byPath.get(`${part} ${path.toLowerCase()}`) ?? null;
}

/** The keys directly below a place that were there once, by the names they had. */
export function retiredNamesBelow(part: TraefikPart, path: string): readonly string[] {
  const prefix = path === '' ? '' : `${path.toLowerCase()}.`;
  return RETIRED_KEYS.flatMap((key) => {
    const name = key.path.slice(prefix.length);
    return key.part === part && key.path.toLowerCase().startsWith(prefix) && !name.includes('.')
      ? [name]
      : [];
  });
}
