import { testRule } from '../../../test/engine/rule-suite';
import { forwardPortsIneffective } from './forward-ports-ineffective';

testRule(forwardPortsIneffective, {
  finds: {
    'a protocol in capitals, and an unknown one': `
#- /a.nix
{
  containers.a = { privateNetwork = true; localAddress = "10.0.0.2"; config = { };
    forwardPorts = [
      { hostPort = 7070; protocol = "TCP"; }
#                                   ^^^^^ error forward-ports-ineffective
      { hostPort = 7071; protocol = "sctp"; }
#                                   ^^^^^^ error forward-ports-ineffective
    ];
  };
}
`,
    'no port of the host': `
#- /a.nix
{
  containers.a = { privateNetwork = true; localAddress = "10.0.0.2"; config = { };
    forwardPorts = [
      { containerPort = 80; }
#     ^^^^^^^^^^^^^^^^^^^^^^^ error forward-ports-ineffective
    ];
  };
}
`,
  },
  silent: {
    'tcp, udp, and the default': `
#- /a.nix
{ containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = 1; } { hostPort = 2; protocol = "udp"; } { hostPort = 3; protocol = "tcp"; } ]; config = { }; }; }
`,
    'what is not known, and what has no effect anyway': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = inputs.a; protocol = inputs.b; } ] ++ inputs.c; config = { }; };
  containers.b = { forwardPorts = [ { hostPort = 1; protocol = "TCP"; } ]; config = { }; };
}
`,
  },
  mends: {
    'in small letters': {
      fixture: `
#- /a.nix
{ containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = 1; protocol = "UDP"; } ]; config = { }; }; }
`,
      fix: /Write "udp"/,
      leaves: ['protocol = "udp";'],
    },
  },
});
