{ config, domain, ... }: {

  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.immich.loadBalancer.servers = [{
      url = "http://${config.containers.immich.localAddress}:${toString config.containers.immich.config.services.immich.port}";
    }];

    routers.immich = {
      rule = "Host(`photos.${domain}`)";
      service = "immich";
      entrypoints = [ "websecure" ];
      middlewares = [ "authelia" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.immich = {
    autoStart = true;
    privateUsers = "pick";

    privateNetwork = true;
    hostAddress = "10.10.10.4";
    localAddress = "10.10.10.5";

    # The first start, and some updates, migrate the database.
    timeoutStartSec = "10min";

    config = {

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 2283 ];
      };

      services.immich = {
        enable = true;
        port = 2283;
        host = config.containers.immich.localAddress;

        # Traefik's requests come from the host's end of the link.
        environment.IMMICH_TRUSTED_PROXIES = config.containers.immich.hostAddress;

        settings = {
          newVersionCheck.enabled = false;
          server.externalDomain = "https://photos.${domain}";
          # A dump below the media folder; the host's backup takes it from there.
          backup.database = {
            enabled = true;
            cronExpression = "30 1 * * *";
            keepLastAmount = 7;
          };
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
