import { HEADERS } from './headers';
import { flag, set, text, texts, time, whole, type TraefikField, type TraefikFields } from './field';
import { clientTls, encodedCharacters, IP_STRATEGY, SOURCE_CRITERION } from './shared';

/** The kinds of HTTP middlewares. Source: pkg/config/dynamic/middlewares.go of Traefik v3.7.9. */

const PAGE = 'reference/routing-configuration/http/middlewares';
const GONE = 'Traefik 3 still reads it and no longer documents it';

function kind(
  page: string,
  description: string,
  fields: TraefikFields,
  more: Omit<TraefikField, 'type' | 'description' | 'fields' | 'manual'> = {},
): TraefikField {
  return set(description, fields, { manual: `${PAGE}/${page}/`, ...more });
}

const FORWARD_AUTH: TraefikFields = {
  address: text('The URL that is asked. An answer with a code from 200 to 299 lets the request through.', {
    required: true,
    example: '"http://${config.containers.authelia.localAddress}:9091/api/authz/forward-auth"',
  }),
  trustForwardHeader: flag(
    'Whether the `X-Forwarded-…` headers that a visitor sends are passed on to the server that is asked.',
    undefined,
    {
      deprecated: 'Deprecated since Traefik 3.6.14, which logs a warning where it is not set explicitly.',
    },
  ),
  authResponseHeaders: texts('Headers of the answer that are added to the request for the service.', {
    example: '[ "Remote-User" "Remote-Groups" "Remote-Name" "Remote-Email" ]',
  }),
  authResponseHeadersRegex: text(
    'Headers of the answer that are added to the request, as a regular expression of their names.',
  ),
  authRequestHeaders: texts(
    'The headers of the request that are passed on to the server that is asked. Without any it is all.',
  ),
  addAuthCookiesToResponse: texts('Cookies of the answer that are added to what the visitor gets.'),
  headerField: text('The header that tells the access log who the visitor is.'),
  authSigninURL: text('Where a visitor is sent when the answer is 401.'),
  preserveLocationHeader: flag('Keeps the `Location` header of the answer as it is, relative or not.', false),
  preserveRequestMethod: flag('Asks with the method of the request instead of `GET`.', false),
  forwardBody: flag('Sends the body of the request along.', false),
  maxBodySize: whole('The largest body, in bytes, that is sent along. With -1 there is no limit.', -1),
  maxResponseBodySize: whole('The largest body of an answer, in bytes, that is accepted.'),
  tls: set('TLS towards the server that is asked.', {
    ...clientTls('the server that is asked'),
    caOptional: flag('Has no effect in Traefik 3.', undefined, {
      deprecated: `${GONE}: leave it out.`,
    }),
  }),
};

const AUTH: TraefikFields = {
  realm: text('The name that the browser shows when it asks for the password.', { default: 'traefik' }),
  headerField: text('The header in which the service is told the user’s name.'),
  removeHeader: flag(
    'Whether the `Authorization` header is taken out before the service sees the request.',
    false,
  ),
};

const SOURCE_RANGE = texts('The addresses and networks that are let through.', {
  required: true,
  example: '[ "192.168.1.0/24" "127.0.0.1" ]',
});

const RATE_LIMIT: TraefikFields = {
  average: whole(
    'How many requests a visitor may make per `period` in the long run. With 0 there is no limit.',
    0,
  ),
  period: time('The time that `average` counts for.', '1s'),
  burst: whole('How many requests a visitor may make at once.', 1),
  sourceCriterion: set(
    'What tells one visitor from another. Without it, it is the address.',
    SOURCE_CRITERION,
  ),
  redis: set('Counts in Redis, so that several Traefiks share their counts.', {
    endpoints: texts('Where Redis listens, as `host:port`.', { default: ['localhost:6379'] }),
    username: text('The user that Traefik logs in to Redis with.'),
    password: text('The password for Redis.', {
      pitfall: 'It lands in the Nix store, which everybody on the machine can read.',
    }),
    db: whole('The number of the database.', 0),
    poolSize: whole('How many connections are kept at most. With 0 it is ten per processor.', 0),
    minIdleConns: whole('How many idle connections are kept at least.', 0),
    maxActiveConns: whole('How many connections there may be. With 0 there is no limit.', 0),
    readTimeout: time('How long an answer of Redis may take.', '3s'),
    writeTimeout: time('How long sending to Redis may take.', '3s'),
    dialTimeout: time('How long connecting to Redis may take.', '5s'),
    tls: set('TLS towards Redis.', clientTls('Redis')),
  }),
};

function nameParts(whose: string, unit: boolean): TraefikFields {
  const part = (what: string, letters: string): TraefikField =>
    flag(`Whether the ${what} (${letters}) of the ${whose} is sent.`, false);
  return {
    country: part('country', 'C'),
    province: part('province', 'ST'),
    locality: part('town', 'L'),
    organization: part('organisation', 'O'),
    ...(unit ? { organizationalUnit: part('department', 'OU') } : {}),
    commonName: part('common name', 'CN'),
    serialNumber: part('serial number', 'SN'),
    domainComponent: part('domain', 'DC'),
  };
}

const COMPRESSIONS = ['gzip', 'br', 'zstd'];

export const MIDDLEWARES: TraefikFields = {
  forwardAuth: kind(
    'forwardauth',
    'Asks another server, such as Authelia, about every request, and lets through what it allows.',
    FORWARD_AUTH,
    {
      example:
        '{\n  address = "http://${config.containers.authelia.localAddress}:9091/api/authz/forward-auth";\n  authResponseHeaders = [ "Remote-User" "Remote-Groups" ];\n}',
    },
  ),
  chain: kind('chain', 'A list of middlewares under one name.', {
    middlewares: texts('The middlewares, in the order in which a request passes them.', {
      required: true,
      references: 'middleware',
      example: '[ "secure-headers" "authelia" ]',
    }),
  }),
  headers: kind(
    'headers',
    'Sets headers of requests and answers, those for security and for CORS among them.',
    HEADERS,
  ),
  redirectScheme: kind(
    'redirectscheme',
    'Sends visitors to another scheme or port, most often from HTTP to HTTPS.',
    {
      scheme: text('The scheme that visitors are sent to.', { required: true, example: '"https"' }),
      port: text('The port that visitors are sent to.', { example: '"443"' }),
      permanent: flag('Whether browsers may remember the redirect.', false),
    },
  ),
  redirectRegex: kind('redirectregex', 'Sends visitors to another URL, made of the one they asked for.', {
    regex: text('A regular expression that the whole URL of the request has to match.', { required: true }),
    replacement: text(
      "The URL that visitors are sent to. `${1}` stands for what the first group matched; in Nix it is written `\\${1}`, or `''${1}` in an indented string.",
      { required: true },
    ),
    permanent: flag('Whether browsers may remember the redirect.', false),
  }),
  basicAuth: kind('basicauth', 'Asks for a user name and a password.', {
    users: texts('The users, each as `name:hash`, as `htpasswd` writes them.', {
      pitfall: 'They land in the Nix store, which everybody on the machine can read: better use `usersFile`.',
    }),
    usersFile: text('A file with one user per line, as `htpasswd` writes it.', {
      example: '"/run/agenix/traefik-users"',
    }),
    ...AUTH,
  }),
  digestAuth: kind('digestauth', 'Asks for a user name and a password, which is sent as a digest.', {
    users: texts('The users, each as `name:realm:hash`, as `htdigest` writes them.', {
      pitfall: 'They land in the Nix store, which everybody on the machine can read: better use `usersFile`.',
    }),
    usersFile: text('A file with one user per line, as `htdigest` writes it.'),
    ...AUTH,
  }),
  ipAllowList: kind('ipallowlist', 'Lets through only requests from certain addresses.', {
    sourceRange: SOURCE_RANGE,
    ipStrategy: set('How a visitor’s address is found behind other proxies.', IP_STRATEGY, {
      emptyAllowed: true,
    }),
    rejectStatusCode: whole('The status that the others get.', 403),
  }),
  rateLimit: kind('ratelimit', 'Lets each visitor make only so many requests in a time.', RATE_LIMIT, {
    example: '{ average = 100; burst = 50; }',
  }),
  inFlightReq: kind('inflightreq', 'Lets each visitor make only so many requests at the same time.', {
    amount: whole('How many requests may be under way.', 0, { required: true }),
    sourceCriterion: set(
      'What tells one visitor from another. Without it, it is the host name that is asked for.',
      SOURCE_CRITERION,
    ),
  }),
  stripPrefix: kind('stripprefix', 'Takes the beginning of the path away before the service sees it.', {
    prefixes: texts('The beginnings that are taken away.', { required: true, example: '[ "/api" ]' }),
    forceSlash: flag('Has no effect in Traefik 3.', undefined, { deprecated: `${GONE}: leave it out.` }),
  }),
  stripPrefixRegex: kind(
    'stripprefixregex',
    'Takes the beginning of the path away that a regular expression matches.',
    {
      regex: texts('The regular expressions.', { required: true }),
    },
  ),
  addPrefix: kind('addprefix', 'Puts something before the path.', {
    prefix: text('What is put before the path. It begins with `/`.', { required: true, example: '"/app"' }),
  }),
  replacePath: kind('replacepath', 'Gives every request the same path.', {
    path: text('The path. The service finds the one asked for in the header `X-Replaced-Path`.', {
      required: true,
    }),
  }),
  replacePathRegex: kind(
    'replacepathregex',
    'Makes the path anew of what a regular expression matches in it.',
    {
      regex: text('The regular expression.', { required: true }),
      replacement: text('The new path. `$1` stands for what the first group matched.', { required: true }),
    },
  ),
  compress: kind(
    'compress',
    'Compresses answers for browsers that accept it. `{ }` is enough.',
    {
      encodings: texts('The ways of compression that are offered, the preferred one first.', {
        default: COMPRESSIONS,
        values: COMPRESSIONS,
      }),
      defaultEncoding: text('The way of compression for visitors that do not say what they accept.', {
        values: COMPRESSIONS,
      }),
      includedContentTypes: texts(
        'The only types of content that are compressed. It excludes `excludedContentTypes`.',
      ),
      excludedContentTypes: texts('Types of content that are not compressed.'),
      minResponseBodyBytes: whole(
        'How many bytes an answer must have to be compressed. 0 stands for 1024.',
        0,
      ),
    },
    { emptyAllowed: true },
  ),
  buffering: kind(
    'buffering',
    'Reads whole requests and answers before it hands them on, and limits their size.',
    {
      maxRequestBodyBytes: whole(
        'The largest body of a request. Others are answered with 413. With 0 there is no limit.',
        0,
      ),
      memRequestBodyBytes: whole(
        'From how many bytes on the body of a request is kept on the disk.',
        undefined,
        {
          defaultText: '1 MiB',
        },
      ),
      maxResponseBodyBytes: whole(
        'The largest body of an answer. Others become a 500. With 0 there is no limit.',
        0,
      ),
      memResponseBodyBytes: whole(
        'From how many bytes on the body of an answer is kept on the disk.',
        undefined,
        {
          defaultText: '1 MiB',
        },
      ),
      retryExpression: text('A condition under which the request is sent again.', {
        example: '"IsNetworkError() && Attempts() < 2"',
      }),
    },
  ),
  errors: kind('errorpages', 'Lets another service write the page for certain codes.', {
    status: texts('The codes and ranges of codes.', { required: true, example: '[ "500-599" ]' }),
    service: text('The service that writes the pages.', { required: true, references: 'service' }),
    query: text('The path that is asked of it. `{status}` stands for the code and `{url}` for the URL.', {
      example: '"/{status}.html"',
    }),
    statusRewrites: {
      type: 'map of integer',
      description: 'Codes that visitors get instead: the name is a code or a range, the value the new code.',
      example: '{ "500-599" = 503; }',
    },
    errorRequestHeaders: texts(
      'The headers of the request that are passed on to the service that writes the pages.',
    ),
  }),
  retry: kind('retry', 'Sends a request again when the server could not be reached.', {
    attempts: whole('How often a request is sent altogether.', 0, { required: true, example: '3' }),
    initialInterval: time('The time before the second attempt. It grows with each further one.', '0s'),
    timeout: time('How long all attempts may take together. With 0 there is no limit.', '0s'),
    status: texts('Codes and ranges of codes for which a request is sent again too.', {
      example: '[ "502" "503" ]',
    }),
    maxRequestBodyBytes: whole('The largest body, in bytes, that is kept to be sent again.', 2097152),
    disableRetryOnNetworkError: flag('Does not send again because the network failed.', false),
    retryNonIdempotentMethod: flag('Sends `POST`, `LOCK` and `PATCH` again too.', false),
  }),
  circuitBreaker: kind('circuitbreaker', 'Stops asking a service that fails too often, for a while.', {
    expression: text('The condition under which it stops.', {
      required: true,
      example: '"NetworkErrorRatio() > 0.30"',
    }),
    checkPeriod: time('How often the condition is looked at.', '100ms'),
    fallbackDuration: time('How long the service is left alone.', '10s'),
    recoveryDuration: time('The time in which it gets its requests back little by little.', '10s'),
    responseCode: whole('The status that visitors get meanwhile.', 503),
  }),
  contentType: kind(
    'contenttype',
    'Lets Traefik guess the type of an answer that has none. Write `{ }`.',
    {
      autoDetect: flag('Guessing is on wherever the middleware is.', undefined, {
        deprecated: 'Deprecated since Traefik 3.0: write `contentType = { };`.',
      }),
    },
    { emptyAllowed: true },
  ),
  encodedCharacters: kind(
    'encodedcharacters',
    'Which reserved characters a request may have percent-encoded in its path. What is not allowed here is refused.',
    encodedCharacters(false),
  ),
  passTLSClientCert: kind(
    'passtlsclientcert',
    'Tells the service about the certificate that the visitor showed.',
    {
      pem: flag('Sends the whole certificate in the header `X-Forwarded-Tls-Client-Cert`.', false),
      info: set('Sends parts of the certificate in the header `X-Forwarded-Tls-Client-Cert-Info`.', {
        notAfter: flag('Whether the end of its validity is sent.', false),
        notBefore: flag('Whether the beginning of its validity is sent.', false),
        sans: flag('Whether the names it is valid for are sent.', false),
        serialNumber: flag('Whether its serial number is sent.', false),
        subject: set('What of the certificate’s owner is sent.', nameParts('owner', true)),
        issuer: set('What of the certificate’s issuer is sent.', nameParts('issuer', false)),
      }),
    },
  ),
  grpcWeb: kind('grpcweb', 'Turns gRPC-Web, which browsers speak, into gRPC.', {
    allowOrigins: texts('The origins that may ask. `*` stands for all.'),
  }),
  plugin: {
    type: 'anything',
    description:
      'A middleware that a plugin brings: the plugin’s name in `experimental.plugins` or `experimental.localPlugins`, and what it wants to be told.',
    manual: `${PAGE}/overview/`,
    example: '{ bouncer.enabled = true; }',
  },
  ipWhiteList: kind(
    'ipallowlist',
    'Lets through only requests from certain addresses.',
    {
      sourceRange: SOURCE_RANGE,
      ipStrategy: set('How a visitor’s address is found behind other proxies.', IP_STRATEGY, {
        emptyAllowed: true,
      }),
    },
    { deprecated: 'Renamed in Traefik 3.0: write `ipAllowList`.' },
  ),
};
