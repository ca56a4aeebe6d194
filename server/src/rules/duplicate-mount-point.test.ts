import { testRule } from '../../../test/engine/rule-suite';
import { duplicateMountPoint } from './duplicate-mount-point';

testRule(duplicateMountPoint, {
  finds: {
    'one place in the guest by two names': `
#- /a.nix
{
  containers.a.config = { };
  containers.a.bindMounts = {
    media = { mountPoint = "/srv/media"; hostPath = "/tank/media"; };
    "/srv/media/" = { hostPath = "/tank/other"; };
#   ^^^^^^^^^^^^^ warning duplicate-mount-point
  };
}
`,
    'a relative path, and a blank': `
#- /a.nix
{
  containers.a.config = { };
  containers.a.bindMounts.data.hostPath = "/tank/data";
#                         ^^^^ error duplicate-mount-point
  containers.a.bindMounts."/srv/my files".isReadOnly = false;
#                         ^^^^^^^^^^^^^^^ error duplicate-mount-point
}
`,
  },
  silent: {
    'different places': `
#- /a.nix
{
  containers.a.bindMounts."/srv/media".hostPath = "/tank/media";
  containers.a.bindMounts."/srv/media/music".hostPath = "/tank/music";
  containers.b.bindMounts."/srv/media".hostPath = "/tank/media";
}
`,
    'one mount in two files, and one that is mapped': `
#- /a.nix
{ containers.a.bindMounts."/srv/media".hostPath = "/tank/media"; }
#- /b.nix
{ containers.a.bindMounts."/srv/media".isReadOnly = false; containers.a.bindMounts."/data:idmap" = { hostPath = "/data"; }; }
`,
    'a line end behind a path, which the shell takes away': `
#- /a.nix
{ containers.a.bindMounts.journal = { mountPoint = "/var/log/journal/4d59\\n"; hostPath = "/var/log/a"; }; }
`,
    'what is not known': `
#- /a.nix
{ inputs, ... }: { containers.a.bindMounts = { "/a" = { }; b = { mountPoint = inputs.x; hostPath = "/b"; }; }; }
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a.bindMounts.data.hostPath = "/tank/data"; }
`,
  },
});
