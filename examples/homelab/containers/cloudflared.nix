{ config, pkgs, ... }:
let
  token = config.age.secrets.tunnel_token.path;
in
{
  # A service of the host, not a container. Which names the tunnel serves is set
  # at Cloudflare: each goes to https://localhost:443 with its own name as origin
  # server name, because Traefik refuses a connection without one that it knows.

  age.secrets.tunnel_token.file = ../secrets/tunnel_token.age;

  systemd.services.cloudflared = {
    description = "Cloudflare tunnel";
    wantedBy = [ "multi-user.target" ];
    wants = [ "network-online.target" ];
    after = [ "network-online.target" ];

    serviceConfig = {
      # %d is the folder of the credentials that systemd loads as root.
      LoadCredential = "token:${token}";
      ExecStart = "${pkgs.cloudflared}/bin/cloudflared tunnel --no-autoupdate run --token-file %d/token";
      Restart = "on-failure";
      RestartSec = 10;

      DynamicUser = true;
      CapabilityBoundingSet = "";
      LockPersonality = true;
      MemoryDenyWriteExecute = true;
      NoNewPrivileges = true;
      PrivateDevices = true;
      ProtectHome = true;
      ProtectKernelTunables = true;
      ProtectSystem = "strict";
      RestrictAddressFamilies = [ "AF_INET" "AF_UNIX" "AF_NETLINK" ];
      RestrictNamespaces = true;
      SystemCallArchitectures = "native";
    };
  };
}
