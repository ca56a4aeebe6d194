import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { inMemoryFiles } from '../eval/testing';

/** What is offered at every way to spell the place that it is written at, also where the file ends there. */

const HOMELAB = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs.domain = "example.org"; modules = [ ./traefik.nix ./music.nix ./new.nix ]; }; }; }
#- /traefik.nix
{ ... }: {
  age.secrets.token.file = ./token.age;
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions = {
      entryPoints = { web.address = ":80"; websecure.address = ":443"; };
      certificatesResolvers.letsencrypt.acme.email = "a@example.org";
    };
    dynamicConfigOptions.http = {
      middlewares.authelia.forwardAuth.address = "http://10.0.0.9:9091";
      serversTransports.loose.insecureSkipVerify = true;
    };
  };
}
#- /music.nix
{ config, domain, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.music.loadBalancer.servers = [ { url = "http://\${config.containers.music.localAddress}:4533"; } ];
    routers.music = { rule = "Host(\`music.\${domain}\`)"; service = "music"; entryPoints = [ "websecure" ]; };
  };
  containers.music = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    hostBridge = null;
    bindMounts."/var/lib/navidrome" = { hostPath = "/tank/music"; isReadOnly = false; };
    config.services.navidrome = { enable = true; settings.Port = 4533; };
  };
}
#- /new.nix
`;

/** A path, and what is written at its end with the cursor in it. */
interface Wish {
  readonly path: readonly string[];
  readonly leaf: string;
  /** What comes first, or at least is there. */
  readonly first?: string;
  readonly offers?: readonly string[];
}

const HTTP = ['containers', 'traefik', 'config', 'services', 'traefik', 'dynamicConfigOptions', 'http'];
const GUEST = ['containers', 'new', 'config'];
const ROUTER = [...HTTP, 'routers', 'new'];

const WISHES: Readonly<Record<string, Wish>> = {
  'names of container options': {
    path: ['containers', 'new'],
    leaf: 'a$0',
    first: 'autoStart',
    offers: ['ephemeral', 'forwardPorts'],
  },
  'names of guest options': {
    path: [...GUEST, 'networking', 'firewall'],
    leaf: 'al$0',
    offers: ['allowedTCPPorts', 'enable'],
  },
  'names of services': { path: [...GUEST, 'services'], leaf: 'im$0', offers: ['immich', 'jellyfin'] },
  'names of a service’s options': {
    path: [...GUEST, 'services', 'immich'],
    leaf: 'e$0',
    first: 'enable',
    offers: ['port', 'host'],
  },
  'names of Traefik’s keys': { path: ROUTER, leaf: 'r$0', first: 'rule', offers: ['middlewares', 'tls'] },
  booleans: { path: ['containers', 'new'], leaf: 'ephemeral = $0;', first: 'true', offers: ['false'] },
  enumerations: {
    path: ['containers', 'new'],
    leaf: 'privateUsers = "$0";',
    first: 'pick',
    offers: ['no', 'identity'],
  },
  'free pairs': { path: ['containers', 'new'], leaf: 'hostAddress = "$0";', first: '10.0.0.3' },
  'ports of the service': { path: [...GUEST, 'services', 'immich'], leaf: 'port = $0;', first: '2283' },
  'entry points': { path: ROUTER, leaf: 'entryPoints = [ "$0" ];', first: 'web', offers: ['websecure'] },
  middlewares: { path: ROUTER, leaf: 'middlewares = [ "$0" ];', first: 'authelia' },
  'services of Traefik': { path: ROUTER, leaf: 'service = "$0";', first: 'music' },
  'certificate resolvers': { path: [...ROUTER, 'tls'], leaf: 'certResolver = "$0";', first: 'letsencrypt' },
  'servers transports': {
    path: [...HTTP, 'services', 'new', 'loadBalancer'],
    leaf: 'serversTransport = "$0";',
    first: 'loose',
  },
  matchers: { path: ROUTER, leaf: 'rule = "Ho$0";', first: 'Host', offers: ['PathPrefix'] },
  'host names in rules': { path: ROUTER, leaf: 'rule = "Host(`$0`)";', first: 'music.example.org' },
  operators: { path: ROUTER, leaf: 'rule = "Host(`a.b`) $0";', first: '&&' },
  'ports in a URL': {
    path: [...HTTP, 'services', 'new', 'loadBalancer'],
    leaf: 'servers = [ { url = "http://10.0.0.2:$0"; } ];',
    first: '4533',
  },
  'addresses in a URL': {
    path: [...HTTP, 'services', 'new', 'loadBalancer'],
    leaf: 'servers = [ { url = "http://$0"; } ];',
    offers: ['10.0.0.2:4533'],
  },
  'containers in a URL': {
    path: [...HTTP, 'services', 'new', 'loadBalancer'],
    leaf: 'servers = [ { url = "http://${hostConfig.containers.$0}"; } ];',
    offers: ['music', 'traefik'],
  },
  'attributes of a container': {
    path: [...HTTP, 'services', 'new', 'loadBalancer'],
    leaf: 'servers = [ { url = "http://${hostConfig.containers.music.$0}"; } ];',
    first: 'localAddress',
    offers: ['hostAddress'],
  },
  'bind mounts': {
    path: ['containers', 'new', 'bindMounts', '"/data"'],
    leaf: 'hostPath = "$0";',
    offers: ['/tank/music', '/data'],
  },
  capabilities: {
    path: ['containers', 'new'],
    leaf: 'additionalCapabilities = [ "$0" ];',
    first: 'CAP_NET_ADMIN',
  },
  secrets: {
    path: [...GUEST, 'systemd', 'services', 'x', 'environment'],
    leaf: 'A = hostConfig.age.secrets.$0;',
    first: 'token',
  },
  domain: {
    path: [...GUEST, 'systemd', 'services', 'x', 'environment'],
    leaf: 'A = "${dom$0}";',
    offers: ['domain'],
  },
};

type Spelling = (path: readonly string[], leaf: string) => string;

const HEAD = '{ config, lib, domain, ... }: let hostConfig = config; in';
const nested = (path: readonly string[], leaf: string): string =>
  path.reduceRight((inside, name) => `${name} = {\n${inside}\n};`, leaf);

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'a dotted path': (path, leaf) => `${HEAD} {\n${path.join('.')}.${leaf}\n}\n`,
  'sets in sets': (path, leaf) => `${HEAD} {\n${nested(path, leaf)}\n}\n`,
  'paths and sets': (path, leaf) =>
    `${HEAD} {\n${path.slice(0, 2).join('.')} = {\n${path.slice(2).length === 0 ? leaf : `${path.slice(2).join('.')} = {\n${leaf}\n};`}\n};\n}\n`,
  mkIf: (path, leaf) =>
    `${HEAD} {\n${path.slice(0, 2).join('.')} = lib.mkIf (config.x or true) {\n${nested(path.slice(2), leaf)}\n};\n}\n`,
  mkMerge: (path, leaf) => `${HEAD} lib.mkMerge [\n{\n${nested(path, leaf)}\n}\n]\n`,
  '//': (path, leaf) =>
    `${HEAD} {\n${path.slice(0, 2).join('.')} = { } // {\n${nested(path.slice(2), leaf)}\n};\n}\n`,
  'the body of a function': (path, leaf) =>
    path[2] === 'config'
      ? `${HEAD} {\n${path.slice(0, 2).join('.')} = {\nconfig = { config, pkgs, ... }: let y = 1; in {\n${nested(path.slice(3), leaf)}\n};\n};\n}\n`
      : `${HEAD} {\n${path[0] ?? ''} = let y = 1; in {\n${nested(path.slice(1), leaf)}\n};\n}\n`,
  'a file that ends there': (path, leaf) => `${HEAD} {\n${nested(path, leaf).split('$0')[0] ?? ''}$0`,
  'a file that is broken further up': (path, leaf) => `${HEAD} {\nboot.x = [ 1\n${nested(path, leaf)}\n}\n`,
};

/** Whether a text is broken apart from what is to be completed. */
function isUnfinished(body: string): boolean {
  return !body.endsWith('}\n') && !body.endsWith(']\n') ? true : body.includes('[ 1\n');
}

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'completion at every spelling (%s)',
  (_title, lineEnd) => {
    describe.each(Object.entries(SPELLINGS))('%s', (_spelling, spell) => {
      it.each(Object.entries(WISHES))('%s', async (_wish, { path, leaf, first, offers = [] }) => {
        const body = spell(path, leaf);
        const { labels, list, item, chosen } = await completeAt(HOMELAB + body, lineEnd);
        if (first !== undefined) expect(labels[0], body).toBe(first);
        expect(labels, body).toEqual(expect.arrayContaining([...offers]));
        expect(new Set(labels).size).toBe(labels.length);
        expect(list.items.length).toBeLessThanOrEqual(250);
        if (isUnfinished(body)) return;
        // Whatever is chosen leaves no doubled dot, quote or semicolon behind.
        for (const label of labels.slice(0, 3)) {
          const text = chosen(label);
          expect(text, label).not.toMatch(/\.\.(?!\.)(?<!\.\.\.)|;\s*;|""(?!;)|==/);
          if (item(label).detail === 'options' || item(label).detail === 'container') continue;
          const files = await inMemoryFiles({ '/new.nix': text });
          expect(files.parsed('/new.nix')?.errors, `${label}\n${text}`).toEqual([]);
        }
      });
    });
  },
);
