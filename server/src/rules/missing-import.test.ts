import { testRule } from '../../../test/engine/rule-suite';
import { missingImport } from './missing-import';

const FLAKE_HEAD = `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [`;
const FLAKE_TAIL = `      ];
    };
  };
}`;

testRule(missingImport, {
  finds: {
    'a module of the flake': `${FLAKE_HEAD}
        ./containers/immich.nix
        ./containers/jellyfin.nix
#       ^^^^^^^^^^^^^^^^^^^^^^^^^ error missing-import
${FLAKE_TAIL}
#- /containers/immich.nix
{ containers.immich.privateNetwork = true; }
`,
    'an import of a module': `${FLAKE_HEAD}
        ./configuration.nix
${FLAKE_TAIL}
#- /configuration.nix
{
  imports = [ ./disk.nix ];
#             ^^^^^^^^^^ error missing-import
  containers.a.autoStart = true;
}
`,
    'a folder without a default.nix': `${FLAKE_HEAD}
        ./containers
#       ^^^^^^^^^^^^ error missing-import
        ./a.nix
${FLAKE_TAIL}
#- /a.nix
{ containers.a.autoStart = true; }
#- /containers/immich.nix
{ }
`,
    'a module of a guest': `${FLAKE_HEAD}
        ./a.nix
${FLAKE_TAIL}
#- /a.nix
{
  containers.a.config = { imports = [ ./a-guest.nix ]; };
#                                     ^^^^^^^^^^^^^ error missing-import
  containers.b.config = ./b-guest.nix;
#                       ^^^^^^^^^^^^^ error missing-import
}
`,
    'a host without containers, as a warning': `${FLAKE_HEAD}
        ./laptop.nix
#       ^^^^^^^^^^^^ warning missing-import
${FLAKE_TAIL}
`,
  },
  silent: {
    'what a configuration that may be reached through a link imports from outside its folder': `
#- /hosts/box/configuration.nix
{ imports = [ ../services/nginx.nix ]; containers.a.autoStart = true; }
`,
    'files, folders, functions and modules from outside': `${FLAKE_HEAD}
        ./containers
        ./a.nix
        (import ./b.nix { port = 80; })
        inputs.agenix.nixosModules.default
${FLAKE_TAIL.replace('};\n  };', '};\n  };')}
#- /a.nix
{ modulesPath, ... }: { imports = [ (modulesPath + "/installer/scan/not-detected.nix") <nixpkgs/nixos/x.nix> ]; }
#- /b.nix
{ port }: { containers.b.config.networking.firewall.allowedTCPPorts = [ port ]; }
#- /containers/default.nix
{ }
`,
    'a path that is tried first': `${FLAKE_HEAD}
        ./a.nix
${FLAKE_TAIL}
#- /a.nix
{ lib, ... }: { imports = lib.optional (builtins.pathExists ./local.nix) ./local.nix; }
`,
    'an import that is commented out': `${FLAKE_HEAD}
        # ./containers/old.nix
${FLAKE_TAIL}
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `${FLAKE_HEAD}
        ./containers/imich.nix
${FLAKE_TAIL}
#- /containers/immich.nix
{ containers.immich.privateNetwork = true; }
`,
      fix: /Import \.\/containers\/immich\.nix/,
      leaves: ['        ./containers/immich.nix'],
    },
  },
});
