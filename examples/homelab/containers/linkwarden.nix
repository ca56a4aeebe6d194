# Disabled: its import in flake.nix is commented out.
{ inputs, domain, config, ... }:
let
  address = config.containers.linkwarden.localAddress;
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.linkwarden.loadBalancer.servers = [{
      url = "http://${address}:${toString config.containers.linkwarden.config.services.linkwarden.port}";
    }];

    routers.linkwarden = {
      rule = "Host(`links.${domain}`)";
      service = "linkwarden";
      entrypoints = [ "websecure" ];
      middlewares = [ "authelia" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.linkwarden = {
    autoStart = true;
    bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;

    privateNetwork = true;
    hostAddress = "10.10.10.10";
    localAddress = "10.10.10.11";

    timeoutStartSec = "10min";

    config = { config, ... }: {

      imports = [ inputs.agenix.nixosModules.default ];

      age = {
        identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
        # NEXTAUTH_SECRET=…
        secrets.linkwarden_env.file = ../secrets/linkwarden_env.age;
      };

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 3000 ];
      };

      services.linkwarden = {
        enable = true;
        host = address;
        port = 3000;
        secretsFile = config.age.secrets.linkwarden_env.path;
        environment.NEXTAUTH_URL = "https://links.${domain}/api/v1/auth";
      };

      system.stateVersion = "25.11";
    };
  };
}
