import { flag, pairs, text, texts, whole, type TraefikFields } from './field';

/** The middleware `headers`. Source: pkg/config/dynamic/middlewares.go of Traefik v3.7.9. */

const GONE = 'Traefik 3 still reads it and no longer documents it';

export const HEADERS: TraefikFields = {
  customRequestHeaders: pairs('Headers that are set on the request. An empty text takes the header away.', {
    example: '{ X-Forwarded-Proto = "https"; }',
  }),
  customResponseHeaders: pairs('Headers that are set on the answer. An empty text takes the header away.', {
    example: '{ X-Robots-Tag = "noindex, nofollow"; Server = ""; }',
  }),
  stsSeconds: whole(
    'For how many seconds browsers come by HTTPS only (`Strict-Transport-Security`). With 0 the header is not sent.',
    0,
    { example: '31536000' },
  ),
  stsIncludeSubdomains: flag('Whether `Strict-Transport-Security` holds for all names below, too.', false),
  stsPreload: flag('Whether the name may go into the list that browsers are shipped with.', false),
  forceSTSHeader: flag('Sends `Strict-Transport-Security` over plain HTTP, too.', false),
  frameDeny: flag('Forbids other pages to show this one in a frame (`X-Frame-Options: DENY`).', false),
  customFrameOptionsValue: text('The value of `X-Frame-Options`. It counts before `frameDeny`.', {
    example: '"SAMEORIGIN"',
  }),
  contentTypeNosniff: flag(
    'Forbids browsers to guess the type of content (`X-Content-Type-Options: nosniff`).',
    false,
  ),
  browserXssFilter: flag('Sends `X-XSS-Protection: 1; mode=block`, which today’s browsers ignore.', false),
  customBrowserXSSValue: text('The value of `X-XSS-Protection`. It counts before `browserXssFilter`.'),
  contentSecurityPolicy: text(
    'The value of `Content-Security-Policy`: what a page may load, and from where.',
  ),
  contentSecurityPolicyReportOnly: text(
    'The value of `Content-Security-Policy-Report-Only`: the same, only reported.',
  ),
  referrerPolicy: text(
    'The value of `Referrer-Policy`: what other sites learn of the page a visitor comes from.',
    {
      example: '"same-origin"',
    },
  ),
  permissionsPolicy: text(
    'The value of `Permissions-Policy`: which abilities of the browser a page may use.',
  ),
  publicKey: text('The value of `Public-Key-Pins`, which browsers no longer read.'),
  accessControlAllowOriginList: texts('The origins that may ask (CORS). `*` stands for all.'),
  accessControlAllowOriginListRegex: texts('The origins that may ask (CORS), as regular expressions.'),
  accessControlAllowMethods: texts('The methods that other origins may use (CORS).', {
    example: '[ "GET" "OPTIONS" ]',
  }),
  accessControlAllowHeaders: texts('The request headers that other origins may send (CORS).'),
  accessControlAllowCredentials: flag('Whether other origins may send cookies along (CORS).', false),
  accessControlExposeHeaders: texts('The headers of an answer that other origins may read (CORS).'),
  accessControlMaxAge: whole('For how many seconds browsers remember what other origins may do (CORS).', 0),
  addVaryHeader: flag('Adds `Vary: Origin` to answers whose content depends on the origin.', false),
  allowedHosts: texts('The only host names that are accepted.'),
  hostsProxyHeaders: texts('Headers in which a proxy in front may tell the host name that was asked for.'),
  sslProxyHeaders: pairs(
    'Headers and values by which a proxy in front says that the request came by HTTPS.',
    {
      example: '{ X-Forwarded-Proto = "https"; }',
    },
  ),
  isDevelopment: flag('Turns the checks of host names, HTTPS and `Strict-Transport-Security` off.', false),
  featurePolicy: text('The value of `Feature-Policy`, which browsers replaced by `Permissions-Policy`.', {
    deprecated: `${GONE}: write \`permissionsPolicy\`.`,
  }),
  sslRedirect: flag('Sends visitors from HTTP to HTTPS.', undefined, {
    deprecated: `${GONE}: redirect at the entry point, or by the middleware \`redirectScheme\`.`,
  }),
  sslTemporaryRedirect: flag('Sends visitors from HTTP to HTTPS, for the time being.', undefined, {
    deprecated: `${GONE}: use the middleware \`redirectScheme\`.`,
  }),
  sslHost: text('The host name that visitors are sent to when they are sent to HTTPS.', {
    deprecated: `${GONE}: use the middleware \`redirectRegex\`.`,
  }),
  sslForceHost: flag('Sends visitors of other host names to `sslHost`, too.', undefined, {
    deprecated: `${GONE}: use the middleware \`redirectRegex\`.`,
  }),
};
