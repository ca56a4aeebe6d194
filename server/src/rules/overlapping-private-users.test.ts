import { testRule } from '../../../test/engine/rule-suite';
import { overlappingPrivateUsers } from './overlapping-private-users';

testRule(overlappingPrivateUsers, {
  finds: {
    'one number that a helper gives to all': `
#- /a.nix
let web = address: { privateUsers = 131072; localAddress = address; config = { }; };
#                                   ^^^^^^ warning overlapping-private-users
#                                   ^^^^^^ warning overlapping-private-users
in { containers.a = web "10.0.0.2"; containers.b = web "10.0.0.3"; }
`,
    'two containers with one range': `
#- /a.nix
{
  containers.a = { privateUsers = 131072; config = { }; };
#                                 ^^^^^^ warning overlapping-private-users
  containers.b = { privateUsers = 131072; config = { }; };
#                                 ^^^^^^ warning overlapping-private-users
}
`,
    'ranges that meet, and one of the host': `
#- /a.nix
{
  containers.a = { privateUsers = 131072; config = { }; };
#                                 ^^^^^^ warning overlapping-private-users
  containers.b = { privateUsers = 140000; config = { }; };
#                                 ^^^^^^ warning overlapping-private-users
  containers.c = { privateUsers = 1000; config = { }; };
#                                 ^^^^ warning overlapping-private-users
}
`,
  },
  silent: {
    'guests that are meant to share their users': `
#- /a.nix
{ config, ... }: {
  users.users.auth = { uid = 65536 * 12; isSystemUser = true; };
  containers.auth = { privateUsers = config.users.users.auth.uid; config = { }; };
  containers.auth-redis = { privateUsers = config.users.users.auth.uid; config = { }; };
}
`,
    'ranges of their own, and no numbers': `
#- /a.nix
{
  containers.a = { privateUsers = 131072; config = { }; };
  containers.b = { privateUsers = 196608; config = { }; };
  containers.c = { privateUsers = "pick"; config = { }; };
  containers.d = { privateUsers = "identity"; config = { }; };
  containers.e = { privateUsers = 0; config = { }; };
  containers.f.config = { };
}
`,
    'the other one is not imported': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ containers.a = { privateUsers = 131072; config = { }; }; }
#- /b.nix
{ containers.b = { privateUsers = 131072; config = { }; }; }
`,
  },
});
