import { testRule } from '../../../test/engine/rule-suite';
import { ephemeralState } from './ephemeral-state';

testRule(ephemeralState, {
  finds: {
    'a service whose folder is nowhere mounted': `
#- /a.nix
{
  containers.forge = {
    ephemeral = true;
#               ^^^^ warning ephemeral-state
    config.services.forgejo.enable = true;
  };
}
`,
    'a state that follows a folder which is not mounted': `
#- /a.nix
{
  containers.a = { bindMounts."/data".isReadOnly = false; config.services.nextcloud = { enable = true; home = "/srv/nextcloud"; }; ephemeral = true; };
#                                                                                                                                              ^^^^ warning ephemeral-state
}
`,
    'a folder that is mounted for reading only': `
#- /a.nix
{
  containers.forge = {
    ephemeral = true;
#               ^^^^ warning ephemeral-state
    bindMounts."/var/lib/forgejo".hostPath = "/tank/forgejo";
    config.services.forgejo.enable = true;
  };
}
`,
  },
  silent: {
    'mounted as a whole, as a part of /var/lib, in parts': `
#- /a.nix
{
  containers.a = { ephemeral = true; bindMounts."/var/lib/forgejo".isReadOnly = false; config.services.forgejo.enable = true; };
  containers.b = { ephemeral = true; bindMounts."/var/lib" = { hostPath = "/tank/b"; isReadOnly = false; }; config.services.forgejo.enable = true; };
  containers.c = { ephemeral = true; bindMounts."/var/lib/forgejo/data".isReadOnly = false; config.services.forgejo.enable = true; };
}
`,
    'the state is moved to a mount': `
#- /a.nix
{ containers.a = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.forgejo = { enable = true; stateDir = "/data/forgejo"; }; }; }
`,
    'the folder that the state has by default is moved to a mount': `
#- /a.nix
{
  containers.a = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.nextcloud = { enable = true; home = "/data/nextcloud"; }; };
  containers.b = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.nextcloud = { enable = true; datadir = "/data/nextcloud"; }; };
}
`,
    'a key of the service moves the state to a mount': `
#- /a.nix
{
  containers.a = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.navidrome = { enable = true; settings.DataFolder = "/data/navidrome"; }; };
  containers.b = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.vaultwarden = { enable = true; config.DATA_FOLDER = "/data/vault"; }; };
  containers.c = { ephemeral = true; bindMounts."/data".isReadOnly = false; config.services.uptime-kuma = { enable = true; settings.DATA_DIR = "/data/kuma"; }; };
}
`,
    'a DNS server that is all written in Nix': `
#- /a.nix
{
  containers.dns = { ephemeral = true; config.services.adguardhome = { enable = true; mutableSettings = false; }; };
  containers.dns2 = { ephemeral = true; config.services.adguardhome = { enable = true; settings.dns.port = 53; }; };
}
`,
    'a service that keeps nothing, one that is off, and a guest that is kept': `
#- /a.nix
{
  containers.a = { ephemeral = true; config.services.glance.enable = true; };
  containers.b = { ephemeral = true; config.services.forgejo.enable = false; };
  containers.c = { config.services.forgejo.enable = true; };
}
`,
    'the folder of an older release': `
#- /a.nix
{ containers.a = { ephemeral = true; bindMounts."/var/lib/bitwarden_rs".isReadOnly = false; config = { services.vaultwarden.enable = true; system.stateVersion = "24.05"; }; }; }
`,
    'mounts that are not all known, or made by flags': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { ephemeral = true; bindMounts = inputs.x; config.services.forgejo.enable = true; };
  containers.b = { ephemeral = true; extraFlags = [ "--bind=/tank/b:/var/lib/forgejo" ]; config.services.forgejo.enable = true; };
}
`,
  },
  mends: {
    'by a mount': {
      fixture: `
#- /a.nix
{
  containers.forge = {
    ephemeral = true;
    config.services.forgejo.enable = true;
  };
}
`,
      fix: /Keep \/var\/lib\/forgejo/,
      leaves: [
        '    bindMounts."/var/lib/forgejo" = { hostPath = "/persist/var/lib/forgejo"; isReadOnly = false; };',
      ],
    },
  },
});
