import { isPassing, memo, sameReason, type Computed } from '../computed';
import { attr, attrs, list, nullValue, string } from '../construct';
import { attempt, inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  unknown,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import { collectModules, Loader, sameModules, type Collected, type ModuleInput } from './collect';
import { applyModuleFunction, notInRepository } from './module-function';
import { nullOr } from './composite-types';
import { LiveSet } from './live-set';
import { mergeByType } from './merge';
import { type Declaration } from './declared-option';
import { OptionNode } from './option-node';
import type { OptionType } from './option-type';
import { optionsThunk } from './options-argument';
import { typeOfSet } from './own-type';
import { LENIENT, Strict, type Policy } from './policy';
import type { Sayings } from './sayings';
import { optionTypeType } from './tag-types';

export interface SystemSpec {
  readonly machine: Machine;
  readonly modules: readonly ModuleInput[];
  /** Arguments that every module gets: `lib`, and what `specialArgs` adds. */
  readonly specialArgs: ReadonlyMap<string, Attr>;
  /** Those of them that were given, as modules get them in `specialArgs`; all where undefined. */
  readonly givenArgs?: ReadonlyMap<string, Attr>;
  /** Why there may be more of these arguments; null when they are all. */
  readonly specialArgsOpen: Unknown | null;
  /** Arguments that modules outside the repository would set, such as `pkgs`; `_module.args` comes first. */
  readonly fallbackArgs: ReadonlyMap<string, Thunk>;
  /** The path of the option this system is the value of; empty for a host. */
  readonly prefix: readonly string[];
  /** Whether modules outside the repository declare options here that are not known: true for a host and for a guest. */
  readonly undeclaredOptions: boolean;
  /** Whether what nobody declares is refused, as `evalModules` does; false unless said. */
  readonly strict?: boolean | undefined;
  /** What kind of modules these are, as they get it in `_class`; where undefined, NixOS' where options are undeclared. */
  readonly class?: Value;
}

/** One evaluation of modules: a host, a guest, a submodule. `config` is one lazy fixpoint. */
export class ModuleSystem {
  /** The node of all options. */
  readonly root: OptionNode;
  /** How it takes what nobody declares. */
  readonly policy: Policy;
  private readonly collected: Computed<Collected>;
  private readonly loader: Loader;
  private configThunk: Thunk | undefined;
  private shown: AttrsValue | undefined;
  private optionsCache: Thunk | undefined;
  private readonly arguments = new WeakMap<object, Map<string, Thunk>>();
  private readonly freeformCell: Computed<{ readonly type: OptionType | Unknown | null }>;

  /** @param modules the modules as they are now; those of the specification, unless they change by themselves */
  constructor(
    readonly spec: SystemSpec,
    modules: () => readonly ModuleInput[] = () => spec.modules,
  ) {
    const { class: kind } = this;
    this.loader = new Loader(
      (fn, at) => this.applyModule(fn, at),
      spec.machine,
      kind.type === 'string' ? kind.text : null,
    );
    this.collected = memo(() => collectModules(modules(), this.loader, this.modulesPath()), sameModules);
    this.root = new OptionNode(this, [], () => this.sayings(), true);
    this.freeformCell = memo(
      () => ({ type: this.readFreeform() }),
      (before, after) =>
        before.type === after.type ||
        (before.type instanceof Unknown &&
          after.type instanceof Unknown &&
          sameReason(before.type, after.type)),
    );
    this.policy = spec.strict === true ? new Strict(this) : LENIENT;
  }

  /** What kind of modules these are; `null` of Nix where they are of any. */
  private get class(): Value {
    return this.spec.class ?? (this.spec.undeclaredOptions ? string('nixos') : nullValue());
  }

  get machine(): Machine {
    return this.spec.machine;
  }

  /** The modules, with everything they import. */
  get modules(): Collected {
    return this.collected.force();
  }

  /** Where a module has to know the configuration before it is known what modules there are; null where none has. */
  get importRecursion(): Origin {
    const { recursion } = this.modules;
    if (recursion === null) return null;
    // Whoever asks for an option asks for the modules; what waits for anything else may know it another time.
    const { of } = recursion.cycle;
    const isOwn = of === this.collected || of === this.configThunk || this.root.has(of);
    return isOwn ? recursion.at : null;
  }

  /** The folder that relative `disabledModules` are in; null where that is nixpkgs. */
  private modulesPath(): string | null {
    const given = this.spec.specialArgs.get('modulesPath');
    const value = given === undefined ? null : inspect(given.value);
    return value === null || value instanceof Unknown || value instanceof Failure || value.type !== 'path'
      ? null
      : value.path;
  }

  /** The merged configuration, as modules read it. */
  get config(): Thunk {
    return (this.configThunk ??= lazily(() => this.root.group()));
  }

  /** The declared options, as modules read them. */
  get options(): Thunk {
    return (this.optionsCache ??= optionsThunk(this));
  }

  private get specialArgs(): Thunk {
    const { specialArgs, givenArgs, specialArgsOpen } = this.spec;
    return lazily(() => attrs(givenArgs ?? specialArgs, null, specialArgsOpen));
  }

  /** The type of what is defined beside the declared options; null where there is none, or where it is not known. */
  get freeformType(): OptionType | null {
    const { freeform } = this;
    return freeform instanceof Unknown ? null : freeform;
  }

  /** The same, or why it is not known. */
  get freeform(): OptionType | Unknown | null {
    const read = attempt(() => this.freeformCell.force());
    return read instanceof Unknown ? read : read instanceof Failure ? null : read.type;
  }

  /** Why what is defined beside the declared options may come out under other names; null where it does not. */
  get freeformShape(): Unknown | null {
    if (this.freeformType?.mergesOwnWay?.() !== true) return null;
    return new Unknown(
      'unsupported',
      'what a freeform type with a merge function of its own makes of definitions',
    );
  }

  private readFreeform(): OptionType | Unknown | null {
    const node = attempt(() => this.option(['_module', 'freeformType']));
    if (!(node instanceof OptionNode)) return node instanceof Unknown ? node : null;
    const context = { machine: this.machine, loc: node.path, open: node.open };
    const value = attempt(() => mergeByType(nullOr(optionTypeType), node.raw, context));
    if (value instanceof Unknown && isPassing(value)) return raise(value);
    if (value === null || value instanceof Unknown) return value;
    if (value instanceof Failure) return new Unknown('merge', value.message, value.at);
    if (value.type === 'null') return null;
    return typeOfSet(value) ?? new Unknown('merge', 'the freeform type is not known', value.origin);
  }

  /** The same without the options of the module system itself: what the value of a submodule is. */
  get shownConfig(): AttrsValue {
    this.policy.check();
    const all = this.root.group();
    return (this.shown ??= new LiveSet(
      {
        attr: (name) => (name === '_module' ? undefined : all.entries.get(name)),
        names: () => [...all.entries.keys()].filter((name) => name !== '_module'),
        open: () => all.open,
        origin: () => all.origin,
      },
      this,
    ));
  }

  /** The node at a path below the root; null where nothing declares or defines it. Throws `Unknown`. */
  option(path: readonly string[]): OptionNode | null {
    let node: OptionNode | null = this.root;
    for (const name of path) {
      if (node === null) return null;
      node = node.child(name);
    }
    return node;
  }

  /** The node of an option that nobody in the repository declares or defines: one for all systems of a machine. */
  untouchedNode(path: readonly string[], declaration: Declaration): OptionNode {
    const { machine, undeclaredOptions } = this.spec;
    let shared = untouched.get(machine);
    if (shared === undefined)
      untouched.set(machine, (shared = [new Untouched(machine, false), new Untouched(machine, true)]));
    return shared[undeclaredOptions ? 1 : 0].node(path, declaration);
  }

  private sayings(): Sayings {
    const { modules, open } = this.modules;
    const declarations = modules.flatMap(({ options, file }): Declaration[] =>
      options === null ? [] : [{ value: options, file }],
    );
    return { declarations, raw: modules.map(({ config }) => config), open };
  }

  private applyModule(fn: Value, at: Origin): Value {
    const given = new Map(this.spec.specialArgs);
    if (!given.has('config')) given.set('config', attr(this.config));
    if (!given.has('options')) given.set('options', attr(this.options));
    if (!given.has('specialArgs')) given.set('specialArgs', attr(this.specialArgs));
    given.set('_class', attr(ready(this.class)));
    given.set('_prefix', attr(ready(list(this.spec.prefix.map((step) => ready(string(step)))))));
    return applyModuleFunction(fn, given, (name, argAt) => this.argument(name, argAt), at, this.machine);
  }

  /** An argument of a module that is imported there: the same thunk for the same place. */
  private argument(name: string, at: Origin): Thunk {
    const place = at ?? NOWHERE;
    let there = this.arguments.get(place);
    if (there === undefined) this.arguments.set(place, (there = new Map<string, Thunk>()));
    let thunk = there.get(name);
    if (thunk === undefined) there.set(name, (thunk = lazily(() => this.moduleArg(name, at), at)));
    return thunk;
  }

  /** What `_module.args` holds under a name. */
  private moduleArg(name: string, at: Origin): Value {
    const set = attempt(() => this.option(['_module', 'args', name]));
    if (set instanceof OptionNode) {
      const value = inspect(set.value);
      if (!(value instanceof Failure) && !(value instanceof Unknown)) return value;
      if (value instanceof Failure || value.cause !== 'external') return set.value.force();
    }
    const fallback = this.spec.fallbackArgs.get(name);
    if (fallback !== undefined) return fallback.force();
    if (this.spec.specialArgsOpen !== null) return raise(this.spec.specialArgsOpen);
    if (set instanceof OptionNode) return set.value.force();
    if (set instanceof Unknown) return unknown(set.cause, set.reason, set.at);
    if (this.modules.external || this.modules.open !== null) return notInRepository(name, at);
    return fail('missing', `attribute '${name}' missing`, at);
  }
}

/** Where what the engine imports is imported. */
const NOWHERE = {};

const untouched = new WeakMap<Machine, readonly [Untouched, Untouched]>();

/** The options that only the schema knows, of systems whose rest is declared or is not. */
class Untouched {
  private readonly nodes = new Map<Thunk, OptionNode>();
  private readonly system: ModuleSystem;

  constructor(machine: Machine, undeclaredOptions: boolean) {
    this.system = new ModuleSystem({
      machine,
      modules: [],
      specialArgs: new Map(),
      specialArgsOpen: null,
      fallbackArgs: new Map(),
      prefix: [],
      undeclaredOptions,
    });
  }

  node(path: readonly string[], declaration: Declaration): OptionNode {
    let node = this.nodes.get(declaration.value);
    if (node === undefined) {
      const sayings: Sayings = { declarations: [declaration], raw: [], open: null };
      node = new OptionNode(this.system, path, () => sayings, false);
      this.nodes.set(declaration.value, node);
    }
    return node;
  }
}

/** The system whose merged configuration a value is; null for other values. */
export function systemOf(value: Value | Unknown | Failure): ModuleSystem | null {
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'attrs') return null;
  return value.native instanceof ModuleSystem ? value.native : null;
}

/** The arguments `name` and others that nixpkgs gives the modules of a submodule. */
export function submoduleArgs(lib: Thunk, name: string): Map<string, Attr> {
  return new Map([
    ['lib', attr(lib)],
    ['name', attr(ready(string(name)))],
  ]);
}
