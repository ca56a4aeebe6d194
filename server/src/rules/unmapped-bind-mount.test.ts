import { testRule } from '../../../test/engine/rule-suite';
import { unmappedBindMount } from './unmapped-bind-mount';

testRule(unmappedBindMount, {
  finds: {
    'a writable folder': `
#- /a.nix
{
  containers.a = {
    privateUsers = "pick";
    bindMounts."/srv/media" = { hostPath = "/tank/media"; isReadOnly = false; };
#              ^^^^^^^^^^^^ warning unmapped-bind-mount
    config = { };
  };
}
`,
    "the host's key, with a range of users": `
#- /a.nix
{
  containers.a = {
    privateUsers = 131072;
    bindMounts."/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning unmapped-bind-mount
    config = { };
  };
}
`,
  },
  silent: {
    'users of the host': `
#- /a.nix
{
  containers.a.bindMounts."/srv/media".isReadOnly = false;
  containers.b = { privateUsers = "no"; bindMounts."/srv/media".isReadOnly = false; };
  containers.c = { privateUsers = "identity"; bindMounts."/srv/media".isReadOnly = false; };
  containers.d = { privateUsers = 0; bindMounts."/srv/media".isReadOnly = false; };
}
`,
    'mapped, or only read': `
#- /a.nix
{
  containers.a = {
    privateUsers = "pick";
    bindMounts."/data:idmap" = { hostPath = "/data"; isReadOnly = false; };
    bindMounts."/srv/www" = { };
    config = { };
  };
}
`,
    'the range is written down, so the folder may be given to it on the disk': `
#- /a.nix
{
  containers.a = { privateUsers = 65536 * 9; bindMounts."/srv/media" = { hostPath = "/tank/media"; isReadOnly = false; }; config = { }; };
}
`,
    'no mounts': `
#- /a.nix
{ containers.a = { privateUsers = "pick"; config = { }; }; }
`,
    'the host prepares the folder': `
#- /a.nix
{
  systemd.tmpfiles.rules = [ "d /tank/media 0755 131072 131072 -" ];
  containers.a = { privateUsers = "pick"; bindMounts."/srv/media" = { hostPath = "/tank/media"; isReadOnly = false; }; config = { }; };
}
`,
    'which users it has is not known': `
#- /a.nix
{ inputs, ... }: { containers.a = { privateUsers = inputs.x; bindMounts."/srv".isReadOnly = false; config = { }; }; }
`,
  },
  mends: {
    'by :idmap': {
      fixture: `
#- /a.nix
{ containers.a = { privateUsers = "pick"; bindMounts."/srv/media" = { hostPath = "/tank/media"; isReadOnly = false; }; config = { }; }; }
`,
      fix: /idmap/,
      leaves: ['bindMounts."/srv/media:idmap" = { hostPath = "/tank/media"; isReadOnly = false; };'],
    },
    "by :idmap and the host's path": {
      fixture: `
#- /a.nix
{ containers.a = { privateUsers = "pick"; bindMounts."/srv/media" = { isReadOnly = false; }; config = { }; }; }
`,
      fix: /idmap/,
      leaves: ['bindMounts."/srv/media:idmap" = { hostPath = "/srv/media"; isReadOnly = false; };'],
    },
  },
});
