{ inputs, domain, ... }: {

  containers.traefik = {
    autoStart = true;

    # Ports 80 and 443 of the host's own address.
    privateNetwork = false;

    # The guest decrypts its secret with the host's key.
    bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;

    config = { config, ... }: {

      # --- Secrets -----------------------------------------------------------

      imports = [ inputs.agenix.nixosModules.default ];

      age = {
        identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
        # CF_DNS_API_TOKEN=…, for the DNS challenge
        secrets.dns_challenge_token.file = ../secrets/dns_challenge_token.age;
      };

      # --- Traefik -----------------------------------------------------------

      services.traefik = {
        enable = true;
        environmentFiles = [ config.age.secrets.dns_challenge_token.path ];

        staticConfigOptions = {
          log.level = "WARN";
          accessLog.filters.statusCodes = [ "400-599" ];

          entryPoints = {
            web = {
              address = ":80";
              http.redirections.entryPoint = {
                to = "websecure";
                scheme = "https";
              };
            };

            websecure = {
              address = ":443";
              asDefault = true;

              # cloudflared runs on this host and names the real client.
              forwardedHeaders.trustedIPs = [ "127.0.0.1/32" ];

              # Phones upload whole videos.
              transport.respondingTimeouts.readTimeout = "15m";

              http = {
                middlewares = [ "secure-headers@file" ];
                tls = {
                  certResolver = "letsencrypt";
                  domains = [
                    {
                      main = domain;
                      sans = [ "*.${domain}" ];
                    }
                  ];
                };
              };
            };
          };

          certificatesResolvers.letsencrypt.acme = {
            email = "hostmaster@${domain}";
            storage = "${config.services.traefik.dataDir}/acme.json";
            dnsChallenge = {
              provider = "cloudflare";
              # Not AdGuard: it answers for the whole domain itself.
              resolvers = [ "1.1.1.1:53" "9.9.9.9:53" ];
            };
          };
        };

        # Routers and services stand beside their containers.
        dynamicConfigOptions = {
          tls.options.default = {
            minVersion = "VersionTLS12";
            sniStrict = true;
          };

          http.middlewares.secure-headers.headers = {
            stsSeconds = 31536000;
            stsIncludeSubdomains = true;
            contentTypeNosniff = true;
            referrerPolicy = "same-origin";
          };
        };
      };

      system.stateVersion = "25.11";
    };
  };
}
