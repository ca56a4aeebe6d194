import { testRule } from '../../../test/engine/rule-suite';
import { containerSourceConflict } from './container-source-conflict';

testRule(containerSourceConflict, {
  finds: {
    'config and path': `
#- /a.nix
{
  containers.a = {
    config = { };
    path = "/nix/var/nix/profiles/per-container/a";
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error container-source-conflict
  };
}
`,
    'config in one file, and a flake in another': `
#- /a.nix
{ containers.a.config = { }; }
#- /b.nix
{ containers.a.flake = "github:me/guest"; }
#                      ^^^^^^^^^^^^^^^^^ error container-source-conflict
`,
    'none of them': `
#- /a.nix
{
  containers.empty = {
#            ^^^^^ error container-source-conflict
    autoStart = true;
  };
}
`,
  },
  silent: {
    'one of them each': `
#- /a.nix
{
  containers.a.config = { };
  containers.b.path = "/nix/var/nix/profiles/per-container/b";
  containers.c.flake = "github:me/guest";
}
`,
    'config in two files is one system': `
#- /a.nix
{ containers.a.config = { services.nginx.enable = true; }; }
#- /b.nix
{ containers.a.config.networking.firewall.allowedTCPPorts = [ 80 ]; }
`,
    'config may come from outside': `
#- /a.nix
{ inputs, lib, ... }: {
  containers.a = { autoStart = true; } // inputs.x.guest;
  containers.b = inputs.x.guest { };
  containers.c = lib.mkMerge [ { autoStart = true; } (inputs.x.guest { }) ];
  containers.d = { autoStart = true; config = inputs.x.guest; };
}
`,
    'flake is null': `
#- /a.nix
{ containers.a = { config = { }; flake = null; }; }
#- /overrides.nix
{ lib, ... }: { containers.a.path = lib.mkIf false "/x"; containers.b = { config = { }; path = lib.mkForce "/y"; }; }
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a.autoStart = true; }
`,
  },
  mends: {
    'by leaving the path out': {
      fixture: `
#- /a.nix
{ containers.a = { config = { }; path = "/x"; }; }
`,
      fix: /Remove path/,
      leaves: ['containers.a = { config = { }; };'],
    },
    'by a system to fill in': {
      fixture: `
#- /a.nix
{
  containers.a = {
    autoStart = true;
  };
}
`,
      fix: /Add config/,
      leaves: ['    config = { };'],
    },
  },
});
