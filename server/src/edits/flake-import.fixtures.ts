/** For tests only: lists of modules that are written in different ways. */

/** By what it shows: the list before and after jellyfin is imported. */
export const IMPORT_LISTS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'behind the last container, with comments left where they are': [
    `[
        ./modules.nix

        ./containers/immich.nix # photos
        ./containers/adguard.nix
        # ./containers/nextcloud.nix

        inputs.agenix.nixosModules.default
      ]`,
    `[
        ./modules.nix

        ./containers/immich.nix # photos
        ./containers/adguard.nix
        ./containers/jellyfin.nix
        # ./containers/nextcloud.nix

        inputs.agenix.nixosModules.default
      ]`,
  ],
  'behind a trailing comment': [
    `[
        ./containers/immich.nix # photos
        inputs.agenix.nixosModules.default
      ]`,
    `[
        ./containers/immich.nix # photos
        ./containers/jellyfin.nix
        inputs.agenix.nixosModules.default
      ]`,
  ],
  'in the order of the alphabet, where it is kept': [
    `[
        ./containers/adguard.nix
        ./containers/immich.nix
        # ./containers/nextcloud.nix
        ./containers/traefik.nix
        ./containers/vaultwarden.nix
      ]`,
    `[
        ./containers/adguard.nix
        ./containers/immich.nix
        ./containers/jellyfin.nix
        # ./containers/nextcloud.nix
        ./containers/traefik.nix
        ./containers/vaultwarden.nix
      ]`,
  ],
  'first in the order of the alphabet, below its heading': [
    `[
        # Services
        ./containers/nextcloud.nix
        ./containers/traefik.nix
        ./containers/vaultwarden.nix
      ]`,
    `[
        # Services
        ./containers/jellyfin.nix
        ./containers/nextcloud.nix
        ./containers/traefik.nix
        ./containers/vaultwarden.nix
      ]`,
  ],
  'by length, where that is kept': [
    `[
        ./containers/immich.nix
        ./containers/traefik.nix
        ./containers/adguard.nix
        ./containers/authelia.nix
        ./containers/vaultwarden.nix
      ]`,
    `[
        ./containers/immich.nix
        ./containers/traefik.nix
        ./containers/adguard.nix
        ./containers/authelia.nix
        ./containers/jellyfin.nix
        ./containers/vaultwarden.nix
      ]`,
  ],
  'into the last group': [
    `[
        # Ingress
        ./containers/traefik.nix
        ./containers/authelia.nix

        # Services
        ./containers/immich.nix

        # Off
        # ./containers/nextcloud.nix
      ]`,
    `[
        # Ingress
        ./containers/traefik.nix
        ./containers/authelia.nix

        # Services
        ./containers/immich.nix
        ./containers/jellyfin.nix

        # Off
        # ./containers/nextcloud.nix
      ]`,
  ],
  'on the one line of a list': [
    '[ ./containers/traefik.nix ./containers/immich.nix inputs.agenix.nixosModules.default ]',
    '[ ./containers/traefik.nix ./containers/immich.nix ./containers/jellyfin.nix inputs.agenix.nixosModules.default ]',
  ],
  'before the bracket that ends the last line': [
    `[ ./containers/traefik.nix
                  ./containers/immich.nix ]`,
    `[ ./containers/traefik.nix
                  ./containers/immich.nix
                  ./containers/jellyfin.nix ]`,
  ],
  'behind an element that shares its line': [
    `[
        ./containers/traefik.nix ./containers/immich.nix
      ]`,
    `[
        ./containers/traefik.nix ./containers/immich.nix ./containers/jellyfin.nix
      ]`,
  ],
  'indented by tabs': [
    '[\n\t\t./containers/immich.nix\n\t]',
    '[\n\t\t./containers/immich.nix\n\t\t./containers/jellyfin.nix\n\t]',
  ],
  'in parentheses, as its neighbour': [
    `[
        (./containers/immich.nix)
      ]`,
    `[
        (./containers/immich.nix)
        ./containers/jellyfin.nix
      ]`,
  ],
  'spelt as its neighbour': [
    `[
        "\${self}/containers/immich.nix"
      ]`,
    `[
        "\${self}/containers/immich.nix"
        "\${self}/containers/jellyfin.nix"
      ]`,
  ],
  'spelt without a dot': [
    '[ containers/traefik.nix containers/immich.nix ]',
    '[ containers/traefik.nix containers/immich.nix containers/jellyfin.nix ]',
  ],
  'beside imports with arguments': [
    `[
        (import ./containers/immich.nix)
      ]`,
    `[
        (import ./containers/immich.nix)
        ./containers/jellyfin.nix
      ]`,
  ],
  'in the part of a list that is written out': [
    `[
        ./containers/immich.nix
      ] ++ nixpkgs.lib.optional false ./containers/nextcloud.nix`,
    `[
        ./containers/immich.nix
        ./containers/jellyfin.nix
      ] ++ nixpkgs.lib.optional false ./containers/nextcloud.nix`,
  ],
  'by uncommenting its line': [
    `[
        ./containers/immich.nix
        # ./containers/jellyfin.nix # later
        ./containers/traefik.nix
      ]`,
    `[
        ./containers/immich.nix
        ./containers/jellyfin.nix # later
        ./containers/traefik.nix
      ]`,
  ],
  'by uncommenting a line whose mark stands at its start': [
    `[
        ./containers/immich.nix
#        ./containers/jellyfin.nix
      ]`,
    `[
        ./containers/immich.nix
        ./containers/jellyfin.nix
      ]`,
  ],
  'beside a sentence that only begins with its path': [
    `[
        # ./containers/jellyfin.nix is for the holidays
        ./containers/immich.nix
      ]`,
    `[
        # ./containers/jellyfin.nix is for the holidays
        ./containers/immich.nix
        ./containers/jellyfin.nix
      ]`,
  ],
  'into an empty list': ['[ ]', '[ ./containers/jellyfin.nix ]'],
  'into an empty list of several lines': [
    `[
        # nothing yet
      ]`,
    `[
        # nothing yet
        ./containers/jellyfin.nix
      ]`,
  ],
};
