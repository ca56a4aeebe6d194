import { Cycle, memo, sameItems, sameReason, type Computed } from '../computed';
import { valueOrPath } from '../content';
import { attempt, ready, type Thunk } from '../thunk';
import { fail, Failure, raise, typeName, Unknown, type Machine, type Origin, type Value } from '../value';
import { modulePath, rootDefinition, sameApplied, unified, type Applied } from './applied-module';
import { typeTag, type RawDefinition } from './definition';

/** A module as it is given: a path, a function or a set, and the file it is written in. */
export interface ModuleInput {
  readonly value: Thunk;
  /** The file that gives it; where a path is given, that path becomes the file. */
  readonly file: string;
  readonly key: string;
}

/** A module after its arguments are applied and its short form is written out. */
export interface LoadedModule {
  readonly key: string;
  readonly file: string;
  /** Where it is imported: the path expression, or the module's own syntax. */
  readonly at: Origin;
  readonly options: Thunk | null;
  readonly config: RawDefinition;
}

/** An import that gives no module. */
export interface ImportProblem {
  readonly file: string;
  readonly at: Origin;
  readonly problem: Unknown | Failure;
  /** The path that does not exist; null for other problems. */
  readonly missing: string | null;
}

export interface Collected {
  readonly modules: readonly LoadedModule[];
  readonly problems: readonly ImportProblem[];
  /** Whether a module from outside the repository is imported. */
  readonly external: boolean;
  /** Where modules from outside the repository are imported; null for an import that cannot be pointed at. */
  readonly outside: readonly Origin[];
  /** Where the modules need to be known before they are; null where they do not. */
  readonly recursion: Recursion | null;
  /** Why there may be more modules than these; null when these are all, apart from those outside the repository. */
  readonly open: Unknown | null;
}

export interface Recursion {
  readonly cycle: Cycle;
  /** The imports of a module, or the module itself. */
  readonly at: Origin;
}

/** Gives a module function its arguments. */
export type ApplyModule = (fn: Value, at: Origin) => Value;

interface Pending {
  readonly key: string;
  readonly at: Origin;
  readonly applied: Applied;
}

/** What a module may be, beside a path and a text that is one. */
const MODULE_TYPES: ReadonlySet<Value['type']> = new Set(['attrs', 'lambda', 'primop']);

/** How deep imports may nest, and how many modules there may be: a module that imports itself by value has no end. */
const MOST_NESTED = 500;
const MOST_MODULES = 20_000;

/**
 * Follows `imports` from the given modules, each module once, in nixpkgs' order: breadth first, then reversed, so that
 * the definitions of a later module come first. Source: nixpkgs lib/modules.nix `collectModules`.
 */
export function collectModules(
  inputs: readonly ModuleInput[],
  loader: Loader,
  modulesPath: string | null = null,
): Collected {
  const problems: ImportProblem[] = [];
  let open: Unknown | null = null;
  let recursion: Recursion | null = null;
  let external = false;
  const outside: Origin[] = [];
  const seen = new Map<string, Pending>();
  /** The modules that say a key of their own, by the one they would have. */
  const renamed = new Map<string, Pending>();
  let queue = [...inputs];
  const note = (input: ModuleInput, problem: Unknown | Failure, missing: string | null): void => {
    if (problem instanceof Unknown && problem.cause === 'external') {
      external = true;
      outside.push(input.value.origin);
      return;
    }
    problems.push({ file: input.file, at: problem.at ?? input.value.origin, problem, missing });
    // A file that does not exist defines nothing; what else went wrong may hide definitions.
    if (missing === null)
      open ??= problem instanceof Unknown ? problem : new Unknown('external', problem.message, problem.at);
  };
  loader.begin(modulesPath);
  const notePart = (reason: Unknown): void => {
    if (reason.cause === 'external') {
      external = true;
      outside.push(null);
    } else open ??= reason;
  };
  for (let depth = 0; queue.length > 0; depth++) {
    if (depth > MOST_NESTED || seen.size > MOST_MODULES) {
      notePart(new Unknown('budget', 'the imports of modules do not come to an end', queue[0]?.value.origin));
      break;
    }
    const next: ModuleInput[] = [];
    for (const input of queue) {
      const result = attempt(() => loader.load(input, seen));
      if (result instanceof Unknown || result instanceof Failure) {
        if (result instanceof Cycle) recursion ??= { cycle: result, at: loader.bodyOf(input) };
        note(input, result, missingPath(input, result));
      } else if (result !== null) {
        const first = seen.get(result.key);
        if (result.applied.ownKey !== null) renamed.set(keyOf(input), first ?? result);
        if (first !== undefined) continue;
        seen.set(result.key, result);
        next.push(...importsBelow(result));
        for (const reason of result.applied.notes) notePart(reason);
        recursion ??= result.applied.recursion;
        const { file } = result.applied;
        for (const problem of refusedOf(result, loader.wanted))
          problems.push({ file, at: problem.at, problem, missing: null });
      }
    }
    queue = next;
  }
  loader.end();
  const disabled = new Set<string>();
  for (const { applied } of seen.values()) for (const key of applied.disabled) disabled.add(key);
  const modules =
    disabled.size === 0
      ? [...seen.values()]
      : withoutDisabled(inputs, (key) => renamed.get(key) ?? seen.get(key), disabled);
  return { modules: modules.reverse().map(loaded), problems, external, outside, recursion, open };
}

/** What Nix refuses of a module where it is imported. Source: nixpkgs lib/modules.nix `checkModule`. */
function refusedOf({ at, applied }: Pending, expected: string | null): readonly Failure[] {
  const { class: own, file, refused } = applied;
  if (expected === null || own === null || own === expected) return refused;
  const message = `The module \`${file}\` (class: "${own}") cannot be imported into a module evaluation that expects class "${expected}".`;
  return [...refused, new Failure('throw', message, at)];
}

/** Whether two collections hold the same modules, imported at the same places. */
export function sameModules(before: Collected, after: Collected): boolean {
  return (
    before.external === after.external &&
    sameItems(before.outside, after.outside) &&
    before.recursion === null &&
    after.recursion === null &&
    sameReason(before.open, after.open) &&
    before.problems.length === 0 &&
    after.problems.length === 0 &&
    before.modules.length === after.modules.length &&
    before.modules.every((module, index) => {
      const other = after.modules[index];
      return (
        module.key === other?.key &&
        module.file === other.file &&
        module.at === other.at &&
        module.options === other.options &&
        module.config === other.config
      );
    })
  );
}

function missingPath(input: ModuleInput, problem: Unknown | Failure): string | null {
  if (!(problem instanceof Failure) || problem.kind !== 'missing') return null;
  const value = attempt(() => valueOrPath(input.value));
  if (value instanceof Unknown || value instanceof Failure) return null;
  const path = modulePath(value);
  return typeof path === 'string' && problem.message.includes('does not exist') ? path : null;
}

/** Leaves out the disabled modules and what only they import. */
function withoutDisabled(
  inputs: readonly ModuleInput[],
  found: (key: string) => Pending | undefined,
  disabled: ReadonlySet<string>,
): Pending[] {
  const kept = new Map<string, Pending>();
  let queue = inputs.map((input) => input);
  while (queue.length > 0) {
    const next: ModuleInput[] = [];
    for (const input of queue) {
      const pending = found(keyOf(input));
      if (pending === undefined || kept.has(pending.key) || disabled.has(pending.key)) continue;
      kept.set(pending.key, pending);
      next.push(...importsBelow(pending));
    }
    queue = next;
  }
  return [...kept.values()];
}

function keyOf(input: ModuleInput): string {
  const value = attempt(() => valueOrPath(input.value));
  if (value instanceof Unknown || value instanceof Failure) return input.key;
  const path = modulePath(value);
  return typeof path === 'string' ? path : input.key;
}

/** Applies the modules of one system to their arguments, each once as long as it is the same module. */
export class Loader {
  private known = new Map<string | Thunk, Computed<Applied>>();
  private used = new Map<string | Thunk, Computed<Applied>>();
  private modulesPath: string | null = null;

  /** @param wanted what kind of modules these have to be (`_class`); null where any kind is taken */
  constructor(
    private readonly applyModule: ApplyModule,
    private readonly machine: Machine,
    readonly wanted: string | null,
  ) {}

  /** Modules that are not asked for between `begin` and `end` are forgotten. */
  begin(modulesPath: string | null): void {
    if (modulesPath !== this.modulesPath) this.known = new Map();
    this.modulesPath = modulesPath;
    this.used = new Map();
  }

  end(): void {
    this.known = this.used;
  }

  /** The module; null when it is among those seen. Throws why there is none. */
  load(input: ModuleInput, seen: ReadonlyMap<string, Pending>): Pending | null {
    const value = valueOrPath(input.value);
    const at = value.origin ?? input.value.origin;
    const path = modulePath(value);
    if (path instanceof Unknown) return raise(path);
    if (path !== null) {
      if (seen.has(path)) return null;
      return placed(
        this.applied(path, () => this.fromFile(path, at)),
        path,
        at,
      );
    }
    if (value.type === 'string')
      return fail('type', `cannot coerce the string '${value.text}' to an absolute path`, value.origin);
    if (!MODULE_TYPES.has(value.type))
      return fail('type', `value is ${typeName(value)} while a module was expected`, value.origin);
    if (seen.has(input.key)) return null;
    const { key, file } = input;
    const module = this.applied(input.value, () => this.apply(valueOrPath(input.value), { key, file, at }));
    return placed(module, key, at);
  }

  /** Where a module is written, without its arguments; null where no syntax wrote it. */
  bodyOf(input: ModuleInput): Origin {
    const given = attempt(() => valueOrPath(input.value));
    const path = given instanceof Unknown || given instanceof Failure ? null : modulePath(given);
    const value = typeof path === 'string' ? attempt(() => this.machine.importFile(path, null)) : given;
    if (value instanceof Unknown || value instanceof Failure) return input.value.origin;
    return value.type === 'lambda' ? value.expr.body : (value.origin ?? input.value.origin);
  }

  private applied(of: string | Thunk, run: () => Applied): Applied {
    let module = this.known.get(of) ?? this.used.get(of);
    if (module === undefined) this.known.set(of, (module = memo(run, sameApplied)));
    this.used.set(of, module);
    return module.force();
  }

  private fromFile(path: string, at: Origin): Applied {
    const isFolder = this.machine.entry(path).kind === 'directory';
    const file = isFolder ? `${path === '/' ? '' : path}/default.nix` : path;
    return this.apply(this.machine.importFile(path, at), { key: path, file, at });
  }

  private apply(given: Value, { key, file, at }: { key: string; file: string; at: Origin }): Applied {
    const value =
      given.type !== 'attrs' || given.entries.has('__functor') ? this.applyModule(given, at) : given;
    if (value.type !== 'attrs')
      return fail('type', `value is ${typeName(value)} while a module was expected`, value.origin);
    const tag = typeTag(value);
    if (tag === 'if' || tag === 'override' || tag === 'merge') {
      return {
        ownKey: null,
        file,
        options: null,
        config: rootDefinition(file, ready(value)),
        imports: [],
        disabled: [],
        notes: [],
        refused: [],
        class: null,
        recursion: null,
      };
    }
    if (tag !== null && tag !== 'module' && tag !== 'order')
      return fail('type', `Expected a module, but found a value of type "${tag}"`, value.origin);
    return unified(value, { key, file }, this.modulesPath, this.machine);
  }
}

/** A module stays the same object while it is the same one, imported at the same place. */
const known = new WeakMap<Applied, LoadedModule>();

function loaded({ key, at, applied }: Pending): LoadedModule {
  let module = known.get(applied);
  if (module?.key !== key || module.at !== at) {
    const { file, options, config } = applied;
    module = { key, file, at, options, config };
    known.set(applied, module);
  }
  return module;
}

/** What a module imports, by where it is imported itself. */
function importsBelow({ key, applied }: Pending): ModuleInput[] {
  return applied.imports.map((input) => ({ ...input, key: `${key}:${input.key}` }));
}

function placed(applied: Applied, key: string, at: Origin): Pending {
  return { key: applied.ownKey ?? key, at, applied };
}
