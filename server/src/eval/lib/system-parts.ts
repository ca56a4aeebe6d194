/**
 * What platforms are made of, as nixpkgs' lib/systems/parse.nix has it: those that every release since 21.11 has, and says
 * the same of. Read off with `nix-instantiate` in lib/systems.
 */

export interface Cpu {
  readonly name: string;
  readonly bits: number;
  readonly bigEndian: boolean;
  readonly family: string;
  readonly version: string | null;
  readonly arch: string | null;
}

export interface Kernel {
  readonly name: string;
  readonly execFormat: string;
  readonly family: 'bsd' | 'darwin' | null;
}

export interface Abi {
  readonly name: string;
  readonly float: 'soft' | 'hard' | null;
  readonly eabi: boolean;
}

/** Name, bits, family, and where it has them version and architecture; a `*` says that the high byte comes first. */
const CPUS = `
  aarch64 64 arm 8 armv8-a|armv5tel 32 arm 5 armv5t|armv6l 32 arm 6 armv6|armv7a 32 arm 7 armv7-a|armv7l 32 arm 7 armv7
  i386 32 x86 - i386|i486 32 x86 - i486|i586 32 x86 - i586|i686 32 x86 - i686|x86_64 64 x86 - x86-64
  mipsel 32 mips|mips64el 64 mips|powerpc64le 64 power|riscv32 32 riscv|riscv64 64 riscv
  s390 32* s390|s390x 64* s390|m68k 32* m68k`;

function cpuOf(row: string): Cpu {
  const [name = '', bits = '', family = '', version = '-', arch = '-'] = row.trim().split(' ');
  const given = (text: string): string | null => (text === '-' ? null : text);
  return {
    name,
    bits: parseInt(bits, 10),
    bigEndian: bits.endsWith('*'),
    family,
    version: given(version),
    arch: given(arch),
  };
}

function byName<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.name, each]));
}

export const cpus = byName(CPUS.trim().split(/\||\n/).map(cpuOf));

export const kernels = byName<Kernel>([
  { name: 'linux', execFormat: 'elf', family: null },
  { name: 'darwin', execFormat: 'macho', family: 'darwin' },
  { name: 'freebsd', execFormat: 'elf', family: 'bsd' },
  { name: 'netbsd', execFormat: 'elf', family: 'bsd' },
  { name: 'openbsd', execFormat: 'elf', family: 'bsd' },
  { name: 'windows', execFormat: 'pe', family: null },
  { name: 'none', execFormat: 'unknown', family: null },
]);

function abi(name: string, float: Abi['float'] = null): Abi {
  return { name, float, eabi: float !== null };
}

export const abis = byName([
  abi('gnu'),
  abi('gnueabi', 'soft'),
  abi('gnueabihf', 'hard'),
  abi('musl'),
  abi('musleabi', 'soft'),
  abi('musleabihf', 'hard'),
  abi('uclibc'),
  abi('msvc'),
  abi('unknown'),
]);

export const vendors: ReadonlySet<string> = new Set(['unknown', 'pc', 'apple', 'w64']);

/** A platform taken apart. */
export interface System {
  readonly cpu: Cpu;
  readonly vendor: string;
  readonly kernel: Kernel;
  readonly abi: Abi;
}

/** The parts of `x86_64-linux` and `aarch64-unknown-linux-gnu`; null for what is not in these tables. */
export function parseSystem(text: string): System | null {
  const [first = '', ...rest] = text.split('-');
  const cpu = cpus.get(first === 'arm64' && rest.at(-1)?.startsWith('darwin') === true ? 'aarch64' : first);
  if (cpu === undefined) return null;
  const [vendor, kernelName, abiName] =
    rest.length === 1
      ? [null, rest[0], null]
      : rest.length === 3
        ? rest
        : rest.length !== 2
          ? []
          : rest[0] === 'linux'
            ? [null, rest[0], rest[1]]
            : rest[0] === 'apple' || /^(free|net|open)bsd/.test(rest[1] ?? '')
              ? [rest[0], rest[1], null]
              : [];
  if (kernelName === undefined) return null;
  const kernel = kernels.get(/^darwin|^netbsd/.exec(kernelName)?.[0] ?? kernelName);
  // On other machines NetBSD's name says how programs are stored.
  if (kernel?.name === 'netbsd' && cpu.bits !== 64) return null;
  if (kernel === undefined || (vendor != null && !vendors.has(vendor))) return null;
  const found = abis.get(
    abiName ?? (rest.length === 1 && kernelName === 'windows' ? 'msvc' : defaultAbi(cpu, kernel)),
  );
  if (found === undefined) return null;
  const usual = kernel.name === 'darwin' ? 'apple' : kernel.name === 'windows' ? 'pc' : 'unknown';
  return { cpu, vendor: vendor ?? usual, kernel, abi: found };
}

function defaultAbi(cpu: Cpu, kernel: Kernel): string {
  if (kernel.name !== 'linux' && kernel.name !== 'windows') return 'unknown';
  if (cpu.family !== 'arm' || cpu.bits !== 32) return 'gnu';
  return Number(cpu.version) >= 6 ? 'gnueabihf' : 'gnueabi';
}

export function darwinArch({ name }: Cpu): string {
  return name === 'aarch64' ? 'arm64' : name;
}

/** `x86_64-linux`. */
export function doubleOf({ cpu, kernel }: System): string {
  return `${cpu.name}-${kernel.name}`;
}

/** `x86_64-unknown-linux-gnu`. */
export function tripleOf({ cpu, vendor, kernel, abi: { name } }: System): string {
  const machine = kernel.family === 'darwin' ? darwinArch(cpu) : cpu.name;
  return `${machine}-${vendor}-${kernel.name}${name === 'unknown' ? '' : `-${name}`}`;
}

type Predicate = (system: System) => boolean;

function family(name: string, bits?: number): Predicate {
  return ({ cpu }) => cpu.family === name && (bits === undefined || cpu.bits === bits);
}

function kernelIs(name: string): Predicate {
  return ({ kernel }) => kernel.name === name;
}

/** What may be asked of a platform: `isLinux`, `isAarch64`, … */
export const predicates: Readonly<Record<string, Predicate>> = {
  is32bit: ({ cpu }) => cpu.bits === 32,
  is64bit: ({ cpu }) => cpu.bits === 64,
  isAarch32: family('arm', 32),
  isAarch64: family('arm', 64),
  isAndroid: () => false,
  isArmv7: ({ cpu }) => cpu.arch?.startsWith('armv7') === true,
  isBSD: ({ kernel }) => kernel.family === 'bsd',
  isBigEndian: ({ cpu }) => cpu.bigEndian,
  isCygwin: () => false,
  isDarwin: ({ kernel }) => kernel.family === 'darwin',
  isFreeBSD: kernelIs('freebsd'),
  isGenode: () => false,
  isGhcjs: () => false,
  isGnu: ({ abi: { name } }) => name.startsWith('gnu'),
  isLinux: kernelIs('linux'),
  isLittleEndian: ({ cpu }) => !cpu.bigEndian,
  isMacOS: ({ kernel }) => kernel.family === 'darwin',
  isMinGW: ({ kernel, abi: { name } }) => kernel.name === 'windows' && name === 'gnu',
  isMips: family('mips'),
  isMips32: family('mips', 32),
  isMips64: family('mips', 64),
  isMsvc: ({ kernel, abi: { name } }) => kernel.name === 'windows' && name === 'msvc',
  isMusl: ({ abi: { name } }) => name.startsWith('musl'),
  isNetBSD: kernelIs('netbsd'),
  isNone: kernelIs('none'),
  isOpenBSD: kernelIs('openbsd'),
  isPower: family('power'),
  isRedox: () => false,
  isRiscV: family('riscv'),
  isRiscV32: family('riscv', 32),
  isRiscV64: family('riscv', 64),
  isS390: family('s390'),
  isSunOS: () => false,
  isUClibc: ({ abi: { name } }) => name.startsWith('uclibc'),
  isUnix: ({ kernel }) => kernel.name === 'linux' || kernel.family !== null,
  isWasi: () => false,
  isWasm: () => false,
  isWindows: kernelIs('windows'),
  isi686: ({ cpu }) => cpu.name === 'i686',
  isiOS: () => false,
  isx86: family('x86'),
  isx86_32: family('x86', 32),
  isx86_64: family('x86', 64),
};

/** The platforms that every release names. */
export const DOUBLES: readonly string[] = [
  ...['x86_64-darwin', 'aarch64-darwin', 'i686-freebsd', 'x86_64-freebsd'],
  ...['aarch64', 'armv5tel', 'armv6l', 'armv7a', 'armv7l', 'i686', 'm68k', 'mipsel', 'powerpc64le'].map(
    (cpu) => `${cpu}-linux`,
  ),
  ...['riscv32', 'riscv64', 's390', 's390x', 'x86_64'].map((cpu) => `${cpu}-linux`),
  ...['aarch64-netbsd', 'x86_64-netbsd'],
  ...['i686-openbsd', 'x86_64-openbsd', 'i686-windows', 'x86_64-windows'],
];

/** The lists of platforms by what they have in common. */
export const GROUPS: Readonly<Record<string, Predicate>> = {
  all: () => true,
  aarch64: family('arm', 64),
  arm: family('arm', 32),
  armv7: ({ cpu }) => cpu.arch?.startsWith('armv7') === true,
  bigEndian: ({ cpu }) => cpu.bigEndian,
  darwin: kernelIs('darwin'),
  freebsd: kernelIs('freebsd'),
  i686: ({ cpu }) => cpu.name === 'i686',
  linux: kernelIs('linux'),
  littleEndian: ({ cpu }) => !cpu.bigEndian,
  m68k: family('m68k'),
  mips: family('mips'),
  netbsd: kernelIs('netbsd'),
  openbsd: kernelIs('openbsd'),
  power: family('power'),
  riscv: family('riscv'),
  riscv32: family('riscv', 32),
  riscv64: family('riscv', 64),
  s390: family('s390'),
  unix: ({ kernel }) => kernel.name === 'linux' || kernel.family !== null,
  windows: kernelIs('windows'),
  x86: family('x86'),
  x86_64: family('x86', 64),
};

/** Platforms to build for that have a name of their own, by what they are. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  'aarch64-multiplatform': 'aarch64-unknown-linux-gnu',
  'aarch64-multiplatform-musl': 'aarch64-unknown-linux-musl',
  'armv5tel-multiplatform': 'armv5tel-unknown-linux-gnueabi',
  'armv7l-hf-multiplatform': 'armv7l-unknown-linux-gnueabihf',
  gnu32: 'i686-unknown-linux-gnu',
  gnu64: 'x86_64-unknown-linux-gnu',
  musl32: 'i686-unknown-linux-musl',
  musl64: 'x86_64-unknown-linux-musl',
  'musl-power': 'powerpc64le-unknown-linux-musl',
  powernv: 'powerpc64le-unknown-linux-gnu',
  riscv32: 'riscv32-unknown-linux-gnu',
  riscv64: 'riscv64-unknown-linux-gnu',
  s390x: 's390x-unknown-linux-gnu',
  'x86_64-netbsd': 'x86_64-unknown-netbsd',
};
