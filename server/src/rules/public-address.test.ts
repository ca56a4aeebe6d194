import { testRule } from '../../../test/engine/rule-suite';
import { publicAddress } from './public-address';

testRule(publicAddress, {
  finds: {
    'a slip of the finger': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "192.168.3.1"; config = { };
    localAddress = "192.198.3.30";
#                  ^^^^^^^^^^^^^^ information public-address
  };
}
`,
  },
  says: {
    'once for all that one place gives': {
      fixture: `
#- /a.nix
{ lib, ... }: {
  containers = lib.genAttrs [ "a" "b" "c" ] (name: {
    privateNetwork = true;
    localAddress = { a = "192.18.0.1"; b = "192.18.0.2"; c = "192.18.0.3"; }.\${name};
    config = { };
  });
}
`,
      message: /^192\.18\.0\.1 is a public address: .* and so do the 2 others from here\. [^\n]*$/,
    },
  },
  silent: {
    'private, shared, link-local and documentation addresses': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "172.31.0.2"; config = { }; };
  containers.b = { privateNetwork = true; hostAddress = "100.64.0.1"; localAddress = "169.254.0.2"; config = { }; };
  containers.c = { privateNetwork = true; hostAddress = "192.0.2.1"; localAddress = "192.168.255.2"; config = { }; };
}
`,
    "a bridge, IPv6, the host's own address, and no private network": `
#- /a.nix
{
  networking.interfaces.eno1.ipv4.addresses = [ { address = "81.2.69.160"; prefixLength = 24; } ];
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "81.2.69.161/24"; config = { }; };
  containers.b = { privateNetwork = true; hostAddress6 = "2a01::1"; localAddress6 = "2a01::2"; config = { }; };
  containers.c = { privateNetwork = true; hostAddress = "81.2.69.160"; localAddress = "10.0.0.2"; config = { }; };
  containers.d = { localAddress = "81.2.69.162"; config = { }; };
}
`,
  },
});
