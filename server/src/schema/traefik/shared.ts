import { flag, material, sets, set, text, texts, time, whole, pairs, type TraefikFields } from './field';

/** Keys that several places of Traefik's configuration have alike. Source: facts of Traefik v3.7.9. */

export const TLS_VERSIONS = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'] as const;

export const DOMAINS: TraefikFields = {
  main: text('The main name of the certificate.', { example: '"example.org"' }),
  sans: texts('Further names that the certificate is valid for, wildcards included.', {
    example: '[ "*.example.org" ]',
  }),
};

/** What a router, or an entry point for all of its routers, says of TLS. */
export function routerTls(whose: string, suffix: string): TraefikFields {
  return {
    options: text(
      `The set of \`tls.options\` that ${whose} with TLS follows${suffix}. Without one it is the set \`default\`.`,
      { references: 'TLS options' },
    ),
    certResolver: text(
      `The resolver of \`certificatesResolvers\` that fetches the certificates of ${whose}. Without one Traefik looks among the certificates it was given and falls back to one that it signs itself.`,
      { references: 'certificate resolver', example: '"letsencrypt"' },
    ),
    domains: sets(
      `The names to fetch certificates for, instead of those that the rule of ${whose} names. A wildcard needs the DNS challenge.`,
      DOMAINS,
      { example: '[ { main = "example.org"; sans = [ "*.example.org" ]; } ]' },
    ),
  };
}

/** `observability` of a router or of an entry point. */
export function observability(whose: string, on?: boolean): TraefikFields {
  return {
    accessLogs: flag(`Whether the requests of ${whose} are written to the access log.`, on),
    metrics: flag(`Whether the requests of ${whose} count in the metrics.`, on),
    tracing: flag(`Whether the requests of ${whose} are traced.`, on),
    traceVerbosity: text(`How much detail the traces of ${whose} hold.`, {
      default: 'minimal',
      values: ['minimal', 'detailed'],
    }),
  };
}

export const COOKIE: TraefikFields = {
  name: text('The name of the cookie. Without one Traefik makes a name up.'),
  secure: flag('Whether the browser sends the cookie over HTTPS only.', false),
  httpOnly: flag('Whether the cookie is hidden from scripts in the page.', false),
  sameSite: text('Whether the browser sends the cookie with requests that other sites cause.', {
    values: ['none', 'lax', 'strict'],
  }),
  maxAge: whole(
    'How many seconds the cookie lives. With 0 it lives as long as the browser’s session, a negative number removes it.',
    0,
  ),
  path: text('The path below which the browser sends the cookie.', { default: '/' }),
  domain: text('The domain that the browser sends the cookie to.'),
};

export const IP_STRATEGY: TraefikFields = {
  depth: whole(
    'Takes the address at this place of `X-Forwarded-For`, counted from the right. With 0 the address of the connection counts.',
    0,
    {
      pitfall:
        'Behind another proxy, such as a Cloudflare tunnel, every visitor has the address of that proxy until this is set.',
    },
  ),
  excludedIPs: texts(
    'Addresses and networks that are passed over when `X-Forwarded-For` is read from the right. It has no effect together with `depth`.',
  ),
  ipv6Subnet: whole('Takes IPv6 addresses with the same prefix of this length for one visitor.'),
};

/** What tells one visitor from another, for a limit. */
export const SOURCE_CRITERION: TraefikFields = {
  ipStrategy: set(
    'Tells visitors apart by their address, and says how that is found behind proxies.',
    IP_STRATEGY,
  ),
  requestHeaderName: text('Tells visitors apart by the value of this request header.'),
  requestHost: flag('Counts the requests to one host name together.', false),
};

/** TLS towards a server that Traefik itself asks. */
export function clientTls(server: string): TraefikFields {
  return {
    ca: text(
      `The certificate authority that signed the certificate of ${server}: a file’s path, or the PEM text.`,
    ),
    cert: text(`The certificate that Traefik shows to ${server}: a file’s path, or the PEM text.`),
    key: text(`The private key of that certificate: a file’s path, or the PEM text.`, {
      pitfall: 'What is written here lands in the Nix store, which everybody on the machine can read.',
    }),
    insecureSkipVerify: flag(
      `Accepts any certificate of ${server}, also one that nobody vouches for.`,
      false,
    ),
  };
}

export const SPIFFE: TraefikFields = {
  ids: texts('The SPIFFE identities that are accepted. They count before `trustDomain`.'),
  trustDomain: text('The SPIFFE trust domain whose identities are accepted.'),
};

export const KEY_PAIR: TraefikFields = {
  certFile: material('The certificate: a file’s path, or the PEM text.', { required: true }),
  keyFile: material('The private key of the certificate: a file’s path, or the PEM text.', {
    required: true,
    pitfall:
      'A path literal (`./key.pem`) copies the key into the Nix store, which everybody on the machine can read. Name a path at run time, as a string.',
  }),
};

export const ENCODED_CHARACTERS: Readonly<Record<string, string>> = {
  allowEncodedSlash: '`/` (`%2F`)',
  allowEncodedBackSlash: '`\\` (`%5C`)',
  allowEncodedNullCharacter: 'the null character (`%00`)',
  allowEncodedSemicolon: '`;` (`%3B`)',
  allowEncodedPercent: '`%` (`%25`)',
  allowEncodedQuestionMark: '`?` (`%3F`)',
  allowEncodedHash: '`#` (`%23`)',
};

/** Which reserved characters may come percent-encoded in a path. */
export function encodedCharacters(plain: boolean): TraefikFields {
  return Object.fromEntries(
    Object.entries(ENCODED_CHARACTERS).map(([name, character]) => [
      name,
      flag(
        `Whether a request may have ${character} percent-encoded in its path. Others are answered with 400.`,
        plain,
      ),
    ]),
  );
}

/** The two ways to reach an OpenTelemetry collector. */
export function otlp(what: string): TraefikFields {
  return {
    grpc: set(
      `Sends ${what} over gRPC.`,
      {
        endpoint: text('Where the collector listens, as `host:port`.', { default: 'localhost:4317' }),
        insecure: flag('Sends without TLS. It excludes `tls`.', false),
        tls: set('TLS towards the collector.', clientTls('the collector')),
        headers: pairs('Headers that are sent along.'),
      },
      { emptyAllowed: true },
    ),
    http: set(
      `Sends ${what} over HTTP.`,
      {
        endpoint: text('The URL of the collector.', { default: 'https://localhost:4318' }),
        tls: set('TLS towards the collector.', clientTls('the collector')),
        headers: pairs('Headers that are sent along.'),
      },
      { emptyAllowed: true },
    ),
  };
}

/** How Traefik names itself towards an OpenTelemetry collector. */
export const RESOURCE: TraefikFields = {
  serviceName: text('The attribute `service.name` under which Traefik reports.', { default: 'traefik' }),
  resourceAttributes: pairs('Further attributes of the resource, such as the environment.'),
};

/** Timeouts of connections to HTTP backends. */
export const FORWARDING_TIMEOUTS: TraefikFields = {
  dialTimeout: time('How long Traefik tries to connect to a backend. With 0 it waits for ever.', '30s'),
  responseHeaderTimeout: time(
    'How long Traefik waits for the first line and headers of an answer, once the request is sent. With 0 it waits for ever.',
    '0s',
  ),
  idleConnTimeout: time('How long an idle connection to a backend is kept for the next request.', '90s'),
};

export const PROXY_PROTOCOL_VERSION = whole(
  'The version of the PROXY protocol that is sent: 1 is text, 2 is binary.',
  2,
  {
    values: [1, 2],
    otherValues: 'refused',
  },
);
