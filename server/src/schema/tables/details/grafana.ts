import type { OptionDoc } from '../../option';
import { packageOf, rowsOf, together, type Rows } from './row';

/** Grafana, beside where it listens. */

/** The parts of Grafana that files set up. */
const ALERTING = {
  rules: 'the rules of alerting',
  contactPoints: 'the contact points of alerting',
  policies: 'the notification policies of alerting',
  templates: 'the message templates of alerting',
  muteTimings: 'the times at which alerting is mute',
} as const;

function provisioned(name: string, what: string): Rows {
  return {
    [`provision.${name}.settings`]: {
      type: 'null or (submodule)',
      default: null,
      description: `Sets up ${what}, as Grafana’s provisioning files have them. Not together with \`path\`.`,
    },
    [`provision.${name}.path`]: {
      type: 'null or absolute path',
      default: null,
      description: `A file, or a directory of files, with ${what}. It is copied into the Nix store. Not together with \`settings\`.`,
    },
  };
}

export const GRAFANA_DETAILS: readonly OptionDoc[] = rowsOf('grafana', 'monitoring/grafana.nix', {
  ...packageOf('grafana'),
  declarativePlugins: {
    type: 'null or (list of absolute path)',
    default: null,
    description: 'The plugins that it has. Where it is set, none can be installed in the web interface.',
    example: 'with pkgs.grafanaPlugins; [ grafana-piechart-panel ]',
  },
  settings: {
    type: 'attribute set of attribute set of (null, boolean, integer, floating point number, string or list of them)',
    default: {},
    description: 'The content of `grafana.ini`, by section.',
    pitfall:
      'It lies readable in the Nix store: `$__file{/run/secrets/x}` reads a secret when Grafana starts.',
    example: '{ server = { http_addr = "0.0.0.0"; domain = "graphs.example.org"; }; }',
  },
  'settings.server.protocol': {
    type: 'one of "http", "https", "h2", "socket"',
    default: 'http',
    description: 'What it speaks.',
  },
  'settings.server.domain': {
    type: 'string',
    default: 'localhost',
    description: 'The host name under which browsers reach it. It is used in the default of `root_url` only.',
    example: '"graphs.example.org"',
  },
  'settings.server.root_url': {
    type: 'string',
    default: '%(protocol)s://%(domain)s:%(http_port)s/',
    description: 'The URL under which browsers reach it.',
    pitfall: 'Behind a proxy the default names the wrong port.',
    example: '"https://graphs.example.org/"',
  },
  'settings.server.serve_from_sub_path': {
    type: 'boolean',
    default: false,
    description: 'Whether it is served below the path of `root_url`.',
  },
  'settings.server.enforce_domain': {
    type: 'boolean',
    default: false,
    description: 'Whether requests for another host name than `domain` are sent there.',
  },
  'settings.server.enable_gzip': {
    type: 'boolean',
    default: false,
    description: 'Whether answers are compressed.',
  },
  'settings.server.socket': {
    type: 'string',
    default: '/run/grafana/grafana.sock',
    description: 'The socket, with `protocol = "socket"`.',
  },
  'provision.enable': {
    type: 'boolean',
    default: false,
    description: 'Whether data sources, dashboards and alerts are set up from the configuration.',
  },
  ...provisioned('datasources', 'the data sources'),
  'provision.datasources.settings.datasources': {
    type: 'list of (submodule)',
    default: [],
    description: 'The data sources to set up.',
    example: '[ { name = "Prometheus"; type = "prometheus"; url = "http://10.0.0.3:9090"; } ]',
  },
  'provision.datasources.settings.deleteDatasources': {
    type: 'list of (submodule)',
    default: [],
    description: 'The data sources to remove.',
  },
  'provision.datasources.settings.prune': {
    type: 'boolean',
    default: false,
    description: 'Whether data sources go when they are not listed any more.',
  },
  'provision.datasources.settings.apiVersion': {
    type: 'signed integer',
    default: 1,
    description: 'The version of the file’s format.',
  },
  ...provisioned('dashboards', 'the dashboards'),
  ...together(Object.entries(ALERTING).map(([name, what]) => provisioned(`alerting.${name}`, what))),
});
