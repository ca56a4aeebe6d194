import { examples } from './testing';

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples('lib.network', [
  [
    'network.ipv6.fromString "2001:DB8::ffff/64"',
    '{ address = "2001:db8:0:0:0:0:0:ffff"; prefixLength = 64; }',
  ],
  ['network.ipv6.fromString "::1"', '{ address = "0:0:0:0:0:0:0:1"; prefixLength = 128; }'],
  ['network.ipv6.fromString "::"', '{ address = "0:0:0:0:0:0:0:0"; prefixLength = 128; }'],
  ['network.ipv6.fromString "fe80::"', '{ address = "fe80:0:0:0:0:0:0:0"; prefixLength = 128; }'],
  ['network.ipv6.fromString "1:2:3:4:5:6:7:8"', '{ address = "1:2:3:4:5:6:7:8"; prefixLength = 128; }'],
  ['network.ipv6.fromString "1:2:3:4:5:6:7:8:9"', 'error: 1:2:3:4:5:6:7:8:9 is not a valid IPv6 address'],
  ['network.ipv6.fromString "1::2::3"', 'error: 1::2::3 is not a valid IPv6 address'],
  ['network.ipv6.fromString "g::"', 'error: g:: contains malformed characters for IPv6 address'],
  ['network.ipv6.fromString "::1/0"', 'error: ::1/0 IPv6 subnet should be in range [1;128], got 0'],
  ['network.ipv6.fromString "::1/129"', 'error: ::1/129 IPv6 subnet should be in range [1;128], got 129'],
  ['network.ipv6.fromString "::1/2/3"', 'error: ::1/2/3 is not a valid IPv6 address in CIDR notation'],
  ['network.ipv6.fromString "1:::2"', 'error: 1:::2 is not a valid IPv6 address'],
  ['network.ipv6.fromString "12345::"', 'error: 0x12345 is not a valid u16 integer'],
  ['network.ipv6.fromString "1::2:3:4:5:6:7:8"', 'error: 1::2:3:4:5:6:7:8 is not a valid IPv6 address'],
  ['mkEUI64Suffix "66:75:63:6B:20:75"', '"6475:63ff:fe6b:2075"'],
  ['mkEUI64Suffix "02:75:63:6B:20:75"', '"75:63ff:fe6b:2075"'],
  ['mkEUI64Suffix "xx"', 'error: "xx" is not a valid MAC address (expected 6 octets of hex digits)'],
]);
