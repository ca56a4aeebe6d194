import { testRule } from '../../../test/engine/rule-suite';
import { unknownOption } from './unknown-option';

const LOCK = (branch: string): string =>
  JSON.stringify({
    nodes: {
      nixpkgs: {
        locked: { lastModified: 1735000000, repo: 'nixpkgs' },
        original: { repo: 'nixpkgs', ref: branch },
      },
      root: { inputs: { nixpkgs: 'nixpkgs' } },
    },
    root: 'root',
    version: 7,
  });

const FLAKE = `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs";
  outputs = { nixpkgs, ... }@inputs: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; };
  };
}
`;

testRule(unknownOption, {
  finds: {
    'an address that is not in the list of addresses': `
#- /flake.lock
${LOCK('nixos-25.05')}
${FLAKE}
#- /a.nix
{
  networking.interfaces.br0 = {
    ipv4 = { address = "10.0.0.1"; prefixLength = 24; };
#            ^^^^^^^ error unknown-option
#                                  ^^^^^^^^^^^^ error unknown-option
    ipv6.addresses = [ { address = "fd00::1"; prefixLength = 64; } ];
    ipv6.routes = [ ];
  };
}
`,
    'a name that a container does not have, at every spelling': `
#- /a.nix
{ lib, ... }: {
  containers.web = {
    privateNetwrok = true;
#   ^^^^^^^^^^^^^^ error unknown-option
    bindMounts."/srv".readOnly = true;
#                     ^^^^^^^^ error unknown-option
    config = { };
  };
  containers.db.localAdress = lib.mkIf true "10.0.0.2";
#               ^^^^^^^^^^^ error unknown-option
  containers.db.restart = true;
#               ^^^^^^^ error unknown-option
  containers.mail.privateNetwork = true;
  containers.mail.forwardPorts = [ { hostPort = 25; contanerPort = 25; } ];
#                                                   ^^^^^^^^^^^^ error unknown-option
  containers.mail.extraVeths.lan.hostBrigde = "br0";
#                                ^^^^^^^^^^ error unknown-option
}
`,
    'an option of the guest in the container itself': `
#- /a.nix
{
  containers.web.services.nginx.enable = true;
#                ^^^^^^^^ error unknown-option
  containers.web.autoStart = true;
}
`,
    'names in sets of NixOS that are known as a whole': `
#- /a.nix
{
  networking.firewall.allowedTCPPort = [ 80 ];
#                     ^^^^^^^^^^^^^^ error unknown-option
  networking.firewall.interfaces.eno1.allowedPorts = [ 80 ];
#                                     ^^^^^^^^^^^^ error unknown-option
  containers.web.config = { ... }: {
    networking.firewall = { enable = true; alowedTCPPorts = [ 80 ]; openPorts = [ 80 ]; };
#                                          ^^^^^^^^^^^^^^ error unknown-option
#                                                                   ^^^^^^^^^ error unknown-option
    services.immich.prot = 2283;
#                   ^^^^ error unknown-option
  };
}
`,
    'what belongs elsewhere, at the root of a host and of a guest': `
#- /a.nix
{
  firewall.interfaces.eno1.allowedTCPPorts = [ 80 ];
# ^^^^^^^^ error unknown-option
  enviroment.etc.x.text = "";
# ^^^^^^^^^^ error unknown-option
  containers.web.config = { nginx.enable = true; };
#                           ^^^^^ error unknown-option
}
`,
    'an option that the host’s release does not have yet': `
${FLAKE}#- /flake.lock
${LOCK('nixos-24.11')}
#- /a.nix
{ containers.web.privateUsers = "pick"; }
#                ^^^^^^^^^^^^ error unknown-option
`,
    'a misspelt name whatever else comes from outside': `
${FLAKE.replace('modules = [', 'modules = [ inputs.other.nixosModules.default ')}#- /a.nix
{ containers.web.hostAdress = "10.0.0.1"; }
#                ^^^^^^^^^^ error unknown-option
`,
    'one without a neighbour where the release is not known': `
#- /configuration.nix
{ containers.db.restart = true; }
#               ^^^^^^^ warning unknown-option
`,
  },
  silent: {
    'every option there is': `
#- /a.nix
{
  containers.web = {
    autoStart = true; privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; path = "/x";
    privateUsers = "pick"; copyResolvConf = false; ephemeral = true; enableTun = true; tmpfs = [ "/tmp" ];
    bindMounts."/srv" = { hostPath = "/srv"; isReadOnly = false; mountPoint = "/data"; };
    allowedDevices = [ { node = "/dev/kvm"; modifier = "rw"; } ];
    extraVeths.lan = { hostBridge = "br0"; localAddress = "10.0.0.3/24"; };
  };
}
`,
    'options that the repository declares itself': `
#- /a.nix
{ lib, config, ... }: {
  options.containers = lib.mkOption {
    type = lib.types.attrsOf (lib.types.submodule { options.restart = lib.mkOption { default = true; }; });
  };
  options.networking.firewall.openPorts = lib.mkOption { default = [ ]; };
  options.firewall = lib.mkOption { type = lib.types.attrs; default = { }; };
  config.containers.web = { restart = false; autoStart = true; };
  config.networking.firewall.openPorts = [ 80 ];
  config.firewall.on = true;
}
`,
    'a module from outside may declare more': `
${FLAKE.replace('modules = [', 'modules = [ inputs.extra-container.nixosModules.default ')}#- /a.nix
{
  containers.web.extra.enableWAN = true;
  containers.web.services.x = true;
  networking.firewall.allowedLocalPorts = [ 80 ];
  firewall.enable = true;
}
`,
    'sets of services that are not known as a whole': `
#- /a.nix
{
  services.traefik.provider = "x";
  services.grafana.whatever = 1;
  networking.somethingNew.enable = true;
  containers.web.config = { services.nobody.knows = true; virtualisation.foo = 1; };
}
`,
    'a newer NixOS than the tables, older ones, and names that only look like others': `
${FLAKE}#- /flake.lock
${LOCK('nixos-27.05')}
#- /a.nix
{
  containers.web.restart = true;
  networking.firewall.something = 1;
  networking.firewall.allowedTCPPortsExtra = [ 80 ];
  services.immich.environmentFile = "/x";
}
`,
    'a container that is not built, and names that are there under a condition': `
#- /a.nix
{ lib, inputs, ... }: {
  boot.enableContainers = false;
  containers.web.privateNetwrok = true;
}
#- /b/configuration.nix
{ lib, inputs, ... }: {
  containers.db = lib.mkIf inputs.x.y { localAdress = "10.0.0.2"; };
  containers.no = lib.mkIf false { localAdress = "10.0.0.2"; };
  containers.\${inputs.name}.localAdress = "10.0.0.2";
  containers.all = inputs.x;
}
`,
    'ports that are not forwarded, since there is no private network': `
#- /a.nix
{ containers.web = { forwardPorts = [ { hostPort = 80; contanerPort = 80; } ]; config = { }; }; }
`,
    'where names are not checked': `
#- /a.nix
{ lib, ... }: {
  containers.web = { ... }: { _module.freeformType = lib.types.attrsOf lib.types.anything; restart = true; };
  containers.db = { ... }: { _module.check = false; restart = true; };
  containers.mail = { ... }: { _module.args.x = 1; };
}
`,
    'sets that hold themselves': `
#- /a.nix
let self = { again = self; other.again = self; }; in
{ hardware.all = self; nix.registry.x = self; services.nobody = self; containers.web.config = { security.x = self; }; }
`,
    'half-typed text': `
#- /a.nix
{ containers.web = { autoStart = true; privateN }; }
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `
#- /a.nix
{ containers.web = { privateNetwrok = true; autoStart = true; }; }
`,
      fix: /Write privateNetwork/,
      leaves: ['{ containers.web = { privateNetwork = true; autoStart = true; }; }'],
    },
    'an option of the guest': {
      fixture: `
#- /a.nix
{ containers.web = { networking.firewall.allowedTCPPorts = [ 80 ]; config = { services.nginx.enable = true; }; }; }
`,
      fix: /Write config\.networking/,
      leaves: ['config.networking.firewall.allowedTCPPorts = [ 80 ];'],
    },
    'an option of the host': {
      fixture: `
#- /a.nix
{ firewall.allowedTCPPorts = [ 80 ]; networking = { hostName = "x"; }; }
`,
      fix: /Write networking\.firewall/,
      leaves: ['{ networking.firewall.allowedTCPPorts = [ 80 ];'],
    },
  },
  says: {
    'what was meant': {
      fixture: `
#- /a.nix
{ containers.web.config.networking.firewall.allowedTCPPort = [ 80 ]; }
`,
      message: /`networking\.firewall` in the guest web has no option `allowedTCPPort`.*`allowedTCPPorts`/,
    },
  },
});
