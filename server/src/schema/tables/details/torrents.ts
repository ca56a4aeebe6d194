import type { OptionDoc } from '../../option';
import { account, packageOf, PORT, rowsOf } from './row';

/** Transmission and Deluge, beside where their web interfaces listen. */

const TRANSMISSION = rowsOf('transmission', 'torrent/transmission.nix', {
  package: {
    type: 'package',
    defaultText: '`pkgs.transmission_4` where `system.stateVersion` is 25.11 or later, else none',
    description: 'The package to use.',
    pitfall: 'A system that began before 25.11 has to choose.',
    example: 'pkgs.transmission_4',
  },
  ...account('transmission'),
  settings: {
    type: 'attribute set of JSON value',
    default: {},
    description:
      'Settings that are written over those in `.config/transmission-daemon/settings.json` each time it starts.',
    pitfall: 'They lie readable in the Nix store: `rpc-password` belongs into `credentialsFile`.',
    example: '{ rpc-bind-address = "0.0.0.0"; rpc-host-whitelist = "torrents.example.org"; }',
  },
  'settings.download-dir': {
    type: 'absolute path',
    defaultText: '`Downloads` in `services.transmission.home`',
    description: 'Where finished downloads lie.',
  },
  'settings.incomplete-dir': {
    type: 'absolute path',
    defaultText: '`.incomplete` in `services.transmission.home`',
    description: 'Where downloads lie until they are finished, with `settings.incomplete-dir-enabled`.',
  },
  'settings.incomplete-dir-enabled': {
    type: 'boolean',
    default: true,
    description: 'Whether unfinished downloads have a directory of their own.',
  },
  'settings.watch-dir': {
    type: 'absolute path',
    defaultText: '`watchdir` in `services.transmission.home`',
    description: 'A directory whose torrent files are added, with `settings.watch-dir-enabled`.',
  },
  'settings.watch-dir-enabled': {
    type: 'boolean',
    default: false,
    description: 'Whether torrent files in `settings.watch-dir` are added.',
  },
  'settings.trash-original-torrent-files': {
    type: 'boolean',
    default: false,
    description: 'Whether a torrent file in `settings.watch-dir` is deleted once it is added.',
  },
  'settings.message-level': {
    type: 'integer between 0 and 6 (both inclusive)',
    default: 2,
    description: 'How much it writes into its log.',
  },
  'settings.peer-port': {
    type: PORT,
    default: 51413,
    description: 'The port at which other peers reach it.',
  },
  'settings.peer-port-random-on-start': {
    type: 'boolean',
    default: false,
    description: 'Whether it takes another port for peers at each start.',
  },
  'settings.umask': {
    type: 'signed integer or string',
    default: '022',
    description: 'Which rights the files that it writes do not get.',
    pitfall: 'Transmission 4 takes a text of octal digits, Transmission 3 took a decimal number.',
  },
  'settings.utp-enabled': {
    type: 'boolean',
    default: true,
    description: 'Whether it speaks µTP, which gives way to other traffic.',
  },
  credentialsFile: {
    type: 'absolute path',
    default: '/dev/null',
    description:
      'A JSON file with settings that are merged in at the start, for secrets such as `rpc-password`.',
    example: '"/run/secrets/transmission.json"',
  },
  downloadDirPermissions: {
    type: 'null or string',
    default: null,
    description: 'The rights of the directories for downloads; null leaves them as they are.',
    example: '"770"',
  },
  extraFlags: {
    type: 'list of string',
    default: [],
    description: 'Further arguments.',
    example: '[ "--log-debug" ]',
  },
  openFirewall: {
    type: 'boolean',
    description: 'Another name of `openPeerPorts`.',
    pitfall: 'It does not open the web interface: that is `openRPCPort`.',
  },
  openPeerPorts: {
    type: 'boolean',
    default: false,
    description: 'Opens the ports for other peers in the firewall.',
  },
  performanceNetParameters: {
    type: 'boolean',
    default: false,
    description: 'Whether the kernel is tuned for very many connections.',
    pitfall: 'A container shares its host’s kernel: set it on the host.',
  },
  webHome: {
    type: 'null or absolute path',
    default: null,
    description: 'Another web interface to serve.',
    example: 'pkgs.flood-for-transmission',
  },
});

const DELUGE = rowsOf('deluge', 'torrent/deluge.nix', {
  enable: {
    type: 'boolean',
    default: false,
    description: 'Runs the Deluge daemon. Its web interface is `services.deluge.web`.',
  },
  ...packageOf('deluge-2_x'),
  ...account('deluge'),
  declarative: {
    type: 'boolean',
    default: false,
    description: 'Whether `config`, `authFile` and `openFirewall` have any effect.',
    pitfall: 'What is set in the web interface is then lost at the next start.',
  },
  config: {
    type: 'attribute set',
    default: {},
    description: 'The content of `core.conf`. It has an effect with `declarative` only.',
    example: '{ download_location = "/srv/torrents/"; allow_remote = true; listen_ports = [ 6881 6889 ]; }',
  },
  authFile: {
    type: 'absolute path',
    description:
      'A file with lines `user:password:level`. It must be set with `declarative`, and has no effect without.',
    example: '"/run/secrets/deluge-auth"',
  },
  openFirewall: {
    type: 'boolean',
    default: false,
    description:
      'Opens `config.listen_ports` in the firewall, with `declarative` and `config.random_port = false`.',
    pitfall: 'It opens neither the daemon’s port nor the web interface: that is `web.openFirewall`.',
  },
  openFilesLimit: {
    type: 'signed integer or string',
    default: 4096,
    description: 'How many files the daemon may have open.',
  },
  extraPackages: {
    type: 'list of package',
    default: [],
    description: 'Programs for plugins, beside those that unpack archives.',
  },
});

export const TORRENT_DETAILS: readonly OptionDoc[] = [...TRANSMISSION, ...DELUGE];
