import { describe, expect, it } from 'vitest';
import { factValue, onlyHost } from '../../../test/engine/routes';
import type { Container, Host } from './model';

const named = ({ containers }: Host, name: string): Container => {
  const found = containers.find((container) => container.name === name);
  if (found === undefined) throw new Error(`there is no container ${name}`);
  return found;
};

const ports = ({ guest }: Container): number[] => (guest?.tcp.ports.items ?? []).map(({ port }) => port);

async function openPorts(text: string, lineEnd: '\n' | '\r\n' = '\n'): Promise<number[]> {
  return ports(named(await onlyHost(text, lineEnd), 'web'));
}

const FIREWALL = 'networking.firewall.allowedTCPPorts';

describe.each(['\n', '\r\n'] as const)('what a guest is made of (line end %j)', (lineEnd) => {
  it.each([
    ['a set', `{ containers.web.config = { ${FIREWALL} = [ 80 ]; }; }`],
    ['a function', `{ containers.web.config = { config, pkgs, ... }: { ${FIREWALL} = [ 80 ]; }; }`],
    ['a function of one name', `{ containers.web.config = args: { ${FIREWALL} = [ 80 ]; }; }`],
    [
      'a path',
      `{ containers.web.config = ./web/guest.nix; }\n#- /web/guest.nix\n{ ... }: { ${FIREWALL} = [ 80 ]; }`,
    ],
    ['a folder', `{ containers.web.config = ./web; }\n#- /web/default.nix\n{ ${FIREWALL} = [ 80 ]; }`],
    [
      'an import',
      `{ containers.web.config = import ./web/guest.nix; }\n#- /web/guest.nix\n{ ... }: { ${FIREWALL} = [ 80 ]; }`,
    ],
    [
      'an import with arguments',
      `{ containers.web.config = import ./web/guest.nix { port = 80; }; }\n#- /web/guest.nix\n{ port }: { ... }: { ${FIREWALL} = [ port ]; }`,
    ],
    [
      'imports',
      `{ containers.web.config = { imports = [ ./web/guest.nix { ${FIREWALL} = [ 80 ]; } ]; }; }\n#- /web/guest.nix\n{ lib, ... }: { networking.hostName = lib.mkForce "www"; }`,
    ],
    [
      'a let around it',
      `{ ... }: let guest = { lib, ... }: { ${FIREWALL} = lib.mkMerge [ [ 80 ] (lib.mkIf false [ 81 ]) ]; }; in { containers.web = { config = guest; }; }`,
    ],
  ])('may be %s', async (_what, text) => {
    const flake =
      '#- /flake.nix\n{ outputs = { nixpkgs, ... }: { nixosConfigurations.host = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }\n';
    expect(await openPorts(`\n${flake}#- /a.nix\n${text}\n`, lineEnd)).toEqual([80]);
  });

  it('is put together from twenty fragments', async () => {
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const fragments = numbers
      .map((number) =>
        number % 2 === 0
          ? `#- /f${number}.nix\n{ containers.web.config.${FIREWALL} = [ ${8000 + number} ]; }\n`
          : `#- /f${number}.nix\n{ containers.web = { bindMounts."/m${number}".hostPath = "/h${number}"; config = { ... }: { ${FIREWALL} = [ ${8000 + number} ]; }; }; }\n`,
      )
      .join('');
    const web = named(
      await onlyHost(
        `\n#- /web.nix\n{ containers.web = { privateNetwork = true; localAddress = "10.0.0.2"; }; }\n${fragments}`,
        lineEnd,
      ),
      'web',
    );
    expect(ports(web).sort()).toEqual(numbers.map((number) => 8000 + number));
    expect(web.bindMounts.items).toHaveLength(10);
    expect(web.definitions).toHaveLength(21);
    expect(factValue(web.localAddress)).toBe('10.0.0.2');
  });
});

describe('the arguments of a guest’s modules', () => {
  it('are those of specialArgs and of _module.args', async () => {
    expect(
      await openPorts(
        `\n#- /a.nix\n{ containers.web = { specialArgs = { first = 1; }; config = { first, second, config, ... }: { imports = [ { _module.args.second = 2; } ]; ${FIREWALL} = [ first second ]; }; }; }\n`,
      ),
    ).toEqual([1, 2]);
  });

  it('have the guest’s own config, where the module’s name for the host’s is another', async () => {
    expect(
      await openPorts(
        `\n#- /a.nix
{ config, lib, ... }:
let hostConfig = config; in {
  options.my.port = lib.mkOption { type = lib.types.port; default = 81; };
  config.networking.hostName = "outer";
  config.containers.other.config.services.immich.port = 83;
  config.containers.web = {
    localAddress = "10.0.0.2";
    config = { config, ... }: {
      services.immich.port = 82;
      ${FIREWALL} = [ hostConfig.my.port config.services.immich.port hostConfig.containers.other.config.services.immich.port ];
    };
  };
}
`,
      ),
    ).toEqual([81, 82, 83]);
  });

  it('have the defaults that NixOS has in a guest', async () => {
    const { containers } = await onlyHost(
      '\n#- /a.nix\n{ config, ... }: { containers.web.config = { }; containers.b.localAddress = config.containers.web.config.networking.hostName; }\n',
    );
    const b = containers.find(({ name }) => name === 'b');
    expect(b && factValue(b.localAddress)).toBe('web');
  });

  it('do not change with another nixpkgs', async () => {
    expect(
      await openPorts(
        `\n#- /a.nix\n{ inputs, pkgs, ... }: { containers.web = { nixpkgs = inputs.unstable; config = { config, ... }: { ${FIREWALL} = [ config.services.immich.port ]; }; }; }\n`,
      ),
    ).toEqual([2283]);
  });
});

describe('config.containers.<name>', () => {
  it('is read from host modules and from guests, wherever it is written', async () => {
    const host = await onlyHost(
      `
#- /web.nix
{ config, ... }: {
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; config = { services.immich.enable = true; }; };
  networking.interfaces.lan.ipv4.addresses = [ { address = config.containers.web.hostAddress; prefixLength = 24; } ];
}
#- /b.nix
{ config, ... }: {
  containers.b = { config, ... }: {
    config.localAddress = "10.0.0.4";
    config.hostAddress = config.localAddress;
  };
}
#- /proxy.nix
{ config, ... }: {
  containers.proxy.config.services.nginx = {
    enable = true;
    virtualHosts."a.example.org".locations."/".proxyPass =
      "http://\${config.containers.web.localAddress}:\${toString config.containers.web.config.services.immich.port}";
  };
}
`,
    );
    expect(host.interfaces.map(({ address }) => address)).toEqual(['10.0.0.1']);
    expect(factValue(named(host, 'b').hostAddress)).toBe('10.0.0.4');
    expect(host.routes[0]?.backends[0]).toMatchObject({ container: 'web', port: 2283 });
  });

  it('is missing where there is no such container', async () => {
    const host = await onlyHost(
      '\n#- /a.nix\n{ config, ... }: { containers.web.localAddress = config.containers.nowhere.localAddress; }\n',
    );
    expect(factValue(named(host, 'web').localAddress)).toMatch(/^unknown: .*nowhere/);
  });
});
