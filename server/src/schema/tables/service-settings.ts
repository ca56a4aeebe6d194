import type { OptionDoc } from '../option';
import { optionsOf, type ShortRow, type ShortRows } from './short-rows';

/**
 * Further options of services, and keys of their settings that homelabs write: shown and offered, not declared. Each group
 * names the module it was read in, or says that it was not compared.
 */

const BOOL = 'boolean';
const TEXT = 'string';
const OPTIONAL = 'null or string';
const TEXTS = 'list of string';
const FILE = 'null or absolute path';
const PORT = '16 bit unsigned integer; between 0 and 65535 (both inclusive)';
const PACKAGE = 'package';
const ANY = 'attribute set of anything';
const STRINGS = 'attribute set of string';

const NOT_COMPARED = 'general knowledge of nixpkgs nixos/modules/services, not compared';
const read = (module: string): string => `nixpkgs nixos/modules/services/${module}`;

/** The PHP pool that a web application runs in. */
const POOL: ShortRow = [
  'attribute set of (string or signed integer or boolean)',
  'Settings of the pool of PHP processes, as `php-fpm.conf` has them.',
  { example: '{ "pm" = "dynamic"; "pm.max_children" = 32; }' },
];

const GROUPS: readonly (readonly [service: string, source: string, rows: ShortRows])[] = [
  [
    'calibre-server',
    read('misc/calibre-server.nix'),
    {
      libraries: [
        'list of absolute path',
        'The folders of the libraries. Each must be there, and its `metadata.db` too.',
      ],
      'auth.enable': [BOOL, 'Whether a password is asked for.', { default: false }],
      'auth.mode': [
        'one of "auto", "basic", "digest"',
        'How the password is asked for.',
        { default: 'auto' },
      ],
      'auth.userDb': [FILE, 'The database of users.', { default: null }],
    },
  ],
  [
    'firefly-iii',
    read('web-apps/firefly-iii.nix'),
    {
      enableNginx: [BOOL, 'Whether nginx serves it under `virtualHost`.', { default: false }],
      virtualHost: [TEXT, 'The host name, which nginx serves.', { default: 'localhost' }],
      poolConfig: POOL,
      settings: [
        ANY,
        'Variables of Firefly III; those that end in `_FILE` name files with secrets.',
        { default: {} },
      ],
      'settings.APP_KEY_FILE': ['absolute path', 'The file with the key of the application, 32 characters.'],
      'settings.APP_URL': [TEXT, 'The address under which it is reached.'],
      'settings.APP_ENV': [
        'one of "local", "production", "testing"',
        'What it runs for.',
        { default: 'local' },
      ],
      'settings.DB_CONNECTION': [
        'one of "sqlite", "pgsql", "mysql"',
        'The database to use.',
        { default: 'sqlite' },
      ],
      'settings.DB_HOST': [TEXT, 'The host of the database, or the folder of its socket.'],
      'settings.DB_PORT': ['null or signed integer', 'The port of the database.'],
      'settings.DB_DATABASE': [TEXT, 'The name of the database.'],
      'settings.DB_USERNAME': [TEXT, 'The user of the database.'],
      'settings.DB_PASSWORD_FILE': [TEXT, 'The file with the password of that user.'],
      'settings.SITE_OWNER': [TEXT, 'The mail address of the owner.'],
      'settings.TRUSTED_PROXIES': [TEXT, 'The proxies whose headers are believed; `**` stands for all.'],
      'settings.TZ': [TEXT, 'The time zone.'],
    },
  ],
  [
    'freshrss',
    read('web-apps/freshrss.nix'),
    {
      baseUrl: [TEXT, 'The address under which it is reached.', { example: '"https://rss.example.org"' }],
      authType: [
        'one of "form", "http_auth", "none"',
        'Who asks for the password: FreshRSS, the proxy or nobody.',
        { default: 'form' },
      ],
      defaultUser: [TEXT, 'The first user.', { default: 'admin' }],
      passwordFile: [
        FILE,
        'The file with that user’s password. It must be set where `authType` is `form`.',
        { default: null },
      ],
      language: [TEXT, 'The language.', { default: 'en' }],
      extensions: ['list of package', 'Extensions to install.', { default: [] }],
      virtualHost: [TEXT, 'The virtual host of the web server.', { default: 'freshrss' }],
      webserver: ['one of "nginx", "caddy"', 'The web server that serves it.', { default: 'nginx' }],
      pool: [
        OPTIONAL,
        'The pool of PHP processes; one is made where it is not named.',
        { default: 'freshrss' },
      ],
      user: [TEXT, 'The user that it runs as.', { default: 'freshrss' }],
      'database.type': ['one of "sqlite", "pgsql", "mysql"', 'The database to use.', { default: 'sqlite' }],
      'database.host': [
        OPTIONAL,
        'The host of the database, or the folder of its socket.',
        { default: 'localhost' },
      ],
      'database.port': [`null or ${PORT}`, 'The port of the database.', { default: null }],
      'database.name': [OPTIONAL, 'The name of the database.', { default: 'freshrss' }],
      'database.user': [OPTIONAL, 'The user of the database.', { default: 'freshrss' }],
      'database.passFile': [FILE, 'The file with the password of that user.', { default: null }],
      'database.tableprefix': [OPTIONAL, 'What the names of its tables begin with.', { default: null }],
    },
  ],
  [
    'immich',
    read('web-apps/immich.nix'),
    {
      accelerationDevices: [
        'null or list of string',
        'Devices that Immich may use for transcoding; `[ ]` are none, `null` all.',
        {
          default: [],
          example: '[ "/dev/dri/renderD128" ]',
          pitfall:
            'In a container the device has to be there too: `bindMounts` and `allowedDevices` of the container.',
        },
      ],
      secretsFile: [
        OPTIONAL,
        'A file with environment variables, for secrets such as `DB_PASSWORD`.',
        { default: null },
      ],
      'database.enableVectorChord': [
        BOOL,
        'Whether VectorChord searches in the database.',
        { default: true },
      ],
      'database.enableVectors': [
        BOOL,
        'Whether pgvecto.rs searches in the database, as before VectorChord.',
        { defaultText: 'true where the state version is before 25.11' },
      ],
      'database.port': [PORT, 'The port of the database.', { default: 5432 }],
      'machine-learning.environment': [
        STRINGS,
        'Environment variables of the machine-learning server.',
        { default: {} },
      ],
      'redis.host': [
        TEXT,
        'The host of Redis, or the path of its socket.',
        { defaultText: 'the socket of its own server' },
      ],
      'redis.port': [PORT, 'The port of Redis; 0 for a socket.', { default: 0 }],
      'settings.newVersionCheck.enabled': [BOOL, 'Whether it looks for new versions.', { default: false }],
      'settings.server.externalDomain': [
        TEXT,
        'The address in shared links, with `https://`.',
        { default: '' },
      ],
    },
  ],
  [
    'invidious',
    NOT_COMPARED,
    {
      settings: [ANY, 'The content of Invidious’ configuration.', { default: {} }],
      extraSettingsFile: [OPTIONAL, 'A file whose settings are merged in, for secrets.', { default: null }],
      domain: [OPTIONAL, 'The host name under which it is reached.', { default: null }],
      hmacKeyFile: [FILE, 'The file with the key that signs requests.', { default: null }],
      'nginx.enable': [BOOL, 'Whether nginx serves it under `domain`.', { default: false }],
      'database.createLocally': [
        BOOL,
        'Whether the database and its user are created on this system.',
        { default: true },
      ],
      'database.host': [OPTIONAL, 'The host of the database; null for the local socket.', { default: null }],
      'database.passwordFile': [FILE, 'The file with the password of the database.', { default: null }],
      'sig-helper.enable': [
        BOOL,
        'Whether the helper that signs requests to YouTube runs.',
        { default: false },
      ],
    },
  ],
  [
    'karakeep',
    read('web-apps/karakeep.nix'),
    {
      extraEnvironment: [
        STRINGS,
        'Environment variables, which hold its settings.',
        { default: {}, example: '{ DISABLE_SIGNUPS = "true"; }' },
      ],
      'extraEnvironment.PORT': [TEXT, 'The port on which it listens.'],
      'extraEnvironment.DISABLE_SIGNUPS': [TEXT, 'Whether nobody may register.', { example: '"true"' }],
      'extraEnvironment.DISABLE_NEW_RELEASE_CHECK': [TEXT, 'Whether it does not look for new versions.'],
      'extraEnvironment.NEXTAUTH_URL': [TEXT, 'The address under which it is reached.'],
      environmentFile: [FILE, 'A file with environment variables, for secrets.', { default: null }],
      'browser.enable': [BOOL, 'Whether a browser runs beside it, for screenshots.', { default: true }],
      'browser.port': [PORT, 'The port of that browser.', { default: 9222 }],
      'browser.exe': [TEXT, 'The program of that browser.'],
      'meilisearch.enable': [
        BOOL,
        'Whether Meilisearch runs beside it, which search needs.',
        { default: true },
      ],
    },
  ],
  [
    'matrix-synapse',
    read('matrix/synapse.nix'),
    {
      package: [
        PACKAGE,
        'Synapse with its extras, to refer to. It cannot be set: change `pkgs.matrix-synapse-unwrapped` by an overlay.',
      ],
      'settings.signing_key_path': ['absolute path', 'The key that signs messages.'],
      'settings.media_store_path': ['absolute path', 'Where pictures and attachments lie.'],
      'settings.database.name': [
        'one of "sqlite3", "psycopg2"',
        'The kind of database.',
        { defaultText: 'psycopg2' },
      ],
      'settings.database.args.database': [TEXT, 'The name of the database.'],
      'settings.database.args.user': [OPTIONAL, 'The user of the database.'],
      'settings.presence.enabled': [BOOL, 'Whether it is shown who is online.', { default: true }],
      'settings.listeners.*.resources.*.names': [
        TEXTS,
        'What can be asked, such as `client` and `federation`.',
      ],
      'settings.listeners.*.resources.*.compress': [
        BOOL,
        'Whether answers are compressed.',
        { default: false },
      ],
      'settings.trusted_key_servers': [
        'list of (submodule)',
        'Servers that are asked for the keys of others.',
      ],
      'settings.app_service_config_files': [
        'list of absolute path',
        'Files that register bridges.',
        { default: [] },
      ],
    },
  ],
  [
    'mealie',
    read('web-apps/mealie.nix'),
    {
      'database.createLocally': [
        BOOL,
        'Whether PostgreSQL is set up for it on this system.',
        { default: false },
      ],
      settings: [
        ANY,
        'Environment variables, which hold its settings.',
        { default: {}, example: '{ ALLOW_SIGNUP = "false"; }' },
      ],
      'settings.BASE_URL': [TEXT, 'The address under which it is reached.'],
      'settings.ALLOW_SIGNUP': [TEXT, 'Whether anybody may register.'],
      credentialsFile: [FILE, 'A file with environment variables, for secrets.', { default: null }],
    },
  ],
  [
    'mosquitto',
    NOT_COMPARED,
    {
      persistence: [BOOL, 'Whether messages and subscriptions are kept over a restart.', { default: true }],
      settings: [ANY, 'Further settings of the broker.', { default: {} }],
      bridges: [
        'attribute set of (submodule)',
        'Other brokers that it exchanges messages with.',
        { default: {} },
      ],
      includeDirs: ['list of absolute path', 'Folders with further configuration.', { default: [] }],
      logType: [TEXTS, 'What is logged.', { default: [] }],
      'listeners.*.users': ['attribute set of (submodule)', 'Users, by name.', { default: {} }],
      'listeners.*.users.<name>.acl': [
        TEXTS,
        'What the user may read and write.',
        { default: [], example: '[ "readwrite #" ]' },
      ],
      'listeners.*.users.<name>.passwordFile': [FILE, 'The file with the password.', { default: null }],
      'listeners.*.users.<name>.password': [
        OPTIONAL,
        'The password, in plain. It lies readable in the Nix store.',
        { default: null },
      ],
      'listeners.*.users.<name>.hashedPassword': [
        OPTIONAL,
        'The password, hashed by `mosquitto_passwd`.',
        { default: null },
      ],
      'listeners.*.users.<name>.hashedPasswordFile': [
        FILE,
        'The file with the hashed password.',
        { default: null },
      ],
      'listeners.*.acl': [
        TEXTS,
        'What everybody may read and write.',
        { default: [], example: '[ "pattern readwrite #" ]' },
      ],
      'listeners.*.omitPasswordAuth': [BOOL, 'Whether nobody has to log in.', { default: false }],
      'listeners.*.settings': [ANY, 'Further settings of the listener.', { default: {} }],
      'listeners.*.settings.allow_anonymous': [BOOL, 'Whether clients without a user are let in.'],
    },
  ],
  [
    'navidrome',
    NOT_COMPARED,
    {
      user: [TEXT, 'The user that it runs as.', { default: 'navidrome' }],
      group: [TEXT, 'The group that it runs as.', { default: 'navidrome' }],
      environmentFile: [FILE, 'A file with environment variables, for secrets.', { default: null }],
      'settings.MusicFolder': [TEXT, 'The folder of the music.', { example: '"/srv/music"' }],
      'settings.DataFolder': [TEXT, 'The folder of its database.', { default: '/var/lib/navidrome' }],
      'settings.BaseUrl': [TEXT, 'The path or address under which it is reached.'],
      'settings.LogLevel': [
        'one of "error", "warn", "info", "debug", "trace"',
        'How much is logged.',
        { default: 'info' },
      ],
      'settings.ScanSchedule': [TEXT, 'When the music is looked through.'],
      'settings.EnableSharing': [BOOL, 'Whether albums can be shared by a link.', { default: false }],
    },
  ],
  [
    'nextcloud',
    read('web-apps/nextcloud.nix'),
    {
      'caching.apcu': [BOOL, 'Whether PHP caches in memory by APCu.', { default: true }],
      'caching.redis': [
        BOOL,
        'Whether PHP can speak with Redis. `configureRedis` sets up the rest.',
        { default: false },
      ],
      'caching.memcached': [BOOL, 'Whether PHP can speak with Memcached.', { default: false }],
      'settings.loglevel': [
        'integer between 0 and 4 (both inclusive)',
        'What is logged: 0 is everything, 4 only what ends it.',
        { default: 2 },
      ],
      'settings.log_type': [
        'one of "errorlog", "file", "syslog", "systemd"',
        'Where it logs to.',
        { default: 'syslog' },
      ],
      'settings.trusted_domains': [
        TEXTS,
        'Further host names under which it answers, beside `hostName`.',
        { default: [] },
      ],
      'settings.trusted_proxies': [
        TEXTS,
        'Addresses of proxies whose headers are believed. Behind Traefik, its address.',
        { default: [] },
      ],
      'settings.overwriteprotocol': [
        'one of "", "http", "https"',
        'The protocol in links. Behind a proxy with TLS it is `https`.',
        { default: '', example: '"https"' },
      ],
      'settings.default_phone_region': [
        TEXT,
        'The country of phone numbers without a code.',
        { default: '', example: '"DE"' },
      ],
      'settings.skeletondirectory': [TEXT, 'The folder with files that new users get.', { default: '' }],
      'nginx.recommendedHttpHeaders': [
        BOOL,
        'Whether nginx sends the headers that Nextcloud asks for.',
        { default: true },
      ],
      'nginx.hstsMaxAge': [
        'positive integer, meaning >0',
        'How long browsers insist on TLS, in seconds.',
        { default: 15552000 },
      ],
      'cli.memoryLimit': [OPTIONAL, 'How much memory its regular tasks may use.', { default: null }],
    },
  ],
  [
    'nextcloud',
    NOT_COMPARED,
    {
      phpExtraExtensions: [
        'unspecified value',
        'Further extensions of PHP: a function of those that there are.',
        { example: 'all: [ all.bz2 ]' },
      ],
      poolSettings: POOL,
      poolConfig: [
        `null or strings concatenated with "\\n"`,
        'Settings of the pool of PHP processes, as text.',
        { default: null, deprecated: 'Write `poolSettings`.' },
      ],
      enableImagemagick: [BOOL, 'Whether pictures of more kinds get a preview.', { default: true }],
      'notify_push.enable': [BOOL, 'Whether clients are told of changes at once.', { default: false }],
    },
  ],
  [
    'ollama',
    read('misc/ollama.nix'),
    {
      environmentVariables: [STRINGS, 'Environment variables of the server.', { default: {} }],
      'environmentVariables.OLLAMA_KEEP_ALIVE': [TEXT, 'How long a model stays in memory; `-1` is for ever.'],
      'environmentVariables.OLLAMA_CONTEXT_LENGTH': [TEXT, 'How much text a model takes into account.'],
      'environmentVariables.OLLAMA_ORIGINS': [TEXT, 'From which addresses browsers may ask.'],
      'environmentVariables.OLLAMA_NUM_PARALLEL': [TEXT, 'How many requests are answered at once.'],
      loadModels: [TEXTS, 'Models that are fetched once the server runs.', { default: [] }],
      syncModels: [BOOL, 'Whether other models than those of `loadModels` are deleted.', { default: false }],
      user: [
        OPTIONAL,
        'The user that it runs as; null for one that is made while it runs.',
        { default: null },
      ],
      group: [OPTIONAL, 'The group that it runs as.', { defaultText: '`services.ollama.user`' }],
      rocmOverrideGfx: [OPTIONAL, 'The kind of card that ROCm takes it for.', { default: null }],
    },
  ],
  [
    'paperless',
    read('misc/paperless.nix'),
    {
      environmentFile: [
        FILE,
        'A file with settings as environment variables, for secrets.',
        { default: null },
      ],
      openMPThreadingWorkaround: [
        BOOL,
        'Whether a known endless loop of the classifier is worked around.',
        { default: true },
      ],
      'exporter.enable': [BOOL, 'Whether all documents are exported regularly.', { default: false }],
      'exporter.directory': [
        TEXT,
        'Where to.',
        { defaultText: '`export` below `services.paperless.dataDir`' },
      ],
      'exporter.onCalendar': [OPTIONAL, 'When.', { default: '01:30:00' }],
      'exporter.settings': [ANY, 'Arguments of the export.'],
      'settings.PAPERLESS_URL': [
        TEXT,
        'The address under which it is reached.',
        { example: '"https://paper.example.org"' },
      ],
      'settings.PAPERLESS_OCR_LANGUAGE': [TEXT, 'The languages of the documents.', { example: '"deu+eng"' }],
      'settings.PAPERLESS_CONSUMER_IGNORE_PATTERN': [TEXTS, 'Files that are not taken in.'],
      'settings.PAPERLESS_OCR_USER_ARGS': [ANY, 'Further arguments of the text recognition.'],
      'settings.PAPERLESS_DBHOST': [TEXT, 'The host of the database, or the folder of its socket.'],
      'settings.PAPERLESS_ADMIN_USER': [TEXT, 'The first user.'],
      'settings.PAPERLESS_TIME_ZONE': [TEXT, 'The time zone.'],
      'settings.PAPERLESS_CONSUMER_RECURSIVE': [BOOL, 'Whether folders below are looked through too.'],
    },
  ],
  [
    'paperless',
    NOT_COMPARED,
    {
      consumptionDirIsPublic: [
        BOOL,
        'Whether everybody may put files into the folder that is watched.',
        { default: false },
      ],
    },
  ],
  [
    'prometheus',
    NOT_COMPARED,
    {
      globalConfig: ['(submodule)', 'Settings for all that is asked.', { default: {} }],
      'exporters.nextcloud.enable': [BOOL, 'Whether numbers of Nextcloud are offered.', { default: false }],
      'exporters.nextcloud.url': [TEXT, 'The address of Nextcloud.'],
      'exporters.nextcloud.tokenFile': [
        FILE,
        'The file with the token of its server information.',
        { default: null },
      ],
      'exporters.nextcloud.username': [TEXT, 'The user that asks.', { default: 'nextcloud-exporter' }],
      'exporters.nextcloud.passwordFile': [FILE, 'The file with that user’s password.', { default: null }],
      'exporters.nextcloud.port': [PORT, 'The port on which the numbers are.', { default: 9205 }],
    },
  ],
  ['redis', NOT_COMPARED, {}],
  [
    'searx',
    read('networking/searx.nix'),
    {
      redisCreateLocally: [
        BOOL,
        'Whether Redis runs beside it, which the limiter needs.',
        { default: false },
      ],
      limiterSettings: [ANY, 'The content of `limiter.toml`: who asks too much.', { default: {} }],
      settingsFile: [
        'absolute path',
        'The file of its settings, instead of `settings`.',
        { default: '/run/searx/settings.yml' },
      ],
      runInUwsgi: [BOOL, 'Whether it runs inside uWSGI, for many users.', { default: false }],
      uwsgiConfig: [ANY, 'Settings of uWSGI, such as where it listens.', { example: '{ http = ":8080"; }' }],
      'settings.use_default_settings': [
        BOOL,
        'Whether the settings are merged into those of SearXNG.',
        { default: true },
      ],
      'settings.server.secret_key': [
        TEXT,
        'The secret that signs; `@NAME@` takes it from `environmentFile`.',
        { example: '"@SEARX_SECRET_KEY@"' },
      ],
      'settings.server.base_url': [TEXT, 'The address under which it is reached.'],
      'settings.server.limiter': [BOOL, 'Whether those who ask too much are slowed down.'],
      'settings.server.image_proxy': [BOOL, 'Whether pictures are fetched by the server.'],
      'settings.general.instance_name': [TEXT, 'The name that is shown.'],
      'settings.search.safe_search': ['signed integer', 'Whether results are filtered: 0, 1 or 2.'],
    },
  ],
  [
    'stirling-pdf',
    NOT_COMPARED,
    {
      environment: [
        'attribute set of (string or signed integer)',
        'Environment variables, which hold its settings.',
        { default: {} },
      ],
      'environment.SERVER_PORT': ['string or signed integer', 'The port on which it listens.'],
      'environment.SECURITY_ENABLELOGIN': [TEXT, 'Whether one has to log in.'],
      environmentFiles: [
        'list of absolute path',
        'Files with environment variables, for secrets.',
        { default: [] },
      ],
    },
  ],
  [
    'syncthing',
    read('networking/syncthing.nix'),
    {
      'settings.devices.<name>.addresses': [
        TEXTS,
        'Where the device is, beside where it is found.',
        { example: '[ "tcp://10.0.0.2:22000" ]' },
      ],
      'settings.devices.<name>.introducer': [BOOL, 'Whether devices that it knows are added too.'],
      'settings.folders.<name>.versioning.type': [
        'one of "external", "simple", "staggered", "trashcan"',
        'Which old versions are kept.',
      ],
      'settings.folders.<name>.versioning.params': ['attribute set of string', 'How many, and how long.'],
      'settings.folders.<name>.ignorePerms': [BOOL, 'Whether the modes of files are left alone.'],
      'settings.folders.<name>.rescanIntervalS': [
        'signed integer',
        'Every how many seconds the folder is looked through.',
      ],
      'settings.folders.<name>.fsWatcherEnabled': [BOOL, 'Whether changes are noticed at once.'],
      'settings.options.globalAnnounceEnabled': [
        BOOL,
        'Whether it announces itself to the servers of Syncthing.',
      ],
      'settings.options.limitBandwidthInLan': [
        'null or boolean',
        'Whether limits hold in the local network too.',
        { default: null },
      ],
      'settings.gui': [ANY, 'Settings of the web interface.'],
      'settings.gui.user': [TEXT, 'The user that logs in.'],
      'settings.gui.password': [TEXT, 'The password, hashed. It lies readable in the Nix store.'],
      'settings.gui.theme': [TEXT, 'How it looks.'],
    },
  ],
];

/** Settings that Sonarr and its relatives read from environment variables. */
const SERVARR: ShortRows = {
  'settings.server.bindaddress': [
    TEXT,
    'The address on which it listens; `*` stands for all.',
    { example: '"*"' },
  ],
  'settings.server.urlbase': [TEXT, 'The path under which it is reached.'],
  'settings.auth.method': [
    'one of "None", "Basic", "Forms", "External"',
    'How one logs in. `External` leaves that to the proxy.',
  ],
  'settings.auth.required': [
    'one of "Enabled", "DisabledForLocalAddresses"',
    'Whether local addresses have to log in too.',
  ],
  'settings.log.level': [TEXT, 'How much is logged.'],
  'settings.postgres.host': [TEXT, 'The host of PostgreSQL, which is used instead of SQLite.'],
  'settings.postgres.port': ['string or signed integer', 'The port of PostgreSQL.'],
  'settings.postgres.user': [TEXT, 'The user of PostgreSQL.'],
  'settings.postgres.maindb': [TEXT, 'The database of its data.'],
  'settings.postgres.logdb': [TEXT, 'The database of its log.'],
};

/** Services whose package can be chosen by the option of that name. */
const WITH_PACKAGE: readonly string[] = [
  ...['adguardhome', 'atuin', 'audiobookshelf', 'authelia.instances.<name>', 'calibre-server', 'calibre-web'],
  ...['code-server', 'esphome', 'firefly-iii', 'freshrss', 'frigate', 'gatus', 'glance', 'glances', 'gotify'],
  ...['headscale', 'hedgedoc', 'home-assistant', 'homepage-dashboard', 'immich', 'invidious', 'jellyfin'],
  ...['jellyseerr', 'karakeep', 'kavita', 'linkwarden', 'lldap', 'mealie', 'meilisearch'],
  ...['microbin', 'miniflux', 'minio', 'mosquitto', 'navidrome', 'nginx', 'node-red', 'ntfy-sh', 'ocis'],
  ...['ollama', 'outline', 'paperless', 'photoprism', 'qbittorrent', 'roundcube'],
  ...['scrutiny', 'searx', 'silverbullet', 'stirling-pdf', 'tandoor-recipes', 'uptime-kuma'],
  ...['vaultwarden', 'victoriametrics', 'vikunja', 'zigbee2mqtt'],
];

function options(service: string, source: string, rows: ShortRows): OptionDoc[] {
  return optionsOf(`services.${service}`, source, rows);
}

export const SERVICE_SETTINGS: readonly OptionDoc[] = [
  ...GROUPS.flatMap(([service, source, rows]) => options(service, source, rows)),
  ...['lidarr', 'prowlarr', 'radarr', 'readarr', 'sonarr'].flatMap((service) =>
    options(service, read('misc/servarr/settings-options.nix'), SERVARR),
  ),
  ...WITH_PACKAGE.flatMap((service) =>
    options(service, NOT_COMPARED, { package: [PACKAGE, 'The package to use.'] }),
  ),
];
