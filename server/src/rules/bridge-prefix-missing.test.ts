import { testRule } from '../../../test/engine/rule-suite';
import { bridgePrefixMissing } from './bridge-prefix-missing';

testRule(bridgePrefixMissing, {
  finds: {
    'a bare address on a bridge': `
#- /arr.nix
{
  containers.usenet = {
    privateNetwork = true;
    hostBridge = "br-media";
    localAddress = "172.20.0.2";
#                  ^^^^^^^^^^^^ warning bridge-prefix-missing
    config = { };
  };
}
`,
    'one of IPv6, and one of an extra link': `
#- /arr.nix
{
  containers.usenet = {
    privateNetwork = true;
    hostBridge = "br-media";
    localAddress6 = "fd00::2";
#                   ^^^^^^^^^ warning bridge-prefix-missing
    config = { };
  };
  containers.torrents = {
    extraVeths.lan-t = {
      hostBridge = "br-media";
      localAddress = "172.20.0.3";
#                    ^^^^^^^^^^^^ warning bridge-prefix-missing
    };
    config = { };
  };
}
`,
    'an extra link, while the guest configures another interface': `
#- /arr.nix
{
  containers.usenet = {
    privateNetwork = true;
    hostBridge = "br-vpn";
    extraVeths.ve-usenet = {
      hostBridge = "br-media";
      localAddress = "172.20.0.2";
#                    ^^^^^^^^^^^^ warning bridge-prefix-missing
    };
    config = {
      networking.interfaces.eth0.useDHCP = true;
      networking.defaultGateway = { address = "10.0.0.1"; interface = "eth0"; };
    };
  };
}
`,
  },
  silent: {
    'the guest gives an extra link its subnet': `
#- /a.nix
{
  containers.a = {
    extraVeths.lan = { hostBridge = "br0"; localAddress = "172.20.0.2"; };
    config.networking.interfaces.lan.ipv4.addresses = [ { address = "172.20.0.2"; prefixLength = 24; } ];
  };
}
`,
    'the guest configures all interfaces': `
#- /a.nix
{
  containers.a = {
    extraVeths.lan = { hostBridge = "br0"; localAddress = "172.20.0.2"; };
    config.systemd.network.networks.all = { matchConfig.Name = "*"; address = [ "172.20.0.2/24" ]; };
  };
}
`,
    'a prefix': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2/24"; config = { }; }; }
`,
    'no bridge': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "172.20.0.1"; localAddress = "172.20.0.2"; config = { }; }; }
`,
    'no address: the guest asks a DHCP server': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; config.networking.interfaces.eth0.useDHCP = true; }; }
`,
    'the guest gives itself the subnet': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "172.20.0.2";
    config.networking.interfaces.eth0.ipv4.addresses = [ { address = "172.20.0.2"; prefixLength = 24; } ];
  };
}
`,
    'hostAddress is the gateway': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; hostAddress = "172.20.0.1"; localAddress = "172.20.0.2"; config = { }; }; }
`,
    'what the guest is, is not known': `
#- /a.nix
{ inputs, ... }: { containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2"; config = inputs.x; }; }
`,
    'without private network it has no effect': `
#- /a.nix
{ containers.a = { hostBridge = "br0"; localAddress = "172.20.0.2"; config = { }; }; }
`,
    'a module that nobody imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2"; config = { }; }; }
`,
  },
  mends: {
    "with a neighbour's prefix length": {
      fixture: `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2"; config = { }; };
  containers.b = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.3/22"; config = { }; };
}
`,
      fix: /Write "172\.20\.0\.2\/22"/,
      leaves: ['localAddress = "172.20.0.2/22"'],
    },
    "with the length that the host's own address has": {
      fixture: `
#- /a.nix
{
  networking.interfaces.br0.ipv4.addresses = [ { address = "172.20.0.1"; prefixLength = 20; } ];
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2"; config = { }; };
}
`,
      fix: /Write/,
      leaves: ['localAddress = "172.20.0.2/20"'],
    },
  },
  says: {
    'whose prefix to take': {
      fixture: `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.2"; config = { }; };
  containers.b = { privateNetwork = true; hostBridge = "br0"; localAddress = "172.20.0.3/22"; config = { }; };
}
`,
      message:
        /counts as \/32: on bridge br0 a finds no neighbour\. Write "172\.20\.0\.2\/22", as b has it \(a\.nix:3\)\./,
    },
  },
});
