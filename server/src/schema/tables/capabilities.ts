/** A capability of the Linux kernel: a part of what root may do. */
export interface Capability {
  /** As systemd writes it: `CAP_NET_ADMIN`. */
  readonly name: string;
  /** What a process with it may do: one sentence in our own words. */
  readonly description: string;
  /** Whether systemd-nspawn leaves it to every guest. */
  readonly granted: boolean;
  /** Where this was read. */
  readonly source: string;
}

/** Names and meaning were read here; what a guest keeps by itself in systemd's src/nspawn/nspawn.c (`arg_caps_retain`). */
const HEADER = 'linux include/uapi/linux/capability.h';
/** Newer than the header that was read. */
const NEWER = 'capabilities(7)';

type Row = readonly [name: string, description: string, kept?: 'granted'];

const ROWS: readonly Row[] = [
  ['CAP_NET_ADMIN', 'Sets up interfaces, routes, tunnels and firewalls.'],
  ['CAP_NET_RAW', 'Opens raw and packet sockets, as `ping` and packet captures do.', 'granted'],
  ['CAP_NET_BIND_SERVICE', 'Listens on ports below 1024.', 'granted'],
  ['CAP_SYS_MODULE', 'Loads and removes kernel modules, and so may change the kernel at will.'],
  ['CAP_IPC_LOCK', 'Locks memory, so that it is never swapped out.'],
  ['CAP_SYS_RAWIO', 'Accesses I/O ports and raw devices.'],
  ['CAP_SYS_TIME', 'Sets the system clock, which host and guests share.'],
  ['CAP_SYSLOG', 'Reads the kernel’s log and sets how it is written.'],
  ['CAP_PERFMON', 'Measures the whole system’s performance.'],
  ['CAP_SYS_PACCT', 'Switches the accounting of processes on and off.'],
  ['CAP_WAKE_ALARM', 'Sets timers that wake the machine up.'],
  ['CAP_BLOCK_SUSPEND', 'Keeps the machine from going to sleep.'],
  ['CAP_AUDIT_READ', 'Reads the kernel’s audit log.'],
  ['CAP_MAC_ADMIN', 'Changes the rules of a security module such as Smack or AppArmor.'],
  ['CAP_MAC_OVERRIDE', 'Is exempt from the rules of a security module such as Smack.'],
  ['CAP_SYS_ADMIN', 'Mounts file systems and does much else that root does.', 'granted'],
  ['CAP_SYS_PTRACE', 'Looks into the memory of any process.', 'granted'],
  ['CAP_SYS_NICE', 'Raises priorities, and sets how and on which cores processes run.', 'granted'],
  ['CAP_SYS_RESOURCE', 'Goes beyond quotas and resource limits.', 'granted'],
  ['CAP_MKNOD', 'Makes device nodes.', 'granted'],
  ['CAP_CHOWN', 'Gives files to other users and groups.', 'granted'],
  ['CAP_DAC_OVERRIDE', 'Reads, writes and runs files whatever their permissions say.', 'granted'],
  ['CAP_DAC_READ_SEARCH', 'Reads files and searches folders whatever their permissions say.', 'granted'],
  ['CAP_FOWNER', 'Does with files of others what only their owner may do.', 'granted'],
  ['CAP_FSETID', 'Keeps the set-user-ID and set-group-ID bits of files that it changes.', 'granted'],
  ['CAP_SETUID', 'Becomes any user.', 'granted'],
  ['CAP_SETGID', 'Becomes a member of any group.', 'granted'],
  ['CAP_SETFCAP', 'Gives capabilities to files.', 'granted'],
  ['CAP_SETPCAP', 'Changes the capabilities that processes can have.', 'granted'],
  ['CAP_KILL', 'Sends signals to processes of any user.', 'granted'],
  ['CAP_SYS_CHROOT', 'Changes the root folder, and joins other mount namespaces.', 'granted'],
  ['CAP_SYS_BOOT', 'Restarts the system, and loads another kernel.', 'granted'],
  ['CAP_SYS_TTY_CONFIG', 'Sets up terminals.', 'granted'],
  ['CAP_NET_BROADCAST', 'Sends broadcasts and listens to multicasts.', 'granted'],
  ['CAP_LINUX_IMMUTABLE', 'Marks files as unchangeable, or only to be appended to.', 'granted'],
  ['CAP_LEASE', 'Takes leases on any file.', 'granted'],
  ['CAP_IPC_OWNER', 'Uses shared memory, semaphores and queues of others.', 'granted'],
  ['CAP_AUDIT_WRITE', 'Writes to the kernel’s audit log.', 'granted'],
  ['CAP_AUDIT_CONTROL', 'Switches auditing on and off and sets its rules.', 'granted'],
];

const NEWER_ROWS: readonly Row[] = [
  ['CAP_BPF', 'Loads BPF programs and makes their maps.'],
  ['CAP_CHECKPOINT_RESTORE', 'Saves running processes and brings them back with their old numbers.'],
];

/** Every capability of Linux 6, those that homelabs ask for first. */
export const CAPABILITIES: readonly Capability[] = [
  ...ROWS.map((row) => capability(row, HEADER)),
  ...NEWER_ROWS.map((row) => capability(row, NEWER)),
];

function capability([name, description, kept]: Row, source: string): Capability {
  return { name, description, granted: kept !== undefined, source };
}

/** How an option writes capabilities. */
export interface CapabilityOption {
  /** The end of its path from a system's root; `<…>` stands for any name. */
  readonly path: string;
  /**
   * `list`: a list with one name an element. `words`: a text of names, or a list of such. `flags`: names in arguments such
   * as `--capability=…`. `file`: a text such as `cap_net_raw+ep`, in small letters.
   */
  readonly form: 'list' | 'words' | 'flags' | 'file';
  /** Whether they are added to what nspawn leaves to every guest. */
  readonly beyondGranted?: boolean;
}

const OF_UNITS = ['AmbientCapabilities', 'CapabilityBoundingSet'];

/** The options that name capabilities. Source: nixos-containers.nix, security/wrappers, systemd.exec(5). */
export const CAPABILITY_OPTIONS: readonly CapabilityOption[] = [
  { path: 'containers.<name>.additionalCapabilities', form: 'list', beyondGranted: true },
  { path: 'containers.<name>.extraFlags', form: 'flags' },
  ...OF_UNITS.flatMap((option): CapabilityOption[] => [
    { path: `systemd.services.<name>.serviceConfig.${option}`, form: 'words' },
    { path: `systemd.sockets.<name>.socketConfig.${option}`, form: 'words' },
  ]),
  { path: 'security.wrappers.<name>.capabilities', form: 'file' },
];
