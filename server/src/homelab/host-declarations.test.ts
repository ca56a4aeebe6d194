import { describe, expect, it } from 'vitest';
import {
  homelabWith as homelab,
  hostsWith as hosts,
  problemsOf as problems,
  shownHosts as shown,
  WEB,
} from '../../../test/engine/hosts';
import { locate } from './homelab';

/** Hosts declared by nixpkgs' own functions, and the inputs that these come from. */

describe('nixosSystem', () => {
  const flake = (inputs: string, system: string): string => `#- /flake.nix
{
  inputs = { ${inputs} };
  outputs = inputs: {
    nixosConfigurations.box = ${system};
  };
}
${WEB}`;
  const modules = '{ modules = [ ./web.nix ]; }';

  it.each([
    ['an indirect reference', 'stable.url = "nixpkgs/nixos-25.11";', 'stable'],
    ['a name of the registry alone', 'stable.url = "nixpkgs";', 'stable'],
    ['github', 'unstable.url = "github:NixOS/nixpkgs/nixos-unstable";', 'unstable'],
    ['a set of fields', 'src = { type = "github"; owner = "NixOS"; repo = "nixpkgs"; };', 'src'],
    ['FlakeHub', 'hub.url = "https://flakehub.com/f/NixOS/nixpkgs/0.2511";', 'hub'],
    ['a channel', 'tar.url = "https://channels.nixos.org/nixos-25.11/nixexprs.tar.xz";', 'tar'],
    ['git', 'git.url = "git+https://github.com/NixOS/nixpkgs?ref=nixos-25.11";', 'git'],
    ['another input', 'a.url = "github:NixOS/nixpkgs"; b.follows = "a";', 'b'],
    ['an input that nobody declares', '', 'nixpkgs'],
  ])('of nixpkgs by %s', async (_how, inputs, name) => {
    const text = flake(inputs, `inputs.${name}.lib.nixosSystem ${modules}`).replace(
      'outputs = inputs:',
      name === 'nixpkgs' ? 'outputs = { self, nixpkgs }@inputs:' : 'outputs = inputs:',
    );
    expect(await hosts(text)).toEqual(['box: web 10.0.0.2']);
  });

  it.each([
    ['a flake that only has nixpkgs in its name', 'x.url = "github:me/nixpkgs-tools";'],
    ['a flake in a folder of nixpkgs', 'x.url = "github:NixOS/nixpkgs?dir=lib";'],
    ['a flake of somebody else', 'x.url = "github:me/hosts";'],
  ])('of %s stays unknown', async (_what, inputs) => {
    const lab = await homelab(flake(inputs, `inputs.x.lib.nixosSystem ${modules}`));
    expect(shown(lab)).toEqual([]);
    expect(problems(lab)).toEqual(['box: the input `x` comes from outside the repository']);
  });

  const nixpkgs = 'nixpkgs.url = "github:NixOS/nixpkgs";';
  it.each([
    ['an extended lib', '(inputs.nixpkgs.lib.extend (final: prev: { })).nixosSystem'],
    ['eval-config.nix', 'import "${inputs.nixpkgs}/nixos/lib/eval-config.nix"'],
    ['eval-config.nix by addition', 'import (inputs.nixpkgs + "/nixos/lib/eval-config.nix")'],
    ['the path of a package set', 'import ((import inputs.nixpkgs { }).path + "/nixos/lib/eval-config.nix")'],
  ])('through %s', async (_how, fn) => {
    expect(await hosts(flake(nixpkgs, `${fn} ${modules}`))).toEqual(['box: web 10.0.0.2']);
  });

  it('gives the modules the lib that it was extended to', async () => {
    const text = `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: let
    lib = nixpkgs.lib.extend (final: prev: { net = n: "10.0.0.\${toString n}"; });
  in {
    nixosConfigurations.box = lib.nixosSystem { modules = [ ./net.nix ]; };
  };
}
#- /net.nix
{ lib, ... }: { containers.web = { localAddress = lib.net 7; config = { }; }; }`;
    expect(await hosts(text)).toEqual(['box: web 10.0.0.7']);
  });

  it('keeps the host where attributes are added to it', async () => {
    const system = `inputs.nixpkgs.lib.nixosSystem ${modules} // { deploy = true; }`;
    expect(await hosts(flake(nixpkgs, system))).toEqual(['box: web 10.0.0.2']);
  });

  it('is mapped over the folders of the repository', async () => {
    const text = `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { self, nixpkgs }: {
    nixosConfigurations = builtins.mapAttrs (name: _: nixpkgs.lib.nixosSystem {
      specialArgs = { inherit self; };
      modules = [ "\${self}/hosts/\${name}" ];
    }) (builtins.readDir ./hosts);
  };
}
#- /hosts/a/default.nix
{ self, ... }: { imports = [ (self + /web.nix) ]; }
#- /hosts/b/default.nix
{ }
${WEB}`;
    expect(await hosts(text)).toEqual(['a: web 10.0.0.2', 'b:']);
  });

  it('extended by extendModules is another host', async () => {
    const system = `(inputs.nixpkgs.lib.nixosSystem ${modules}).extendModules {
      modules = [ { containers.web.localAddress = inputs.nixpkgs.lib.mkForce "10.0.0.9"; } ];
    }`;
    expect(await hosts(flake(nixpkgs, system))).toEqual(['box: web 10.0.0.9']);
  });

  it('names the host that cannot be evaluated, and keeps the others', async () => {
    const text = flake(nixpkgs, `inputs.nixpkgs.lib.nixosSystem ${modules}`)
      .replace('inputs = {', 'inputs = { wrap.url = "github:me/wrap";')
      .replace(
        'nixosConfigurations.box',
        'nixosConfigurations.hidden = inputs.wrap.host "x";\n    nixosConfigurations.box',
      );
    const lab = await homelab(text);
    expect(shown(lab)).toEqual(['box: web 10.0.0.2']);
    expect(problems(lab)).toEqual(['hidden: the input `wrap` comes from outside the repository']);
  });

  it('of home-manager or nix-darwin declares no host', async () => {
    const text = `#- /flake.nix
{
  inputs.home-manager.url = "github:nix-community/home-manager";
  outputs = { home-manager, ... }: {
    homeConfigurations.me = home-manager.lib.homeManagerConfiguration { modules = [ ./web.nix ]; };
    darwinConfigurations.mac = { };
  };
}
${WEB}`;
    const lab = await homelab(text);
    expect(shown(lab)).toEqual([]);
    expect(problems(lab)).toEqual([null]);
  });
});

describe('a configuration without a flake', () => {
  it('knows the lib that it looks up, and keeps what it imports from nixpkgs out of the way', async () => {
    const text = `#- /configuration.nix
let lib = import <nixpkgs/lib>; in { ... }: {
  imports = [ <nixpkgs/nixos/modules/profiles/hardened.nix> <home-manager/nixos> ];
  containers.web = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = lib.concatStringsSep "." [ "10" "0" "0" "2" ];
    config = { };
  };
}
`;
    expect(await hosts(text)).toEqual(['nixos: web 10.0.0.2']);
    expect(problems(await homelab(text))).toEqual([null]);
  });
});

describe('inputs of other flakes', () => {
  const flake = (lock: string): string => `#- /flake.nix
{
  inputs.deck.url = "github:someone/deck";
  outputs = { deck, ... }: {
    nixosConfigurations.box = deck.inputs.nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
  };
}
${lock}
${WEB}`;

  it('are those that flake.lock names', async () => {
    const lock = `#- /flake.lock
{
  "root": "root",
  "nodes": {
    "root": { "inputs": { "deck": "deck" } },
    "deck": { "inputs": { "nixpkgs": "nixpkgs" }, "original": { "type": "github", "owner": "someone", "repo": "deck" } },
    "nixpkgs": { "original": { "type": "github", "owner": "NixOS", "repo": "nixpkgs" } }
  }
}`;
    expect(await hosts(flake(lock))).toEqual(['box: web 10.0.0.2']);
  });

  it('stay unknown without it', async () => {
    const lab = await homelab(flake(''));
    expect(shown(lab)).toEqual([]);
    expect(problems(lab)).toEqual(['box: the input `deck` comes from outside the repository']);
  });
});

describe('flakes of the same repository', () => {
  it('are evaluated where an input names them by a relative path', async () => {
    const text = `#- /flake.nix
{
  inputs = {
    nixpkgs.url = "nixpkgs";
    common.url = "path:./common";
    common.inputs.nixpkgs.follows = "nixpkgs";
  };
  outputs = { nixpkgs, common, ... }: {
    nixosConfigurations.box = common.lib.host [ common.nixosModules.web ];
  };
}
#- /common/flake.nix
{
  outputs = { self, nixpkgs }: {
    lib.host = modules: nixpkgs.lib.nixosSystem { inherit modules; };
    nixosModules.web = ../web.nix;
  };
}
${WEB}`;
    expect(await hosts(text)).toEqual(['box: web 10.0.0.2']);
  });

  it('hand their inputs over as `follows` says', async () => {
    const text = `#- /flake.nix
{
  inputs = { pkgs.url = "github:NixOS/nixpkgs"; sub.url = "./sub"; sub.inputs.base.follows = "pkgs"; };
  outputs = { sub, ... }: { nixosConfigurations = sub.hosts; };
}
#- /sub/flake.nix
{
  inputs.base.url = "github:me/private";
  outputs = { base, ... }: { hosts.box = base.lib.nixosSystem { modules = [ ../web.nix ]; }; };
}
${WEB}`;
    const lab = await homelab(text);
    expect(shown(lab)).toEqual(['box: web 10.0.0.2']);
  });

  it('stay unknown where the folder is not in the repository', async () => {
    const text = `#- /a/flake.nix
{
  inputs.there.url = "path:../../elsewhere";
  outputs = { there, ... }: { nixosConfigurations.box = there.lib.host { }; };
}`;
    expect(problems(await homelab(text))).toEqual([
      'box: the input `there` comes from outside the repository',
    ]);
  });
});

describe('modules beside those of a host', () => {
  it('are its disabled ones, also outside of the folder of its flake', async () => {
    const text = `#- /hosts/box/flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ ../../lab ]; };
  };
}
#- /hosts/desk/flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: { nixosConfigurations.desk = nixpkgs.lib.nixosSystem { modules = [ ]; }; };
}
#- /lab/default.nix
{
  imports = [
    ./web.nix
    # ./old.nix
  ];
}
#- /lab/web.nix
{ containers.web = { localAddress = "10.0.0.2"; config = { }; }; }
#- /lab/old.nix
{ containers.old = { localAddress = "10.0.0.3"; config = { }; }; }
#- /elsewhere/other.nix
{ containers.other.localAddress = "10.0.0.4"; }`;
    const lab = await homelab(text);
    expect(shown(lab)).toEqual(['box: -old 10.0.0.3 web 10.0.0.2', 'desk:']);
    const old = lab.hosts.flatMap(({ containers }) => containers).find(({ name }) => name === 'old');
    expect(old?.because).toBe('its import is commented out in ../../lab/default.nix:4');
  });
});

describe('a file beside disabled modules that is no module', () => {
  it('leaves their values known', async () => {
    const text = `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: { nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; };
}
${WEB}#- /old.nix
{ containers.old = { localAddress = "10.0.0.3"; config = { }; }; }
#- /names.nix
[ "containers" ]
#- /helper.nix
{ name }: { ... }: { containers.x = { }; }`;
    expect(await hosts(text)).toEqual(['box: -old 10.0.0.3 web 10.0.0.2']);
  });
});

describe('a condition that does not hold', () => {
  const flake = (names: readonly string[], modules: string): string => `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations = nixpkgs.lib.genAttrs [ ${names.map((name) => `"${name}"`).join(' ')} ] (host:
      nixpkgs.lib.nixosSystem { specialArgs = { inherit host; }; modules = [ ./lab.nix ]; });
  };
}
#- /lab.nix
{ lib, config, host, ... }: {
  ${modules}
}`;

  it('disables a container, whose values are those it would have', async () => {
    const text = flake(
      ['box'],
      `options.lab.web = lib.mkEnableOption "web";
  config = lib.mkIf config.lab.web {
    containers.web = {
      localAddress = lib.mkIf (host == "box") "10.0.0.2";
      hostAddress = lib.mkIf (host != "box") "10.0.0.1";
      config = { };
    };
  };`,
    );
    const lab = await homelab(text);
    expect(shown(lab)).toEqual(['box: -web 10.0.0.2']);
    expect(lab.hosts[0]?.containers[0]).toMatchObject({
      because: '`config.lab.web` does not hold in lab.nix:3',
      hostAddress: { kind: 'unset' },
    });
  });

  it('on one host only leaves the container to the others', async () => {
    const text = flake(
      ['a', 'b'],
      'containers.web = lib.mkIf (host == "a") { localAddress = "10.0.0.2"; config = { }; };',
    );
    expect(await hosts(text)).toEqual(['a: web 10.0.0.2', 'b:']);
  });

  it('around a part of it disables nothing', async () => {
    const text = flake(
      ['a'],
      `containers = lib.mkMerge [
    { web = { localAddress = "10.0.0.2"; config = { }; }; }
    (lib.mkIf (host == "b") { web.localAddress = lib.mkForce "10.0.0.3"; })
  ];`,
    );
    expect(await hosts(text)).toEqual(['a: web 10.0.0.2']);
  });

  it('that is not known makes the container conditional', async () => {
    const text = flake(
      ['a'],
      'containers.web = lib.mkIf (builtins.getEnv "WEB" == "1") { localAddress = "10.0.0.2"; config = { }; };',
    );
    expect((await homelab(text)).hosts[0]?.containers.map(({ status }) => status)).toEqual(['conditional']);
  });
});

it('the place of a problem is where the input is declared', async () => {
  const lab = await homelab(`#- /flake.nix
{
  inputs.wrap = { url = "github:me/wrap"; };
  outputs = { wrap, ... }: wrap.lib.hosts { };
}`);
  const [project] = lab.projects;
  const spot = locate(lab, project?.problem?.at ?? null);
  expect(spot).toMatchObject({ file: '/flake.nix', line: 1 });
});
