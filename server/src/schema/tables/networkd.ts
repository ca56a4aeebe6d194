import type { OptionDoc } from '../option';

/**
 * `systemd.network`: the networks, links and virtual devices of systemd-networkd, as far as homelabs write them. Shown and
 * offered, not declared. Source: systemd’s manual pages, and general knowledge of nixpkgs’ module for the sets around them.
 */

type Row = readonly [type: string, description: string, example?: string];

const SECTION = 'attribute set of (systemd option)';
const TEXT = 'string';
const TEXTS = 'string or list of string';
const BOOL = 'boolean';
const INT = 'signed integer';

const NIXPKGS = 'general knowledge of nixpkgs nixos/modules/system/boot/networkd.nix, not compared';

/** Options by what their paths begin with, and the page of the manual that describes the keys there. */
const SETS: readonly (readonly [set: string, source: string, rows: Readonly<Record<string, Row>>])[] = [
  [
    'systemd.network',
    NIXPKGS,
    {
      networks: [
        'attribute set of (submodule)',
        'Which addresses and routes interfaces get, by the name of a file: they are read in the order of these names, and the first that matches an interface counts.',
        '{ "10-lan" = { matchConfig.Name = "eth0"; networkConfig.DHCP = "yes"; }; }',
      ],
      netdevs: [
        'attribute set of (submodule)',
        'Virtual devices such as bridges and VLANs, by the name of a file.',
        '{ "20-br0".netdevConfig = { Kind = "bridge"; Name = "br0"; }; }',
      ],
      links: ['attribute set of (submodule)', 'Names and speeds of network cards, by the name of a file.'],
      'wait-online.enable': [BOOL, 'Whether the start waits until the network is there.'],
      'wait-online.anyInterface': [BOOL, 'Whether one interface that is there is enough.'],
      'wait-online.ignoredInterfaces': ['list of string', 'Interfaces that are not waited for.'],
      'wait-online.extraArgs': ['list of string', 'Further arguments of `systemd-networkd-wait-online`.'],
    },
  ],
  [
    'systemd.network.networks.<name>',
    NIXPKGS,
    {
      enable: [BOOL, 'Whether the file is written.'],
      name: [TEXT, 'The interface it is for, as `matchConfig.Name` has it.', '"eth0"'],
      matchConfig: [SECTION, 'Which interfaces it is for.', '{ Name = "eth0"; }'],
      linkConfig: [SECTION, 'The section `[Link]`: the interface itself.'],
      networkConfig: [SECTION, 'The section `[Network]`: what runs on the interface.'],
      dhcpV4Config: [SECTION, 'The section `[DHCPv4]`.'],
      dhcpV6Config: [SECTION, 'The section `[DHCPv6]`.'],
      ipv6AcceptRAConfig: [
        SECTION,
        'The section `[IPv6AcceptRA]`: what is taken from router advertisements.',
      ],
      ipv6SendRAConfig: [SECTION, 'The section `[IPv6SendRA]`: what it advertises as a router.'],
      dhcpServerConfig: [SECTION, 'The section `[DHCPServer]`: the addresses that it gives to others.'],
      bridgeConfig: [SECTION, 'The section `[Bridge]`, for an interface that is part of one.'],
      address: ['list of string', 'Addresses of the interface, each with its prefix.', '[ "10.0.0.2/24" ]'],
      gateway: ['list of string', 'Gateways.', '[ "10.0.0.1" ]'],
      dns: ['list of string', 'Name servers.', '[ "10.0.0.1" ]'],
      ntp: ['list of string', 'Time servers.'],
      domains: ['list of string', 'Domains in which names are looked for.'],
      bridge: ['list of string', 'The bridge that the interface is part of.'],
      vlan: ['list of string', 'The VLANs on the interface.'],
      macvlan: ['list of string', 'The macvlans on the interface.'],
      vxlan: ['list of string', 'The VXLANs on the interface.'],
      addresses: ['list of (submodule)', 'Addresses with further settings.'],
      routes: [
        'list of (submodule)',
        'Routes.',
        '[ { Destination = "10.1.0.0/16"; Gateway = "10.0.0.1"; } ]',
      ],
      routingPolicyRules: ['list of (submodule)', 'Which routing table is used for which packets.'],
    },
  ],
  [
    'systemd.network.networks.<name>.matchConfig',
    'systemd’s manual, systemd.network(5)',
    {
      Name: [TEXTS, 'The interface’s name; `*` stands for any text.', '"eth0"'],
      MACAddress: [TEXTS, 'The hardware address.'],
      Type: [TEXTS, 'The kind of interface, such as `ether`, `wlan` or `bridge`.'],
      Driver: [TEXTS, 'The driver of the card.'],
    },
  ],
  [
    'systemd.network.networks.<name>.networkConfig',
    'systemd’s manual, systemd.network(5)',
    {
      DHCP: ['boolean or one of "yes", "no", "ipv4", "ipv6"', 'Whether addresses come from DHCP.', '"ipv4"'],
      Address: [TEXTS, 'Addresses of the interface, each with its prefix.', '"10.0.0.2/24"'],
      Gateway: [TEXTS, 'Gateways.', '"10.0.0.1"'],
      DNS: [TEXTS, 'Name servers.', '"10.0.0.1"'],
      Domains: [TEXTS, 'Domains in which names are looked for.'],
      NTP: [TEXTS, 'Time servers.'],
      Bridge: [TEXT, 'The bridge that the interface is part of.'],
      VLAN: [TEXTS, 'The VLANs on the interface.'],
      IPv6AcceptRA: [BOOL, 'Whether addresses and routes of router advertisements are taken.'],
      IPv6SendRA: [BOOL, 'Whether it advertises itself as a router.'],
      IPv6PrivacyExtensions: [
        'boolean or one of "prefer-public", "kernel"',
        'Whether random addresses are used to the outside.',
      ],
      LinkLocalAddressing: [
        'boolean or one of "ipv4", "ipv6"',
        'Whether it has an address that is valid on its link only.',
      ],
      LLMNR: ['boolean or one of "resolve"', 'Whether names of the local network are resolved by LLMNR.'],
      MulticastDNS: ['boolean or one of "resolve"', 'Whether names below `.local` are resolved.'],
      DHCPServer: [BOOL, 'Whether it gives addresses to others.'],
      IPMasquerade: [
        'one of "no", "ipv4", "ipv6", "both"',
        'Whether what comes from the interface leaves with the host’s address.',
      ],
      IPv4Forwarding: [BOOL, 'Whether packets of IPv4 are passed on.'],
      IPv6Forwarding: [BOOL, 'Whether packets of IPv6 are passed on.'],
      ConfigureWithoutCarrier: [BOOL, 'Whether it is set up without a cable.'],
    },
  ],
  [
    'systemd.network.networks.<name>.linkConfig',
    'systemd’s manual, systemd.network(5)',
    {
      RequiredForOnline: [
        'boolean or string',
        'Whether the network counts as there only with this interface.',
      ],
      ActivationPolicy: [
        'one of "up", "always-up", "manual", "always-down", "down", "bound"',
        'Whether the interface is brought up.',
      ],
      Unmanaged: [BOOL, 'Whether networkd leaves the interface alone.'],
      MACAddress: [TEXT, 'The hardware address that it gets.'],
      MTUBytes: ['string or signed integer', 'The largest packet.'],
    },
  ],
  [
    'systemd.network.netdevs.<name>',
    NIXPKGS,
    {
      enable: [BOOL, 'Whether the file is written.'],
      netdevConfig: [SECTION, 'Kind and name of the device.', '{ Kind = "bridge"; Name = "br0"; }'],
      vlanConfig: [SECTION, 'The section `[VLAN]`.'],
      vxlanConfig: [SECTION, 'The section `[VXLAN]`.'],
      bridgeConfig: [SECTION, 'The section `[Bridge]`.'],
      bondConfig: [SECTION, 'The section `[Bond]`.'],
      macvlanConfig: [SECTION, 'The section `[MACVLAN]`.'],
      wireguardConfig: [SECTION, 'The section `[WireGuard]`.'],
      wireguardPeers: ['list of (submodule)', 'The other ends of the tunnel.'],
    },
  ],
  [
    'systemd.network.netdevs.<name>.netdevConfig',
    'systemd’s manual, systemd.netdev(5)',
    {
      Kind: [
        'one of "bridge", "vlan", "bond", "dummy", "macvlan", "veth", "vxlan", "wireguard", "tun", "tap", "vrf", "ipvlan"',
        'What the device is.',
        '"bridge"',
      ],
      Name: [TEXT, 'The device’s name.', '"br0"'],
      MACAddress: [TEXT, 'The hardware address.'],
      MTUBytes: ['string or signed integer', 'The largest packet.'],
    },
  ],
  [
    'systemd.network.netdevs.<name>.vlanConfig',
    'systemd’s manual, systemd.netdev(5)',
    { Id: [INT, 'The number of the VLAN.', '20'] },
  ],
  [
    'systemd.network.netdevs.<name>.vxlanConfig',
    'systemd’s manual, systemd.netdev(5)',
    {
      VNI: [INT, 'The number of the VXLAN.'],
      Id: [INT, 'The number of the VXLAN, by an older name.'],
      Local: [TEXT, 'The address of this end.'],
      Remote: [TEXT, 'The address of the other end.'],
      Group: [TEXT, 'The multicast address for what has no known receiver.'],
      DestinationPort: [INT, 'The port of the other end.'],
    },
  ],
];

export const NETWORKD_OPTIONS: readonly OptionDoc[] = SETS.flatMap(([set, source, rows]) =>
  Object.entries(rows).map(([name, [type, description, example]]) => ({
    path: `${set}.${name}`,
    type,
    description,
    ...(example === undefined ? {} : { example }),
    source,
  })),
);
