import type { OptionDoc } from '../../option';
import { packageOf, PORT, rowsOf } from './row';

/** Keycloak, beside where it listens. */
export const KEYCLOAK_DETAILS: readonly OptionDoc[] = rowsOf('keycloak', 'web-apps/keycloak.nix', {
  ...packageOf('keycloak'),
  initialAdminPassword: {
    type: 'null or string',
    default: null,
    description: 'The first password of the temporary user `admin`. Older releases begin with `changeme`.',
    pitfall: 'It lies readable in the Nix store: change it after the first login.',
  },
  plugins: {
    type: 'list of absolute path',
    default: [],
    description: 'Plugins; those that nixpkgs has are in `pkgs.keycloak.plugins`.',
  },
  themes: {
    type: 'attribute set of package',
    default: {},
    description: 'Themes by the name under which the console offers them.',
  },
  realmFiles: {
    type: 'list of absolute path',
    default: [],
    description:
      'JSON files of realms that are imported at the start, where there is no realm of that name yet.',
    pitfall: 'They go into the Nix store, with the secrets of clients that they hold.',
  },
  sslCertificate: {
    type: 'null or absolute path',
    default: null,
    description: 'The certificate with which it speaks TLS itself. Behind a proxy it needs none.',
    pitfall: 'Write the path as a text: a bare path would be copied into the Nix store, and is refused.',
    example: '"/run/secrets/keycloak.crt"',
  },
  sslCertificateKey: {
    type: 'null or absolute path',
    default: null,
    description: 'The key of that certificate.',
    pitfall: 'Write the path as a text: a bare path would be copied into the Nix store, and is refused.',
    example: '"/run/secrets/keycloak.key"',
  },
  settings: {
    type: 'attribute set of (null, string, signed integer, boolean or attribute set of absolute path)',
    description:
      'The content of `keycloak.conf`. `{ _secret = "/path"; }` stands for what a file holds when the service starts.',
    example: '{ hostname = "id.example.org"; proxy-headers = "xforwarded"; http-enabled = true; }',
  },
  'settings.hostname': {
    type: 'null or string',
    description:
      'The host name, or the URL, under which browsers reach it. It has to be set, if only to `null`.',
    example: '"id.example.org"',
  },
  'settings.hostname-backchannel-dynamic': {
    type: 'boolean',
    default: false,
    description:
      'Whether services that talk to it directly may reach it under another name than browsers do.',
  },
  'settings.http-relative-path': {
    type: 'string',
    default: '/',
    description: 'The path below which it is served. Before Keycloak 17 it was `/auth`.',
  },
  'settings.https-port': { type: PORT, default: 443, description: 'The port for HTTPS.' },
  'database.type': {
    type: 'one of "mysql", "mariadb", "postgresql"',
    default: 'postgresql',
    description: 'The database to use.',
  },
  'database.host': {
    type: 'string',
    default: 'localhost',
    description: 'Where the database is: a host name, or the directory of PostgreSQL’s socket.',
  },
  'database.port': {
    type: PORT,
    defaultText: '5432 for PostgreSQL, else 3306',
    description: 'The port of the database.',
  },
  'database.createLocally': {
    type: 'boolean',
    default: true,
    description:
      'Whether NixOS sets up the database on this machine. It has no effect with another `database.host`.',
  },
  'database.name': {
    type: 'string',
    default: 'keycloak',
    description: 'The name of a database that NixOS does not set up.',
  },
  'database.username': {
    type: 'string',
    default: 'keycloak',
    description: 'The user of a database that NixOS does not set up.',
  },
  'database.passwordFile': {
    type: 'null or absolute path',
    default: null,
    description:
      'A file with the password of the database user, read when the service starts. With PostgreSQL’s socket it needs none; in older releases it must be set.',
    pitfall: 'Write the path as a text: a bare path would be copied into the Nix store, and is refused.',
    example: '"/run/secrets/keycloak-db"',
  },
  'database.useSSL': {
    type: 'boolean',
    defaultText: 'whether the database is on another machine',
    description: 'Whether the database is asked over TLS.',
  },
  'database.caCert': {
    type: 'null or absolute path',
    default: null,
    description: 'The certificate authority of the database. PostgreSQL over TLS needs it.',
  },
});
