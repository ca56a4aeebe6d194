import { testRule } from '../../../test/engine/rule-suite';
import { backendToDisabledContainer } from './backend-to-disabled-container';

/** A host that imports a proxy, and, commented out, a container. */
const homelab = (proxy: string, imports = '# ./git.nix', more = ''): string => `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.lab = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = [
        ./proxy.nix
        ./web.nix
        ${imports}
      ];
    };${more}
  };
}
#- /proxy.nix
{ config, inputs, lib, ... }: {
  ${proxy}
}
#- /web.nix
{ containers.web = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.3.30/24"; config = { }; }; }
#- /git.nix
{ containers.git = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.3.31/24"; config.services.gitea.enable = true; }; }
`;
const tunnel = (url: string): string => `services.cloudflared = { enable = true; tunnels.lab.ingress = {
    "git.example.org" = ${url}
  }; };`;

testRule(backendToDisabledContainer, {
  finds: {
    cloudflared: homelab(
      tunnel(`"http://192.168.3.31:3000";
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
`),
    ),
    nginx: homelab(`services.nginx = { enable = true; virtualHosts."git.example.org".locations."/" = {
    proxyPass = "http://192.168.3.31:3000/";
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
  }; };`),
    Caddy: homelab(`services.caddy = { enable = true; virtualHosts."git.example.org" = {
    extraConfig = "reverse_proxy 192.168.3.31:3000";
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
  }; };`),
    Traefik: homelab(`services.traefik.dynamicConfigOptions.http = {
    routers.git = { rule = "Host(\`git.example.org\`)"; service = "git"; };
    services.git.loadBalancer.servers = [ {
    url = "http://192.168.3.31:3000";
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
    } ];
  };`),
    'the address comes from a constant': `${homelab(
      tunnel(`"http://\${(import ./addresses.nix).git}:3000";
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
`),
    )}
#- /addresses.nix
{ git = "192.168.3.31"; }
`,
    'it is switched off by an option': homelab(
      `options.git.enable = lib.mkEnableOption "git";
  config.containers.git = lib.mkIf config.git.enable { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };
  config.services.nginx = { enable = true; virtualHosts."git.example.org".locations."/" = {
    proxyPass = "http://10.0.0.3:3000";
#               ^^^^^^^^^^^^^^^^^^^^^^ warning backend-to-disabled-container
  }; };`,
      '',
    ),
  },
  silent: {
    'it is imported': homelab(tunnel('"http://192.168.3.31:3000";'), './git.nix'),
    'another container has the address': homelab(
      tunnel('"http://192.168.3.31:3000";'),
      '{ containers.forge = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.3.31/24"; config = { }; }; }',
    ),
    'the host has the address': homelab(
      `networking.interfaces.br0.ipv4.addresses = [ { address = "192.168.3.31"; prefixLength = 24; } ]; ${tunnel('"http://192.168.3.31:3000";')}`,
    ),
    'a container on another host has the address': homelab(
      tunnel('"http://192.168.3.31:3000";'),
      '# ./git.nix',
      `
    nixosConfigurations.other = nixpkgs.lib.nixosSystem {
      modules = [ { containers.forge = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.3.31/24"; config = { }; }; } ];
    };`,
    ),
    'another host has the address': homelab(
      tunnel('"http://192.168.3.31:3000";'),
      '# ./git.nix',
      `
    nixosConfigurations.other = nixpkgs.lib.nixosSystem {
      modules = [ { networking.interfaces.eth0.ipv4.addresses = [ { address = "192.168.3.31"; prefixLength = 24; } ]; } ];
    };`,
    ),
    'the address of a machine that is no container': homelab(tunnel('"http://192.168.3.40:3000";')),
    'a name': homelab(tunnel('"http://git:3000";')),
    'the address is not known': homelab(tunnel('"http://${inputs.address}:3000";')),
    'not all modules are known': homelab(tunnel('"http://192.168.3.31:3000";'), '] ++ inputs.modules ++ ['),
    'a reference, which does not evaluate': homelab(
      tunnel('"http://${config.containers.git.localAddress}:3000";'),
    ),
    'the route is switched off with it': homelab(
      `services.nginx = { enable = true; virtualHosts."git.example.org" = lib.mkIf false { locations."/".proxyPass = "http://192.168.3.31:3000"; }; };`,
    ),
  },
  mends: {
    'by importing it again': {
      fixture: homelab(tunnel('"http://192.168.3.31:3000";')),
      fix: /^Import git\.nix again$/,
      leaves: ['        ./git.nix'],
    },
  },
  says: {
    'where it is, and why it does not run': {
      fixture: homelab(tunnel('"http://192.168.3.31:3000";')),
      message:
        /^git\.example\.org reaches nothing: 192\.168\.3\.31 is the address of git \(git\.nix:1\), which does not run: its import is commented out in flake\.nix:9\. Remove the route, or let the container run again\.$/,
    },
  },
});
