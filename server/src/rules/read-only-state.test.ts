import { testRule } from '../../../test/engine/rule-suite';
import { readOnlyState } from './read-only-state';

testRule(readOnlyState, {
  finds: {
    'by default, and in words': `
#- /a.nix
{
  containers.a = {
    bindMounts."/var/lib/forgejo" = { hostPath = "/tank/forgejo"; };
#              ^^^^^^^^^^^^^^^^^^ warning read-only-state
    config.services.forgejo.enable = true;
  };
  containers.b = {
    bindMounts."/var/lib/jellyfin".isReadOnly = true;
#                                               ^^^^ warning read-only-state
    config.services.jellyfin.enable = true;
  };
}
`,
  },
  silent: {
    'writable, or a part of it': `
#- /a.nix
{
  containers.a = { bindMounts."/var/lib/forgejo".isReadOnly = false; config.services.forgejo.enable = true; };
  containers.b = { bindMounts."/var/lib/forgejo/custom" = { }; config.services.forgejo.enable = true; };
  containers.c = { bindMounts."/var/lib" = { }; bindMounts."/var/lib/forgejo".isReadOnly = false; config.services.forgejo.enable = true; };
}
`,
    'something that is only read': `
#- /a.nix
{ containers.a = { bindMounts."/srv/media" = { }; config.services.jellyfin.enable = true; }; }
`,
    'the service is off, its folder elsewhere, or the mount not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { bindMounts."/var/lib/forgejo" = { }; config.services.forgejo.enable = false; };
  containers.b = { bindMounts."/var/lib/forgejo" = { }; config.services.forgejo = { enable = true; stateDir = "/data"; }; };
  containers.c = { bindMounts."/var/lib/forgejo".isReadOnly = inputs.x; config.services.forgejo.enable = true; };
}
`,
  },
  mends: {
    'by writing it out': {
      fixture: `
#- /a.nix
{ containers.a = { bindMounts."/var/lib/forgejo" = { hostPath = "/tank/forgejo"; }; config.services.forgejo.enable = true; }; }
`,
      fix: /isReadOnly = false/,
      leaves: ['{ hostPath = "/tank/forgejo"; isReadOnly = false; }'],
    },
    'by changing it': {
      fixture: `
#- /a.nix
{ containers.a = { bindMounts."/var/lib/forgejo".isReadOnly = true; config.services.forgejo.enable = true; }; }
`,
      fix: /isReadOnly = false/,
      leaves: ['"/var/lib/forgejo".isReadOnly = false;'],
    },
  },
});
