import { testRule } from '../../../test/engine/rule-suite';
import { optionTypeMismatch } from './option-type-mismatch';

testRule(optionTypeMismatch, {
  finds: {
    'values of a container': `
#- /a.nix
{ lib, ... }: {
  containers.web = {
    autoStart = "true";
#               ^^^^^^ error option-type-mismatch
    privateNetwork = lib.mkForce 1;
#                                ^ error option-type-mismatch
    privateUsers = "auto";
#                  ^^^^^^ error option-type-mismatch
    timeoutStartSec = 300;
#                     ^^^ error option-type-mismatch
    tmpfs = "/tmp";
#           ^^^^^^ error option-type-mismatch
    additionalCapabilities = [ "CAP_MKNOD" 5 ];
#                                          ^ error option-type-mismatch
    bindMounts."/srv".hostPath = /srv/data;
#                                ^^^^^^^^^ error option-type-mismatch
    bindMounts."/x" = "/x";
  };
  containers.db.privateNetwork = true;
  containers.db.forwardPorts = lib.mkIf true [ { hostPort = "8080"; } ];
#                                                           ^^^^^^ error option-type-mismatch
  containers.db.hostAddress = [ "10.0.0.1" ];
#                             ^^^^^^^^^^^^^^ error option-type-mismatch
}
`,
    'values of a guest and of a host': `
#- /a.nix
{ config, ... }: {
  networking.firewall.allowedTCPPorts = [ 80 "443" ];
#                                            ^^^^^ error option-type-mismatch
  networking.nat = { enable = true; internalInterfaces = "ve-+"; };
#                                                        ^^^^^^ error option-type-mismatch
  containers.web.config = {
    networking.firewall.allowedTCPPorts = 2283;
#                                         ^^^^ error option-type-mismatch
    networking.useHostResolvConf = "no";
#                                  ^^^^ error option-type-mismatch
    services.immich = { enable = true; port = "2283"; };
#                                             ^^^^^^ error option-type-mismatch
    system.stateVersion = 25.11;
#                         ^^^^^ error option-type-mismatch
  };
}
`,
    'a variable and what another option holds': `
#- /a.nix
{ config, ... }: let port = "80"; in {
  containers.web.config.networking.firewall.allowedTCPPorts = [ port ];
#                                                               ^^^^ error option-type-mismatch
  containers.db.config = { ... }: { networking.firewall.allowedUDPPorts = config.containers.db.config.services.x.port; services.x.port = 53; };
#                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error option-type-mismatch
}
`,
  },
  silent: {
    'a file that is any text, or none, in some releases': `
#- /a.nix
{ services.cloudflared = { enable = true; tunnels.a.credentialsFile = "@FILE@"; tunnels.b = { credentialsFile = null; default = "http_status:404"; }; }; }
`,
    'values that are right, whatever is around them': `
#- /a.nix
{ lib, config, ... }: {
  containers.web = {
    autoStart = lib.mkDefault true;
    privateUsers = 65536;
    privateNetwork = lib.mkMerge [ (lib.mkIf false "x") true ];
    hostAddress = lib.mkForce null;
    forwardPorts = lib.mkBefore [ { hostPort = 8080; protocol = "udp"; containerPort = null; } ];
    bindMounts = lib.genAttrs [ "/a" "/b" ] (path: { hostPath = path; isReadOnly = false; });
    config = { networking.firewall.allowedTCPPorts = lib.optionals true [ 80 ] ++ [ config.services.immich.port ]; };
  };
  systemd.services.x.serviceConfig.ExecStart = [ "" "y" ];
  environment.etc.x.source = ./x;
  networking.defaultGateway = "10.0.0.1";
  services.mysql = { enable = true; settings.mysqld.port = "3306"; };
}
`,
    'what is not known': `
#- /a.nix
{ inputs, pkgs, lib, ... }: {
  containers.web = {
    autoStart = inputs.x;
    hostAddress = lib.mkIf inputs.x.y 5;
    tmpfs = [ inputs.x ];
    bindMounts.\${inputs.x}.hostPath = 5;
    config.networking.firewall.allowedTCPPorts = [ pkgs.x.port ];
    nixpkgs = pkgs.path;
  };
}
`,
    'what NixOS never asks for': `
#- /a.nix
{ lib, ... }: {
  containers.web = {
    hostAddress = 5;
    forwardPorts = [ { hostPort = "80"; } ];
    extraVeths.lan.forwardPorts = "x";
    autoStart = lib.mkIf false "yes";
    ephemeral = lib.mkDefault "yes";
    config = {
      services.immich.port = "2283";
      networking.firewall = { enable = false; allowedTCPPorts = "80"; };
      environment.etc.x = { enable = false; text = 5; };
      services.paperless = { enable = false; port = "x"; };
    };
  };
  networking.nat.internalInterfaces = "ve-+";
}
#- /b.nix
{ containers.web.ephemeral = true; }
`,
    'options of other modules, and those that the repository declares again': `
#- /a.nix
{ lib, ... }: {
  disabledModules = [ "services/web-apps/immich.nix" ];
  options.services.immich.port = lib.mkOption { type = lib.types.str; };
  config.services.immich = { enable = true; port = "2283"; };
  config.services.nobody = { enable = true; port = "80"; };
  config.programs.x.enable = "yes";
}
`,
    'an old release whose types are not known': `
#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-19.03";
  outputs = { nixpkgs, ... }: { nixosConfigurations.old = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; };
}
#- /a.nix
{ services.immich = { enable = true; port = "2283"; }; }
`,
    'half-typed text': `
#- /a.nix
{ containers.web = { autoStart = ; hostAddress = "10.0.0. ; }; }
`,
  },
  mends: {
    'quotes off': {
      fixture: `
#- /a.nix
{ containers.web.autoStart = "true"; }
`,
      fix: /Write true/,
      leaves: ['{ containers.web.autoStart = true; }'],
    },
    'quotes on': {
      fixture: `
#- /a.nix
{ containers.web.timeoutStartSec = 300; }
`,
      fix: /Write "300"/,
      leaves: ['{ containers.web.timeoutStartSec = "300"; }'],
    },
    'a text for a path': {
      fixture: `
#- /a.nix
{ containers.web.bindMounts."/srv".hostPath = /srv/data; }
`,
      fix: /Write "\/srv\/data"/,
      leaves: ['hostPath = "/srv/data";'],
    },
    'a list around it': {
      fixture: `
#- /a.nix
{ lib, ... }: { containers.web.config.networking.firewall.allowedTCPPorts = lib.mkDefault 80; }
`,
      fix: /Write \[ 80 \]/,
      leaves: ['allowedTCPPorts = lib.mkDefault [ 80 ];'],
    },
    'a list around it, and quotes off': {
      fixture: `
#- /a.nix
{ networking.firewall.allowedTCPPorts = "80"; }
`,
      fix: /Write \[ 80 \]/,
      leaves: ['allowedTCPPorts = [ 80 ];'],
    },
    'a call in a list': {
      fixture: `
#- /a.nix
{ lib, ... }: { networking.firewall.allowedTCPPorts = lib.toInt "80"; }
`,
      fix: /Write/,
      leaves: ['allowedTCPPorts = [ (lib.toInt "80") ];'],
    },
    'a list taken off': {
      fixture: `
#- /a.nix
{ containers.web = { privateNetwork = true; hostBridge = [ "br0" ]; }; }
`,
      fix: /Write "br0"/,
      leaves: ['hostBridge = "br0";'],
    },
  },
  says: {
    'the option, what it takes and what is there': {
      fixture: `
#- /a.nix
{ containers.web.config.networking.firewall.allowedTCPPorts = [ "http" ]; }
`,
      message:
        /An element of `networking\.firewall\.allowedTCPPorts` of the guest web must be an integer from 0 to 65535, and this is the string `"http"`\./,
    },
  },
});
