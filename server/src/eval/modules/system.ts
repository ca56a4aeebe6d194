import { attr, string } from '../construct';
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
import {
  applyModuleFunction,
  collectModules,
  notInRepository,
  type Collected,
  type ModuleInput,
} from './collect';
import { OptionNode, type Declaration } from './option-node';

export interface SystemSpec {
  readonly machine: Machine;
  readonly modules: readonly ModuleInput[];
  /** Arguments that every module gets: `lib`, and what `specialArgs` adds. */
  readonly specialArgs: ReadonlyMap<string, Attr>;
  /** Why there may be more of these arguments; null when they are all. */
  readonly specialArgsOpen: Unknown | null;
  /** Arguments that modules outside the repository would set, such as `pkgs`; `_module.args` comes first. */
  readonly fallbackArgs: ReadonlyMap<string, Thunk>;
  /** The path of the option this system is the value of; empty for a host. */
  readonly prefix: readonly string[];
  /** Whether modules outside the repository declare options here that are not known: true for a host and for a guest. */
  readonly undeclaredOptions: boolean;
}

/** One evaluation of modules: a host, a guest, a submodule. `config` is one lazy fixpoint. */
export class ModuleSystem {
  private collected: Collected | undefined;
  private collecting = false;
  private rootNode: OptionNode | undefined;
  private configThunk: Thunk | undefined;

  constructor(readonly spec: SystemSpec) {}

  get machine(): Machine {
    return this.spec.machine;
  }

  /** The modules, with everything they import. */
  get modules(): Collected {
    if (this.collected !== undefined) return this.collected;
    if (this.collecting)
      return unknown('cycle', 'the imports of a module depend on the configuration they define');
    this.collecting = true;
    try {
      return (this.collected = collectModules(
        this.spec.modules,
        (fn, at) => this.applyModule(fn, at),
        this.machine,
      ));
    } finally {
      this.collecting = false;
    }
  }

  /** The node of all options. */
  get root(): OptionNode {
    if (this.rootNode !== undefined) return this.rootNode;
    const { modules, open } = this.modules;
    const declarations = modules.flatMap(({ options, file }): Declaration[] =>
      options === null ? [] : [{ value: options, file }],
    );
    return (this.rootNode = new OptionNode(
      this,
      [],
      declarations,
      modules.map(({ config }) => config),
      open,
    ));
  }

  /** The merged configuration, as modules read it. */
  get config(): Thunk {
    return (this.configThunk ??= lazily(() => this.configValue()));
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

  private configValue(): AttrsValue {
    const value = this.root.group();
    return { ...value, native: this };
  }

  private applyModule(fn: Value, at: Origin): Value {
    const given = new Map(this.spec.specialArgs);
    if (!given.has('config')) given.set('config', attr(this.config));
    if (!given.has('options')) {
      given.set(
        'options',
        attr(
          lazily(() =>
            unknown('unsupported', 'the `options` argument is not something this tool evaluates', at),
          ),
        ),
      );
    }
    return applyModuleFunction(fn, given, (name, argAt) => this.moduleArg(name, argAt), at, this.machine);
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
    if (set instanceof Unknown) return unknown(set.cause, set.reason, set.at);
    if (this.modules.external || this.modules.open !== null) return notInRepository(name, at);
    return fail('missing', `attribute '${name}' missing`, at);
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
