import { flag, pairs, set, text, texts, time, whole, type TraefikField, type TraefikFields } from './field';
import { otlp, RESOURCE } from './shared';

/** Logs, metrics and traces of the static configuration. Source: pkg/observability/types of Traefik v3.7.9. */

const PAGE = 'reference/install-configuration/observability';
const LOGS = `${PAGE}/logs-and-accesslogs/`;

function log(what: string): TraefikField {
  return set(
    `Sends ${what} to an OpenTelemetry collector. It needs \`experimental.otlplogs = true\`.`,
    { ...RESOURCE, ...otlp(what) },
    { emptyAllowed: true },
  );
}

const LOG: TraefikFields = {
  level: text('How much Traefik says of itself. Each level includes those after it.', {
    default: 'ERROR',
    values: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'PANIC'],
    otherValues: 'ignored',
  }),
  format: text('How the log is written.', { default: 'common', values: ['common', 'json'] }),
  filePath: text('The file that the log is written to. Without one it goes to the journal.', {
    pitfall: 'It has to lie in `services.traefik.dataDir`, the only folder that Traefik may write to.',
  }),
  noColor: flag('Writes the format `common` without colours.', false),
  maxSize: whole('After how many megabytes a new file is begun.', 0),
  maxAge: whole('After how many days old files are removed.', 0),
  maxBackups: whole('How many old files are kept.', 0),
  compress: flag('Compresses old files.', false),
  otlp: log('the log'),
};

const MODES = ['keep', 'drop', 'redact'];

const ACCESS_LOG: TraefikFields = {
  filePath: text('The file that requests are logged to. Without one they go to the journal.', {
    pitfall: 'It has to lie in `services.traefik.dataDir`, the only folder that Traefik may write to.',
  }),
  format: text('How requests are logged.', { default: 'common', values: ['common', 'json', 'genericCLF'] }),
  filters: set('Which requests are logged. One that passes any of these filters is.', {
    statusCodes: texts('Requests that were answered with these codes or ranges of codes.', {
      example: '[ "400-599" ]',
    }),
    retryAttempts: flag('Requests that were sent again.', false),
    minDuration: time('Requests that took longer than this.', '0s'),
  }),
  fields: set('What is logged of a request.', {
    defaultMode: text('What happens to the fields that `names` does not list.', {
      default: 'keep',
      values: MODES,
    }),
    names: pairs('What happens to single fields: `keep`, `drop` or `redact`.', {
      example: '{ ClientUsername = "drop"; }',
    }),
    headers: set('What is logged of the headers.', {
      defaultMode: text('What happens to the headers that `names` does not list.', {
        default: 'drop',
        values: MODES,
      }),
      names: pairs('What happens to single headers: `keep`, `drop` or `redact`.', {
        example: '{ User-Agent = "keep"; }',
      }),
    }),
    queryParameters: set('What is logged of the query.', {
      defaultMode: text('What happens to the parameters of the query.', { default: 'keep', values: MODES }),
    }),
  }),
  bufferingSize: whole('How many lines are collected before they are written.', 0),
  addInternals: flag('Logs requests to Traefik’s own services, too.', false),
  dualOutput: flag('Writes to the file or the journal also when requests are sent to a collector.', false),
  otlp: log('the access log'),
};

const LABELS: TraefikFields = {
  addEntryPointsLabels: flag('Counts by entry point.', true),
  addRoutersLabels: flag('Counts by router.', false),
  addServicesLabels: flag('Counts by service.', true),
};

const PUSHED: TraefikFields = {
  address: text('Where the numbers are sent, as `host:port`.', { default: 'localhost:8125' }),
  pushInterval: time('How often the numbers are sent.', '10s'),
  prefix: text('What the names of the numbers begin with.', { default: 'traefik' }),
  ...LABELS,
};

const METRICS: TraefikFields = {
  prometheus: set(
    'Offers the numbers at `/metrics`, for Prometheus. `{ }` is enough.',
    {
      entryPoint: text('The entry point that answers `/metrics`.', {
        default: 'traefik',
        references: 'entry point',
        pitfall: 'The default opens an entry point of its own on port 8080.',
      }),
      manualRouting: flag('Makes no router: one of yours uses the service `prometheus@internal`.', false),
      buckets: {
        type: 'list of number',
        description: 'The limits, in seconds, by which response times are counted.',
        default: [0.1, 0.3, 1.2, 5],
      },
      headerLabels: pairs('Labels that are taken from request headers: the label’s name and the header’s.'),
      ...LABELS,
    },
    { emptyAllowed: true, example: '{ entryPoint = "metrics"; }' },
  ),
  datadog: set('Sends the numbers to Datadog’s agent.', PUSHED, { emptyAllowed: true }),
  statsD: set('Sends the numbers to StatsD.', PUSHED, { emptyAllowed: true }),
  influxDB2: set(
    'Sends the numbers to InfluxDB 2.',
    {
      address: text('The URL of the server.', { default: 'http://localhost:8086' }),
      token: text('The token for the server: a file’s path, or the token.', {
        pitfall: 'Written here it lands in the Nix store, which everybody on the machine can read.',
      }),
      org: text('The organisation.'),
      bucket: text('The bucket.'),
      pushInterval: time('How often the numbers are sent.', '10s'),
      additionalLabels: pairs('Labels that every number gets.'),
      ...LABELS,
    },
    { emptyAllowed: true },
  ),
  otlp: set(
    'Sends the numbers to an OpenTelemetry collector.',
    {
      ...otlp('the numbers'),
      ...LABELS,
      explicitBoundaries: {
        type: 'list of number',
        description: 'The limits, in seconds, by which response times are counted.',
      },
      pushInterval: time('How often the numbers are sent.', '10s'),
      ...RESOURCE,
    },
    { emptyAllowed: true },
  ),
  addInternals: flag('Counts requests to Traefik’s own services, too.', false),
};

const TRACING: TraefikFields = {
  otlp: set('Sends the traces to an OpenTelemetry collector.', otlp('the traces'), { emptyAllowed: true }),
  ...RESOURCE,
  sampleRate: {
    type: 'number',
    description: 'The share of requests that is traced, from 0 to 1.',
    default: 1,
  },
  capturedRequestHeaders: texts('Request headers that the traces hold.'),
  capturedResponseHeaders: texts('Headers of answers that the traces hold.'),
  safeQueryParams: texts('Parameters of the query that the traces show. All others are blotted out.'),
  addInternals: flag('Traces requests to Traefik’s own services, too.', false),
  globalAttributes: pairs('Further attributes of the resource.', {
    deprecated: 'Renamed in Traefik 3.3: write `resourceAttributes`.',
  }),
};

export const OBSERVABILITY: TraefikFields = {
  log: set('What Traefik says of itself.', LOG, {
    emptyAllowed: true,
    manual: LOGS,
    example: '{ level = "INFO"; format = "json"; }',
  }),
  accessLog: set('Logs every request. `{ }` is enough.', ACCESS_LOG, {
    emptyAllowed: true,
    manual: LOGS,
    example: '{ format = "json"; }',
  }),
  metrics: set('Numbers about requests, for a monitoring system.', METRICS, { manual: `${PAGE}/metrics/` }),
  tracing: set('Follows single requests through Traefik and the services, by OpenTelemetry.', TRACING, {
    emptyAllowed: true,
    manual: `${PAGE}/tracing/`,
  }),
};
