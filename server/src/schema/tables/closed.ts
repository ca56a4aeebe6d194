/** A set of options of NixOS that was read as a whole: it has these names and no others. */
export interface ClosedSet {
  /** `<…>` stands for any name. */
  readonly path: string;
  /** Every name below it, in any of the releases. */
  readonly names: readonly string[];
  /** The first and the last release of which this is known. */
  readonly from: string;
  readonly upTo: string;
  /** Where this was read. */
  readonly source: string;
}

const OPTIONS_OF_24_11 = 'the options of NixOS 24.11';

const INTERFACES = 'nixpkgs nixos/modules/tasks/network-interfaces.nix at commit 003a3fd2';

const OPEN_PORTS = ['allowedTCPPortRanges', 'allowedTCPPorts', 'allowedUDPPortRanges', 'allowedUDPPorts'];

export const CLOSED_SETS: readonly ClosedSet[] = [
  {
    path: 'networking.firewall',
    names: [
      ...OPEN_PORTS,
      'allInterfaces',
      'allowPing',
      'autoLoadConntrackHelpers',
      'backend',
      'checkReversePath',
      'connectionTrackingModules',
      'enable',
      'extraCommands',
      'extraForwardRules',
      'extraInputRules',
      'extraPackages',
      'extraReversePathFilterRules',
      'extraStopCommands',
      'filterForward',
      'filterOutput',
      'interfaces',
      'logRefusedConnections',
      'logRefusedPackets',
      'logRefusedUnicastsOnly',
      'logReversePathDrops',
      'package',
      'pingLimit',
      'rejectPackets',
      'trustedInterfaces',
    ],
    from: '23.05',
    upTo: '26.05',
    source:
      'nixpkgs nixos/modules/services/networking/firewall.nix, firewall-iptables.nix, firewall-nftables.nix',
  },
  {
    path: 'networking.firewall.interfaces.<name>',
    names: OPEN_PORTS,
    from: '18.09',
    upTo: '26.05',
    source: 'nixpkgs nixos/modules/services/networking/firewall.nix',
  },
  {
    path: 'networking.interfaces.<name>.ipv4',
    names: ['addresses', 'routes'],
    from: '18.09',
    upTo: '25.11',
    source: INTERFACES,
  },
  {
    path: 'networking.interfaces.<name>.ipv6',
    names: ['addresses', 'routes'],
    from: '18.09',
    upTo: '25.11',
    source: INTERFACES,
  },
  {
    path: 'networking.nat',
    names: [
      'dmzHost',
      'enable',
      'enableIPv6',
      'externalIP',
      'externalIPv6',
      'externalInterface',
      'extraCommands',
      'extraStopCommands',
      'forwardPorts',
      'internalIPs',
      'internalIPv6s',
      'internalInterfaces',
    ],
    from: '23.05',
    upTo: '24.11',
    source: OPTIONS_OF_24_11,
  },
  {
    path: 'services.immich',
    names: [
      'accelerationDevices',
      'database',
      'enable',
      'environment',
      'group',
      'host',
      'machine-learning',
      'mediaLocation',
      'openFirewall',
      'package',
      'port',
      'redis',
      'secretsFile',
      'settings',
      'user',
    ],
    from: '24.11',
    upTo: '25.11',
    source: 'nixpkgs nixos/modules/services/web-apps/immich.nix at commit 000dc781',
  },
  {
    path: 'services.vaultwarden',
    names: ['backupDir', 'config', 'dbBackend', 'enable', 'environmentFile', 'package', 'webVaultPackage'],
    from: '21.11',
    upTo: '24.11',
    source: OPTIONS_OF_24_11,
  },
  {
    path: 'services.jellyfin',
    names: [
      'cacheDir',
      'configDir',
      'dataDir',
      'enable',
      'group',
      'logDir',
      'openFirewall',
      'package',
      'user',
    ],
    from: '21.05',
    upTo: '24.11',
    source: OPTIONS_OF_24_11,
  },
  {
    path: 'services.traefik',
    names: [
      'dataDir',
      'dynamic',
      'dynamicConfigFile',
      'dynamicConfigOptions',
      'enable',
      'environmentFiles',
      'group',
      'install',
      'package',
      'plugins',
      'routing',
      'static',
      'staticConfigFile',
      'staticConfigOptions',
    ],
    from: '21.11',
    upTo: '24.11',
    source: `${OPTIONS_OF_24_11}, and the pull requests 482512 and 553100 of nixpkgs`,
  },
];
