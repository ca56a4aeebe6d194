import type { OptionDoc } from '../../option';
import { packageOf, PORT, rowsOf, type Rows } from './row';

/** Redis: each server of it is a service of its own. */

const SERVER: Rows = {
  enable: { type: 'boolean', default: false, description: 'Runs this Redis server.' },
  port: {
    type: PORT,
    defaultText: '6379 for the server with an empty name, else 0',
    description: 'The port on which it listens; 0 for none.',
    example: '6379',
  },
  bind: {
    type: 'null or string',
    default: '127.0.0.1',
    description: 'The address on which it listens; every one where it is null.',
    pitfall: 'Redis has no password by default: set `requirePassFile` before it listens for others.',
  },
  openFirewall: { type: 'boolean', default: false, description: 'Opens its port in the firewall.' },
  unixSocket: {
    type: 'null or absolute path',
    defaultText: '`/run/redis-NAME/redis.sock`, or `/run/redis/redis.sock` for the server with an empty name',
    description: 'The socket on which it listens.',
  },
  unixSocketPerm: {
    type: 'signed integer',
    default: 660,
    description: 'The rights of the socket, as decimal digits.',
    example: '600',
  },
  user: {
    type: 'string',
    defaultText: '`redis-NAME`, or `redis` for the server with an empty name',
    description: 'The user that it runs as. NixOS makes it where it is the default.',
  },
  group: {
    type: 'string',
    defaultText: 'the name of the user',
    description: 'The group that it runs as. Who is in it may use the socket.',
  },
  requirePass: {
    type: 'null or string',
    default: null,
    description: 'The password of clients.',
    pitfall: 'It lies readable in the Nix store: use `requirePassFile`.',
  },
  requirePassFile: {
    type: 'null or absolute path',
    default: null,
    description: 'A file with the password of clients. It is read when the service starts.',
    example: '"/run/secrets/redis"',
  },
  masterAuth: {
    type: 'null or string',
    default: null,
    description: 'The password of the server that this one copies.',
    pitfall: 'It lies readable in the Nix store.',
  },
  slaveOf: {
    type: 'null or (submodule)',
    default: null,
    description: 'The server that this one copies.',
    example: '{ ip = "10.0.0.3"; port = 6379; }',
  },
  databases: { type: 'signed integer', default: 16, description: 'How many databases it has.' },
  maxclients: { type: 'signed integer', default: 10000, description: 'How many clients may be connected.' },
  save: {
    type: 'list of list of signed integer',
    default: [
      [900, 1],
      [300, 10],
      [60, 10000],
    ],
    description:
      'When it writes its data to disk: after so many seconds, if so many keys changed. An empty list turns that off.',
  },
  appendOnly: {
    type: 'boolean',
    default: false,
    description: 'Whether each change is written to a log, so that less is lost in a crash.',
  },
  appendFsync: {
    type: 'string',
    default: 'everysec',
    description: 'How often that log is written through to the disk: `no`, `always` or `everysec`.',
  },
  logLevel: {
    type: 'string',
    default: 'notice',
    description: 'How much it logs: `debug`, `verbose`, `notice` or `warning`.',
  },
  logfile: {
    type: 'string',
    default: '/dev/null',
    description: 'A file for its log, or `stdout`, beside the journal.',
  },
  syslog: { type: 'boolean', default: true, description: 'Whether it logs to the journal.' },
  slowLogLogSlowerThan: {
    type: 'signed integer',
    default: 10000,
    description: 'From which time on a query counts as slow.',
  },
  slowLogMaxLen: { type: 'signed integer', default: 128, description: 'How many slow queries it remembers.' },
  extraParams: {
    type: 'list of string',
    default: [],
    description: 'Further arguments.',
    example: '[ "--sentinel" ]',
  },
  settings: {
    type: 'attribute set of (boolean or signed integer or string or list of string)',
    default: {},
    description: 'Settings of `redis.conf`. The options beside it are written into it too.',
    example: '{ maxmemory = "256mb"; maxmemory-policy = "allkeys-lru"; }',
  },
};

export const REDIS_DETAILS: readonly OptionDoc[] = rowsOf('redis', 'databases/redis.nix', {
  ...packageOf('redis'),
  vmOverCommit: {
    type: 'boolean',
    default: true,
    description:
      'Whether the kernel lends more memory than there is, which Redis needs to save in the background.',
    pitfall: 'A container shares its host’s kernel: set it on the host.',
  },
  servers: {
    type: 'attribute set of (submodule)',
    default: {},
    description: 'The Redis servers of this system, by name. The one with an empty name is `redis.service`.',
  },
  ...Object.fromEntries(Object.entries(SERVER).map(([name, row]) => [`servers.<name>.${name}`, row])),
});
