import { forceString } from '../arguments';
import { attr, attrs, list, primop, record, string } from '../construct';
import { apply } from '../interpret';
import { libThunk } from '../lib/modules';
import { typeValue } from '../lib/type-value';
import type { ModuleInput } from '../modules/collect';
import { namedArguments } from '../modules/module-function';
import { attrsOf } from '../modules/composite-types';
import { discharge, strongest } from '../modules/definition';
import type { OptionNode } from '../modules/option-node';
import type { OptionType } from '../modules/option-type';
import { rawType } from '../modules/scalar-types';
import { deferredModuleType } from '../modules/submodule-type';
import { ModuleSystem } from '../modules/system';
import { flakeLib } from '../nixpkgs';
import { update } from '../operators';
import { define } from '../primop';
import { attempt, inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import type { HostTools } from './known-flakes';

/** flake-parts: a flake's outputs as a module system of its own. Source: github:hercules-ci/flake-parts, lib.nix and modules/. */

function outside(what: string): Unknown {
  return new Unknown('external', `${what} comes from flake-parts`);
}

function option(type: OptionType, more: Readonly<Record<string, Value | Thunk>> = {}): AttrsValue {
  return record({ _type: string('option'), type: typeValue(type), ...more });
}

/** Outputs by system, which are made of what `perSystem` says. Source: modules/packages.nix and its neighbours. */
const PER_SYSTEM = ['apps', 'checks', 'devShells', 'formatter', 'legacyPackages', 'packages'];

/** A published module: the class keeps other kinds of configurations from importing it. */
const publish = define('publish', 1, (_call, modules) => {
  const set = modules.force();
  if (set.type !== 'attrs') return set;
  const entries = new Map<string, Attr>();
  for (const [name, entry] of set.entries)
    entries.set(name, {
      value: lazily(() => located(entry.value.force()), entry.value.origin),
      at: entry.at,
      maybe: entry.maybe,
    });
  return attrs(entries, set.origin, set.open);
});

/** A merged module whose parts say which file each was written in. */
function located(module: Value): Value {
  const imports = module.type === 'attrs' ? module.entries.get('imports')?.value.force() : undefined;
  if (imports?.type !== 'list') return module;
  const parts = imports.items.map((part) => {
    const file = part.origin?.anchor.source;
    return file === undefined ? part : ready(record({ _file: string(file), imports: list([part]) }));
  });
  return record({ imports: list(parts, imports.origin, imports.open) }, module.origin);
}

const publishByClass = define('publishByClass', 1, (call, classes) => {
  const set = classes.force();
  if (set.type !== 'attrs') return set;
  const entries = new Map<string, Attr>();
  for (const [name, entry] of set.entries)
    entries.set(name, {
      value: lazily(() => publish.run([entry.value], call)),
      at: entry.at,
      maybe: entry.maybe,
    });
  return attrs(entries, set.origin, set.open);
});

/** What flake-parts' own modules declare, as far as hosts depend on it. */
const DECLARATIONS = lazily(() => {
  const modules = attrsOf(deferredModuleType, true);
  const flake = record({
    nixosConfigurations: option(attrsOf(rawType, true), { default: record({}) }),
    overlays: option(attrsOf(rawType, true), { default: record({}) }),
    nixosModules: option(modules, { default: record({}), apply: primop(publish) }),
    // Declared by `flakeModules.modules`, which those import who define it.
    modules: option(attrsOf(modules, true), { default: record({}), apply: primop(publishByClass) }),
  });
  return record({ options: record({ flake, perSystem: option(deferredModuleType) }) });
});

/** What the flake input `flake-parts` holds. */
export function flakePartsFlake({ base }: HostTools, _call: Call): AttrsValue {
  const lib = library(base);
  return attrs(new Map([['lib', attr(ready(lib))]]), null, outside('what the input `flake-parts` holds'));
}

function library(base: readonly ModuleInput[]): AttrsValue {
  const functions = [
    define('mkFlake', 2, (call, args, module) => outputsOf(evaluate(args, module, base, call), call)),
    define('evalFlakeModule', 2, (call, args, module) => evaluationValue(evaluate(args, module, base, call))),
    define('importApply', 2, (call, file, argument) => importApply(file, argument, call)),
    define('mkPerSystemOption', 1, () => option(deferredModuleType)),
    define('mkPerSystemType', 1, () => typeValue(deferredModuleType)),
    define('mkTransposedPerSystemModule', 1, () => record({})),
  ];
  const entries = functions.map((fn): [string, Attr] => [fn.name, attr(ready(primop(fn)))]);
  return attrs(new Map(entries), null, outside('what `flake-parts.lib` holds'));
}

function importApply(file: Thunk, argument: Thunk, call: Call): Value {
  const fn = lazily(() => {
    const target = file.force();
    if (target.type !== 'path' && target.type !== 'string')
      return fail('type', 'importApply wants a path', call.at);
    const place = target.type === 'path' ? target.path : target.text;
    return apply(call.machine.importFile(place, target.origin), argument, call.at, call.machine);
  }, call.at);
  return record({ _file: file, imports: list([fn], call.at) }, call.at);
}

function evaluationValue(system: ModuleSystem): Value {
  return { ...attrs(new Map([['config', attr(system.config)]]), null, outside('it')), native: system };
}

/** What `mkFlake` evaluated, by the set that it got. */
const evaluations = new WeakMap<AttrsValue, Evaluated>();

interface Evaluated {
  readonly module: Thunk;
  readonly added: Value | Unknown | Failure | null;
  readonly system: ModuleSystem;
}

/** The evaluation of a flake's modules; the same one for the same arguments. */
function evaluate(args: Thunk, module: Thunk, base: readonly ModuleInput[], call: Call): ModuleSystem {
  const given = args.force();
  if (given.type !== 'attrs') return fail('type', 'mkFlake wants a set', call.at);
  const special = given.entries.get('specialArgs');
  const added = special === undefined ? null : inspect(special.value);
  const before = evaluations.get(given);
  if (before?.module === module && before.added === added) return before.system;
  const system = newEvaluation(given, added, module, base, call);
  evaluations.set(given, { module, added, system });
  return system;
}

function newEvaluation(
  given: AttrsValue,
  added: Value | Unknown | Failure | null,
  module: Thunk,
  base: readonly ModuleInput[],
  call: Call,
): ModuleSystem {
  const { machine } = call;
  const inputs = given.entries.get('inputs')?.value ?? ready(outside('`inputs`'));
  const self = given.entries.get('self')?.value ?? field(inputs, 'self');
  const known = added === null || added instanceof Unknown || added instanceof Failure ? null : added;
  const file = call.at?.anchor.source ?? '';
  const specialArgs = new Map<string, Attr>([
    ['lib', attr(lazily(() => flakeLib(base, call)))],
    ['self', attr(self)],
    ['inputs', attr(inputs)],
    ['flake-parts-lib', attr(ready(library(base)))],
    ['moduleLocation', given.entries.get('moduleLocation') ?? attr(ready(string(file)))],
    ...(known?.type === 'attrs' ? known.entries : []),
  ]);
  const system: ModuleSystem = new ModuleSystem({
    machine,
    modules: [
      { value: DECLARATIONS, file: '', key: 'flake-parts' },
      { value: module, file, key: ':mkFlake' },
    ],
    specialArgs,
    specialArgsOpen: added instanceof Unknown ? added : known?.type === 'attrs' ? known.open : null,
    fallbackArgs: systemArguments(() => system, machine),
    prefix: [],
    undeclaredOptions: true,
    class: string('flake'),
  });
  return system;
}

function field(set: Thunk, name: string): Thunk {
  return lazily(() => {
    const value = set.force();
    const found = value.type === 'attrs' ? value.entries.get(name) : undefined;
    return found?.value.force() ?? unknown('external', `\`${name}\` is not handed to flake-parts`);
  });
}

/** The arguments that give a module what `perSystem` says for one system. */
function systemArguments(top: () => ModuleSystem, machine: Machine): Map<string, Thunk> {
  const systems = new Map<string, PerSystem>();
  const ofSystem = (name: string): PerSystem => {
    const known = systems.get(name) ?? perSystem(top(), name, machine);
    systems.set(name, known);
    return known;
  };
  const withSystem = define('withSystem', 2, (call, name, fn) =>
    apply(fn.force(), argumentsOf(ofSystem(forceString(name, call)), fn), call.at, machine),
  );
  const getSystem = define('getSystem', 1, (call, name) => ofSystem(forceString(name, call)).config.force());
  // Which system the module is for is known to the host that imports it only.
  const moduleWithSystem = define('moduleWithSystem', 2, (call, module) =>
    record({ imports: list([lazily(() => apply(module.force(), ANY_SYSTEM, call.at, machine))]) }, call.at),
  );
  return new Map([
    ['withSystem', ready(primop(withSystem))],
    ['getSystem', ready(primop(getSystem))],
    ['moduleWithSystem', ready(primop(moduleWithSystem))],
  ]);
}

const ANY_SYSTEM = ready(
  attrs(new Map(), null, new Unknown('external', 'what `perSystem` says depends on the system of the host')),
);

type PerSystem = ModuleSystem;

/** `perSystem` evaluated for one system. Source: modules/perSystem.nix. */
function perSystem(top: ModuleSystem, name: string, machine: Machine): PerSystem {
  const node = top.option(['perSystem']);
  const packages = attrs(new Map([['lib', attr(libThunk())]]), null, outside('what `pkgs` holds'));
  return new ModuleSystem({
    machine,
    modules:
      node === null || node.raw.length === 0 ? [] : [{ value: node.value, file: '', key: 'perSystem' }],
    specialArgs: new Map([
      ['lib', attr(libThunk())],
      ['system', attr(ready(string(name)))],
    ]),
    specialArgsOpen: null,
    fallbackArgs: new Map([
      ['pkgs', ready(packages)],
      ["self'", ready(attrs(new Map(), null, outside("what `self'` holds")))],
      ["inputs'", ready(attrs(new Map(), null, outside("what `inputs'` holds")))],
    ]),
    prefix: ['perSystem', name],
    undeclaredOptions: true,
    class: string('perSystem'),
  });
}

/** Everything that a module of `perSystem` can ask for, as `withSystem` hands it on. */
function argumentsOf(system: PerSystem, fn: Thunk): Thunk {
  return lazily(() => {
    const entries = new Map<string, Attr>([...system.spec.specialArgs, ['config', attr(system.config)]]);
    for (const name of namedArguments(fn.force()).keys())
      if (!entries.has(name)) entries.set(name, attr(lazily(() => moduleArgument(system, name))));
    return attrs(entries, null, outside('what `withSystem` hands on'));
  });
}

function moduleArgument(system: PerSystem, name: string): Value {
  const node = attempt(() => system.option(['_module', 'args', name]));
  if (node !== null && !(node instanceof Unknown) && !(node instanceof Failure)) return node.value.force();
  return (
    system.spec.fallbackArgs.get(name)?.force() ?? unknown('external', `\`${name}\` comes from flake-parts`)
  );
}

/** The flake's outputs: declared ones as their options merge them, every other one as its only definition. */
function outputsOf(system: ModuleSystem, call: Call): AttrsValue {
  const node = system.option(['flake']);
  const entries = new Map<string, Attr>();
  const systems = systemsOf(system);
  const declared = declaredOutputs(system);
  for (const name of PER_SYSTEM) entries.set(name, attr(lazily(() => bySystem(system, name, systems, call))));
  for (const [name, output] of outputsIn(node, declared)) entries.set(name, output);
  const imported = importedOutputs(system, node);
  for (const [name, output] of outputsIn(imported, new Set())) {
    const written = node?.child(name) ?? null;
    const own = entries.get(name);
    entries.set(
      name,
      own === undefined || written === null
        ? output
        : attr(
            lazily(() => update(own.value.force(), output.value.force(), output.at)),
            output.at,
          ),
    );
  }
  if (!declaresHosts(node) && !declaresHosts(imported) && system.modules.external)
    entries.set('nixosConfigurations', attr(ready(attrs(new Map(), null, MADE_OUTSIDE))));
  return attrs(entries, null, node?.open ?? imported?.open ?? null);
}

function declaresHosts(node: OptionNode | null): boolean {
  return (node?.child('nixosConfigurations')?.raw.length ?? 0) > 0;
}

/** What is said of outputs in one set of modules. */
function* outputsIn(node: OptionNode | null, declared: ReadonlySet<string>): Generator<[string, Attr]> {
  for (const [name, at] of node?.names() ?? new Map<string, Origin>()) {
    if (name === 'imports') continue;
    const output = node?.child(name) ?? null;
    const value = lazily(() => {
      if (output === null) return fail('missing', `attribute '${name}' missing`, at);
      const definitions = strongest(discharge(output.raw));
      const [only] = definitions;
      if (only === undefined || definitions.length > 1 || declared.has(name)) return output.value.force();
      return only.maybe === null ? only.value.force() : raise(only.maybe);
    }, at);
    yield [name, { value, at, maybe: null }];
  }
}

/** `flake` is a submodule, so that its definitions may import modules too. Source: modules/flake.nix. */
function importedOutputs(top: ModuleSystem, node: OptionNode | null): OptionNode | null {
  const imports = node?.child('imports') ?? null;
  if (imports === null || imports.raw.length === 0) return null;
  const value = record({ imports: imports.value });
  return new ModuleSystem({
    machine: top.spec.machine,
    modules: [{ value: ready(value), file: '', key: 'flake' }],
    specialArgs: new Map([['lib', attr(libThunk())]]),
    specialArgsOpen: null,
    fallbackArgs: new Map(),
    prefix: ['flake'],
    undeclaredOptions: true,
  }).option([]);
}

const MADE_OUTSIDE = new Unknown(
  'external',
  'the repository declares no host, and a module of flake-parts from outside may make some',
);

/** The outputs that some module declares as options. */
function declaredOutputs(system: ModuleSystem): Set<string> {
  const names = new Set<string>();
  for (const { options } of system.modules.modules) {
    const set = options === null ? null : inspect(options);
    if (set === null || set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
    const flake = inspect(set.entries.get('flake')?.value ?? ready(record({})));
    if (flake instanceof Unknown || flake instanceof Failure || flake.type !== 'attrs') continue;
    for (const name of flake.entries.keys()) names.add(name);
  }
  return names;
}

function systemsOf(system: ModuleSystem): Thunk {
  return lazily(() => {
    const node = system.option(['systems']);
    return node === null || node.raw.length === 0 ? list([], null, outside('`systems`')) : node.value.force();
  });
}

function bySystem(top: ModuleSystem, output: string, systems: Thunk, call: Call): Value {
  const names = systems.force();
  if (names.type !== 'list') return fail('type', '`systems` must be a list', names.origin);
  const entries = new Map<string, Attr>();
  for (const item of names.items) {
    const name = forceString(item, call);
    const value = lazily(() => {
      const node = perSystem(top, name, call.machine).option([output]);
      return node === null || node.raw.length === 0 ? record({}) : node.value.force();
    });
    entries.set(name, attr(value));
  }
  return attrs(entries, null, names.open);
}
