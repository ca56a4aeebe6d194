import type { OptionDoc } from '../../option';
import { packageOf, PORT, rowsOf, together, type Rows } from './row';

/** Prometheus, beside where it listens, and its exporters. */

const SCRAPE: Rows = {
  scrapeConfigs: { type: 'list of (submodule)', default: [], description: 'What is scraped, by job.' },
  'scrapeConfigs.*.job_name': { type: 'string', required: true, description: 'The name of the job.' },
  'scrapeConfigs.*.metrics_path': {
    type: 'null or string',
    default: null,
    description: 'The path of the metrics; `/metrics` where it is null.',
  },
  'scrapeConfigs.*.params': {
    type: 'null or (attribute set of list of string)',
    default: null,
    description: 'Parameters of the request.',
    example: '{ module = [ "http_2xx" ]; }',
  },
  'scrapeConfigs.*.scheme': {
    type: 'null or one of "http", "https"',
    default: null,
    description: 'How the targets are asked; `http` where it is null.',
  },
  'scrapeConfigs.*.scrape_interval': {
    type: 'null or string',
    default: null,
    description: 'How often they are asked; as `globalConfig` says where it is null.',
    example: '"30s"',
  },
  'scrapeConfigs.*.scrape_timeout': {
    type: 'null or string',
    default: null,
    description: 'How long an answer may take; as `globalConfig` says where it is null.',
    example: '"10s"',
  },
  'scrapeConfigs.*.honor_labels': {
    type: 'null or boolean',
    default: null,
    description: 'Whether labels of the target are kept where Prometheus has one of that name.',
  },
  'scrapeConfigs.*.basic_auth': {
    type: 'null or (submodule)',
    default: null,
    description: 'The name and password with which the targets are asked.',
    pitfall: '`password` lies readable in the Nix store: use `password_file`.',
    example: '{ username = "prometheus"; password_file = "/run/secrets/scrape"; }',
  },
  'scrapeConfigs.*.bearer_token_file': {
    type: 'null or string',
    default: null,
    description: 'A file with the token with which the targets are asked.',
  },
  'scrapeConfigs.*.tls_config': {
    type: 'null or (submodule)',
    default: null,
    description: 'How TLS is spoken with the targets.',
    example: '{ insecure_skip_verify = true; }',
  },
  'scrapeConfigs.*.static_configs': {
    type: 'null or (list of (submodule))',
    default: null,
    description: 'The targets, listed.',
    example: '[ { targets = [ "10.0.0.3:9100" ]; } ]',
  },
  'scrapeConfigs.*.static_configs.*.targets': {
    type: 'list of string',
    required: true,
    description: 'Addresses with ports.',
    example: '[ "10.0.0.3:9100" ]',
  },
  'scrapeConfigs.*.static_configs.*.labels': {
    type: 'attribute set of string',
    default: {},
    description: 'Labels of what these targets say.',
  },
  'scrapeConfigs.*.relabel_configs': {
    type: 'null or (list of (submodule))',
    default: null,
    description: 'How labels are rewritten before scraping.',
  },
  'scrapeConfigs.*.metric_relabel_configs': {
    type: 'null or (list of (submodule))',
    default: null,
    description: 'How labels are rewritten after scraping.',
  },
  'scrapeConfigs.*.relabel_configs.*.action': {
    type: 'null or one of "replace", "lowercase", "uppercase", "keep", "drop", "hashmod", "labelmap", "labeldrop", "labelkeep"',
    default: null,
    description: 'What is done; `replace` where it is null.',
  },
  'scrapeConfigs.*.relabel_configs.*.source_labels': {
    type: 'null or (list of string)',
    default: null,
    description: 'The labels whose values are joined.',
  },
  'scrapeConfigs.*.relabel_configs.*.separator': {
    type: 'null or string',
    default: null,
    description: 'What stands between the joined values; `;` where it is null.',
  },
  'scrapeConfigs.*.relabel_configs.*.regex': {
    type: 'null or string',
    default: null,
    description: 'What the joined values have to match; `(.*)` where it is null.',
  },
  'scrapeConfigs.*.relabel_configs.*.target_label': {
    type: 'null or string',
    default: null,
    description: 'The label that is written. `replace` needs it.',
  },
  'scrapeConfigs.*.relabel_configs.*.replacement': {
    type: 'null or string',
    default: null,
    description: 'The new value; `$1` where it is null.',
  },
  'scrapeConfigs.*.relabel_configs.*.modulus': {
    type: 'null or signed integer',
    default: null,
    description: 'Into how many parts `hashmod` divides.',
  },
};

const PROMETHEUS = rowsOf('prometheus', 'monitoring/prometheus/default.nix', {
  ...packageOf('prometheus'),
  enableAgentMode: {
    type: 'boolean',
    default: false,
    description: 'Whether it only collects and sends on, and keeps nothing.',
  },
  enableReload: {
    type: 'boolean',
    default: false,
    description: 'Whether a changed configuration is reloaded instead of restarting.',
  },
  checkConfig: {
    type: 'boolean or value "syntax-only" (singular enum)',
    default: true,
    description: 'Whether the build checks the configuration.',
    pitfall: 'The build cannot see files with secrets that it names: then set `"syntax-only"`.',
    example: '"syntax-only"',
  },
  webExternalUrl: {
    type: 'null or string',
    default: null,
    description: 'The URL under which browsers reach it.',
    example: '"https://metrics.example.org/"',
  },
  webConfigFile: {
    type: 'null or absolute path',
    default: null,
    description: 'A file that says how the web interface uses TLS and passwords.',
  },
  retentionTime: {
    type: 'null or string',
    default: null,
    description: 'How long data is kept.',
    example: '"30d"',
  },
  extraFlags: { type: 'list of string', default: [], description: 'Further arguments.' },
  'globalConfig.scrape_interval': {
    type: 'null or string',
    default: null,
    description: 'How often targets are asked; every minute where it is null.',
    example: '"15s"',
  },
  'globalConfig.scrape_timeout': {
    type: 'null or string',
    default: null,
    description: 'How long an answer may take; 10 seconds where it is null.',
  },
  'globalConfig.evaluation_interval': {
    type: 'null or string',
    default: null,
    description: 'How often rules are evaluated; every minute where it is null.',
  },
  'globalConfig.external_labels': {
    type: 'null or (attribute set of string)',
    default: null,
    description: 'Labels of everything that is sent on.',
  },
  rules: {
    type: 'list of string',
    default: [],
    description: 'Rules for alerts and for recording, as the text of rule files.',
  },
  ruleFiles: { type: 'list of absolute path', default: [], description: 'Files with further rules.' },
  alertmanagers: {
    type: 'list of (attribute set)',
    default: [],
    description: 'Where alerts are sent to.',
    example: '[ { static_configs = [ { targets = [ "10.0.0.3:9093" ]; } ]; } ]',
  },
  remoteWrite: { type: 'list of (submodule)', default: [], description: 'Where data is sent on to.' },
  remoteRead: { type: 'list of (submodule)', default: [], description: 'Where older data is asked for.' },
  ...SCRAPE,
});

/** The exporters that are known, and the ports on which they listen. */
const EXPORTERS = {
  blackbox: 9115,
  nginx: 9113,
  node: 9100,
  nut: 9199,
  postgres: 9187,
  smartctl: 9633,
  snmp: 9116,
  systemd: 9558,
  zfs: 9134,
} as const;

function exporter(name: keyof typeof EXPORTERS): Rows {
  const rows: Rows = {
    enable: { type: 'boolean', default: false, description: `Runs the Prometheus exporter \`${name}\`.` },
    port: { type: PORT, default: EXPORTERS[name], description: 'The port on which the exporter listens.' },
    listenAddress: {
      type: 'string',
      default: '0.0.0.0',
      description: 'The address on which the exporter listens.',
    },
    openFirewall: {
      type: 'boolean',
      default: false,
      description: 'Opens the port of the exporter in the firewall.',
    },
    extraFlags: { type: 'list of string', default: [], description: 'Further arguments.' },
  };
  return Object.fromEntries(Object.entries(rows).map(([path, row]) => [`exporters.${name}.${path}`, row]));
}

export const PROMETHEUS_DETAILS: readonly OptionDoc[] = [
  ...PROMETHEUS,
  ...rowsOf('prometheus', 'monitoring/prometheus/exporters.nix', {
    ...together(Object.keys(EXPORTERS).map((name) => exporter(name as keyof typeof EXPORTERS))),
    'exporters.blackbox.configFile': {
      type: 'absolute path',
      description: 'The configuration of the probes. It must be set.',
    },
    'exporters.nginx.scrapeUri': {
      type: 'string',
      default: 'http://localhost/nginx_status',
      description: 'Where the status page of nginx is, which `services.nginx.statusPage` turns on.',
    },
    'exporters.postgres.dataSourceName': {
      type: 'string',
      default: 'user=postgres database=postgres host=/run/postgresql sslmode=disable',
      description: 'How the database is reached.',
      pitfall: 'It lies readable in the Nix store: a password belongs into `environmentFile`.',
    },
    'exporters.postgres.environmentFile': {
      type: 'null or absolute path',
      default: null,
      description: 'A file with environment variables, such as `DATA_SOURCE_NAME`, for secrets.',
    },
    'exporters.postgres.runAsLocalSuperUser': {
      type: 'boolean',
      default: false,
      description: 'Whether it runs as the user `postgres`.',
    },
    'exporters.zfs.pools': {
      type: 'null or (list of string)',
      default: [],
      description: 'The pools that it watches; all where the list is empty.',
    },
  }),
];
