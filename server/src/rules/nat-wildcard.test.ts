import { testRule } from '../../../test/engine/rule-suite';
import { natWildcard } from './nat-wildcard';

testRule(natWildcard, {
  finds: {
    'the wildcard of iptables under nftables': `
#- /network.nix
{
  networking.nftables.enable = true;
  networking.nat = {
    enable = true;
    internalInterfaces = [ "ve-+" ];
#                          ^^^^^^ warning nat-wildcard
  };
}
`,
    'the wildcard of nftables under iptables': `
#- /network.nix
{
  networking.nat.enable = true;
  networking.nat.internalInterfaces = [ "wg0" "ve-*" ];
#                                             ^^^^^^ warning nat-wildcard
}
`,
  },
  silent: {
    'each in its place': `
#- /a.nix
{ networking.nat = { enable = true; internalInterfaces = [ "ve-+" "vb-+" "br0" ]; }; }
`,
    'both, for either firewall': `
#- /a.nix
{ networking.nftables.enable = true; networking.nat = { enable = true; internalInterfaces = [ "ve-*" "ve-+" ]; }; }
`,
    'nftables with its own': `
#- /a.nix
{ networking.nftables.enable = true; networking.nat = { enable = true; internalInterfaces = [ "ve-*" ]; }; }
`,
    'a module from outside may choose the firewall': `
#- /a.nix
{ inputs, ... }: { imports = [ inputs.router.nixosModules.default ]; networking.nat = { enable = true; internalInterfaces = [ "ve-*" ]; }; }
#- /flake.nix
{ outputs = { nixpkgs, ... }@inputs: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { specialArgs = { inherit inputs; }; modules = [ ./a.nix ]; }; }; }
`,
    'which firewall it is depends on something unknown': `
#- /a.nix
{ inputs, ... }: { networking.nftables.enable = inputs.x.y; networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; }; }
`,
    'NAT is off': `
#- /a.nix
{ networking.nftables.enable = true; networking.nat.internalInterfaces = [ "ve-+" ]; }
`,
    'a glob that networkd reads': `
#- /a.nix
{ systemd.network.networks."10-ignore".matchConfig.Name = "ve-*"; networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; }; }
`,
  },
  mends: {
    'with the right wildcard': {
      fixture: `
#- /a.nix
{ networking.nftables.enable = true; networking.nat = { enable = true; internalInterfaces = [ "ve-+" ]; }; }
`,
      fix: /Write "ve-\*"/,
      leaves: ['[ "ve-*" ]'],
    },
  },
});
