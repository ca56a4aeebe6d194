/** A homelab that names its addresses in as many ways as people do. */
export const REGISTRY: Readonly<Record<string, string>> = {
  '/flake.nix': `{
  inputs.nixpkgs.url = "nixpkgs/nixos-25.11";
  outputs = { nixpkgs, ... }@inputs:
    let constants = import ./constants.nix; in {
    nixosConfigurations = {
      lab = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs constants; domain = "example.org"; };
        modules = [ ./registry.nix ./options.nix ./traefik.nix
          ./containers/web.nix
          # ./containers/spare.nix
          ./containers/db.nix { containers.inline = { privateNetwork = true; localAddress = constants.addresses.inline; }; } ];
      };
      other = nixpkgs.lib.nixosSystem { modules = [ ./containers/db.nix ./options.nix ]; };
    };
  };
}
`,
  '/constants.nix': `rec {
  prefix = "10.0.0";
  addresses = { web = "\${prefix}.3"; db = "\${prefix}.5"; inline = "10.0.0.7"; };
}
`,
  '/options.nix': `{ lib, config, ... }: {
  options.lab.host = lib.mkOption { type = lib.types.str; default = "10.0.0.1"; };
  options.lab.spare.enable = lib.mkEnableOption "spare";
  config.networking.firewall.allowedTCPPorts = [ 80 ] ++ lib.optional config.lab.spare.enable 443;
}
`,
  '/registry.nix': `{ lib, config, ... }:
let
  names = [ "red" "green" ];
  make = index: name: lib.nameValuePair name {
    privateNetwork = true;
    hostAddress = config.lab.host or "10.0.0.1";
    localAddress = "10.1.0.\${toString (index + 2)}";
    config = { services.nginx.enable = true; networking.firewall.allowedTCPPorts = [ (8000 + index) ]; };
  };
in { containers = lib.listToAttrs (lib.imap0 make names); }
`,
  '/traefik.nix': `{ config, domain, ... }: {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.web.address = ":80";
    dynamicConfigOptions.http = {
      routers.red = { rule = "Host(\`red.\${domain}\`)"; service = "red"; };
      services.red.loadBalancer.servers = [ { url = "http://\${config.containers.red.localAddress}:8000"; } ];
    };
  };
}
`,
  '/containers/web.nix': `{ config, constants, domain, lib, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.web = { rule = "Host(\`web.\${domain}\`)"; service = "web"; entryPoints = [ "web" ]; };
    services.web.loadBalancer.servers = [ { url = "http://\${config.containers.web.localAddress}:\${toString config.containers.web.config.services.immich.port}"; } ];
  };
  containers.web = lib.mkIf (config.networking.hostName or "lab" != "x") {
    privateNetwork = true;
    hostAddress = "10.0.0.2";
    localAddress = constants.addresses.web;
    config = { config, ... }: { services.immich = { enable = true; port = 2283; }; networking.firewall.allowedTCPPorts = [ config.services.immich.port ]; };
  };
}
`,
  '/containers/db.nix': `{ constants ? import ../constants.nix, lib, ... }: {
  containers.db = {
    privateNetwork = lib.mkDefault true;
    hostAddress = "10.0.0.4";
    localAddress = lib.mkForce constants.addresses.db;
    bindMounts."/var/lib/db".hostPath = "/data/db";
  };
}
`,
  '/containers/spare.nix': `{ ... }: { containers.spare = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.9"; }; }
`,
};

/** Hosts that a function makes in a module of flake-parts, which looks at what they are; modules as generations of homelabs write them. */
export const MADE: Readonly<Record<string, string>> = {
  '/flake.nix': `{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  outputs = inputs@{ flake-parts, ... }:
    flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ ./hosts.nix ];
    };
}
`,
  '/hosts.nix': `{ inputs, lib, ... }:
let
  inherit (lib) listToAttrs map nameValuePair warnIf;
  make = { name, modules ? [ ] }:
    let host = inputs.nixpkgs.lib.nixosSystem {
      modules = modules ++ [ ./shared.nix ./containers.nix ];
      specialArgs = { inherit inputs name; };
    };
    in warnIf (host.config.networking.hostName != name) "another name" host;
  hosts = [ { name = "one"; } { name = "two"; modules = [ ./media.nix ]; } ];
in {
  flake.nixosConfigurations = listToAttrs (map (host: nameValuePair host.name (make host)) hosts);
}
`,
  '/shared.nix': `{ config, lib, name, ... }:
with lib;
with lib.types;
let cfg = config.lab.dns; in {
  options.lab.dns = {
    enable = mkOption { type = bool; default = true; };
    address = mkOption { type = str; default = "10.2.0.1"; };
  };
  config = mkIf cfg.enable {
    networking.hostName = name;
    networking.nameservers = [ cfg.address ];
  };
}
`,
  '/containers.nix': `{ config, lib, ... }:
let
  net = rec { prefix = "10.2.0"; address = number: "\${prefix}.\${toString number}"; };
  container = { number, port, ... }@given: {
    privateNetwork = true;
    hostAddress = net.address number;
    localAddress = net.address (number + 1);
    config = { lib, ... }: with lib; {
      services.nginx.enable = mkDefault (given.web or true);
      networking.firewall.allowedTCPPorts = [ port ];
      system.stateVersion = "25.11";
    };
  };
in {
  containers = lib.mapAttrs (_: container) {
    web = { number = 10; port = 80; };
    wiki = { number = 12; port = 8080; web = false; };
  };
  services.nginx.virtualHosts."web.example.org".locations."/".proxyPass =
    "http://\${config.containers.web.localAddress}:80";
}
`,
  '/media.nix': `{ lib, ... }: {
  imports = lib.optional true ./music.nix;
  containers.media = { privateNetwork = true; hostAddress = "10.2.0.20"; localAddress = "10.2.0.21"; };
}
`,
  '/music.nix': `{ containers.music = { privateNetwork = true; hostAddress = "10.2.0.22"; localAddress = "10.2.0.23"; }; }
`,
  '/unused.nix': `{ ... }: { containers.unused = { privateNetwork = true; hostAddress = "10.2.0.24"; localAddress = "10.2.0.25"; }; }
`,
};
