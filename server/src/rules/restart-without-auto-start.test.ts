import { testRule } from '../../../test/engine/rule-suite';
import { restartWithoutAutoStart } from './restart-without-auto-start';

testRule(restartWithoutAutoStart, {
  finds: {
    'in words, without autoStart': `
#- /a.nix
{
  containers.a = {
    restartIfChanged = true;
#                      ^^^^ warning restart-without-auto-start
    config = { };
  };
}
`,
  },
  silent: {
    'with autoStart, by default, and switched off': `
#- /a.nix
{
  containers.a = { autoStart = true; restartIfChanged = true; config = { }; };
  containers.b.config = { };
  containers.c = { restartIfChanged = false; config = { }; };
}
`,
    'autoStart is not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { autoStart = inputs.x; restartIfChanged = true; config = { }; };
  containers.b = { restartIfChanged = true; config = { }; } // inputs.y;
}
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a = { restartIfChanged = true; config = { }; }; }
`,
  },
  mends: {
    'by autoStart': {
      fixture: `
#- /a.nix
{ containers.a = { restartIfChanged = true; config = { }; }; }
`,
      fix: /autoStart = true/,
      leaves: ['restartIfChanged = true; autoStart = true;'],
    },
    'by leaving it out': {
      fixture: `
#- /a.nix
{ containers.a = { restartIfChanged = true; config = { }; }; }
`,
      fix: /Remove/,
      leaves: ['containers.a = { config = { }; };'],
    },
  },
});
