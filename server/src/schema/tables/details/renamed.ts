import type { RenamedOption } from '../../service';

/** Former options of services that had many. Each was read in the module of the service. */

/** Options of a service that moved as they are, below another path. */
function moved(service: string, below: string, names: readonly string[]): RenamedOption[] {
  return names.map((name) => ({
    from: `services.${service}.${name}`,
    to: `services.${service}.${below}.${name}`,
  }));
}

function renamed(service: string, names: Readonly<Record<string, string | null>>): RenamedOption[] {
  return Object.entries(names).map(([from, to]) => ({
    from: `services.${service}.${from}`,
    to: to === null ? null : `services.${service}.${to}`,
  }));
}

export const KEYCLOAK_RENAMED: readonly RenamedOption[] = renamed('keycloak', {
  bindAddress: 'settings.http-host',
  extraConfig: 'settings',
  forceBackendUrlToFrontendUrl: 'settings.hostname-strict-backchannel',
  frontendUrl: 'settings.hostname',
  httpPort: 'settings.http-port',
  httpsPort: 'settings.https-port',
});

export const PROMETHEUS_RENAMED: readonly RenamedOption[] = renamed('prometheus', {
  alertmanagerTimeout: null,
  environmentFile: null,
});

export const REDIS_RENAMED: readonly RenamedOption[] = [
  ...moved('redis', 'servers.""', [
    'appendFsync',
    'appendOnly',
    'bind',
    'databases',
    'enable',
    'logLevel',
    'logfile',
    'masterAuth',
    'maxclients',
    'openFirewall',
    'port',
    'requirePass',
    'requirePassFile',
    'save',
    'settings',
    'slaveOf',
    'slowLogLogSlowerThan',
    'slowLogMaxLen',
    'syslog',
    'unixSocket',
    'unixSocketPerm',
  ]),
  ...renamed('redis', {
    appendOnlyFilename: null,
    dbFilename: null,
    dbpath: null,
    extraConfig: 'servers.<name>.settings',
    pidFile: null,
    user: null,
  }),
];

export const SYNAPSE_RENAMED: readonly RenamedOption[] = [
  ...moved('matrix-synapse', 'settings', [
    'allow_guest_access',
    'app_service_config_files',
    'bcrypt_rounds',
    'dynamic_thumbnails',
    'enable_metrics',
    'enable_registration',
    'enable_registration_captcha',
    'event_cache_size',
    'key_refresh_interval',
    'listeners',
    'max_image_pixels',
    'max_upload_size',
    'public_baseurl',
    'recaptcha_private_key',
    'recaptcha_public_key',
    'redaction_retention_period',
    'report_stats',
    'server_name',
    'tls_certificate_path',
    'tls_private_key_path',
    'turn_shared_secret',
    'turn_uris',
    'turn_user_lifetime',
    'url_preview_enabled',
    'url_preview_ip_range_blacklist',
    'url_preview_ip_range_whitelist',
    'url_preview_url_blacklist',
  ]),
  ...renamed('matrix-synapse', {
    bind_host: 'settings.listeners',
    bind_port: 'settings.listeners',
    create_local_database: null,
    database_args: 'settings.database.args',
    database_name: 'settings.database.args.database',
    database_type: 'settings.database.name',
    database_user: 'settings.database.args.user',
    expire_access_tokens: null,
    extraConfig: 'settings',
    logConfig: 'settings.log_config',
    macaroon_secret_key: 'extraConfigFiles',
    no_tls: null,
    registration_shared_secret: 'extraConfigFiles',
    servers: 'settings.trusted_key_servers',
    tls_dh_param_path: null,
    trusted_third_party_id_servers: null,
    unsecure_port: 'settings.listeners',
    user_creation_max_duration: null,
    verbose: 'log',
    web_client: null,
  }),
];

export const SYNCTHING_RENAMED: readonly RenamedOption[] = renamed('syncthing', {
  'declarative.cert': 'cert',
  'declarative.devices': 'settings.devices',
  'declarative.extraOptions': 'settings',
  'declarative.folders': 'settings.folders',
  'declarative.key': 'key',
  'declarative.overrideDevices': 'overrideDevices',
  'declarative.overrideFolders': 'overrideFolders',
  devices: 'settings.devices',
  extraOptions: 'settings',
  folders: 'settings.folders',
  options: 'settings.options',
  useInotify: null,
});

export const TRANSMISSION_RENAMED: readonly RenamedOption[] = renamed('transmission', {
  port: 'settings.rpc-port',
});
