import type { OptionDoc } from '../option';

/**
 * Every option of `containers.<name>`, in the order of the module that declares them.
 *
 * Facts from nixpkgs `nixos/modules/virtualisation/nixos-containers.nix` at commit 00ef614e (26.11 in the making) and
 * from the issues and pull requests that the pitfalls name; the words are ours. A row's `type` is NixOS' own wording,
 * see `type-expression.ts`.
 */

const SOURCE = 'nixpkgs nixos/modules/virtualisation/nixos-containers.nix';
const PORT = '16 bit unsigned integer; between 0 and 65535 (both inclusive)';
const MAC = 'null or string matching the pattern ([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}';

export const CONTAINER_OPTIONS: readonly OptionDoc[] = [
  {
    path: 'containers',
    type: 'attribute set of (submodule)',
    default: {},
    description:
      'The NixOS containers of this host: lightweight guests that systemd-nspawn runs on the host’s kernel. Each attribute becomes the unit `container@NAME.service`, with its root under `/var/lib/nixos-containers/NAME`. The name is also the guest’s default host name and the last part of its interface `ve-NAME`. Modules may add to a container that another module declares.',
    pitfall:
      'A name must not contain `_`, and has to be a valid host name: letters, digits and `-`. On kernels up to 5.8 a container with a private network may have at most 11 characters in its name, and longer ones are shortened in the interface name everywhere. Writing to a container that nothing else declares, for example a route into `containers.traefik` while its module is not imported, creates that container.',
    example:
      '{\n  web = {\n    autoStart = true;\n    privateNetwork = true;\n    hostAddress = "10.10.10.4";\n    localAddress = "10.10.10.5";\n    config = {\n      services.nginx.enable = true;\n      networking.firewall.allowedTCPPorts = [ 80 ];\n      system.stateVersion = "25.11";\n    };\n  };\n}',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.config',
    type: 'Toplevel NixOS config',
    description:
      'The guest’s own NixOS configuration: a module, or a function that gives one. It is evaluated apart from the host, with its own `config`, `options` and `pkgs`. All definitions from all modules of the host are merged as modules of the guest, so another file may add `containers.NAME.config.services.…`. Reading `config.containers.NAME.config.…` on the host gives the guest’s final values. systemd-nspawn boots the system that comes out of it. Exactly one of `config`, `path` and `flake` is set.',
    pitfall:
      'Inside, `config` is the guest’s: `config.containers` is empty there, so capture what you need of the host outside. Only `lib`, `pkgs`, `config`, `options`, `modulesPath` and what `specialArgs` names are passed to guest modules. The host’s overlays, `nixpkgs.config` and NixOS modules such as agenix, sops-nix or home-manager are not inherited. Each guest needs its own `system.stateVersion`.',
    example:
      '{ pkgs, ... }:\n{\n  services.immich = {\n    enable = true;\n    host = "0.0.0.0";\n  };\n  networking.firewall.allowedTCPPorts = [ 2283 ];\n  system.stateVersion = "25.11";\n}',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.path',
    type: 'absolute path',
    defaultText: 'the system built from `config`; the container’s profile when `flake` is set',
    description:
      'A NixOS system that is already built, or a profile that points to one, to boot instead of evaluating `config`. It is written as `SYSTEM_PATH` into the container’s file in `/etc/nixos-containers`, and nspawn starts `init` from it.',
    pitfall:
      'Do not set it together with `config`: `config` defines this option too, and the two definitions conflict. It is required when neither `config` nor `flake` is set.',
    example: '"/nix/var/nix/profiles/per-container/webserver"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.flake',
    type: 'null or string',
    default: null,
    description:
      'A flake URI that provides the guest’s system. The host writes `FLAKE` instead of `SYSTEM_PATH` into the container’s file and builds the guest by `nixos-container update` when it starts for the first time; `path` then points to the container’s profile.',
    pitfall:
      'It excludes `config`: with both, evaluation throws, and the message speaks of `path` and `flake`. What the flake holds is not part of the host’s evaluation, so addresses and ports inside it are not known here.',
    example: '"github:NixOS/nixpkgs/master"',
    since: '25.11',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.nixpkgs',
    type: 'absolute path',
    defaultText: 'pkgs.path',
    description:
      'The nixpkgs tree whose NixOS modules, `lib` and packages evaluate the guest. By default it is the host’s, so guest and host are of one release.',
    pitfall:
      'From the host the guest gets `nixpkgs.hostPlatform` only. Overlays and `nixpkgs.config`, such as `allowUnfree`, have to be set again in `config`, or pass the host’s packages by `config.nixpkgs.pkgs = pkgs`; `nixpkgs.config` in the guest is then ignored.',
    example: 'inputs.nixpkgs-unstable',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.specialArgs',
    type: 'attribute set of unspecified value',
    default: {},
    description:
      'Further arguments for the guest’s modules, available also in their `imports`. They are handed to the evaluation of `config` as `specialArgs`.',
    pitfall:
      'The host’s special arguments, for example `inputs` or `domain`, do not reach the guest by themselves: a guest module that asks for one fails until it is listed here.',
    example: '{ inherit inputs domain; }',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.additionalCapabilities',
    type: 'list of string',
    default: [],
    description:
      'Linux capabilities that the guest keeps beyond those that systemd-nspawn grants by default. They are passed as `--capability=A,B`. A private network already brings `CAP_NET_ADMIN`.',
    pitfall:
      'Names are upper case and begin with `CAP_`; `all` is the only other value. `CAP_SYS_ADMIN` is granted by default.',
    example: '[ "CAP_NET_ADMIN" "CAP_MKNOD" ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.ephemeral',
    type: 'boolean',
    default: false,
    description:
      'Starts the guest from an empty root each time, and throws the root away when it stops. It is `--ephemeral` of systemd-nspawn; the root then lies under `/run/nixos-containers/NAME`, in memory, and the journal is not linked to the host. Only what `bindMounts` makes writable survives.',
    pitfall:
      'A service that keeps state needs a writable bind mount over its state directory, otherwise certificates, SSH host keys and databases are gone after each stop.',
    example: 'true',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.enableTun',
    type: 'boolean',
    default: false,
    description:
      'Lets the guest create tun and tap devices, as VPNs such as WireGuard in user space, OpenVPN and Tailscale need. It allows the device `/dev/net/tun` and passes `--capability=CAP_NET_ADMIN`.',
    pitfall:
      'With `privateNetwork` and `privateUsers` older releases fail at the start on `/dev/net/tun` unless this is on; current ones allow the device by themselves.',
    example: 'true',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.copyResolvConf',
    type: 'boolean',
    default: true,
    description:
      'Copies the host’s `/etc/resolv.conf` into the guest’s root whenever the container starts. The start script does it; there is no systemd-nspawn flag for it. Releases without this option always copy.',
    pitfall:
      'The copy is useless in a private network when the host resolves through a loopback address, as with systemd-resolved, unbound or AdGuard on `127.0.0.1`: set `networking.useHostResolvConf = false`, `services.resolved.enable = true` and `networking.nameservers` in the guest. It is made once at the start, so a host that gets its resolver by DHCP later leaves an empty file.',
    example: 'false',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.privateNetwork',
    type: 'boolean',
    default: false,
    description:
      'Gives the guest a network namespace of its own, by `--private-network`. Together with an address or `hostBridge` a veth pair connects it to the host: `ve-NAME` (`vb-NAME` with a bridge) on the host, `eth0` in the guest. Without it the guest shares every interface and every port of the host.',
    pitfall:
      'Alone it leaves the guest with loopback only: a veth pair is created once `hostAddress`, `localAddress`, one of their IPv6 forms, `localMacAddress` or `hostBridge` is set. Outbound traffic needs `networking.nat` on the host. The guest’s own firewall is on, so the port that the proxy uses has to be opened inside `config`.',
    example: 'true',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.networkNamespace',
    type: 'null or absolute path',
    default: null,
    description:
      'An existing network namespace that the guest joins, given as its file, for example one that a VPN unit created under `/run/netns`. It is passed as `--network-namespace-path`.',
    pitfall:
      'It excludes `privateNetwork = true` and `interfaces`. Breaking that is reported as “value is a string while a set was expected” instead of a clear message.',
    example: '"/run/netns/vpn"',
    since: '25.05',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.privateUsers',
    type: '32 bit unsigned integer; between 0 and 4294967295 (both inclusive) or one of "no", "identity", "pick"',
    default: 'no',
    description:
      'Maps the guest’s users and groups to others on the host, by `--private-users`. `"no"` maps nothing, so root in the guest is root on the host. `"pick"` takes a free range of 65536 identifiers, a number is the first identifier of the range, and `"identity"` (or `0`) uses a namespace that maps each identifier to itself. With `"pick"` or a number above 0 the mounts of `/nix` are shifted along.',
    pitfall:
      'Your own `bindMounts` are not shifted: sources that belong to the host’s root appear as `nobody`, cannot be written, and files of mode 0600, such as SSH host keys and secrets, cannot be read. Mount them at `"/data:idmap"` with an explicit `hostPath`, or change their owner on the host. A fixed number is a multiple of 65536 whose range no other container uses. Shifting does not work where `/nix/store` lies on overlayfs or 9p.',
    example: '"pick"',
    since: '25.05',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.interfaces',
    type: 'list of string',
    default: [],
    description:
      'Interfaces of the host that move into the guest while it runs, each by `--network-interface`. The host loses them for that time. With `autoStart` the unit waits for them to appear.',
    pitfall:
      'Private networking is turned on by itself for these, so the guest loses the host’s network even with `privateNetwork = false`. It excludes `networkNamespace`.',
    example: '[ "enp3s0" ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.macvlans',
    type: 'list of string',
    default: [],
    description:
      'Interfaces of the host on which a macvlan is created for the guest, each by `--network-macvlan`. The guest sees `mv-IF` with a MAC address of its own and appears in the network as a machine of its own.',
    pitfall:
      'Host and guest usually cannot reach each other over a macvlan, which breaks a reverse proxy on the host. Private networking is turned on by itself. In an ephemeral container set the DHCP client identifier to `"mac"`, otherwise each start takes a new lease.',
    example: '[ "enp2s0" ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.hostBridge',
    type: 'null or string',
    default: null,
    description:
      'A bridge of the host that the host’s end of the veth pair joins, by `--network-bridge`. That end is then called `vb-NAME` instead of `ve-NAME`. Needs `privateNetwork = true`; it is the alternative to `hostAddress`.',
    pitfall:
      'Give `localAddress` a prefix such as `/24` here, otherwise no subnet is on the link. With `hostAddress` beside it nothing is put on the host’s end, yet the guest uses that address as its gateway. Without it, set `networking.defaultGateway` with its `interface` in the guest. Rules for `ve-+` do not cover `vb-NAME`.',
    example: '"br0"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.hostAddress',
    type: 'null or string',
    default: null,
    description:
      'The IPv4 address of the host’s end of the veth pair, and the guest’s default gateway. The container’s start script puts it on `ve-NAME` and adds the routes; setting it creates the pair, by `--network-veth`. Needs `privateNetwork = true`.',
    pitfall:
      'Write a bare address: a prefix such as `/24` makes the route invalid and the start fail. Without `privateNetwork` it does nothing. It must differ from `localAddress`. The guest has no default route without it.',
    example: '"10.10.10.4"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.hostAddress6',
    type: 'null or string',
    default: null,
    description:
      'The IPv6 address of the host’s end of the veth pair, and the guest’s default gateway for IPv6. Setting it creates the pair. Needs `privateNetwork = true`.',
    pitfall:
      'Nothing checks the family: an IPv4 address here fails only at the start. Outbound IPv6 needs `networking.nat.enableIPv6` or a routed prefix.',
    example: '"fc00::1"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.localAddress',
    type: 'null or string',
    default: null,
    description:
      'The IPv4 address of the guest, on its interface `eth0`. Without a bridge it is a point-to-point address (`/32`), and the host gets a route to it. The host’s `/etc/hosts` gets an entry `NAME.containers` for it. Needs `privateNetwork = true`.',
    pitfall:
      'It must be unique among the containers of a host: the second route fails. Without `hostBridge` write it bare, with `hostBridge` add the subnet’s prefix; a URL built from it then contains the prefix too. In a container without `privateNetwork` it does nothing but that entry in `/etc/hosts`.',
    example: '"10.10.10.5"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.localAddress6',
    type: 'null or string',
    default: null,
    description:
      'The IPv6 address of the guest, on its interface `eth0`. Without a bridge it is a point-to-point address (`/128`), and the host gets a route to it. Needs `privateNetwork = true`.',
    pitfall: 'It must be unique among the containers of a host. Without `hostBridge` write it bare.',
    example: '"fc00::2"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.localMacAddress',
    type: MAC,
    default: null,
    description:
      'A fixed MAC address for the guest’s interface, so that a DHCP server can recognise it. It is set before the guest’s services start. Setting it creates the veth pair. Needs `privateNetwork = true`.',
    pitfall:
      'As the only network option it leaves the host’s end of the pair down. The first byte has to be even: an odd one is a multicast address. `networking.interfaces.eth0.macAddress` inside the guest has no effect without networkd.',
    example: '"02:00:00:01:10:90"',
    since: '26.05',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.forwardPorts',
    type: 'list of (submodule)',
    default: [],
    description:
      'Ports of the host that systemd-nspawn forwards to the guest, each by `--port=PROTOCOL:HOST:GUEST`. Needs `privateNetwork = true`. A reverse proxy that reaches the guest by its address needs none.',
    pitfall:
      'A forwarded port cannot be reached through the host’s own `localhost`. Two containers must not claim the same port and protocol.',
    example: '[ { protocol = "tcp"; hostPort = 8080; containerPort = 80; } ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.forwardPorts.*.protocol',
    type: 'string',
    default: 'tcp',
    description: 'The transport protocol of the forwarded port: `tcp` or `udp`.',
    pitfall: 'Any text is accepted; a misspelt protocol fails only when the container starts.',
    example: '"udp"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.forwardPorts.*.hostPort',
    type: PORT,
    required: true,
    description: 'The port on the host. It has no default and must be given.',
    example: '8080',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.forwardPorts.*.containerPort',
    type: `null or ${PORT}`,
    default: null,
    description: 'The port in the guest that `hostPort` leads to. `null` means the same number.',
    example: '80',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths',
    type: 'attribute set of (submodule)',
    default: {},
    description:
      'Further veth pairs, each by `--network-veth-extra`. The attribute is the name of the interface on the host and in the guest alike. Their addresses are set as for the first pair, but no default route leads over them.',
    pitfall:
      'A name has at most 15 characters. They switch private networking on by themselves, whatever `privateNetwork` says. Names that do not begin with `ve-` or `vb-` are not kept from NetworkManager and dhcpcd on the host.',
    example: '{ ve-web-lan = { hostBridge = "br0"; localAddress = "192.168.1.20/24"; }; }',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.hostBridge',
    type: 'null or string',
    default: null,
    description:
      'A bridge of the host that the host’s end of this pair joins. The container’s post-start script attaches it by `ip link set NAME master BRIDGE`.',
    pitfall:
      'With it, `hostAddress` and `hostAddress6` are not put on the host’s end. Nothing reports the two together.',
    example: '"br0"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.hostAddress',
    type: 'null or string',
    default: null,
    description:
      'The IPv4 address of the host’s end of this pair. The guest gets a route to this address, but no default route.',
    example: '"10.20.0.1"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.hostAddress6',
    type: 'null or string',
    default: null,
    description:
      'The IPv6 address of the host’s end of this pair. The guest gets a route to this address, but no default route.',
    example: '"fd00:20::1"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.localAddress',
    type: 'null or string',
    default: null,
    description:
      'The IPv4 address of the guest’s end of this pair. Without a bridge it is a point-to-point address (`/32`).',
    pitfall:
      'Write it bare without `hostBridge`, and with the subnet’s prefix, such as `/24`, where a bridge is used.',
    example: '"192.168.1.20/24"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.localAddress6',
    type: 'null or string',
    default: null,
    description:
      'The IPv6 address of the guest’s end of this pair. Without a bridge it is a point-to-point address (`/128`).',
    example: '"fd00:20::2"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.localMacAddress',
    type: MAC,
    default: null,
    description:
      'A MAC address for the guest’s end of this pair. The module accepts it here and does not use it.',
    pitfall: 'It has no effect on extra pairs; only the container’s own `localMacAddress` is applied.',
    example: '"02:00:00:01:10:91"',
    since: '26.05',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.forwardPorts',
    type: 'list of (submodule)',
    default: [],
    description:
      'Forwarded ports of this pair. The module accepts them here, because extra pairs share their options with the first one, and does not use them.',
    pitfall: 'It has no effect on extra pairs; use the container’s own `forwardPorts`.',
    example: '[ { hostPort = 8080; containerPort = 80; } ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.forwardPorts.*.protocol',
    type: 'string',
    default: 'tcp',
    description: 'The transport protocol of the forwarded port, which is not used on extra pairs.',
    example: '"udp"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.forwardPorts.*.hostPort',
    type: PORT,
    required: true,
    description:
      'The port on the host, which is not used on extra pairs. It has no default and must be given.',
    example: '8080',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraVeths.<name>.forwardPorts.*.containerPort',
    type: `null or ${PORT}`,
    default: null,
    description:
      'The port in the guest, which is not used on extra pairs. `null` means the same number as `hostPort`.',
    example: '80',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.autoStart',
    type: 'boolean',
    default: false,
    description:
      'Starts the guest when the host boots: `container@NAME.service` is wanted by `machines.target`. Otherwise `nixos-container start NAME` or `systemctl start container@NAME` starts it.',
    pitfall:
      'With `false` a rebuild does not restart a guest whose configuration changed, whatever `restartIfChanged` says.',
    example: 'true',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.restartIfChanged',
    type: 'boolean',
    default: true,
    description:
      'Restarts the guest on `nixos-rebuild switch` when its definition changed. With `false` the running guest keeps its old system until it is restarted by hand.',
    pitfall:
      'It takes effect together with `autoStart = true` only. Any change of the guest restarts the whole guest.',
    example: 'false',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.timeoutStartSec',
    type: 'string',
    default: '1min',
    description:
      'How long systemd waits for the guest to report that it is up, as a time span of systemd. It is `TimeoutStartSec` of `container@NAME.service`; when the time has passed, the container is stopped.',
    pitfall:
      'One minute is short for a first boot that creates or migrates a database: the container is killed and starts over. Use `"5min"` for Immich, Nextcloud and the like.',
    example: '"5min"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.bindMounts',
    type: 'attribute set of (submodule)',
    default: {},
    description:
      'Directories and files of the host that appear in the guest, each by `--bind` or `--bind-ro`. The attribute is the path in the guest unless `mountPoint` says otherwise. The unit waits for the file systems that hold the sources.',
    pitfall:
      'Mounts are read-only unless `isReadOnly = false`. A source that does not exist is not created and makes the start fail: declare it by `systemd.tmpfiles`. Paths must not contain blanks, and `:` separates fields. Single files under `/run/agenix` or `/run/secrets` go stale when secrets are renewed; mount the key that decrypts them, or the directory.',
    example: '{ "/var/lib/immich" = { hostPath = "/srv/photos"; isReadOnly = false; }; }',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.bindMounts.<name>.mountPoint',
    type: 'string',
    defaultText: 'the attribute’s name',
    description:
      'Where the mount appears in the guest. A suffix such as `:idmap` is passed on to systemd-nspawn as an option of the mount.',
    pitfall:
      'With a suffix set `hostPath` too, which otherwise falls back to this text. Two mounts must not share a mount point, and those below `/nix/store` and `/nix/var/nix` are taken.',
    example: '"/mnt/usb"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.bindMounts.<name>.hostPath',
    type: 'null or string',
    default: null,
    description: 'The directory or file on the host. `null` means the same path as `mountPoint`.',
    pitfall:
      'Write a string: a path literal is refused, and one inside `"${…}"` copies the file into the Nix store, where everybody can read it.',
    example: '"/srv/photos"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.bindMounts.<name>.isReadOnly',
    type: 'boolean',
    default: true,
    description:
      'Whether the guest can only read the mount: `true` gives `--bind-ro`, `false` gives `--bind`. Set `false` for directories in which a service keeps its state.',
    pitfall:
      'With `privateUsers` a writable mount stays unwritable as long as its source belongs to the host’s root and is not mounted with `:idmap`.',
    example: 'false',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.allowedDevices',
    type: 'list of (submodule)',
    default: [],
    description:
      'Device nodes that the guest may open. Each becomes `DeviceAllow` of the container’s unit, whose `DevicePolicy` is `closed`.',
    pitfall:
      'This is the permission only: the node also has to appear in the guest, by `bindMounts` with `isReadOnly = false`.',
    example: '[ { node = "/dev/dri/renderD128"; modifier = "rw"; } ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.allowedDevices.*.node',
    type: 'string',
    required: true,
    description:
      'The device node on the host, or a class of devices such as `char-drm`. It has no default and must be given.',
    example: '"/dev/ttyACM0"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.allowedDevices.*.modifier',
    type: 'string',
    required: true,
    description:
      'What the guest may do with the device: any of `r` (read), `w` (write) and `m` (create the node). It has no default and must be given.',
    example: '"rw"',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.tmpfs',
    type: 'list of string',
    default: [],
    description:
      'Paths in the guest that lie in memory and are empty at each start, each by `--tmpfs`. Options of the mount may follow after a colon.',
    pitfall: 'Entries must not contain blanks.',
    example: '[ "/tmp" "/var/cache:size=512M" ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.extraFlags',
    type: 'list of string',
    default: [],
    description: 'Further arguments of systemd-nspawn, appended after those that the other options make.',
    pitfall:
      'They are joined by blanks and split again by the shell, so an entry cannot contain blanks or double quotes. For networks, mounts, users, capabilities and ports use the options of their own, which the rest of the module takes into account.',
    example: '[ "--drop-capability=CAP_SYS_CHROOT" ]',
    source: SOURCE,
  },
  {
    path: 'containers.<name>.pkgs',
    type: 'unspecified value',
    description: 'The packages of the guest. This option was removed, and any definition of it throws.',
    removed:
      'Use `containers.<name>.nixpkgs` for another nixpkgs, or `containers.<name>.config.nixpkgs.pkgs` for a package set.',
    source: SOURCE,
  },
];
