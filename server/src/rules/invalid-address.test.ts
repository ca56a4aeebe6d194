import { testRule } from '../../../test/engine/rule-suite';
import { invalidAddress } from './invalid-address';

function container(options: string): string {
  return `
#- /a.nix
{
  containers.a = {
    privateNetwork = true;
${options}
  };
}
`;
}

testRule(invalidAddress, {
  finds: {
    'an octet over 255': container(`
    localAddress = "10.10.10.256";
#                  ^^^^^^^^^^^^^^ error invalid-address`),
    'a word': container(`
    localAddress = "immich";
#                  ^^^^^^^^ error invalid-address`),
    nothing: container(`
    hostAddress = "";
#                 ^^ error invalid-address`),
    'a prefix on a plain link': container(`
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2/24";
#                  ^^^^^^^^^^^^^ error invalid-address`),
    'IPv6 where IPv4 belongs': container(`
    localAddress = "fd00::2";
#                  ^^^^^^^^^ error invalid-address`),
    'IPv4 where IPv6 belongs': container(`
    localAddress6 = "10.0.0.2";
#                   ^^^^^^^^^^ error invalid-address`),
    "a prefix of the host's end on a plain link": container(`
    hostAddress6 = "fd00::1/64";
#                  ^^^^^^^^^^^^ error invalid-address
    localAddress6 = "fd00::2";
`),
    'a prefix longer than the address': container(`
    hostBridge = "br0";
    localAddress = "10.0.0.2/33";
#                  ^^^^^^^^^^^^^ error invalid-address`),
    'an extra link': container(`
    extraVeths.lan.localAddress = "10.0.2";
#                                 ^^^^^^^^ error invalid-address`),
  },
  silent: {
    'a good pair': container('    hostAddress = "10.0.0.1"; localAddress = "10.0.0.2";'),
    'a prefix of the guest on a plain link, which IPv6 takes for a network': container(
      '    hostAddress6 = "fd00::1"; localAddress6 = "fd00::2/64";',
    ),
    'a prefix on a bridge': container('    hostBridge = "br0"; localAddress = "10.0.0.2/24";'),
    'a prefix with a bridge that is not known': `
#- /a.nix
{ inputs, ... }: { containers.a = { privateNetwork = true; hostBridge = inputs.x.bridge; localAddress = "10.0.0.2/24"; }; }
`,
    'IPv6 with a dotted tail': container(
      '    hostAddress6 = "fd00::10.43.0.1"; localAddress6 = "fd00::10.43.0.5";',
    ),
    null: container('    localAddress = null;'),
    'no private network: the option does nothing': `
#- /a.nix
{ containers.a = { localAddress = "later"; }; }
`,
    'a value that is not known': `
#- /a.nix
{ pkgs, ... }: { containers.a = { privateNetwork = true; localAddress = pkgs.lib.fileContents pkgs.address; }; }
`,
  },
  mends: {
    'the prefix': {
      fixture: container('    hostAddress = "10.0.0.1"; localAddress = "10.0.0.2/24";'),
      fix: /Write "10\.0\.0\.2"/,
      leaves: ['localAddress = "10.0.0.2";'],
    },
  },
  says: {
    'which part is too large': {
      fixture: container('    localAddress = "10.10.300.2";'),
      message: /"10\.10\.300\.2" is not an IPv4 address: 300 is over 255\./,
    },
    'where the other family goes': {
      fixture: container('    localAddress = "fd00::2";'),
      message: /write it as `localAddress6`/,
    },
  },
});
