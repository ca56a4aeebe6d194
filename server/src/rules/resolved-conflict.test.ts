import { testRule } from '../../../test/engine/rule-suite';
import { resolvedConflict } from './resolved-conflict';

testRule(resolvedConflict, {
  finds: {
    'resolved, by itself and by networkd': `
#- /a.nix
{
  containers.a.config = {
    services.resolved.enable = true;
#                              ^^^^ error resolved-conflict
  };
  containers.b.config.networking.useNetworkd = true;
#                                              ^^^^ error resolved-conflict
}
`,
  },
  silent: {
    "without the host's resolv.conf, or without resolved": `
#- /a.nix
{ lib, ... }: {
  containers.a.config = { services.resolved.enable = true; networking.useHostResolvConf = false; };
  containers.b.config = { services.resolved.enable = true; networking.useHostResolvConf = lib.mkForce false; };
  containers.c.config = { networking.useNetworkd = true; services.resolved.enable = false; };
  containers.d.config = { };
}
`,
    'on the host, and where it is not known': `
#- /a.nix
{ inputs, ... }: {
  services.resolved.enable = true;
  networking.useNetworkd = true;
  containers.a.config = { services.resolved.enable = inputs.x; };
  containers.b.config = { services.resolved.enable = true; networking = inputs.y; };
}
`,
  },
  mends: {
    'beside the other settings of the network': {
      fixture: `
#- /a.nix
{
  containers.a.config = { pkgs, ... }: {
    networking = {
      firewall.allowedTCPPorts = [ 80 ];
    };
    services.resolved.enable = true;
  };
}
`,
      fix: /useHostResolvConf = false/,
      leaves: ['      useHostResolvConf = false;'],
    },
    'where nothing of the network is set': {
      fixture: `
#- /a.nix
{ containers.b.config = { networking.useNetworkd = true; }; }
`,
      fix: /useHostResolvConf = false/,
      leaves: ['networking.useNetworkd = true; networking.useHostResolvConf = false;'],
    },
  },
});
