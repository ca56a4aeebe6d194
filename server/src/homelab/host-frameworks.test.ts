import { describe, expect, it } from 'vitest';
import {
  homelabWith as homelab,
  hostsWith as hosts,
  problemsOf as problems,
  shownHosts as shown,
  WEB,
} from '../../../test/engine/hosts';
import { asString, readOption } from './read';

/** Hosts declared through other people's flakes and by their folders' names. */

describe('flake-parts', () => {
  const parts = (module: string, more = ''): string => `#- /flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; flake-parts.url = "github:hercules-ci/flake-parts"; };
  outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ${module};
}
${more}
${WEB}`;

  it('gathers hosts from all its modules', async () => {
    const module = '{ systems = [ "x86_64-linux" ]; imports = [ ./a.nix ./b.nix ]; }';
    const more = `#- /a.nix
{ inputs, ... }: { flake.nixosConfigurations.a = inputs.nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }
#- /b.nix
{ self, inputs, ... }: {
  flake.nixosModules.web = ./web.nix;
  flake.nixosConfigurations.b = inputs.nixpkgs.lib.nixosSystem { modules = [ self.nixosModules.web ]; };
}`;
    expect(await hosts(parts(module, more))).toEqual(['a: web 10.0.0.2', 'b: web 10.0.0.2']);
  });

  it('merges what several modules say of one published module', async () => {
    const module = '{ imports = [ ./a.nix ./b.nix ./c.nix ]; }';
    const more = `#- /a.nix
{ flake.modules.nixos.lab = { lib, ... }: { containers.web.localAddress = lib.mkForce "10.0.0.8"; }; }
#- /b.nix
{ flake.modules.nixos.lab = { imports = [ ./web.nix ]; }; }
#- /c.nix
{ inputs, config, ... }: {
  flake.nixosConfigurations.box = inputs.nixpkgs.lib.nixosSystem { modules = [ config.flake.modules.nixos.lab ]; };
}`;
    expect(await hosts(parts(module, more))).toEqual(['box: web 10.0.0.8']);
  });

  it('hands on what perSystem says', async () => {
    const module = `({ withSystem, inputs, ... }: {
      perSystem = { pkgs, ... }: { _module.args.address = "10.0.0.5"; };
      flake.nixosConfigurations.box = withSystem "x86_64-linux" ({ address, pkgs, config, ... }:
        inputs.nixpkgs.lib.nixosSystem {
          specialArgs = { inherit address pkgs; };
          modules = [ ({ address, ... }: { containers.web = { localAddress = address; config = { }; }; }) ];
        });
    })`;
    expect(await hosts(parts(module))).toEqual(['box: web 10.0.0.5']);
  });

  it('applies modules of the system and of a file', async () => {
    const module = `({ moduleWithSystem, flake-parts-lib, inputs, ... }: {
      imports = [ (flake-parts-lib.importApply ./hosts.nix { address = "10.0.0.6"; }) ];
      flake.nixosModules.two = moduleWithSystem ({ pkgs }: { ... }: {
        containers.two = { localAddress = "10.0.0.7"; config = { }; };
      });
    })`;
    const more = `#- /hosts.nix
{ address }: { self, inputs, ... }: {
  flake.nixosConfigurations.box = inputs.nixpkgs.lib.nixosSystem {
    modules = [ self.nixosModules.two { containers.one = { localAddress = address; config = { }; }; } ];
  };
}`;
    expect(await hosts(parts(module, more))).toEqual(['box: one 10.0.0.6 two 10.0.0.7 -web 10.0.0.2']);
  });

  it('reads the modules that `flake` itself imports', async () => {
    const module = `{
      imports = [ inputs.flake-parts.flakeModules.easyOverlay ];
      flake = {
        imports = [ (import ./hosts.nix { inherit inputs; }) ./more.nix ];
        nixosConfigurations.own = inputs.nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
      };
    }`;
    const more = `#- /hosts.nix
{ inputs }: { nixosConfigurations.box = inputs.nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }
#- /more.nix
{ lib, ... }: { deploy.nodes = lib.mkIf true { }; }`;
    expect(await hosts(parts(module, more))).toEqual(['box: web 10.0.0.2', 'own: web 10.0.0.2']);
    const only = `{ imports = [ inputs.flake-parts.flakeModules.easyOverlay ]; flake.imports = [ (import ./hosts.nix { inherit inputs; }) ]; }`;
    expect(await hosts(parts(only, more))).toEqual(['box: web 10.0.0.2']);
  });

  it('does not look into what it does not know', async () => {
    const module = `({ lib, ... }: {
      flake.profiles.off = { config = lib.mkIf false { x = 1; }; };
      flake.nixosConfigurations.box = throw "not ready";
    })`;
    const lab = await homelab(parts(module));
    expect(shown(lab)).toEqual([]);
    expect(problems(lab)).toEqual(['box: not ready']);
  });

  it('without hosts is a flake without hosts', async () => {
    const module = '{ perSystem = { pkgs, ... }: { packages.x = pkgs.hello; }; }';
    expect(problems(await homelab(parts(module)))).toEqual([null]);
  });

  it('may get its hosts from a module from outside', async () => {
    const text = parts('{ imports = [ inputs.easy.flakeModule ]; easy.hosts.box = { }; }').replace(
      'inputs = {',
      'inputs = { easy.url = "github:me/easy";',
    );
    const lab = await homelab(text);
    expect(shown(lab)).toEqual([]);
    expect(problems(lab)).toEqual([
      'the repository declares no host, and a module of flake-parts from outside may make some',
    ]);
  });

  it('takes a module from outside to declare no host besides', async () => {
    const module = '{ imports = [ inputs.other.flakeModule ./a.nix ]; }';
    const more = `#- /a.nix
{ inputs, ... }: { flake.nixosConfigurations.a = inputs.nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }`;
    const text = parts(module, more).replace('inputs = {', 'inputs = { other.url = "github:me/other";');
    expect(await hosts(text)).toEqual(['a: web 10.0.0.2']);
  });
});

describe('import-tree', () => {
  const tree = (call: string): string => `#- /flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; import-tree.url = "github:vic/import-tree"; };
  outputs = { nixpkgs, import-tree, ... }: {
    nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ (${call}) ]; };
  };
}
#- /modules/a.nix
{ containers.a = { localAddress = "10.0.0.1"; config = { }; }; }
#- /modules/deep/b.nix
{ containers.b = { localAddress = "10.0.0.2"; config = { }; }; }
#- /modules/_c.nix
{ containers.c = { localAddress = "10.0.0.3"; config = { }; }; }
#- /modules/_deep/d.nix
{ containers.d = { localAddress = "10.0.0.4"; config = { }; }; }
#- /modules/notes.txt
nothing`;
  const active = async (call: string): Promise<string[]> => {
    const [host] = (await homelab(tree(call))).hosts;
    return (host?.containers ?? []).filter(({ status }) => status !== 'disabled').map(({ name }) => name);
  };

  it.each([
    ['import-tree ./modules', ['a', 'b']],
    ['import-tree [ ./modules/deep ]', ['b']],
    ['import-tree.filter (nixpkgs.lib.hasInfix "/deep/") ./modules', ['b']],
    ['import-tree.filterNot (nixpkgs.lib.hasInfix "/deep/") ./modules', ['a']],
    ['import-tree.match ".*/a[.]nix" ./modules', ['a']],
    ['import-tree.matchNot ".*/a[.]nix" ./modules', ['b']],
    ['import-tree.initFilter (nixpkgs.lib.hasSuffix "c.nix") ./modules', ['c']],
    ['(import-tree.addPath ./modules/deep).result', ['b']],
    ['import-tree.addPath ./modules', ['a', 'b']],
    ['{ imports = (import-tree.withLib nixpkgs.lib).leafs ./modules; }', ['a', 'b']],
    ['import-tree.map (file: { imports = [ file ]; }) ./modules', ['a', 'b']],
  ])('%s', async (call, names) => {
    expect(await active(call)).toEqual(names);
  });

  it('says that it does not know the rest of its interface', async () => {
    const lab = await homelab(tree('import-tree.addAPI { } ./modules'));
    expect(lab.hosts.map(({ incomplete }) => incomplete)).toEqual([expect.stringContaining('import-tree')]);
  });
});

describe('colmena', () => {
  const hive = (set: string, more = ''): string => `#- /flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; colmena.url = "github:zhaofengli/colmena"; };
  outputs = { self, nixpkgs, colmena, ... }: {
    ${set}
  };
}
${more}
${WEB}`;
  const nodes = `{
    meta = {
      nixpkgs = import nixpkgs { system = "x86_64-linux"; };
      specialArgs.net = "10.0.1";
      nodeSpecialArgs.b.net = "10.0.2";
    };
    defaults = { name, ... }: { networking.hostName = name; imports = [ ./web.nix ]; };
    a = { net, name, ... }: { containers.\${name} = { localAddress = "\${net}.5"; config = { }; }; };
    b = [ ({ net, nodes, ... }: {
      deployment.targetHost = "b.example";
      containers.b = { localAddress = "\${net}.\${nodes.a.config.networking.hostName}"; config = { }; };
    }) ];
  }`;
  const both = ['a: a 10.0.1.5 web 10.0.0.2', 'b: b 10.0.2.a web 10.0.0.2'];

  it.each([
    ['the output colmena', `colmena = ${nodes};`],
    ['makeHive', `colmenaHive = colmena.lib.makeHive ${nodes};`],
    [
      'makeHive of the output',
      `colmena = ${nodes}; colmenaHive = colmena.lib.makeHive self.outputs.colmena;`,
    ],
  ])('by %s', async (_how, set) => {
    expect(await hosts(hive(set))).toEqual(both);
  });

  it('outside of flakes', async () => {
    const text = `#- /hive.nix
let net = "10.0.3"; in {
  network.description = "lab";
  a = { ... }: { imports = [ ./a/configuration.nix ]; containers.own = { localAddress = "\${net}.4"; config = { }; }; };
}
#- /a/configuration.nix
{ imports = [ ../web.nix ]; }
${WEB}`;
    expect(await hosts(text)).toEqual(['a: own 10.0.3.4 web 10.0.0.2']);
  });

  it('leaves hosts to nixosConfigurations that are there too', async () => {
    const set = `nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; };
    colmena = { meta = { }; a = { imports = [ ./web.nix ./more.nix ]; }; c = { imports = [ ./web.nix ]; }; };`;
    const more = `#- /more.nix
{ containers.web.localAddress = "10.0.0.3"; }`;
    const lab = await homelab(hive(set, more));
    expect(lab.hosts.map(({ name }) => name).sort()).toEqual(['a', 'c']);
    const [a] = lab.hosts;
    expect(a?.containers.find(({ name }) => name === 'web')?.localAddress).toMatchObject({
      value: '10.0.0.2',
    });
  });
});

describe('snowfall-lib', () => {
  const snowfall = (more: string, options = ''): string => `#- /flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; snowfall-lib.url = "github:snowfallorg/lib"; };
  outputs = inputs: inputs.snowfall-lib.mkFlake {
    inherit inputs;
    src = ./.;
    snowfall.namespace = "lab";
    ${options}
  };
}
#- /systems/x86_64-linux/box/default.nix
{ namespace, host, system, ... }: {
  \${namespace}.web = { enable = true; address = "10.0.0.4"; };
  containers.\${host} = { localAddress = system; config = { }; };
}
#- /systems/x86_64-iso/stick/default.nix
{ }
#- /systems/aarch64-darwin/mac/default.nix
{ }
#- /modules/nixos/web/default.nix
{ lib, config, namespace, ... }: let cfg = config.\${namespace}.web; in {
  options.\${namespace}.web = {
    enable = lib.mkEnableOption "web";
    address = lib.\${namespace}.mkOpt lib.types.str "10.0.0.3";
  };
  config = lib.mkIf cfg.enable {
    containers.web = { localAddress = cfg.address; config = { }; };
  };
}
#- /modules/nixos/web/helper.nix
{ containers.never = { config = { }; }; }
#- /lib/options/default.nix
{ lib, ... }: { mkOpt = type: default: lib.mkOption { inherit type default; }; }
${more}`;

  it('takes hosts, modules and functions from their folders', async () => {
    expect(await hosts(snowfall(''))).toEqual(['box: box x86_64-linux -never null web 10.0.0.4']);
  });

  it('leaves the domain of a host without one to the modules', async () => {
    const more = `#- /modules/nixos/net/default.nix
{ networking.domain = "lab.example"; }`;
    const lab = await homelab(snowfall(more));
    const [host] = lab.hosts;
    if (host === undefined) throw new Error('no host');
    expect(readOption(host.system, ['networking', 'domain'], asString)).toMatchObject({
      kind: 'known',
      value: 'lab.example',
    });
  });

  it('adds what the flake says for all hosts and for one', async () => {
    const options = `systems.modules.nixos = [ { containers.all = { localAddress = "10.0.1.1"; config = { }; }; } ];
    systems.hosts.box = {
      specialArgs.last = "10.0.1.2";
      modules = [ ({ last, ... }: { containers.one = { localAddress = last; config = { }; }; }) ];
    };`;
    expect(await hosts(snowfall('', options))).toEqual([
      'box: all 10.0.1.1 box x86_64-linux -never null one 10.0.1.2 web 10.0.0.4',
    ]);
  });

  it('gets its library and its flake by mkLib too', async () => {
    const text = snowfall('').replace(
      /outputs = inputs: [\s\S]*?\n {2}};\n/,
      `outputs = inputs: let
    lib = inputs.snowfall-lib.mkLib { inherit inputs; src = ./.; snowfall.namespace = "lab"; };
  in lib.mkFlake { systems.modules.nixos = [ { imports = [ (lib.snowfall.fs.get-file "web.nix") ]; } ]; };\n`,
    );
    const more = `#- /web.nix
{ containers.more = { localAddress = "10.0.0.9"; config = { }; }; }`;
    expect(await hosts(`${text}\n${more}`)).toEqual([
      'box: box x86_64-linux more 10.0.0.9 -never null web 10.0.0.4',
    ]);
  });

  it('shows a container that no host switches on as disabled, with the condition', async () => {
    const more = `#- /modules/nixos/db/default.nix
{ lib, config, namespace, ... }: let cfg = config.\${namespace}.db; in {
  options.\${namespace}.db.enable = lib.mkEnableOption "db";
  config = lib.mkIf cfg.enable { containers.db = { localAddress = "10.0.0.8"; config = { }; }; };
}`;
    const lab = await homelab(snowfall(more));
    const db = lab.hosts[0]?.containers.find(({ name }) => name === 'db');
    expect(db).toMatchObject({
      status: 'disabled',
      because: '`cfg.enable` does not hold in modules/nixos/db/default.nix:3',
      localAddress: { kind: 'known', value: '10.0.0.8' },
    });
  });
});

describe('extra-container', () => {
  const module = `containers.demo = {
      extra.addressPrefix = "10.250.0";
      config = { };
    };`;

  const ELSEWHERE = '#- /other/flake.nix\n{ outputs = _: { }; }\n';

  it('adds the containers of a file to a host that is not known', async () => {
    const lab = await homelab(
      `${ELSEWHERE}#- /lab/demo.nix
{ pkgs, ... }: { ${module} }
#- /lab/plain.nix
{ containers.plain = { localAddress = "10.0.0.2"; config = { }; }; }`,
    );
    expect(shown(lab)).toEqual(['?: demo 10.250.0.2', '?: plain 10.0.0.2']);
    expect(lab.hosts.map(({ incomplete }) => incomplete)).toEqual([
      'the host that these containers are added to is configured elsewhere',
      'the host that these containers are added to is configured elsewhere',
    ]);
  });

  it('is not what fragments of a host are for', async () => {
    expect(
      await hosts(
        `${ELSEWHERE}#- /lab/proxy.nix
{ containers.proxy = { localAddress = "10.0.0.1"; config = { }; }; }
#- /lab/web.nix
{ config, ... }: {
  containers.proxy.config.services.nginx.enable = true;
  containers.web = { localAddress = "10.0.0.2"; config = { }; };
}
#- /lab/user.nix
{ config, ... }: { containers.user = { localAddress = config.containers.web.localAddress; config = { }; }; }
#- /lab/helper.nix
{ name, address }: { containers.\${name} = { localAddress = address; config = { }; }; }
#- /lab/host.nix
{ containers.more = { config = { }; }; networking.hostName = "x"; }`,
      ),
    ).toEqual([]);
  });

  it('is not what lies beside the modules of a host', async () => {
    const text = `#- /hosts/box/flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.box = nixpkgs.lib.nixosSystem { modules = [ ../../modules ]; };
  };
}
#- /modules/default.nix
{ imports = [ ./web.nix ]; }
#- /modules/web.nix
{ containers.web = { localAddress = "10.0.0.2"; config = { }; }; }
#- /modules/old.nix
{ containers.old = { localAddress = "10.0.0.3"; config = { }; }; }
#- /modules/off/default.nix
{ containers.off = { localAddress = "10.0.0.4"; config = { }; }; }`;
    expect(await hosts(text)).toEqual(['box: -old 10.0.0.3 web 10.0.0.2']);
  });

  it('builds the containers of a flake', async () => {
    const text = `#- /games/flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; extra-container.url = "github:erikarvstedt/extra-container"; };
  outputs = { nixpkgs, extra-container, ... }: extra-container.lib.eachSupportedSystem (system: {
    packages.default = extra-container.lib.buildContainers { inherit system nixpkgs; config = { ${module} }; };
  });
}`;
    const lab = await homelab(text);
    expect(shown(lab)).toEqual(['games: demo 10.250.0.2']);
    expect(problems(lab)).toEqual([null]);
  });
});

describe('flake-utils', () => {
  it('leaves the outputs beside those of each system as they are', async () => {
    const text = `#- /flake.nix
{
  inputs = { nixpkgs.url = "nixpkgs"; flake-utils.url = "github:numtide/flake-utils"; };
  outputs = { self, nixpkgs, flake-utils }:
    flake-utils.lib.eachDefaultSystem (system: { lib.address = "10.0.0.\${toString (builtins.stringLength system)}"; })
    // {
      nixosConfigurations.box = nixpkgs.lib.nixosSystem {
        modules = [ { containers.web = { localAddress = self.lib.x86_64-linux.address; config = { }; }; } ];
      };
    };
}`;
    const lab = await homelab(
      text
        .replace('lib.address', 'address')
        .replace('self.lib.x86_64-linux.address', 'self.address.x86_64-linux'),
    );
    expect(shown(lab)).toEqual(['box: web 10.0.0.12']);
    expect(problems(lab)).toEqual([null]);
  });
});
