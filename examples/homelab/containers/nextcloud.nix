# Disabled: its import in flake.nix is commented out. OpenCloud has taken over
# its work and its host name.
{ inputs, domain, config, ... }:
let
  inherit (config.containers.nextcloud) hostAddress localAddress;
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.nextcloud.loadBalancer.servers = [{ url = "http://${localAddress}"; }];

    routers.nextcloud = {
      rule = "Host(`cloud.${domain}`)";
      service = "nextcloud";
      entrypoints = [ "websecure" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.nextcloud = {
    autoStart = true;
    bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;

    privateNetwork = true;
    hostAddress = "10.10.10.6";
    localAddress = "10.10.10.7";

    timeoutStartSec = "10min";

    config = { config, pkgs, ... }: {

      imports = [ inputs.agenix.nixosModules.default ];

      age = {
        identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
        secrets.nextcloud_admin_password = {
          file = ../secrets/nextcloud_admin_password.age;
          owner = "nextcloud";
          group = "nextcloud";
        };
      };

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 80 ];
      };

      services.nextcloud = {
        enable = true;
        package = pkgs.nextcloud32;
        hostName = "cloud.${domain}";
        https = true;
        maxUploadSize = "8G";

        configureRedis = true;
        database.createLocally = true;
        config = {
          dbtype = "pgsql";
          adminuser = "admin";
          adminpassFile = config.age.secrets.nextcloud_admin_password.path;
        };

        settings = {
          overwriteprotocol = "https";
          trusted_proxies = [ hostAddress ];
          maintenance_window_start = 2;
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
