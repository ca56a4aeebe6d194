{ domain, config, ... }:
let
  # Where the web interface listens, as set further down.
  inherit (config.containers.adguard.config.services.adguardhome) host port;
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.adguard.loadBalancer.servers = [{
      url = "http://${host}:${toString port}";
    }];

    routers.adguard = {
      rule = "Host(`adguard.${domain}`)";
      service = "adguard";
      entrypoints = [ "websecure" ];
      middlewares = [ "authelia" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.adguard = {
    autoStart = true;

    # Everything is declared below, so nothing has to outlive a restart.
    ephemeral = true;

    # Port 53 of the host's own address; its firewall lets it in.
    privateNetwork = false;

    config = {

      services.adguardhome = {
        enable = true;
        mutableSettings = false;

        # The web interface: Traefik reaches it on loopback, nobody else does.
        host = "127.0.0.1";
        port = 8080;

        settings = {

          dns = {
            bind_hosts = [ "0.0.0.0" ];
            port = 53;
            upstream_dns = [
              "https://dns10.quad9.net/dns-query"
              "tls://one.one.one.one"
            ];
            bootstrap_dns = [ "9.9.9.10" "1.1.1.1" ];
            upstream_mode = "load_balance";
            enable_dnssec = true;
            cache_optimistic = true;
          };

          filtering = {
            protection_enabled = true;
            filtering_enabled = true;
            rewrites_enabled = true;

            # Inside the house every service is the homelab itself.
            rewrites = [
              {
                domain = "*.${domain}";
                answer = "192.168.1.20";
                enabled = true;
              }
            ];
          };

          filters = map
            (id: {
              inherit id;
              enabled = true;
              name = "Registry list ${toString id}";
              url = "https://adguardteam.github.io/HostlistsRegistry/assets/filter_${toString id}.txt";
            })
            [ 1 11 ];

          # Kept in memory only.
          querylog = {
            enabled = true;
            file_enabled = false;
          };
          statistics = {
            enabled = true;
            interval = "24h";
          };
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
