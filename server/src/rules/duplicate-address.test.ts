import { testRule } from '../../../test/engine/rule-suite';
import { duplicateAddress } from './duplicate-address';

testRule(duplicateAddress, {
  finds: {
    'two containers in two files': `
#- /containers/web.nix
{ ... }: {
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
#                                                                                    ^^^^^^^^^^ error duplicate-address
}
#- /containers/db.nix
{ ... }: {
  containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; };
#                                                                                   ^^^^^^^^^^ error duplicate-address
}
`,
    'addresses that are put together, and one behind a let': `
#- /containers/web.nix
{ lib, ... }: let prefix = "10.0.0"; in {
  containers.web = {
    privateNetwork = true;
    hostAddress = "\${prefix}.1";
    localAddress = "\${prefix}.\${toString 2}";
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^ error duplicate-address
  };
}
#- /containers/db.nix
let address = "10.0.0.2"; in {
  containers.db = {
    privateNetwork = true;
    hostAddress = "10.0.0.3";
    localAddress = address;
#                  ^^^^^^^ error duplicate-address
  };
}
`,
    'IPv6 in two spellings': `
#- /containers/a.nix
{
  containers.a = {
    privateNetwork = true;
    localAddress6 = "fd00::0:5";
#                   ^^^^^^^^^^^ error duplicate-address
  };
}
#- /containers/b.nix
{
  containers.b = {
    privateNetwork = true;
    localAddress6 = "fd00:0:0::5";
#                   ^^^^^^^^^^^^^ error duplicate-address
  };
}
`,
    'extra links on one bridge': `
#- /containers/a.nix
{
  containers.a.extraVeths.lan-a = {
    hostBridge = "br0";
    localAddress = "172.16.0.9/24";
#                  ^^^^^^^^^^^^^^^ error duplicate-address
  };
  containers.b.extraVeths.lan-b = {
    hostBridge = "br0";
    localAddress = "172.16.0.9/24";
#                  ^^^^^^^^^^^^^^^ error duplicate-address
  };
}
`,
    "a guest's own address on the bridge, and hardware addresses": `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "192.168.7.30/24";
#                  ^^^^^^^^^^^^^^^^^ error duplicate-address
    localMacAddress = "02:00:00:00:00:0A";
#                     ^^^^^^^^^^^^^^^^^^^ error duplicate-address
    config = { };
  };
  containers.b = {
    privateNetwork = true;
    hostBridge = "br0";
    localMacAddress = "02:00:00:00:00:0a";
#                     ^^^^^^^^^^^^^^^^^^^ error duplicate-address
    config.networking.interfaces.eth0.ipv4.addresses = [ { address = "192.168.7.30"; prefixLength = 24; } ];
#                                                                    ^^^^^^^^^^^^^^ error duplicate-address
  };
  containers.c = {
    privateNetwork = true;
    hostBridge = "br0";
    config.systemd.network.networks.lan = {
      matchConfig.Name = "eth0";
      address = [ "192.168.7.30/24" ];
#                 ^^^^^^^^^^^^^^^^^ error duplicate-address
    };
  };
}
`,
    'a whole pair twice, after a copy': `
#- /bot.nix
{ lib, config, ... }: {
  options.lab.bot.enable = lib.mkEnableOption "bot" // { default = true; };
  config = lib.mkIf config.lab.bot.enable {
    containers.bot = {
      privateNetwork = true;
      hostAddress = "192.168.103.10";
      localAddress = "192.168.103.11";
#                    ^^^^^^^^^^^^^^^^ error duplicate-address
      config = { };
    };
  };
}
#- /pages.nix
{
  containers.pages = {
    privateNetwork = true;
    hostAddress = "192.168.103.10";
    localAddress = "192.168.103.11";
#                  ^^^^^^^^^^^^^^^^ error duplicate-address
    config = { };
  };
}
`,
    'one name in a let of each file': `
#- /photos.nix
let containerAddress = "10.0.0.4"; in {
  containers.photos = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = containerAddress;
#                  ^^^^^^^^^^^^^^^^ error duplicate-address
    config = { };
  };
}
#- /maps.nix
let containerAddress = "10.0.0.4"; in {
  containers.maps = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = containerAddress;
#                  ^^^^^^^^^^^^^^^^ error duplicate-address
    config = { };
  };
}
`,
    'what a module whose import is commented out would clash with': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
        ./containers/new.nix
        # ./containers/old.nix
      ];
    };
  };
}
#- /containers/new.nix
{ containers.new = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/old.nix
{ containers.old = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#                                                                                    ^^^^^^^^^^ hint duplicate-address
`,
    'what a container that an option switches off would clash with': `
#- /containers/a.nix
{ lib, config, ... }: {
  options.my.a.enable = lib.mkEnableOption "a";
  config = lib.mkIf config.my.a.enable {
    containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
#                                                                                    ^^^^^^^^^^ hint duplicate-address
  };
}
#- /containers/b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
`,
    'two that are still to be imported': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers/web.nix ]; };
  };
}
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/graphs.nix
{ containers.graphs = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#                                                                                       ^^^^^^^^^^ hint duplicate-address
#- /containers/metrics.nix
{ containers.metrics = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#                                                                                        ^^^^^^^^^^ hint duplicate-address
`,
    'one that is neither imported nor switched on': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./services/bot/default.nix ]; };
  };
}
#- /services/bot/default.nix
{ containers.bot = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /services/login/default.nix
{ config, lib, ... }: {
  options.homelab.login.enable = lib.mkEnableOption "login";
  config = lib.mkIf config.homelab.login.enable {
    containers.login = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
#                                                                                        ^^^^^^^^^^ hint duplicate-address
  };
}
`,
  },
  silent: {
    "the same container says it twice, and a guest's address on another bridge": `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "192.168.7.30/24";
    localMacAddress = "02:00:00:00:00:0a";
    config.networking.interfaces.eth0.ipv4.addresses = [ { address = "192.168.7.30"; prefixLength = 24; } ];
  };
  containers.b = {
    privateNetwork = true;
    hostBridge = "br1";
    localMacAddress = "02:00:00:00:00:0a";
    config.networking.interfaces.eth0.ipv4.addresses = [ { address = "192.168.7.30"; prefixLength = 24; } ];
  };
}
`,
    'different addresses': `
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.4"; }; }
`,
    'one address on two hosts': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
    nixosConfigurations.two = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; };
  };
}
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
`,
    'a disabled container of the same name, and those that never run together': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [
      ./containers/new.nix
      # ./containers/dhcp.nix
      # ./containers/leases.nix
    ]; };
  };
}
#- /containers/new.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/old.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/dhcp.nix
{ containers.dhcp = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /containers/leases.nix
{ containers.leases = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /containers/other-leases.nix
{ containers.leases = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.7"; }; }
#- /containers/third-leases.nix
{ containers.leases = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.7"; }; }
#- /containers/_template.nix
{ containers.template = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9"; }; }
#- /containers/next.nix
{ containers.next = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9"; }; }
#- /unused/a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.10"; localAddress = "10.0.0.11"; }; }
#- /unused/b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.10"; localAddress = "10.0.0.11"; }; }
`,
    'containers of one module that nobody imports, and of modules that are used by other means': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers/new.nix ]; };
    nixosModules = { graphs = ./containers/graphs.nix; metrics = ./containers/metrics.nix; };
  };
}
#- /containers/new.nix
{ containers.web.autoStart = true; }
#- /containers/both.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };
}
#- /containers/graphs.nix
{ containers.graphs = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /containers/metrics.nix
{ containers.metrics = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
`,
    'an address without private network has no effect': `
#- /containers/a.nix
{ containers.a = { localAddress = "10.0.0.2"; }; }
#- /containers/b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
`,
    'one value inherited from a let is one definition': `
#- /containers/a.nix
let hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; in {
  containers.a = { privateNetwork = true; inherit hostAddress localAddress; };
}
`,
    'equal addresses on different bridges': `
#- /containers/a.nix
{
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.0.0.2/24"; };
  containers.b = { privateNetwork = true; hostBridge = "br1"; localAddress = "10.0.0.2/24"; };
}
`,
    'an address that comes from outside': `
#- /containers/a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = inputs.network.address; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = inputs.network.address; };
}
`,
    'mkForce moves one of them away': `
#- /containers/a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; }; }
#- /containers/b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; }; }
#- /overrides.nix
{ lib, ... }: { containers.b.localAddress = lib.mkForce "10.0.0.4"; }
`,
  },
  mends: {
    'the whole pair, free in this homelab': {
      fixture: `
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; }; }
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.3"; }; }
`,
      fix: /next free pair 10\.0\.0\.6 \/ 10\.0\.0\.7/,
      leaves: ['hostAddress = "10.0.0.6"; localAddress = "10.0.0.7"'],
    },
    'the address alone where the host end is shared': {
      fixture: `
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostAddress = "192.168.100.1"; localAddress = "192.168.100.10"; };
  containers.db = { privateNetwork = true; hostAddress = "192.168.100.1"; localAddress = "192.168.100.10"; };
}
`,
      fix: /next free address 192\.168\.100\.2$/,
      leaves: ['hostAddress = "192.168.100.1"; localAddress = "192.168.100.2"'],
    },
    'an IPv6 pair as far apart, neither end taken': {
      fixture: `
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress6 = "fd00::1"; localAddress6 = "fd00::2"; }; }
#- /containers/spare.nix
{ containers.spare = { privateNetwork = true; hostAddress6 = "fd00::3"; localAddress6 = "fd00::0004"; }; }
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress6 = "fd00::0:1"; localAddress6 = "fd00::0:2"; }; }
`,
      fix: /next free address fd00::5$/,
      leaves: ['hostAddress6 = "fd00::0:1"; localAddress6 = "fd00::5"'],
    },
    'an IPv6 pair with a host end of its own': {
      fixture: `
#- /containers/web.nix
{ containers.web = { privateNetwork = true; hostAddress6 = "fd00::1"; localAddress6 = "fd00::2"; }; }
#- /containers/spare.nix
{ containers.spare = { privateNetwork = true; hostAddress6 = "fd00::5"; localAddress6 = "fd00::6"; }; }
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress6 = "fd00::3"; localAddress6 = "fd00::2"; }; }
`,
      fix: /next free pair fd00::8 \/ fd00::7$/,
      leaves: ['hostAddress6 = "fd00::8"; localAddress6 = "fd00::7"'],
    },
  },
  says: {
    'an IPv6 address that is free beside one that is not': {
      fixture: `
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; localAddress6 = "fd00::2"; };
  containers.db = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; localAddress6 = "fd00::2"; };
}
`,
      message: /^fd00::2 is already the localAddress6 of web \(.*\)\. Next free address: fd00::3\.$/m,
    },
    'no IPv4 pair where a guest gives itself an IPv6 address': {
      fixture: `
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostBridge = "br0"; config.networking.interfaces.eth0.ipv6.addresses = [ { address = "fd00::2"; prefixLength = 64; } ]; };
  containers.db = { privateNetwork = true; hostBridge = "br0"; localAddress6 = "fd00::2/64"; };
}
`,
      message: /^fd00::2 is already the localAddress6 of db \(.*\)\. Give it another address\.$/m,
    },
    'that neither of two is imported': {
      fixture: `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./containers/web.nix ]; };
  };
}
#- /containers/web.nix
{ containers.web.autoStart = true; }
#- /containers/graphs.nix
{ containers.graphs = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /containers/metrics.nix
{ containers.metrics = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
`,
      message:
        /^10\.0\.0\.5 is the localAddress of metrics \(containers\/metrics\.nix:1\) too: graphs would clash with it if both were imported\. Now no host imports either\./,
    },
    'whose address it is, where it stands, and what is free': {
      fixture: `
#- /containers/web.nix
{
  containers.web = { privateNetwork = true; hostAddress = "10.10.10.4"; localAddress = "10.10.10.5"; };
}
#- /containers/db.nix
{ containers.db = { privateNetwork = true; hostAddress = "10.10.10.6"; localAddress = "10.10.10.5"; }; }
`,
      message:
        /^10\.10\.10\.5 is already the localAddress of web \(containers\/web\.nix:2\)\. Next free pair: 10\.10\.10\.2 \/ 10\.10\.10\.3\.$/m,
    },
    'that a disabled container keeps its addresses': {
      fixture: `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ./b.nix ]; };
  };
}
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; }; }
#- /b.nix
{ containers.b = { privateNetwork = true; hostAddress = "10.0.0.6"; localAddress = "10.0.0.5"; }; }
#- /off.nix
{ containers.off = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; }; }
`,
      message: /Next free pair: 10\.0\.0\.8 \/ 10\.0\.0\.9\./,
    },
  },
});
