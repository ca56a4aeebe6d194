/**
 * What is known of services beyond the table of services: which of them listen nowhere else, nowhere at all, or pass on
 * what comes to them. Source: the services' modules in nixpkgs, nixos/modules/services, 2024 to 2026.
 */

/** Services that listen on TCP ports of their row in the table of services only, as NixOS sets them up. */
export const LISTENS_ONLY_THERE: ReadonlySet<string> = new Set([
  'actual',
  'atuin',
  'audiobookshelf',
  'authelia',
  'bazarr',
  'calibre-server',
  'calibre-web',
  'changedetection-io',
  'esphome',
  'forgejo',
  'gitea',
  'glance',
  'grafana',
  'hedgedoc',
  'homepage-dashboard',
  'immich',
  'jellyseerr',
  'kavita',
  'komga',
  'linkwarden',
  'mealie',
  'meilisearch',
  'microbin',
  'miniflux',
  'mysql',
  'n8n',
  'navidrome',
  'nextcloud',
  'ntfy-sh',
  'ollama',
  'open-webui',
  'outline',
  'paperless',
  'photoprism',
  'postgresql',
  'redis',
  'tandoor-recipes',
  'transmission',
  'umami',
  'uptime-kuma',
  'vaultwarden',
  'wiki-js',
]);

/** Parts of those services that listen by themselves, by the option that turns them on or configures them. */
export const LISTENING_PARTS: readonly string[] = [
  'forgejo.settings.metrics',
  'forgejo.settings.server.START_SSH_SERVER',
  'gitea.settings.server.START_SSH_SERVER',
  'immich.machine-learning',
  'nextcloud.imaginary',
  'paperless.configureTika',
];

/** Names under `services` that open no TCP port to others: what they do is local, by UDP, or by sockets of the system. */
export const LISTENS_NOWHERE: ReadonlySet<string> = new Set([
  'acpid',
  'automysqlbackup',
  'avahi',
  'borgbackup',
  'borgmatic',
  'btrfs',
  'chrony',
  'cron',
  'dbus',
  'fail2ban',
  'fstrim',
  'fwupd',
  'getty',
  'journald',
  'logind',
  'logrotate',
  'lvm',
  'mysqlBackup',
  'nscd',
  'openntpd',
  'postgresqlBackup',
  'qemuGuest',
  'resolved',
  'smartd',
  'sysstat',
  'timesyncd',
  'udev',
  'userborn',
  'zram-generator',
]);

/**
 * Services that hand on to another service what comes to their own ports, besides the proxies whose configuration is
 * read.
 */
export const RELAYS: ReadonlySet<string> = new Set([
  'anubis',
  'cloudflare-warp',
  'dante',
  'envoy',
  'frp',
  'gobetween',
  'go-autoconfig',
  'h2o',
  'haproxy',
  'hitch',
  'httpd',
  'lighttpd',
  'nghttpx',
  'oauth2-proxy',
  'oauth2_proxy',
  'pomerium',
  'pound',
  'rathole',
  'redsocks',
  'sniproxy',
  'squid',
  'ssh-socks',
  'sslh',
  'stunnel',
  'tailscale',
  'tinyproxy',
  'tor',
  'varnish',
  'xinetd',
]);

/** Services whose listen address in the table is what the program does by itself, and not what NixOS sets. */
export const ADDRESS_NOT_BY_NIXOS: ReadonlySet<string> = new Set(['searx']);
