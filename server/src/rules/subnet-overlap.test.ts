import { testRule } from '../../../test/engine/rule-suite';
import { subnetOverlap } from './subnet-overlap';

const HOST =
  'networking.interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.20"; prefixLength = 24; } ];';

testRule(subnetOverlap, {
  finds: {
    "an address of the host's network": `
#- /a.nix
{
  ${HOST}
  containers.a = { privateNetwork = true; hostAddress = "192.168.1.19"; config = { };
    localAddress = "192.168.1.50";
#                  ^^^^^^^^^^^^^^ hint subnet-overlap
  };
}
`,
  },
  silent: {
    'another network, a bridge, no private network': `
#- /a.nix
{
  ${HOST}
  containers.a = { privateNetwork = true; hostAddress = "192.168.2.1"; localAddress = "192.168.2.2"; config = { }; };
  containers.b = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.1.50/24"; config = { }; };
  containers.c = { localAddress = "192.168.1.51"; config = { }; };
}
`,
    "the host's end alone": `
#- /a.nix
{
  ${HOST}
  containers.a = { privateNetwork = true; hostAddress = "192.168.1.20"; localAddress = "10.0.0.2"; config = { }; };
}
`,
  },
});
