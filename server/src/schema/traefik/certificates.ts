import { flag, set, text, texts, time, whole, type TraefikFields } from './field';

/** `certificatesResolvers.<name>` of the static configuration. Source: pkg/provider/acme of Traefik v3.7.9. */

const ACME = 'reference/install-configuration/tls/certificate-resolvers/acme/';

export const CERTIFICATES_RESOLVER: TraefikFields = {
  acme: set(
    'Fetches certificates by ACME, for example from Let’s Encrypt.',
    {
      email: text('The address of the account, which the issuer may write to.', {
        example: '"admin@example.org"',
      }),
      storage: text('The file that keeps the account and the certificates. Traefik insists on mode 600.', {
        default: 'acme.json',
        pitfall:
          'It has to lie in `services.traefik.dataDir`, the only folder that Traefik may write to, and to survive a rebuild: in an ephemeral container it needs a bind mount.',
        example: '"${config.services.traefik.dataDir}/acme.json"',
      }),
      dnsChallenge: set(
        'Proves by a DNS record that the names are yours. It is the only way to a wildcard, and needs no open port.',
        {
          provider: text(
            'The DNS provider, by lego’s name for it. Its credentials come from environment variables.',
            {
              pitfall: 'Give the credentials by `services.traefik.environmentFiles`, from a secret.',
              example: '"cloudflare"',
            },
          ),
          resolvers: texts('DNS servers that are asked whether the record has arrived, as `host:port`.', {
            example: '[ "1.1.1.1:53" "8.8.8.8:53" ]',
          }),
          propagation: set(
            'How Traefik makes sure that the record has arrived.',
            {
              delayBeforeChecks: time('How long Traefik waits before it looks.', '0s'),
              disableChecks: flag('Does not look at all.', false),
              disableANSChecks: flag('Does not ask the name servers of the domain.', false),
              requireAllRNS: flag('Wants all of `resolvers` to know the record.', false),
            },
            { emptyAllowed: true },
          ),
          delayBeforeCheck: time('How long Traefik waits before it looks for the record.', '0s', {
            deprecated: 'Renamed in Traefik 3.3: write `propagation.delayBeforeChecks`.',
          }),
          disablePropagationCheck: flag('Does not look for the record.', false, {
            deprecated: 'Renamed in Traefik 3.3: write `propagation.disableChecks`.',
          }),
        },
        { emptyAllowed: true, example: '{ provider = "cloudflare"; }' },
      ),
      httpChallenge: set(
        'Proves by an answer on port 80 that the names are yours.',
        {
          entryPoint: text('The entry point that is reached on port 80 from the internet.', {
            references: 'entry point',
            example: '"web"',
          }),
          delay: time('How long Traefik waits before it asks for the proof to be checked.', '0s'),
        },
        { emptyAllowed: true, example: '{ entryPoint = "web"; }' },
      ),
      tlsChallenge: set(
        'Proves by a handshake on port 443 that the names are yours. `{ }` is enough.',
        { delay: time('How long Traefik waits before it asks for the proof to be checked.', '0s') },
        { emptyAllowed: true, example: '{ }' },
      ),
      caServer: text('The directory of the issuer.', {
        defaultText: 'Let’s Encrypt’s',
        example: '"https://acme-staging-v02.api.letsencrypt.org/directory"',
      }),
      keyType: text('The kind of private key.', {
        default: 'RSA4096',
        values: ['EC256', 'EC384', 'RSA2048', 'RSA4096', 'RSA8192'],
      }),
      preferredChain: text('The common name of the chain to take, where the issuer offers several.'),
      profile: text('The profile of certificates to ask for, where the issuer offers several.'),
      emailAddresses: texts('Addresses that are written into the request for a certificate.'),
      disableCommonName: flag('Leaves the common name out of the request for a certificate.', false),
      eab: set('Ties the account to one that the issuer already has.', {
        kid: text('The identifier of the key, from the issuer.'),
        hmacEncoded: text('The key, from the issuer, in Base64 for URLs.', {
          pitfall: 'It lands in the Nix store, which everybody on the machine can read.',
        }),
      }),
      certificatesDuration: whole(
        'How many hours the issuer’s certificates are valid. It decides when they are renewed.',
        2160,
      ),
      clientTimeout: time('How long an exchange with the issuer may take.', '2m'),
      clientResponseHeaderTimeout: time('How long the issuer may take to begin its answer.', '30s'),
      certificateTimeout: time('How long the issuer may take to make a certificate.', '30s'),
      caCertificates: texts('The certificate authorities that the issuer’s own server may be signed by.'),
      caSystemCertPool: flag('Adds those of the system to `caCertificates`.', false),
      caServerName: text('The name that is expected in the certificate of the issuer’s own server.'),
    },
    {
      manual: ACME,
      pitfall: 'Without `dnsChallenge`, `httpChallenge` or `tlsChallenge` no certificate is ever fetched.',
    },
  ),
  tailscale: set(
    'Fetches certificates from the Tailscale daemon of the machine. It excludes `acme`. Write `{ }`.',
    {},
    {
      emptyAllowed: true,
      manual: 'reference/install-configuration/tls/certificate-resolvers/tailscale/',
      example: '{ }',
    },
  ),
};
