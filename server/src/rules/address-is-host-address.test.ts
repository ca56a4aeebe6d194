import { testRule } from '../../../test/engine/rule-suite';
import { addressIsHostAddress } from './address-is-host-address';

testRule(addressIsHostAddress, {
  finds: {
    "a container's own host side": `
#- /ddns.nix
{
  containers.ddns = {
    privateNetwork = true;
    hostAddress = "192.168.100.99";
    localAddress = "192.168.100.99";
#                  ^^^^^^^^^^^^^^^^ error address-is-host-address
  };
}
`,
    "another container's host side, said on both": `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostAddress = "10.0.0.4";
#                 ^^^^^^^^^^ error address-is-host-address
    localAddress = "10.0.0.5";
  };
}
#- /b.nix
{
  containers.b = {
    privateNetwork = true;
    hostAddress = "10.0.0.6";
    localAddress = "10.0.0.4";
#                  ^^^^^^^^^^ error address-is-host-address
  };
}
`,
    "an interface's address": `
#- /network.nix
let ip = "192.168.1.20"; interface = "enp1s0"; in {
  networking.interfaces.\${interface}.ipv4.addresses = [ { address = ip; prefixLength = 24; } ];
}
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostAddress = "192.168.1.19";
    localAddress = "192.168.1.20";
#                  ^^^^^^^^^^^^^^ error address-is-host-address
  };
}
`,
  },
  silent: {
    'one host side for all': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "192.168.100.10"; localAddress = "192.168.100.11"; };
  containers.b = { privateNetwork = true; hostAddress = "192.168.100.10"; localAddress = "192.168.100.12"; };
}
`,
    'the host side is an address of an interface': `
#- /a.nix
{
  networking.interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.20"; prefixLength = 24; } ];
  containers.a = { privateNetwork = true; hostAddress = "192.168.1.20"; localAddress = "192.168.7.2"; };
}
`,
    'the other container is not private': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; };
  containers.b = { hostAddress = "10.0.0.5"; localAddress = "10.0.0.4"; };
}
`,
  },
  mends: {
    'with the next free pair': {
      fixture: `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.4"; };
}
`,
      fix: /next free pair/,
      leaves: [],
    },
  },
});
