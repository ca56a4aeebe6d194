import type { OptionDoc } from '../option';
import { optionsOf, type ShortRows } from './short-rows';

/**
 * Options of services that `services.ts` does not have, since no route leads to them or nothing was read of where they
 * listen: shown and offered, not declared. Written from general knowledge of nixpkgs’ modules.
 */

const BOOL = 'boolean';
const TEXT = 'string';
const OPTIONAL = 'null or string';
const TEXTS = 'list of string';
const FILE = 'null or absolute path';
const PORT = '16 bit unsigned integer; between 0 and 65535 (both inclusive)';
const LINES = 'strings concatenated with "\\n"';
const ANY = 'attribute set of anything';
const OFF = { default: false } as const;

const SERVICES: Readonly<Record<string, ShortRows>> = {
  avahi: {
    enable: [BOOL, 'Finds and announces services in the local network, by names below `.local`.', OFF],
    allowInterfaces: ['null or list of string', 'The only interfaces that it uses.', { default: null }],
    denyInterfaces: ['null or list of string', 'Interfaces that it leaves alone.', { default: null }],
    ipv4: [BOOL, 'Whether it uses IPv4.', { default: true }],
    ipv6: [BOOL, 'Whether it uses IPv6.', OFF],
    nssmdns4: [BOOL, 'Whether programs of this system resolve names below `.local`.', OFF],
    openFirewall: [BOOL, 'Whether UDP port 5353 is opened in the firewall.', { default: true }],
    reflector: [BOOL, 'Whether it passes on what it hears from one interface to the others.', OFF],
    'publish.enable': [BOOL, 'Whether this system is announced.', OFF],
    'publish.addresses': [BOOL, 'Whether its addresses are announced.', OFF],
    'publish.userServices': [BOOL, 'Whether services of users are announced.', OFF],
  },
  blocky: {
    enable: [BOOL, 'Runs Blocky, a DNS server that blocks names of advertisers.', OFF],
    settings: [ANY, 'The content of Blocky’s configuration.', { default: {} }],
    'settings.ports.dns': ['string or signed integer', 'Where it answers DNS.', { example: '53' }],
    'settings.ports.http': ['string or signed integer', 'Where its API and its numbers are.'],
    'settings.upstreams.groups.default': [TEXTS, 'The servers that it asks.'],
    'settings.customDNS.mapping': [
      'attribute set of string',
      'Names and the addresses that it answers for them.',
    ],
    'settings.blocking.denylists': [
      'attribute set of list of string',
      'Lists of names that are blocked, by group.',
    ],
    'settings.blocking.clientGroupsBlock': [
      'attribute set of list of string',
      'Which groups are blocked for whom.',
    ],
  },
  coturn: {
    enable: [BOOL, 'Runs coturn, through which calls get past firewalls.', OFF],
    'listening-port': [PORT, 'The port on which it listens.', { default: 3478 }],
    'tls-listening-port': [PORT, 'The port on which it listens with TLS.', { default: 5349 }],
    realm: [TEXT, 'The domain that it answers for.'],
    'use-auth-secret': [BOOL, 'Whether users have passwords that expire, made of a shared secret.', OFF],
    'static-auth-secret-file': [OPTIONAL, 'The file with that secret.', { default: null }],
    'min-port': [PORT, 'The first port that it gives to calls.', { default: 49152 }],
    'max-port': [PORT, 'The last port that it gives to calls.', { default: 65535 }],
    'no-cli': [BOOL, 'Whether it has no console.', OFF],
    'no-tcp-relay': [BOOL, 'Whether it passes on UDP only.', OFF],
    cert: [OPTIONAL, 'The certificate.', { default: null }],
    pkey: [OPTIONAL, 'The key of the certificate.', { default: null }],
    extraConfig: [LINES, 'Further lines of its configuration.', { default: '' }],
  },
  cron: {
    enable: [BOOL, 'Runs cron.'],
    systemCronJobs: [TEXTS, 'Lines of the system’s table of jobs.', { default: [] }],
  },
  dbus: {
    implementation: ['one of "dbus", "broker"', 'Which program is the bus.', { default: 'dbus' }],
    packages: ['list of package', 'Packages that add services to the bus.', { default: [] }],
  },
  dnsmasq: {
    enable: [BOOL, 'Runs dnsmasq, a small server of DNS and DHCP.', OFF],
    alwaysKeepRunning: [BOOL, 'Whether it restarts by itself.', OFF],
    resolveLocalQueries: [BOOL, 'Whether this system asks it too.', { default: true }],
    settings: [ANY, 'The content of `dnsmasq.conf`.', { default: {} }],
    'settings.address': [TEXTS, 'Names and the addresses that it answers, as `/name/address`.'],
    'settings.server': [TEXTS, 'The servers that it asks.', { default: [] }],
    'settings.interface': [TEXTS, 'The interfaces on which it listens.'],
    'settings.listen-address': [TEXTS, 'The addresses on which it listens.'],
    'settings.bind-interfaces': [BOOL, 'Whether it binds only to the addresses it listens on.'],
    'settings.dhcp-range': [TEXTS, 'The addresses that it gives.'],
  },
  endlessh: { enable: [BOOL, 'Keeps attackers of SSH waiting.', OFF] },
  flaresolverr: {
    enable: [BOOL, 'Runs FlareSolverr, which passes the checks of Cloudflare.', OFF],
    port: [PORT, 'The port on which it listens.', { default: 8191 }],
    openFirewall: [BOOL, 'Whether its port is opened in the firewall.', OFF],
  },
  httpd: {
    enable: [BOOL, 'Runs the web server of Apache.', OFF],
    adminAddr: [TEXT, 'The mail address of the administrator.'],
    extraModules: ['list of anything', 'Further modules that are loaded.', { default: [] }],
    extraConfig: [LINES, 'Further lines of its configuration.', { default: '' }],
    enablePHP: [BOOL, 'Whether it runs PHP.', OFF],
    phpOptions: [LINES, 'Lines of `php.ini`.', { default: '' }],
    virtualHosts: ['attribute set of (submodule)', 'The sites that it serves.'],
    'virtualHosts.<name>.hostName': [TEXT, 'The host name.', { defaultText: 'the name of the set' }],
    'virtualHosts.<name>.serverAliases': [TEXTS, 'Further host names.', { default: [] }],
    'virtualHosts.<name>.documentRoot': [
      'null or absolute path',
      'The folder that is served.',
      { default: null },
    ],
    'virtualHosts.<name>.extraConfig': [LINES, 'Further lines for the site.', { default: '' }],
    'virtualHosts.<name>.listen': ['list of (submodule)', 'Where the site listens.', { default: [] }],
    'virtualHosts.<name>.listen.*.port': [PORT, 'The port.'],
    'virtualHosts.<name>.listen.*.ip': [TEXT, 'The address.', { default: '*' }],
  },
  journald: {
    extraConfig: [
      LINES,
      'Further lines of `journald.conf`.',
      { default: '', example: '"SystemMaxUse=200M"' },
    ],
    storage: [
      'one of "persistent", "volatile", "auto", "none"',
      'Where the journal lies.',
      { default: 'persistent' },
    ],
    rateLimitBurst: [
      'signed integer',
      'How many messages a service may write before the rest is dropped.',
      { default: 10000 },
    ],
    rateLimitInterval: [TEXT, 'The time in which these are counted.', { default: '30s' }],
  },
  keepalived: {
    enable: [BOOL, 'Runs keepalived: one of several machines has a common address.', OFF],
    openFirewall: [BOOL, 'Whether what the machines say to each other is let in.', OFF],
    vrrpInstances: ['attribute set of (submodule)', 'The common addresses, by name.', { default: {} }],
    'vrrpInstances.<name>.interface': [TEXT, 'The interface that gets the addresses.'],
    'vrrpInstances.<name>.state': [
      'one of "MASTER", "BACKUP"',
      'What the machine is at first.',
      { default: 'BACKUP' },
    ],
    'vrrpInstances.<name>.virtualRouterId': [
      'integer between 1 and 255 (both inclusive)',
      'The number that the machines share.',
    ],
    'vrrpInstances.<name>.priority': [
      'signed integer',
      'The machine with the highest has the addresses.',
      { default: 100 },
    ],
    'vrrpInstances.<name>.unicastPeers': [
      TEXTS,
      'The other machines, where they do not hear multicast.',
      { default: [] },
    ],
    'vrrpInstances.<name>.unicastSrcIp': [OPTIONAL, 'The address of this machine.', { default: null }],
    'vrrpInstances.<name>.noPreempt': [
      BOOL,
      'Whether a machine that comes back leaves the addresses where they are.',
      OFF,
    ],
    'vrrpInstances.<name>.virtualIps': ['list of (submodule)', 'The common addresses.', { default: [] }],
    'vrrpInstances.<name>.virtualIps.*.addr': [TEXT, 'The address, with its prefix.'],
    'vrrpInstances.<name>.virtualIps.*.dev': [OPTIONAL, 'The interface.', { default: null }],
    'vrrpInstances.<name>.trackScripts': [
      TEXTS,
      'Checks that lower the priority when they fail.',
      { default: [] },
    ],
    'vrrpInstances.<name>.extraConfig': [LINES, 'Further lines.', { default: '' }],
  },
  logrotate: {
    enable: [BOOL, 'Whether files of logs are rotated.'],
    settings: ['attribute set of (submodule)', 'Which files are rotated and how.', { default: {} }],
    checkConfig: [BOOL, 'Whether the configuration is checked when the system is built.', { default: true }],
  },
  loki: {
    enable: [BOOL, 'Runs Loki, which stores logs.', OFF],
    configuration: [ANY, 'The content of Loki’s configuration.', { default: {} }],
    'configuration.auth_enabled': [BOOL, 'Whether several tenants are told apart.'],
    'configuration.server.http_listen_port': [PORT, 'The port on which it listens.', { example: '3100' }],
    'configuration.server.http_listen_address': [TEXT, 'The address on which it listens.'],
    configFile: ['null or absolute path', 'The file of its configuration, instead.', { default: null }],
    dataDir: ['absolute path', 'Where it keeps the logs.', { default: '/var/lib/loki' }],
    extraFlags: [TEXTS, 'Further arguments.', { default: [] }],
  },
  mysqlBackup: {
    enable: [BOOL, 'Whether databases of MySQL are written to files regularly.', OFF],
    databases: [TEXTS, 'Which.', { default: [] }],
    location: ['absolute path', 'Where to.', { default: '/var/backup/mysql' }],
    calendar: [TEXT, 'When.', { default: '01:15:00' }],
  },
  nginx: {
    recommendedTlsSettings: [BOOL, 'Whether TLS is set up as nginx’ authors recommend.', OFF],
    recommendedOptimisation: [BOOL, 'Whether it is tuned as usual.', OFF],
    recommendedGzipSettings: [BOOL, 'Whether answers are compressed by gzip.', OFF],
    recommendedBrotliSettings: [BOOL, 'Whether answers are compressed by Brotli.', OFF],
    appendHttpConfig: [LINES, 'Further lines at the end of the section `http`.', { default: '' }],
    commonHttpConfig: [LINES, 'Further lines in the section `http`, before the sites.', { default: '' }],
    appendConfig: [LINES, 'Further lines at the end of the configuration.', { default: '' }],
    clientMaxBodySize: [TEXT, 'How large a request may be.', { default: '10m' }],
    statusPage: [BOOL, 'Whether a page with its state is served to this system.', OFF],
    'virtualHosts.<name>.useACMEHost': [
      OPTIONAL,
      'The certificate of another host that is used.',
      { default: null },
    ],
    'virtualHosts.<name>.http2': [BOOL, 'Whether HTTP/2 is spoken.', { default: true }],
    'virtualHosts.<name>.sslCertificate': ['absolute path', 'The certificate.'],
    'virtualHosts.<name>.sslCertificateKey': ['absolute path', 'The key of the certificate.'],
    'virtualHosts.<name>.acmeRoot': [OPTIONAL, 'The folder in which ACME’s proof is put.'],
    'virtualHosts.<name>.locations.<name>.alias': [
      'null or absolute path',
      'The folder that is served instead of the path.',
      { default: null },
    ],
    'virtualHosts.<name>.locations.<name>.index': [
      OPTIONAL,
      'The file that is served for a folder.',
      { default: null },
    ],
    'virtualHosts.<name>.locations.<name>.return': [
      'null or string or signed integer',
      'What is answered without looking further, such as `301 https://…`.',
      { default: null },
    ],
    'virtualHosts.<name>.locations.<name>.tryFiles': [
      OPTIONAL,
      'The files that are tried one after the other.',
      { default: null },
    ],
    'virtualHosts.<name>.locations.<name>.recommendedProxySettings': [
      BOOL,
      'Whether the server behind gets the usual headers.',
    ],
    'virtualHosts.<name>.locations.<name>.priority': [
      'signed integer',
      'Its place among the others; lower comes first.',
      { default: 1000 },
    ],
    'virtualHosts.<name>.locations.<name>.fastcgiParams': [
      'attribute set of string',
      'Parameters for FastCGI.',
      { default: {} },
    ],
  },
  phpfpm: {
    pools: ['attribute set of (submodule)', 'Pools of PHP processes, by name.', { default: {} }],
    'pools.<name>.user': [TEXT, 'The user that they run as.'],
    'pools.<name>.group': [TEXT, 'The group that they run as.'],
    'pools.<name>.phpPackage': ['package', 'PHP.'],
    'pools.<name>.phpOptions': [LINES, 'Lines of `php.ini`.', { default: '' }],
    'pools.<name>.phpEnv': ['attribute set of string', 'Environment variables.', { default: {} }],
    'pools.<name>.settings': [ANY, 'Settings of the pool, as `php-fpm.conf` has them.', { default: {} }],
    'pools.<name>.socket': [TEXT, 'The path of its socket, to refer to.'],
    phpOptions: [LINES, 'Lines of `php.ini` for all pools.', { default: '' }],
    phpPackage: ['package', 'PHP for all pools.'],
    settings: [ANY, 'Settings for all pools.'],
  },
  plex: {
    enable: [BOOL, 'Runs Plex.', OFF],
    dataDir: [TEXT, 'Where it keeps its state.', { default: '/var/lib/plex' }],
    openFirewall: [BOOL, 'Whether its ports are opened in the firewall.', OFF],
    user: [TEXT, 'The user that it runs as.', { default: 'plex' }],
    group: [TEXT, 'The group that it runs as.', { default: 'plex' }],
  },
  postgresqlBackup: {
    enable: [BOOL, 'Whether databases of PostgreSQL are written to files regularly.', OFF],
    databases: [TEXTS, 'Which; all where there are none.', { default: [] }],
    backupAll: [BOOL, 'Whether all are written.'],
    location: ['absolute path', 'Where to.', { default: '/var/backup/postgresql' }],
    startAt: ['string or list of string', 'When.', { default: '*-*-* 01:15:00' }],
    compression: ['one of "none", "gzip", "zstd"', 'How the files are compressed.', { default: 'gzip' }],
    pgdumpOptions: [TEXT, 'Arguments of `pg_dump`.'],
  },
  resolved: {
    dnssec: [
      'one of "true", "allow-downgrade", "false"',
      'Whether answers have to be signed.',
      { default: 'false' },
    ],
    domains: [TEXTS, 'Domains in which names are looked for.'],
    fallbackDns: [
      'null or list of string',
      'Servers that are asked when no other is known.',
      { default: null },
    ],
    llmnr: [
      'one of "true", "resolve", "false"',
      'Whether names of the local network are resolved by LLMNR.',
      { default: 'true' },
    ],
    extraConfig: [LINES, 'Further lines of `resolved.conf`.', { default: '' }],
    settings: [ANY, 'The content of `resolved.conf`, by section.', { default: {} }],
    'settings.Resolve': [ANY, 'The section of `resolved.conf`.', { default: {} }],
    'settings.Resolve.DNS': ['string or list of string', 'Name servers.'],
    'settings.Resolve.Domains': ['string or list of string', 'Domains in which names are looked for.'],
    'settings.Resolve.DNSSEC': ['string or boolean', 'Whether answers have to be signed.'],
    'settings.Resolve.DNSStubListener': [
      'string or boolean',
      'Whether it listens on 127.0.0.53, which another DNS server may want.',
    ],
    'settings.Resolve.LLMNR': [
      'string or boolean',
      'Whether names of the local network are resolved by LLMNR.',
    ],
  },
  sabnzbd: {
    enable: [BOOL, 'Runs SABnzbd, which loads from Usenet.', OFF],
    configFile: ['null or absolute path', 'Its configuration.'],
    openFirewall: [BOOL, 'Whether its port is opened in the firewall.', OFF],
    user: [TEXT, 'The user that it runs as.', { default: 'sabnzbd' }],
    group: [TEXT, 'The group that it runs as.', { default: 'sabnzbd' }],
    settings: [ANY, 'Its settings.', { default: {} }],
    secretFiles: [
      'list of absolute path',
      'Files whose settings are merged in, for secrets.',
      { default: [] },
    ],
    allowConfigWrite: [BOOL, 'Whether the web interface may change its settings.', OFF],
  },
  samba: {
    enable: [BOOL, 'Shares folders with Windows and others.', OFF],
    openFirewall: [BOOL, 'Whether its ports are opened in the firewall.', OFF],
    settings: [ANY, 'The content of `smb.conf`, by section.', { default: {} }],
  },
  tailscale: {
    enable: [BOOL, 'Runs Tailscale. In a container it needs `enableTun`.', OFF],
    port: [PORT, 'The UDP port of its tunnel; 0 for any.', { default: 41641 }],
    interfaceName: [
      TEXT,
      'The name of its interface; `userspace-networking` for none.',
      { default: 'tailscale0' },
    ],
    authKeyFile: [FILE, 'The file with a key that logs in.', { default: null }],
    openFirewall: [BOOL, 'Whether its port is opened in the firewall.', OFF],
    useRoutingFeatures: [
      'one of "none", "client", "server", "both"',
      'Whether it uses routes of others, or offers some.',
      { default: 'none' },
    ],
    extraUpFlags: [TEXTS, 'Arguments of `tailscale up`.', { default: [] }],
    extraSetFlags: [TEXTS, 'Arguments of `tailscale set`.', { default: [] }],
    extraDaemonFlags: [TEXTS, 'Arguments of its daemon.', { default: [] }],
    permitCertUid: [OPTIONAL, 'The user that may fetch certificates.', { default: null }],
    'derper.enable': [BOOL, 'Whether a relay for others runs here.', OFF],
    'derper.domain': [TEXT, 'The host name of that relay.'],
    'derper.verifyClients': [BOOL, 'Whether only devices of the own network may use it.', OFF],
  },
  telegraf: {
    enable: [BOOL, 'Runs Telegraf, which gathers numbers.', OFF],
    extraConfig: [ANY, 'The content of its configuration.', { default: {} }],
    environmentFiles: [
      'list of absolute path',
      'Files with environment variables, for secrets.',
      { default: [] },
    ],
  },
  unbound: {
    enable: [BOOL, 'Runs Unbound, a DNS server that asks for itself.', OFF],
    settings: [ANY, 'The content of `unbound.conf`.', { default: {} }],
    'settings.server': [ANY, 'The section `server`.'],
    'settings.server.interface': [TEXTS, 'The addresses on which it listens.'],
    'settings.server.access-control': [TEXTS, 'Who may ask, as `10.0.0.0/8 allow`.'],
    'settings.server.local-data': [TEXTS, 'Names that it answers itself.'],
    'settings.server.local-zone': [TEXTS, 'Domains that it answers itself.'],
    'settings.forward-zone': ['list of (submodule)', 'Domains for which others are asked.'],
    'settings.remote-control.control-enable': [BOOL, 'Whether `unbound-control` may steer it.', OFF],
    enableRootTrustAnchor: [BOOL, 'Whether signatures are checked.', { default: true }],
    resolveLocalQueries: [BOOL, 'Whether this system asks it too.', { default: true }],
    localControlSocketPath: [OPTIONAL, 'The path of its control socket.', { default: null }],
    checkconf: [BOOL, 'Whether the configuration is checked when the system is built.'],
  },
  zerotierone: {
    enable: [BOOL, 'Runs ZeroTier. In a container it needs `enableTun`.', OFF],
    joinNetworks: [TEXTS, 'The networks that it joins.', { default: [] }],
    port: [PORT, 'The port of its tunnel.', { default: 9993 }],
  },
};

export const OTHER_SERVICES: readonly OptionDoc[] = Object.entries(SERVICES).flatMap(([service, rows]) =>
  optionsOf(`services.${service}`, 'general knowledge of nixpkgs nixos/modules/services, not compared', rows),
);
