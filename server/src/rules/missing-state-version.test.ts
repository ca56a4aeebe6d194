import { expect, it } from 'vitest';
import { findingsOf, parseFixture } from '../../../test/engine/fixture';
import { testRule } from '../../../test/engine/rule-suite';
import { missingStateVersion } from './missing-state-version';

testRule(missingStateVersion, {
  finds: {
    'a guest without, also where the host has one, and where it takes its secrets from agenix': `
#- /flake.nix
{ outputs = { nixpkgs, agenix, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ inputs, ... }: {
  system.stateVersion = "25.11";
  containers.web.config = { };
#            ^^^ information missing-state-version
  containers.auth.config = { imports = [ inputs.agenix.nixosModules.default ]; };
#            ^^^^ information missing-state-version
}
`,
  },
  silent: {
    'set in the guest, in a file it imports, or by another module': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ./b.nix ]; }; }; }
#- /a.nix
{
  containers.a.config.system.stateVersion = "25.11";
  containers.b.config = { imports = [ ./guest.nix ]; };
  containers.c.config = { };
}
#- /guest.nix
{ system.stateVersion = "25.11"; }
#- /b.nix
{ containers.c.config.system.stateVersion = "25.11"; }
`,
    'a module from outside, or a part that is not known': `
#- /flake.nix
{ outputs = { nixpkgs, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ inputs, lib, ... }: {
  containers.a.config = { imports = [ inputs.base.nixosModules.guest ]; };
  containers.b.config = inputs.base.guest;
  containers.c.config = lib.mkMerge [ { services.nginx.enable = true; } inputs.base.guest ];
  containers.d = inputs.base.container { };
}
`,
    'a system that is not written here': `
#- /a.nix
{ containers.a.path = "/x"; containers.b.flake = "github:me/guest"; }
`,
  },
  mends: {
    'a container that was just written, by the release that the flake is locked to': {
      fixture: `
#- /flake.nix
{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11"; outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{
  containers.web.config = {
    services.nginx.enable = true;
  };
}
#- /.git/index
flake.nix
`,
      fix: /^Set it to 25\.11$/,
      leaves: ['    system.stateVersion = "25.11";'],
    },
  },
});

it('has no fix for a container that git tracks, or of which that is not known', async () => {
  const files = `
#- /flake.nix
{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11"; outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ containers.web.config = { services.nginx.enable = true; }; }
`;
  for (const text of [files, `${files}#- /.git/index\nflake.nix\na.nix\n`]) {
    const { findings } = await findingsOf(parseFixture(text), [missingStateVersion]);
    expect(findings.map(({ fixes }) => fixes)).toEqual([[]]);
  }
});
