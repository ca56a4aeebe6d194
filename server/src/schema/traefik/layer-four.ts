import { flag, named, set, sets, text, texts, time, whole, materials, type TraefikFields } from './field';
import { RULE_SYNTAX } from './http';
import { KEY_PAIR, PROXY_PROTOCOL_VERSION, routerTls, SPIFFE } from './shared';

/** `tcp` and `udp` of the dynamic configuration. Source: pkg/config/dynamic of Traefik v3.7.9. */

const TCP = 'reference/routing-configuration/tcp';
const UDP = 'reference/routing-configuration/udp';

const CHILD_HEALTH = set(
  'Passes the health of the services below on to whoever uses this service. Write `{ }`.',
  {},
  { emptyAllowed: true },
);

const SHARES = sets('The services and their shares.', {
  name: text('The service that takes a share.', { required: true, references: 'service' }),
  weight: whole('The share, in proportion to the others.', 1),
});

const SOURCE_RANGE = texts('The addresses and networks that are let through.', {
  required: true,
  example: '[ "192.168.1.0/24" ]',
});

const TCP_ROUTER: TraefikFields = {
  rule: text(
    'Which connections the router takes: ``HostSNI(`*`)`` takes all, ``HostSNI(`mail.example.org`)`` those with TLS for that name.',
    {
      required: true,
      pitfall:
        'Without `tls` on the router no host name can be read, so that only ``HostSNI(`*`)`` can match.',
      example: '"HostSNI(`*`)"',
      manual: `${TCP}/routing/rules-and-priority/`,
    },
  ),
  service: text('The service under `tcp.services` that connections are handed to.', {
    required: true,
    references: 'service',
    example: '"mail"',
  }),
  entryPoints: texts(
    'The entry points that the router listens on. Without any it listens on all default ones.',
    {
      defaultText: 'all default entry points',
      references: 'entry point',
      example: '[ "smtp" ]',
    },
  ),
  middlewares: texts('What a connection passes before it reaches the service, in this order.', {
    references: 'middleware',
  }),
  tls: set(
    'The router takes connections with TLS only, and ends the TLS unless `passthrough` is set. `{ }` is enough to say so.',
    {
      passthrough: flag(
        'Hands the encrypted connection on as it is; the server has to have the certificate.',
        false,
      ),
      ...routerTls('the router', ''),
    },
    { emptyAllowed: true, manual: `${TCP}/tls/`, example: '{ passthrough = true; }' },
  ),
  priority: whole(
    'Among several routers that take a connection, the highest number wins. 0 stands for the length of the rule.',
    0,
  ),
  ruleSyntax: RULE_SYNTAX,
};

const TCP_SERVICE: TraefikFields = {
  loadBalancer: set('Hands connections to one or several servers.', {
    servers: sets(
      'The servers that connections are shared among.',
      {
        address: text('Where the server listens, as `host:port`, without a scheme.', {
          required: true,
          example: '"${config.containers.mail.localAddress}:25"',
        }),
        tls: flag('Whether Traefik speaks TLS with the server.', false),
      },
      { required: true, example: '[ { address = "10.10.10.7:25"; } ]' },
    ),
    serversTransport: text('The entry of `tcp.serversTransports` that says how to connect to the servers.', {
      references: 'servers transport',
    }),
    proxyProtocol: set(
      'Tells the servers the visitor’s address by the PROXY protocol.',
      { version: PROXY_PROTOCOL_VERSION },
      {
        emptyAllowed: true,
        deprecated: 'Deprecated since Traefik 3.5.2: set it in an entry of `tcp.serversTransports`.',
      },
    ),
    terminationDelay: whole(
      'For how many milliseconds a connection that one side has closed stays open for the other.',
      undefined,
      { deprecated: 'Deprecated since Traefik 3.0: set it in an entry of `tcp.serversTransports`.' },
    ),
    healthCheck: set(
      'Asks each server in intervals whether it is well and leaves out those that are not.',
      {
        port: whole('The port that is asked, if it is not the server’s own.', 0),
        send: text('What is sent to the server.'),
        expect: text('The answer that means well.'),
        interval: time('The time between two questions to a server that is well.', '30s'),
        unhealthyInterval: time(
          'The time between two questions to a server that is not well. Without it, it is `interval`.',
        ),
        timeout: time('How long an answer may take.', '5s'),
      },
      { emptyAllowed: true },
    ),
  }),
  weighted: set('Shares connections among other services by weight.', {
    services: SHARES,
    healthCheck: CHILD_HEALTH,
  }),
};

const TCP_TRANSPORT: TraefikFields = {
  dialTimeout: time('How long Traefik tries to connect to a server. With 0 it waits for ever.', '30s'),
  dialKeepAlive: time(
    'The time between two signs of life on an idle connection. A negative time sends none.',
    '15s',
  ),
  terminationDelay: time('How long a connection that one side has closed stays open for the other.', '100ms'),
  proxyProtocol: set(
    'Tells the servers the visitor’s address by the PROXY protocol.',
    { version: PROXY_PROTOCOL_VERSION },
    { emptyAllowed: true },
  ),
  tls: set(
    'Speaks TLS with the servers.',
    {
      serverName: text(
        'The name that is asked for in the handshake and expected in the server’s certificate.',
      ),
      insecureSkipVerify: flag(
        'Accepts any certificate of a server, also one that nobody vouches for.',
        false,
      ),
      rootCAs: materials(
        'The certificate authorities that may have signed a server’s certificate: files, or their text.',
      ),
      certificates: sets('The certificates that Traefik shows to a server that asks for one.', KEY_PAIR),
      peerCertURI: text('The URI that has to stand in a server’s certificate.'),
      spiffe: set('Checks servers by their SPIFFE identity.', SPIFFE, { emptyAllowed: true }),
    },
    { emptyAllowed: true },
  ),
};

export const TCP_FIELDS: TraefikFields = {
  routers: named(
    'The routers for TCP: which connection goes to which service.',
    'A router: it takes the connections that its rule matches and hands them to a service.',
    TCP_ROUTER,
    {
      manual: `${TCP}/routing/router/`,
      example: '{ mail = { rule = "HostSNI(`*`)"; entryPoints = [ "smtp" ]; service = "mail"; }; }',
    },
  ),
  services: named(
    'The services for TCP: where connections end.',
    'A service: it takes the connections that routers hand to it. It has exactly one kind, such as `loadBalancer`.',
    TCP_SERVICE,
    {
      manual: `${TCP}/service/`,
      example: '{ mail.loadBalancer.servers = [ { address = "10.10.10.7:25"; } ]; }',
    },
  ),
  middlewares: named(
    'What connections can pass on their way from a router to a service.',
    'A middleware for connections. It has exactly one kind.',
    {
      ipAllowList: set(
        'Lets through only connections from certain addresses.',
        { sourceRange: SOURCE_RANGE },
        { manual: `${TCP}/middlewares/ipallowlist/` },
      ),
      inFlightConn: set(
        'Lets each address have only so many connections at the same time.',
        { amount: whole('How many connections there may be.', 0, { required: true }) },
        { manual: `${TCP}/middlewares/inflightconn/` },
      ),
      ipWhiteList: set(
        'Lets through only connections from certain addresses.',
        { sourceRange: SOURCE_RANGE },
        {
          manual: `${TCP}/middlewares/ipallowlist/`,
          deprecated: 'Renamed in Traefik 3.0: write `ipAllowList`.',
        },
      ),
    },
    { manual: `${TCP}/middlewares/overview/` },
  ),
  serversTransports: named(
    'Ways to connect to TCP servers, by name.',
    'A way to connect to servers; a `loadBalancer` names it as its `serversTransport`.',
    TCP_TRANSPORT,
    { manual: `${TCP}/serverstransport/` },
  ),
};

export const UDP_FIELDS: TraefikFields = {
  routers: named(
    'The routers for UDP: which entry point goes to which service. UDP has no rules.',
    'A router: it takes everything that comes in on its entry points and hands it to a service.',
    {
      entryPoints: texts(
        'The UDP entry points that the router listens on. Without any it listens on all of them.',
        {
          references: 'entry point',
          pitfall: 'The address of such an entry point ends in `/udp`.',
        },
      ),
      service: text('The service under `udp.services` that packets are handed to.', {
        required: true,
        references: 'service',
      }),
    },
    {
      manual: `${UDP}/routing/router/`,
      example: '{ dns = { entryPoints = [ "dns" ]; service = "dns"; }; }',
    },
  ),
  services: named(
    'The services for UDP: where packets end.',
    'A service: it takes the packets that routers hand to it. It has exactly one kind, such as `loadBalancer`.',
    {
      loadBalancer: set('Hands packets to one or several servers.', {
        servers: sets(
          'The servers that packets are shared among.',
          {
            address: text('Where the server listens, as `host:port`, without a scheme.', {
              required: true,
              example: '"${config.containers.dns.localAddress}:53"',
            }),
          },
          { required: true },
        ),
      }),
      weighted: set('Shares packets among other services by weight.', { services: SHARES }),
    },
    { manual: `${UDP}/service/` },
  ),
};
