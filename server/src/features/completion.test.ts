import { MarkupKind } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import { completion } from './completion';

const TRAEFIK = `#- /containers/traefik.nix
{ domain, ... }: {
  containers.traefik.config.services.traefik = {
    staticConfigOptions.entryPoints = { web.address = ":80"; websecure = { address = ":443"; }; };
    staticConfigOptions.certificatesResolvers.letsencrypt.acme.email = "a@b.c";
    dynamicConfigOptions.http.middlewares = { authelia.forwardAuth.address = "http://10.10.10.9:9091"; headers.headers = { }; };
  };
}
#- /containers/web.nix
{ config, domain, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [{ url = "http://\${config.containers.web.localAddress}:80"; }];
    routers.web = { rule = "Host(\`web.\${domain}\`)"; service = "web"; entrypoints = [ "websecure" ]; middlewares = [ "authelia" ]; };
  };
  containers.web = { privateNetwork = true; hostAddress = "10.10.10.2"; localAddress = "10.10.10.3"; config.system.stateVersion = "25.11"; };
}
`;

const at = (body: string): string => `${TRAEFIK}#- /containers/new.nix\n${body}`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('completion (%s)', (_title, lineEnd) => {
  const complete = (body: string): ReturnType<typeof completeAt> => completeAt(at(body), lineEnd);

  describe('names of container options', () => {
    it.each([
      ['nested', '{ ... }: {\n  containers.new = {\n    ephem$0\n  };\n}'],
      ['dotted', '{ ... }: {\n  containers.new.ephem$0\n}'],
      ['mixed', '{ ... }: {\n  containers = { new = { ephem$0 }; };\n}'],
      ['inside mkIf', '{ lib, ... }: {\n  containers.new = lib.mkIf true {\n    ephem$0\n  };\n}'],
      ['inside mkMerge', '{ lib, ... }: lib.mkMerge [ { containers.new = { ephem$0 }; } ]'],
      ['inside //', '{ ... }: { containers.new = { autoStart = true; } // { ephem$0 }; }'],
      ['inside let', '{ ... }: let x = 1; in { containers.new = { ephem$0 }; }'],
      ['inside a config attribute', '{ ... }: { config = { containers.new = { ephem$0 }; }; }'],
      ['behind a config attribute', '{ ... }: { config.containers.new.ephem$0 }'],
      ['behind a config attribute in a list', '{ imports = [ { config.containers.new.ephem$0 } ]; }'],
      ['in a file that ends there', '{ ... }: {\n  containers.new = {\n    ephem$0'],
      ['behind an emoji', '{ ... }: { # 🏠\n  containers.new = { /* 🏠 */ ephem$0'],
      [
        'before other bindings',
        '{ ... }: {\n  containers.new = {\n    ephem$0\n    autoStart = true;\n  };\n}',
      ],
      [
        'after a missing semicolon',
        '{ ... }: {\n  containers.new = {\n    autoStart = true\n    ephem$0\n  };\n}',
      ],
      ['in a set of values', '{ lib, ... }: { containers = lib.genAttrs [ "a" ] (name: { ephem$0 }); }'],
    ])('%s', async (_spelling, body) => {
      const { item, chosen } = await complete(body);
      expect(item('ephemeral').detail).toBe('boolean');
      expect(chosen('ephemeral')).toBe(body.replace('ephem$0', 'ephemeral = true;').replaceAll('\r\n', '\n'));
    });

    it('says what an option is', async () => {
      const { item } = await complete('{ ... }: { containers.new.$0 }');
      expect(item('hostAddress').documentation).toMatchObject({ kind: 'markdown' });
      expect(JSON.stringify(item('hostAddress').documentation)).toContain('Type: `null or string`');
    });

    it('puts what containers usually set first, and what is set already last', async () => {
      const { labels } = await complete('{ ... }: { containers.new = { autoStart = true; $0 }; }');
      expect(labels.slice(0, 3)).toEqual(['privateNetwork', 'hostAddress', 'localAddress']);
      expect(labels.at(-1)).toBe('autoStart');
    });

    it('replaces the whole word, and writes no second value', async () => {
      const { chosen } = await complete('{ ... }: { containers.new = { auto$0Sta = false; }; }');
      expect(chosen('autoStart')).toBe('{ ... }: { containers.new = { autoStart = false; }; }');
      const dotted = await complete('{ ... }: { containers.new = { bindM$0."/x" = { }; }; }');
      expect(dotted.chosen('bindMounts')).toContain('{ bindMounts."/x" = { }; }');
    });

    it('writes a value by the type', async () => {
      const { item } = await completeAt(at('{ ... }: { containers.new = {\n  $0\n}; }'), lineEnd, true);
      const text = (label: string): unknown => item(label).textEdit?.newText;
      expect(text('privateUsers')).toBe('privateUsers = ${1|"pick","no","identity"|};');
      expect(text('timeoutStartSec')).toBe('timeoutStartSec = "$1";');
      expect(text('interfaces')).toBe('interfaces = [ $1 ];');
      expect(text('config')).toBe('config = {\n  $0\n};');
      expect(text('bindMounts')).toContain('bindMounts."${1:/var/lib/data}" = {');
    });

    it('fills in the next free pair with the name', async () => {
      const { chosen } = await complete('{ ... }: {\n  containers.new = {\n    hostA$0\n  };\n}');
      expect(chosen('hostAddress')).toContain('hostAddress = "10.10.10.4";\nlocalAddress = "10.10.10.5";');
    });

    it('offers the options of links, mounts and forwarded ports', async () => {
      expect((await complete('{ ... }: { containers.new.bindMounts."/x" = { $0 }; }')).labels).toEqual([
        'mountPoint',
        'hostPath',
        'isReadOnly',
      ]);
      expect((await complete('{ ... }: { containers.new.forwardPorts = [ { $0 } ]; }')).labels).toContain(
        'hostPort',
      );
      expect((await complete('{ ... }: { containers.new.extraVeths.lan.$0 }')).labels).toContain(
        'hostBridge',
      );
    });
  });

  describe('names of guest options', () => {
    it.each([
      ['a set', '{ ... }: { containers.new.config = { networking.fire$0 }; }'],
      [
        'a function',
        '{ ... }: { containers.new = { config = { config, pkgs, ... }: { networking = { fire$0 }; }; }; }',
      ],
      ['a dotted path', '{ ... }: { containers.new.config.networking.fire$0 }'],
    ])('in %s', async (_spelling, body) => {
      expect((await complete(body)).labels).toContain('firewall');
    });

    it('in a file that a guest imports', async () => {
      const { labels } = await completeAt(
        `${TRAEFIK}#- /containers/new.nix\n{ ... }: { containers.new.config.imports = [ ../guests/new.nix ]; }\n#- /guests/new.nix\n{ ... }: {\n  networking.$0\n}\n#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./containers/new.nix ]; }; }; }\n`,
        lineEnd,
      );
      expect(labels).toContain('firewall');
    });

    it('knows the services', async () => {
      const { labels, item } = await complete('{ ... }: { containers.new.config.services.immich.$0 }');
      expect(labels[0]).toBe('enable');
      expect(item('port').textEdit?.newText).toBe('port = 2283;');
    });
  });

  describe('where nothing is known', () => {
    it.each([
      ['a comment', '{ ... }: { containers.new = { # $0\n }; }'],
      ['the names of a let', '{ ... }: let $0 in { }'],
      ['the argument of a function', '{ pkgs, ... }: { x = pkgs.writeText { $0 }; }'],
      ['a string that is no option', '{ ... }: let x = "$0"; in { }'],
      ['after a value', '{ ... }: { containers.new.autoStart = true; } $0'],
      ['an indented string', "{ ... }: { containers.new.config.services.immich.host = ''$0''; }"],
    ])('%s', async (_place, body) => {
      expect((await complete(body)).labels).toEqual([]);
    });
  });

  describe('free pairs', () => {
    it('fills in both halves', async () => {
      const { labels, chosen, list } = await complete(
        '{ ... }: {\n  containers.new = {\n    hostAddress = "$0";\n  };\n}',
      );
      expect(labels[0]).toBe('10.10.10.4');
      expect(list.isIncomplete).toBe(true);
      expect(chosen('10.10.10.4')).toBe(
        '{ ... }: {\n  containers.new = {\n    hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n  };\n}',
      );
    });

    it.each([
      ['without quotes', 'hostAddress = $0\n  };\n}'],
      ['without quotes, before a semicolon', 'hostAddress = $0;\n  };\n}'],
      ['in an unclosed string', 'hostAddress = "10.$0\n  };\n}'],
      ['without a semicolon', 'hostAddress = "$0"\n  };\n}'],
      ['half-typed', 'hostAddress = "10.10.1$0";\n  };\n}'],
    ])('%s', async (_title, tail) => {
      const { chosen } = await complete(`{ ... }: {\n  containers.new = {\n    ${tail}`);
      expect(chosen('10.10.10.4')).toBe(
        '{ ... }: {\n  containers.new = {\n    hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n  };\n}',
      );
    });

    it('replaces the other half', async () => {
      const { chosen } = await complete(
        '{ ... }: { # 🏠\n  containers.new = {\n    hostAddress = "10.10.10.2";\n    localAddress = "$0";\n    autoStart = true;\n  };\n}',
      );
      expect(chosen('10.10.10.5')).toContain(
        'hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n    auto',
      );
    });

    it('replaces the other half also where the string is unclosed', async () => {
      const { chosen } = await complete(
        '{ ... }: {\n  containers.new = {\n    hostAddress = "$0\n    localAddress = "10.10.10.3";\n  };\n}',
      );
      expect(chosen('10.10.10.4')).toContain(
        'hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n  }',
      );
    });

    it.each([
      ['before an address', '"$010.10.10.2"'],
      ['inside an address', '"10.10.$010.2"'],
      ['before a name', '"$0db"'],
    ])('replaces what stands there already, %s', async (_title, value) => {
      const { chosen } = await complete(
        `{ ... }: {\n  containers.new = {\n    hostAddress = ${value};\n    localAddress = "10.10.10.3";\n  };\n}`,
      );
      expect(chosen('10.10.10.4')).toBe(
        '{ ... }: {\n  containers.new = {\n    hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n  };\n}',
      );
    });

    it('replaces no text that is computed behind the cursor', async () => {
      const { labels } = await complete(
        '{ ... }: let net = "10.10.10"; in { containers.new.hostAddress = "$0${net}.2"; }',
      );
      expect(labels).toEqual([]);
    });

    it('leaves a computed half alone', async () => {
      const { chosen } = await complete(
        '{ ... }: { containers.new = { hostAddress = "$0"; localAddress = "${"10.10"}.10.77"; }; }',
      );
      expect(chosen('10.10.10.4')).toContain(
        'hostAddress = "10.10.10.4"; localAddress = "${"10.10"}.10.77"; }',
      );
    });

    it('keeps to one line, and to the dotted spelling', async () => {
      const line = await complete('{ ... }: { containers.new = { hostAddress = "$0"; }; }');
      expect(line.chosen('10.10.10.4')).toContain(
        '{ hostAddress = "10.10.10.4"; localAddress = "10.10.10.5"; }',
      );
      const dotted = await complete('{ ... }: {\n  containers.new.localAddress = "$0";\n}');
      expect(dotted.chosen('10.10.10.5')).toContain(
        '  containers.new.localAddress = "10.10.10.5";\n  containers.new.hostAddress = "10.10.10.4";\n',
      );
    });

    it('offers the partner of the half that is there first', async () => {
      const { labels, item } = await complete(
        '{ ... }: { containers.new = { hostAddress = "10.10.10.8"; localAddress = "$0"; }; }',
      );
      expect(labels[0]).toBe('10.10.10.9');
      expect(item('10.10.10.9').additionalTextEdits).toBeUndefined();
    });

    it('takes the addresses of disabled containers for taken', async () => {
      const { labels } = await completeAt(
        `${TRAEFIK}#- /containers/old.nix\n{ ... }: { containers.old = { privateNetwork = true; hostAddress = "10.10.10.4"; localAddress = "10.10.10.5"; }; }\n#- /containers/new.nix\n{ ... }: { containers.new.hostAddress = "$0"; }\n#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./containers/web.nix ./containers/new.nix ]; }; }; }\n`,
        lineEnd,
      );
      expect(labels[0]).toBe('10.10.10.6');
    });
  });

  describe('other values', () => {
    it('booleans and enumerations', async () => {
      const yes = await complete('{ ... }: { containers.new.autoStart = $0\n}');
      expect(yes.labels).toEqual(['true', 'false']);
      expect(yes.chosen('true')).toContain('autoStart = true;\n}');
      const users = await complete('{ ... }: { containers.new.privateUsers = "$0"; }');
      expect(users.labels).toEqual(['pick', 'no', 'identity']);
      expect(users.chosen('pick')).toContain('privateUsers = "pick"; }');
      const bare = await complete('{ ... }: { containers.new.privateUsers = pi$0; }');
      expect(bare.chosen('pick')).toContain('privateUsers = "pick"; }');
    });

    it.each([
      ['middlewares = [ "$0" ]', ['authelia', 'headers'], 'middlewares = [ "authelia" ]'],
      ['middlewares = [ $0 ]', ['authelia', 'headers'], 'middlewares = [ "authelia" ]'],
      ['middlewares = $0', ['authelia', 'headers'], 'middlewares = [ "authelia" ]'],
      ['entrypoints = [ "web$0" ]', ['web', 'websecure'], 'entrypoints = [ "web" ]'],
      ['entryPoints = [ "web" "$0" ]', ['web', 'websecure'], 'entryPoints = [ "web" "web" ]'],
      ['service = "$0"', ['web'], 'service = "web"'],
      ['tls.certResolver = "$0"', ['letsencrypt'], 'tls.certResolver = "letsencrypt"'],
    ])('names of Traefik: %s', async (binding, labels, result) => {
      const { labels: offered, chosen } = await complete(
        `{ ... }: { containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers.new = { ${binding}; }; }`,
      );
      expect(offered).toEqual(labels);
      expect(chosen(labels[0] ?? '')).toContain(`{ ${result}; }`);
    });
  });

  describe('selections', () => {
    it.each([
      ['in an interpolation', '{ config, ... }: { x.url = "http://${config.containers.$0}:80"; }'],
      ['in an unclosed interpolation', '{ config, ... }: { x.url = "http://${config.containers.$0'],
      ['as a value', '{ config, ... }: { x = config.containers.$0; }'],
      ['in a let', '{ config, ... }: let x = config.containers.$0; in { }'],
      [
        'by another name',
        '{ config, ... }: let host = config; in { containers.new.config = { config, ... }: { x = host.containers.$0; }; }',
      ],
      [
        'in a guest that takes no config',
        '{ config, ... }: { containers.new.config = { pkgs, ... }: { x = config.containers.$0; }; }',
      ],
      ['in an inherit', '{ config, ... }: { inherit (config.containers.$0) x; }'],
    ])('container names %s', async (_title, body) => {
      expect((await complete(body)).labels).toContain('web');
    });

    it('attributes of a container, addresses first', async () => {
      const { labels, item, chosen } = await complete(
        '{ config, ... }: { x = "${config.containers.web.lo$0}"; }',
      );
      expect(labels.slice(0, 3)).toEqual(['localAddress', 'hostAddress', 'config']);
      expect(item('localAddress').detail).toBe('10.10.10.3');
      expect(chosen('localAddress')).toContain('"${config.containers.web.localAddress}"');
      const inherited = await complete('{ config, ... }: { x = { inherit (config.containers.web) $0; }; }');
      expect(inherited.labels[0]).toBe('localAddress');
    });

    it('options of the guest', async () => {
      const { labels } = await complete(
        '{ config, ... }: { x = config.containers.web.config.networking.$0; }',
      );
      expect(labels).toContain('firewall');
    });

    it('of the guest’s own config, where that is meant', async () => {
      const { labels } = await complete(
        '{ ... }: { containers.web.config = { config, ... }: { x = config.$0; }; }',
      );
      expect(labels).toContain('system');
      expect(labels).not.toContain('containers');
    });
  });

  describe('a new file', () => {
    it.each([
      ['empty', '$0'],
      ['with a word', 'jelly$0'],
      ['with a comment', '# Films\n$0\n'],
    ])('%s gets the whole module', async (_title, body) => {
      const { labels, chosen } = await completeAt(`${TRAEFIK}#- /containers/jelly_fin.nix\n${body}`, lineEnd);
      expect(labels).toEqual(['container jelly-fin']);
      const text = chosen('container jelly-fin');
      expect(text).toContain('{ config, domain, ... }: {');
      expect(text).toContain('[ 8080 ]');
      expect(text).toContain('url = "http://${config.containers.jelly-fin.localAddress}:8080";');
      expect(text).toContain('rule = "Host(`jelly-fin.${domain}`)";');
      expect(text).toContain('entrypoints = [ "websecure" ];');
      expect(text).toContain('middlewares = [ "authelia" ];');
      expect(text).toContain('hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";');
      expect(text).toContain('system.stateVersion = "25.11";');
    });

    it('has its places to fill in, the same one once', async () => {
      const fixture = `${TRAEFIK}#- /containers/gitea.nix\n$0`;
      const { item } = await completeAt(fixture, lineEnd, true);
      const { newText = '' } = item('container gitea').textEdit ?? {};
      expect(newText).toContain('"http://\\${config.containers.gitea.localAddress\\}:${1:3000}"');
      expect(newText).toContain('rule = "Host(`${2:gitea}.\\${domain\\}`)"');
      expect(newText).toContain('middlewares = [ "${3:authelia}" ];');
      expect(newText).toContain('allowedTCPPorts = [ ${1:3000} ];');
      expect(newText).toContain('HTTP_PORT = ${1:3000};');
      expect(newText.match(/\$0/g)).toHaveLength(1);
    });

    it('elsewhere gets nothing', async () => {
      expect((await completeAt(`${TRAEFIK}#- /modules/x.nix\n$0`, lineEnd)).labels).toEqual([]);
    });
  });

  it('offers the containers that are there as names, to add to them', async () => {
    const { labels, chosen } = await complete('{ ... }: { containers.tra$0 }');
    expect(labels).toContain('traefik');
    expect(chosen('traefik')).toBe('{ ... }: { containers.traefik }');
  });

  it('never offers a label twice', async () => {
    for (const body of ['{ $0 }', '{ config, ... }: { x = config.$0; }', '{ containers.web.$0 }']) {
      const { labels } = await complete(body);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

describe('characters that ask by themselves', () => {
  const asked = async (body: string, trigger: string): Promise<number> => {
    const fixture = parseFixture(at(body), '\n');
    const homelab = await homelabOf(fixture);
    const { file = '', offset = 0 } = fixture.cursor ?? {};
    const source = homelab.files.parsed(file);
    if (source === null) throw new Error('no such file');
    const style = { snippets: true, documentation: MarkupKind.Markdown };
    return completion(homelab, source, offset, style, trigger).items.length;
  };

  it.each([
    [
      '{ containers.new.config.services.x.url = "http://10.10.10.3:$0"; containers.web.config.services.immich.enable = true; }',
      ':',
    ],
    [
      '{ containers.new.bindMounts."/$0".isReadOnly = true; containers.new.config.services.immich.enable = true; }',
      '/',
    ],
    ['{ x = ./$0; }', '/'],
    ['{ config, ... }: { x = "${$0}"; }', '{'],
  ])('%s', async (body, trigger) => {
    expect(await asked(body, trigger)).toBeGreaterThan(0);
  });

  it.each([
    ['{ containers.new = {$0 }; }', '{'],
    ['{ config, ... }:$0 { }', ':'],
    ['{ containers.new.config = { x = a: b:$0 a; }; }', ':'],
    ['{ containers.new.timeoutStartSec = 1 /$0; }', '/'],
  ])('and do not elsewhere: %s', async (body, trigger) => {
    expect(await asked(body, trigger)).toBe(0);
  });
});
