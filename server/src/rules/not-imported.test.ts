import { testRule } from '../../../test/engine/rule-suite';
import { notImported } from './not-imported';

const flake = (modules: string, more = ''): string => `
#- /flake.nix
{
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
${modules}
      ];
    };${more}
  };
}
`;

const IMMICH = `
#- /containers/immich.nix
{ containers.immich = { privateNetwork = true; localAddress = "10.10.10.3"; }; }
`;

testRule(notImported, {
  finds: {
    'a module beside others that are imported': `${flake('        ./containers/immich.nix')}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin = { privateNetwork = true; localAddress = "10.10.10.5"; }; }
#            ^^^^^^^^ information not-imported
`,
    'a module in a folder of its own, as the others are': `${flake('        ./containers/immich')}
#- /containers/immich/default.nix
{ containers.immich.autoStart = true; }
#- /containers/jellyfin/default.nix
{ containers.jellyfin.autoStart = true; }
#            ^^^^^^^^ information not-imported
`,
    'a module beside a configuration without a flake': `
#- /configuration.nix
{ imports = [ ./containers/immich.nix ]; }
${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
#            ^^^^^^^^ information not-imported
`,
    'a module that git does not track yet, as a warning': `${flake('        ./containers/immich.nix')}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
#            ^^^^^^^^ warning not-imported
#- /.git/index
flake.nix
containers/immich.nix
`,
    'a module that git tracks, as before': `${flake('        ./containers/immich.nix')}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
#            ^^^^^^^^ information not-imported
#- /.git/index
flake.nix
containers/immich.nix
containers/jellyfin.nix
`,
  },
  silent: {
    'an import that is commented out on purpose': `${flake(`        ./containers/immich.nix
        # ./containers/jellyfin.nix`)}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'a commented import in the list of a default.nix': `${flake('        ./containers')}
#- /containers/default.nix
{
  imports = [
    ./immich.nix
    #./bazarr.nix
  ];
}
${IMMICH}
#- /containers/bazarr.nix
{ containers.bazarr.autoStart = true; }
`,
    'a folder from which no host imports containers': `${flake('        ./containers/immich.nix')}${IMMICH}
#- /unused/minecraft.nix
{ containers.minecraft.autoStart = true; }
#- /templates/homelab/containers/web.nix
{ containers.web.autoStart = true; }
`,
    'a repository that only hands out modules': `
#- /flake.nix
{ outputs = { self, ... }: { nixosModules.jellyfin = ./containers/jellyfin.nix; }; }
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'a module that the flake also hands out': `${flake(
      '        ./containers/immich.nix',
      '\n    nixosModules.jellyfin = ./containers/jellyfin.nix;',
    )}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'a file that another one imports as data': `${flake('        ./containers/immich.nix')}
#- /containers/immich.nix
{ containers.immich = import ./immich-container.nix { containers = { }; }; }
#- /containers/immich-container.nix
{ containers }: { autoStart = true; }
`,
    'the containers of a registry': `${flake('        ./containers/registry.nix')}
#- /containers/registry.nix
{ lib, ... }:
let registry = { web = { path = ./web.nix; ip = "10.0.0.5"; }; };
in { containers = lib.mapAttrs (_: meta: import meta.path { localAddress = meta.ip; }) registry; }
#- /containers/web.nix
{ localAddress }: { containers = { }; inherit localAddress; }
`,
    'a folder that the host reads': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = map (name: ./containers + "/\${name}") (builtins.attrNames (builtins.readDir ./containers));
    };
  };
}
${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'a module that only adds a route to a container that exists': `${flake('        ./containers/traefik.nix')}
#- /containers/traefik.nix
{ containers.traefik = { autoStart = true; config.services.traefik.enable = true; }; }
#- /containers/route.nix
{ containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers.nas.rule = "Host(\`nas.example.org\`)"; }
`,
    'a module of another host': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./containers/immich.nix ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./containers/jellyfin.nix ]; };
  };
}
${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'a module switched off by an underscore': `${flake('        ./containers/immich.nix')}${IMMICH}
#- /containers/_jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
    'modules named by a text': `
#- /flake.nix
{
  outputs = { self, nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers/immich.nix ]; };
    nixosConfigurations.other = nixpkgs.legacyPackages.x86_64-linux.nixos "\${self}/containers/jellyfin.nix";
  };
}
${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
  },
  mends: {
    'by importing it behind its neighbours': {
      fixture: `${flake(`        ./containers/immich.nix # photos
        inputs.agenix.nixosModules.default`)}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
      fix: /^Import it in flake\.nix$/,
      leaves: ['./containers/immich.nix # photos', '        ./containers/jellyfin.nix'],
    },
    'by importing it for one of the hosts': {
      fixture: `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./containers/immich.nix ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./containers/immich.nix ]; };
  };
}
${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
      fix: /^Import it for b$/,
      leaves: [
        'nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./containers/immich.nix ./containers/jellyfin.nix ]; };',
      ],
    },
  },
  says: {
    'which file and which container': {
      fixture: `${flake('        ./containers/immich.nix')}${IMMICH}
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`,
      message:
        /^No host imports containers\/jellyfin\.nix, so there is no container jellyfin\. homelab imports other modules of this folder\.$/,
    },
  },
});
