{ inputs, domain, config, lib, ... }:
let
  inherit (config.containers.authelia) localAddress;
  port = 9091;
  portal = "auth.${domain}";
in
{
  # --- Traefik ---------------------------------------------------------------

  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {

    services.authelia.loadBalancer.servers = [{
      url = "http://${localAddress}:${toString port}";
    }];

    routers.authelia = {
      rule = "Host(`${portal}`)";
      service = "authelia";
      entrypoints = [ "websecure" ];
    };

    # Named by every router that wants a login.
    middlewares.authelia.forwardAuth = {
      address = "http://${localAddress}:${toString port}/api/authz/forward-auth";
      # Traefik drops these headers unless they come from a trusted proxy.
      trustForwardHeader = true;
      authResponseHeaders = [ "Remote-User" "Remote-Groups" "Remote-Name" "Remote-Email" ];
    };
  };

  # --- Container -------------------------------------------------------------

  containers.authelia = {
    autoStart = true;
    bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true;

    privateNetwork = true;
    hostAddress = "10.10.10.8";
    localAddress = "10.10.10.9";

    config = { config, ... }:
      let
        secretFile = name: {
          file = ../secrets/${name}.age;
          owner = "authelia-main";
          group = "authelia-main";
        };
        secretPath = name: config.age.secrets.${name}.path;
      in
      {
        imports = [ inputs.agenix.nixosModules.default ];

        age = {
          identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
          secrets = {
            authelia_jwt_secret = secretFile "authelia_jwt_secret";
            authelia_session_secret = secretFile "authelia_session_secret";
            authelia_storage_key = secretFile "authelia_storage_key";
            authelia_users = secretFile "authelia_users";
          };
        };

        networking = {
          enableIPv6 = false;
          # The portal and nothing else, whatever another module opens.
          firewall.allowedTCPPorts = lib.mkForce [ port ];
        };

        services.authelia.instances.main = {
          enable = true;

          secrets = {
            jwtSecretFile = secretPath "authelia_jwt_secret";
            sessionSecretFile = secretPath "authelia_session_secret";
            storageEncryptionKeyFile = secretPath "authelia_storage_key";
          };

          settings = {
            theme = "auto";
            log.level = "info";

            server = {
              address = "tcp://0.0.0.0:${toString port}/";
              endpoints.authz.forward-auth.implementation = "ForwardAuth";
            };

            # The first rule that matches decides. Vaultwarden and OpenCloud have
            # logins of their own and never come here: their routers do without
            # the middleware. `links` waits for Linkwarden.
            access_control = {
              default_policy = "deny";
              rules = [
                {
                  domain = "adguard.${domain}";
                  subject = "group:admins";
                  policy = "two_factor";
                }
                {
                  domain = [ "photos.${domain}" "links.${domain}" ];
                  policy = "one_factor";
                }
              ];
            };

            authentication_backend = {
              # The users are a secret, so nobody changes a password here.
              password_reset.disable = true;
              password_change.disable = true;
              file = {
                path = secretPath "authelia_users";
                search.email = true;
              };
            };

            totp.issuer = domain;
            webauthn.disable = true;

            session.cookies = [{
              inherit domain;
              authelia_url = "https://${portal}";
              inactivity = "1h";
              expiration = "12h";
            }];

            regulation = {
              max_retries = 5;
              find_time = "10m";
              ban_time = "30m";
            };

            storage.local.path = "/var/lib/authelia-main/db.sqlite3";
            notifier.filesystem.filename = "/var/lib/authelia-main/notifications.txt";
          };
        };

        system.stateVersion = "25.11";
      };
  };
}
