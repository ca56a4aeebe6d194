import { attr, attrs, list, primop, record, string } from './construct';
import { formatsValue } from './lib/formats';
import { libThunk } from './lib/modules';
import type { ModuleInput } from './modules/collect';
import { ModuleSystem, type SystemSpec } from './modules/system';
import { define } from './primop';
import { inspect, lazily, ready, type Thunk } from './thunk';
import {
  fail,
  Failure,
  Unknown,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type Primop,
  type Value,
} from './value';

/** NixOS evaluations: what they give every module, and the functions of nixpkgs that start one. */

function fromNixpkgs(what: string): Unknown {
  return new Unknown('external', `${what} comes from nixpkgs`);
}

/** The arguments that NixOS itself provides: packages and paths of nixpkgs, whose content is not known. */
export function nixosArguments(): ReadonlyMap<string, Thunk> {
  const packages = attrs(
    new Map([
      ['lib', attr(libThunk())],
      ['formats', attr(lazily(formatsValue))],
    ]),
    null,
    fromNixpkgs('what `pkgs` holds'),
  );
  return new Map([
    ['pkgs', ready(packages)],
    ['modulesPath', ready(fromNixpkgs('`modulesPath`'))],
    ['utils', ready(fromNixpkgs('`utils`'))],
    ['baseModules', ready(fromNixpkgs('`baseModules`'))],
    ['extraModules', ready(list([]))],
    ['modules', ready(fromNixpkgs('`modules`'))],
  ]);
}

/** A host's modules and arguments, as `nixosSystem` gets them. */
export interface HostModules {
  readonly modules: readonly ModuleInput[];
  readonly specialArgs: Value | Unknown | Failure | null;
  /** The `lib` that the modules get; nixpkgs' own where undefined. */
  readonly lib?: Thunk;
}

/** The evaluation of a host. `base` declares the options that are known without nixpkgs. */
export function nixosHost(host: HostModules, base: readonly ModuleInput[], machine: Machine): ModuleSystem {
  const special = host.specialArgs;
  const known =
    special === null || special instanceof Unknown || special instanceof Failure || special.type !== 'attrs'
      ? null
      : special;
  const specialArgs = new Map<string, Attr>([
    ['lib', attr(host.lib ?? libThunk())],
    ...(known?.entries ?? []),
  ]);
  const spec: SystemSpec = {
    machine,
    modules: [...base, ...host.modules],
    specialArgs,
    specialArgsOpen: special instanceof Unknown ? special : (known?.open ?? null),
    fallbackArgs: nixosArguments(),
    prefix: [],
    undeclaredOptions: true,
  };
  return new ModuleSystem(spec);
}

/**
 * What a NixOS evaluation returns; its native side is the `ModuleSystem`.
 * Source of the attributes: nixpkgs nixos/lib/eval-config.nix.
 */
export function hostValue(host: HostModules, base: readonly ModuleInput[], machine: Machine): AttrsValue {
  const system = nixosHost(host, base, machine);
  const own = list(host.modules.map(({ value }) => value));
  const specialArgs = attrs(system.spec.specialArgs, null, system.spec.specialArgsOpen);
  const result = record({
    _type: string('configuration'),
    class: string('nixos'),
    config: system.config,
    lib: system.spec.specialArgs.get('lib')?.value ?? libThunk(),
    _module: attrs(
      new Map([
        ['args', attr(ready(attrs(new Map([['modules', attr(ready(own))]]), null, fromNixpkgs('it'))))],
        ['specialArgs', attr(ready(specialArgs))],
      ]),
      null,
      fromNixpkgs('what `_module` holds'),
    ),
    extendModules: primop(
      define('extendModules', 1, (call, argument) => extended(host, base, argument, call)),
    ),
  });
  return { ...attrs(result.entries, null, fromNixpkgs('what an evaluation holds')), native: system };
}

function extended(
  host: HostModules,
  base: readonly ModuleInput[],
  argument: Thunk,
  call: { at: Origin; machine: Machine },
): Value {
  const given = argument.force();
  if (given.type !== 'attrs') return fail('type', 'extendModules wants a set', call.at);
  const more = given.entries.get('specialArgs');
  const added = more === undefined ? null : inspect(more.value);
  return hostValue(
    {
      ...host,
      modules: [...host.modules, ...moduleInputs(given.entries.get('modules')?.value, call.at, 'extended')],
      specialArgs: bothArguments(host.specialArgs, added),
    },
    base,
    call.machine,
  );
}

type Arguments = HostModules['specialArgs'];

/** `first // second`. */
export function bothArguments(first: Arguments, second: Arguments): Arguments {
  if (first === null || first instanceof Failure) return second ?? first;
  if (second === null || second instanceof Failure) return first;
  if (first instanceof Unknown) return second instanceof Unknown ? first : opened(second, first);
  if (second instanceof Unknown) return opened(first, second);
  if (first.type !== 'attrs' || second.type !== 'attrs') return second;
  return attrs(new Map([...first.entries, ...second.entries]), second.origin, first.open ?? second.open);
}

function opened(value: Value, open: Unknown): Value {
  return value.type === 'attrs' ? attrs(value.entries, value.origin, value.open ?? open) : value;
}

/** `nixpkgs.lib.nixosSystem`. `lib` is the one it stands in, which the modules get. */
export function nixosSystem(lib: Thunk, base: readonly ModuleInput[]): Primop {
  return { ...evalConfig(lib, base), name: 'nixosSystem' };
}

/** `import "${nixpkgs}/nixos/lib/eval-config.nix"`: what `nixosSystem` calls with the flake's `lib`. */
export function evalConfig(lib: Thunk, base: readonly ModuleInput[]): Primop {
  return define('evalConfig', 1, (call, argument) => {
    const given = argument.force();
    if (given.type !== 'attrs') return fail('type', 'nixosSystem wants a set', call.at);
    const field = (name: string): Thunk | undefined => {
      const found = given.entries.get(name);
      return found === undefined || found.maybe === null ? found?.value : ready(found.maybe);
    };
    const special = field('specialArgs');
    const rest = given.open === null ? undefined : ready(given.open);
    const modules = [
      ...moduleInputs(field('modules') ?? rest, call.at, 'modules'),
      ...moduleInputs(field('extraModules'), call.at, 'extraModules'),
    ];
    const extra = field('extraArgs');
    if (extra !== undefined) {
      const args = record({ config: record({ _module: record({ args: extra }) }) });
      modules.push({ value: ready(args), file: fileOf(call.at), key: ':extraArgs' });
    }
    const host: HostModules = {
      modules,
      specialArgs: special === undefined ? null : inspect(special),
      lib: field('lib') ?? lib,
    };
    return keptHost(given, host, base, call.machine);
  });
}

/** The hosts made of the sets that `nixosSystem` got. */
const hosts = new WeakMap<AttrsValue, { readonly host: HostModules; readonly value: AttrsValue }>();

/** The host that was made of the same set before, unless it is now one of other modules. */
function keptHost(
  given: AttrsValue,
  host: HostModules,
  base: readonly ModuleInput[],
  machine: Machine,
): AttrsValue {
  const before = hosts.get(given);
  if (before !== undefined && sameHost(before.host, host)) return before.value;
  const value = hostValue(host, base, machine);
  hosts.set(given, { host, value });
  return value;
}

function sameHost(a: HostModules, b: HostModules): boolean {
  return (
    a.lib === b.lib &&
    a.specialArgs === b.specialArgs &&
    a.modules.length === b.modules.length &&
    a.modules.every(({ value, file, key }, index) => {
      const other = b.modules[index] as ModuleInput;
      return value === other.value && file === other.file && key === other.key;
    })
  );
}

function fileOf(at: Origin): string {
  return at?.anchor.source ?? '';
}

/**
 * A list of modules as inputs of an evaluation. What keeps the list from being known becomes a module that is not known.
 * @param label tells the lists of one evaluation apart
 */
export function moduleInputs(thunk: Thunk | undefined, at: Origin, label: string): ModuleInput[] {
  const file = fileOf(at);
  if (thunk === undefined) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown || value instanceof Failure)
    return [{ value: ready(value), file, key: `:${label}` }];
  if (value.type !== 'list')
    return [
      {
        value: ready(new Failure('type', '`modules` must be a list', value.origin)),
        file,
        key: `:${label}`,
      },
    ];
  const inputs = value.items.map((item, index): ModuleInput => ({
    value: item,
    file,
    key: label === 'modules' ? `:anon-${index + 1}` : `:${label}-${index + 1}`,
  }));
  if (value.open !== null) inputs.push({ value: ready(value.open), file, key: `:${label}-open` });
  return inputs;
}
