{
  # Agenix reads the host key from it while the system is activated.
  fileSystems."/persist".neededForBoot = true;

  environment.persistence."/persist" = {
    hideMounts = true;

    directories = [
      "/var/lib/nixos"
      "/var/lib/nixos-containers"
      "/var/lib/systemd"
      "/var/log"
    ];

    files = [ "/etc/machine-id" ];
  };
}
