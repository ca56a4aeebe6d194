import { testRule } from '../../../test/engine/rule-suite';
import { evaluationFailure } from './evaluation-failure';

const NETWORK = 'privateNetwork = true; hostAddress = "10.0.0.1";';

testRule(evaluationFailure, {
  finds: {
    'containers that are none': `
#- /a.nix
{
  containers = 5;
#              ^ error evaluation-failure
}
`,
    'a container that is none': `
#- /a.nix
{
  containers.web = "10.0.0.2";
#                  ^^^^^^^^^^ error evaluation-failure
  containers.db.autoStart = true;
}
`,
    'a value that is thrown': `
#- /a.nix
let address = name: { immich = "10.0.0.2"; }.\${name} or (throw "no address for \${name}"); in {
#                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
  containers.immich = { ${NETWORK} localAddress = address "immich"; };
  containers.jellyfin = { ${NETWORK} localAddress = address "jellyfin"; };
}
`,
    'a helper of another file that refuses its argument': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
let address = import ./address.nix; in {
  containers.web = {
    ${NETWORK}
    localAddress = address 300;
#                  ^^^^^^^^^^^ error evaluation-failure
  };
}
#- /address.nix
n: assert n < 255; "10.0.0.\${toString n}"
`,
    'two files that give one container two addresses': `
#- /a.nix
{ containers.web = { ${NETWORK} localAddress = "10.0.0.2"; }; }
#- /b.nix
{
  containers.web.localAddress = "10.0.0.3";
#                               ^^^^^^^^^^ error evaluation-failure
}
`,
    'a name that nothing binds': `
#- /a.nix
{
  containers.web = {
    ${NETWORK}
    localAddress = adress;
#                  ^^^^^^ error evaluation-failure
  };
}
`,
    'a name that a file of constants does not have': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
let constants = import ./constants.nix; in {
  containers.web = {
    ${NETWORK}
    localAddress = constants.addresses.wbe;
#                                      ^^^ error evaluation-failure
  };
}
#- /constants.nix
{ addresses = { web = "10.0.0.2"; }; }
`,
    'ports and listeners of a guest': `
#- /a.nix
{
  containers.web.config = {
    networking.firewall.allowedTCPPorts = [ 80 (throw "which port?") ];
#                                               ^^^^^^^^^^^^^^^^^^^ error evaluation-failure
    services.grafana = { enable = true; settings.server.http_port = throw "choose one"; };
#                                                                   ^^^^^^^^^^^^^^^^^^ error evaluation-failure
  };
}
`,
    'the address of a container that has none, in a route': `
#- /a.nix
{ config, ... }: {
  containers.web.autoStart = true;
  services.traefik = {
    enable = true;
    dynamicConfigOptions.http = {
      routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
      services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}:80"; } ];
#                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
    };
  };
}
`,
    'a module of another kind, on the host and in a guest': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{
  imports = [ ./home.nix ];
#             ^^^^^^^^^^ error evaluation-failure
  containers.web.config.imports = [ ./home.nix ];
#                                   ^^^^^^^^^^ error evaluation-failure
}
#- /home.nix
{ _class = "homeManager"; programs.git.enable = true; }
`,
    'a disabled module that nothing names': `
#- /a.nix
{
  disabledModules = [ { services.nginx.enable = true; } ];
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
}
`,
    'a system that is none': `
#- /a.nix
{
  containers.web.config = 5;
#                         ^ error evaluation-failure
  containers.db.config = [ { } ];
#                        ^^^^^^^ error evaluation-failure
  containers.x.config = { ... }: "x";
#                                ^^^ error evaluation-failure
}
`,
    'a list of imports that is none, and an import': `
#- /a.nix
{
  imports = [ true ];
#             ^^^^ error evaluation-failure
  containers.web.config.imports = "./x.nix";
#                                 ^^^^^^^^^ error evaluation-failure
}
`,
    'an assert and a throw in a guest and on the host': `
#- /a.nix
{
  networking.hostName = throw "no name";
#                       ^^^^^^^^^^^^^^^ error evaluation-failure
  containers.web.config = {
    services.openssh.enable = assert 1 > 2; true;
#                                    ^^^^^ error evaluation-failure
    networking.hostName = throw "no name";
#                         ^^^^^^^^^^^^^^^ error evaluation-failure
  };
}
`,
    'what stands beside config': `
#- /a.nix
{ lib, ... }: {
  options.a.b = lib.mkOption { type = lib.types.str; default = "x"; };
  networking.hostName = "a";
# ^^^^^^^^^^ error evaluation-failure
  networking.domain = "b";
  time.timeZone = "UTC";
}
#- /b.nix
{
  containers.web.config = {
    config = { services.openssh.enable = true; };
    networking.hostName = "web";
#   ^^^^^^^^^^ error evaluation-failure
    system.stateVersion = "25.11";
  };
}
`,
    'assertions that are false': `
#- /a.nix
{ config, lib, ... }: let cfg = config.homelab; in {
  options.homelab.slots = lib.mkOption { type = lib.types.int; default = 3; };
  config = {
    assertions = [
      { assertion = cfg.slots > 5; message = "too few slots"; }
#                   ^^^^^^^^^^^^^ error evaluation-failure
      { assertion = cfg.slots < 5; message = "too many slots"; }
    ];
    containers.web.config = { config, ... }: {
      services.openssh.enable = true;
      assertions = lib.optional config.services.openssh.enable { assertion = false; message = "no SSH here"; };
#                                                                            ^^^^^ error evaluation-failure
    };
  };
}
`,
    'values that need themselves': `
#- /a.nix
{ config, lib, ... }: let a = b; b = a; in {
#                                    ^ error evaluation-failure
  time.timeZone = a;
  networking.hostName = "\${config.networking.hostName}-x";
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
  containers.web = {
    privateNetwork = true;
    hostAddress = config.containers.web.localAddress;
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
    localAddress = config.containers.web.hostAddress;
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
  };
}
`,
    'imports that need the configuration': `
#- /a.nix
{ config, lib, ... }: {
  imports = lib.optional config.services.nginx.enable ./b.nix;
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
}
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /b.nix
{ containers.web.autoStart = true; }
`,
    'a module that is there only by what it is part of': `
#- /a.nix
{ config, lib, ... }: lib.optionalAttrs config.services.nginx.enable { networking.hostName = "a"; }
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
#- /b.nix
{
  containers.web.config = { config, ... }: {
    imports = if config.services.nginx.enable then [ ] else [ { networking.hostName = "x"; } ];
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
  };
}
`,
    'a condition that needs what it decides': `
#- /a.nix
{ config, lib, ... }: lib.mkIf config.services.nginx.enable { services.nginx.enable = true; }
#                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
`,
    'a module that is none': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ./b.nix ]; }; }; }
#- /a.nix
{ lib, ... }: throw "not for this host"
#             ^^^^^^^^^^^^^^^^^^^^^^^^^ error evaluation-failure
#- /b.nix
{ containers.web.autoStart = true; }
`,
  },
  silent: {
    'a value by a function that may be `mkDefault`': `
#- /a.nix
{ config, lib, pkgs, ... }: with lib; {
  options.lab.package = mkOption { type = types.package; };
  config.lab.package = with pkgs; mkDefault jellyfin;
  config.containers.web.localAddress = "\${config.lab.package}";
}
#- /b.nix
{ pkgs, config, ... }: { lab.package = pkgs.jellyfin-web; networking.hostName = config.lab.package.pname; }
`,
    'modules of the right kind, and of another kind where they belong': `
#- /flake.nix
{ outputs = inputs@{ flake-parts, nixpkgs, home-manager, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
    imports = [ ./parts.nix ];
    flake.nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /parts.nix
{ _class = "flake"; perSystem = { _class = "perSystem"; }; }
#- /a.nix
{ _class, lib, inputs, ... }: {
  _class = "nixos";
  imports = lib.optional (_class == "darwin") ./darwin.nix ++ [ { _class = inputs.kind or "nixos"; } ];
  home-manager.users.me.imports = [ ./home.nix ];
  containers.web.config = { _class = "nixos"; imports = [ ./generic.nix ]; };
}
#- /darwin.nix
{ _class = "darwin"; }
#- /home.nix
{ _class = "homeManager"; programs.git.enable = true; }
#- /generic.nix
{ _class = null; }
#- /unused.nix
{ _class = "homeManager"; programs.fish.enable = true; }
`,
    'disabled modules by path, name and key': `
#- /a.nix
{ inputs, ... }: {
  disabledModules = [ ./b.nix "services/web-servers/nginx.nix" { key = "c"; } inputs.x.nixosModules.y { inherit (inputs.z) outPath; } ];
}
`,
    'arguments of a guest that two modules set: lists follow each other, sets are one': `
#- /a.nix
{ ... }: {
  containers.web = {
    specialArgs = { names = [ "a" ]; more.x = 1; text = "a"; on = false; };
    config = { names, more, ... }: { networking.hosts."10.0.0.1" = names ++ builtins.attrNames more; };
  };
}
#- /b.nix
{ containers.web.specialArgs = { names = [ "b" ]; more.y = 2; text = "b"; on = true; }; }
`,
    'a module for an option that is declared elsewhere, which is a set there': `
#- /a.nix
{ config, inputs, ... }: {
  imports = [ inputs.home-manager.nixosModules.default ];
  home-manager.users.a = { pkgs, ... }: { programs.git.enable = true; };
  containers.web = { ${NETWORK} localAddress = config.home-manager.users.a.home.address; };
  networking.hostName = config.home-manager.users.a.home.name;
}
`,
    'a long form with all that it may have': `
#- /a.nix
{ lib, ... }: {
  _file = "a.nix";
  key = "a";
  imports = [ ];
  disabledModules = [ ];
  meta.maintainers = [ ];
  options.a.b = lib.mkOption { type = lib.types.str; default = "x"; };
  config.containers.web = { autoStart = true; config = { system.stateVersion = "25.11"; }; };
}
`,
    'a long form with something that may not be there': `
#- /a.nix
{ lib, inputs, ... }: {
  config.containers.web.config = { };
} // lib.optionalAttrs inputs.private.on { networking.hostName = "web"; }
`,
    'assertions that hold, are not made, or depend on what NixOS may set': `
#- /a.nix
{ config, lib, pkgs, inputs, ... }: {
  options.homelab.db = lib.mkOption { default = config.services.postgresql.enable; };
  config = {
    services.nextcloud = { enable = true; database.createLocally = true; };
    time.timeZone = lib.mkDefault "UTC";
    networking.firewall.allowedTCPPorts = [ 80 ];
    assertions = [
      { assertion = true; message = "x"; }
      { assertion = config.services.postgresql.enable; message = "a default of NixOS"; }
      { assertion = config.homelab.db; message = "the same by another option"; }
      { assertion = config.time.timeZone == "CET"; message = "a default that NixOS may override"; }
      { assertion = lib.length config.networking.firewall.allowedTCPPorts > 1; message = "NixOS adds to it"; }
      { assertion = config.services.nextcloud ? package; message = "a set of options"; }
      { assertion = pkgs.stdenv.isLinux; message = "not known"; }
      { assertion = with config; networking.hostName == "a"; message = "a name from anywhere"; }
    ] ++ lib.optional (!config.services.postgresql.enable) { assertion = false; message = "by a default"; };
    containers.web.config.assertions = lib.mkIf false [ { assertion = false; message = "never"; } ];
    containers.off = lib.mkIf false { config.assertions = [ { assertion = false; message = "never"; } ]; };
  };
}
`,
    'an assertion beside a module from outside': `
#- /a.nix
{ config, lib, inputs, ... }: {
  imports = [ inputs.preset.nixosModules.default ];
  options.homelab.slots = lib.mkOption { default = 3; };
  config.assertions = [ { assertion = config.homelab.slots > 5; message = "x"; } ];
}
`,
    'an assertion in a module that nobody imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; }; }; }
#- /a.nix
{ containers.web.autoStart = true; assertions = [ { assertion = false; message = "x"; } ]; }
#- /b.nix
{ containers.db.autoStart = true; }
`,
    'what depends on the configuration as it may': `
#- /a.nix
{ config, lib, inputs, ... }: lib.mkIf config.services.nginx.enable {
  networking.hostName = "a";
  services.openssh.enable = config.services.nginx.enable;
}
#- /b.nix
{ config, lib, ... }: {
  networking.domain = lib.mkDefault config.networking.domain;
  environment.variables = { A = "a"; B = config.environment.variables.A; };
  lib.mine = { a = config.lib.mine.b; b = 1; };
  containers.web = { autoStart = config.containers.db.autoStart; config = { hostConfig, ... }: { imports = hostConfig.mine; }; };
  containers.db.autoStart = true;
  containers.db.specialArgs.hostConfig = config;
  containers.db.config = { hostConfig, ... }: { imports = if hostConfig.containers.web.autoStart then [ ] else [ ]; };
  _module.args.name = config.networking.domain;
}
`,
    'imports by arguments that are given from outside, or by the configuration': `
#- /flake.nix
{ outputs = { nixpkgs, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem {
  specialArgs = { inherit inputs; };
  modules = [ ./a.nix ];
}; }; }
#- /a.nix
{ inputs, tools, pkgs, ... }: {
  imports = [ inputs.sops-nix.nixosModules.sops tools.module (pkgs.path + "/x.nix") ];
  _module.args.tools = { module = { }; };
}
`,
    'a value that another module may set by force': `
#- /a.nix
{ config, inputs, ... }: {
  imports = [ inputs.preset.nixosModules.default ];
  networking.hostName = "\${config.networking.hostName}-x";
}
`,
    'a module that nobody imports, which imports by the configuration': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; }; }; }
#- /a.nix
{ config, lib, ... }: { imports = lib.optional config.services.nginx.enable ./b.nix; containers.a.autoStart = true; }
#- /b.nix
{ containers.db.autoStart = true; }
`,
    'a switch that nothing asks for': `
#- /a.nix
{ containers.web.config = { services.nobody.enable = throw "there is no such service"; }; }
`,
    'what is caught, has a fallback, or is not reached': `
#- /a.nix
{ lib, ... }: let tried = builtins.tryEval (throw "x"); in {
  containers.web = {
    ${NETWORK}
    localAddress = if tried.success then tried.value else "10.0.0.2";
    hostAddress6 = lib.mkIf false (throw "never");
    localAddress6 = if true then "fd00::2" else throw "never";
    bindMounts."/x".hostPath = { }.path or "/x";
  };
  containers.db.hostAddress = throw "without a private network nobody asks";
}
`,
    'what nobody asks for': `
#- /a.nix
{
  containers.web = {
    ${NETWORK} localAddress = "10.0.0.2";
    config = {
      services.grafana.settings.server.http_port = throw "it is not switched on";
      networking.firewall = { enable = false; allowedTCPPorts = [ (throw "no firewall") ]; };
    };
  };
  services.x.y = throw "no option of that name is looked at";
}
`,
    'what may come from elsewhere, or depends on what is not known': `
#- /a.nix
{ config, lib, pkgs, inputs, ... }: {
  containers.web = {
    ${NETWORK}
    localAddress = config.networking.addresses.web;
    hostBridge = config.users.users.web.name;
    config.networking.firewall.allowedTCPPorts = [ config.services.web.port ];
  };
  containers.db = {
    ${NETWORK}
    localAddress = if pkgs.stdenv.isLinux then "10.0.0.4" else throw "only on Linux";
    ephemeral = lib.mkIf inputs.private.on (throw "x");
    autoStart = inputs.private.addresses.db;
  };
}
`,
    'definitions that do not conflict': `
#- /a.nix
{ lib, ... }: {
  containers.web = { ${NETWORK} localAddress = "10.0.0.2"; };
  containers.db = { ${NETWORK} localAddress = lib.mkDefault "10.0.0.4"; };
  containers.x = { ${NETWORK} localAddress = "10.0.0.6"; };
}
#- /b.nix
{ lib, ... }: {
  containers.web.localAddress = lib.mkForce "10.0.0.3";
  containers.db.localAddress = "10.0.0.5";
  containers.x.localAddress = "10.0.0.6";
}
`,
    'containers that are switched off': `
#- /a.nix
{
  boot.enableContainers = false;
  containers.web = { ${NETWORK} localAddress = throw "x"; };
}
`,
    'a module that no host imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; }; }; }
#- /a.nix
{ containers.web = { ${NETWORK} localAddress = throw "x"; }; }
#- /b.nix
{ containers.db.autoStart = true; }
`,
    'what other rules say: containers and secrets that are not there, types that do not fit': `
#- /a.nix
{ config, ... }: {
  containers.web = { ${NETWORK} localAddress = config.containers.nobody.localAddress; };
  containers.db = { privateNetwork = "yes"; config.networking.firewall.allowedTCPPorts = 80; };
  containers.x = { ${NETWORK} localAddress = config.age.secrets.nobody.path; };
}
`,
    'text that is being typed': `
#- /a.nix
{
  containers.web = { ${NETWORK} localAddress = "10.0.0.2
  };
}
`,
  },
  mends: {
    'what stands beside options': {
      fixture: `
#- /a.nix
{ lib, ... }: {
  options.a.b = lib.mkOption { type = lib.types.str; default = "x"; };
  networking.hostName = "a";
  networking.domain = "b";
  time.timeZone = "UTC";
}
`,
      fix: /^Move it into config$/,
      leaves: [
        '  config.networking.hostName = "a";',
        '  config.networking.domain = "b";',
        '  config.time.timeZone = "UTC";',
      ],
    },
    'what stands beside a config that is a set': {
      fixture: `
#- /a.nix
{
  config = { services.openssh.enable = true; };
  networking.hostName = "a";
}
`,
      fix: /^Move it into config$/,
      leaves: ['  config.networking.hostName = "a";'],
    },
  },
  says: {
    'what may not stand there': {
      fixture: `
#- /a.nix
{
  config = { services.openssh.enable = true; };
  networking.hostName = "a";
}
`,
      message:
        /^Evaluating this module fails, so homelab cannot be built: a module with `config` or `options` cannot have `networking` beside it; move what it sets into `config`\.$/,
    },
    'what Nix says, and what cannot be built': {
      fixture: `
#- /a.nix
{ containers.web = { ${NETWORK} localAddress = throw "choose an address"; }; }
`,
      message:
        /^Evaluating `containers\.web\.localAddress` fails, so homelab cannot be built: choose an address\.$/,
    },
    'where the other value is': {
      fixture: `
#- /a.nix
{ containers.web = { ${NETWORK} localAddress = "10.0.0.2"; }; }
#- /b.nix
{ containers.web.localAddress = "10.0.0.3"; }
`,
      message:
        /^`containers\.web\.localAddress` has conflicting definition values: [ab]\.nix:1 sets it to another one, and NixOS takes neither\. .*mkForce/,
    },
    'what an assertion says': {
      fixture: `
#- /a.nix
{ containers.web.config.assertions = [ { assertion = 1 > 2; message = "one is not more than two"; } ]; }
`,
      message: /^This assertion is false, so the guest web cannot be built: one is not more than two\.$/,
    },
    'how many it concerns': {
      fixture: `
#- /a.nix
let address = throw "no network"; in {
  containers.a = { ${NETWORK} localAddress = address; };
  containers.b = { ${NETWORK} localAddress = address; };
}
`,
      message:
        /^Evaluating `containers\.a\.localAddress` and 1 more fails, so homelab cannot be built: no network\.$/,
    },
  },
});
