import { flag, named, set, sets, text, texts, materials, type TraefikFields } from './field';
import { DOMAINS, KEY_PAIR, TLS_VERSIONS } from './shared';

/** `tls` of the dynamic configuration. Source: pkg/tls of Traefik v3.7.9. */

const TLS = 'reference/routing-configuration/http/tls';

const VERSION_PITFALL = 'Any other spelling, such as `TLS12` or `1.2`, is ignored without a word.';

const OPTIONS: TraefikFields = {
  minVersion: text('The lowest TLS version that visitors may speak.', {
    defaultText: 'TLS 1.2',
    values: TLS_VERSIONS,
    otherValues: 'ignored',
    exactCase: true,
    pitfall: VERSION_PITFALL,
    example: '"VersionTLS13"',
  }),
  maxVersion: text('The highest TLS version that visitors may speak.', {
    values: TLS_VERSIONS,
    otherValues: 'ignored',
    exactCase: true,
    pitfall: VERSION_PITFALL,
  }),
  cipherSuites: texts('The cipher suites that visitors may use, up to TLS 1.2. Those of TLS 1.3 are fixed.', {
    defaultText: 'those that Go holds safe',
    example: '[ "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" ]',
  }),
  curvePreferences: texts('The groups for the exchange of keys that visitors may use.', {
    values: ['X25519', 'CurveP256', 'CurveP384', 'CurveP521', 'X25519MLKEM768', 'SecP256r1MLKEM768'],
  }),
  sniStrict: flag(
    'Refuses visitors that ask for a name without a certificate, instead of showing them one that Traefik signed itself.',
    false,
  ),
  alpnProtocols: texts('The protocols that visitors may agree on, the preferred one first.', {
    default: ['h2', 'http/1.1', 'acme-tls/1'],
  }),
  clientAuth: set('Asks visitors for a certificate of their own.', {
    caFiles: materials(
      'The certificate authorities that may have signed a visitor’s certificate: files, or their text.',
    ),
    clientAuthType: text('Whether a visitor must have a certificate, and whether it is checked.', {
      values: [
        'NoClientCert',
        'RequestClientCert',
        'RequireAnyClientCert',
        'VerifyClientCertIfGiven',
        'RequireAndVerifyClientCert',
      ],
      otherValues: 'refused',
    }),
  }),
  disableSessionTickets: flag('Makes every visitor go through the whole handshake again.', false),
  preferServerCipherSuites: flag('Has no effect: Go chooses the cipher suite itself.', undefined, {
    deprecated: 'Traefik 3 ignores it: leave it out.',
  }),
};

export const TLS_FIELDS: TraefikFields = {
  options: named(
    'Sets of rules for TLS, by name. Routers without a set of their own follow the one called `default`.',
    'A set of rules for TLS: routers name it as `tls.options`; the one called `default` holds for all others.',
    OPTIONS,
    {
      manual: `${TLS}/tls-options/`,
      pitfall:
        'It belongs into `dynamicConfigOptions`. In `staticConfigOptions` Traefik ignores it without a word.',
      example: '{ default = { minVersion = "VersionTLS13"; sniStrict = true; }; }',
    },
  ),
  certificates: sets(
    'Certificates that Traefik reads from files.',
    {
      ...KEY_PAIR,
      stores: texts('The stores that get the certificate. Without any it is the one called `default`.'),
    },
    {
      manual: `${TLS}/tls-certificates/`,
      example:
        '[ { certFile = "/var/lib/acme/example.org/fullchain.pem"; keyFile = "/var/lib/acme/example.org/key.pem"; } ]',
    },
  ),
  stores: named(
    'Stores of certificates. Traefik uses only the one called `default`.',
    'A store of certificates. Traefik uses only the one called `default`.',
    {
      defaultCertificate: set('The certificate for names that none is there for.', KEY_PAIR),
      defaultGeneratedCert: set('Lets a resolver fetch the certificate for names that none is there for.', {
        resolver: text('The resolver that fetches it.', { references: 'certificate resolver' }),
        domain: set('The names of that certificate.', DOMAINS),
      }),
    },
    { manual: `${TLS}/tls-certificates/` },
  ),
};
