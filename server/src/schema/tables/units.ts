import type { OptionDoc } from '../option';
import { optionsOf, type ShortRows } from './short-rows';

/**
 * What units of systemd are made of, beside what `guest.ts` says of services: the keys of `serviceConfig`, `unitConfig`,
 * `timerConfig` and networkd, as far as homelabs write them; and timers, paths and sockets. Shown and offered, not
 * declared. Source: systemd’s manual pages, and general knowledge of nixpkgs’ modules for the sets around them.
 */

const BOOL = 'boolean';
const TEXT = 'string';
const TEXTS = 'string or list of string';
const TIME = 'string or signed integer';
const UNITS = 'list of string';

const SERVICE: ShortRows = {
  Type: [
    'one of "simple", "exec", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle"',
    'When the service counts as started: at once, when its program runs, when its first process ends, when its work is done, or when it says so itself.',
    { example: '"oneshot"' },
  ],
  ExecStart: [
    TEXTS,
    'The command that the service runs, with an absolute path. `script` writes one for you.',
    { pitfall: 'It is no shell: no pipes, no `~`. To replace that of a module, write `lib.mkForce`.' },
  ],
  ExecStartPre: [TEXTS, 'Commands that run before the service starts. With `+` in front, as root.'],
  ExecStartPost: [TEXTS, 'Commands that run once the service has started.'],
  ExecReload: [TEXTS, 'The command that makes the service read its configuration again.'],
  ExecStop: [TEXTS, 'The command that stops the service.'],
  ExecStopPost: [TEXTS, 'Commands that run once the service has stopped, also when it failed.'],
  ExecCondition: [TEXTS, 'Commands that decide whether the service starts at all.'],
  Restart: [
    'one of "no", "always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog"',
    'When the service is started again after it ended.',
    { default: 'no', example: '"on-failure"' },
  ],
  RestartSec: [TIME, 'How long it waits before it is started again.', { defaultText: '100ms', example: '5' }],
  RemainAfterExit: [
    BOOL,
    'Whether the service counts as running after its processes ended. Usual for `oneshot`.',
    { default: false },
  ],
  PIDFile: [TEXT, 'The file in which a forking service writes its process number.'],
  BusName: [TEXT, 'The name on D-Bus that the service takes.'],
  KillMode: [
    'one of "control-group", "mixed", "process", "none"',
    'Which processes are killed when the service stops.',
    { default: 'control-group' },
  ],
  KillSignal: [TEXT, 'The signal that asks the service to stop.', { default: 'SIGTERM' }],
  SuccessExitStatus: [TEXTS, 'Exit codes and signals that count as success beside 0.'],
  TimeoutSec: [TIME, 'How long the service may take to start, and to stop.'],
  TimeoutStartSec: [TIME, 'How long the service may take to start.', { defaultText: '90s' }],
  TimeoutStopSec: [
    TIME,
    'How long the service may take to stop before it is killed.',
    { defaultText: '90s' },
  ],
  RuntimeMaxSec: [TIME, 'How long the service may run before it is stopped.'],
  WatchdogSec: [TIME, 'How long the service may be silent before it counts as failed.'],
  User: [TEXT, 'The user that the processes run as.', { defaultText: 'root' }],
  Group: [TEXT, 'The group that the processes run as.', { defaultText: 'the user’s own group' }],
  SupplementaryGroups: [TEXTS, 'Further groups that the processes are in.'],
  DynamicUser: [
    BOOL,
    'Whether a user is made while the service runs. Its state then lies in `/var/lib/private`, linked from `/var/lib`.',
    {
      default: false,
      pitfall:
        'The user’s number can change: what is mounted into a container for such a service needs a user of its own.',
    },
  ],
  WorkingDirectory: [TEXT, 'The folder in which the processes start. `~` is the user’s home.'],
  RootDirectory: [TEXT, 'The folder that the processes see as `/`.'],
  Environment: [
    TEXTS,
    'Variables as `NAME=value`. The option `environment` of the service is easier to write.',
  ],
  EnvironmentFile: [
    TEXTS,
    'Files with variables, for secrets: they are read when the service starts and do not enter the Nix store. With `-` in front a file may be missing.',
    {
      pitfall: 'In a container the file has to be mounted into the guest.',
      example: '"/run/secrets/app.env"',
    },
  ],
  LoadCredential: [
    TEXTS,
    'Secrets as `name:path`, which the service finds in `$CREDENTIALS_DIRECTORY`.',
    { example: '[ "password:/run/secrets/password" ]' },
  ],
  StateDirectory: [
    TEXTS,
    'Folders below `/var/lib` that are made for the service and belong to its user.',
    { pitfall: 'In an ephemeral container such a folder is gone with the next start unless it is mounted.' },
  ],
  StateDirectoryMode: [TEXT, 'The mode of the state directories.', { default: '0755' }],
  RuntimeDirectory: [TEXTS, 'Folders below `/run` that are there while the service runs.'],
  RuntimeDirectoryMode: [TEXT, 'The mode of the runtime directories.', { default: '0755' }],
  RuntimeDirectoryPreserve: [
    'boolean or one of "restart"',
    'Whether the runtime directories stay when the service stops.',
    { default: false },
  ],
  CacheDirectory: [TEXTS, 'Folders below `/var/cache` that are made for the service.'],
  LogsDirectory: [TEXTS, 'Folders below `/var/log` that are made for the service.'],
  ConfigurationDirectory: [TEXTS, 'Folders below `/etc` that are made for the service.'],
  UMask: [TEXT, 'Which rights new files do not get.', { default: '0022' }],
  StandardInput: [TEXT, 'Where the processes read from.', { default: 'null' }],
  StandardOutput: [TEXT, 'Where the output goes.', { default: 'journal' }],
  StandardError: [TEXT, 'Where errors are written.', { default: 'inherit' }],
  SyslogIdentifier: [TEXT, 'The name that stands in the journal.'],
  Nice: ['signed integer', 'How willingly the processes give way to others, from -20 to 19.', { default: 0 }],
  IOSchedulingClass: [
    'one of "none", "realtime", "best-effort", "idle"',
    'How urgent reading and writing is.',
  ],
  CPUSchedulingPolicy: [
    'one of "other", "batch", "idle", "fifo", "rr"',
    'How the kernel gives time to the processes.',
  ],
  CPUQuota: [TEXT, 'How much of one processor the service may use at most.', { example: '"50%"' }],
  CPUWeight: ['signed integer', 'Its share of the processor beside other services, from 1 to 10000.'],
  MemoryMax: [
    'string or signed integer',
    'How much memory the service may use: beyond it, processes are killed.',
    { example: '"2G"' },
  ],
  MemoryHigh: [
    'string or signed integer',
    'How much memory the service may use before it is slowed down.',
    { example: '"1G"' },
  ],
  MemorySwapMax: ['string or signed integer', 'How much swap the service may use.'],
  TasksMax: ['string or signed integer', 'How many processes and threads the service may have.'],
  IOWeight: ['signed integer', 'Its share of reading and writing beside other services, from 1 to 10000.'],
  LimitNOFILE: [
    'string or signed integer',
    'How many files each process may have open.',
    { example: '65536' },
  ],
  LimitNPROC: ['string or signed integer', 'How many processes its user may have.'],
  LimitMEMLOCK: ['string or signed integer', 'How much memory may be kept from being swapped out.'],
  LimitCORE: ['string or signed integer', 'How large a memory dump may be.'],
  OOMScoreAdjust: [
    'signed integer',
    'How soon it is killed when memory runs out: from -1000, never, to 1000.',
  ],
  Slice: [TEXT, 'The slice, a group of services with common limits, that it belongs to.'],
  Delegate: [TEXTS, 'Whether the service manages control groups below its own, as container engines do.'],
  DeviceAllow: [
    TEXTS,
    'Devices that the processes may use, each with `r`, `w` and `m`.',
    { example: '[ "/dev/dri/renderD128 rw" ]' },
  ],
  DevicePolicy: [
    'one of "auto", "closed", "strict"',
    'Whether devices are open to it that `DeviceAllow` does not name.',
    { default: 'auto' },
  ],
  AmbientCapabilities: [TEXTS, 'Capabilities that the processes have without being root.'],
  CapabilityBoundingSet: [
    TEXTS,
    'The only capabilities that the processes can ever have. With `~` in front, those that they cannot.',
  ],
  NoNewPrivileges: [BOOL, 'Whether programs such as `sudo` gain nothing here.', { default: false }],
  SecureBits: [TEXTS, 'How capabilities change when the user changes.'],
  ProtectSystem: [
    'boolean or one of "full", "strict"',
    'Which part of the file system is read-only: `/usr` and the boot loader, with `full` also `/etc`, with `strict` everything.',
    { default: false },
  ],
  ProtectHome: [
    'boolean or one of "read-only", "tmpfs"',
    'Whether the homes of users are closed to it, read-only or empty.',
    { default: false },
  ],
  ProtectHostname: [BOOL, 'Whether it cannot change the host name.', { default: false }],
  ProtectClock: [BOOL, 'Whether it cannot set the clock.', { default: false }],
  ProtectKernelTunables: [
    BOOL,
    'Whether settings of the kernel in `/proc` and `/sys` are read-only.',
    { default: false },
  ],
  ProtectKernelModules: [BOOL, 'Whether it cannot load modules into the kernel.', { default: false }],
  ProtectKernelLogs: [BOOL, 'Whether the kernel’s log is closed to it.', { default: false }],
  ProtectControlGroups: [BOOL, 'Whether control groups are read-only.', { default: false }],
  ProtectProc: [
    'one of "default", "noaccess", "invisible", "ptraceable"',
    'Which processes of other users it sees in `/proc`.',
    { default: 'default' },
  ],
  ProcSubset: ['one of "all", "pid"', 'Whether it sees only processes in `/proc`.', { default: 'all' }],
  PrivateTmp: [BOOL, 'Whether it has a `/tmp` of its own.', { default: false }],
  PrivateDevices: [BOOL, 'Whether it sees only harmless devices, such as `/dev/null`.', { default: false }],
  PrivateNetwork: [BOOL, 'Whether it has no network but loopback.', { default: false }],
  PrivateUsers: [
    BOOL,
    'Whether it sees only root and its own user.',
    { default: false, pitfall: 'It does not always work in containers that have private users themselves.' },
  ],
  PrivateMounts: [BOOL, 'Whether what it mounts stays its own.', { default: false }],
  ReadWritePaths: [TEXTS, 'Paths that it may write to although `ProtectSystem` closes the rest.'],
  ReadOnlyPaths: [TEXTS, 'Paths that it can only read.'],
  InaccessiblePaths: [TEXTS, 'Paths that it cannot reach.'],
  BindPaths: [TEXTS, 'Paths that are mounted into its view of the file system, as `from:to`.'],
  BindReadOnlyPaths: [TEXTS, 'Paths that are mounted into its view of the file system and can only be read.'],
  TemporaryFileSystem: [TEXTS, 'Paths that are empty file systems in memory.'],
  RestrictAddressFamilies: [
    TEXTS,
    'The kinds of sockets that it may open.',
    { example: '[ "AF_INET" "AF_INET6" "AF_UNIX" ]' },
  ],
  RestrictNamespaces: [TEXTS, 'Whether it cannot make namespaces, or which it can.'],
  RestrictRealtime: [BOOL, 'Whether it cannot ask for realtime scheduling.', { default: false }],
  RestrictSUIDSGID: [BOOL, 'Whether it cannot set the set-user-ID bit of files.', { default: false }],
  RemoveIPC: [BOOL, 'Whether what its user shares in memory is removed when it stops.', { default: false }],
  LockPersonality: [BOOL, 'Whether it cannot change which system calls it sees.', { default: false }],
  MemoryDenyWriteExecute: [
    BOOL,
    'Whether memory cannot be writable and executable. Programs that compile while they run, such as Node.js, do not bear it.',
    { default: false },
  ],
  SystemCallFilter: [
    TEXTS,
    'The system calls that it may make; with `~` in front, those that it may not.',
    { example: '[ "@system-service" ]' },
  ],
  SystemCallArchitectures: [
    TEXTS,
    'The architectures whose system calls it may make.',
    { example: '"native"' },
  ],
  SystemCallErrorNumber: [
    TEXT,
    'The error that a forbidden system call gives, instead of ending the process.',
  ],
  IPAddressAllow: [TEXTS, 'Addresses that it may speak with.', { example: '"localhost"' }],
  IPAddressDeny: [TEXTS, 'Addresses that it may not speak with.', { example: '"any"' }],
  NetworkNamespacePath: [TEXT, 'The network namespace that it runs in.', { example: '"/run/netns/vpn"' }],
  SocketBindAllow: [TEXTS, 'Ports that it may listen on.'],
  SocketBindDeny: [TEXTS, 'Ports that it may not listen on.'],
};

const UNIT: ShortRows = {
  Description: [TEXT, 'A line that says what the unit is.'],
  Documentation: [TEXTS, 'Where it is documented.'],
  After: [TEXTS, 'Units that have to be started before this one. The option `after` does the same.'],
  Before: [TEXTS, 'Units that are started after this one. The option `before` does the same.'],
  Requires: [TEXTS, 'Units that are started together with this one, which cannot run without them.'],
  Wants: [TEXTS, 'Units that are started together with this one.'],
  BindsTo: [TEXTS, 'Units without which this one stops at once.'],
  PartOf: [TEXTS, 'Units with which this one is stopped and restarted.'],
  Conflicts: [TEXTS, 'Units that are stopped when this one starts.'],
  OnFailure: [TEXTS, 'Units that are started when this one fails.'],
  OnSuccess: [TEXTS, 'Units that are started when this one has ended well.'],
  RequiresMountsFor: [TEXTS, 'Paths whose mounts have to be there first.', { example: '"/srv/media"' }],
  JoinsNamespaceOf: [TEXTS, 'Units whose private `/tmp` and network this one shares.'],
  ConditionPathExists: [
    TEXTS,
    'The unit starts only where the path exists; with `!` in front, only where it does not.',
  ],
  ConditionPathIsMountPoint: [TEXTS, 'The unit starts only where the path is a mount point.'],
  ConditionDirectoryNotEmpty: [TEXTS, 'The unit starts only where the folder holds something.'],
  ConditionUser: [TEXT, 'The unit starts only for this user.'],
  ConditionVirtualization: [
    TEXT,
    'The unit starts only inside, or with `!` outside, a machine or container of this kind.',
  ],
  AssertPathExists: [TEXTS, 'The unit fails where the path does not exist.'],
  StartLimitIntervalSec: [TIME, 'The time in which starts are counted.', { defaultText: '10s' }],
  StartLimitBurst: [
    'signed integer',
    'How often the unit may start in that time before it is given up.',
    { default: 5 },
  ],
  StopWhenUnneeded: [BOOL, 'Whether it stops when no other unit needs it.', { default: false }],
  DefaultDependencies: [BOOL, 'Whether it is ordered after the early boot by itself.', { default: true }],
};

const TIMER: ShortRows = {
  OnCalendar: [
    TEXTS,
    'When the timer fires: `daily`, `weekly`, `*-*-* 04:00:00`, `Mon *-*-* 03:00`. `systemd-analyze calendar` explains one.',
    { example: '"daily"' },
  ],
  OnBootSec: [TIME, 'How long after the start of the system it fires.', { example: '"5min"' }],
  OnStartupSec: [TIME, 'How long after the start of systemd it fires.'],
  OnActiveSec: [TIME, 'How long after the timer was started it fires.'],
  OnUnitActiveSec: [
    TIME,
    'How long after the last start of the service it fires again.',
    { example: '"1h"' },
  ],
  OnUnitInactiveSec: [TIME, 'How long after the last end of the service it fires again.'],
  Persistent: [
    BOOL,
    'Whether what was missed while the system was off is made up for. Needs `OnCalendar`.',
    { default: false },
  ],
  RandomizedDelaySec: [TIME, 'It fires later by a random time up to this.', { default: '0' }],
  FixedRandomDelay: [BOOL, 'Whether the random delay is the same each time.', { default: false }],
  AccuracySec: [TIME, 'How exactly the time is kept.', { default: '1min' }],
  Unit: [TEXT, 'The unit that it starts.', { defaultText: 'the service of the same name' }],
  WakeSystem: [BOOL, 'Whether the system is woken for it.', { default: false }],
};

const SOCKET: ShortRows = {
  ListenStream: [
    TEXTS,
    'Where it listens: a port, an address with a port, or a path.',
    { example: '"8080"' },
  ],
  ListenDatagram: [TEXTS, 'Where it takes datagrams: a port, an address with a port, or a path.'],
  Accept: [BOOL, 'Whether each connection gets a process of its own.', { default: false }],
  SocketUser: [TEXT, 'The owner of the socket’s file.'],
  SocketGroup: [TEXT, 'The group of the socket’s file.'],
  SocketMode: [TEXT, 'The mode of the socket’s file.', { default: '0666' }],
  Service: [TEXT, 'The service that takes what comes in.'],
};

const PATH: ShortRows = {
  PathExists: [TEXTS, 'It starts the unit where this path exists.'],
  PathChanged: [TEXTS, 'It starts the unit when a file here was written and closed.'],
  PathModified: [TEXTS, 'It starts the unit at each write to a file here.'],
  DirectoryNotEmpty: [TEXTS, 'It starts the unit while the folder holds something.'],
  MakeDirectory: [BOOL, 'Whether the folder is made before it is watched.', { default: false }],
  Unit: [TEXT, 'The unit that it starts.', { defaultText: 'the service of the same name' }],
};

/** What every unit has as options of NixOS. */
const COMMON: ShortRows = {
  enable: [BOOL, 'Whether the unit exists. With `false` it is masked.', { default: true }],
  description: [TEXT, 'A line that says what the unit is.', { default: '' }],
  documentation: [UNITS, 'Where it is documented.', { default: [] }],
  wantedBy: [UNITS, 'Units that start this one together with them.', { default: [] }],
  requiredBy: [UNITS, 'Units that cannot run without this one.', { default: [] }],
  after: [UNITS, 'Units that have to be started before this one.', { default: [] }],
  before: [UNITS, 'Units that are started after this one.', { default: [] }],
  wants: [UNITS, 'Units that are started together with this one.', { default: [] }],
  requires: [
    UNITS,
    'Units that are started together with this one, which cannot run without them.',
    { default: [] },
  ],
  bindsTo: [UNITS, 'Units without which this one stops at once.', { default: [] }],
  partOf: [UNITS, 'Units with which this one is stopped and restarted.', { default: [] }],
  conflicts: [UNITS, 'Units that are stopped when this one starts.', { default: [] }],
  onFailure: [UNITS, 'Units that are started when this one fails.', { default: [] }],
  unitConfig: ['attribute set of (systemd option)', 'The section `[Unit]` of its file.', { default: {} }],
};

const MANUAL = 'systemd’s manual, ';
const NIXPKGS = 'general knowledge of nixpkgs nixos/modules/system/boot/systemd, not compared';

/** A set of units and what each is made of. */
function units(set: string, what: string, section: string, name: string, own: ShortRows): OptionDoc[] {
  return [
    ...optionsOf('systemd', NIXPKGS, { [set]: ['attribute set of (submodule)', what, { default: {} }] }),
    ...optionsOf(`systemd.${set}.<name>`, NIXPKGS, {
      ...COMMON,
      [section]: [
        'attribute set of (systemd option)',
        `The section \`[${name}]\` of its file.`,
        { default: {} },
      ],
    }),
    ...optionsOf(`systemd.${set}.<name>.${section}`, `${MANUAL}systemd.${name.toLowerCase()}(5)`, own),
    ...optionsOf(`systemd.${set}.<name>.unitConfig`, `${MANUAL}systemd.unit(5)`, UNIT),
  ];
}

const SERVICE_MORE: ShortRows = {
  documentation: [UNITS, 'Where it is documented.', { default: [] }],
  onFailure: [UNITS, 'Units that are started when this one fails.', { default: [] }],
  onSuccess: [UNITS, 'Units that are started when this one has ended well.', { default: [] }],
  restartTriggers: [
    'unspecified value',
    'Values whose change restarts the service when the system is switched: packages, files of the configuration.',
    { default: [] },
  ],
  reloadIfChanged: [
    BOOL,
    'Whether a change reloads the service instead of restarting it.',
    { default: false },
  ],
};

export const UNIT_OPTIONS: readonly OptionDoc[] = [
  ...optionsOf('systemd.services.<name>', NIXPKGS, SERVICE_MORE),
  ...optionsOf(
    'systemd.services.<name>.serviceConfig',
    `${MANUAL}systemd.exec(5) and systemd.service(5)`,
    SERVICE,
  ),
  ...optionsOf('systemd.services.<name>.unitConfig', `${MANUAL}systemd.unit(5)`, UNIT),
  ...units(
    'timers',
    'Timers, by the name of their unit without `.timer`. Each starts the service of the same name; `startAt` of a service is shorter where one time is enough.',
    'timerConfig',
    'Timer',
    TIMER,
  ),
  ...units(
    'sockets',
    'Sockets that start a service when something comes in, by the name of their unit.',
    'socketConfig',
    'Socket',
    SOCKET,
  ),
  ...units(
    'paths',
    'Paths that are watched and start a service, by the name of their unit.',
    'pathConfig',
    'Path',
    PATH,
  ),
];
