import { testRule } from '../../../test/engine/rule-suite';
import { duplicateAttribute } from './duplicate-attribute';

testRule(duplicateAttribute, {
  finds: {
    'an address of a container, written twice': `
#- /a.nix
{
  containers.web = {
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    localAddress = "10.0.0.3";
#   ^^^^^^^^^^^^ error duplicate-attribute
  };
}
`,
    'a container, once as a path and once as a value that is no set': `
#- /a.nix
{ lib, ... }: {
  containers.web.autoStart = true;
  containers.web = lib.mkForce { };
#            ^^^ error duplicate-attribute
}
`,
    'an argument of a module': `
#- /a.nix
{ config, lib, config, ... }: { }
#              ^^^^^^ error duplicate-attribute
`,
    'a name of a file that no host imports': `
#- /flake.nix
{ outputs = { ... }: { }; }
#- /b.nix
let port = 80; port = 81; in port
#              ^^^^ error duplicate-attribute
`,
  },
  silent: {
    'a container that is written in parts': `
#- /a.nix
{
  containers.web = { autoStart = true; };
  containers.web.privateNetwork = true;
  containers = { db.autoStart = true; };
}
`,
    'the same name in two sets, or in both branches of a condition': `
#- /a.nix
{ config, lib, ... }: {
  services = if config.x then { a = 1; } else { a = 2; };
  imports = [ { a = 1; } { a = 1; } ];
  environment = { a = 1; } // { a = 2; };
}
`,
    'a set that is being typed': `
#- /a.nix
{
  containers.web = {
    localAddress =
    localAddress = "10.0.0.3";
  };
}
`,
    'names that are computed': `
#- /a.nix
let name = "web"; in { containers.\${name}.autoStart = true; containers.\${name}.ephemeral = true; }
`,
  },
  mends: {
    'two that say the same': {
      fixture: `
#- /a.nix
{
  containers.web = {
    autoStart = true;
    privateNetwork = true;
    autoStart = true;
  };
}
`,
      fix: /^Take the second one out$/,
      leaves: ['    privateNetwork = true;'],
    },
  },
  says: {
    'where the first one is': {
      fixture: `
#- /a.nix
{
  x = 1;
  x = 2;
}
`,
      message: /^`x` is defined already \(line 2\), and Nix refuses the file/,
    },
  },
});
