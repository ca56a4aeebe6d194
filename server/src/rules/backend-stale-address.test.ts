import { testRule } from '../../../test/engine/rule-suite';
import { backendStaleAddress } from './backend-stale-address';

const CONTAINERS = `
#- /web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; }; }
#- /photos.nix
{ containers.photos = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config = { }; }; }
`;
const nginx = (site: string, more = ''): string => `
#- /proxy.nix
{ inputs, ... }: {
  ${more}
  services.nginx = { enable = true; virtualHosts."photos.example.org".locations."/" = {
    proxyPass = ${site}
  }; };
}
`;
const STALE = `"http://10.0.0.9:2283/";
#               ^^^^^^^^^^^^^^^^^^^^^^^ warning backend-stale-address`;

testRule(backendStaleAddress, {
  finds: {
    'an address that is nobody’s': nginx(STALE) + CONTAINERS,
    'in a Traefik of a container': `
#- /traefik.nix
{
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.photos = { rule = "Host(\`photos.example.org\`)"; service = "photos"; };
    services.photos.loadBalancer.servers = [ {
      url = "http://10.0.0.7:2283";
#           ^^^^^^^^^^^^^^^^^^^^^^ warning backend-stale-address
    } ];
  };
}
${CONTAINERS}`,
    'in a tunnel': `
#- /tunnel.nix
{
  services.cloudflared = { enable = true; tunnels.lab.ingress = {
    "photos.example.org" = "http://10.0.0.7:2283";
#                          ^^^^^^^^^^^^^^^^^^^^^^ warning backend-stale-address
  }; };
}
${CONTAINERS}`,
  },
  silent: {
    'the address of a container': nginx('"http://10.0.0.5:2283/";') + CONTAINERS,
    'the address of the host': nginx('"http://10.0.0.4:2283/";') + CONTAINERS,
    'another subnet': nginx('"http://10.0.1.9:2283/";') + CONTAINERS,
    'only one container is in the subnet': `${nginx('"http://10.0.0.9:2283/";')}
#- /web.nix
{ containers.web = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; }; }
`,
    'the containers are on a bridge, where others may be':
      nginx('"http://10.0.0.9:2283/";') +
      CONTAINERS.replaceAll(
        /hostAddress = "10.0.0.\d"; localAddress = "(10.0.0.\d)"/g,
        'hostBridge = "br0"; localAddress = "$1/24"',
      ),
    'one of them is on a bridge':
      nginx('"http://10.0.0.9:2283/";') +
      CONTAINERS.replace('hostAddress = "10.0.0.2";', 'hostBridge = "br0";'),
    'the host is in the subnet':
      nginx(
        '"http://10.0.0.9:2283/";',
        'networking.interfaces.eth0.ipv4.addresses = [ { address = "10.0.0.20"; prefixLength = 24; } ];',
      ) + CONTAINERS,
    'the address is somebody’s':
      nginx(
        '"http://10.0.0.9:2283/";',
        'networking.wireguard.interfaces.wg0.peers = [ { allowedIPs = [ "10.0.0.9/32" ]; } ];',
      ) + CONTAINERS,
    'a disabled container has it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./proxy.nix ./web.nix ./photos.nix ]; }; }; }
${nginx('"http://10.0.0.9:2283/";')}${CONTAINERS}
#- /old.nix
{ containers.old = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9"; config = { }; }; }
`,
    'another host has it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations = {
  lab = nixpkgs.lib.nixosSystem { modules = [ ./proxy.nix ./web.nix ./photos.nix ]; };
  other = nixpkgs.lib.nixosSystem { modules = [ ./other.nix ]; };
}; }; }
${nginx('"http://10.0.0.9:2283/";')}${CONTAINERS}
#- /other.nix
{ containers.old = { privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0." + "9"; config = { }; }; }
`,
    'an address is not known':
      nginx('"http://10.0.0.9:2283/";') +
      CONTAINERS.replace('"10.0.0.5"', 'inputs.address').replace(
        '{ containers.photos',
        '{ inputs, ... }: { containers.photos',
      ),
    'not all containers are known':
      nginx('"http://10.0.0.9:2283/";', 'imports = [ inputs.self.nixosModules.all ];') + CONTAINERS,
    'a computed address': nginx('"http://${inputs.address}:2283/";') + CONTAINERS,
  },
  mends: {
    'by the address of the container that the route is named after': {
      fixture: nginx('"http://10.0.0.9:2283/";') + CONTAINERS,
      fix: /^Write 10\.0\.0\.5$/,
      leaves: ['proxyPass = "http://10.0.0.5:2283/";'],
    },
  },
  says: {
    'which container is meant': {
      fixture: nginx('"http://10.0.0.9:2283/";') + CONTAINERS,
      message:
        /^photos\.example\.org reaches nothing: no container of homelab has 10\.0\.0\.9, and in 10\.0\.0\.0\/24 there are only containers\. photos has 10\.0\.0\.5 \(photos\.nix:1\)\.$/,
    },
  },
});
