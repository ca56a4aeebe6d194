import { flag, set, text, texts, time, whole, type TraefikFields } from './field';
import { encodedCharacters, observability, routerTls } from './shared';

/** `entryPoints.<name>` of the static configuration. Source: pkg/config/static/entrypoints.go of Traefik v3.7.9. */

export const ENTRY_POINT: TraefikFields = {
  address: text('Where Traefik listens: an optional address, the port, and `/udp` for UDP.', {
    required: true,
    pitfall:
      'In a container with a network of its own, or behind the host’s firewall, the port has to be opened as well.',
    example: '":443"',
  }),
  asDefault: flag(
    'Whether routers that name no entry point listen here. Once one entry point has it, only those that have it count.',
    false,
  ),
  http: set('What holds for all HTTP routers of the entry point.', {
    redirections: set('Sends all visitors of this entry point elsewhere.', {
      entryPoint: set(
        'Where visitors are sent.',
        {
          to: text('The entry point, or the port with a colon in front, that visitors are sent to.', {
            required: true,
            references: 'entry point',
            example: '"websecure"',
          }),
          scheme: text('The scheme that visitors are sent to.', {
            default: 'https',
            values: ['https', 'http'],
          }),
          permanent: flag('Whether browsers may remember the redirect.', true),
          priority: whole('The priority of the router that Traefik makes for it.', undefined, {
            defaultText: 'the highest but one',
          }),
        },
        { example: '{ to = "websecure"; scheme = "https"; }' },
      ),
    }),
    tls: set(
      'Turns TLS on for all routers of the entry point, as if each had it. `{ }` is enough.',
      routerTls('the entry point’s routers', '; write `name@file`'),
      { emptyAllowed: true, example: '{ certResolver = "letsencrypt"; }' },
    ),
    middlewares: texts('What every request passes before the middlewares of its router.', {
      references: 'middleware',
      pitfall:
        'Write `name@file`: a bare name is looked up where the router comes from, which fails for Traefik’s own routers such as `api@internal`.',
      example: '[ "secure-headers@file" ]',
    }),
    encodedCharacters: set(
      'Which reserved characters a request may have percent-encoded in its path.',
      encodedCharacters(true),
    ),
    encodeQuerySemicolons: flag(
      'Encodes semicolons in the query, so that services do not read them as separators.',
      false,
    ),
    sanitizePath: flag('Tidies `//`, `/./` and `/../` out of the path before it is routed.', true),
    maxHeaderBytes: whole('How many bytes the headers of a request may have.', 1048576),
    underscoreHeadersStrategy: text('What happens to headers with an underscore in their name.', {
      default: 'keep',
      values: ['keep', 'delete', 'reject'],
    }),
  }),
  transport: set('Timeouts, and how the entry point shuts down.', {
    respondingTimeouts: set('How long Traefik waits for visitors.', {
      readTimeout: time(
        'How long a whole request may take to come in, its body included. With 0 there is no limit.',
        '60s',
        {
          pitfall:
            'A large upload over a slow line takes longer than the default and breaks off: raise it for photos and videos.',
        },
      ),
      writeTimeout: time('How long an answer may take to go out. With 0 there is no limit.', '0s'),
      idleTimeout: time('How long a connection is kept for the next request.', '180s'),
    }),
    lifeCycle: set('How the entry point shuts down.', {
      requestAcceptGraceTimeout: time(
        'How long new requests are still taken after Traefik was told to stop.',
        '0s',
      ),
      graceTimeOut: time('How long requests under way may take to end.', '10s'),
    }),
    keepAliveMaxTime: time('After how long a visitor has to connect anew. With 0 never.', '0s'),
    keepAliveMaxRequests: whole('After how many requests a visitor has to connect anew. With 0 never.', 0),
  }),
  forwardedHeaders: set('Whose `X-Forwarded-…` headers are believed.', {
    trustedIPs: texts('The addresses and networks of proxies in front that are believed.', {
      example: '[ "127.0.0.1/32" "10.0.0.0/8" ]',
    }),
    insecure: flag('Believes everybody, so that visitors can pretend to have any address.', false),
    connection: texts('Headers that are kept although the header `Connection` names them.'),
    notAppendXForwardedFor: flag('Does not add the address of the connection to `X-Forwarded-For`.', false),
  }),
  proxyProtocol: set(
    'Takes the visitor’s address from the PROXY protocol, which a proxy in front speaks.',
    {
      trustedIPs: texts('The addresses and networks of the proxies that are believed.'),
      insecure: flag('Believes everybody.', false),
    },
    { emptyAllowed: true },
  ),
  http2: set('Limits of HTTP/2.', {
    maxConcurrentStreams: whole('How many requests one connection may have under way.', 250),
    maxDecoderHeaderTableSize: whole('The size of the table by which headers are unpacked, in bytes.', 4096),
    maxEncoderHeaderTableSize: whole('The size of the table by which headers are packed, in bytes.', 4096),
  }),
  http3: set(
    'Offers HTTP/3 on the same port, over UDP. `{ }` is enough. It needs TLS.',
    {
      advertisedPort: whole('The UDP port that visitors are told. With 0 it is that of the entry point.', 0),
    },
    { emptyAllowed: true, pitfall: 'The UDP port has to be opened in the firewall as well.', example: '{ }' },
  ),
  udp: set('How UDP is handled.', {
    timeout: time('After how much silence a visitor’s session ends.', '3s'),
  }),
  observability: set(
    'What is logged, counted and traced of the entry point’s requests.',
    observability('its routers', true),
  ),
  allowACMEByPass: flag('Lets routers answer the challenges of ACME themselves, instead of Traefik.', false),
  reusePort: flag('Lets several processes listen on the same port (`SO_REUSEPORT`).', false),
};
