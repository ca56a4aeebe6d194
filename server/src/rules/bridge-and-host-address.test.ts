import { testRule } from '../../../test/engine/rule-suite';
import { bridgeAndHostAddress } from './bridge-and-host-address';

const BRIDGE = 'networking.interfaces.br0.ipv4.addresses = [ { address = "10.0.0.1"; prefixLength = 24; } ];';

testRule(bridgeAndHostAddress, {
  finds: {
    'a host address that is not the one of the bridge': `
#- /a.nix
{
  ${BRIDGE}
  containers.a = {
    privateNetwork = true;
    hostBridge = "br0";
    hostAddress = "10.0.0.254";
#                 ^^^^^^^^^^^^ warning bridge-and-host-address
    localAddress = "10.0.0.2/24";
    config = { };
  };
}
`,
  },
  silent: {
    "the bridge's own address as gateway": `
#- /a.nix
{
  ${BRIDGE}
  containers.a = { privateNetwork = true; hostBridge = "br0"; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2/24"; config = { }; };
}
`,
    'what the bridge has is not known': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; hostAddress = "10.0.0.9"; localAddress = "10.0.0.2/24"; config = { }; }; }
`,
    'no bridge': `
#- /a.nix
{
  ${BRIDGE}
  containers.a = { privateNetwork = true; hostAddress = "10.0.1.1"; localAddress = "10.0.1.2"; config = { }; };
}
`,
    'no private network': `
#- /a.nix
{
  ${BRIDGE}
  containers.a = { hostBridge = "br0"; hostAddress = "10.0.1.1"; config = { }; };
}
`,
  },
  mends: {
    "with the bridge's address": {
      fixture: `
#- /a.nix
{
  ${BRIDGE}
  containers.a = { privateNetwork = true; hostBridge = "br0"; hostAddress = "10.0.0.254"; localAddress = "10.0.0.2/24"; config = { }; };
}
`,
      fix: /Write "10\.0\.0\.1"/,
      leaves: ['hostAddress = "10.0.0.1";'],
    },
    'by leaving it out': {
      fixture: `
#- /a.nix
{
  ${BRIDGE}
  containers.a = { privateNetwork = true; hostBridge = "br0"; hostAddress = "10.0.0.254"; localAddress = "10.0.0.2/24"; config = { }; };
}
`,
      fix: /Remove hostAddress/,
      leaves: ['hostBridge = "br0"; localAddress'],
    },
  },
});
