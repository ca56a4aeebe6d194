import { testRule } from '../../../test/engine/rule-suite';
import { duplicateImport } from './duplicate-import';

const flake = (modules: string): string => `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.homelab = nixpkgs.lib.nixosSystem {
      modules = [
${modules}
      ];
    };
  };
}
#- /a.nix
{ containers.a.autoStart = true; }
#- /b/default.nix
{ containers.b.autoStart = true; }
`;

testRule(duplicateImport, {
  finds: {
    'a module of the flake': flake(`        ./a.nix
        ./b
        ./a.nix
#       ^^^^^^^ hint duplicate-import`),
    'an import of a module, spelt in another way': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./hosts/h.nix ]; }; }; }
#- /hosts/h.nix
{
  imports = [ ../a.nix ./../a.nix ];
#                      ^^^^^^^^^^ hint duplicate-import
}
#- /a.nix
{ }
`,
    'a folder and the file in it, which NixOS takes for two': flake(`        ./b
        ./b/default.nix
#       ^^^^^^^^^^^^^^^ information duplicate-import`),
  },
  silent: {
    'the same module in two lists, as shared modules are': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ./b.nix ]; }; }; }
#- /a.nix
{ imports = [ ./shared.nix ]; }
#- /b.nix
{ imports = [ ./shared.nix ]; }
#- /shared.nix
{ }
`,
    'the same module for two hosts': `
#- /flake.nix
{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.one = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
    nixosConfigurations.two = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; };
  };
}
#- /a.nix
{ }
`,
    'a function that makes another module each time': flake(`        (import ./a.nix)
        (import ./a.nix)`),
    'lists that are no modules': `
#- /a.nix
{ containers.a.config.services.x.files = [ ./data.nix ./data.nix ]; }
`,
    'an import that is commented out': flake(`        ./a.nix
        # ./a.nix`),
  },
  mends: {
    'by taking the second one out': {
      fixture: flake(`        ./a.nix
        ./b
        ./a.nix # again`),
      fix: /^Take the second \.\/a\.nix out$/,
      leaves: ['        ./b'],
    },
  },
  says: {
    'where the first one is': {
      fixture: flake('        ./a.nix\n        ./a.nix'),
      message: /^\.\/a\.nix is in this list already \(flake\.nix:5\)\. NixOS takes a file once/,
    },
  },
});
