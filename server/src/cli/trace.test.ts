import { describe, expect, it } from 'vitest';
import { traced, tracedLines } from '../../../test/engine/traced';
import { optionPath, whyNone } from './trace';
import { tracesAsJson } from './trace-json';

const web = (binding: string, head = '{ ... }:'): string => `#- /web.nix
${head} {
  containers.web.localAddress = ${binding};
}
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'the trace of an option (%s)',
  (_title, lineEnd) => {
    const trace = (option: string, text: string, host: string | null = null): Promise<string[]> =>
      tracedLines({ option, text, lineEnd, host });

    it("a default of nixpkgs, also of a guest's service", async () => {
      const text = '#- /web.nix\n{ containers.web.config.services.immich.enable = true; }\n';
      expect(await trace('containers.web.config.services.immich.port', text)).toEqual([
        '2283 — default of containers.web.config.services.immich.port, nixpkgs',
      ]);
    });

    it('what an option makes of its definition by `apply`', async () => {
      const text = `#- /web.nix
{ lib, config, ... }: {
  options.ip = lib.mkOption {
    apply = ip: "\${ip}/24";
  };
  config.ip = "10.0.0.2";
  config.containers.web.localAddress = config.ip;
}
`;
      expect(await trace('ip', text)).toEqual(['10.0.0.2/24 — web.nix:5, through web.nix:3']);
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2/24 — web.nix:6, through web.nix:5, web.nix:3',
      ]);
    });

    it('a value that nothing in the repository writes', async () => {
      const text = '#- /web.nix\n{ containers.web.config.services.immich.enable = true; }\n';
      expect(await trace('containers.web.config.networking.hostName', text)).toEqual([
        'web — not written in the repository',
      ]);
    });

    it('what passes through an option that several modules set', async () => {
      const text = `#- /a.nix
{ networking.firewall.allowedTCPPorts = [ 80 ]; }
#- /b.nix
{ config, ... }: {
  networking.firewall.allowedTCPPorts = [ 443 ];
  networking.firewall.allowedUDPPorts = config.networking.firewall.allowedTCPPorts;
}
`;
      expect(await trace('networking.firewall.allowedUDPPorts', text)).toEqual([
        'a list of 2 — b.nix:3, 2 definitions of networking.firewall.allowedTCPPorts',
        '  [ 443 ] — b.nix:2',
        '  [ 80 ] — a.nix:1',
      ]);
    });

    it('how many definitions an option has, also where they are too deep to show', async () => {
      const text = `#- /a.nix
{ lib, ... }: { options.registry = lib.mkOption { type = lib.types.attrsOf lib.types.int; }; config.registry.web = 1; }
#- /b.nix
{ config, ... }: let
  count = builtins.length
    (builtins.attrNames
      config.registry);
  pool = "\${toString count}-p";
in {
  registry.db = 2;
  containers.web.localAddress = "\${pool}-a";
}
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '2-p-a — b.nix:8',
        '  pool: 2-p — b.nix:5',
        '    toString count: 2 — b.nix:2',
        '      builtins.attrNames config.registry: a list of 2 — b.nix:3',
        '        config.registry: { db = 2; web = 1; } — b.nix:4, 2 definitions of registry',
      ]);
    });

    it('what passes through a function that an option holds', async () => {
      const text = `#- /lib.nix
{ config, lib, ... }: let cfg = config.my; in {
  options.my.address = lib.mkOption { type = lib.types.nullOr (lib.types.addCheck lib.types.anything (f: lib.isString (f (lib.functionArgs f)))); };
  options.my.scopes = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule ({ config, name, ... }: {
      options.id = lib.mkOption { type = lib.types.ints.u8; };
      options.ip = lib.mkOption { type = lib.types.str; };
      config.ip = lib.mkDefault (cfg.address { inherit (config) id; });
    }));
  };
  config.containers = lib.mapAttrs (name: scope: { localAddress = scope.ip; }) cfg.scopes;
}
#- /web.nix
{
  my.address = { id, ... }: "10.\${toString id}.0.2";
  my.scopes.web.id = 10;
}
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.10.0.2 — lib.nix:10, through lib.nix:7, web.nix:2',
        '  id: 10 — lib.nix:7, through web.nix:3',
      ]);
    });

    it('arguments, without the functions among them', async () => {
      const text = `#- /web.nix
{ lib, ... }: let
  octets = [ 10 0 0 2 ];
  dotted = builtins.concatStringsSep "." (builtins.map toString octets);
in {
  containers.web.localAddress = dotted;
}
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:5, through web.nix:3',
        '  builtins.map toString octets: a list of 4 — web.nix:3',
        '    octets: [ 10 0 0 2 ] — web.nix:2',
      ]);
    });

    it('definitions that others override, with their priorities', async () => {
      const text = `#- /a.nix
{ lib, ... }: { containers.web.localAddress = lib.mkDefault "10.0.0.2"; }
#- /b.nix
{ lib, ... }: { containers.web.localAddress = lib.mkForce "10.0.0.3"; }
#- /c.nix
{ lib, ... }: { containers.web.localAddress = lib.mkIf false "10.0.0.4"; }
#- /d.nix
{ lib, ... }: { containers.web.localAddress = lib.mkOverride 70 "10.0.0.5"; }
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.3 — b.nix:1 (mkForce)',
        '  not used: 10.0.0.5 — d.nix:1 (mkOverride 70)',
        '  not used: 10.0.0.4 — c.nix:1, its condition is false',
        '  not used: 10.0.0.2 — a.nix:1 (mkDefault)',
      ]);
    });

    it('definitions that merge', async () => {
      const text = `#- /a.nix
{ networking.firewall.allowedTCPPorts = [ 80 ]; }
#- /b.nix
{ networking.firewall.allowedTCPPorts = [ 443 ]; }
`;
      expect(await trace('networking.firewall.allowedTCPPorts', text)).toEqual([
        '[ 443 80 ] — merged from 2 definitions',
        '  [ 443 ] — b.nix:1',
        '  [ 80 ] — a.nix:1',
      ]);
    });

    it('a definition of which it is not known whether it counts', async () => {
      const text = `#- /web.nix
{ lib, pkgs, ... }: {
  networking.firewall.allowedTCPPorts = lib.mkMerge [ [ 80 ] (lib.mkIf pkgs.big [ 443 ]) ];
}
`;
      const lines = await trace('networking.firewall.allowedTCPPorts', text);
      expect(lines).toContain('  [ 80 ] — web.nix:2');
      expect(lines.find((line) => line.includes('443'))).toMatch(/\(may not count: /);
    });

    it('a disabled container', async () => {
      const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [
  # ./web.nix
]; }; }; }
${web('"10.0.0.2"')}`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:2',
        '  of no effect: its import is commented out in flake.nix:2',
      ]);
    });

    it('each host that has the option, or the one that is named', async () => {
      const text = `#- /flake.nix
{ outputs = { nixpkgs, ... }: {
  nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./web.nix { net = "10.0.0"; } ]; };
  nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./web.nix { net = "10.1.1"; } ]; };
  nixosConfigurations.c = nixpkgs.lib.nixosSystem { modules = [ ]; };
}; }
#- /web.nix
{ config, lib, ... }: {
  options.net = lib.mkOption { type = lib.types.str; };
  config.containers.web.localAddress = "\${config.net}.2";
}
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        'a:',
        '  10.0.0.2 — web.nix:3',
        '    config.net: 10.0.0 — flake.nix:2',
        'b:',
        '  10.1.1.2 — web.nix:3',
        '    config.net: 10.1.1 — flake.nix:3',
      ]);
      expect(await trace('containers.web.localAddress', text, 'b')).toEqual([
        '10.1.1.2 — web.nix:3',
        '  config.net: 10.1.1 — flake.nix:3',
      ]);
    });

    it('as JSON: places, definitions, parts', async () => {
      const text = web('"${net}.2"', 'let\n  net = "10.0.0";\nin\n{ ... }:');
      const json = await traced(
        { option: 'containers.web.localAddress', text, lineEnd },
        ({ traces }, syntax) => tracesAsJson('containers.web.localAddress', traces, syntax),
      );
      expect(JSON.parse(json)).toMatchObject({
        version: 1,
        option: 'containers.web.localAddress',
        traces: [
          {
            host: 'homelab',
            disabled: null,
            value: '10.0.0.2',
            places: [{ file: 'web.nix', line: 5, column: 33 }],
            end: 'written',
            parts: [
              {
                label: 'net',
                value: '10.0.0',
                places: [{ line: 5 }, { file: 'web.nix', line: 2, column: 9 }],
              },
            ],
            definitions: [
              { value: '10.0.0.2', priority: 100, default: false, state: 'counts' },
              { value: null, priority: 1500, default: true, state: 'overridden', end: 'default' },
            ],
          },
        ],
      });
    });
  },
);

describe('an option that no host has', () => {
  it.each([
    [
      'containers.wbe.localAddress',
      null,
      /^there is no option containers\.wbe\.localAddress on homelab: .* Did you mean containers\.web\.localAddress\?$/,
    ],
    ['containers.web.localAdress', null, /Did you mean containers\.web\.localAddress\?$/],
    [
      'containers.web.config.services.imich.port',
      null,
      /Did you mean containers\.web\.config\.services\.immich\.port\?$/,
    ],
    ['nothing.like.it', null, /this tool does not know it\.$/],
    ['containers.web.localAddress', 'other', /^there is no host other\. There are: homelab\.$/],
  ])('%s', async (option, host, says) => {
    const text =
      '#- /web.nix\n{ containers.web = { localAddress = "10.0.0.2"; config.services.immich.enable = true; }; }\n';
    const why = await traced({ option, text, host }, (found) => {
      expect(found.traces).toEqual([]);
      return whyNone(found, optionPath(option) ?? [], host);
    });
    expect(why).toMatch(says);
  });
});

describe('the path of an option', () => {
  it.each([
    ['containers.web.localAddress', ['containers', 'web', 'localAddress']],
    [
      'containers."my.name".forwardPorts[0].hostPort',
      ['containers', 'my.name', 'forwardPorts', '0', 'hostPort'],
    ],
    ['a', ['a']],
    ['', null],
    ['a..b', null],
    ['a.', null],
    ['a b', null],
  ])('%s', (text, names) => {
    expect(optionPath(text)).toEqual(names);
  });
});
