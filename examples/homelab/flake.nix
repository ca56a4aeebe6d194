{
  description = "A homelab whose services run in NixOS containers behind Traefik";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    impermanence.url = "github:nix-community/impermanence";

    disko = {
      url = "github:nix-community/disko";
      inputs.nixpkgs.follows = "nixpkgs";
    };

    agenix = {
      url = "github:ryantm/agenix";
      inputs = {
        nixpkgs.follows = "nixpkgs";
        # Only used on macOS and by Home Manager.
        darwin.follows = "";
        home-manager.follows = "";
      };
    };
  };

  outputs = { nixpkgs, ... }@inputs: {

    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {

      specialArgs = {
        inherit inputs;
        domain = "nemnix.site";
        hostname = "homelab";
        username = "ada";
      };

      modules = [
        inputs.agenix.nixosModules.default
        inputs.disko.nixosModules.disko
        inputs.impermanence.nixosModules.impermanence

        # The host
        ./modules/hardware-configuration.nix
        ./modules/disko.nix
        ./modules/boot.nix
        ./modules/impermanence.nix
        ./modules/nix.nix
        ./modules/network.nix
        ./modules/openssh.nix
        ./modules/users.nix
        ./modules/backup.nix

        # Ingress, single sign-on, DNS
        ./containers/traefik.nix
        ./containers/authelia.nix
        ./containers/adguard.nix
        ./containers/cloudflared.nix

        # Services
        ./containers/immich.nix
        ./containers/vaultwarden.nix
        ./containers/opencloud.nix

        # Replaced by OpenCloud
        # ./containers/nextcloud.nix

        # Not in use at the moment
        # ./containers/linkwarden.nix
      ];
    };
  };
}
