import { testRule } from '../../../test/engine/rule-suite';
import { loopbackDns } from './loopback-dns';

const GUEST = 'hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config.services.nginx.enable = true;';

testRule(loopbackDns, {
  finds: {
    'resolved on the host': `
#- /network.nix
{ services.resolved.enable = true; }
#- /a.nix
{
  containers.a = { privateNetwork = true; ${GUEST} };
#                                   ^^^^ warning loopback-dns
}
`,
    'a name server on the loopback': `
#- /network.nix
{ networking = { useDHCP = false; nameservers = [ "127.0.0.1" ]; }; }
#- /a.nix
{
  containers.a = { privateNetwork = true; ${GUEST} };
#                                   ^^^^ warning loopback-dns
}
`,
  },
  silent: {
    "a name server that guests reach: the host's address": `
#- /network.nix
{ lib, ... }: { services.resolved.enable = lib.mkForce false; networking = { useDHCP = false; nameservers = [ "192.168.1.20" ]; }; }
#- /a.nix
{ containers.a = { privateNetwork = true; ${GUEST} }; }
`,
    'the guest resolves by itself': `
#- /network.nix
{ services.resolved.enable = true; }
#- /a.nix
{
  containers.a = { privateNetwork = true; config = { networking.useHostResolvConf = false; services.resolved.enable = true; }; };
  containers.b = { privateNetwork = true; config.environment.etc."resolv.conf".text = "nameserver 9.9.9.9"; };
  containers.c = { privateNetwork = true; copyResolvConf = false; config = { }; };
}
`,
    'the network of the host, and a DHCP server that may name another': `
#- /network.nix
{ networking.nameservers = [ "127.0.0.1" "9.9.9.9" ]; }
#- /a.nix
{ containers.a.config = { }; containers.b = { privateNetwork = true; ${GUEST} }; }
`,
    'a host that is not all known': `
#- /network.nix
{ imports = [ <router/module.nix> ]; services.resolved.enable = true; }
#- /a.nix
{ containers.b = { privateNetwork = true; ${GUEST} }; }
`,
  },
  mends: {
    'by a resolver in the guest': {
      fixture: `
#- /a.nix
{
  services.resolved.enable = true;
  containers.a = {
    privateNetwork = true;
    config = {
      system.stateVersion = "25.11";
    };
  };
}
`,
      fix: /in the guest/,
      leaves: ['      networking.useHostResolvConf = false;', '      services.resolved.enable = true;'],
    },
  },
});
