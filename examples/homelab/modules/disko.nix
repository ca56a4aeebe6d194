{
  disko.devices = {

    # The root is empty after every boot; what must stay is under /persist.
    nodev."/" = {
      fsType = "tmpfs";
      mountOptions = [ "size=4G" "mode=755" ];
    };

    disk.system = {
      type = "disk";
      device = "/dev/disk/by-id/nvme-EXAMPLE_SSD_1TB_0000000001";
      content = {
        type = "gpt";
        partitions = {

          ESP = {
            size = "1G";
            type = "EF00";
            content = {
              type = "filesystem";
              format = "vfat";
              mountpoint = "/boot";
              mountOptions = [ "umask=0077" ];
            };
          };

          system = {
            size = "100%";
            content = {
              type = "btrfs";
              subvolumes = {
                "/nix" = {
                  mountpoint = "/nix";
                  mountOptions = [ "compress=zstd" "noatime" ];
                };
                "/persist" = {
                  mountpoint = "/persist";
                  mountOptions = [ "compress=zstd" "noatime" ];
                };
              };
            };
          };
        };
      };
    };

    disk.backup = {
      type = "disk";
      device = "/dev/disk/by-id/ata-EXAMPLE_HDD_4TB_0000000002";
      content = {
        type = "gpt";
        partitions.backup = {
          size = "100%";
          content = {
            type = "filesystem";
            format = "ext4";
            mountpoint = "/backup";
            mountOptions = [ "noatime" "nofail" ];
          };
        };
      };
    };
  };
}
