import { directoryOf, normalizePath } from '../../nix/paths';
import { attr, attrs } from '../construct';
import { apply } from '../interpret';
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
  /** Why there may be more modules than these; null when these are all, apart from those outside the repository. */
  readonly open: Unknown | null;
}

/** Gives a module function its arguments. */
export type ApplyModule = (fn: Value, at: Origin) => Value;

const SPECIAL_KEYS = new Set([
  '_file',
  'key',
  'disabledModules',
  'require',
  'imports',
  'freeformType',
  '_class',
]);

interface Pending {
  readonly module: LoadedModule;
  readonly imports: readonly ModuleInput[];
  readonly disabled: readonly string[];
}

/**
 * Follows `imports` from the given modules, each module once, in nixpkgs' order: breadth first, then reversed, so that
 * the definitions of a later module come first. Source: nixpkgs lib/modules.nix `collectModules`.
 */
export function collectModules(
  inputs: readonly ModuleInput[],
  applyModule: ApplyModule,
  machine: Machine,
): Collected {
  const problems: ImportProblem[] = [];
  let open: Unknown | null = null;
  let external = false;
  const seen = new Map<string, Pending>();
  let queue = [...inputs];
  const note = (input: ModuleInput, problem: Unknown | Failure, missing: string | null): void => {
    if (problem instanceof Unknown && problem.cause === 'external') {
      external = true;
      return;
    }
    problems.push({ file: input.file, at: problem.at ?? input.value.origin, problem, missing });
    // A file that does not exist defines nothing; what else went wrong may hide definitions.
    if (missing === null)
      open ??= problem instanceof Unknown ? problem : new Unknown('external', problem.message, problem.at);
  };
  const notePart = (reason: Unknown): void => {
    if (reason.cause === 'external') external = true;
    else open ??= reason;
  };
  while (queue.length > 0) {
    const next: ModuleInput[] = [];
    for (const input of queue) {
      const result = attempt(() => load(input, applyModule, machine, notePart, seen));
      if (result instanceof Unknown || result instanceof Failure)
        note(input, result, missingPath(input, result));
      else if (result !== null) {
        seen.set(result.module.key, result);
        next.push(...result.imports);
      }
    }
    queue = next;
  }
  const disabled = new Set([...seen.values()].flatMap((pending) => pending.disabled));
  const modules = disabled.size === 0 ? [...seen.values()] : withoutDisabled(inputs, seen, disabled);
  return { modules: modules.map(({ module }) => module).reverse(), problems, external, open };
}

function missingPath(input: ModuleInput, problem: Unknown | Failure): string | null {
  if (!(problem instanceof Failure) || problem.kind !== 'missing') return null;
  const value = inspect(input.value);
  if (value instanceof Unknown || value instanceof Failure) return null;
  const path = modulePath(value);
  return path !== null && problem.message.includes('does not exist') ? path : null;
}

/** Leaves out the disabled modules and what only they import. */
function withoutDisabled(
  inputs: readonly ModuleInput[],
  seen: ReadonlyMap<string, Pending>,
  disabled: ReadonlySet<string>,
): Pending[] {
  const kept = new Map<string, Pending>();
  let queue = inputs.map((input) => input);
  while (queue.length > 0) {
    const next: ModuleInput[] = [];
    for (const input of queue) {
      const key = keyOf(input);
      const pending = seen.get(key);
      if (pending === undefined || kept.has(key) || disabled.has(key)) continue;
      kept.set(key, pending);
      next.push(...pending.imports);
    }
    queue = next;
  }
  return [...kept.values()];
}

function keyOf(input: ModuleInput): string {
  const value = inspect(input.value);
  if (value instanceof Unknown || value instanceof Failure) return input.key;
  return modulePath(value) ?? input.key;
}

/** The file a path, or a string or set that stands for one, names; null for other values. */
function modulePath(value: Value): string | null {
  if (value.type === 'path') return value.path;
  if (value.type === 'string') return value.text.startsWith('/') ? normalizePath(value.text) : null;
  if (value.type === 'attrs' && value.entries.has('outPath') && !value.entries.has('_type')) {
    const out = inspect((value.entries.get('outPath') as Attr).value);
    if (!(out instanceof Unknown) && !(out instanceof Failure)) return modulePath(out);
  }
  return null;
}

function load(
  input: ModuleInput,
  applyModule: ApplyModule,
  machine: Machine,
  notePart: (reason: Unknown) => void,
  seen: ReadonlyMap<string, Pending>,
): Pending | null {
  let value = input.value.force();
  let { file, key } = input;
  const at = value.origin ?? input.value.origin;
  const path = modulePath(value);
  if (path !== null) {
    if (seen.has(path)) return null;
    const isFolder = machine.entry(path).kind === 'directory';
    value = machine.importFile(path, at);
    file = isFolder ? `${path === '/' ? '' : path}/default.nix` : path;
    key = path;
  } else if (value.type === 'string') {
    return fail('type', `string '${value.text}' doesn't represent an absolute path`, value.origin);
  }
  if (seen.has(key)) return null;
  if (value.type !== 'attrs' || value.entries.has('__functor')) value = applyModule(value, at);
  if (value.type !== 'attrs')
    return fail('type', `Module \`${key}' is not a function or a set`, value.origin);
  const tag = typeTag(value);
  if (tag === 'if' || tag === 'override' || tag === 'merge') {
    return {
      module: { key, file, at, options: null, config: rootDefinition(file, ready(value)) },
      imports: [],
      disabled: [],
    };
  }
  return unified(value, { key, file, at }, notePart);
}

function rootDefinition(file: string, value: Thunk): RawDefinition {
  return { file, value, at: null, conditions: [], priority: null };
}

/** Writes the short form of a module (`{ services.x = …; }`) out as `{ imports; options; config; }`. */
function unified(
  value: AttrsValue,
  { key, file, at }: { key: string; file: string; at: Origin },
  notePart: (reason: Unknown) => void,
): Pending {
  const get = (name: string): Thunk | null => value.entries.get(name)?.value ?? null;
  const ownFile = get('_file')?.force();
  const shownFile =
    ownFile?.type === 'path'
      ? ownFile.path
      : ownFile?.type === 'string' && ownFile.text.startsWith('/')
        ? ownFile.text
        : file;
  const ownKey = get('key')?.force();
  const shownKey = ownKey?.type === 'string' ? ownKey.text : ownKey?.type === 'path' ? ownKey.path : key;
  const imports = [
    ...importsOf(get('require'), shownFile, shownKey, notePart),
    ...importsOf(get('imports'), shownFile, shownKey, notePart),
  ];
  const structured = value.entries.has('config') || value.entries.has('options');
  const config = structured
    ? withFreeform(get('config'), get('freeformType'))
    : lazily(() => shorthand(value), value.origin);
  if (value.open !== null) notePart(value.open);
  return {
    module: {
      key: shownKey,
      file: shownFile,
      at,
      options: structured ? get('options') : null,
      config: rootDefinition(shownFile, config),
    },
    imports,
    disabled: disabledKeys(get('disabledModules'), shownFile, notePart),
  };
}

function withFreeform(config: Thunk | null, freeformType: Thunk | null): Thunk {
  if (freeformType === null) return config ?? ready(attrs(new Map()));
  const declared = attrs(
    new Map([['_module', attr(ready(attrs(new Map([['freeformType', attr(freeformType)]]))))]]),
  );
  if (config === null) return ready(declared);
  const merged = new Map<string, Attr>([
    ['_type', attr(ready({ type: 'string', text: 'merge', origin: null }))],
    ['contents', attr(ready({ type: 'list', items: [config, ready(declared)], open: null, origin: null }))],
  ]);
  return ready(attrs(merged));
}

function shorthand(value: AttrsValue): Value {
  const entries = new Map([...value.entries].filter(([name]) => !SPECIAL_KEYS.has(name)));
  const freeformType = value.entries.get('freeformType');
  if (freeformType !== undefined)
    entries.set('_module', attr(ready(attrs(new Map([['freeformType', freeformType]])))));
  return attrs(entries, value.origin, value.open);
}

function importsOf(
  thunk: Thunk | null,
  file: string,
  key: string,
  notePart: (reason: Unknown) => void,
): ModuleInput[] {
  if (thunk === null) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown) {
    notePart(value);
    return [];
  }
  if (value instanceof Failure) return raise(value);
  if (value.type !== 'list') return fail('type', '`imports` must be a list', value.origin);
  if (value.open !== null) notePart(value.open);
  return value.items.map((item, index) => ({ value: item, file, key: `${key}:anon-${index + 1}` }));
}

function disabledKeys(thunk: Thunk | null, file: string, notePart: (reason: Unknown) => void): string[] {
  if (thunk === null) return [];
  const value = inspect(thunk);
  if (value instanceof Unknown) {
    notePart(value);
    return [];
  }
  if (value instanceof Failure || value.type !== 'list') return [];
  return value.items.flatMap((item) => {
    const entry = inspect(item);
    if (entry instanceof Unknown || entry instanceof Failure) return [];
    if (entry.type === 'path') return [entry.path];
    if (entry.type === 'attrs') {
      const key = entry.entries.get('key')?.value.force();
      return key?.type === 'string' ? [key.text] : [];
    }
    return entry.type === 'string' && !entry.text.startsWith('/')
      ? [normalizePath(`${directoryOf(file)}/${entry.text}`)]
      : [];
  });
}

/**
 * The argument of a module function: what every module gets, and, for each name the function asks for, what
 * `_module.args` holds. Source: nixpkgs lib/modules.nix `applyModuleArgs`.
 */
export function applyModuleFunction(
  fn: Value,
  given: ReadonlyMap<string, Attr>,
  moduleArg: (name: string, at: Origin) => Value,
  at: Origin,
  machine: Machine,
): Value {
  const entries = new Map(given);
  for (const name of namedArguments(fn).keys()) {
    if (!entries.has(name)) entries.set(name, attr(lazily(() => moduleArg(name, at), at)));
  }
  return apply(fn, ready(attrs(entries)), at, machine);
}

/** The names a function's pattern asks for, and whether each has a default; none for a plain argument. */
export function namedArguments(fn: Value): ReadonlyMap<string, boolean> {
  if (fn.type === 'lambda')
    return new Map((fn.expr.formals ?? []).map(({ name, fallback }) => [name.name, fallback !== null]));
  if (fn.type === 'primop') return fn.primop.formals ?? new Map();
  if (fn.type !== 'attrs') return new Map();
  const declared = fn.entries.get('__functionArgs')?.value.force();
  if (declared?.type !== 'attrs') return new Map();
  return new Map(
    [...declared.entries].map(([name, { value }]) => {
      const fallback = inspect(value);
      return [
        name,
        !(fallback instanceof Unknown) &&
          !(fallback instanceof Failure) &&
          fallback.type === 'bool' &&
          fallback.value,
      ];
    }),
  );
}

export function notInRepository(name: string, at: Origin): never {
  return unknown('external', `the argument \`${name}\` is not set in the repository`, at);
}
