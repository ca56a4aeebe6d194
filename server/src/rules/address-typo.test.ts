import { testRule } from '../../../test/engine/rule-suite';
import { addressTypo } from './address-typo';

testRule(addressTypo, {
  finds: {
    'a twin inside the guest': `
#- /runner.nix
{
  containers.runner = {
    privateNetwork = true;
    hostBridge = "br0";
    localAddress = "192.198.7.30/24";
#                  ^^^^^^^^^^^^^^^^^ warning address-typo
    config.services.runner.address = "192.168.7.30";
  };
}
`,
    'a record of a zone': `
#- /vault.nix
{ containers.vault = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.7.25/24"; config = { }; }; }
#- /dns.nix
{
  services.dns.zone = ''
    git    IN A 192.168.7.24
    vault  IN A 192.138.7.25
#               ^^^^^^^^^^^^ warning address-typo
  '';
}
`,
  },
  silent: {
    'private twins, which may be two addresses': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config.services.x.address = "10.0.1.5"; };
}
`,
    'a public address without a twin, and other public addresses': `
#- /a.nix
{
  containers.a = { privateNetwork = true; hostBridge = "br0"; localAddress = "81.2.69.161/24"; config.services.x.dns = [ "9.9.9.9" "192.168.1.1" ]; };
  containers.b = { privateNetwork = true; hostAddress = "10.0.0.4"; localAddress = "10.0.0.5"; config.services.x.dns = "94.140.14.14"; };
}
`,
    'right records, and those of others': `
#- /vault.nix
{ containers.vault = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.168.7.25/24"; config = { }; }; }
#- /dns.nix
{
  services.dns.zone = ''
    vault  IN A 192.168.7.25
    vault  IN A 81.2.69.160
    oldvault IN A 192.138.7.25
  '';
}
`,
    'an address that has no effect': `
#- /a.nix
{ containers.a = { localAddress = "192.198.7.30"; config.services.runner.address = "192.168.7.30"; }; }
`,
  },
  mends: {
    'with the twin': {
      fixture: `
#- /runner.nix
{ containers.runner = { privateNetwork = true; hostBridge = "br0"; localAddress = "192.198.7.30/24"; config.services.runner.address = "192.168.7.30"; }; }
`,
      fix: /Write/,
      leaves: ['localAddress = "192.168.7.30/24"'],
    },
  },
});
