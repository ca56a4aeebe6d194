import { resolvePath } from '../nix/paths';
import { memo, sameItems } from './computed';
import { attr, attrs, record, string } from './construct';
import type { Evaluation } from './evaluation';
import { knownFlake } from './hosts/known-flakes';
import {
  lockedInputs,
  outsideReason,
  readFields,
  readReference,
  type LockedInput,
  type Reference,
} from './hosts/reference';
import { apply } from './interpret';
import type { ModuleInput } from './modules/collect';
import { namedArguments } from './modules/module-function';
import { attempt, attemptLasting, inspect, lazily, ready, type Thunk } from './thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  unknown,
  type Attr,
  type AttrsValue,
  type Origin,
  type Value,
} from './value';

/** A flake of the repository, evaluated without fetching anything: inputs are unknown, apart from those that `known-flakes.ts` lists. */
export interface Flake {
  /** The folder that holds it. */
  readonly directory: string;
  readonly file: string;
  /** Filled when `outputs` is evaluated. */
  readonly inputs: ReadonlyMap<string, Attr>;
  /** What its `outputs` function returns. */
  readonly outputs: Thunk;
  /** What other flakes get when it is their input. */
  readonly self: Thunk;
}

/** The flakes that one flake reaches by relative paths are evaluated once. */
interface Workspace {
  readonly evaluation: Evaluation;
  readonly base: readonly ModuleInput[];
  readonly flakes: Map<string, Flake>;
}

/** Evaluates the `flake.nix` of a folder, lazily. `base` declares the options known without nixpkgs. */
export function evaluateFlake(
  evaluation: Evaluation,
  directory: string,
  base: readonly ModuleInput[],
): Flake {
  return flakeIn({ evaluation, base, flakes: new Map() }, directory, new Map());
}

/** @param given inputs that another flake hands over in place of those that this one names */
function flakeIn(workspace: Workspace, directory: string, given: ReadonlyMap<string, Thunk>): Flake {
  const known = given.size === 0 ? workspace.flakes.get(directory) : undefined;
  if (known !== undefined) return known;
  const file = `${directory === '/' ? '' : directory}/flake.nix`;
  const { evaluation } = workspace;
  const source = evaluation.fileThunk(file);
  const inputs = new Map<string, Attr>();
  const lock = memo(() => lockedInputs(evaluation, `${directory === '/' ? '' : directory}/flake.lock`));
  const around: Surroundings = {
    workspace,
    directory,
    inputs,
    declared: new WeakMap(),
    given,
    locked: () => lock.force(),
  };
  let argument = ready(attrs(inputs));
  const outputs: Thunk = lazily(() => {
    const set = source.force();
    if (set.type !== 'attrs') return fail('type', `${file} is not a set`, set.origin);
    const outputsFn = set.entries.get('outputs')?.value.force();
    if (outputsFn === undefined) return fail('missing', `${file} has no attribute 'outputs'`, set.origin);
    const found = inputsOf(around, set, outputsFn);
    found.set('self', inputs.get('self') ?? attr(self));
    if (!sameEntries(inputs, found)) {
      inputs.clear();
      for (const [name, input] of found) inputs.set(name, input);
      argument = ready(attrs(new Map(found)));
    }
    return apply(outputsFn, argument, outputsFn.origin, evaluation);
  });
  const self = lazily(() => selfOf(directory, outputs, inputs));
  const flake: Flake = { directory, file, inputs, outputs, self };
  if (given.size === 0) workspace.flakes.set(directory, flake);
  return flake;
}

/** Where an input is declared. */
interface Surroundings {
  readonly workspace: Workspace;
  readonly directory: string;
  /** The inputs of the flake, as they were last. */
  readonly inputs: ReadonlyMap<string, Attr>;
  /** What declares each of them; null for what is named by `outputs` only. */
  readonly declared: WeakMap<Thunk, Thunk | null>;
  readonly given: ReadonlyMap<string, Thunk>;
  /** What the flake's `flake.lock` says. */
  readonly locked: () => LockedInput['inputs'];
}

/** The inputs of a flake. One that is declared as before stays the same. */
function inputsOf(around: Surroundings, flake: AttrsValue, outputsFn: Value): Map<string, Attr> {
  const inputs = new Map<string, Attr>();
  const declared = flake.entries.get('inputs');
  const set = declared === undefined ? null : attempt(() => declared.value.force());
  if (set !== null && !(set instanceof Unknown) && !(set instanceof Failure) && set.type === 'attrs')
    for (const [name, declaration] of set.entries) inputs.set(name, inputOf(name, declaration, around));
  for (const name of namedArguments(outputsFn).keys())
    if (name !== 'self' && !inputs.has(name)) inputs.set(name, inputOf(name, null, around));
  return inputs;
}

/** @param declaration null where `outputs` names an input that nothing declares */
function inputOf(name: string, declaration: Attr | null, around: Surroundings): Attr {
  const before = around.inputs.get(name);
  const declared = declaration?.value ?? null;
  const at = declaration?.at ?? null;
  if (before?.at === at && around.declared.get(before.value) === declared) return before;
  const value =
    around.given.get(name) ??
    lazily(() => inputValue(name, declared === null ? null : setOf(declared), around), at);
  around.declared.set(value, declared);
  return { value, at, maybe: null };
}

function sameEntries(a: ReadonlyMap<string, Attr>, b: ReadonlyMap<string, Attr>): boolean {
  return sameItems([...a.keys()], [...b.keys()]) && sameItems([...a.values()], [...b.values()]);
}

function setOf(thunk: Thunk): AttrsValue | null {
  const value = inspect(thunk);
  return value instanceof Unknown || value instanceof Failure || value.type !== 'attrs' ? null : value;
}

/** The attributes of an input that are texts: `url`, `follows`, `owner`, … */
function textsOf(input: AttrsValue | null): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, { value }] of input?.entries ?? []) {
    const known = inspect(value);
    if (known instanceof Unknown || known instanceof Failure) continue;
    if (known.type === 'string') texts.set(name, known.text);
    // A path is written as one in old flakes only; it is below the flake's folder.
    else if (known.type === 'path') texts.set(name, known.path);
  }
  return texts;
}

function inputValue(name: string, declared: AttrsValue | null, around: Surroundings): Value {
  const { workspace, directory } = around;
  const texts = textsOf(declared);
  const follows = texts.get('follows');
  if (follows !== undefined && follows !== '') {
    const followed = followedInput(follows, around);
    if (followed !== null) return followed;
  }
  const locked = around.locked().get(name)?.() ?? null;
  const named: Reference | null =
    follows !== undefined
      ? null
      : texts.has('url') || texts.has('type')
        ? readFields(texts)
        : readReference(name);
  const reference = named ?? locked?.reference ?? { kind: 'other' };
  const isSource = declared !== null && flag(declared, 'flake') === false;
  if (reference.kind === 'folder')
    return folderInput(name, resolvePath(directory, reference.path), isSource, declared, around);
  const found = outsideFlake(name, reference, locked, workspace, declared?.origin ?? null);
  const folder = isSource ? found.entries.get('outPath') : undefined;
  return folder === undefined ? found : attrs(new Map([['outPath', folder]]));
}

/** A flake from outside: what is known of it, its inputs as `flake.lock` has them, and for all else why it is unknown. */
function outsideFlake(
  name: string,
  reference: Reference,
  locked: LockedInput | null,
  workspace: Workspace,
  at: Origin,
): AttrsValue {
  const tools = { base: workspace.base, machine: workspace.evaluation };
  const known = knownFlake(name, reference, tools);
  const reason = new Unknown('external', outsideReason(name), at);
  const entries = new Map<string, Attr>([['outPath', attr(ready(reason))], ...(known?.entries ?? [])]);
  if (locked !== null && !entries.has('inputs')) {
    const inputs = [...locked.inputs].map(([inner, read]): [string, Attr] => [
      inner,
      attr(
        lazily(() => {
          const input = read();
          return outsideFlake(inner, input?.reference ?? { kind: 'other' }, input, workspace, at);
        }),
      ),
    ]);
    entries.set('inputs', attr(ready(attrs(new Map(inputs)))));
  }
  return { ...(known ?? attrs(entries)), entries, open: known?.open ?? reason };
}

function flag(set: AttrsValue, name: string): boolean | null {
  const found = set.entries.get(name);
  const value = found === undefined ? null : inspect(found.value);
  return value === null || value instanceof Unknown || value instanceof Failure || value.type !== 'bool'
    ? null
    : value.value;
}

/** `follows = "a/b"`: the input `b` of the input `a`; null where that is not in the repository. */
function followedInput(path: string, { inputs }: Surroundings): Value | null {
  const [first = '', ...rest] = path.replace(/^\//, '').split('/');
  let value = inputs.get(first)?.value.force() ?? null;
  for (const step of rest) {
    const own = value?.type === 'attrs' ? value.entries.get('inputs')?.value.force() : undefined;
    value = own?.type === 'attrs' ? (own.entries.get(step)?.value.force() ?? null) : null;
  }
  return value;
}

/** A flake, or a plain folder, of the same repository. */
function folderInput(
  name: string,
  directory: string,
  isSource: boolean,
  declared: AttrsValue | null,
  around: Surroundings,
): Value {
  const { workspace } = around;
  if (workspace.evaluation.entry(directory).kind !== 'directory')
    return unknown('external', outsideReason(name), declared?.origin ?? null);
  if (isSource) return record({ outPath: string(directory) });
  return flakeIn(workspace, directory, handedOver(declared, around)).self.force();
}

/** What `inputs.x.inputs.y` says: inputs that another flake gets from this one. */
function handedOver(declared: AttrsValue | null, around: Surroundings): Map<string, Thunk> {
  const given = new Map<string, Thunk>();
  const inner = declared?.entries.get('inputs');
  const set = inner === undefined ? null : setOf(inner.value);
  for (const [name, { value }] of set?.entries ?? [])
    given.set(
      name,
      lazily(() => inputValue(name, setOf(value), around)),
    );
  return given;
}

/** `self`: the flake's folder and outputs. What a commit would tell about it is not known. */
function selfOf(directory: string, outputs: Thunk, inputs: ReadonlyMap<string, Attr>): Value {
  const result = attemptLasting(() => outputs.force());
  if (result instanceof Failure) return raise(result);
  const own = result instanceof Unknown || result.type !== 'attrs' ? null : result;
  const entries = new Map<string, Attr>(own?.entries ?? []);
  entries.set('outPath', attr(ready(string(directory))));
  entries.set('inputs', attr(ready(attrs(inputs))));
  entries.set('_type', attr(ready(string('flake'))));
  if (own !== null) entries.set('outputs', attr(ready(own)));
  const reason =
    result instanceof Unknown
      ? result
      : new Unknown('external', 'what a commit tells about `self` is not in the repository');
  return attrs(entries, null, own?.open ?? reason);
}
