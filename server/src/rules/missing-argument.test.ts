import { testRule } from '../../../test/engine/rule-suite';
import { missingArgument } from './missing-argument';

const FLAKE = `
#- /flake.nix
{ outputs = { nixpkgs, agenix, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; domain = "example.org"; }; modules = [ ./a.nix ]; }; }; }`;

testRule(missingArgument, {
  finds: {
    "an argument of the host's, in the imports and in a setting": `${FLAKE}
#- /a.nix
{
  containers.auth.config = { inputs, domain, ... }: {
#                            ^^^^^^ error missing-argument
    imports = [ inputs.agenix.nixosModules.default ];
    services.nginx.virtualHosts."auth" = { serverName = "auth.example.org"; };
  };
  containers.web.config = { pkgs, domain, ... }: { services.nginx.virtualHosts.\${domain} = { root = "/srv/\${domain}"; }; };
#                                 ^^^^^^ error missing-argument
}
`,
    'in a file that the guest imports': `${FLAKE}
#- /a.nix
{ containers.web.config = { imports = [ ./web.nix ]; }; }
#- /web.nix
{ domain, ... }: { networking.domain = domain; }
# ^^^^^^ error missing-argument
`,
  },
  silent: {
    'specialArgs, _module.args, and what every module gets': `${FLAKE}
#- /a.nix
{ inputs, domain, ... }: {
  containers.a = { specialArgs = { inherit domain; }; config = { domain, ... }: { networking.domain = domain; }; };
  containers.b.config = { _module.args.domain = "x"; imports = [ ({ domain, ... }: { networking.domain = domain; }) ]; };
  containers.c.config = { lib, pkgs, config, options, modulesPath, utils, ... }: { environment.systemPackages = [ pkgs.hello (lib.id utils) modulesPath ]; };
}
`,
    "the host's argument, from around the guest": `${FLAKE}
#- /a.nix
{ inputs, domain, ... }: { containers.a.config = { config, ... }: { imports = [ inputs.agenix.nixosModules.default ]; networking.domain = domain; }; }
`,
    'an argument that is not used, or only maybe': `${FLAKE}
#- /a.nix
{
  containers.a.config = { inputs, ... }: { };
  containers.b.config = { lib, domain, ... }: { networking.domain = lib.mkIf false domain; };
  containers.c.config = { domain, ... }: let domain = "x"; in { networking.domain = domain; };
}
`,
    'an argument that a default needs, which is set otherwise': `${FLAKE}
#- /a.nix
{
  containers.a.config = { imports = [ ./options.nix ]; services.own.package = "x"; services.own.name = "y"; };
}
#- /options.nix
{ lib, inputs, config, domain, ... }: {
  options.services.own.package = lib.mkOption { default = inputs.self.packages.own; };
  options.services.own.name = lib.mkOption { };
  config.services.own.name = lib.mkDefault domain;
}
`,
    'modules from outside, or arguments that are not all known': `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.a.config = { domain, ... }: { imports = [ inputs.base.nixosModules.args ]; networking.domain = domain; };
  containers.b = { specialArgs = inputs.base.args; config = { domain, ... }: { networking.domain = domain; }; };
}
`,
  },
  mends: {
    'from what the module has': {
      fixture: `${FLAKE}
#- /a.nix
{ domain, ... }: {
  containers.web = {
    autoStart = true;
    config = { domain, ... }: { networking.domain = domain; };
  };
}
`,
      fix: /Hand domain on/,
      leaves: ['    specialArgs = { inherit domain; };'],
    },
    'from what the module can ask for': {
      fixture: `${FLAKE}
#- /a.nix
{ lib, ... }: {
  containers.web = { specialArgs = { x = 1; }; config = { domain, ... }: { networking.domain = domain; }; };
}
`,
      fix: /Hand domain on/,
      leaves: ['{ domain, lib, ... }:', 'specialArgs = { x = 1; domain = domain; };'],
    },
  },
});
