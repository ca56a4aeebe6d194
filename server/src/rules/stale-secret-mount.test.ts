import { testRule } from '../../../test/engine/rule-suite';
import { staleSecretMount } from './stale-secret-mount';

testRule(staleSecretMount, {
  finds: {
    'a file of agenix, and one of sops by its default path': `
#- /a.nix
{
  containers.a.config = { };
  containers.a.bindMounts."/etc/token".hostPath = "/run/agenix/token";
#                                                 ^^^^^^^^^^^^^^^^^^^ information stale-secret-mount
  containers.a.bindMounts."/run/secrets/password".isReadOnly = true;
#                         ^^^^^^^^^^^^^^^^^^^^^^^ information stale-secret-mount
}
`,
  },
  silent: {
    'the key, which stays where it is': `
#- /a.nix
{ containers.a.bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true; }
`,
    'a path that is not known': `
#- /a.nix
{ config, ... }: { containers.a.bindMounts."/etc/token".hostPath = config.vault.token.path; }
`,
  },
});
