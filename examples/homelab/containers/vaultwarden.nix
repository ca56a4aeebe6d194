{ domain, config, ... }:
let
  guest = config.containers.vaultwarden;
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.vaultwarden.loadBalancer.servers = [{
      url = "http://${guest.localAddress}:${toString guest.config.services.vaultwarden.config.ROCKET_PORT}";
    }];

    # Without Authelia: the apps speak to the API and cannot show its login.
    routers.vaultwarden = {
      rule = "Host(`vault.${domain}`)";
      service = "vaultwarden";
      entrypoints = [ "websecure" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.vaultwarden = {
    autoStart = true;
    privateUsers = "pick";

    privateNetwork = true;
    hostAddress = "10.10.10.2";
    localAddress = "10.10.10.3";

    config = {

      networking = {
        enableIPv6 = false;
        firewall.allowedTCPPorts = [ 8000 ];
      };

      services.vaultwarden = {
        enable = true;

        # A consistent copy of the database every night, for restic.
        backupDir = "/var/backup/vaultwarden";

        config = {
          DOMAIN = "https://vault.${domain}";
          ROCKET_ADDRESS = guest.localAddress;
          ROCKET_PORT = 8000;

          # The household has its accounts.
          SIGNUPS_ALLOWED = false;
          SHOW_PASSWORD_HINT = false;
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
