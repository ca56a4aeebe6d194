import { testRule } from '../../../test/engine/rule-suite';
import { secretInStore } from './secret-in-store';

testRule(secretInStore, {
  finds: {
    'a key, and a bare path': `
#- /a.nix
{
  containers.a.config = { };
  containers.a.bindMounts."/etc/web.key".hostPath = "\${./secrets/web.key}";
#                                                   ^^^^^^^^^^^^^^^^^^^^^^ warning secret-in-store
  containers.a.bindMounts."/etc/web.conf".hostPath = ./web.conf;
#                                                    ^^^^^^^^^^ error secret-in-store
}
`,
  },
  silent: {
    'what is no secret, and what lies on the host': `
#- /a.nix
{ config, ... }: {
  containers.a.bindMounts."/etc/web.conf".hostPath = "\${./web.conf}";
  containers.a.bindMounts."/etc/key.pub".hostPath = "\${./key.pub}";
  containers.a.bindMounts."/etc/keyboard".hostPath = "\${./keyboard.conf}";
  containers.a.bindMounts."/etc/token".hostPath = "/run/agenix/token";
  containers.a.bindMounts."/etc/other".hostPath = config.age.secrets.token.path;
}
`,
  },
});
