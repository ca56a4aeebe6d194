/** For tests only: homelabs that are written in different ways. */

const TRAEFIK = `{ ... }:
{
  containers.traefik = {
    autoStart = true;
    privateNetwork = false;
    config.services.traefik = {
      enable = true;
      staticConfigOptions.entryPoints = { web.address = ":80"; websecure.address = ":443"; };
    };
  };
}
`;

const flake = (modules: string, special = ''): string => `#- /flake.nix
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
  outputs = { self, nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      specialArgs = { ${special} };
      modules = ${modules};
    };
  };
}
`;

/** Homelabs by what is special about them. */
export const HOMELABS: Readonly<Record<string, string>> = {
  'Traefik on the host, and nixfmt': `${flake(
    `[
        ./hosts/homelab.nix
        ./containers
      ]`,
    'constants = { domain = "example.org"; };',
  )}
#- /hosts/homelab.nix
{
  services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.https.address = ":443";
    dynamicConfigOptions.http.middlewares.sso.forwardAuth.address = "http://10.0.5.2:9091/api/authz/forward-auth";
  };
}
#- /containers/default.nix
{
  imports = [
    ./authelia.nix
    ./gitea.nix
    ./web.nix
  ];
}
#- /containers/authelia.nix
{
  containers.authelia = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.5.1";
    localAddress = "10.0.5.2";
    config = {
      networking.firewall.allowedTCPPorts = [ 9091 ];
      services.authelia.instances.main.enable = true;
      system.stateVersion = "24.05";
    };
  };
}
#- /containers/gitea.nix
{
  config,
  constants,
  ...
}:
{
  services.traefik.dynamicConfigOptions.http = {
    routers.gitea = {
      rule = "Host(\`git.\${constants.domain}\`)";
      service = "gitea";
      entryPoints = [ "https" ];
      tls.certResolver = "letsencrypt";
    };
    services.gitea.loadBalancer.servers = [
      { url = "http://\${config.containers.gitea.localAddress}:3000"; }
    ];
  };

  containers.gitea = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.5.1";
    localAddress = "10.0.5.3";
    config = {
      networking.firewall.allowedTCPPorts = [ 3000 ];
      services.gitea = {
        enable = true;
        settings.server.HTTP_PORT = 3000;
      };
      system.stateVersion = "24.05";
    };
  };
}
#- /containers/web.nix
{
  config,
  constants,
  ...
}:
{
  services.traefik.dynamicConfigOptions.http = {
    routers.web = {
      rule = "Host(\`web.\${constants.domain}\`)";
      service = "web";
      entryPoints = [ "https" ];
      middlewares = [ "sso" ];
      tls.certResolver = "letsencrypt";
    };
    services.web.loadBalancer.servers = [
      { url = "http://\${config.containers.web.localAddress}:8080"; }
    ];
  };

  containers.web = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.0.5.1";
    localAddress = "10.0.5.4";
    config = {
      networking.firewall.allowedTCPPorts = [ 8080 ];
      system.stateVersion = "24.05";
    };
  };
}
`,
  'a bridge, tabs and written-out domains': `${flake('[ ./traefik.nix ./services/files.nix ./services/git.nix ]')}
#- /traefik.nix
${TRAEFIK}
#- /services/files.nix
{ config, ... }: {
	containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
		services.files.loadbalancer.servers = [{ url = "http://192.168.3.10:80"; }];
		routers.files = { rule = "Host(\`files.home.example.org\`)"; service = "files"; entrypoints = [ "websecure" ]; };
	};
	containers.files = {
		autoStart = true;
		privateNetwork = true;
		hostBridge = "br0";
		localAddress = "192.168.3.10/24";
		config = {
			networking = { defaultGateway = "192.168.3.1"; firewall.allowedTCPPorts = [ 80 ]; };
		};
	};
}
#- /services/git.nix
{ config, ... }: {
	containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
		services.git.loadbalancer.servers = [{ url = "http://192.168.3.2:3000"; }];
		routers.git = { rule = "Host(\`git.home.example.org\`)"; service = "git"; entrypoints = [ "websecure" ]; };
	};
	containers.git = {
		autoStart = true;
		privateNetwork = true;
		hostBridge = "br0";
		localAddress = "192.168.3.2/24";
		config = {
			networking = { defaultGateway = "192.168.3.1"; firewall.allowedTCPPorts = [ 3000 ]; };
		};
	};
}
`,
  'a folder for each container, read by the host': `${flake(
    '[ ./traefik.nix ] ++ map (name: ./apps + "/${name}") (builtins.attrNames (builtins.readDir ./apps))',
    'domain = "example.org";',
  )}
#- /traefik.nix
${TRAEFIK}
#- /apps/web/default.nix
{ config, domain, ... }:
{
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.web = { rule = "Host(\`web.\${domain}\`)"; service = "web"; entryPoints = [ "websecure" ]; };
    services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}:80"; } ];
  };
  containers.web = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.1.0.1";
    localAddress = "10.1.0.2";
    config.networking.firewall.allowedTCPPorts = [ 80 ];
  };
}
`,
  'a Traefik and nothing else': `${flake('[ ./traefik.nix ]', 'domain = "example.org";')}
#- /traefik.nix
${TRAEFIK}`,
  'neither container nor Traefik': `${flake('[ ./configuration.nix ]')}
#- /configuration.nix
{ networking.hostName = "homelab"; }
`,
  'a configuration without a flake': `#- /etc/nixos/configuration.nix
{ config, ... }: {
  imports = [
    ./hardware.nix
    ./containers/web.nix
  ];
  services.traefik = { enable = true; staticConfigOptions.entryPoints.websecure.address = ":443"; };
}
#- /etc/nixos/hardware.nix
{ }
#- /etc/nixos/containers/web.nix
{ config, ... }: {
  services.traefik.dynamicConfigOptions.http = {
    services.web.loadBalancer.servers = [{ url = "http://\${config.containers.web.localAddress}"; }];
    routers.web = { rule = "Host(\`web.example.org\`)"; service = "web"; };
  };
  containers.web = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    config.networking.firewall.allowedTCPPorts = [ 80 ];
  };
}
`,
};
