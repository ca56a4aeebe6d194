{ inputs, domain, config, ... }:
let
  # `config` inside the guest is the guest's.
  address = config.containers.opencloud.localAddress;
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.opencloud.loadBalancer.servers = [{
      url = "http://${address}:9200";
    }];

    # Without Authelia: the desktop clients bring OpenCloud's own login.
    routers.opencloud = {
      rule = "Host(`cloud.${domain}`)";
      service = "opencloud";
      entryPoints = [ "websecure" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.opencloud = {
    autoStart = true;
    bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;

    privateNetwork = true;
    hostAddress = "10.10.10.100";
    localAddress = "10.10.10.101";

    config = { config, pkgs, ... }: {

      imports = [ inputs.agenix.nixosModules.default ];

      age = {
        identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
        # IDM_ADMIN_PASSWORD=…
        secrets.opencloud_env.file = ../secrets/opencloud_env.age;
      };

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 9200 ];
      };

      services.opencloud = {
        enable = true;
        package = pkgs.opencloud;

        inherit address;
        port = 9200;
        url = "https://cloud.${domain}";

        environmentFile = config.age.secrets.opencloud_env.path;
        environment = {
          OC_LOG_LEVEL = "warn";
          # TLS ends at Traefik.
          OC_INSECURE = "true";
          PROXY_TLS = "false";
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
