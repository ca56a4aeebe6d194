import { testRule } from '../../../test/engine/rule-suite';
import { duplicateForwardedPort } from './duplicate-forwarded-port';

testRule(duplicateForwardedPort, {
  finds: {
    'two containers, one with the default protocol': `
#- /a.nix
{
  containers.a = { privateNetwork = true; localAddress = "10.0.0.2"; config = { };
    forwardPorts = [ { hostPort = 8080; containerPort = 80; } ];
#                                 ^^^^ error duplicate-forwarded-port
  };
}
#- /b.nix
{
  containers.b = { privateNetwork = true; localAddress = "10.0.0.3"; config = { };
    forwardPorts = [ { protocol = "tcp"; hostPort = 8080; } ];
#                                                   ^^^^ error duplicate-forwarded-port
  };
}
`,
  },
  silent: {
    'other protocols, other ports': `
#- /a.nix
{
  containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = 53; } { protocol = "udp"; hostPort = 53; } ]; config = { }; };
  containers.b = { privateNetwork = true; forwardPorts = [ { hostPort = 54; } ]; config = { }; };
}
`,
    'without private network, and on another host': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
    nixosConfigurations.two = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; };
  };
}
#- /a.nix
{
  containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = 53; } ]; config = { }; };
  containers.c = { forwardPorts = [ { hostPort = 53; } ]; config = { }; };
}
#- /b.nix
{ containers.b = { privateNetwork = true; forwardPorts = [ { hostPort = 53; } ]; config = { }; }; }
`,
    'ports that are not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; forwardPorts = [ { hostPort = inputs.x; } ]; config = { }; };
  containers.b = { privateNetwork = true; forwardPorts = [ { hostPort = inputs.x; } ]; config = { }; };
}
`,
  },
});
