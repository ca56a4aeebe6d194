import { testRule } from '../../../test/engine/rule-suite';
import { networkNamespaceConflict } from './network-namespace-conflict';

testRule(networkNamespaceConflict, {
  finds: {
    'a private network, and moved interfaces': `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    networkNamespace = "/run/netns/vpn";
#                      ^^^^^^^^^^^^^^^^ error network-namespace-conflict
    config = { };
  };
  containers.b = {
    interfaces = [ "enp5s0" ];
    networkNamespace = "/run/netns/vpn";
#                      ^^^^^^^^^^^^^^^^ error network-namespace-conflict
    config = { };
  };
}
`,
  },
  silent: {
    'each alone, and what is not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { networkNamespace = "/run/netns/vpn"; config = { }; };
  containers.b = { networkNamespace = "/run/netns/vpn"; privateNetwork = false; interfaces = [ ]; config = { }; };
  containers.c = { privateNetwork = true; interfaces = [ "enp5s0" ]; config = { }; };
  containers.d = { networkNamespace = "/run/netns/vpn"; privateNetwork = inputs.x; config = { }; };
  containers.e = { networkNamespace = null; privateNetwork = true; config = { }; };
}
`,
  },
  mends: {
    'by leaving the private network out': {
      fixture: `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
    networkNamespace = "/run/netns/vpn";
    config = { };
  };
}
`,
      fix: /Remove privateNetwork/,
      leaves: ['networkNamespace = "/run/netns/vpn";'],
    },
  },
});
