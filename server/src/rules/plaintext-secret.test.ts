import { testRule } from '../../../test/engine/rule-suite';
import { plaintextSecret } from './plaintext-secret';

testRule(plaintextSecret, {
  finds: {
    'a token in the settings of a guest': `
#- /a.nix
{
  containers.vault.config.services.vaultwarden = {
    enable = true;
    config.ADMIN_TOKEN = "4f9d0c7b1a2e";
#                        ^^^^^^^^^^^^^^ warning plaintext-secret
  };
}
`,
    'a password that is given by a name, and one under a condition that holds': `
#- /a.nix
{ lib, ... }: let password = "Tr0ub4dor"; in {
  services.x = lib.mkMerge [
    { settings.database.password = password; }
#                                  ^^^^^^^^ warning plaintext-secret
    (lib.mkIf true { settings.smtp.password = "Tr0ub4dor"; })
#                                             ^^^^^^^^^^^ warning plaintext-secret
  ];
}
`,
    'a wireless network, a user, a container of another kind, and the environment of a unit': `
#- /a.nix
{
  networking.wireless.networks.home.psk = "a long w1reless one";
#                                         ^^^^^^^^^^^^^^^^^^^^^ warning plaintext-secret
  users.users.me.password = "Tr0ub4dor";
#                           ^^^^^^^^^^^ warning plaintext-secret
  virtualisation.oci-containers.containers.db.environment.POSTGRES_PASSWORD = "postgres";
#                                                                             ^^^^^^^^^^ information plaintext-secret
  systemd.services.x.environment.API_KEY = "4f9d0c7b1a2e";
#                                          ^^^^^^^^^^^^^^ warning plaintext-secret
}
`,
    'an element of a list': `
#- /a.nix
{
  services.x.users = [ { name = "me"; password = "Tr0ub4dor"; } ];
#                                                ^^^^^^^^^^^ warning plaintext-secret
}
`,
  },
  silent: {
    'files, hashes, variables and placeholders': `
#- /a.nix
{ config, pkgs, ... }: {
  services.x = {
    passwordFile = "/run/secrets/x";
    settings.password = "$DB_PASSWORD";
    settings.security.admin_password = "$__file{/run/secrets/y}";
    tokenFile = config.age.secrets.token.path;
    token = config.sops.placeholder.token;
    secret = "";
    users = [ { name = "me"; password = "$2y$10$KJzP0fE1cWq5Yb7rVn3qUe"; } ];
  };
  users.users.me.hashedPassword = "$6$abc$def";
  users.users.root.initialHashedPassword = "$6$abc$def";
  users.users.guest.initialPassword = "changeme";
}
`,
    'a service that is switched off, and settings under a condition that does not hold or is not known': `
#- /a.nix
{ lib, pkgs, ... }: {
  services.x = { enable = false; settings.password = "Tr0ub4dor"; };
  services.y.settings = lib.mkIf false { password = "Tr0ub4dor"; };
  services.z.settings = lib.mkIf pkgs.stdenv.isLinux { password = "Tr0ub4dor"; };
}
`,
    'names that only speak of secrets': `
#- /a.nix
{
  services.openssh.settings.PasswordAuthentication = "no";
  services.x.settings = { token_url = "https://example.org/oauth/token1"; secretName = "Tr0ub4dor"; password_hash = "Tr0ub4dor"; };
}
`,
    'options, tests and modules that no host imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; checks.x = ./test.nix; }; }
#- /a.nix
{ lib, ... }: { options.my.password = lib.mkOption { default = "Tr0ub4dor"; example = "Tr0ub4dor"; }; }
#- /test.nix
{ services.x.settings.password = "Tr0ub4dor"; }
`,
    'a secret that is put together from something else': `
#- /a.nix
{ lib, ... }: { services.x.settings.password = builtins.readFile ./password; services.y.settings.token = "Bearer \${builtins.getEnv "T"}"; }
#- /password
Tr0ub4dor
`,
  },
});
