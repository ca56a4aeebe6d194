import { testRule } from '../../../test/engine/rule-suite';
import { unknownSecret } from './unknown-secret';

const flake = (modules: string): string => `
#- /flake.nix
{
  outputs = { nixpkgs, agenix, sops-nix, private, ... }@inputs: {
    nixosConfigurations.h = nixpkgs.lib.nixosSystem {
      specialArgs = { inherit inputs; };
      modules = [ ${modules} agenix.nixosModules.default sops-nix.nixosModules.sops ];
    };
  };
}
`;

const SOPS = `#- /secrets/secrets.yaml
immich: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
traefik:
    token: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
"with: colon": ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
sops:
    mac: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]
    version: 3.9.0
`;

testRule(unknownSecret, {
  finds: {
    'a file of agenix that does not exist': `${flake('./a.nix')}
#- /a.nix
{
  age.secrets.token.file = ./secrets/tokn.age;
#                          ^^^^^^^^^^^^^^^^^^ error unknown-secret
  age.secrets.other.file = ./secrets/token.age;
}
#- /secrets/token.age
x
`,
    'a secret that agenix has no rule for': `${flake('./a.nix')}
#- /a.nix
{
  age.secrets.token.file = ./secrets/token.age;
#                          ^^^^^^^^^^^^^^^^^^^ information unknown-secret
  age.secrets.other.file = ./secrets/other.age;
}
#- /secrets/token.age
x
#- /secrets/other.age
x
#- /secrets/secrets.nix
let me = "ssh-ed25519 AAAA"; in { "other.age".publicKeys = [ me ]; }
`,
    'a secret that the host does not declare': `${flake('./a.nix')}
#- /a.nix
{ config, ... }: {
  age.secrets.grafana.file = ./secrets/grafana.age;
  services.grafana.enable = true;
  services.grafana.settings.security.admin_password = "$__file{\${config.age.secrets.grafna.path}}";
#                                                                                   ^^^^^^ error unknown-secret
  services.x.passwordFile = config.sops.secrets.token.path;
#                                               ^^^^^ error unknown-secret
}
#- /secrets/grafana.age
x
`,
    'a secret that the host has, and the guest does not': `${flake('./a.nix')}
#- /a.nix
{ config, ... }: {
  age.secrets.token.file = ./secrets/token.age;
  containers.web.config = { config, ... }: {
    services.x.tokenFile = config.age.secrets.token.path;
#                                             ^^^^^ error unknown-secret
  };
}
#- /secrets/token.age
x
`,
    'a key that the file of sops does not hold': `${flake('./a.nix')}
#- /a.nix
{
  sops.defaultSopsFile = ./secrets/secrets.yaml;
  sops.secrets.imich = { };
#              ^^^^^ error unknown-secret
  sops.secrets."traefik/key" = { };
#              ^^^^^^^^^^^^^ error unknown-secret
  sops.secrets.other = { sopsFile = ./secrets/secrets.yaml; key = "nothing"; };
#              ^^^^^ error unknown-secret
}
${SOPS}`,
    'a file that git does not track': `${flake('./a.nix')}
#- /a.nix
{
  age.secrets.token.file = ./secrets/token.age;
#                          ^^^^^^^^^^^^^^^^^^^ warning unknown-secret
}
#- /secrets/token.age
x
#- /.git/index
flake.nix
a.nix
`,
  },
  silent: {
    'secrets that are declared, and files that are there': `${flake('./a.nix')}
#- /a.nix
{ config, ... }: {
  age.secrets.token.file = ./secrets/token.age;
  services.x.tokenFile = config.age.secrets.token.path;
  containers.web = {
    bindMounts.\${config.age.secrets.token.path}.isReadOnly = true;
    config = { config, ... }: {
      age.secrets.own.file = ./secrets/token.age;
      services.x.tokenFile = config.age.secrets.own.path;
    };
  };
}
#- /secrets/token.age
x
#- /secrets/secrets.nix
{ "token.age".publicKeys = [ ]; }
`,
    'keys that are in the file, however they are named': `${flake('./a.nix')}
#- /a.nix
{
  sops.defaultSopsFile = ./secrets/secrets.yaml;
  sops.secrets.immich = { };
  sops.secrets."traefik/token" = { };
  sops.secrets.renamed.key = "traefik/token";
  sops.secrets."with: colon" = { };
  sops.secrets.whole = { format = "binary"; };
  sops.secrets.env = { sopsFile = ./secrets/x.env; format = "dotenv"; };
  sops.secrets.json = { sopsFile = ./secrets/x.json; format = "json"; };
  sops.secrets.all.key = "";
}
#- /secrets/x.env
x
#- /secrets/x.json
{ }
${SOPS}`,
    'a file of sops that cannot be looked into, or is not encrypted': `${flake('./a.nix')}
#- /a.nix
{ inputs, ... }: {
  sops.defaultSopsFile = inputs.private + "/secrets.yaml";
  sops.secrets.immich = { };
  sops.secrets.plain.sopsFile = ./secrets/plain.yaml;
}
#- /secrets/plain.yaml
other: 1
`,
    'what another flake may declare': `${flake('./a.nix private.nixosModules.secrets')}
#- /a.nix
{ config, ... }: { services.x.tokenFile = config.age.secrets.token.path; }
`,
    'settings of a service that is switched off, or was never switched on': `${flake('./a.nix')}
#- /a.nix
{ config, ... }: {
  services.x = { enable = false; tokenFile = config.age.secrets.token.path; };
  services.grafana.settings.security.admin_password = "$__file{\${config.age.secrets.token.path}}";
  containers.web.config = { config, ... }: { services.grafana = { enable = false; settings.a = config.age.secrets.token.path; }; };
}
`,
    'what is not used: switched off together with what declares it': `${flake('./a.nix')}
#- /a.nix
{ config, lib, ... }: {
  options.my.web.enable = lib.mkEnableOption "web";
  config = lib.mkIf config.my.web.enable {
    age.secrets.web.file = ./secrets/web.age;
    services.x.tokenFile = config.age.secrets.web.path;
  };
}
`,
    'a secret that is asked for first, or has a fallback': `${flake('./a.nix')}
#- /a.nix
{ config, lib, ... }: {
  services.x.tokenFile = if config.age.secrets ? token then config.age.secrets.token.path else null;
  services.y.tokenFile = config.age.secrets.token.path or "/run/token";
}
`,
    'secrets under an unknown condition': `${flake('./a.nix')}
#- /a.nix
{ config, lib, inputs, ... }: {
  sops.secrets = lib.mkIf inputs.private.on { token = { }; };
  services.x.tokenFile = config.sops.secrets.token.path;
}
`,
    'a module of that name that is none of agenix rules': `${flake('./a.nix ./secrets.nix')}
#- /a.nix
{ age.secrets.token.file = ./token.age; }
#- /secrets.nix
{ services.x.enable = true; }
#- /token.age
x
`,
    'secrets made by a function over a list': `${flake('./a.nix')}
#- /a.nix
{ config, lib, ... }: {
  age.secrets = lib.genAttrs [ "a" "b" ] (name: { file = ./secrets + "/\${name}.age"; });
  services.x.tokenFile = config.age.secrets.a.path;
}
#- /secrets/a.age
x
#- /secrets/b.age
x
`,
  },
  mends: {
    'a misspelt name': {
      fixture: `${flake('./a.nix')}
#- /a.nix
{ config, ... }: {
  age.secrets.grafana.file = ./grafana.age;
  services.x.passwordFile = config.age.secrets.grafna.path;
}
#- /grafana.age
x
`,
      fix: /^Use grafana$/,
      leaves: ['services.x.passwordFile = config.age.secrets.grafana.path;'],
    },
  },
});
