{ config, ... }:
{
  age.secrets.backup_password.file = ../secrets/backup_password.age;

  services.restic.backups.nightly = {
    initialize = true;
    repository = "/backup/restic";
    passwordFile = config.age.secrets.backup_password.path;

    paths = [
      "/persist/etc/ssh"
      "/var/lib/nixos-containers/authelia/var/lib/authelia-main"
      "/var/lib/nixos-containers/immich/var/lib/immich"
      "/var/lib/nixos-containers/opencloud/etc/opencloud"
      "/var/lib/nixos-containers/opencloud/var/lib/opencloud"
      "/var/lib/nixos-containers/traefik/var/lib/traefik"
      "/var/lib/nixos-containers/vaultwarden/var/backup/vaultwarden"
    ];

    # Made again from the originals.
    exclude = [
      "/var/lib/nixos-containers/immich/var/lib/immich/encoded-video"
      "/var/lib/nixos-containers/immich/var/lib/immich/thumbs"
    ];

    timerConfig = {
      OnCalendar = "02:30";
      Persistent = true;
    };

    pruneOpts = [ "--keep-daily 7" "--keep-weekly 4" "--keep-monthly 6" ];
  };
}
