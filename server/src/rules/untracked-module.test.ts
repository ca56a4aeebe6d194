import { testRule } from '../../../test/engine/rule-suite';
import { untrackedModule } from './untracked-module';

const FLAKE = `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
        ./containers/immich.nix
        ./containers/jellyfin.nix
      ];
    };
  };
}
#- /containers/immich.nix
{ containers.immich.autoStart = true; }
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`;
const MARKED = FLAKE.replace(
  './containers/jellyfin.nix\n      ]',
  `./containers/jellyfin.nix
#       ^^^^^^^^^^^^^^^^^^^^^^^^^ warning untracked-module
      ]`,
);

const index = (...files: string[]): string => `#- /.git/index\n${files.join('\n')}\n`;

const READS_FOLDER = `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = map (name: ./containers + "/\${name}") (builtins.attrNames (builtins.readDir ./containers));
    };
  };
}
#- /containers/immich.nix
{ containers.immich.autoStart = true; }
#- /containers/jellyfin.nix
{ containers.jellyfin.autoStart = true; }
`;

testRule(untrackedModule, {
  finds: {
    'a new module that the flake imports': `${MARKED}${index('flake.nix', 'containers/immich.nix')}`,
    'a module that a guest imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{
  containers.web.config.imports = [ ./web.nix ];
#                                   ^^^^^^^^^ warning untracked-module
}
#- /web.nix
{ services.nginx.enable = true; }
${index('flake.nix', 'a.nix')}`,
    'a flake in a folder of its repository': `
#- /server/flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      modules = [ ./a.nix ../shared/b.nix ];
#                         ^^^^^^^^^^^^^^^ warning untracked-module
    };
  };
}
#- /server/a.nix
{ }
#- /shared/b.nix
{ }
${index('server/flake.nix', 'server/a.nix')}`,
    'the flake itself, and then nothing else': `
#- /flake.nix
 {
#^ warning untracked-module
  outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; };
}
#- /a.nix
{ }
${index('README.md')}`,
  },
  silent: {
    'modules that git tracks': `${FLAKE}${index('flake.nix', 'containers/immich.nix', 'containers/jellyfin.nix')}`,
    'a folder that is no git repository': FLAKE,
    'a configuration without a flake': `
#- /configuration.nix
{ imports = [ ./a.nix ]; }
#- /a.nix
{ }
${index('configuration.nix')}`,
    'a module that nobody imports': `${FLAKE}
#- /containers/old.nix
{ containers.old.autoStart = true; }
${index('flake.nix', 'containers/immich.nix', 'containers/jellyfin.nix')}`,
    'modules written into a file that is tracked': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ { imports = [ ({ ... }: { }) ]; } ]; }; }; }
${index('flake.nix')}`,
  },
  says: {
    'how git gets to know it': {
      fixture: `${FLAKE}${index('flake.nix', 'containers/immich.nix')}`,
      message:
        /^Git does not track containers\/jellyfin\.nix, and a flake sees only what git tracks: homelab cannot be built\. Run `git add -N containers\/jellyfin\.nix`\.$/,
    },
    'that a folder is read without it': {
      fixture: `${READS_FOLDER}${index('flake.nix', 'containers/immich.nix')}`,
      message: /containers\/jellyfin\.nix.*the flake does not see it, and homelab is built without it/,
    },
  },
});
