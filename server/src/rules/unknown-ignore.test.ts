import { testRule } from '../../../test/engine/rule-suite';
import { unknownIgnore } from './unknown-ignore';

const nix = (text: string): string => `\n#- /a.nix\n${text}`;

testRule(unknownIgnore, {
  finds: {
    'a rule that does not exist': nix(`{
  # nixos-containers: ignore duplicate-adress, missing-nat
#                            ^^^^^^^^^^^^^^^^ hint unknown-ignore
  containers.a.autoStart = true;
}
`),
    'a comment without a rule': nix(`{
  # nixos-containers: ignore
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unknown-ignore
  containers.a.autoStart = true; /* nixos-containers: ignore */
#                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint unknown-ignore
}
`),
    'a misspelt word': nix(`{
  # nixos-containers: ingore missing-nat
#                     ^^^^^^ hint unknown-ignore
  containers.a.autoStart = true;
}
`),
    'a file that is ignored too late': nix(`{
  # nixos-containers: ignore-file missing-nat
#                     ^^^^^^^^^^^ hint unknown-ignore
}
`),
    'a comment below everything': nix(`{ }
 # nixos-containers: ignore missing-nat
#                    ^^^^^^ hint unknown-ignore
`),
    'a reason without a mark': nix(`# nixos-containers: ignore-file because it is made by a program
#                               ^^^^^^^ hint unknown-ignore
{ }
`),
  },
  silent: {
    'what is well written':
      nix(`# nixos-containers: ignore-file missing-nat, duplicate-address -- kept as it was
/* nixos-containers: ignore-file missing-import */
{
  # nixos-containers: ignore duplicate-address,missing-nat  -- both never run
  containers.a.autoStart = true; # nixos-containers: ignore isolated-container
}
`),
    'a whole file': nix('# nixos-containers: ignore-file\n{ }\n'),
    'a whole file, with a reason': nix('# nixos-containers: ignore-file -- made by a program\n{ }\n'),
    'sentences about containers': nix(`{
  # nixos-containers: see the manual
  # nixos-containers: https://nixos.org/manual
  # nixos-containers:
  # my nixos-containers: ignore them
  # nixos-containers are ignored here
  a = "# nixos-containers: ignore nothing-at-all";
  b = ''
    # nixos-containers: ignroe
  '';
}
`),
  },
  mends: {
    'a misspelt rule': {
      fixture: nix('{ a = 1; /* nixos-containers: ignore missing-nta */ }\n'),
      fix: /Write missing-nat/,
      leaves: ['/* nixos-containers: ignore missing-nat */'],
    },
    'a misspelt word': {
      fixture: nix('# nixos-containers: ignore-fil missing-nat\n{ }\n'),
      fix: /Write ignore-file/,
      leaves: ['# nixos-containers: ignore-file missing-nat'],
    },
  },
});
