import { forceItems, forceString } from '../arguments';
import { attr, attrs, nullValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import type { ModuleInput } from '../modules/collect';
import { optionsThunk } from '../modules/options-argument';
import { submoduleType, type SubmoduleSpec } from '../modules/submodule-type';
import { ModuleSystem } from '../modules/system';
import { define, functionValue } from '../primop';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Value,
} from '../value';
import { libThunk } from './modules';
import { typeValue } from './type-value';

/** nixpkgs lib/modules.nix `evalModules`. */

interface Arguments {
  readonly modules: readonly ModuleInput[];
  /** Why there may be more modules; null when these are all. */
  readonly open: Unknown | null;
  readonly specialArgs: AttrsValue;
  readonly args: Thunk | null;
  readonly prefix: readonly string[];
  readonly class: Value;
  readonly lib: Thunk;
}

function setOf(thunk: Thunk | undefined): AttrsValue {
  if (thunk === undefined) return attrs(new Map());
  const value = inspect(thunk);
  if (value instanceof Failure) return raise(value);
  if (value instanceof Unknown) return attrs(new Map(), null, value);
  return value.type === 'attrs'
    ? value
    : fail('type', `value is ${typeName(value)} while a set was expected`, value.origin);
}

function modulesOf(thunk: Thunk | undefined): { items: readonly Thunk[]; open: Unknown | null } {
  if (thunk === undefined) return { items: [], open: null };
  const value = inspect(thunk);
  if (value instanceof Failure) return raise(value);
  if (value instanceof Unknown) return { items: [], open: value };
  return value.type === 'list' ? value : fail('type', '`modules` must be a list', value.origin);
}

/**
 * `lib.evalModules`.
 * @param lib the set that the function stands in, which the modules get: a `lib` that was extended hands itself on
 */
export function evalModules(argument: Thunk, call: Call, lib: Thunk = libThunk()): Value {
  const given = argument.force();
  if (given.type !== 'attrs') return fail('type', 'evalModules wants a set', call.at);
  const get = (name: string): Thunk | undefined => findAttr(given, name)?.value;
  const modules = modulesOf(get('modules'));
  const prefix = get('prefix');
  const special = setOf(get('specialArgs'));
  return evaluated(
    {
      modules: inputsOf(modules.items, 0, call),
      open: modules.open,
      specialArgs: special,
      args: get('args') ?? null,
      prefix: prefix === undefined ? [] : steps(prefix, call),
      class: get('class')?.force() ?? nullValue(),
      lib,
    },
    call,
  );
}

function steps(prefix: Thunk, call: Call): string[] {
  return forceItems(prefix, call).map((item) => forceString(item, call));
}

function inputsOf(modules: readonly Thunk[], before: number, call: Call): ModuleInput[] {
  return modules.map((value, index) => ({
    value,
    file: value.origin?.anchor.source ?? call.at?.anchor.source ?? '',
    key: `:anon-${before + index + 1}`,
  }));
}

/** The arguments by which the modules of a submodule extend it, or make a type of it. */
export function ownArguments(
  spec: SubmoduleSpec,
  prefix: readonly string[],
  modules: () => readonly ModuleInput[],
): Map<string, Thunk> {
  const extend = define('extendModules', 1, (call, argument) =>
    extended(
      {
        modules: modules(),
        open: null,
        specialArgs: attrs(spec.specialArgs),
        args: ready(record({ name: string(prefix[prefix.length - 1] ?? '') })),
        prefix,
        class: spec.class == null ? nullValue() : string(spec.class),
        lib: spec.lib(),
      },
      argument,
      call,
    ),
  );
  return new Map([
    ['extendModules', ready(functionValue(extend))],
    ['moduleType', lazily(() => typeValue(submoduleType({ ...spec, modules: modules() })))],
  ]);
}

/** What `evalModules` returns: `config` is lazy, and carries the module system as its native side. */
function evaluated(given: Arguments, call: Call): Value {
  const file = call.at?.anchor.source ?? '';
  const inputs = [...given.modules];
  if (given.open !== null) inputs.push({ value: ready(given.open), file, key: ':open' });
  const base = [...inputs];
  const specialArgs = new Map<string, Attr>(given.specialArgs.entries);
  if (!specialArgs.has('lib')) specialArgs.set('lib', attr(given.lib));
  const type = lazily(() =>
    typeValue(
      submoduleType({
        modules: base,
        specialArgs: given.specialArgs.entries,
        class: given.class.type === 'string' ? given.class.text : null,
        shorthandOnlyDefinesConfig: false,
        lib: () => given.lib,
      }),
    ),
  );
  const extend = functionValue(
    define('extendModules', 1, (inner, argument) => extended(given, argument, inner)),
  );
  const own = record({ extendModules: extend, moduleType: type });
  for (const [key, args] of [
    [':args', given.args],
    [':own-args', ready(own)],
  ] as const) {
    if (args === null) continue;
    const module = record({ config: record({ _module: record({ args }) }) });
    inputs.push({ value: ready(module), file, key });
  }
  const system = new ModuleSystem({
    machine: call.machine,
    modules: inputs,
    specialArgs,
    givenArgs: given.specialArgs.entries,
    specialArgsOpen: given.specialArgs.open,
    fallbackArgs: new Map(),
    prefix: given.prefix,
    undeclaredOptions: false,
    strict: true,
    class: given.class,
  });
  const config = lazily(() => system.shownConfig);
  const result = record(
    {
      _type: string('configuration'),
      _module: lazily(() => moduleOptions(system, specialArgs)),
      class: given.class,
      config,
      extendModules: extend,
      graph: ready(
        new Unknown('unsupported', '`graph` of an evaluation is not something this tool evaluates'),
      ),
      options: optionsThunk(system),
      type,
    },
    call.at,
  );
  return { ...result, native: system };
}

function extended(given: Arguments, argument: Thunk, call: Call): Value {
  const more = argument.force();
  if (more.type !== 'attrs') return fail('type', 'extendModules wants a set', call.at);
  const get = (name: string): Thunk | undefined => findAttr(more, name)?.value;
  const modules = modulesOf(get('modules'));
  const prefix = get('prefix');
  const special = setOf(get('specialArgs'));
  return evaluated(
    {
      ...given,
      modules: [...given.modules, ...inputsOf(modules.items, given.modules.length, call)],
      open: given.open ?? modules.open,
      specialArgs: attrs(
        new Map([...given.specialArgs.entries, ...special.entries]),
        null,
        given.specialArgs.open ?? special.open,
      ),
      prefix: prefix === undefined ? given.prefix : steps(prefix, call),
    },
    call,
  );
}

function moduleOptions(system: ModuleSystem, specialArgs: ReadonlyMap<string, Attr>): Value {
  const config = system.config.force();
  const set = config.type === 'attrs' ? findAttr(config, '_module')?.value.force() : undefined;
  const entries = new Map<string, Attr>([
    ['freeformType', attr(ready(nullValue()))],
    ['specialArgs', attr(ready(attrs(specialArgs, null, system.spec.specialArgsOpen)))],
    ['args', attr(ready(record({})))],
    ...(set?.type === 'attrs' ? set.entries : []),
  ]);
  return attrs(entries, null, set?.type === 'attrs' ? set.open : null);
}
