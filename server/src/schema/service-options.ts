import type { OptionDoc } from './option';
import type { ServiceDoc } from './service';
import { SERVICES } from './tables/services';

/**
 * The options of the services in the table, as rows like any other. A row is made only where the option is declared
 * with a type and a default that are known; everything else stays undeclared, and so unknown.
 */

const PORT = '16 bit unsigned integer; between 0 and 65535 (both inclusive)';

/** Attribute sets of settings that pass on whatever is written in them. Options inside are declared one by one. */
const FREEFORM = /\.(settings|config|environment|extraEnvironment|serverConfig)\./;

/** Options inside such settings that the module declares with type and default, or sets itself with `mkDefault`. */
const DECLARED_INSIDE: ReadonlySet<string> = new Set([
  'services.actual.settings.hostname',
  'services.actual.settings.port',
  'services.authelia.instances.<name>.settings.server.address',
  'services.forgejo.settings.server.HTTP_ADDR',
  'services.forgejo.settings.server.HTTP_PORT',
  'services.gatus.settings.web.port',
  'services.gitea.settings.server.HTTP_ADDR',
  'services.gitea.settings.server.HTTP_PORT',
  'services.glance.settings.server.host',
  'services.glance.settings.server.port',
  'services.grafana.settings.server.http_addr',
  'services.grafana.settings.server.http_port',
  'services.hedgedoc.settings.host',
  'services.hedgedoc.settings.port',
  'services.home-assistant.config.http.server_port',
  'services.kanidm.server.settings.bindaddress',
  'services.kavita.settings.IpAddresses',
  'services.kavita.settings.Port',
  'services.keycloak.settings.http-host',
  'services.keycloak.settings.http-port',
  'services.komga.settings.server.port',
  'services.lidarr.settings.server.port',
  'services.lldap.settings.http_host',
  'services.lldap.settings.http_port',
  'services.microbin.settings.MICROBIN_BIND',
  'services.microbin.settings.MICROBIN_PORT',
  'services.miniflux.config.LISTEN_ADDR',
  'services.mysql.settings.mysqld.port',
  'services.navidrome.settings.Address',
  'services.navidrome.settings.Port',
  'services.ntfy-sh.settings.listen-http',
  'services.postgresql.settings.port',
  'services.prowlarr.settings.server.port',
  'services.radarr.settings.server.port',
  'services.readarr.settings.server.port',
  'services.scrutiny.settings.web.listen.host',
  'services.scrutiny.settings.web.listen.port',
  'services.sonarr.settings.server.port',
  'services.transmission.settings.rpc-bind-address',
  'services.transmission.settings.rpc-port',
  'services.umami.settings.HOSTNAME',
  'services.umami.settings.PORT',
  'services.uptime-kuma.settings.HOST',
  'services.uptime-kuma.settings.PORT',
  'services.wiki-js.settings.bindIP',
  'services.wiki-js.settings.port',
]);

/** Options that are declared otherwise than their kind is; null leaves the row out. */
const DIFFERENT: Readonly<Record<string, Partial<OptionDoc> | null>> = {
  'services.audiobookshelf.dataDir': {
    type: 'string',
    default: 'audiobookshelf',
    description:
      'Where Audiobookshelf keeps its state: a name below `/var/lib`. In an ephemeral container it needs a writable bind mount.',
    example: '"audiobookshelf"',
  },
  'services.authelia.instances.<name>.settings.server.address': {
    default: 'tcp://:9091/',
    example: '"tcp://0.0.0.0:9091/"',
  },
  'services.bazarr.dataDir': { type: 'string' },
  'services.calibre-web.dataDir': {
    type: 'string',
    default: 'calibre-web',
    description:
      'Where Calibre-Web keeps its state: a name below `/var/lib`, or an absolute path. In an ephemeral container it needs a writable bind mount.',
    example: '"calibre-web"',
  },
  'services.changedetection-io.datastorePath': { type: 'string' },
  'services.coder.listenAddress': { default: '127.0.0.1:3000' },
  'services.forgejo.settings.server.HTTP_ADDR': {
    type: 'string or absolute path',
    default: undefined,
    defaultText: '`0.0.0.0`, or a socket where the protocol is `…+unix`',
  },
  'services.forgejo.stateDir': { type: 'string' },
  'services.freshrss.dataDir': { type: 'string' },
  'services.gatus.settings.web.port': { type: 'signed integer' },
  'services.gitea.settings.server.HTTP_ADDR': {
    type: 'string or absolute path',
    default: undefined,
    defaultText: '`0.0.0.0`, or a socket where the protocol is `…+unix`',
  },
  'services.gitea.stateDir': { type: 'string' },
  'services.gotify.stateDirectoryName': {
    type: 'string',
    default: 'gotify-server',
    description:
      'Where Gotify keeps its state: a name below `/var/lib`. In an ephemeral container it needs a writable bind mount.',
    example: '"gotify-server"',
  },
  'services.hedgedoc.settings.host': { type: 'null or string' },
  'services.homepage-dashboard.listenPort': { type: 'signed integer' },
  'services.invidious.address': { defaultText: '`0.0.0.0`, or `127.0.0.1` with `nginx.enable`' },
  'services.kanidm.server.settings.bindaddress': { default: '127.0.0.1:8443' },
  'services.kavita.dataDir': { type: 'string' },
  'services.kavita.settings.IpAddresses': {
    type: 'strings concatenated with ","',
    default: '0.0.0.0,::',
    description: 'The addresses on which Kavita listens, separated by commas.',
  },
  'services.komga.stateDir': { type: 'string' },
  'services.lidarr.dataDir': { type: 'string' },
  'services.matrix-synapse.dataDir': { type: 'string' },
  'services.microbin.dataDir': { type: 'string' },
  'services.minio.dataDir': {
    type: 'list of (absolute path or string)',
    default: ['/var/lib/minio/data'],
    description:
      'The directories, or addresses of other servers, where MinIO keeps its objects. In an ephemeral container they need writable bind mounts.',
    example: '[ "/srv/minio" ]',
  },
  'services.minio.listenAddress': { default: ':9000' },
  'services.miniflux.config.LISTEN_ADDR': { default: 'localhost:8080' },
  'services.mysql.settings.mysqld.port': { type: `${PORT} or string` },
  'services.ntfy-sh.settings.listen-http': { default: '127.0.0.1:2586' },
  'services.mysql.dataDir': { default: undefined, defaultText: '`/var/lib/mysql`' },
  'services.nextcloud.datadir': {
    type: 'string',
    default: undefined,
    defaultText: '`services.nextcloud.home`',
  },
  'services.ocis.stateDir': { type: 'string' },
  'services.ollama.home': { type: 'string' },
  'services.opencloud.stateDir': { type: 'string' },
  'services.outline.storage.localRootDir': { type: 'string' },
  'services.paperless.dataDir': { type: 'string' },
  'services.postgresql.dataDir': {
    defaultText: '`/var/lib/postgresql` and the major version',
    example: '"/srv/postgresql"',
  },
  'services.postgresql.enableTCPIP': null,
  'services.prometheus.stateDir': {
    type: 'string',
    default: 'prometheus2',
    description:
      'Where Prometheus keeps its state: a name below `/var/lib`. In an ephemeral container it needs a writable bind mount.',
    example: '"prometheus2"',
  },
  'services.prowlarr.dataDir': { type: 'string' },
  'services.qbittorrent.webuiPort': { type: `null or ${PORT}` },
  'services.radarr.dataDir': { type: 'string' },
  'services.readarr.dataDir': { type: 'string', default: '/var/lib/readarr/' },
  'services.silverbullet.listenPort': { type: 'signed integer' },
  'services.sonarr.dataDir': { type: 'string' },
  'services.syncthing.guiAddress': { default: '127.0.0.1:8384' },
  'services.victoriametrics.listenAddress': { default: ':8428' },
  'services.wiki-js.stateDirectoryName': {
    type: 'string',
    default: 'wiki-js',
    description:
      'Where Wiki.js keeps its state: a name below `/var/lib`. In an ephemeral container it needs a writable bind mount.',
    example: '"wiki-js"',
  },
};

/** Sets of instances, under which `<name>` stands. */
const INSTANCES: readonly OptionDoc[] = [
  {
    path: 'services.authelia.instances',
    type: 'attribute set of (submodule)',
    default: {},
    description:
      'The Authelias that run here, by name. Each is a service `authelia-NAME` with a user, settings and secrets of its own.',
    example: '{ main = { enable = true; settings.theme = "dark"; }; }',
    source: 'nixpkgs nixos/modules/services/security/authelia.nix',
  },
  {
    path: 'services.dokuwiki.sites',
    type: 'attribute set of (submodule)',
    default: {},
    description: 'The wikis that run here, by the host name under which they are served.',
    example: '{ "wiki.example.org".enable = true; }',
    source: 'nixpkgs nixos/modules/services/web-apps/dokuwiki.nix',
  },
];

/** Whether a path is that of a declared option: plain names, and instances of the sets above. */
function isDeclared(path: string): boolean {
  if (!/^[\w-]+(\.([\w-]+|<name>))*$/.test(path)) return false;
  const instance = path.indexOf('.<name>');
  if (instance !== -1 && !INSTANCES.some((row) => row.path === path.slice(0, instance))) return false;
  return !FREEFORM.test(path) || DECLARED_INSIDE.has(path);
}

/** A quoted Nix string; the tables hold no character that has to be escaped. */
function quoted(text: string): string {
  return `"${text}"`;
}

/** The rows of one service. */
export function optionsOfService(service: ServiceDoc): OptionDoc[] {
  const { title, port, address, openFirewall, stateDir, stateOption, stateHome, source } = service;
  const notes = service.notes === undefined ? '' : ` ${service.notes}`;
  const rows = new Map<string, OptionDoc>();
  const add = (row: Omit<OptionDoc, 'source'>): void => {
    const different = DIFFERENT[row.path];
    if (rows.has(row.path) || different === null || !isDeclared(row.path)) return;
    rows.set(row.path, { ...row, ...different, source });
  };
  add({
    path: service.enable,
    type: 'boolean',
    default: false,
    description: `Runs ${title}.${notes}`,
    example: 'true',
  });
  if (port.option !== null && port.form === 'endpoint') {
    add({
      path: port.option,
      type: 'string',
      description: `Where ${title} listens: address and port in one text.`,
      ...pitfallOfAddress(service),
      example: quoted(`0.0.0.0:${port.default ?? 8080}`),
    });
  } else if (port.option !== null && port.form === 'text') {
    add({
      path: port.option,
      type: `string or ${PORT}`,
      ...(port.default === null ? {} : { default: `${port.default}` }),
      description: `The port on which ${title} listens, as a text.`,
      example: quoted(`${port.default ?? 8080}`),
    });
  } else if (port.option !== null && port.form === undefined) {
    add({
      path: port.option,
      type: PORT,
      ...(port.default === null ? {} : { default: port.default }),
      description: `The port on which ${title} listens.`,
      example: `${port.default ?? 8080}`,
    });
  }
  if (address.option !== null) {
    add({
      path: address.option,
      type: 'string',
      ...(address.default === null ? {} : { default: address.default }),
      description: `The address on which ${title} listens.`,
      ...pitfallOfAddress(service),
      example: quoted('0.0.0.0'),
    });
  }
  if (openFirewall !== null) {
    const which = port.default === null ? 'its port' : `its port, ${port.default} by default,`;
    add({
      path: openFirewall,
      type: 'boolean',
      default: false,
      description: `Opens ${which} in the firewall of the system that runs ${title}.`,
      example: 'true',
    });
  }
  if (stateHome !== undefined) {
    add({
      path: stateHome,
      type: 'absolute path',
      ...(stateDir === null ? {} : { default: stateDir }),
      description: `The folder that ${title} works in, and keeps its state in unless \`${stateOption ?? ''}\` is set.`,
      example: quoted(stateDir ?? '/var/lib/data'),
    });
  }
  if (stateOption !== null) {
    add({
      path: stateOption,
      type: 'absolute path',
      ...(stateHome !== undefined
        ? { defaultText: `config.${stateHome}` }
        : stateDir === null
          ? {}
          : { default: stateDir }),
      description: `Where ${title} keeps its state. In an ephemeral container it needs a writable bind mount.`,
      example: quoted(stateDir ?? '/var/lib/data'),
    });
  }
  return [...rows.values()];
}

function pitfallOfAddress({ title, loopbackByDefault }: ServiceDoc): { pitfall?: string } {
  if (loopbackByDefault !== true) return {};
  return {
    pitfall: `By default ${title} listens on loopback only: a proxy outside the container is refused. Set an address that it can reach.`,
  };
}

/** The rows of all services. */
export const SERVICE_OPTIONS: readonly OptionDoc[] = [...INSTANCES, ...SERVICES.flatMap(optionsOfService)];
