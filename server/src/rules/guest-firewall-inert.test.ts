import { testRule } from '../../../test/engine/rule-suite';
import { guestFirewallInert } from './guest-firewall-inert';

testRule(guestFirewallInert, {
  finds: {
    'a port that the host keeps closed': `
#- /a.nix
{
  networking.firewall.allowedTCPPorts = [ 22 ];
  containers.media.config = {
    networking.firewall.allowedTCPPorts = [ 8096 ];
#                                         ^^^^^^^^ warning guest-firewall-inert
  };
}
`,
    'ports that the host lets in anyway': `
#- /a.nix
{
  networking.firewall = { allowedTCPPorts = [ 80 443 ]; allowedUDPPorts = [ 53 ]; };
  containers.traefik = {
    privateNetwork = false;
    config.networking.firewall.allowedTCPPorts = [ 80 443 ];
#                                                ^^^^^^^^^^ hint guest-firewall-inert
    config.networking.firewall.allowedUDPPorts = [ 53 ];
#                                                ^^^^^^ hint guest-firewall-inert
  };
}
`,
  },
  silent: {
    'a private network, and one of further links': `
#- /a.nix
{
  containers.a = { privateNetwork = true; localAddress = "10.0.0.2"; config.networking.firewall.allowedTCPPorts = [ 80 ]; };
  containers.b = { extraVeths.lan.hostBridge = "br0"; config.networking.firewall.allowedTCPPorts = [ 80 ]; };
}
`,
    'a guest that may change the network': `
#- /a.nix
{
  containers.a = { additionalCapabilities = [ "CAP_NET_ADMIN" ]; config.networking.firewall.allowedTCPPorts = [ 80 ]; };
  containers.b = { enableTun = true; config.networking.firewall.allowedTCPPorts = [ 80 ]; };
}
`,
    'whether it is private is not known': `
#- /a.nix
{ inputs, ... }: { containers.a = { privateNetwork = inputs.x; config.networking.firewall.allowedTCPPorts = [ 80 ]; }; }
`,
    'what the host opens is not all known': `
#- /a.nix
{ inputs, ... }: {
  networking.firewall.allowedTCPPorts = inputs.ports;
  containers.a.config.networking.firewall.allowedTCPPorts = [ 80 ];
}
`,
    'no ports': `
#- /a.nix
{ containers.a.config.networking.firewall.allowedTCPPorts = [ ]; }
`,
  },
  mends: {
    'by opening it on the host': {
      fixture: `
#- /a.nix
{
  networking.firewall.allowedTCPPorts = [ 22 ];
  containers.media.config.networking.firewall.allowedTCPPorts = [ 8096 9000 ];
  containers.media.config.services.jellyfin.enable = true;
}
`,
      fix: /Remove/,
      leaves: ['services.jellyfin.enable = true'],
    },
  },
  says: {
    'where the host opens it': {
      fixture: `
#- /a.nix
{
  networking.firewall.allowedTCPPorts = [ 80 ];
  containers.web.config.networking.firewall.allowedTCPPorts = [ 80 ];
}
`,
      message: /Opening 80 here has no effect: web shares .* which lets it in already \(a\.nix:2\)\./,
    },
  },
});
