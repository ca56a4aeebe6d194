import { testRule } from '../../../test/engine/rule-suite';
import { deviceHalfConfigured } from './device-half-configured';

testRule(deviceHalfConfigured, {
  finds: {
    'a mount without permission, and a permission without mount': `
#- /a.nix
{
  containers.media = {
    bindMounts."/dev/dri".isReadOnly = false;
#              ^^^^^^^^^^ warning device-half-configured
    config = { };
  };
  containers.radio = {
    allowedDevices = [ { node = "/dev/ttyUSB0"; modifier = "rw"; } ];
#                               ^^^^^^^^^^^^^^ warning device-half-configured
    config = { };
  };
}
`,
  },
  silent: {
    'both, by the node, by its folder, by a link, by a class': `
#- /a.nix
{
  containers.a = { allowedDevices = [ { node = "/dev/dri/renderD128"; modifier = "rw"; } ]; bindMounts."/dev/dri".isReadOnly = false; config = { }; };
  containers.b = { allowedDevices = [ { node = "/dev/ttyUSB0"; modifier = "rw"; } ]; bindMounts."/dev/ttyUSB0".isReadOnly = false; config = { }; };
  containers.c = { allowedDevices = [ { node = "/dev/serial/by-id/stick"; modifier = "rw"; } ]; bindMounts."/dev/ttyACM0".isReadOnly = false; bindMounts."/dev/serial/by-id".isReadOnly = false; config = { }; };
  containers.d = { allowedDevices = [ { node = "char-drm"; modifier = "rw"; } ]; bindMounts."/dev/dri".isReadOnly = false; config = { }; };
  containers.e = { allowedDevices = [ { node = "/dev/ttyUSB0"; modifier = "rw"; } ]; bindMounts.stick = { mountPoint = "/dev/zigbee"; hostPath = "/dev/ttyUSB0"; }; config = { }; };
}
`,
    'nodes that every guest has, mounts by flags, and what is not known': `
#- /a.nix
{ inputs, ... }: {
  containers.a = { enableTun = true; bindMounts."/dev/net/tun" = { }; bindMounts."/dev/shm" = { }; config = { }; };
  containers.b = { allowedDevices = [ { node = "/dev/kvm"; modifier = "rw"; } ]; extraFlags = [ "--bind=/dev/kvm" ]; config = { }; };
  containers.c = { allowedDevices = inputs.x; bindMounts."/dev/dri" = { }; config = { }; };
  containers.d = { allowedDevices = [ { node = "/dev/kvm"; modifier = "rw"; } ]; bindMounts = inputs.x; config = { }; };
}
`,
  },
  mends: {
    'the permission': {
      fixture: `
#- /a.nix
{
  containers.media = {
    bindMounts."/dev/dri".isReadOnly = false;
    config = { };
  };
}
`,
      fix: /Allow/,
      leaves: ['    allowedDevices = [ { node = "/dev/dri"; modifier = "rw"; } ];'],
    },
    'the mount': {
      fixture: `
#- /a.nix
{ containers.radio = { allowedDevices = [ { node = "/dev/ttyUSB0"; modifier = "rw"; } ]; config = { }; }; }
`,
      fix: /Mount/,
      leaves: ['bindMounts."/dev/ttyUSB0" = { hostPath = "/dev/ttyUSB0"; isReadOnly = false; };'],
    },
  },
});
