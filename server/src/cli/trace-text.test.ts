import { describe, expect, it } from 'vitest';
import { tracedLines } from '../../../test/engine/traced';

const SPECIAL = (special: string, modules: string): string => `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs = { ${special} };
      modules = [ ${modules} ];
    };
  };
}
`;

const web = (binding: string, head = '{ ... }:', more = ''): string => `#- /web.nix
${head} {
  containers.web.localAddress = ${binding};
}
${more}`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'where a value comes from (%s)',
  (_title, lineEnd) => {
    const trace = (option: string, text: string): Promise<string[]> => tracedLines({ option, text, lineEnd });

    it('a literal: where it stands', async () => {
      expect(await trace('containers.web.localAddress', web('"10.0.0.2"'))).toEqual(['10.0.0.2 — web.nix:2']);
    });

    it('a constants file that is passed to every module', async () => {
      const text =
        SPECIAL('constants = import ./constants.nix;', './web.nix') +
        web(
          'constants.web.address',
          '{ constants, ... }:',
          `#- /constants.nix
{
  web = {
    address = "10.0.0.2";
  };
}
`,
        );
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:2, through constants.nix:3',
      ]);
    });

    it.each([
      ['a `let`', 'let ip = "10.0.0.2"; in\n{ ... }:', 'ip', ['10.0.0.2 — web.nix:3, through web.nix:1']],
      [
        'a name for a name',
        'let\n  a = "10.0.0.2";\n  b = a;\nin\n{ ... }:',
        'b',
        ['10.0.0.2 — web.nix:6, through web.nix:3, web.nix:2'],
      ],
      [
        '`with`',
        'let\n  net = { ip = "10.0.0.2"; };\nin\n{ ... }:',
        'with net; ip',
        ['10.0.0.2 — web.nix:5, through web.nix:2'],
      ],
      [
        'a condition',
        'let\n  test = false;\n  real = "10.0.0.2";\nin\n{ ... }:',
        'if test then "10.9.9.9" else real',
        ['10.0.0.2 — web.nix:6, through web.nix:3'],
      ],
      [
        'an `or`',
        'let\n  net = { };\n  fallback = "10.0.0.2";\nin\n{ ... }:',
        'net.web or fallback',
        ['10.0.0.2 — web.nix:6, through web.nix:3'],
      ],
      [
        'a function and its argument',
        'let\n  first = addresses:\n    addresses.one;\nin\n{ ... }:',
        'first { one = "10.0.0.2"; }',
        ['10.0.0.2 — web.nix:6, through web.nix:3, web.nix:6'],
      ],
    ])('%s', async (_what, head, binding, expected) => {
      expect(await trace('containers.web.localAddress', web(binding, head))).toEqual(expected);
    });

    it('an `inherit`, with and without a set', async () => {
      const text = `#- /web.nix
let
  localAddress = "10.0.0.2";
  net = {
    hostAddress = "10.0.0.1";
  };
in
{
  containers.web = {
    inherit localAddress;
    inherit (net) hostAddress;
  };
}
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:9, through web.nix:2',
      ]);
      expect(await trace('containers.web.hostAddress', text)).toEqual([
        '10.0.0.1 — web.nix:10, through web.nix:4',
      ]);
    });

    it('an interpolation: each thing it is put together from', async () => {
      const text =
        SPECIAL('prefix = "10.0.0";', './web.nix') +
        web('"${prefix}.${toString (number + 1)}"', 'let\n  number = 1;\nin\n{ prefix, ... }:');
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:5',
        '  prefix: 10.0.0 — flake.nix:5',
        '  toString (number + 1): 2 — web.nix:5',
        '    number: 1 — web.nix:2',
      ]);
    });

    it('a sum of texts, and what a function of the language makes of its arguments', async () => {
      expect(
        await trace('containers.web.localAddress', web('net + ".2"', 'let\n  net = "10.0.0";\nin\n{ ... }:')),
      ).toEqual(['10.0.0.2 — web.nix:5', '  net: 10.0.0 — web.nix:2']);
      expect(
        await trace(
          'containers.web.localAddress',
          web('lib.removeSuffix "/24" cidr', 'let\n  cidr = "10.0.0.2/24";\nin\n{ lib, ... }:'),
        ),
      ).toEqual(['10.0.0.2 — web.nix:5', '  cidr: 10.0.0.2/24 — web.nix:2']);
    });

    it('a helper in another file', async () => {
      const text = `#- /web.nix
let
  mk = import ./lib.nix;
in
{ ... }: {
  containers.web = mk {
    id = 7;
  };
}
#- /lib.nix
{ id }: {
  privateNetwork = true;
  localAddress = "10.0.0.\${toString id}";
}
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.7 — lib.nix:3',
        '  toString id: 7 — web.nix:6',
      ]);
      const [whole, ...options] = await trace('containers.web', text);
      expect(whole).toMatch(/^\{ .*\} — web\.nix:5, through lib\.nix:1$/);
      expect(options).toEqual([
        '  privateNetwork: true — lib.nix:2',
        '  localAddress: 10.0.0.7 — lib.nix:3',
        '    toString id: 7 — web.nix:6',
      ]);
    });

    it('a registry that is mapped to containers', async () => {
      const text = `#- /registry.nix
{
  web = {
    ip = "10.0.0.2";
    port = 80;
  };
}
#- /web.nix
{ lib, ... }: {
  containers = lib.mapAttrs (name: entry: {
    privateNetwork = true;
    localAddress = entry.ip;
    config.networking.firewall.allowedTCPPorts = [ entry.port ];
  }) (import ./registry.nix);
}
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }
`;
      expect(await trace('containers.web.localAddress', text)).toEqual([
        '10.0.0.2 — web.nix:4, through registry.nix:3',
      ]);
      expect(await trace('containers.web.config.networking.firewall.allowedTCPPorts', text)).toEqual([
        'a list of 1 — web.nix:5',
        '  [0]: 80 — registry.nix:4',
      ]);
      expect(await trace('containers.web.config.networking.firewall.allowedTCPPorts[0]', text)).toEqual([
        '80 — web.nix:5, through registry.nix:4',
      ]);
    });

    it('an option of the repository, set or by its default', async () => {
      const text = (set: string): string => `#- /options.nix
{ lib, ... }: {
  options.lab.prefix = lib.mkOption {
    type = lib.types.str;
    default = "10.0.0";
  };
}
#- /web.nix
{ config, ... }: {
  ${set}
  containers.web.localAddress = config.lab.prefix + ".2";
}
`;
      expect(await trace('containers.web.localAddress', text('lab.prefix = "10.1.1";'))).toEqual([
        '10.1.1.2 — web.nix:3',
        '  config.lab.prefix: 10.1.1 — web.nix:2',
      ]);
      expect(await trace('containers.web.localAddress', text(''))).toEqual([
        '10.0.0.2 — web.nix:3',
        '  config.lab.prefix: 10.0.0 — options.nix:4, default of lab.prefix',
      ]);
    });

    it('an option of nixpkgs whose default another reads', async () => {
      const text = `#- /web.nix
{ config, ... }: {
  containers.web.config.services.immich.enable = true;
  networking.firewall.allowedTCPPorts = [ config.containers.web.config.services.immich.port ];
}
`;
      expect(await trace('networking.firewall.allowedTCPPorts[0]', text)).toEqual([
        '2283 — web.nix:3, default of containers.web.config.services.immich.port, nixpkgs',
      ]);
    });

    it('what a container says of itself', async () => {
      const text = `#- /web.nix
{
  containers.web = { config, ... }: {
    hostAddress = "10.0.0.1";
    extraVeths.lan.hostAddress = config.hostAddress;
  };
}
`;
      expect(await trace('containers.web.extraVeths.lan.hostAddress', text)).toEqual([
        '10.0.0.1 — web.nix:4, through web.nix:3',
      ]);
    });

    it('no more parts than one can read, and how many are left out', async () => {
      const text = `#- /web.nix
let
  port = 80;
in {
  networking.firewall.allowedTCPPorts = [ ${'port '.repeat(70)}];
}
`;
      const lines = await trace('networking.firewall.allowedTCPPorts', text);
      expect(lines[1]).toBe('  [0]: 80 — web.nix:2');
      expect(lines).toHaveLength(62);
      expect(lines.at(-1)).toBe('  … and 10 more');
    });

    it('a value that is not known: why, and as far as it is written', async () => {
      expect(
        await trace(
          'containers.web.localAddress',
          web('ip', 'let\n  ip = builtins.getEnv "IP";\nin\n{ ... }:'),
        ),
      ).toEqual([expect.stringMatching(/^unknown: .*— web\.nix:5, through web\.nix:2$/)]);
      const [line] = await trace(
        'containers.web.localAddress',
        SPECIAL('address = nixpkgs.address;', './web.nix') + web('address', '{ address, ... }:'),
      );
      expect(line).toMatch(/^unknown: .*nixpkgs.* — web\.nix:2, through flake\.nix:5$/);
    });

    it('a route: every URL, with what it is made of', async () => {
      const text = `#- /web.nix
{ config, ... }: {
  containers.proxy.config.services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [{
      url = "http://\${config.containers.web.localAddress}:\${toString config.containers.web.config.services.immich.port}";
    }];
    routers.web = { rule = "Host(\`a.b\`)"; service = "web"; };
  };
  containers.web = {
    localAddress = "10.0.0.2";
    config.services.immich.enable = true;
  };
}
`;
      const http = 'containers.proxy.config.services.traefik.dynamicConfigOptions.http';
      expect(await trace(`${http}.services.web.loadBalancer.servers`, text)).toEqual([
        'a list of 1 — web.nix:3',
        '  [0]: { url; } — web.nix:3',
        '    url: http://10.0.0.2:2283 — web.nix:4',
        '      config.containers.web.localAddress: 10.0.0.2 — web.nix:9',
        '      toString config.containers.web.config.services.immich.port: 2283 — default of containers.web.config.services.immich.port, nixpkgs',
      ]);
      expect(await trace(`${http}.routers.web.rule`, text)).toEqual(['Host(`a.b`) — web.nix:6']);
    });
  },
);
