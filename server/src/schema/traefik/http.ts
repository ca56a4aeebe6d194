import {
  flag,
  named,
  pairs,
  set,
  sets,
  text,
  texts,
  time,
  whole,
  materials,
  type TraefikField,
  type TraefikFields,
} from './field';
import { MIDDLEWARES } from './middlewares';
import {
  COOKIE,
  FORWARDING_TIMEOUTS,
  KEY_PAIR,
  observability,
  routerTls,
  SPIFFE,
  TLS_VERSIONS,
} from './shared';

/** `http` of the dynamic configuration. Source: pkg/config/dynamic of Traefik v3.7.9. */

const HTTP = 'reference/routing-configuration/http';

export const RULE_SYNTAX = text(
  'The version of the rule language that the rule is written in. Without it `core.defaultRuleSyntax` decides, which is `v3` unless it is set.',
  {
    default: 'v3',
    values: ['v2', 'v3'],
    otherValues: 'ignored',
    deprecated: 'Deprecated since Traefik 3.4: write the rule in the language of version 3.',
  },
);

const ROUTER: TraefikFields = {
  rule: text(
    'Which requests the router takes: matchers such as ``Host(`photos.example.org`)`` and ``PathPrefix(`/api`)``, joined by `&&`, `||` and `!`.',
    {
      required: true,
      example: '"Host(`photos.example.org`)"',
      manual: `${HTTP}/routing/rules-and-priority/`,
    },
  ),
  service: text(
    'The service that answers what the rule takes: a name under `http.services`, or one of Traefik’s own such as `api@internal`.',
    {
      required: true,
      references: 'service',
      pitfall:
        'Names are compared exactly, upper and lower case included. A router whose service is missing answers nothing.',
      example: '"photos"',
    },
  ),
  entryPoints: texts(
    'The entry points that the router listens on. Without any it listens on all default entry points: those with `asDefault`, or every TCP entry point if none has it.',
    {
      defaultText: 'all default entry points',
      references: 'entry point',
      pitfall:
        'A name that the static configuration does not define is left out with an error in the log. If none is left, the router is off.',
      example: '[ "websecure" ]',
    },
  ),
  middlewares: texts('What a request passes before it reaches the service, in this order.', {
    references: 'middleware',
    pitfall: 'A single middleware that does not exist takes the whole router down: its requests get 404.',
    example: '[ "authelia" ]',
  }),
  tls: set(
    'The router takes HTTPS requests only. `{ }` is enough to say so. Without it the router serves plain HTTP, unless its entry point has `http.tls`.',
    routerTls('the router', ''),
    { emptyAllowed: true, manual: `${HTTP}/tls/overview/`, example: '{ certResolver = "letsencrypt"; }' },
  ),
  priority: whole(
    'Among several routers that take a request, the highest number wins. 0 stands for the length of the rule, so that the longer rule wins.',
    0,
    { manual: `${HTTP}/routing/rules-and-priority/` },
  ),
  ruleSyntax: RULE_SYNTAX,
  parentRefs: texts(
    'Makes this a child router: it is asked only for requests that one of these routers took, after their middlewares.',
    {
      references: 'router',
      pitfall:
        'A child has no `entryPoints`, `tls` or `observability` of its own, a parent has no `service`.',
      manual: `${HTTP}/routing/multi-layer-routing/`,
    },
  ),
  observability: set(
    'What is logged, counted and traced of the router’s requests.',
    observability('the router'),
    {
      manual: `${HTTP}/routing/observability/`,
    },
  ),
};

const CHILD_HEALTH = set(
  'Passes the health of the services below on to whoever uses this service: it counts as down when they are. Write `{ }`.',
  {},
  { emptyAllowed: true },
);

function weighted(reference: string): TraefikFields {
  return {
    name: text(`The ${reference} that takes a share.`, { required: true, references: 'service' }),
    weight: whole('The share, in proportion to the others.', 1),
  };
}

function sticky(what: string, emptyAllowed: boolean): TraefikField {
  return set(
    `Sends a visitor’s requests to the same ${what} each time.`,
    {
      cookie: set(`The cookie that remembers which ${what} a visitor has.`, COOKIE, { emptyAllowed: true }),
    },
    { emptyAllowed },
  );
}

const LOAD_BALANCER: TraefikFields = {
  servers: sets(
    'The servers that requests are shared among.',
    {
      url: text('Where the server answers: scheme, host and port.', {
        required: true,
        pitfall:
          'Without `http://` or `https://` in front the router fails. A path is ignored unless `preservePath` is set. An address with a prefix length (`10.0.0.2/24`) is none.',
        example: '"http://${config.containers.photos.localAddress}:2283"',
      }),
      weight: whole('The server’s share of the requests, in proportion to the others.', 1),
      preservePath: flag('Keeps the path of `url` and puts the path of the request behind it.', false),
    },
    {
      required: true,
      pitfall: 'Without servers every request is answered with 503.',
      example: '[ { url = "http://${config.containers.photos.localAddress}:2283"; } ]',
    },
  ),
  passHostHeader: flag(
    'Whether the server sees the host name that the visitor asked for. With `false` it sees the one in its URL.',
    true,
  ),
  serversTransport: text('The entry of `http.serversTransports` that says how to connect to the servers.', {
    references: 'servers transport',
    example: '"self-signed"',
  }),
  healthCheck: set(
    'Asks each server in intervals whether it is well and leaves out those that are not.',
    {
      path: text('The path that is asked for.', { example: '"/health"' }),
      interval: time('The time between two questions to a server that is well.', '30s'),
      unhealthyInterval: time(
        'The time between two questions to a server that is not well. Without it, it is `interval`.',
      ),
      timeout: time('How long an answer may take.', '5s'),
      status: whole('The status that means well. With 0 every status from 200 to 399 does.', 0),
      port: whole('The port that is asked, if it is not that of the server’s URL.', 0),
      scheme: text('The scheme of the question, if it is not that of the server’s URL.', {
        values: ['http', 'https'],
      }),
      hostname: text('The `Host` header of the question.'),
      method: text('The method of the question.', { default: 'GET' }),
      headers: pairs('Headers that are sent with the question.'),
      followRedirects: flag('Whether a redirect is followed to the answer that counts.', true),
      mode: text('The kind of question: a plain HTTP request, or gRPC’s health protocol.', {
        default: 'http',
        values: ['http', 'grpc'],
      }),
    },
    { example: '{ path = "/health"; interval = "10s"; }' },
  ),
  passiveHealthCheck: set('Leaves out a server after requests to it failed, without asking it questions.', {
    failureWindow: time(
      'The time in which failures are counted, and for which a server is then left out.',
      '10s',
    ),
    maxFailedAttempts: whole('How many failures within `failureWindow` leave a server out.', 1),
  }),
  sticky: sticky('server', true),
  strategy: text(
    'How the server for a request is chosen: `wrr` takes turns by weight, `p2c` takes the less busy of two picked at random, `hrw` always the same for an address, `leasttime` the one that answers fastest.',
    { default: 'wrr', values: ['wrr', 'p2c', 'hrw', 'leasttime'], otherValues: 'refused' },
  ),
  responseForwarding: set('How the bytes of an answer are handed on.', {
    flushInterval: time('How long bytes may be held back. A negative time hands each on at once.', '100ms'),
  }),
};

const SERVICE: TraefikFields = {
  loadBalancer: set('Hands requests to one or several servers.', LOAD_BALANCER, {
    example: '{ servers = [ { url = "http://${config.containers.photos.localAddress}:2283"; } ]; }',
  }),
  weighted: set('Shares requests among other services by weight.', {
    services: sets('The services and their shares.', weighted('service'), {
      example: '[ { name = "new"; weight = 1; } { name = "old"; weight = 9; } ]',
    }),
    sticky: sticky('service', false),
    healthCheck: CHILD_HEALTH,
  }),
  highestRandomWeight: set('Sends each visitor’s address to the same one of several services, by weight.', {
    services: sets('The services and their shares.', weighted('service')),
    healthCheck: CHILD_HEALTH,
  }),
  mirroring: set(
    'Hands requests to one service and sends copies of some to others, whose answers are dropped.',
    {
      service: text('The service whose answer the visitor gets.', { required: true, references: 'service' }),
      mirrors: sets('The services that get copies.', {
        name: text('A service that gets copies.', { required: true, references: 'service' }),
        percent: whole('How many of a hundred requests are copied to it.', 0),
      }),
      mirrorBody: flag('Whether the body of a request is copied too.', true),
      maxBodySize: whole(
        'The largest body, in bytes, that is kept to be copied. With -1 there is no limit.',
        -1,
      ),
      healthCheck: CHILD_HEALTH,
    },
  ),
  failover: set('Hands requests to one service, and to another while the first is down.', {
    service: text('The service that answers as long as it is well.', {
      required: true,
      references: 'service',
    }),
    fallback: text('The service that answers meanwhile.', { required: true, references: 'service' }),
    healthCheck: CHILD_HEALTH,
    errors: set('Lets the other service answer also when the first one answers with certain codes.', {
      status: texts('The codes and ranges of codes.', { example: '[ "500-599" ]' }),
      maxRequestBodyBytes: whole(
        'The largest body, in bytes, that is kept to be sent again. With -1 there is no limit.',
        -1,
      ),
    }),
  }),
  middlewares: texts(
    'What every request passes before it reaches this service, whichever router it came by.',
    {
      references: 'middleware',
    },
  ),
};

const SERVERS_TRANSPORT: TraefikFields = {
  insecureSkipVerify: flag('Accepts any certificate of a server, also one that nobody vouches for.', false, {
    pitfall: 'It is needed for servers with a self-signed certificate, if `rootCAs` does not name it.',
  }),
  serverName: text(
    'The name that is asked for in the TLS handshake and expected in the server’s certificate.',
  ),
  rootCAs: materials(
    'The certificate authorities that may have signed a server’s certificate: files, or their text.',
  ),
  certificates: sets('The certificates that Traefik shows to a server that asks for one.', KEY_PAIR),
  minVersion: text('The lowest TLS version that Traefik speaks with a server.', {
    values: TLS_VERSIONS,
    otherValues: 'refused',
  }),
  maxVersion: text('The highest TLS version that Traefik speaks with a server.', {
    values: TLS_VERSIONS,
    otherValues: 'refused',
  }),
  cipherSuites: texts('The cipher suites that Traefik offers to a server, up to TLS 1.2.'),
  maxIdleConnsPerHost: whole(
    'How many idle connections to a server are kept. With 0 it is Go’s own number, 2; a negative number keeps none.',
    0,
  ),
  forwardingTimeouts: set('How long Traefik waits for a server.', {
    ...FORWARDING_TIMEOUTS,
    readIdleTimeout: time(
      'After how much silence on an HTTP/2 connection Traefik checks with a ping whether it still works. With 0 it never does.',
      '0s',
    ),
    pingTimeout: time('How long the answer to that ping may take.', '15s'),
  }),
  disableHTTP2: flag('Speaks HTTP/1.1 only with the servers.', false),
  peerCertURI: text('The URI that has to stand in a server’s certificate.'),
  spiffe: set('Checks servers by their SPIFFE identity.', SPIFFE, { emptyAllowed: true }),
};

const MODEL: TraefikFields = {
  middlewares: texts('What Traefik puts before the middlewares of each router of the entry point.', {
    references: 'middleware',
    internal: true,
  }),
  tls: set('What Traefik adds to each router of the entry point.', routerTls('its routers', ''), {
    emptyAllowed: true,
    internal: true,
  }),
  observability: set('What Traefik adds to each router of the entry point.', observability('its routers'), {
    internal: true,
  }),
};

export const HTTP_FIELDS: TraefikFields = {
  routers: named(
    'The routers for HTTP: which request goes to which service, through which middlewares.',
    'A router: it takes the requests that its rule matches and hands them to a service.',
    ROUTER,
    {
      manual: `${HTTP}/routing/router/`,
      example:
        '{\n  photos = {\n    rule = "Host(`photos.example.org`)";\n    service = "photos";\n    entryPoints = [ "websecure" ];\n  };\n}',
    },
  ),
  services: named(
    'The services for HTTP: where requests end.',
    'A service: it answers the requests that routers hand to it. It has exactly one kind, such as `loadBalancer`.',
    SERVICE,
    {
      manual: `${HTTP}/load-balancing/service/`,
      example: '{ photos.loadBalancer.servers = [ { url = "http://10.10.10.5:2283"; } ]; }',
    },
  ),
  middlewares: named(
    'What requests can pass on their way from a router to a service.',
    'A middleware. It has exactly one kind, such as `forwardAuth` or `headers`; routers name it in their `middlewares`.',
    MIDDLEWARES,
    {
      manual: `${HTTP}/middlewares/overview/`,
      pitfall: 'An empty set of middlewares makes Traefik refuse the whole file.',
      example: '{ compressed.compress = { }; }',
    },
  ),
  serversTransports: named(
    'Ways to connect to HTTP servers, by name.',
    'A way to connect to servers; a `loadBalancer` names it as its `serversTransport`.',
    SERVERS_TRANSPORT,
    {
      manual: `${HTTP}/load-balancing/serverstransport/`,
      example: '{ self-signed.insecureSkipVerify = true; }',
    },
  ),
  models: named(
    'What Traefik derives from the entry points’ own `http` for their routers.',
    'What Traefik adds to the routers of an entry point.',
    MODEL,
    { internal: true },
  ),
};
