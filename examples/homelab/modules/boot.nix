{ lib, ... }:
{
  boot = {
    tmp.useTmpfs = true;

    loader = {
      # Nobody sits in front of it.
      timeout = lib.mkForce 1;
      efi.canTouchEfiVariables = true;
      systemd-boot = {
        enable = true;
        configurationLimit = 8;
      };
    };
  };
}
