import type { OptionDoc } from '../../option';
import { PORT, rowsOf } from './row';

/** Synapse, beside where it listens. */
export const SYNAPSE_DETAILS: readonly OptionDoc[] = rowsOf('matrix-synapse', 'matrix/synapse.nix', {
  extras: {
    type: 'list of (one of "cache-memory", "jwt", "oidc", "postgres", "redis", "saml2", "sentry", "systemd", "url-preview")',
    default: ['systemd', 'postgres', 'url-preview'],
    description:
      'Parts of Synapse that need further packages. Most are added by themselves where the settings use them; what is set is added to the default.',
  },
  plugins: { type: 'list of package', default: [], description: 'Plugins that are loaded.' },
  withJemalloc: {
    type: 'boolean',
    default: true,
    description: 'Whether jemalloc is preloaded, which needs less memory.',
  },
  extraConfigFiles: {
    type: 'list of absolute path',
    default: [],
    description: 'Further configuration files, for secrets. They are read when the service starts.',
    example: '[ "/run/secrets/synapse.yaml" ]',
  },
  extraArgs: {
    type: 'list of string',
    default: [],
    description: 'Further arguments of Synapse and its workers.',
  },
  configureRedisLocally: {
    type: 'boolean',
    default: false,
    description: 'Whether NixOS sets up the Redis that workers need.',
  },
  enableRegistrationScript: {
    type: 'boolean',
    defaultText: 'whether clients are served over TCP',
    description: 'Whether `matrix-synapse-register_new_matrix_user` is there, which makes accounts.',
  },
  log: {
    type: 'attribute set of YAML 1.1 value',
    defaultText: 'the journal, from `INFO` on',
    description:
      'The logging configuration of Synapse and its workers, as Python’s `logging` has it. What is set is merged with the default.',
    example: '{ root.level = "WARNING"; }',
  },
  workers: {
    type: 'attribute set of (submodule)',
    default: {},
    description:
      'Workers by name. With one of them the main process gets a listener for replication, and Redis is needed.',
    example: '{ federation_sender = { }; }',
  },
  settings: {
    type: 'attribute set of YAML 1.1 value',
    default: {},
    description: 'The content of `homeserver.yaml`.',
    pitfall: 'It lies readable in the Nix store: secrets belong into `extraConfigFiles`.',
  },
  'settings.server_name': {
    type: 'string',
    defaultText: '`networking.hostName`',
    description: 'The domain of the accounts: `@user:DOMAIN`. It cannot be changed later.',
    example: '"example.org"',
  },
  'settings.public_baseurl': {
    type: 'null or string',
    default: null,
    description: 'The URL under which clients reach it.',
    example: '"https://matrix.example.org/"',
  },
  'settings.enable_registration': {
    type: 'boolean',
    default: false,
    description: 'Whether anybody may register an account.',
  },
  'settings.registration_shared_secret': {
    type: 'null or string',
    default: null,
    description: 'Who knows it may register accounts.',
    pitfall: 'It would lie readable in the Nix store: it belongs into `extraConfigFiles`.',
  },
  'settings.enable_metrics': {
    type: 'boolean',
    default: false,
    description: 'Whether it collects metrics. A listener of type `metrics` shows them.',
  },
  'settings.max_upload_size': { type: 'string', default: '50M', description: 'How large an upload may be.' },
  'settings.url_preview_enabled': {
    type: 'boolean',
    default: true,
    description: 'Whether it fetches pages to preview links.',
  },
  'settings.report_stats': {
    type: 'boolean',
    default: false,
    description: 'Whether it reports anonymously how it is used.',
  },
  'settings.turn_uris': { type: 'list of string', default: [], description: 'The TURN servers for calls.' },
  'settings.listeners': {
    type: 'list of (submodule)',
    defaultText: 'one on port 8008 of loopback, for clients and federation',
    description: 'Where it listens, and for what.',
  },
  'settings.listeners.*.port': {
    type: `null or ${PORT}`,
    default: null,
    description: 'The port of the listener.',
    example: '8008',
  },
  'settings.listeners.*.bind_addresses': {
    type: 'null or (list of string)',
    defaultText: '`[ "::1" "127.0.0.1" ]`, null for a socket',
    description: 'The addresses on which it listens.',
    pitfall: 'By default only the machine itself reaches it.',
    example: '[ "0.0.0.0" ]',
  },
  'settings.listeners.*.type': {
    type: 'one of "http", "manhole", "metrics", "replication"',
    default: 'http',
    description: 'What the listener is for.',
  },
  'settings.listeners.*.tls': {
    type: 'null or boolean',
    defaultText: '`true` unless it is a socket',
    description: 'Whether it speaks TLS itself. Behind a proxy set `false`.',
  },
  'settings.listeners.*.x_forwarded': {
    type: 'boolean',
    defaultText: '`true` for a socket, else `false`',
    description:
      'Whether the address of a client is taken from `X-Forwarded-For`. Behind a proxy set `true`.',
  },
  'settings.listeners.*.path': {
    type: 'null or absolute path',
    default: null,
    description: 'A socket to listen on instead of a port.',
  },
  'settings.listeners.*.resources': {
    type: 'list of (submodule)',
    description: 'What is served there, such as `client` and `federation`.',
    example: '[ { names = [ "client" "federation" ]; compress = false; } ]',
  },
});
