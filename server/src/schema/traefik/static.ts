import { CERTIFICATES_RESOLVER } from './certificates';
import { ENTRY_POINT } from './entry-points';
import {
  flag,
  named,
  pairs,
  set,
  text,
  texts,
  time,
  whole,
  materials,
  type TraefikField,
  type TraefikFields,
} from './field';
import { OBSERVABILITY } from './observability';
import { FORWARDING_TIMEOUTS, SPIFFE } from './shared';

const PAGE = 'reference/install-configuration';

/** A source of routes that these tables do not go into: a homelab on NixOS writes its routes in Nix. */
function provider(name: string, title: string): [string, TraefikField] {
  return [name, { type: 'anything', description: `Reads routes from ${title}.` }];
}

const PROVIDERS: TraefikFields = {
  file: set(
    'Reads routes from files. NixOS sets `filename` to the file it makes of `dynamicConfigOptions`.',
    {
      directory: text('A folder whose `.toml`, `.yml` and `.yaml` files are read.', {
        pitfall: 'It counts before `filename`: what `dynamicConfigOptions` says is then ignored altogether.',
      }),
      watch: flag('Whether changes of the files are noticed.', true),
      filename: text('The file that is read.', {
        pitfall: 'NixOS overwrites it with the file that it makes of `dynamicConfigOptions`.',
      }),
      debugLogGeneratedTemplate: flag('Logs the file as it is after its templates are filled in.', false),
    },
  ),
  providersThrottleDuration: time('The least time between two changes of the routes.', '2s'),
  precedence: texts('Which source of routes comes first where two routers have the same priority.'),
  ...Object.fromEntries([
    provider('docker', 'the labels of Docker containers'),
    provider('swarm', 'the labels of Docker Swarm services'),
    provider('kubernetesIngress', 'the Ingresses of Kubernetes'),
    provider('kubernetesIngressNGINX', 'Ingresses of Kubernetes that are written for NGINX'),
    provider('kubernetesCRD', 'Traefik’s own resources in Kubernetes'),
    provider('kubernetesGateway', 'the Gateway API of Kubernetes'),
    provider('knative', 'Knative'),
    provider('rest', 'what is sent to Traefik’s own API'),
    provider('consulCatalog', 'Consul’s catalogue of services'),
    provider('nomad', 'the services of Nomad'),
    provider('ecs', 'Amazon ECS'),
    provider('consul', 'Consul’s key-value store'),
    provider('etcd', 'etcd'),
    provider('zooKeeper', 'ZooKeeper'),
    provider('redis', 'Redis'),
    provider('http', 'a URL'),
    provider('plugin', 'a plugin'),
  ]),
};

const PLUGIN_SETTINGS = set('What the plugin may do.', {
  envs: texts('Environment variables that a plugin in WebAssembly sees.'),
  mounts: texts('Folders that a plugin in WebAssembly sees.'),
  useUnsafe: flag('Lets the plugin use Go’s packages `unsafe` and `syscall`.', false),
});

const EXPERIMENTAL: TraefikFields = {
  plugins: named(
    'Plugins that Traefik fetches when it starts.',
    'A plugin; middlewares name it under `plugin`.',
    {
      moduleName: text('The plugin’s name as a Go module.', {
        required: true,
        example: '"github.com/maxlerebourg/crowdsec-bouncer-traefik-plugin"',
      }),
      version: text('The plugin’s release.', { required: true, example: '"v1.4.2"' }),
      hash: text('The hash that the archive of the plugin must have.'),
      settings: PLUGIN_SETTINGS,
    },
    {
      manual: `${PAGE}/experimental/plugins/`,
      pitfall: 'They are fetched from the internet at every start: without it, all plugins are off.',
    },
  ),
  localPlugins: named(
    'Plugins that lie in `plugins-local/src` below the working directory.',
    'A plugin; middlewares name it under `plugin`.',
    {
      moduleName: text('The plugin’s name as a Go module.', { required: true }),
      settings: PLUGIN_SETTINGS,
    },
    { manual: `${PAGE}/experimental/plugins/` },
  ),
  abortOnPluginFailure: flag('Does not start when a plugin fails.', false),
  fastProxy: set(
    'Speaks HTTP/1.1 with the servers by a faster implementation.',
    { debug: flag('Logs more about it.', false) },
    { emptyAllowed: true, manual: `${PAGE}/experimental/fastproxy/` },
  ),
  otlplogs: flag('Allows logs to be sent to an OpenTelemetry collector.', false),
  knative: flag('Allows routes to be read from Knative.', false),
  kubernetesIngressNGINX: flag('Has no effect any more.', false, {
    deprecated: 'No experiment any more since Traefik 3.7.2: leave it out.',
  }),
  kubernetesGateway: flag('Has no effect any more.', false, {
    deprecated: 'No experiment any more since Traefik 3.1: leave it out.',
  }),
};

/**
 * What Traefik reads of `services.traefik.staticConfigOptions`: 327 keys and the providers that the tables do not go
 * into, from pkg/config/static and its neighbours in Traefik v3.7.9 (facts/traefik-static.json).
 * `scripts/refresh-traefik.mjs` compares them with a checkout.
 */
export const STATIC_FIELDS: TraefikFields = {
  entryPoints: named(
    'The ports that Traefik listens on, by name.',
    'A port that Traefik listens on; routers name it in their `entryPoints`.',
    ENTRY_POINT,
    {
      manual: `${PAGE}/entrypoints/`,
      defaultText: '`http` on port 80, where none is set',
      example:
        '{\n  web.address = ":80";\n  web.http.redirections.entryPoint.to = "websecure";\n  websecure = {\n    address = ":443";\n    asDefault = true;\n    http.tls.certResolver = "letsencrypt";\n  };\n}',
    },
  ),
  certificatesResolvers: named(
    'Ways to fetch certificates, by name.',
    'A way to fetch certificates; routers and entry points name it as their `tls.certResolver`.',
    CERTIFICATES_RESOLVER,
    {
      manual: `${PAGE}/tls/certificate-resolvers/overview/`,
      example:
        '{\n  letsencrypt.acme = {\n    email = "admin@example.org";\n    storage = "${config.services.traefik.dataDir}/acme.json";\n    dnsChallenge.provider = "cloudflare";\n  };\n}',
    },
  ),
  ...OBSERVABILITY,
  api: set(
    'Traefik’s own API and its dashboard, as the service `api@internal`. `{ }` is enough.',
    {
      dashboard: flag('Whether there is a dashboard.', true),
      insecure: flag('Offers API and dashboard to everybody on port 8080.', false, {
        pitfall:
          'Anyone who reaches the port sees all routes. Better write a router to `api@internal` with authentication.',
      }),
      basePath: text('The path below which API and dashboard are found.', { default: '/' }),
      debug: flag('Adds what Go knows of the running process.', false),
      disableDashboardAd: flag('Hides the advertisement in the dashboard.', false),
      dashboardName: text('The name that the dashboard shows.'),
    },
    { emptyAllowed: true, manual: `${PAGE}/api-dashboard/`, example: '{ dashboard = true; }' },
  ),
  ping: set(
    'Answers `/ping`, so that others see whether Traefik is well. `{ }` is enough.',
    {
      entryPoint: text('The entry point that answers `/ping`.', {
        default: 'traefik',
        references: 'entry point',
        pitfall: 'The default opens an entry point of its own on port 8080.',
      }),
      manualRouting: flag('Makes no router: one of yours uses the service `ping@internal`.', false),
      terminatingStatusCode: whole('The status that is answered while Traefik shuts down.', 503),
    },
    { emptyAllowed: true, manual: `${PAGE}/observability/healthcheck/` },
  ),
  providers: set('Where routes come from, besides `dynamicConfigOptions`.', PROVIDERS, {
    manual: `${PAGE}/providers/overview/`,
  }),
  serversTransport: set('How Traefik connects to HTTP servers whose service names no transport of its own.', {
    insecureSkipVerify: flag('Accepts any certificate of a server, also one that nobody vouches for.', false),
    rootCAs: materials(
      'The certificate authorities that may have signed a server’s certificate: files, or their text.',
    ),
    maxIdleConnsPerHost: whole(
      'How many idle connections to a server are kept. With 0 it is Go’s own number, 2.',
      200,
    ),
    forwardingTimeouts: set('How long Traefik waits for a server.', FORWARDING_TIMEOUTS),
    spiffe: set('Checks servers by their SPIFFE identity.', SPIFFE, { emptyAllowed: true }),
  }),
  tcpServersTransport: set(
    'How Traefik connects to TCP servers whose service names no transport of its own.',
    {
      dialTimeout: time('How long Traefik tries to connect to a server.', '30s'),
      dialKeepAlive: time(
        'The time between two signs of life on an idle connection. A negative time sends none.',
        '15s',
      ),
      terminationDelay: time(
        'How long a connection that one side has closed stays open for the other.',
        '100ms',
      ),
      tls: set(
        'Speaks TLS with the servers.',
        {
          insecureSkipVerify: flag(
            'Accepts any certificate of a server, also one that nobody vouches for.',
            false,
          ),
          rootCAs: materials(
            'The certificate authorities that may have signed a server’s certificate: files, or their text.',
          ),
          spiffe: set('Checks servers by their SPIFFE identity.', SPIFFE, { emptyAllowed: true }),
        },
        { emptyAllowed: true },
      ),
    },
  ),
  global: set(
    'What holds for the whole process.',
    {
      checkNewVersion: flag('Looks from time to time whether there is a newer Traefik.', true),
      sendAnonymousUsage: flag('Tells the makers of Traefik, without names, how it is used.', false),
      notAppendXForwardedFor: flag('Does not add the address of the connection to `X-Forwarded-For`.', false),
    },
    { manual: `${PAGE}/configuration-options/` },
  ),
  experimental: set('Plugins, and what is not finished yet.', EXPERIMENTAL, {
    manual: `${PAGE}/experimental/plugins/`,
  }),
  core: set(
    'The rule language of routers that do not say which they use.',
    {
      defaultRuleSyntax: text('The version of the rule language.', {
        default: 'v3',
        values: ['v2', 'v3'],
        otherValues: 'ignored',
        deprecated: 'Deprecated since Traefik 3.4: write the rules in the language of version 3.',
      }),
    },
    { deprecated: 'Deprecated since Traefik 3.4: write the rules in the language of version 3.' },
  ),
  hostResolver: set(
    'Follows the aliases (CNAME) of the host name that was asked for, so that `Host` matches what they lead to.',
    {
      cnameFlattening: flag('Whether aliases are followed.', false),
      resolvConfig: text('The file that names the DNS servers.', { default: '/etc/resolv.conf' }),
      resolvDepth: whole('How many aliases are followed.', 5),
    },
    { emptyAllowed: true },
  ),
  spiffe: set(
    'Where Traefik gets its own SPIFFE identity.',
    { workloadAPIAddr: text('Where the agent of SPIFFE listens.') },
    { manual: `${PAGE}/tls/spiffe/` },
  ),
  ocsp: set(
    'Staples to each certificate the issuer’s word that it is still good.',
    {
      responderOverrides: pairs(
        'Other servers to ask for that word: the URL in the certificate, and the one instead.',
      ),
    },
    { emptyAllowed: true, manual: `${PAGE}/tls/ocsp/` },
  ),
};
