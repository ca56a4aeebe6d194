import { testRule } from '../../../test/engine/rule-suite';
import { halfAddressPair } from './half-address-pair';

testRule(halfAddressPair, {
  finds: {
    "the guest's end alone": `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    localAddress = "10.0.0.5";
#                  ^^^^^^^^^^ warning half-address-pair
    config = { };
  };
}
`,
    "the host's end alone": `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostAddress = "10.0.0.4";
#                 ^^^^^^^^^^ warning half-address-pair
    config = { };
  };
}
`,
    'half of the IPv6 pair beside a whole one': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostAddress = "10.0.0.4";
    localAddress = "10.0.0.5";
    localAddress6 = "fd00::5";
#                   ^^^^^^^^^ warning half-address-pair
    config = { };
  };
}
`,
  },
  silent: {
    'a prefix that reaches the network on the link': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; localAddress6 = "fd00::5/112"; config = { }; }; }
`,
    'both ends': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config = { }; }; }
`,
    'the other end is in another file': `
#- /a.nix
{ containers.a = { privateNetwork = true; localAddress = "10.0.0.5"; config = { }; }; }
#- /network.nix
{ containers.a.hostAddress = "10.0.0.4"; }
`,
    'a bridge': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.0.0.5/24"; config = { }; }; }
`,
    'the guest has its own gateway': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    localAddress = "10.0.0.5";
    config.networking.defaultGateway = { address = "10.0.0.4"; interface = "eth0"; };
  };
}
`,
    'the guest configures its interface': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; config.networking.interfaces.eth0.useDHCP = true; }; }
#- /b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.6"; config.systemd.network.networks.eth0.address = [ "10.0.0.7/24" ]; }; }
`,
    'the other end comes from a helper outside': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; localAddress = "10.0.0.5"; config = { }; } // inputs.helpers.link "a";
}
`,
    'the other end depends on something unknown': `
#- /a.nix
{ inputs, lib, ... }: {
  containers.a = { privateNetwork = true; localAddress = "10.0.0.5"; config = { }; hostAddress = lib.mkIf inputs.x.y "10.0.0.4"; };
}
`,
    'without private network it has no effect anyway': `
#- /a.nix
{ containers.a = { localAddress = "10.0.0.5"; config = { }; }; }
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; localAddress = "10.0.0.5"; config = { }; }; }
`,
  },
  mends: {
    'with the neighbour that pairs have here': {
      fixture: `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    localAddress = "10.0.0.5"; # the guest
    config = { };
  };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
}
`,
      fix: /hostAddress = "10\.0\.0\.4"/,
      leaves: ['# the guest', '    hostAddress = "10.0.0.4";'],
    },
    'with the address that all share': {
      fixture: `
#- /a.nix
{
  containers.a = { privateNetwork = true; localAddress = "10.0.0.5"; config = { }; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.3"; config = { }; };
  containers.c = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.4"; config = { }; };
}
`,
      fix: /hostAddress = "10\.0\.0\.1"/,
      leaves: ['localAddress = "10.0.0.5"; hostAddress = "10.0.0.1";'],
    },
    'of a container that is written path by path': {
      fixture: `
#- /a.nix
{
  containers.a.privateNetwork = true;
  containers.a.hostAddress = "10.0.0.4";
  containers.a.config = { };
}
`,
      fix: /localAddress = "10\.0\.0\.5"/,
      leaves: ['  containers.a.localAddress = "10.0.0.5";'],
    },
  },
});
