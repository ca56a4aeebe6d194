import type { OptionDoc } from '../option';
import { GRAFANA_DETAILS } from './details/grafana';
import { KEYCLOAK_DETAILS } from './details/keycloak';
import { PROMETHEUS_DETAILS } from './details/prometheus';
import { REDIS_DETAILS } from './details/redis';
import { SERVARR_DETAILS } from './details/servarr';
import { SYNAPSE_DETAILS } from './details/synapse';
import { SYNCTHING_DETAILS } from './details/syncthing';
import { TORRENT_DETAILS } from './details/torrents';
import { JELLYFIN_TRANSCODING } from './jellyfin';
import { OTHER_SERVICES } from './other-services';
import { SERVICE_SETTINGS } from './service-settings';

/**
 * Options of services beside what `services.ts` says of where they listen: shown and offered, but not declared, so that
 * nothing follows from their types. `source` says of each whether it was compared with its module (`READ`) or written from
 * general knowledge of nixpkgs' modules.
 */
const ROWS: readonly Omit<OptionDoc, 'source'>[] = [
  {
    path: 'services.adguardhome.allowDHCP',
    type: 'boolean',
    description: 'Gives AdGuard Home the capability that its DHCP server needs.',
  },
  {
    path: 'services.adguardhome.mutableSettings',
    type: 'boolean',
    description:
      'Whether changes made in the web interface survive a restart. With `false` each start writes `settings` over what is there.',
    default: true,
  },
  {
    path: 'services.adguardhome.settings',
    type: 'null or attribute set of anything',
    description:
      'The content of `AdGuardHome.yaml`. Without `mutableSettings = false` it is merged into the file that is there.',
  },
  {
    path: 'services.atuin.openRegistration',
    type: 'boolean',
    description: 'Whether anybody may register an account.',
    default: false,
  },
  {
    path: 'services.authelia.instances.<name>.user',
    type: 'string',
    description: 'The user that the instance runs as.',
  },
  {
    path: 'services.authelia.instances.<name>.group',
    type: 'string',
    description: 'The group that the instance runs as.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.jwtSecretFile',
    type: 'null or absolute path',
    description:
      'A file with the secret that signs the tokens of identity verification. It is read when the service starts, and never enters the Nix store.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.oidcHmacSecretFile',
    type: 'null or absolute path',
    description:
      'A file with the secret that signs OpenID Connect tokens. It is read when the service starts, and never enters the Nix store.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.oidcIssuerPrivateKeyFile',
    type: 'null or absolute path',
    description:
      'A file with the private key of the OpenID Connect issuer. It is read when the service starts, and never enters the Nix store.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.sessionSecretFile',
    type: 'null or absolute path',
    description:
      'A file with the secret that encrypts sessions kept in Redis. It is read when the service starts, and never enters the Nix store.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.storageEncryptionKeyFile',
    type: 'null or absolute path',
    description:
      'A file with the key that encrypts what is stored. It is read when the service starts, and never enters the Nix store.',
  },
  {
    path: 'services.authelia.instances.<name>.secrets.manual',
    type: 'boolean',
    description: 'Whether the secrets are given in another way, so that none of them is required here.',
    default: false,
  },
  { path: 'services.gitea.user', type: 'string', description: 'The user that the service runs as.' },
  { path: 'services.gitea.group', type: 'string', description: 'The group that the service runs as.' },
  { path: 'services.qbittorrent.user', type: 'string', description: 'The user that the service runs as.' },
  { path: 'services.qbittorrent.group', type: 'string', description: 'The group that the service runs as.' },
  { path: 'services.forgejo.user', type: 'string', description: 'The user that the service runs as.' },
  { path: 'services.forgejo.group', type: 'string', description: 'The group that the service runs as.' },
  { path: 'services.immich.user', type: 'string', description: 'The user that the service runs as.' },
  { path: 'services.immich.group', type: 'string', description: 'The group that the service runs as.' },
  { path: 'services.jellyfin.user', type: 'string', description: 'The user that the service runs as.' },
  { path: 'services.jellyfin.group', type: 'string', description: 'The group that the service runs as.' },
  { path: 'services.paperless.user', type: 'string', description: 'The user that the service runs as.' },
  {
    path: 'services.nginx.user',
    type: 'string',
    description: 'The user that the service runs as.',
    default: 'nginx',
  },
  {
    path: 'services.nginx.group',
    type: 'string',
    description: 'The group that the service runs as.',
    default: 'nginx',
  },
  {
    path: 'services.calibre-web.options.calibreLibrary',
    type: 'null or absolute path',
    description: 'The folder of the Calibre library.',
  },
  {
    path: 'services.calibre-web.options.enableBookConversion',
    type: 'boolean',
    description: 'Whether books can be converted.',
    default: false,
  },
  {
    path: 'services.calibre-web.options.enableBookUploading',
    type: 'boolean',
    description: 'Whether books can be uploaded.',
    default: false,
  },
  {
    path: 'services.calibre-web.options.enableKepubify',
    type: 'boolean',
    description: 'Whether books are converted for Kobo readers.',
    default: false,
  },
  {
    path: 'services.changedetection-io.baseURL',
    type: 'null or string',
    description: 'The address in notifications.',
  },
  {
    path: 'services.changedetection-io.behindProxy',
    type: 'boolean',
    description: 'Whether it runs behind a reverse proxy.',
    default: false,
  },
  {
    path: 'services.changedetection-io.webDriverSupport',
    type: 'boolean',
    description: 'Whether pages are fetched with a WebDriver browser, which runs as a container.',
    default: false,
  },
  {
    path: 'services.cockpit.settings',
    type: 'attribute set of anything',
    description: 'The content of `cockpit.conf`, by section.',
    default: {},
  },
  { path: 'services.forgejo.package', type: 'package', description: 'The package to use.' },
  {
    path: 'services.forgejo.database.type',
    type: 'one of "sqlite3", "mysql", "postgres"',
    description: 'The database to use.',
    default: 'sqlite3',
  },
  {
    path: 'services.forgejo.database.createDatabase',
    type: 'boolean',
    description: 'Whether a local database is created.',
    defaultText: '`true` with a `system.stateVersion` before 25.11',
  },
  {
    path: 'services.forgejo.database.passwordFile',
    type: 'null or absolute path',
    description: 'A file with the password of the database user.',
  },
  {
    path: 'services.forgejo.database.host',
    type: 'string',
    description: 'The host of the database.',
    default: '127.0.0.1',
  },
  {
    path: 'services.forgejo.database.name',
    type: 'string',
    description: 'The name of the database.',
    default: 'forgejo',
  },
  {
    path: 'services.forgejo.database.user',
    type: 'string',
    description: 'The user of the database.',
    default: 'forgejo',
  },
  {
    path: 'services.forgejo.dump.enable',
    type: 'boolean',
    description: 'Whether backups are made regularly.',
    default: false,
  },
  {
    path: 'services.forgejo.dump.interval',
    type: 'string',
    description: 'When a backup is made, as a systemd calendar event.',
    default: '04:31',
  },
  {
    path: 'services.forgejo.dump.type',
    type: 'one of "zip", "tar", "tar.sz", "tar.gz", "tar.xz", "tar.bz2", "tar.br", "tar.lz4", "tar.zst"',
    description: 'The format of a backup.',
    default: 'zip',
  },
  { path: 'services.forgejo.dump.file', type: 'null or string', description: 'The file name of a backup.' },
  {
    path: 'services.forgejo.lfs.enable',
    type: 'boolean',
    description: 'Whether Git Large File Storage is served.',
    default: false,
  },
  { path: 'services.gitea.package', type: 'package', description: 'The package to use.' },
  {
    path: 'services.gitea.database.type',
    type: 'one of "sqlite3", "mysql", "postgres"',
    description: 'The database to use.',
    default: 'sqlite3',
  },
  {
    path: 'services.gitea.database.createDatabase',
    type: 'boolean',
    description: 'Whether a local database is created.',
    default: true,
  },
  {
    path: 'services.gitea.database.passwordFile',
    type: 'null or absolute path',
    description: 'A file with the password of the database user.',
  },
  {
    path: 'services.gitea.database.host',
    type: 'string',
    description: 'The host of the database.',
    default: '127.0.0.1',
  },
  {
    path: 'services.gitea.database.name',
    type: 'string',
    description: 'The name of the database.',
    default: 'gitea',
  },
  {
    path: 'services.gitea.database.user',
    type: 'string',
    description: 'The user of the database.',
    default: 'gitea',
  },
  {
    path: 'services.gitea.dump.enable',
    type: 'boolean',
    description: 'Whether backups are made regularly.',
    default: false,
  },
  {
    path: 'services.gitea.dump.interval',
    type: 'string',
    description: 'When a backup is made, as a systemd calendar event.',
    default: '04:31',
  },
  {
    path: 'services.gitea.dump.type',
    type: 'one of "zip", "rar", "tar", "sz", "tar.gz", "tar.xz", "tar.bz2", "tar.br", "tar.lz4", "tar.zst"',
    description: 'The format of a backup.',
    default: 'zip',
  },
  { path: 'services.gitea.dump.file', type: 'null or string', description: 'The file name of a backup.' },
  {
    path: 'services.gitea.lfs.enable',
    type: 'boolean',
    description: 'Whether Git Large File Storage is served.',
    default: false,
  },
  { path: 'services.gitea.appName', type: 'string', description: 'The name in the title of the pages.' },
  {
    path: 'services.headscale.settings',
    type: 'attribute set of anything',
    description: 'The content of Headscale’s `config.yaml`.',
    default: {},
  },
  {
    path: 'services.hedgedoc.environmentFile',
    type: 'null or absolute path',
    description: 'A file with environment variables, for secrets that `settings` refer to.',
  },
  {
    path: 'services.home-assistant.customComponents',
    type: 'list of package',
    description: 'Integrations that are not Home Assistant’s own, as packages.',
    default: [],
    example: '[ pkgs.home-assistant-custom-components.prometheus_sensor ]',
  },
  {
    path: 'services.home-assistant.customLovelaceModules',
    type: 'list of package',
    description: 'Cards for dashboards, as packages. They are loaded where the dashboard’s mode is `yaml`.',
    default: [],
    example: '[ pkgs.home-assistant-custom-lovelace-modules.mini-graph-card ]',
  },
  {
    path: 'services.home-assistant.extraComponents',
    type: 'list of string',
    description: 'Integrations whose dependencies are installed though the configuration does not name them.',
    default: [],
  },
  {
    path: 'services.home-assistant.extraPackages',
    type: 'function that evaluates to a(n) list of package',
    description: 'Python packages that Home Assistant finds beside its own, e.g. the driver of a database.',
    defaultText: 'python3Packages: [ ]',
    example: 'python3Packages: [ python3Packages.psycopg2 ]',
  },
  {
    path: 'services.homepage-dashboard.allowedHosts',
    type: 'string',
    description:
      'The host names under which the dashboard answers, separated by commas. Behind a proxy its name has to be among them.',
  },
  {
    path: 'services.homepage-dashboard.environmentFile',
    type: 'string',
    description: 'A file with environment variables, for secrets.',
  },
  {
    path: 'services.homepage-dashboard.services',
    type: 'unspecified value',
    description: 'The services on the dashboard, in groups.',
    default: [],
  },
  {
    path: 'services.homepage-dashboard.widgets',
    type: 'unspecified value',
    description: 'The widgets at the top of the dashboard.',
    default: [],
  },
  {
    path: 'services.homepage-dashboard.bookmarks',
    type: 'unspecified value',
    description: 'The bookmarks, in groups.',
    default: [],
  },
  {
    path: 'services.homepage-dashboard.settings',
    type: 'attribute set of anything',
    description: 'The content of the dashboard’s `settings.yaml`.',
    default: {},
  },
  {
    path: 'services.immich.database.enable',
    type: 'boolean',
    description: 'Whether a local PostgreSQL is set up for Immich.',
    default: true,
  },
  {
    path: 'services.immich.database.createDB',
    type: 'boolean',
    description: 'Whether the database and its user are created.',
    default: true,
  },
  {
    path: 'services.immich.database.name',
    type: 'string',
    description: 'The name of the database.',
    default: 'immich',
  },
  {
    path: 'services.immich.database.user',
    type: 'string',
    description: 'The user of the database.',
    default: 'immich',
  },
  {
    path: 'services.immich.database.host',
    type: 'string',
    description: 'The host of the database, or the folder of its socket.',
    default: '/run/postgresql',
  },
  {
    path: 'services.immich.environment',
    type: 'attribute set of string',
    description: 'Environment variables of the server.',
    default: {},
  },
  {
    path: 'services.immich.machine-learning.enable',
    type: 'boolean',
    description: 'Whether the machine-learning server runs beside it.',
    default: true,
  },
  {
    path: 'services.immich.redis.enable',
    type: 'boolean',
    description: 'Whether a local Redis is set up for Immich.',
    default: true,
  },
  {
    path: 'services.immich.settings',
    type: 'null or attribute set of anything',
    description: 'The settings of the web interface. While this is set they cannot be changed there.',
    default: null,
  },
  {
    path: 'services.kavita.tokenKeyFile',
    type: 'absolute path',
    description: 'A file with the secret that signs tokens, of at least 512 bits.',
  },
  {
    path: 'services.mosquitto.listeners',
    type: 'list of (submodule)',
    description: 'Where the broker listens, each with its users and its access control.',
    default: [],
  },
  {
    path: 'services.mysql.package',
    type: 'package',
    description: 'The package to use, which decides between MySQL and MariaDB.',
  },
  {
    path: 'services.nextcloud.package',
    type: 'package',
    description: 'The release of Nextcloud. Only one major version at a time can be upgraded.',
  },
  {
    path: 'services.nextcloud.hostName',
    type: 'string',
    description: 'The host name under which Nextcloud is reached.',
  },
  {
    path: 'services.nextcloud.https',
    type: 'boolean',
    description: 'Whether links are written with https.',
    default: false,
  },
  {
    path: 'services.nextcloud.maxUploadSize',
    type: 'string',
    description: 'How large an upload may be.',
    default: '512M',
  },
  {
    path: 'services.nextcloud.configureRedis',
    type: 'boolean',
    description: 'Whether Nextcloud locks and caches through a local Redis.',
  },
  {
    path: 'services.nextcloud.database.createLocally',
    type: 'boolean',
    description: 'Whether the database and its user are created on this system.',
    default: false,
  },
  {
    path: 'services.nextcloud.extraApps',
    type: 'attribute set of package',
    description: 'Apps to install, by name.',
    default: {},
  },
  {
    path: 'services.nextcloud.extraAppsEnable',
    type: 'boolean',
    description: 'Whether the `extraApps` are enabled at each start.',
    default: true,
  },
  {
    path: 'services.nextcloud.appstoreEnable',
    type: 'null or boolean',
    description: 'Whether apps can be installed in the web interface.',
  },
  {
    path: 'services.nextcloud.autoUpdateApps.enable',
    type: 'boolean',
    description: 'Whether apps from the app store are updated daily.',
    default: false,
  },
  {
    path: 'services.nextcloud.autoUpdateApps.startAt',
    type: 'string or list of string',
    description: 'When apps are updated, as a systemd calendar event.',
    default: '05:00:00',
  },
  {
    path: 'services.nextcloud.phpOptions',
    type: 'attribute set of (string or signed integer)',
    description: 'Options of PHP, as `php.ini` has them.',
  },
  {
    path: 'services.nextcloud.fastcgiTimeout',
    type: 'signed integer',
    description: 'How many seconds PHP may take to answer.',
    default: 120,
  },
  {
    path: 'services.nextcloud.secretFile',
    type: 'null or string',
    description: 'A JSON file whose content is merged into the configuration, for secrets.',
  },
  {
    path: 'services.nextcloud.settings',
    type: 'attribute set of anything',
    description: 'Further content of `config.php`.',
    default: {},
  },
  {
    path: 'services.nextcloud.config.adminuser',
    type: 'null or string',
    description: 'The name of the first administrator.',
    default: 'root',
  },
  {
    path: 'services.nextcloud.config.adminpassFile',
    type: 'null or string',
    description: 'A file with the password of the first administrator. Read at the installation only.',
  },
  {
    path: 'services.nextcloud.config.dbtype',
    type: 'null or one of "sqlite", "pgsql", "mysql"',
    description: 'The database to use.',
  },
  {
    path: 'services.nextcloud.config.dbname',
    type: 'null or string',
    description: 'The name of the database.',
  },
  {
    path: 'services.nextcloud.config.dbuser',
    type: 'null or string',
    description: 'The user of the database.',
  },
  {
    path: 'services.nextcloud.config.dbpassFile',
    type: 'null or string',
    description: 'The file with the password of the database user.',
  },
  {
    path: 'services.nextcloud.config.dbhost',
    type: 'null or string',
    description: 'The host of the database, or the folder of its socket.',
  },
  {
    path: 'services.node-red.configFile',
    type: 'absolute path',
    description: 'The settings file of Node-RED.',
  },
  {
    path: 'services.node-red.withNpmAndGcc',
    type: 'boolean',
    description: 'Whether Node-RED has npm and a compiler, which nodes installed in the web interface need.',
    default: false,
  },
  { path: 'services.open-webui.package', type: 'package', description: 'The package to use.' },
  {
    path: 'services.open-webui.environment',
    type: 'attribute set of string',
    description: 'Environment variables, which hold its settings.',
  },
  {
    path: 'services.open-webui.environmentFile',
    type: 'null or absolute path',
    description: 'A file with environment variables, for secrets.',
    default: null,
  },
  { path: 'services.opencloud.package', type: 'package', description: 'The package of the server.' },
  {
    path: 'services.opencloud.webPackage',
    type: 'package',
    description: 'The package of the web interface.',
  },
  {
    path: 'services.opencloud.idpWebPackage',
    type: 'package',
    description: 'The package of the login page.',
  },
  {
    path: 'services.opencloud.url',
    type: 'string',
    description: 'The address under which OpenCloud is reached, with https.',
  },
  {
    path: 'services.opencloud.environment',
    type: 'attribute set of string',
    description: 'Environment variables, which hold its settings.',
    default: { OC_INSECURE: 'true' },
  },
  {
    path: 'services.opencloud.environmentFile',
    type: 'null or absolute path',
    description: 'A file with environment variables, for secrets.',
  },
  {
    path: 'services.opencloud.settings',
    type: 'attribute set of anything',
    description: 'Configuration files of its services, by service.',
    default: {},
  },
  {
    path: 'services.paperless.configureTika',
    type: 'boolean',
    description: 'Whether Tika and Gotenberg are set up, so that office documents and mail are read.',
    default: false,
  },
  {
    path: 'services.paperless.consumptionDir',
    type: 'string',
    description: 'The folder whose files are taken in.',
  },
  { path: 'services.paperless.mediaDir', type: 'string', description: 'The folder of the documents.' },
  {
    path: 'services.paperless.passwordFile',
    type: 'null or absolute path',
    description: 'A file with the password of the administrator.',
  },
  {
    path: 'services.paperless.database.createLocally',
    type: 'boolean',
    description: 'Whether a local PostgreSQL is set up; otherwise SQLite is used.',
    default: false,
  },
  {
    path: 'services.paperless.settings',
    type: 'attribute set of anything',
    description: 'Environment variables of Paperless, by name; lists and sets are written as JSON.',
    default: {},
  },
  {
    path: 'services.postgresql.package',
    type: 'package',
    description:
      'The release of PostgreSQL. A new major version does not read the data of another one: migrate it first.',
  },
  {
    path: 'services.postgresql.authentication',
    type: 'strings concatenated with "\\n"',
    description: 'Lines of `pg_hba.conf`: who may connect, from where, and how.',
  },
  {
    path: 'services.postgresql.enableTCPIP',
    type: 'boolean',
    description: 'Whether it listens on every address, and not only on a socket and on localhost.',
    default: false,
  },
  {
    path: 'services.postgresql.enableJIT',
    type: 'boolean',
    description: 'Whether queries are compiled.',
    default: false,
  },
  {
    path: 'services.postgresql.ensureDatabases',
    type: 'list of string',
    description: 'Databases that are created where they are missing. None is ever deleted.',
    default: [],
  },
  {
    path: 'services.postgresql.ensureUsers',
    type: 'list of (submodule)',
    description: 'Users that are created where they are missing.',
    default: [],
  },
  { path: 'services.postgresql.ensureUsers.*.name', type: 'string', description: 'The name of the user.' },
  {
    path: 'services.postgresql.ensureUsers.*.ensureDBOwnership',
    type: 'boolean',
    description: 'Whether the user owns the database of the same name.',
    default: false,
  },
  {
    path: 'services.postgresql.ensureUsers.*.ensureClauses',
    type: 'attribute set of anything',
    description: 'Rights of the user, such as `login` and `superuser`.',
  },
  {
    path: 'services.postgresql.initdbArgs',
    type: 'list of string',
    description: 'Arguments of `initdb` when the data folder is made.',
    default: [],
  },
  {
    path: 'services.postgresql.initialScript',
    type: 'null or absolute path',
    description: 'SQL that runs at the first start.',
  },
  {
    path: 'services.postgresql.extensions',
    type: 'function that evaluates to a(n) list of absolute path, or list of absolute path',
    description: 'Extensions to install, chosen from a set of packages.',
    example: 'ps: with ps; [ postgis pg_repack ]',
  },
  {
    path: 'services.prometheus.exporters.node.enabledCollectors',
    type: 'list of string',
    description: 'Collectors that are on beside the default ones.',
    default: [],
  },
  {
    path: 'services.prometheus.exporters.node.disabledCollectors',
    type: 'list of string',
    description: 'Collectors that are off.',
    default: [],
  },
  {
    path: 'services.prometheus.exporters.smartctl.devices',
    type: 'list of string',
    description: 'The drives to watch; all where none is listed.',
    default: [],
  },
  {
    path: 'services.prometheus.exporters.nut.nutVariables',
    type: 'list of string',
    description: 'The variables of the UPS to export.',
  },
  {
    path: 'services.prometheus.exporters.snmp.configuration',
    type: 'null or attribute set of anything',
    description: 'The content of `snmp.yml`.',
  },
  {
    path: 'services.qbittorrent.serverConfig',
    type: 'attribute set of anything',
    description: 'The content of `qBittorrent.conf`, by section.',
    default: {},
  },
  {
    path: 'services.qbittorrent.torrentingPort',
    type: 'null or 16 bit unsigned integer; between 0 and 65535 (both inclusive)',
    description: 'The port for other peers.',
  },
  {
    path: 'services.searx.environmentFile',
    type: 'null or absolute path',
    description: 'A file with environment variables, for secrets.',
  },
  {
    path: 'services.searx.openFirewall',
    type: 'boolean',
    description: 'Opens its port in the firewall.',
    default: false,
  },
  {
    path: 'services.searx.settings',
    type: 'attribute set of anything',
    description:
      'The settings of SearXNG, merged with its defaults. `@NAME@` stands for a variable of `environmentFile`.',
    default: {},
    example: '{ server = { port = 8080; bind_address = "0.0.0.0"; secret_key = "@SEARX_SECRET_KEY@"; }; }',
  },
  {
    path: 'services.vaultwarden.backupDir',
    type: 'null or string',
    description: 'Where a backup of the SQLite database is written daily.',
    default: null,
  },
  {
    path: 'services.vaultwarden.dbBackend',
    type: 'one of "sqlite", "mysql", "postgresql"',
    description: 'The database to use.',
    default: 'sqlite',
  },
  {
    path: 'services.vaultwarden.environmentFile',
    type: 'unspecified value',
    description: 'Files with environment variables, for secrets such as `ADMIN_TOKEN`.',
  },
  ...JELLYFIN_TRANSCODING,
];

/** Modules that rows were compared with, name by name, type by type and default by default; by what their paths begin with. */
const READ: Readonly<Record<string, string>> = {
  adguardhome: 'networking/adguardhome.nix',
  atuin: 'misc/atuin.nix',
  authelia: 'security/authelia.nix',
  'calibre-web': 'web-apps/calibre-web.nix',
  'changedetection-io': 'web-apps/changedetection-io.nix',
  forgejo: 'misc/forgejo.nix',
  gitea: 'misc/gitea.nix',
  headscale: 'networking/headscale.nix',
  'home-assistant': 'home-automation/home-assistant.nix',
  'homepage-dashboard': 'misc/homepage-dashboard.nix',
  immich: 'web-apps/immich.nix',
  kavita: 'web-apps/kavita.nix',
  mosquitto: 'networking/mosquitto.nix',
  n8n: 'misc/n8n.nix',
  jellyfin: 'misc/jellyfin.nix',
  nextcloud: 'web-apps/nextcloud.nix',
  nginx: 'web-servers/nginx/default.nix',
  'node-red.configFile': 'web-apps/node-red.nix',
  'open-webui': 'misc/open-webui.nix',
  opencloud: 'web-apps/opencloud.nix',
  paperless: 'misc/paperless.nix',
  postgresql: 'databases/postgresql.nix',
  'prometheus.exporters.node': 'monitoring/prometheus/exporters/node.nix',
  'prometheus.exporters.nut': 'monitoring/prometheus/exporters/nut.nix',
  'prometheus.exporters.smartctl': 'monitoring/prometheus/exporters/smartctl.nix',
  'prometheus.exporters.snmp': 'monitoring/prometheus/exporters/snmp.nix',
  qbittorrent: 'torrent/qbittorrent.nix',
  'searx.environmentFile': 'networking/searx.nix',
  'searx.settings': 'networking/searx.nix',
  vaultwarden: 'security/vaultwarden/default.nix',
};

/** Options of those that the version that was read does not have, or has otherwise, or that stand in a part that was not read. */
const NEWER: ReadonlySet<string> = new Set([
  'services.nextcloud.secretFile',
  'services.vaultwarden.environmentFile',
]);

/** Where a row was read; of what was not read, that it was not. */
function sourceOf(path: string): string {
  const names = path.split('.').slice(1);
  for (let length = names.length; length > 0 && !NEWER.has(path); length--) {
    const module = READ[names.slice(0, length).join('.')];
    if (module !== undefined) return `nixpkgs nixos/modules/services/${module}`;
  }
  return 'general knowledge of nixpkgs nixos/modules/services, not compared';
}

export const SERVICE_DETAILS: readonly OptionDoc[] = [
  ...ROWS.map((row) => ({ ...row, source: sourceOf(row.path) })),
  ...GRAFANA_DETAILS,
  ...KEYCLOAK_DETAILS,
  ...PROMETHEUS_DETAILS,
  ...REDIS_DETAILS,
  ...SERVARR_DETAILS,
  ...SYNAPSE_DETAILS,
  ...SYNCTHING_DETAILS,
  ...TORRENT_DETAILS,
  ...SERVICE_SETTINGS,
  ...OTHER_SERVICES,
];
