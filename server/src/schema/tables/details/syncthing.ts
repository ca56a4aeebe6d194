import type { OptionDoc } from '../../option';
import { account, packageOf, PORT, rowsOf } from './row';

/** Syncthing and its relay, beside where its web interface listens. */

const SYNCTHING = rowsOf('syncthing', 'networking/syncthing.nix', {
  ...packageOf('syncthing'),
  ...account('syncthing'),
  cert: {
    type: 'null or string',
    default: null,
    description: 'The file `cert.pem` of this device, copied into `configDir` at the start.',
  },
  key: {
    type: 'null or string',
    default: null,
    description:
      'The file `key.pem` of this device, copied into `configDir` at the start. It makes the device’s ID.',
  },
  configDir: {
    type: 'absolute path',
    defaultText: '`.config/syncthing` in `dataDir`',
    description: 'Where its settings and keys are.',
  },
  databaseDir: {
    type: 'absolute path',
    defaultText: '`configDir`',
    description: 'Where its database and logs are.',
  },
  overrideDevices: {
    type: 'boolean',
    default: true,
    description: 'Whether devices that `settings.devices` does not have are removed at each start.',
  },
  overrideFolders: {
    type: 'boolean',
    defaultText: '`true`, unless a device has `autoAcceptFolders`',
    description: 'Whether folders that `settings.folders` does not have are removed at each start.',
  },
  openDefaultPorts: {
    type: 'boolean',
    default: false,
    description: 'Opens TCP and UDP 22000 for transfers and UDP 21027 for discovery in the firewall.',
    pitfall: 'It does not open the web interface.',
  },
  guiPasswordFile: {
    type: 'null or string',
    default: null,
    description:
      'A file with the password of the web interface, as plain text. It is read when the service starts.',
  },
  all_proxy: {
    type: 'null or string',
    default: null,
    description: 'A SOCKS5 proxy through which it connects.',
    example: '"socks5://10.0.0.3:1080"',
  },
  systemService: { type: 'boolean', default: true, description: 'Whether it starts with the system.' },
  extraFlags: {
    type: 'list of string',
    default: [],
    description: 'Further arguments.',
    example: '[ "--reset-deltas" ]',
  },
  settings: {
    type: 'attribute set of JSON value',
    default: {},
    description: 'The configuration of Syncthing, as its REST interface has it.',
    example: '{ gui.theme = "black"; options.localAnnounceEnabled = false; }',
  },
  'settings.devices': {
    type: 'attribute set of (submodule)',
    default: {},
    description: 'The devices that this one talks to, by name.',
  },
  'settings.devices.<name>.id': {
    type: 'string',
    description: 'The ID of the device, which its web interface shows.',
  },
  'settings.devices.<name>.name': {
    type: 'string',
    defaultText: 'the name in the set',
    description: 'The name that is shown.',
  },
  'settings.devices.<name>.autoAcceptFolders': {
    type: 'boolean',
    default: false,
    description: 'Whether folders that the device offers are taken by themselves.',
  },
  'settings.folders': {
    type: 'attribute set of (submodule)',
    default: {},
    description: 'The folders that are shared, by name or path.',
  },
  'settings.folders.<name>.enable': {
    type: 'boolean',
    default: true,
    description: 'Whether the folder is shared.',
  },
  'settings.folders.<name>.path': {
    type: 'string starting with / or ~/',
    defaultText: 'the name in the set',
    description: 'Where the folder is.',
  },
  'settings.folders.<name>.id': {
    type: 'string',
    defaultText: 'the name in the set',
    description: 'The ID of the folder, the same on all devices.',
  },
  'settings.folders.<name>.label': {
    type: 'string',
    defaultText: 'the name in the set',
    description: 'The name that is shown.',
  },
  'settings.folders.<name>.type': {
    type: 'one of "sendreceive", "sendonly", "receiveonly", "receiveencrypted"',
    default: 'sendreceive',
    description: 'Whether changes are sent, received or both.',
  },
  'settings.folders.<name>.devices': {
    type: 'list of (string or (submodule))',
    default: [],
    description: 'The devices that the folder is shared with, by their names in `settings.devices`.',
  },
  'settings.folders.<name>.ignorePatterns': {
    type: 'null or (list of string)',
    default: null,
    description: 'Which files are left out. Null leaves the patterns of the web interface as they are.',
  },
  'settings.folders.<name>.versioning': {
    type: 'null or (submodule)',
    default: null,
    description: 'How changed and deleted files are kept.',
    example: '{ type = "simple"; params.keep = "10"; }',
  },
  'settings.folders.<name>.copyOwnershipFromParent': {
    type: 'boolean',
    default: false,
    description: 'Whether new files belong to whom their directory belongs. It needs the right to do that.',
  },
  'settings.options': {
    type: 'attribute set of JSON value',
    default: {},
    description: 'Settings of the device as a whole.',
  },
  'settings.options.localAnnounceEnabled': {
    type: 'null or boolean',
    default: null,
    description: 'Whether it looks for devices in the local network.',
  },
  'settings.options.relaysEnabled': {
    type: 'null or boolean',
    default: null,
    description: 'Whether relays are used where devices cannot reach each other.',
  },
  'settings.options.urAccepted': {
    type: 'null or signed integer',
    default: null,
    description: 'Whether it reports anonymously how it is used: -1 for no.',
  },
});

const RELAY = rowsOf('syncthing', 'networking/syncthing-relay.nix', {
  'relay.enable': { type: 'boolean', default: false, description: 'Runs a relay server for others.' },
  'relay.port': {
    type: PORT,
    default: 22067,
    description: 'The port for relayed traffic. Nothing opens it in the firewall.',
  },
  'relay.listenAddress': {
    type: 'string',
    default: '',
    description: 'The address for relayed traffic; every one where it is empty.',
  },
  'relay.statusPort': {
    type: PORT,
    default: 22070,
    description: 'The port of the status page. Nothing opens it in the firewall.',
  },
  'relay.statusListenAddress': {
    type: 'string',
    default: '',
    description: 'The address of the status page; every one where it is empty.',
  },
  'relay.pools': {
    type: 'null or (list of string)',
    default: null,
    description: 'The pools that it joins; the global one where it is null, none where it is empty.',
  },
  'relay.providedBy': { type: 'string', default: '', description: 'Who runs it, in words.' },
  'relay.globalRateBps': {
    type: 'null or (positive integer, meaning >0)',
    default: null,
    description: 'How many bytes a second it relays altogether.',
  },
  'relay.perSessionRateBps': {
    type: 'null or (positive integer, meaning >0)',
    default: null,
    description: 'How many bytes a second it relays for one session.',
  },
  'relay.extraOptions': { type: 'list of string', default: [], description: 'Further arguments.' },
});

export const SYNCTHING_DETAILS: readonly OptionDoc[] = [...SYNCTHING, ...RELAY];
