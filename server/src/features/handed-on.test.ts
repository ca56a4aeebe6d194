import { describe, expect, it } from 'vitest';
import { completeAt } from '../../../test/engine/completed';
import { hoveredAt } from '../../../test/engine/hovered';

/** Options that a module of the repository hands on to its containers, under a name of its own. */
const MODULE = `
#- /registry.nix
{ config, lib, ... }: {
  options.lab = lib.mkOption {
    default = { };
    type = lib.types.attrsOf (lib.types.submodule {
      options.extra = lib.mkOption { type = lib.types.attrs; default = { }; };
    });
  };
  config.containers = lib.mapAttrs (name: own: lib.mkMerge [ { autoStart = true; } own.extra ]) config.lab;
}
`;

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])('handed on (%s)', (_, lineEnd) => {
  it.each([
    ['with dots', '{ lab.web.extra.timeoutSt$0artSec = "5min"; }'],
    ['in sets', '{ lab = { web = { extra = { timeoutSt$0artSec = "5min"; }; }; }; }'],
    ['mixed', '{ lib, ... }: { lab.web = lib.mkIf true { extra.timeoutSt$0artSec = "5min"; }; }'],
  ])('hovers as what it is, %s', async (_what, text) => {
    expect(await hoveredAt(`#- /web.nix\n${text}\n${MODULE}`, lineEnd)).toContain(
      '`containers.<name>.timeoutStartSec`',
    );
  });

  it.each([
    ['with dots', '{ lab.web.extra.ti$0 = "5min"; }'],
    ['in sets', '{ lab = { web = { extra = { ti$0 = "5min"; }; }; }; }'],
  ])('is offered, %s', async (_what, text) => {
    expect((await completeAt(`#- /web.nix\n${text}\n${MODULE}`, lineEnd)).labels).toContain(
      'timeoutStartSec',
    );
  });

  it('hovers and is offered where only the second host makes the container', async () => {
    const hosts = `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.first = nixpkgs.lib.nixosSystem { modules = [ ./registry.nix ./web.nix ]; };
    nixosConfigurations.second = nixpkgs.lib.nixosSystem { modules = [ ./registry.nix ./web.nix { on = true; } ]; };
  };
}
#- /registry.nix
{ config, lib, ... }: {
  options.on = lib.mkOption { default = false; };
  options.lab = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule {
      options.inside = lib.mkOption { type = lib.types.deferredModule; };
    });
  };
  config.containers = lib.mkIf config.on (
    lib.mapAttrs (name: own: { config = { imports = [ own.inside ]; }; }) config.lab
  );
}
`;
    const web = (text: string): string => `#- /web.nix\n{ lab.web.inside = { ${text} }; }\n${hosts}`;
    expect(await hoveredAt(web('systemd.se$0rvices.x.script = "";'), lineEnd)).toContain(
      '`systemd.services`',
    );
    expect((await completeAt(web('systemd.se$0.x.script = "";'), lineEnd)).labels).toContain('services');
  });

  it('hovers and is offered in what a container is merged with at no place that can be told', async () => {
    const around = (text: string): string => `
#- /lib.nix
{ both = a: b: { containers = a.containers // b.containers; }; }
#- /web.nix
(import ./lib.nix).both { containers.api.autoStart = true; } { ${text} }
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
  };
}
`;
    expect(
      await hoveredAt(around('containers.web.config.services.traefik.ena$0ble = true;'), lineEnd),
    ).toContain('`services.traefik.enable`');
    expect((await completeAt(around('containers.web.pri$0 = true;'), lineEnd)).labels).toContain(
      'privateNetwork',
    );
  });

  it('offers the options of a set among what is inherited from something unknown', async () => {
    const { labels } = await completeAt(
      `#- /web.nix\n{ lib, mounts, ... }: {\n  containers.web.bindMounts = lib.mapAttrs (n: mount: { inherit (mount) hostPath mo$0; }) mounts;\n}\n`,
      lineEnd,
    );
    expect(labels).toContain('mountPoint');
  });

  it.each([
    ['an attribute whose name is computed', 'pairs.${name}'],
    ['a call', 'pairOf name'],
    ['a call of a function that is imported', 'import ./pairs.nix { inherit name; }'],
  ])('offers the options of a set among what is inherited from %s', async (_what, from) => {
    const { labels, chosen } = await completeAt(
      `#- /web.nix\n{ lib, pairs, pairOf, ... }: {\n  containers = lib.mapAttrs (name: _: { inherit (${from}) hostAddress lo$0; }) pairs;\n}\n`,
      lineEnd,
    );
    expect(labels).toContain('localAddress');
    expect(chosen('localAddress')).toContain('hostAddress localAddress; })');
  });

  it('offers no other options among what is inherited from a set that is known', async () => {
    const { labels } = await completeAt(
      `#- /web.nix\n{ ... }: let pair = { hostAddress = "10.0.0.1"; }; in {\n  containers.web = { inherit (pair) ho$0; };\n}\n`,
      lineEnd,
    );
    expect(labels).toEqual(['hostAddress']);
  });

  it('hovers and is offered in what a function makes a set of', async () => {
    const groups = (name: string): string => `
#- /web.nix
{ lib, ... }: {
  containers.web.config.users.groups = lib.listToAttrs (map (own: { name = own; value.${name} = 5; }) [ "media" ]);
}
`;
    expect(await hoveredAt(groups('gi$0d'), lineEnd)).toContain('`users.groups.<name>.gid`');
    expect((await completeAt(groups('gi$0'), lineEnd)).labels).toContain('gid');
  });

  it.each([
    ['the guest itself', 'con$0fig = { };', '`containers.<name>.config`'],
    [
      'its imports',
      'config = { impo$0rts = [ ]; system.stateVersion = "25.11"; };',
      'Other modules that belong to this one',
    ],
    ['its packages', 'config = { nixpkgs.config.allowUn$0free = true; };', '`nixpkgs.config.allowUnfree`'],
  ])('hovers on %s in a container that an option of the repository holds', async (_what, own, words) => {
    const said = await hoveredAt(
      `
#- /web.nix
{ lab.web.container = { ${own} }; }
#- /registry.nix
{ config, lib, ... }: {
  options.lab = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule { options.container = lib.mkOption { type = lib.types.attrs; }; });
  };
  config.containers = lib.mapAttrs (name: own: own.container) config.lab;
}
`,
      lineEnd,
    );
    expect(said).toContain(words);
  });
});
