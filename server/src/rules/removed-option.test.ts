import { testRule } from '../../../test/engine/rule-suite';
import { removedOption } from './removed-option';

const OLD = (release: string): string => `#- /flake.nix
{
  inputs.nixpkgs.url = "nixpkgs/nixos-${release}";
  outputs = { nixpkgs, ... }: { nixosConfigurations.homelab = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; };
}
`;

testRule(removedOption, {
  finds: {
    'the packages of a container': `
#- /a.nix
{ pkgs, ... }: {
  containers.web = { pkgs = pkgs; config = { }; };
#                    ^^^^ error removed-option
}
`,
    'renamed options of a host and of a guest': `
#- /a.nix
{
  services.openssh = { enable = true; permitRootLogin = "no"; };
#                                     ^^^^^^^^^^^^^^^ information removed-option
  containers.web.config = { services.bitwarden_rs.enable = true; };
#                                    ^^^^^^^^^^^^ information removed-option
  sound.enable = true;
#       ^^^^^^ error removed-option
}
`,
  },
  silent: {
    'the new names': `
#- /a.nix
{ services.openssh.settings.PermitRootLogin = "no"; containers.web.config.services.vaultwarden.enable = true; containers.web.nixpkgs = /nix; }
`,
    'a release that has them still, and one that is not known': `
${OLD('21.05')}#- /a.nix
{ services.openssh.permitRootLogin = "no"; containers.web.config.services.bitwarden_rs.enable = true; }
#- /b/configuration.nix
{ services.openssh.permitRootLogin = "no"; sound.enable = true; }
`,
    'what was removed in one release and renamed in the next': `
#- /a.nix
{ sound.extraConfig = "x"; }
`,
    'a guest of another nixpkgs': `
#- /a.nix
{ inputs, ... }: { containers.web = { nixpkgs = inputs.old; config.services.openssh.permitRootLogin = "no"; }; }
`,
    'what is not certainly set': `
#- /a.nix
{ lib, inputs, ... }: { services.openssh = lib.mkIf inputs.x.y { permitRootLogin = "no"; }; sound = lib.mkIf false { enable = true; }; }
`,
  },
  mends: {
    'a name that gets a dot': {
      fixture: `
#- /a.nix
{ services.grafana = { enable = true; auth.anonymous.enable = true; }; }
`,
      fix: /Write settings\."auth\.anonymous"\.enabled/,
      leaves: ['{ enable = true; settings."auth.anonymous".enabled = true; }'],
    },
    'a name': {
      fixture: `
#- /a.nix
{ services.openssh = { permitRootLogin = "no"; settings.X = 1; }; }
`,
      fix: /Write settings\.PermitRootLogin/,
      leaves: ['{ settings.PermitRootLogin = "no"; settings.X = 1; }'],
    },
    'a service, in the middle of a path': {
      fixture: `
#- /a.nix
{ services.bitwarden_rs.enable = true; }
`,
      fix: /Write vaultwarden/,
      leaves: ['{ services.vaultwarden.enable = true; }'],
    },
    'several names of a path': {
      fixture: `
#- /a.nix
{ boot.tmpOnTmpfs = true; }
`,
      fix: /Write tmp\.useTmpfs/,
      leaves: ['{ boot.tmp.useTmpfs = true; }'],
    },
    'the packages of a container': {
      fixture: `
#- /a.nix
{ pkgs, ... }: {
  containers.web = {
    pkgs = pkgs;
    config = { services.nginx.enable = true; };
  };
}
`,
      fix: /Move it to config/,
      leaves: ['nixpkgs.pkgs = pkgs;'],
    },
  },
});
