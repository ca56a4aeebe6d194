import { forceAttrs, forceString } from '../arguments';
import { attrs, bool, int, list, listOf, nullValue, primop, record, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { Unknown, unknown, type AttrsValue, type Call, type Value } from '../value';
import { field, optionalField, overlay, type LibTable } from './support';
import {
  darwinArch,
  doubleOf,
  DOUBLES,
  EXAMPLES,
  GROUPS,
  parseSystem,
  predicates,
  tripleOf,
  type System,
} from './system-parts';

/** nixpkgs lib/systems: which platforms there are is nixpkgs' to say, and changes with its releases. */

const more = new Unknown('external', 'which platforms there are depends on the release of nixpkgs');
const details = new Unknown('external', 'what else is said of a platform depends on the release of nixpkgs');

/** What every release's flake names. */
const LASTING = ['x86_64-linux', 'aarch64-linux', 'aarch64-darwin', 'i686-linux', 'armv7l-linux'];

function names(all: readonly string[]): Value {
  return { ...listOf(all.map((name) => string(name))), open: more };
}

function tagged(tag: string, name: string, fields: Record<string, Value> = {}): AttrsValue {
  return record({ _type: string(tag), name: string(name), ...fields });
}

/** The sets that `parsed` holds, as nixpkgs writes them. */
function parsedOf({ cpu, vendor, kernel, abi }: System): AttrsValue {
  const byte = tagged('significant-byte', cpu.bigEndian ? 'bigEndian' : 'littleEndian');
  const families = kernel.family === null ? {} : { [kernel.family]: tagged('exec-format', kernel.family) };
  return record({
    _type: string('system'),
    cpu: tagged('cpu-type', cpu.name, {
      bits: int(cpu.bits),
      significantByte: byte,
      family: string(cpu.family),
      ...(cpu.version === null ? {} : { version: string(cpu.version) }),
      ...(cpu.arch === null ? {} : { arch: string(cpu.arch) }),
    }),
    vendor: tagged('vendor', vendor),
    kernel: tagged('kernel', kernel.name, {
      execFormat: tagged('exec-format', kernel.execFormat),
      families: record(families),
    }),
    abi: {
      ...tagged('abi', abi.name, {
        ...(abi.float === null ? {} : { float: string(abi.float) }),
        ...(abi.eabi ? { eabi: bool(true) } : {}),
      }),
      open: abi.name === 'gnu' ? details : null,
    },
  });
}

function systemOf(text: string, call: Call): System {
  return (
    parseSystem(text) ??
    unknown('external', `whether there is a platform \`${text}\` depends on the release of nixpkgs`, call.at)
  );
}

/** The parts that a `parsed` set names. */
function systemFrom(parsed: Thunk, call: Call): System {
  const set = forceAttrs(parsed, call);
  const name = (part: string): string =>
    forceString(field(field(set, part, call).force(), 'name', call), call);
  const [cpu, vendor, kernel, abi] = ['cpu', 'vendor', 'kernel', 'abi'].map(name) as [
    string,
    string,
    string,
    string,
  ];
  return systemOf(abi === 'unknown' ? `${cpu}-${kernel}` : `${cpu}-${vendor}-${kernel}-${abi}`, call);
}

const LINUX_ARCH: Readonly<Record<string, string>> = {
  arm32: 'arm',
  arm64: 'arm64',
  x8632: 'i386',
  x8664: 'x86_64',
  mips32: 'mips',
  mips64: 'mips',
  power64: 'powerpc',
  riscv32: 'riscv',
  riscv64: 'riscv',
  s39032: 's390',
  s39064: 's390',
};

const KERNEL_NAMES: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  windows: 'Windows',
  freebsd: 'FreeBSD',
  netbsd: 'NetBSD',
  openbsd: 'OpenBSD',
};

/** What every release says of a platform. */
function described(system: System): Record<string, Value> {
  const { cpu, kernel, abi } = system;
  const windows = kernel.name === 'windows';
  const facts: Record<string, Value> = {
    system: string(doubleOf(system)),
    config: string(tripleOf(system)),
    parsed: parsedOf(system),
    linuxArch: string(LINUX_ARCH[cpu.family + String(cpu.bits)] ?? cpu.name),
    darwinArch: string(darwinArch(cpu)),
    isStatic: bool(false),
  };
  for (const [name, holds] of Object.entries(predicates)) facts[name] = bool(holds(system));
  if (kernel.name === 'linux')
    facts['libc'] = string(
      abi.name.startsWith('musl') ? 'musl' : abi.name.startsWith('uclibc') ? 'uclibc' : 'glibc',
    );
  if (kernel.name === 'darwin') facts['libc'] = string('libSystem');
  const kernelName = KERNEL_NAMES[kernel.name];
  const processor =
    cpu.family === 'power'
      ? 'ppc64le'
      : cpu.family === 'mips'
        ? null
        : kernel.name === 'darwin'
          ? darwinArch(cpu)
          : cpu.name;
  if (processor !== null)
    facts['uname'] = record({
      system: kernelName === undefined ? nullValue() : string(kernelName),
      processor: string(processor),
      release: nullValue(),
    });
  const shared = kernel.family === 'darwin' ? '.dylib' : windows ? '.dll' : '.so';
  if (kernel.name !== 'none' && !abi.name.startsWith('uclibc'))
    facts['extensions'] = record({
      staticLibrary: string(windows ? '.lib' : '.a'),
      library: string(shared),
      sharedLibrary: string(shared),
      executable: string(windows ? '.exe' : ''),
    });
  return facts;
}

/** `elaborate`: a platform with all that follows from its name; what the caller says of it counts more. */
function elaborate(argument: Thunk, call: Call): Value {
  const given = argument.force();
  if (given.type !== 'attrs') return platform(forceString(argument, call), call);
  const own = attrs(
    new Map([...given.entries].filter(([name]) => !['parsed', 'system', '_withoutFunctions'].includes(name))),
    call.at,
    given.open,
  );
  const name = findAttr(own, 'config')?.value ?? field(given, 'system', call);
  const whole = platform(forceString(name, call), call);
  // What follows from another of the given attributes than the name is not worked out.
  const simple = [...own.entries.keys()].every((key) => key === 'config');
  if (simple) return overlay(whole, own, call);
  const kept = ['system', 'config', 'parsed', 'linuxArch', ...Object.keys(predicates)];
  const certain = attrs(new Map([...whole.entries].filter(([key]) => kept.includes(key))), call.at, details);
  return overlay(certain, own, call);
}

function platform(text: string, call: Call): AttrsValue {
  const known = record(
    Object.fromEntries(
      Object.entries(described(systemOf(text, call))).map(([name, value]) => [
        name,
        { ...value, origin: call.at },
      ]),
    ),
    call.at,
  );
  return { ...known, open: details };
}

/** Whether two platforms are the same: told by their names, where only those were given. */
function sameSystem(a: Thunk, b: Thunk, call: Call): Value {
  const [first, second] = [forceAttrs(a, call), forceAttrs(b, call)];
  const config = (set: AttrsValue): string => forceString(field(set, 'config', call), call);
  return config(first) === config(second)
    ? unknown(
        'external',
        'whether two platforms are the same depends on all that nixpkgs says of them',
        call.at,
      )
    : bool(false, call.at);
}

function open(entries: () => Record<string, Value>): Thunk {
  return lazily(() => ({ ...record(entries()), open: more }));
}

const doubles = open(() => ({
  none: list([]),
  ...Object.fromEntries(
    Object.entries(GROUPS).map(([name, holds]) => [
      name,
      names(DOUBLES.filter((double) => holds(parseSystem(double) as System))),
    ]),
  ),
}));

const inspect = lazily(() => ({
  ...record({
    predicates: {
      ...record(
        Object.fromEntries(
          Object.entries(predicates).map(([name, holds]) => [
            name,
            primop(define(name, 1, (call, parsed) => bool(holds(systemFrom(parsed, call)), call.at))),
          ]),
        ),
      ),
      open: more,
    },
  }),
  open: more,
}));

const parse = lazily(() => ({
  ...record({
    mkSystemFromString: primop(
      define('mkSystemFromString', 1, (call, text) => parsedOf(systemOf(forceString(text, call), call))),
    ),
    doubleFromSystem: primop(
      define('doubleFromSystem', 1, (call, parsed) => string(doubleOf(systemFrom(parsed, call)), call.at)),
    ),
    tripleFromSystem: primop(
      define('tripleFromSystem', 1, (call, parsed) => string(tripleOf(systemFrom(parsed, call)), call.at)),
    ),
    darwinArch: primop(
      define('darwinArch', 1, (call, cpu) => {
        const name = forceString(field(cpu.force(), 'name', call), call);
        return string(name === 'aarch64' ? 'arm64' : name, call.at);
      }),
    ),
    isSystem: primop(
      define('isSystem', 1, (call, value) => {
        const tag = optionalField(value.force(), '_type')?.force();
        return bool(tag?.type === 'string' && tag.text === 'system', call.at);
      }),
    ),
  }),
  open: more,
}));

/** `lib.platforms`, which is `lib.systems.doubles`. */
export const platforms = doubles;

export const systems: LibTable = {
  flakeExposed: ready(names(LASTING)),
  doubles,
  inspect,
  parse,
  examples: open(() =>
    Object.fromEntries(
      Object.entries(EXAMPLES).map(([name, config]) => [name, record({ config: string(config) })]),
    ),
  ),
  elaborate: define('elaborate', 1, (call, argument) => elaborate(argument, call)),
  equals: define('equals', 2, (call, a, b) => sameSystem(a, b, call)),
  systemToAttrs: define('systemToAttrs', 1, (call, given) =>
    given.force().type === 'attrs' ? given.force() : record({ system: given }, call.at),
  ),
};
