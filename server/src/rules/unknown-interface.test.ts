import { testRule } from '../../../test/engine/rule-suite';
import { unknownInterface } from './unknown-interface';

const LONG =
  'containers.changedetection = { privateNetwork = true; hostAddress = "10.0.0.2"; localAddress = "10.0.0.3"; config = { }; };';

testRule(unknownInterface, {
  finds: {
    'the full name where the interface has a short one': `
#- /a.nix
{
  networking.nat.internalInterfaces = [ "ve-changedetection" ];
#                                       ^^^^^^^^^^^^^^^^^^^^ warning unknown-interface
  ${LONG}
}
`,
    'a bridged container by the prefix of others': `
#- /a.nix
{
  networking.firewall.trustedInterfaces = [ "ve-media" ];
#                                           ^^^^^^^^^^ warning unknown-interface
  containers.media = { privateNetwork = true; hostBridge = "br0"; config = { }; };
}
`,
    'a misspelt name, as the name of an attribute': `
#- /a.nix
{
  networking.firewall.interfaces.ve-grafna.allowedTCPPorts = [ 53 ];
#                                ^^^^^^^^^ warning unknown-interface
  containers.grafana = { privateNetwork = true; localAddress = "10.0.0.3"; config = { }; };
}
`,
    'a container with the network of the host': `
#- /a.nix
{
  networking.firewall.trustedInterfaces = [ "ve-web" ];
#                                           ^^^^^^^^ warning unknown-interface
  containers.web.config = { };
}
`,
    'nothing of that name: worth knowing': `
#- /a.nix
{
  networking.nat.internalInterfaces = [ "ve-old" ];
#                                       ^^^^^^^^ information unknown-interface
  containers.web = { privateNetwork = true; localAddress = "10.0.0.3"; config = { }; };
}
`,
    'an address instead of a bridge': `
#- /library.nix
{
  containers.library = {
    privateNetwork = true;
    hostBridge = "10.20.1.3";
#                ^^^^^^^^^^^ error unknown-interface
    localAddress = "10.20.0.3";
    config = { };
  };
}
`,
  },
  silent: {
    'the real names': `
#- /a.nix
{
  networking.nat.internalInterfaces = [ "ve-changede2KnI" "ve-web" "vb-media" "ve-arr" ];
  ${LONG}
  containers.web = { privateNetwork = true; localAddress = "10.0.0.3"; config = { }; };
  containers.media = { privateNetwork = true; hostBridge = "br0"; config = { }; };
  containers.usenet = { extraVeths.ve-arr.hostBridge = "br1"; config = { }; };
}
`,
    globs: `
#- /a.nix
{
  networking.nat.internalInterfaces = [ "ve-+" "ve-*" ];
  systemd.network.networks."10-ignore".matchConfig.Name = "ve-*";
  containers.web = { privateNetwork = true; localAddress = "10.0.0.3"; config = { }; };
}
`,
    'a container that is not imported': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; }; }
#- /a.nix
{ networking.nat.internalInterfaces = [ "ve-old" ]; containers.web.config = { }; }
#- /old.nix
{ containers.old = { privateNetwork = true; localAddress = "10.0.0.9"; config = { }; }; }
`,
    'containers that may come from outside': `
#- /a.nix
{ inputs, ... }: { networking.nat.internalInterfaces = [ "ve-old" ]; containers = inputs.x.containers; }
`,
    'a bridge by its name': `
#- /a.nix
{ containers.web = { privateNetwork = true; hostBridge = "br0"; config = { }; }; }
`,
  },
  mends: {
    'with the short name': {
      fixture: `
#- /a.nix
{
  networking.nat.internalInterfaces = [ "ve-changedetection" ];
  ${LONG}
}
`,
      fix: /ve-changede2KnI/,
      leaves: ['[ "ve-changede2KnI" ]'],
    },
    'an attribute': {
      fixture: `
#- /a.nix
{
  networking.firewall.interfaces."ve-grafna".allowedTCPPorts = [ 53 ];
  containers.grafana = { privateNetwork = true; localAddress = "10.0.0.3"; config = { }; };
}
`,
      fix: /ve-grafana/,
      leaves: ['interfaces.ve-grafana.allowedTCPPorts'],
    },
    'hostAddress for an address': {
      fixture: `
#- /library.nix
{ containers.library = { privateNetwork = true; hostBridge = "10.20.1.3"; localAddress = "10.20.0.3"; config = { }; }; }
`,
      fix: /hostAddress/,
      leaves: ['hostAddress = "10.20.1.3";'],
    },
  },
});
