import { describe, expect, it } from 'vitest';
import { homelabOf, parseFixture } from '../../../test/engine/fixture';
import type { Container, Fact } from './model';

function shown(fact: Fact<string>): string | null {
  return fact.kind === 'known' ? fact.value : fact.kind === 'unset' ? null : `unknown: ${fact.reason}`;
}

async function containersOf(text: string): Promise<Record<string, unknown>[]> {
  const { hosts } = await homelabOf(parseFixture(text));
  return hosts.flatMap((host) =>
    host.containers.map((container: Container) => ({
      host: host.name,
      name: container.name,
      status: container.status,
      because: container.because,
      localAddress: shown(container.localAddress),
    })),
  );
}

describe('modules that no known host could import', () => {
  it('are those of a flake whose hosts are not known', async () => {
    expect(
      await containersOf(`
#- /flake.nix
{ outputs = { deploy, nixpkgs, ... }: { nixosConfigurations = deploy.lib.hosts ./hosts; }; }
#- /hosts/a.nix
{ imports = [ ../containers/web.nix ]; }
#- /containers/web.nix
let localAddress = "10.0.0.2"; in { containers.web = { inherit localAddress; }; }
#- /containers/db.nix
{ config, ... }: { containers.db.localAddress = config.containers.web.localAddress; }
`),
    ).toEqual([
      {
        host: null,
        name: 'db',
        status: 'disabled',
        because: 'its hosts are not known: the input `deploy` comes from outside the repository',
        localAddress: '10.0.0.2',
      },
      expect.objectContaining({ name: 'web', status: 'disabled', localAddress: '10.0.0.2' }),
    ]);
  });

  it('are those of a folder that no host reads, with all that they import', async () => {
    expect(
      await containersOf(`
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./machines/a/default.nix ]; }; nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./machines/b/default.nix ]; }; }; }
#- /machines/a/default.nix
{ networking.hostName = "a"; }
#- /machines/b/default.nix
{ networking.hostName = "b"; }
#- /machines/old/default.nix
{ pkgs, config, ... }: { containers = import ./containers.nix { pkgs = pkgs; }; imports = [ ./more.nix ]; }
#- /machines/old/containers.nix
{ pkgs }: { "web" = import ./web.nix { pkgs = pkgs; }; }
#- /machines/old/web.nix
{ pkgs }: { localAddress = "10.0.0.2/24"; }
#- /machines/old/more.nix
{ lib, ... }: { containers.off = lib.mkIf false { localAddress = "10.0.0.3/24"; }; }
`),
    ).toEqual([
      {
        host: null,
        name: 'off',
        status: 'disabled',
        because: '`false` does not hold in machines/old/more.nix:1',
        localAddress: '10.0.0.3/24',
      },
      {
        host: null,
        name: 'web',
        status: 'disabled',
        because: 'no host imports it',
        localAddress: '10.0.0.2/24',
      },
    ]);
  });

  it('are those that a flake offers to others', async () => {
    expect(
      await containersOf(`
#- /flake.nix
{ outputs = { self, nixpkgs, ... }: { lib.make = import ./make.nix; nixosModules.web = import ./web.nix { inherit self; }; nixosModules.db = ./db.nix; nixosModules.all.imports = [ self.nixosModules.web self.nixosModules.db ]; }; }
#- /make.nix
{ name, cfg }: { containers.\${name} = { privateNetwork = true; localAddress = cfg.ip; }; }
#- /web.nix
{ self }: { config, lib, ... }: let cfg = config.my.containers.web; in {
  options.my.containers.web.ip = lib.mkOption { type = lib.types.str; };
  options.my.containers.web.enable = lib.mkEnableOption "web";
  config = lib.mkIf cfg.enable (self.lib.make { name = "web"; inherit cfg; });
}
#- /db.nix
{ containers.db.localAddress = "10.0.0.7"; }
`),
    ).toEqual([
      {
        host: null,
        name: 'db',
        status: 'disabled',
        because: 'the flake offers it as `nixosModules.db`, and no host here imports it',
        localAddress: '10.0.0.7',
      },
      {
        host: null,
        name: 'web',
        status: 'disabled',
        because: '`cfg.enable` does not hold in web.nix:4',
        localAddress:
          "unknown: The option `my.containers.web.ip' was accessed but has no value defined. Try setting the option.",
      },
    ]);
  });

  it('are read with the folders that declare their options', async () => {
    expect(
      await containersOf(`
#- /flake.nix
{ outputs = { deploy, ... }: deploy.lib.hosts { modules = [ ./lib ]; hosts.a = ./hosts/a.nix; }; }
#- /lib/default.nix
{ imports = [ ./containers.nix ]; }
#- /lib/containers.nix
{ config, lib, ... }: {
  options.my.containers = lib.mkOption { default = { }; };
  options.my.prefix = lib.mkOption { default = "10.0.0."; };
  config.containers = builtins.mapAttrs (name: { number, cfg }: {
    localAddress = config.my.prefix + toString number;
    config = cfg;
  }) config.my.containers;
}
#- /hosts/a.nix
{ config, pkgs-unstable, ... }: {
  my.containers.web = { number = 2; cfg = { services.nitter.package = pkgs-unstable.nitter; }; };
  my.containers.db = { number = 3; cfg = { }; };
}
#- /other/options.nix
{ lib, ... }: { options.your.containers = lib.mkOption { default = { }; }; config.containers.lone.localAddress = "10.0.0.9"; }
`),
    ).toEqual([
      {
        host: null,
        name: 'db',
        status: 'disabled',
        because: 'its hosts are not known: the input `deploy` comes from outside the repository',
        localAddress: '10.0.0.3',
      },
      expect.objectContaining({ name: 'lone', status: 'disabled', localAddress: '10.0.0.9' }),
      expect.objectContaining({ name: 'web', status: 'disabled', localAddress: '10.0.0.2' }),
    ]);
  });

  it('are not read with what declares only other options of the same set', async () => {
    expect(
      await containersOf(`
#- /flake.nix
{ outputs = { deploy, ... }: deploy.lib.hosts ./hosts; }
#- /a/a.nix
{ config, lib, ... }: { options.my.a = lib.mkOption { default = "1"; }; config.my.a = "2"; config.containers.web.localAddress = "10.0.0.\${config.my.a}"; }
#- /b/b.nix
{ config, lib, ... }: { options.my.b = lib.mkOption { }; config = { my.b = "3"; containers.web.localAddress = "10.0.1.\${config.my.b}"; }; }
`),
    ).toEqual([
      expect.objectContaining({ name: 'web', localAddress: '10.0.0.2' }),
      expect.objectContaining({ name: 'web', localAddress: '10.0.1.3' }),
    ]);
  });
});

describe('containers that are commented out beside others', () => {
  const flake = `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./h.nix ]; }; }; }`;

  it('keep their addresses, with the line', async () => {
    expect(
      await containersOf(`${flake}
#- /h.nix
{ pkgs, config, ... }: { containers = import ./containers.nix { inherit pkgs config; }; imports = [ { containers.own.localAddress = "10.0.0.9"; } ]; }
#- /containers.nix
{ pkgs, config }: {
  "web" = import ./web.nix { pkgs = pkgs; };
  #"db" = import ./db.nix { pkgs = pkgs; config = config; };
  # cache = import ./cache.nix { inherit config; };
}
#- /web.nix
{ pkgs }: { localAddress = "10.0.0.2"; }
#- /db.nix
{ pkgs, config, ... }: { localAddress = "10.0.0.3"; hostAddress = config.containers.own.localAddress; }
#- /cache.nix
{ config, ... }: { localAddress = config.containers.web.localAddress + "00"; }
`),
    ).toEqual([
      expect.objectContaining({
        name: 'cache',
        because: 'it is commented out in containers.nix:4',
        localAddress: '10.0.0.200',
      }),
      {
        host: 'h',
        name: 'db',
        status: 'disabled',
        because: 'it is commented out in containers.nix:3',
        localAddress: '10.0.0.3',
      },
      expect.objectContaining({ name: 'own', status: 'active' }),
      expect.objectContaining({ name: 'web', status: 'active' }),
    ]);
  });

  it('are only those in the same set, with arguments handed on, whose file exists', async () => {
    expect(
      await containersOf(`${flake}
#- /h.nix
{ pkgs, config, ... }: {
  containers.web = import ./web.nix { inherit pkgs; };
  # containers.db = import ./db.nix { inherit pkgs; };
  # gone = import ./web.nix { inherit pkgs; };
  # containers.gone = import ./gone.nix { inherit pkgs; };
  # containers.other = import ./db.nix { pkgs = config; };
  # containers.web = import ./db.nix { inherit pkgs; };
  services.x = {
    # containers.inner = import ./db.nix { inherit pkgs; };
  };
}
#- /web.nix
{ pkgs, ... }: { localAddress = "10.0.0.2"; }
#- /db.nix
{ pkgs, ... }: { localAddress = "10.0.0.3"; }
`),
    ).toEqual([
      expect.objectContaining({ name: 'db', status: 'disabled', localAddress: '10.0.0.3' }),
      expect.objectContaining({ name: 'web', status: 'active', localAddress: '10.0.0.2' }),
    ]);
  });
});
