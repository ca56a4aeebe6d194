{ lib, ... }:
{
  nix = {
    settings = {
      experimental-features = [ "nix-command" "flakes" ];
      auto-optimise-store = true;
      trusted-users = [ "@wheel" ];
    };

    gc = {
      automatic = true;
      dates = "Sun 04:00";
      options = "--delete-older-than 14d";
    };
  };

  # A server: no manuals, no default packages.
  documentation.enable = false;
  environment.defaultPackages = lib.mkForce [ ];
}
