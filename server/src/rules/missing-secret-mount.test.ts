import { testRule } from '../../../test/engine/rule-suite';
import { missingSecretMount } from './missing-secret-mount';

const FLAKE = `
#- /flake.nix
{ outputs = { nixpkgs, agenix, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix inputs.agenix.nixosModules.default ]; }; }; }`;

testRule(missingSecretMount, {
  finds: {
    'a key that is not mounted': `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.auth = {
    bindMounts."/srv".isReadOnly = false;
    config = {
      imports = [ inputs.agenix.nixosModules.default ];
      age.identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning missing-secret-mount
      age.secrets.jwt.file = ./jwt.age;
    };
  };
}
`,
    'a guest without the module': `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.auth.config = {
    age.secrets.jwt.file = ./jwt.age;
#   ^^^ error missing-secret-mount
  };
  containers.forge.config = {
    sops = { secrets.token = { }; };
#   ^^^^ error missing-secret-mount
  };
}
`,
  },
  silent: {
    'the key, or its folder, is mounted': `${FLAKE}
#- /a.nix
{ inputs, ... }: let config = {
  imports = [ inputs.agenix.nixosModules.default ];
  age.identityPaths = [ "/persist/etc/ssh/ssh_host_ed25519_key" ];
  age.secrets.jwt.file = ./jwt.age;
}; in {
  containers.a = { bindMounts."/persist/etc/ssh/ssh_host_ed25519_key".isReadOnly = true; inherit config; };
  containers.b = { bindMounts."/persist/etc/ssh/" = { }; inherit config; };
  containers.c = { bindMounts.keys = { mountPoint = "/persist"; hostPath = "/persist"; }; inherit config; };
  containers.d = { extraFlags = [ "--bind-ro=/persist" ]; inherit config; };
}
`,
    'the guest makes its own key': `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.a.config = {
    imports = [ inputs.agenix.nixosModules.default ];
    services.openssh.enable = true;
    age.identityPaths = [ "/etc/ssh/ssh_host_ed25519_key" ];
    age.secrets.jwt.file = ./jwt.age;
  };
}
`,
    'secrets of the host, a key without secrets, and what is not known': `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  age.identityPaths = [ "/persist/key" ];
  age.secrets.x.file = ./x.age;
  containers.a.config = { imports = [ inputs.agenix.nixosModules.default ]; age.identityPaths = [ "/persist/key" ]; };
  containers.b.config = { imports = [ inputs.agenix.nixosModules.default ]; age.identityPaths = inputs.keys; age.secrets.x.file = ./x.age; };
  containers.c.config = { imports = [ inputs.guest.nixosModules.secrets ]; age.secrets.x.file = ./x.age; };
  containers.d.config = inputs.guest.config;
}
`,
    'a module of the repository declares the option': `
#- /a.nix
{ containers.a.config = { imports = [ ./vault.nix ]; sops.secrets.x = { }; }; }
#- /vault.nix
{ lib, ... }: { options.sops.secrets = lib.mkOption { default = { }; }; }
`,
  },
  mends: {
    'by a mount': {
      fixture: `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.auth = {
    autoStart = true;
    config = {
      imports = [ inputs.agenix.nixosModules.default ];
      age.identityPaths = [ "/persist/key" ];
      age.secrets.jwt.file = ./jwt.age;
    };
  };
}
`,
      fix: /Mount the key/,
      leaves: ['    bindMounts."/persist/key".isReadOnly = true;'],
    },
    'by the import': {
      fixture: `${FLAKE}
#- /a.nix
{ inputs, ... }: {
  containers.auth.config = {
    age.secrets.jwt.file = ./jwt.age;
  };
}
`,
      fix: /Import agenix/,
      leaves: ['    imports = [ inputs.agenix.nixosModules.default ];'],
    },
  },
});
