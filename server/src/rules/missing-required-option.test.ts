import { testRule } from '../../../test/engine/rule-suite';
import { missingRequiredOption } from './missing-required-option';

testRule(missingRequiredOption, {
  finds: {
    'ports and devices of a container': `
#- /a.nix
{ lib, ... }: {
  containers.web = {
    privateNetwork = true;
    forwardPorts = [ { containerPort = 80; } ];
#                    ^^^^^^^^^^^^^^^^^^^^^^^ error missing-required-option
    allowedDevices = [ { node = "/dev/kvm"; } { modifier = "r"; } ];
#                      ^^^^^^^^^^^^^^^^^^^^^^ error missing-required-option
#                                             ^^^^^^^^^^^^^^^^^^^ error missing-required-option
  };
  containers.db.allowedDevices = lib.mkIf true [ { node = lib.mkIf false "/dev/kvm"; modifier = "r"; } ];
#                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error missing-required-option
}
`,
    'ranges of ports and addresses of interfaces': `
#- /a.nix
{
  networking.firewall.allowedTCPPortRanges = [ { from = 80; } ];
#                                              ^^^^^^^^^^^^^^ error missing-required-option
  containers.web.config.networking.interfaces.eth1.ipv4.addresses = [ { address = "10.0.0.2"; } ];
#                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^ error missing-required-option
}
`,
  },
  silent: {
    'what is there': `
#- /a.nix
{
  containers.web = {
    privateNetwork = true;
    forwardPorts = [ { hostPort = 80; } ];
    allowedDevices = [ { node = "/dev/kvm"; modifier = "r"; } ];
    config.networking.firewall.allowedUDPPortRanges = [ { from = 80; to = 90; } ];
  };
}
`,
    'what may be there, or is never asked for': `
#- /a.nix
{ inputs, lib, ... }: {
  containers.web = {
    forwardPorts = [ { containerPort = 80; } ];
    allowedDevices = [ inputs.x ({ node = "/dev/kvm"; } // inputs.y) { node = "/dev/kvm"; modifier = lib.mkIf inputs.z "r"; } { node = "/dev/x"; \${inputs.n} = "r"; } ];
    extraVeths.lan.forwardPorts = [ { containerPort = 80; } ];
  };
  networking.firewall.allowedTCPPortRanges = [ ({ from = 80; } // inputs.y) ];
  networking.nat.forwardPorts = [ { sourcePort = 80; } ];
}
`,
  },
  mends: {
    'a port': {
      fixture: `
#- /a.nix
{ containers.web = { privateNetwork = true; forwardPorts = [ { containerPort = 80; } ]; }; }
`,
      fix: /Add hostPort = 80/,
      leaves: ['{ containerPort = 80; hostPort = 80; }'],
    },
    'what may be done with a device': {
      fixture: `
#- /a.nix
{ containers.web.allowedDevices = [ { node = "/dev/kvm"; } ]; }
`,
      fix: /Add modifier/,
      leaves: ['{ node = "/dev/kvm"; modifier = "rw"; }'],
    },
  },
});
