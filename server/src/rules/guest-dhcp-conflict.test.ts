import { testRule } from '../../../test/engine/rule-suite';
import { guestDhcpConflict } from './guest-dhcp-conflict';

testRule(guestDhcpConflict, {
  finds: {
    'true in the guest': `
#- /a.nix
{
  containers.a.config.networking.useDHCP = true;
#                                          ^^^^ error guest-dhcp-conflict
}
`,
  },
  silent: {
    'forced, false, of an interface, of the host, and not known': `
#- /a.nix
{ lib, inputs, ... }: {
  networking.useDHCP = true;
  containers.a.config.networking.useDHCP = lib.mkForce true;
  containers.b.config.networking.useDHCP = false;
  containers.c.config.networking.interfaces.eth0.useDHCP = true;
  containers.d.config.networking.useDHCP = inputs.x;
  containers.e.config.networking.useDHCP = lib.mkIf inputs.x true;
  containers.f.config.networking.useDHCP = lib.mkDefault true;
}
`,
  },
  mends: {
    'by the interface': {
      fixture: `
#- /a.nix
{ containers.a.config = { networking = { useDHCP = true; }; }; }
`,
      fix: /eth0/,
      leaves: ['networking = { interfaces.eth0.useDHCP = true; };'],
    },
  },
});
