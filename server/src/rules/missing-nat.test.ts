import { testRule } from '../../../test/engine/rule-suite';
import { missingNat } from './missing-nat';

const PAIR = 'hostAddress = "10.0.0.2"; localAddress = "10.0.0.3";';

testRule(missingNat, {
  finds: {
    'a guest that the list forgets': `
#- /network.nix
{ networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-a" ]; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; ${PAIR} config = { }; }; }
#- /b.nix
{
  containers.b = {
    privateNetwork = true;
    hostAddress = "10.0.0.4";
#                 ^^^^^^^^^^ warning missing-nat
    localAddress = "10.0.0.5";
    config = { };
  };
}
`,
    'a long name, whose interface is called otherwise': `
#- /network.nix
{ networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-a" "ve-changedetection" ]; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; ${PAIR} config = { }; }; }
#- /b.nix
{
  containers.changedetection = {
    privateNetwork = true;
    hostAddress = "10.0.0.4";
#                 ^^^^^^^^^^ warning missing-nat
    localAddress = "10.0.0.5";
    config = { };
  };
}
`,
    'no NAT at all: worth knowing': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    hostAddress = "10.0.0.2";
#                 ^^^^^^^^^^ information missing-nat
    localAddress = "10.0.0.3";
    config = { };
  };
}
`,
  },
  silent: {
    'a wildcard covers them all': `
#- /a.nix
{
  networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-+" ]; };
  containers.a = { privateNetwork = true; ${PAIR} config = { }; };
}
`,
    'the short name of a long one': `
#- /a.nix
{
  networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-changede2KnI" ]; };
  containers.changedetection = { privateNetwork = true; ${PAIR} config = { }; };
}
`,
    'subnets instead of interfaces': `
#- /a.nix
{
  networking.nat = { enable = true; externalInterface = "eno1"; internalIPs = [ "10.0.0.0/24" ]; };
  containers.a = { privateNetwork = true; ${PAIR} config = { }; };
}
`,
    'rules of its own': `
#- /a.nix
{
  networking.firewall.extraCommands = "iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -j MASQUERADE";
  containers.a = { privateNetwork = true; ${PAIR} config = { }; };
}
`,
    'a bridge, the host network': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "10.0.0.3/24"; config = { }; };
  containers.b.config = { };
}
`,
    'a list that is not all known': `
#- /a.nix
{ inputs, ... }: {
  networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-b" ] ++ inputs.x; };
  containers.a = { privateNetwork = true; ${PAIR} config = { }; };
  containers.b = { privateNetwork = true; ${PAIR} config = { }; };
}
`,
    'a module from outside may translate': `
#- /a.nix
{ imports = [ <router/module.nix> ]; containers.a = { privateNetwork = true; ${PAIR} config = { }; }; }
`,
  },
  mends: {
    'by naming the interface': {
      fixture: `
#- /a.nix
{
  networking.nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-a" ]; };
  containers.a = { privateNetwork = true; ${PAIR} config = { }; };
  containers.changedetection = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config = { }; };
}
`,
      fix: /Add ve-changede2KnI/,
      leaves: ['[ "ve-a" "ve-changede2KnI" ]'],
    },
    'by NAT where the host has its address': {
      fixture: `
#- /network.nix
{
  networking = {
    interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.2"; prefixLength = 24; } ];
  };
}
#- /a.nix
{ containers.a = { privateNetwork = true; ${PAIR} config = { }; }; }
`,
      fix: /on eno1/,
      leaves: ['    nat = { enable = true; internalInterfaces = [ "ve-+" ]; externalInterface = "eno1"; };'],
    },
  },
});
