import { testRule } from '../../../test/engine/rule-suite';
import { staleContainerName } from './stale-container-name';

const WEB = '  containers.web.autoStart = true;\n  containers.immich.autoStart = true;';

testRule(staleContainerName, {
  finds: {
    'a backup of a container that was taken out': `
#- /a.nix
{
${WEB}
  services.restic.backups.state.paths = [
    "/var/lib/nixos-containers/web/var/lib"
    "/var/lib/nixos-containers/nextcloud/var/lib/nextcloud"
#                              ^^^^^^^^^ information stale-container-name
  ];
}
`,
    'a unit in a script, and one that is extended by its name': `
#- /a.nix
{
${WEB}
  systemd.services."container@jellyfin".serviceConfig.MemoryMax = "1G";
#                             ^^^^^^^^ information stale-container-name
  systemd.services.backup.script = ''
    systemctl stop container@paperless.service
#                            ^^^^^^^^^ information stale-container-name
    systemctl start container@web
  '';
}
`,
    'a name that is nearly that of a container': `
#- /a.nix
{
${WEB}
  systemd.services.backup.after = [ "container@imich.service" ];
#                                              ^^^^^ warning stale-container-name
}
`,
  },
  silent: {
    'names of containers that are there': `
#- /a.nix
{
${WEB}
  systemd.services."container@web".after = [ "container@immich.service" ];
  services.x.paths = [ "/var/lib/nixos-containers/web" "/run/nixos-containers/immich/run" /var/lib/nixos-containers/web ];
}
`,
    'the container of another host': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ { containers.web.autoStart = true; } ]; };
  };
}
#- /a.nix
{ containers.db.autoStart = true; services.x.paths = [ "/var/lib/nixos-containers/web" ]; }
`,
    'a container whose import is commented out: its state is still there': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      modules = [
        ./a.nix
        # ./nextcloud.nix
      ];
    };
  };
}
#- /a.nix
{ containers.db.autoStart = true; services.x.paths = [ "/var/lib/nixos-containers/nextcloud" ]; }
#- /nextcloud.nix
{ containers.nextcloud.autoStart = true; }
`,
    'patterns, variables, and the folder itself': `
#- /a.nix
let name = "old"; in {
${WEB}
  services.x.paths = [
    "/var/lib/nixos-containers"
    "/var/lib/nixos-containers/*/var"
    "/var/lib/nixos-containers/\${name}/var"
    "/var/lib/nixos-containers/old-\${name}"
    "/var/lib/nixos-containers/$NAME"
    "container@%i.service"
    "container@.service"
    "container@old*.service"
    "/var/lib/nixos-containers/old.bak"
    "root@container@host"
  ];
}
`,
    'comments and descriptions': `
#- /a.nix
{ lib, ... }: {
${WEB}
  # rm -r /var/lib/nixos-containers/old
  options.x = lib.mkOption { description = "As in /var/lib/nixos-containers/old/x"; };
}
`,
    'containers that are not all known': `
#- /a.nix
{
${WEB}
  services.x.paths = [ "/var/lib/nixos-containers/old" ];
}
#- /b.nix
{ inputs, ... }: { containers = inputs.private.containers; }
`,
    'a repository without containers: they are made by hand': `
#- /a.nix
{ services.x.paths = [ "/var/lib/nixos-containers/old" ]; }
`,
    'a module that no host imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ containers.db.autoStart = true; }
#- /b.nix
{ services.x.paths = [ "/var/lib/nixos-containers/old" ]; }
`,
  },
  mends: {
    'a name that is nearly right': {
      fixture: `
#- /a.nix
{
${WEB}
  systemd.services.backup.after = [ "container@imich.service" ];
}
`,
      fix: /^Use immich$/,
      leaves: ['"container@immich.service"'],
    },
  },
});
