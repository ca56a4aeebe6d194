import { testRule } from '../../../test/engine/rule-suite';
import { unneededIgnore } from './unneeded-ignore';

const web =
  'containers.web = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; };';
const clash =
  'containers.db = { privateNetwork = true; hostAddress = "10.0.0.3"; localAddress = "10.0.0.2"; };';
const nix = (text: string): string => `\n#- /a.nix\n${text}`;

testRule(unneededIgnore, {
  finds: {
    'a comment above where nothing is found': nix(`{
  # nixos-containers: ignore duplicate-address
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unneeded-ignore
  ${web}
}
`),
    'a comment beside where nothing is found': nix(`{
  a = 1; /* nixos-containers: ignore duplicate-address -- why */
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unneeded-ignore
}
`),
    'one rule of two, and both': nix(`{
  ${web}
  # nixos-containers: ignore duplicate-address, missing-import
#                                               ^^^^^^^^^^^^^^ hint unneeded-ignore
  ${clash}
  a = 1; # nixos-containers: ignore missing-nat, half-address-pair
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unneeded-ignore
}
`),
    'a file in which nothing is found': nix(` # nixos-containers: ignore-file
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unneeded-ignore
{ }
`),
    'a rule of a file': nix(` # nixos-containers: ignore-file duplicate-address, missing-nat
#                                ^^^^^^^^^^^^^^^^^ hint unneeded-ignore
{ ${web} }
`),
    'a comment below a string that is not its own': nix(`{
  a = ''
    # nixos-containers: ignore missing-nat
  '';
  # nixos-containers: ignore missing-nat
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unneeded-ignore
  b = ''
  '';
}
`),
  },
  silent: {
    'what silences something': nix(`{
  # nixos-containers: ignore duplicate-address
  ${web}
  ${clash} # nixos-containers: ignore missing-nat, duplicate-address
}
`),
    'a rule that is off': `
#- /.nixos-containers.json
{ "rules": { "duplicate-address": "off" } }
${nix(`{
  # nixos-containers: ignore duplicate-address
  ${web}
}
`)}`,
    'what cannot be judged: a file that no host imports': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.lab = nixpkgs.lib.nixosSystem { modules = [ ./b.nix ]; }; }; }
#- /b.nix
{ ${web} }
#- /a.nix
{
  # nixos-containers: ignore duplicate-address
  containers.other.autoStart = true;
}
`,
    'what cannot be judged: no host at all': `
#- /flake.nix
{ outputs = { ... }: { }; }
#- /a.nix
{
  # nixos-containers: ignore duplicate-address
  containers.other.autoStart = true;
}
`,
    'what cannot be judged: a file with a syntax error': `
#- /b.nix
{ containers.db = { localAddress = "10.0.0.2; }; }
#- /a.nix
{
  # nixos-containers: ignore duplicate-address
  ${web}
}
`,
    'what unknown-ignore reports': nix('{\n  # nixos-containers: ignore no-such-rule\n  a = 1;\n}\n'),
  },
  mends: {
    'a comment on a line of its own': {
      fixture: nix(`{\n  a = 1;\n  # nixos-containers: ignore missing-nat\n  b = 2;\n}\n`),
      fix: /Remove the comment/,
      leaves: ['a = 1;'],
    },
    'a comment behind code': {
      fixture: nix('{ a = 1; # nixos-containers: ignore missing-nat\n}\n'),
      fix: /Remove the comment/,
      leaves: ['{ a = 1;'],
    },
    'one rule of two': {
      fixture: nix(
        `{\n  ${web}\n  # nixos-containers: ignore missing-import, duplicate-address\n  ${clash}\n}\n`,
      ),
      fix: /No longer ignore missing-import/,
      leaves: ['  # nixos-containers: ignore duplicate-address'],
    },
  },
});
