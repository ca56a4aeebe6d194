import { testRule } from '../../../test/engine/rule-suite';
import { invalidMac } from './invalid-mac';

testRule(invalidMac, {
  finds: {
    'too short, other separators, and an address of many receivers': `
#- /a.nix
{
  containers.a = { privateNetwork = true; localMacAddress = "02:00:00:00:01"; config = { }; };
#                                                           ^^^^^^^^^^^^^^^^ error invalid-mac
  containers.b = { privateNetwork = true; localMacAddress = "02-00-00-00-00-01"; config = { }; };
#                                                           ^^^^^^^^^^^^^^^^^^^ error invalid-mac
  containers.c = { privateNetwork = true; localMacAddress = "33:00:00:00:00:01"; config = { }; };
#                                                           ^^^^^^^^^^^^^^^^^^^ error invalid-mac
}
`,
  },
  silent: {
    'a hardware address, none, and one that is not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { privateNetwork = true; localMacAddress = "02:00:00:00:00:01"; config = { }; };
  containers.b = { privateNetwork = true; localMacAddress = "DE:AD:BE:EF:00:01"; config = { }; };
  containers.c = { privateNetwork = true; localMacAddress = null; config = { }; };
  containers.d = { privateNetwork = true; localMacAddress = inputs.x; config = { }; };
}
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a.localMacAddress = "x"; }
`,
  },
  mends: {
    'the separators': {
      fixture: `
#- /a.nix
{ containers.b = { privateNetwork = true; localMacAddress = "02-00-00-00-00-01"; config = { }; }; }
`,
      fix: /Write/,
      leaves: ['"02:00:00:00:00:01"'],
    },
    'the first pair': {
      fixture: `
#- /a.nix
{ containers.b = { privateNetwork = true; localMacAddress = "33:00:00:00:00:01"; config = { }; }; }
`,
      fix: /Write/,
      leaves: ['"32:00:00:00:00:01"'],
    },
  },
});
