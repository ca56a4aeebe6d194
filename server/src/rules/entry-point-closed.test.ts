import { testRule } from '../../../test/engine/rule-suite';
import { entryPointClosed } from './entry-point-closed';

const route = (entryPoint: string): string => `
#- /traefik.nix
{
  containers.traefik = {
    autoStart = true;
    config.services.traefik = {
      enable = true;
      staticConfigOptions.entryPoints.web.address = ":80";
      staticConfigOptions.entryPoints.websecure.address = ":443";
#                                                         ^^^^^^ warning entry-point-closed
      dynamicConfigOptions.http.routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; entryPoints = [ "${entryPoint}" ]; };
      dynamicConfigOptions.http.services.web.loadBalancer.servers = [ { url = "http://127.0.0.1:8080"; } ];
    };
  };
}`;

testRule(entryPointClosed, {
  finds: {
    'a port that the host does not let in': `${route('websecure')}
#- /network.nix
{ networking.firewall.allowedTCPPorts = [ 22 80 ]; }
`,
  },
  silent: {
    'open, within a range, or without a firewall': `${route('websecure')}
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { networking.firewall.allowedTCPPorts = [ 443 ]; } ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { networking.firewall.allowedTCPPortRanges = [ { from = 400; to = 500; } ]; } ]; };
    nixosConfigurations.c = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { networking.firewall.enable = false; } ]; };
  };
}
`,
    'no route uses it': `${route('web')}
#- /network.nix
{ networking.firewall.allowedTCPPorts = [ 80 ]; }
`,
    'a tunnel, a rule for an interface, and ports that are not all known': `${route('websecure')}
#- /flake.nix
{
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { services.tailscale.enable = true; } ]; };
    nixosConfigurations.b = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { networking.firewall.interfaces.wg0.allowedTCPPorts = [ 443 ]; } ]; };
    nixosConfigurations.c = nixpkgs.lib.nixosSystem { modules = [ ./traefik.nix { networking.firewall.allowedTCPPorts = inputs.ports; } ]; };
  };
}
`,
  },
  mends: {
    'by opening it': {
      fixture: `${route('websecure')}
#- /network.nix
{ networking.firewall.allowedTCPPorts = [ 22 80 ]; }
`,
      fix: /Open 443/,
      leaves: ['[ 22 80 443 ]'],
    },
  },
});
