import { testRule } from '../../../test/engine/rule-suite';
import { inertNetworkOption } from './inert-network-option';

testRule(inertNetworkOption, {
  finds: {
    'an address without private network': `
#- /vault.nix
{
  containers.vault = {
    autoStart = true;
    localAddress = "192.168.100.11";
#                  ^^^^^^^^^^^^^^^^ warning inert-network-option
    hostAddress = "192.168.100.10";
    config = { };
  };
}
`,
    'where it is switched off in words': `
#- /vault.nix
{
  containers.vault = {
    privateNetwork = false;
    hostBridge = "br0";
#                ^^^^^ warning inert-network-option
    config = { };
  };
}
`,
    'forwarded ports alone': `
#- /vault.nix
{
  containers.vault = {
    forwardPorts = [ { hostPort = 80; } ];
#                  ^^^^^^^^^^^^^^^^^^^^^^ warning inert-network-option
    config = { };
  };
}
`,
    'what extra links do not read': `
#- /a.nix
{
  containers.a.config = { };
  containers.a.extraVeths.lan = {
    localAddress = "10.0.0.2";
    localMacAddress = "02:00:00:00:00:01";
#                     ^^^^^^^^^^^^^^^^^^^ warning inert-network-option
    forwardPorts = [ { hostPort = 80; } ];
#                  ^^^^^^^^^^^^^^^^^^^^^^ warning inert-network-option
  };
}
`,
  },
  silent: {
    'a private network': `
#- /a.nix
{ containers.a = { privateNetwork = true; hostAddress = "10.0.0.1"; localAddress = "10.0.0.2"; forwardPorts = [ { hostPort = 80; } ]; config = { }; }; }
`,
    'a host network without addresses': `
#- /a.nix
{ containers.a = { privateNetwork = false; forwardPorts = [ ]; localAddress = null; config = { }; }; }
`,
    'private network is set in another file': `
#- /a.nix
{ containers.a = { localAddress = "10.0.0.2"; hostAddress = "10.0.0.1"; config = { }; }; }
#- /all.nix
{ lib, ... }: { containers.a.privateNetwork = true; }
`,
    'private network may come from a helper outside': `
#- /a.nix
{ inputs, lib, ... }: {
  containers.a = { localAddress = "10.0.0.2"; config = { }; } // inputs.helpers.defaults;
  containers.b = lib.mkMerge [ { localAddress = "10.0.0.3"; config = { }; } (inputs.helpers.defaults { }) ];
  containers.c = lib.mkMerge [ { localAddress = "10.0.0.4"; config = { }; } (lib.mkIf inputs.helpers.x { privateNetwork = true; }) ];
}
`,
    'nobody imports it': `
#- /flake.nix
{ outputs = { nixpkgs, ... }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ ]; }; }; }
#- /a.nix
{ containers.a = { localAddress = "10.0.0.2"; config = { }; }; }
`,
  },
  mends: {
    'by a private network beside the address': {
      fixture: `
#- /vault.nix
{
  containers.vault = {
    localAddress = "192.168.100.11";
    hostAddress = "192.168.100.10";
    config = { };
  };
}
`,
      fix: /privateNetwork = true/,
      leaves: ['    privateNetwork = true;'],
    },
    'by switching it on where it is off': {
      fixture: `
#- /vault.nix
{ containers.vault = { privateNetwork = false; hostAddress = "192.168.100.10"; localAddress = "192.168.100.11"; config = { }; }; }
`,
      fix: /privateNetwork = true/,
      leaves: ['privateNetwork = true;'],
    },
    'by removing what an extra link does not read': {
      fixture: `
#- /a.nix
{
  containers.a.config = { };
  containers.a.extraVeths.lan = {
    localAddress = "10.0.0.2";
    localMacAddress = "02:00:00:00:00:01";
  };
}
`,
      fix: /Remove localMacAddress/,
      leaves: ['    localAddress = "10.0.0.2";'],
    },
  },
  says: {
    'which options, and where the guest really answers': {
      fixture: `
#- /vault.nix
{ containers.vault = { localAddress = "192.168.100.11"; hostAddress = "192.168.100.10"; config = { }; }; }
`,
      message:
        /^`localAddress` and `hostAddress` have no effect without `privateNetwork = true`: vault shares the host's network, and answers on 127\.0\.0\.1/,
    },
  },
});
