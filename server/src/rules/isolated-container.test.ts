import { testRule } from '../../../test/engine/rule-suite';
import { isolatedContainer } from './isolated-container';

testRule(isolatedContainer, {
  finds: {
    'a guest that opens a port': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
#                    ^^^^ warning isolated-container
    config.networking.firewall.allowedTCPPorts = [ 80 ];
  };
}
`,
    'a guest that forwards a port': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
#                    ^^^^ warning isolated-container
    forwardPorts = [ { hostPort = 8080; } ];
    config = { };
  };
}
`,
  },
  silent: {
    'a sandbox that nobody is meant to reach': `
#- /a.nix
{ containers.a = { privateNetwork = true; config = { }; }; }
`,
    'addresses, a bridge, an interface, a further link, a flag': `
#- /a.nix
let config.networking.firewall.allowedTCPPorts = [ 80 ]; in {
  containers.a = { inherit config; privateNetwork = true; localAddress6 = "fd00::2"; };
  containers.b = { inherit config; privateNetwork = true; hostBridge = "br0"; };
  containers.c = { inherit config; privateNetwork = true; interfaces = [ "enp5s0" ]; };
  containers.d = { inherit config; privateNetwork = true; macvlans = [ "eno1" ]; };
  containers.e = { inherit config; privateNetwork = true; extraVeths.lan.hostBridge = "br0"; };
  containers.f = { inherit config; privateNetwork = true; extraFlags = [ "--network-veth" ]; };
  containers.g = { inherit config; privateNetwork = true; localMacAddress = "02:00:00:00:00:01"; };
}
`,
    'the address is in another file': `
#- /a.nix
{ containers.a = { privateNetwork = true; config.networking.firewall.allowedTCPPorts = [ 80 ]; }; }
#- /network.nix
{ containers.a.localAddress = "10.0.0.2"; }
`,
    'the link may come from outside': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; config.networking.firewall.allowedTCPPorts = [ 80 ]; } // inputs.x.link;
}
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; config.networking.firewall.allowedTCPPorts = [ 80 ]; }; }
`,
  },
  mends: {
    'with the next free pair': {
      fixture: `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    config.networking.firewall.allowedTCPPorts = [ 80 ];
  };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
}
`,
      fix: /Connect it: 10\.0\.0\.4 \/ 10\.0\.0\.5/,
      leaves: ['    hostAddress = "10.0.0.4";', '    localAddress = "10.0.0.5";'],
    },
  },
});
