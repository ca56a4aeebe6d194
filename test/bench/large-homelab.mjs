/**
 * The files of a homelab with many containers, in the two-part pattern: what the benchmarks read.
 * @param {number} count how many container modules; at most 32,000
 * @returns {Map<string, string>} text by path relative to the homelab
 */
export function largeHomelab(count) {
  const files = new Map();
  const names = Array.from({ length: count }, (_, index) => `service${index}`);
  files.set('flake.nix', flake(names));
  files.set('modules/network.nix', NETWORK);
  files.set('containers/traefik.nix', TRAEFIK);
  names.forEach((name, index) => files.set(`containers/${name}.nix`, container(name, index)));
  return files;
}

function flake(names) {
  return `{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";

  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; domain = "example.org"; };
      modules = [
        ./modules/network.nix
        ./containers/traefik.nix
${names.map((name) => `        ./containers/${name}.nix`).join('\n')}
      ];
    };
  };
}
`;
}

const NETWORK = `{
  networking = {
    interfaces.eno1.ipv4.addresses = [ { address = "192.168.1.20"; prefixLength = 24; } ];
    nat = { enable = true; externalInterface = "eno1"; internalInterfaces = [ "ve-+" ]; };
    firewall.allowedTCPPorts = [ 80 443 ];
  };
}
`;

const TRAEFIK = `{ ... }: {
  containers.traefik = {
    autoStart = true;
    config = {
      system.stateVersion = "25.11";
      services.traefik = {
        enable = true;
        staticConfigOptions.entryPoints = {
          web.address = ":80";
          websecure = { address = ":443"; asDefault = true; http.tls.certResolver = "example"; };
        };
        staticConfigOptions.certificatesResolvers.example.acme = {
          email = "admin@example.org";
          storage = "/var/lib/traefik/acme.json";
          httpChallenge.entryPoint = "web";
        };
      };
    };
  };
}
`;

function container(name, index) {
  const low = 2 + index * 2;
  const address = (number) =>
    `10.${20 + Math.floor(number / 65536)}.${Math.floor(number / 256) % 256}.${number % 256}`;
  const port = 2000 + index;
  return `{ config, domain, lib, ... }: {

  # Traefik
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.${name}.loadBalancer.servers = [{
      url = "http://\${config.containers.${name}.localAddress}:\${toString config.containers.${name}.config.services.${name}.port}";
    }];

    routers.${name} = {
      rule = "Host(\`${name}.\${domain}\`)";
      service = "${name}";
      entryPoints = [ "websecure" ];
    };
  };

  # Container
  containers.${name} = {
    autoStart = true;
    privateUsers = "pick";

    privateNetwork = true;
    hostAddress = "${address(low)}";
    localAddress = "${address(low + 1)}";

    config = { config, pkgs, ... }: {
      system.stateVersion = "25.11";

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ config.services.${name}.port ];
      };

      services.${name} = {
        enable = true;
        port = ${port};
        package = pkgs.${name};
        settings = {
          url = "https://${name}.\${domain}";
          workers = lib.mkDefault 4;
          plugins = map (plugin: { inherit plugin; enable = true; }) [ "search" "backup" "metrics" ];
        };
      };
    };
  };
}
`;
}
