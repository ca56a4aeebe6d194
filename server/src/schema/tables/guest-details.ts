import type { OptionDoc } from '../option';
import { NETWORKD_OPTIONS } from './networkd';
import { optionsOf, type ShortRows } from './short-rows';
import { UNIT_OPTIONS } from './units';

/**
 * Options of guests and hosts beside those of `guest.ts`, whose types evaluation does not need: shown and offered, not
 * declared. Written from general knowledge of nixpkgs’ modules, unless `source` says more.
 */

const BOOL = 'boolean';
const TEXT = 'string';
const TEXTS = 'list of string';
const FILE = 'null or absolute path';
const LINES = 'strings concatenated with "\\n"';
const PACKAGES = 'list of package';
const ANY = 'attribute set of anything';
const SETS = 'attribute set of (submodule)';

const OPTIONS: ShortRows = {
  'environment.systemPackages': [
    PACKAGES,
    'Programs that are installed for all users. The lists of all modules add up.',
    { default: [], example: 'with pkgs; [ curl htop ]' },
  ],
  'environment.variables': [
    'attribute set of (string or list of string)',
    'Variables of login shells. Services do not see them: they have `environment` of their own.',
    { default: {} },
  ],
  'environment.sessionVariables': [
    'attribute set of (string or list of string)',
    'Variables of all sessions, also graphical ones.',
    { default: {} },
  ],
  'environment.shellAliases': [
    'attribute set of (null or string)',
    'Short names for commands in shells.',
    { default: {} },
  ],
  'environment.defaultPackages': [
    PACKAGES,
    'Programs that are installed unless something else is said; `[ ]` keeps a guest small.',
  ],
  'environment.pathsToLink': [TEXTS, 'Folders of packages that are linked into the system.', { default: [] }],
  'environment.shells': [
    'list of (package or absolute path)',
    'Shells that users may log in with.',
    { default: [] },
  ],
  'environment.enableAllTerminfo': [
    BOOL,
    'Whether descriptions of all terminals are installed.',
    { default: false },
  ],

  'boot.kernel.sysctl': [
    'attribute set of (null or boolean or signed integer or string)',
    'Settings of the kernel at run time.',
    {
      default: {},
      example: '{ "net.ipv4.ip_forward" = 1; }',
      pitfall:
        'In a container only those of its own network namespace can be set, and only where it has one.',
    },
  ],
  'boot.kernelModules': [
    TEXTS,
    'Modules that the kernel loads at the start. A container has none of its own.',
    { default: [] },
  ],
  'boot.swraid.enable': [BOOL, 'Whether software RAID is set up at the start.'],
  'hardware.graphics.enable': [
    BOOL,
    'Whether drivers for graphics are installed, which transcoding needs in a guest too.',
    { default: false, since: '24.11' },
  ],
  'hardware.graphics.enable32Bit': [
    BOOL,
    'Whether they are installed for 32-bit programs too.',
    { default: false, since: '24.11' },
  ],
  'hardware.graphics.extraPackages': [
    PACKAGES,
    'Further drivers, for video in hardware for example.',
    { default: [], since: '24.11' },
  ],
  'hardware.nvidia-container-toolkit.enable': [
    BOOL,
    'Whether OCI containers can use cards of NVIDIA.',
    { default: false },
  ],

  'networking.hostId': [
    'null or string',
    'Eight hexadecimal digits that tell this machine from others; ZFS needs them.',
    { default: null, example: '"deadbeef"' },
  ],
  'networking.defaultGateway6': [
    'null or ((submodule) or string convertible to it)',
    'The gateway for IPv6.',
    { default: null, example: '{ address = "fd00::1"; interface = "eth0"; }' },
  ],
  'networking.defaultGateway6.address': [TEXT, 'The address of the gateway.'],
  'networking.defaultGateway6.interface': [
    'null or string',
    'The interface through which it is reached. An address of one link needs it.',
    { default: null },
  ],
  'networking.interfaces.<name>.ipv4.routes': [
    'list of (submodule)',
    'Routes through the interface.',
    { default: [] },
  ],
  'networking.interfaces.<name>.ipv4.routes.*.address': [
    TEXT,
    'The network that is reached.',
    { example: '"10.1.0.0"' },
  ],
  'networking.interfaces.<name>.ipv4.routes.*.prefixLength': [
    'integer between 0 and 32 (both inclusive)',
    'How many bits name the network.',
    { example: '16' },
  ],
  'networking.interfaces.<name>.ipv4.routes.*.via': [
    'null or string',
    'The router that leads there.',
    { default: null },
  ],
  'networking.interfaces.<name>.ipv6.routes': [
    'list of (submodule)',
    'Routes of IPv6 through the interface.',
    { default: [] },
  ],
  'networking.interfaces.<name>.ipv6.routes.*.address': [TEXT, 'The network that is reached.'],
  'networking.interfaces.<name>.ipv6.routes.*.prefixLength': [
    'integer between 0 and 128 (both inclusive)',
    'How many bits name the network.',
  ],
  'networking.interfaces.<name>.ipv6.routes.*.via': [
    'null or string',
    'The router that leads there.',
    { default: null },
  ],
  'networking.nftables.ruleset': [LINES, 'Rules of nftables beside the firewall’s.', { default: '' }],
  'networking.nftables.tables': [SETS, 'Tables of nftables, by name.', { default: {} }],
  'networking.nftables.tables.<name>.family': [
    'one of "ip", "ip6", "inet", "arp", "bridge", "netdev"',
    'The packets that the table sees.',
    { example: '"inet"' },
  ],
  'networking.nftables.tables.<name>.content': [LINES, 'The chains and rules of the table.'],
  'networking.nftables.tables.<name>.enable': [BOOL, 'Whether the table is there.', { default: true }],
  'networking.wireguard.enable': [BOOL, 'Whether WireGuard is set up.'],
  'networking.wireguard.interfaces': [SETS, 'Interfaces of WireGuard, by name.', { default: {} }],
  'networking.wireguard.interfaces.<name>.ips': [
    TEXTS,
    'Addresses of the interface, each with its prefix.',
    { default: [] },
  ],
  'networking.wireguard.interfaces.<name>.listenPort': [
    'null or signed integer',
    'The UDP port on which it listens.',
    { default: null, example: '51820' },
  ],
  'networking.wireguard.interfaces.<name>.privateKey': [
    'null or string',
    'The private key.',
    { default: null, pitfall: 'It then lies readable in the Nix store: write `privateKeyFile`.' },
  ],
  'networking.wireguard.interfaces.<name>.privateKeyFile': [
    'null or string',
    'The file with the private key.',
    { default: null },
  ],
  'networking.wireguard.interfaces.<name>.generatePrivateKeyFile': [
    BOOL,
    'Whether the file is made where it is not there.',
    { default: false },
  ],
  'networking.wireguard.interfaces.<name>.mtu': [
    'null or signed integer',
    'The largest packet.',
    { default: null },
  ],
  'networking.wireguard.interfaces.<name>.postSetup': [
    LINES,
    'Commands that run once the interface is up.',
    { default: '' },
  ],
  'networking.wireguard.interfaces.<name>.peers': [
    'list of (submodule)',
    'The other ends of the tunnel.',
    { default: [] },
  ],
  'networking.wireguard.interfaces.<name>.peers.*.publicKey': [TEXT, 'The public key of the other end.'],
  'networking.wireguard.interfaces.<name>.peers.*.presharedKeyFile': [
    'null or string',
    'The file with a key that both ends share.',
    { default: null },
  ],
  'networking.wireguard.interfaces.<name>.peers.*.allowedIPs': [
    TEXTS,
    'The networks that are reached through the other end.',
  ],
  'networking.wireguard.interfaces.<name>.peers.*.endpoint': [
    'null or string',
    'Where the other end is, as `host:port`.',
    { default: null },
  ],
  'networking.wireguard.interfaces.<name>.peers.*.persistentKeepalive': [
    'null or signed integer',
    'Every how many seconds something is sent so that routers keep the way open.',
    { default: null, example: '25' },
  ],

  'nix.settings': [ANY, 'The content of `nix.conf`.', { default: {} }],
  'nix.settings.experimental-features': [
    TEXTS,
    'Features of Nix that have to be switched on.',
    { example: '[ "nix-command" "flakes" ]' },
  ],
  'nix.settings.trusted-users': [TEXTS, 'Users that may change how Nix builds.', { default: ['root'] }],
  'nix.settings.allowed-users': [TEXTS, 'Users that may use Nix.', { default: ['*'] }],
  'nix.settings.substituters': [TEXTS, 'Where built packages are fetched from.'],
  'nix.settings.trusted-public-keys': [TEXTS, 'Keys that sign what is fetched.'],
  'nix.settings.auto-optimise-store': [BOOL, 'Whether equal files are stored once.', { default: false }],
  'nix.gc.automatic': [BOOL, 'Whether what nobody uses is deleted regularly.', { default: false }],
  'nix.gc.dates': ['string or list of string', 'When that is done.', { default: '03:15' }],
  'nix.gc.options': [
    TEXT,
    'Arguments of `nix-collect-garbage`.',
    { default: '', example: '"--delete-older-than 14d"' },
  ],
  'nix.extraOptions': [LINES, 'Further lines of `nix.conf`.', { default: '' }],
  'nix.enable': [BOOL, 'Whether Nix is installed. A guest can do without.', { default: true }],
  'nixpkgs.overlays': [
    'list of (nixpkgs overlay)',
    'Changes to the packages. A guest does not inherit those of the host.',
    { default: [] },
  ],
  'nixpkgs.pkgs': [
    'unspecified value',
    'The packages, made elsewhere. A guest takes those of the host with `nixpkgs.pkgs = pkgs;`.',
    { pitfall: '`nixpkgs.config` and `nixpkgs.overlays` of the guest then have no effect.' },
  ],
  'nixpkgs.system': [TEXT, 'The platform, by an older name. `nixpkgs.hostPlatform` says the same.'],
  'nixpkgs.config.allowUnfree': [
    BOOL,
    'Whether packages without a free licence may be used. A guest does not inherit it from the host.',
    { default: false },
  ],
  'nixpkgs.config.allowUnfreePredicate': [
    'unspecified value',
    'Which packages without a free licence may be used: a function of the package.',
    { example: 'pkg: builtins.elem (lib.getName pkg) [ "plexmediaserver" ]' },
  ],
  'nixpkgs.config.permittedInsecurePackages': [
    TEXTS,
    'Packages with known holes that may be used, each with its version.',
    { default: [] },
  ],
  'nixpkgs.config.allowBroken': [
    BOOL,
    'Whether packages that do not build may be tried.',
    { default: false },
  ],
  'nixpkgs.config.cudaSupport': [BOOL, 'Whether packages are built for cards of NVIDIA.', { default: false }],
  'nixpkgs.config.rocmSupport': [BOOL, 'Whether packages are built for cards of AMD.', { default: false }],

  'programs.zsh.enable': [BOOL, 'Whether zsh is set up.', { default: false }],
  'programs.zsh.autosuggestions.enable': [
    BOOL,
    'Whether zsh suggests what was typed before.',
    { default: false },
  ],
  'programs.zsh.syntaxHighlighting.enable': [BOOL, 'Whether zsh colours what is typed.', { default: false }],
  'programs.zsh.promptInit': [LINES, 'How the prompt is made.'],
  'programs.fish.enable': [BOOL, 'Whether fish is set up.', { default: false }],
  'programs.fish.shellInit': [LINES, 'What fish runs when it starts.', { default: '' }],
  'programs.bash.shellAliases': [
    'attribute set of (null or string)',
    'Short names for commands in bash.',
    { default: {} },
  ],
  'programs.git.enable': [BOOL, 'Whether git is installed.', { default: false }],
  'programs.git.config': ['unspecified value', 'The content of `/etc/gitconfig`.'],
  'programs.nix-ld.enable': [
    BOOL,
    'Whether programs that were not built for NixOS find a loader.',
    { default: false },
  ],
  'programs.nix-ld.libraries': [PACKAGES, 'Libraries that such programs find.'],
  'programs.fuse.userAllowOther': [
    BOOL,
    'Whether users may open what they mount to others.',
    { default: false },
  ],
  'programs.vim.enable': [BOOL, 'Whether vim is installed.', { default: false }],
  'programs.neovim.enable': [BOOL, 'Whether Neovim is installed.', { default: false }],
  'programs.mtr.enable': [BOOL, 'Whether mtr is installed with the rights it needs.', { default: false }],
  'programs.htop.enable': [BOOL, 'Whether htop is installed.', { default: false }],
  'programs.tmux.enable': [BOOL, 'Whether tmux is installed.', { default: false }],

  'security.acme.certs': [SETS, 'Certificates, by domain.', { default: {} }],
  'security.acme.certs.<name>.dnsProvider': [
    'null or string',
    'Whose DNS proves that the domain is yours.',
    { default: null, example: '"cloudflare"' },
  ],
  'security.acme.certs.<name>.environmentFile': [
    FILE,
    'The file with what that provider asks for.',
    { default: null },
  ],
  'security.acme.certs.<name>.domain': [TEXT, 'The domain.'],
  'security.acme.certs.<name>.extraDomainNames': [
    TEXTS,
    'Further names in the certificate.',
    { default: [] },
  ],
  'security.acme.certs.<name>.group': [TEXT, 'Who may read the certificate.', { default: 'acme' }],
  'security.acme.certs.<name>.webroot': [
    'null or string',
    'The folder in which the proof is put.',
    { default: null },
  ],
  'security.acme.defaults.dnsProvider': [
    'null or string',
    'Whose DNS proves that the domains are yours.',
    { default: null, example: '"cloudflare"' },
  ],
  'security.acme.defaults.environmentFile': [
    FILE,
    'The file with what that provider asks for.',
    { default: null },
  ],
  'security.acme.defaults.server': [
    'null or string',
    'The authority that certificates come from.',
    { default: null },
  ],
  'security.pki.certificateFiles': [
    'list of absolute path',
    'Certificates of authorities that are trusted too.',
    { default: [] },
  ],
  'security.pki.certificates': [
    TEXTS,
    'Certificates of authorities that are trusted too, as text.',
    { default: [] },
  ],
  'security.sudo.enable': [BOOL, 'Whether sudo is there.', { default: true }],
  'security.dhparams.enable': [BOOL, 'Whether parameters for Diffie-Hellman are made.', { default: false }],
  'security.dhparams.params': [
    'attribute set of (submodule)',
    'Files of such parameters, by name.',
    { default: {} },
  ],

  'sops.age.keyFile': [
    'null or absolute path',
    'The private key that opens the secrets. It must be there when the system starts, so a guest needs it mounted.',
    { default: null, example: '"/var/lib/sops-nix/key.txt"' },
  ],
  'sops.age.generateKey': [BOOL, 'Whether the key is made where it is not there.', { default: false }],
  'sops.age.sshKeyPaths': ['list of absolute path', 'SSH keys that open the secrets too.'],
  'sops.gnupg.home': ['null or string', 'The folder of GnuPG’s keys.', { default: null }],
  'sops.gnupg.sshKeyPaths': ['list of absolute path', 'SSH keys of RSA that open the secrets.'],
  'sops.validateSopsFiles': [
    BOOL,
    'Whether the files are checked when the system is built.',
    { default: true },
  ],
  'sops.templates': [SETS, 'Files with secrets in them, by name.', { default: {} }],
  'sops.templates.<name>.content': [
    LINES,
    'The file’s text; `config.sops.placeholder.NAME` stands for a secret.',
    { default: '' },
  ],
  'sops.templates.<name>.path': [TEXT, 'Where the file lies.'],
  'sops.templates.<name>.owner': ['null or string', 'Who owns the file.', { default: 'root' }],
  'sops.templates.<name>.group': ['null or string', 'The file’s group.'],
  'sops.templates.<name>.mode': [TEXT, 'The file’s mode.', { default: '0400' }],
  'sops.templates.<name>.restartUnits': [TEXTS, 'Units that restart when the file changes.', { default: [] }],

  'system.activationScripts': [
    'attribute set of (string or (submodule))',
    'Commands that run whenever the system is switched, by name.',
    { default: {} },
  ],
  assertions: [
    'list of unspecified value',
    'What must be true of the configuration, each with a message.',
    { default: [], example: '[ { assertion = true; message = "never shown"; } ]' },
  ],
  warnings: [TEXTS, 'Messages that are shown when the system is built.', { default: [] }],
  'documentation.enable': [
    BOOL,
    'Whether documentation is installed; without it a guest is smaller.',
    { default: true },
  ],
  'documentation.nixos.enable': [BOOL, 'Whether the manual of NixOS is installed.', { default: true }],
  'documentation.man.enable': [BOOL, 'Whether manual pages are installed.', { default: true }],
  'i18n.extraLocaleSettings': [
    'attribute set of string',
    'Settings of the locale beside its name.',
    { default: {} },
  ],
  'i18n.supportedLocales': [TEXTS, 'Locales that are installed.'],
  'console.enable': [BOOL, 'Whether there are virtual consoles.'],
  'console.keyMap': ['string or absolute path', 'The keyboard of the console.', { default: 'us' }],
  'location.latitude': ['floating point number', 'How far north the machine is, in degrees.'],
  'location.longitude': ['floating point number', 'How far east the machine is, in degrees.'],
  fileSystems: [
    SETS,
    'What is mounted where, by mount point. A container mounts with `bindMounts` of the host.',
    { default: {} },
  ],
  'fileSystems.<name>.device': [
    'null or string',
    'The device, or where the file system is.',
    { default: null },
  ],
  'fileSystems.<name>.fsType': [TEXT, 'The kind of file system.', { default: 'auto' }],
  'fileSystems.<name>.options': [TEXTS, 'Options of the mount.', { default: ['defaults'] }],
  'fileSystems.<name>.neededForBoot': [
    BOOL,
    'Whether it is mounted before anything else starts.',
    { default: false },
  ],

  'users.defaultUserShell': ['absolute path or package', 'The shell of users that name none.'],
  'users.extraUsers': [SETS, 'Users, by an older name of `users.users`.'],
  'users.extraGroups': [SETS, 'Groups, by an older name of `users.groups`.'],
  'users.users.<name>.name': [TEXT, 'The user’s name.', { defaultText: 'the name of the set' }],
  'users.users.<name>.homeMode': [TEXT, 'The mode of the home.', { default: '700' }],
  'users.users.<name>.hashedPassword': [
    'null or string',
    'The password, hashed. It lies readable in the Nix store.',
    { default: null },
  ],
  'users.users.<name>.initialPassword': [
    'null or string',
    'The first password, in plain. It lies readable in the Nix store.',
    { default: null },
  ],
  'users.users.<name>.initialHashedPassword': [
    'null or string',
    'The first password, hashed.',
    { default: null },
  ],
  'users.users.<name>.password': [
    'null or string',
    'The password, in plain. It lies readable in the Nix store.',
    { default: null },
  ],
  'users.users.<name>.packages': [PACKAGES, 'Programs of this user alone.', { default: [] }],
  'users.users.<name>.linger': [
    BOOL,
    'Whether the user’s services run without a session.',
    { default: false },
  ],
  'users.users.<name>.useDefaultShell': [BOOL, 'Whether the user has the default shell.', { default: false }],
  'users.users.<name>.openssh.authorizedKeys.keyFiles': [
    'list of absolute path',
    'Files with public keys that may log in.',
    { default: [] },
  ],
  'users.users.<name>.autoSubUidGidRange': [
    BOOL,
    'Whether the user gets numbers for containers of its own.',
    { default: false },
  ],
  'users.users.<name>.subUidRanges': [
    'list of (submodule)',
    'User numbers that the user may give to containers of its own.',
    { default: [] },
  ],
  'users.users.<name>.subUidRanges.*.startUid': ['signed integer', 'The first number.'],
  'users.users.<name>.subUidRanges.*.count': ['signed integer', 'How many there are.', { default: 1 }],
  'users.users.<name>.subGidRanges': [
    'list of (submodule)',
    'Group numbers that the user may give to containers of its own.',
    { default: [] },
  ],
  'users.users.<name>.subGidRanges.*.startGid': ['signed integer', 'The first number.'],
  'users.users.<name>.subGidRanges.*.count': ['signed integer', 'How many there are.', { default: 1 }],
  'users.allowNoPasswordLogin': [
    BOOL,
    'Whether a system in which nobody can log in is accepted.',
    { default: false },
  ],

  'virtualisation.docker.autoPrune.enable': [
    BOOL,
    'Whether what Docker does not use is deleted regularly.',
    { default: false },
  ],
  'virtualisation.podman.dockerCompat': [
    BOOL,
    'Whether `docker` is another name for `podman`.',
    { default: false },
  ],
  'virtualisation.podman.dockerSocket.enable': [
    BOOL,
    'Whether Podman answers at Docker’s socket.',
    { default: false },
  ],
  'virtualisation.podman.autoPrune.enable': [
    BOOL,
    'Whether what Podman does not use is deleted regularly.',
    { default: false },
  ],
  'virtualisation.podman.autoPrune.dates': [TEXT, 'When that is done.', { default: 'weekly' }],
  'virtualisation.podman.autoPrune.flags': [TEXTS, 'Arguments of `podman system prune`.', { default: [] }],
  'virtualisation.podman.defaultNetwork.settings': [
    ANY,
    'Settings of Podman’s network, such as `dns_enabled`.',
    { default: {} },
  ],
  'virtualisation.oci-containers.containers': [
    SETS,
    'OCI containers, as Docker has them, by name. Each is a service of its own.',
    { default: {}, pitfall: 'They are no containers of NixOS: ports and mounts are written otherwise.' },
  ],
  'virtualisation.oci-containers.containers.<name>.image': [
    TEXT,
    'The image, with its tag.',
    { example: '"docker.io/library/redis:7"' },
  ],
  'virtualisation.oci-containers.containers.<name>.imageFile': [
    'null or package',
    'An archive that holds the image.',
    { default: null },
  ],
  'virtualisation.oci-containers.containers.<name>.autoStart': [
    BOOL,
    'Whether it starts with the system.',
    { default: true },
  ],
  'virtualisation.oci-containers.containers.<name>.autoRemoveOnStop': [
    BOOL,
    'Whether it is deleted when it stops.',
    { default: true },
  ],
  'virtualisation.oci-containers.containers.<name>.capabilities': [
    'attribute set of (null or boolean)',
    'Capabilities that are given or taken.',
    { default: {} },
  ],
  'virtualisation.oci-containers.containers.<name>.cmd': [
    TEXTS,
    'Arguments of its program.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.dependsOn': [
    TEXTS,
    'OCI containers that start before.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.devices': [
    TEXTS,
    'Devices of the host that it sees.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.entrypoint': [
    'null or string',
    'Its program, instead of that of the image.',
    { default: null },
  ],
  'virtualisation.oci-containers.containers.<name>.environment': [
    'attribute set of string',
    'Its variables.',
    { default: {} },
  ],
  'virtualisation.oci-containers.containers.<name>.environmentFiles': [
    'list of absolute path',
    'Files with variables, for secrets.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.extraOptions': [
    TEXTS,
    'Further arguments of `docker run` or `podman run`.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.hostname': [
    'null or string',
    'Its host name.',
    { default: null },
  ],
  'virtualisation.oci-containers.containers.<name>.labels': [
    'attribute set of string',
    'Its labels, which Traefik can read routes from.',
    { default: {} },
  ],
  'virtualisation.oci-containers.containers.<name>.networks': [
    TEXTS,
    'Networks that it is in.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.ports': [
    TEXTS,
    'Ports of the host that lead to it, as `8080:80`.',
    { default: [], example: '[ "127.0.0.1:8080:80" ]' },
  ],
  'virtualisation.oci-containers.containers.<name>.privileged': [
    BOOL,
    'Whether it may do all that the host may.',
    { default: false },
  ],
  'virtualisation.oci-containers.containers.<name>.pull': [
    'one of "always", "missing", "never", "newer"',
    'When the image is fetched.',
    { default: 'missing' },
  ],
  'virtualisation.oci-containers.containers.<name>.user': [
    'null or string',
    'The user inside it.',
    { default: null },
  ],
  'virtualisation.oci-containers.containers.<name>.volumes': [
    TEXTS,
    'Folders of the host that it sees, as `/srv/data:/data`.',
    { default: [] },
  ],
  'virtualisation.oci-containers.containers.<name>.workdir': [
    'null or string',
    'The folder that its program starts in.',
    { default: null },
  ],
};

export const GUEST_DETAILS: readonly OptionDoc[] = [
  ...optionsOf(null, 'general knowledge of nixpkgs nixos/modules, not compared', OPTIONS),
  ...UNIT_OPTIONS,
  ...NETWORKD_OPTIONS,
];
