import { forceAttrs, forceBool, forceItems, forceString, sortedEntries } from '../arguments';
import { equal } from '../compare';
import { attr, attrs, bool, list, nullValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { concatenate } from '../operators';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { fail, unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';
import {
  field,
  interpolated,
  invoke,
  invoked,
  optionalField,
  overlay,
  readFormals,
  same,
  single,
  test,
  withFormals,
  type LibTable,
} from './support';
import { functionOf } from './trivial';

/** nixpkgs lib/deprecated/misc.nix: flags, closures, and merging of arguments. */

function checkFlag(set: Thunk, name: string, call: Call): Value {
  if (name === 'true' || name === 'false') return bool(name === 'true', call.at);
  const value = forceAttrs(set, call);
  const flags = optionalField(value, 'flags');
  const listed =
    flags !== null && forceItems(flags, call).some((flag) => equal(flag.force(), string(name), call.machine));
  return listed ? bool(true, call.at) : (optionalField(value, name)?.force() ?? bool(false, call.at));
}

/** What an argument is, or its default in a list of names with defaults. */
function valueOf(set: Thunk, defaults: Thunk, name: string, call: Call): Value {
  const given = optionalField(forceAttrs(set, call), name);
  if (given !== null) return given.force();
  const flag = checkFlag(set, name, call);
  if (flag.type === 'bool' && flag.value) return flag;
  for (const pair of forceItems(defaults, call)) {
    const [key, value] = forceItems(pair, call);
    if (key !== undefined && forceString(key, call) === name)
      return value?.force() ?? fail('type', 'list index 0 is out of bounds', call.at);
  }
  return nullValue(call.at);
}

function holds(value: Value): boolean {
  return value.type !== 'null' && !(value.type === 'bool' && !value.value);
}

function requirementsMet(set: Thunk, defaults: Thunk, conditions: Thunk, call: Call): boolean {
  return forceItems(conditions, call).every((condition) => {
    const [flag, ...needed] = forceItems(condition, call).map((name) => forceString(name, call));
    if (flag === undefined) return fail('type', 'list index 0 is out of bounds', call.at);
    const on = forceBool(ready(checkFlag(set, flag, call)), call);
    return !on || needed.every((name) => holds(valueOf(set, defaults, name, call)));
  });
}

/** Pairs of a condition's argument and a text: the texts whose condition holds, after a name. */
function concatenated(name: Thunk, pairs: Thunk, checker: Thunk, call: Call): Value {
  const items = forceItems(pairs, call);
  let whole = name;
  for (let i = 0; i < items.length; i += 2) {
    const [argument, addition] = [items[i] as Thunk, items[i + 1]];
    if (addition === undefined) return fail('type', 'list index 0 is out of bounds', call.at);
    if (test(call, checker, argument)) {
      whole = ready(string(interpolated(whole, call) + interpolated(addition, call), call.at));
    }
  }
  return whole.force();
}

function uniqueBy(argument: Thunk, call: Call): Value {
  const { inputList, outputList, getter, compare } = readFormals(argument, UNIQUE, call);
  const key = (item: Thunk): Thunk => (getter === null ? item : invoked(call, getter, item));
  const result = outputList === null ? [] : [...forceItems(outputList, call)];
  for (const item of forceItems(inputList as Thunk, call)) {
    const twice = result.some((other) =>
      compare === null ? same(key(other), key(item), call) : test(call, compare, key(other), key(item)),
    );
    if (!twice) result.push(item);
  }
  return list(result, call.at);
}

/** Everything that is reached from a list, each once by its key, the latest found first. */
function closure(argument: Thunk, call: Call): Value {
  const { startSet, operator } = readFormals(argument, CLOSURE, call);
  const waiting = [...forceItems(startSet as Thunk, call)];
  const keys: Thunk[] = [];
  const result: Thunk[] = [];
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
    call.machine.spend(1);
    const key = field(item.force(), 'key', call);
    if (keys.some((known) => same(known, key, call))) continue;
    keys.push(key);
    result.unshift(item);
    waiting.push(...forceItems(invoked(call, operator as Thunk, item), call));
  }
  return list(result, call.at);
}

function propagated(value: Value, call: Call): Thunk[] {
  return ['propagatedBuildInputs', 'propagatedNativeBuildInputs'].flatMap((name) => {
    const inputs = optionalField(value, name);
    return inputs === null ? [] : [...forceItems(inputs, call)];
  });
}

/** Packages with all they propagate, each output path once, in the order of `genericClosure`. */
function closePropagation(packages: Thunk, call: Call): Value {
  const waiting = [...forceItems(packages, call)];
  const seen: Thunk[] = [];
  const result: Thunk[] = [];
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
    call.machine.spend(1);
    const value = item.force();
    if (value.type === 'null') continue;
    const path = field(value, 'outPath', call);
    if (seen.some((known) => same(known, path, call))) continue;
    seen.push(path);
    result.push(item);
    waiting.push(...propagated(value, call));
  }
  return list(result, call.at);
}

/** The same by comparing whole packages, the latest found first. */
function innerClose(before: Thunk, packages: Thunk, call: Call): Value {
  const done = [...forceItems(before, call)];
  let waiting = [...forceItems(packages, call)];
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
    call.machine.spend(1);
    const value = item.force();
    if (value.type !== 'attrs') continue;
    done.unshift(item);
    const next: Thunk[] = [];
    for (const other of [...propagated(value, call), ...waiting]) {
      if (![...done, ...next].some((known) => same(known, other, call))) next.push(other);
    }
    waiting = next;
  }
  return list(done, call.at);
}

function closeSlowly(packages: Thunk, call: Call): Value {
  const all = forceItems(ready(innerClose(ready(list([])), packages, call)), call);
  const unique: Thunk[] = [];
  for (const item of all) if (!unique.some((known) => same(known, item, call))) unique.push(item);
  return list(unique, call.at);
}

function sumArguments(fn: Thunk, more: Thunk, before: Thunk, given: Thunk, call: Call): Value {
  if (given.force().type === 'null')
    return overlay(
      attemptLasting(() => invoke(call, fn, before, given)),
      attemptLasting(() => more.force()),
      call,
    );
  const both = lazily(() => overlay(before.force(), given.force(), call), call.at);
  return functionOf(
    define('modifySumArgs', 1, (inner, next) => sumArguments(fn, more, both, next, inner)),
    call.at,
  );
}

/** Arguments given bit by bit; the result remembers them. */
function foldArguments(merger: Thunk, fn: Thunk, first: Thunk, given: Thunk, call: Call): Value {
  const merged = lazily(() => {
    const value = given.force();
    return value.type === 'attrs' ? value : invoke(call, given, first);
  }, call.at);
  const argument = invoked(call, merger, first, merged);
  const result = forceAttrs(invoked(call, fn, argument), call);
  const before = forceAttrs(optionalField(result, 'passthru') ?? ready(attrs(new Map())), call);
  const again = functionOf(
    define('function', 1, (inner, next) => foldArguments(merger, fn, argument, next, inner)),
    call.at,
  );
  const own = record(
    {
      function: again,
      args: lazily(
        () =>
          overlay(
            optionalField(before, 'args')?.force() ?? attrs(new Map()),
            attemptLasting(() => given.force()),
            call,
          ),
        call.at,
      ),
    },
    call.at,
  );
  const passthru = overlay(before, own, call);
  return overlay(
    overlay(result, single('passthru', ready(passthru), call), call),
    record({ override: again }),
    call,
  );
}

/** Two sets of arguments; what both have is put together where that is said, and refused elsewhere. */
function withoutOverride(settings: Thunk, first: Thunk, second: Thunk, call: Call): Value {
  const { mergeLists, overrideSnd } = readFormals(settings, NO_OVERRIDE, call);
  const named = (given: Thunk | null, otherwise: readonly string[]): readonly string[] =>
    given === null ? otherwise : forceItems(given, call).map((name) => forceString(name, call));
  const joined = named(mergeLists, ['buildInputs', 'propagatedBuildInputs']);
  const kept = named(overrideSnd, ['buildPhase']);
  const [a, b] = [forceAttrs(first, call), forceAttrs(second, call)];
  const changes = new Map<string, Attr>();
  for (const [name, { value }] of sortedEntries(b, call)) {
    const own = findAttr(a, name)?.value;
    if (own === undefined) changes.set(name, attr(value, call.at));
    else if (joined.includes(name))
      changes.set(
        name,
        attr(
          lazily(() => concatenate([value.force(), own.force()], call.at)),
          call.at,
        ),
      );
    else if (!kept.includes(name))
      changes.set(
        name,
        attr(
          lazily(() =>
            fail(
              'throw',
              `error mergeAttrsNoOverride, attribute ${name} given in both attributes - no merge func defined`,
              call.at,
            ),
          ),
        ),
      );
  }
  return overlay(a, attrs(changes, call.at), call);
}

const joinLists = functionOf(
  define('concat', 2, (call, a, b) => concatenate([a.force(), b.force()], call.at)),
  null,
);
const joinSets = functionOf(
  define('mergeAttrs', 2, (call, a, b) => overlay(a.force(), b.force(), call)),
  null,
);
const joinLines = functionOf(
  define('lines', 2, (call, a, b) => string(`${interpolated(a, call)}\n${interpolated(b, call)}`, call.at)),
  null,
);

function each(names: string, value: Value): [string, Value][] {
  return names.split(' ').map((name) => [name, value]);
}

/** How arguments of these names are put together. */
const MERGES = record(
  Object.fromEntries([
    ...each(
      'nativeBuildInputs buildInputs propagatedBuildInputs configureFlags prePhases postAll patches',
      joinLists,
    ),
    ...each('passthru meta cfg flags', joinSets),
    ...each('preConfigure postInstall', joinLines),
  ]),
);

function mergeByFunction(first: Thunk, second: Thunk, call: Call): Value {
  const [a, b] = [forceAttrs(first, call), forceAttrs(second, call)];
  const said = (set: AttrsValue): Value => optionalField(set, 'mergeAttrBy')?.force() ?? attrs(new Map());
  const functions = overlay(overlay(record({ mergeAttrBy: joinSets }), said(a), call), said(b), call);
  const merged = new Map<string, Attr>();
  for (const [name, { value }] of sortedEntries(functions, call)) {
    const [left, right] = [findAttr(a, name)?.value, findAttr(b, name)?.value];
    const result =
      left !== undefined && right !== undefined ? invoked(call, value, left, right) : (left ?? right);
    if (result !== undefined) merged.set(name, attr(result, call.at));
  }
  return overlay(overlay(a, b, call), attrs(merged, call.at), call);
}

function mergeByDefaults(all: Thunk, call: Call): AttrsValue {
  let merged: Thunk = ready(record({ mergeAttrBy: MERGES }));
  for (const item of forceItems(all, call)) merged = ready(mergeByFunction(merged, item, call));
  return forceAttrs(merged, call);
}

const UNIQUE = { inputList: false, outputList: true, getter: true, compare: true } as const;
const CLOSURE = { startSet: false, operator: false } as const;
const NO_OVERRIDE = { mergeLists: true, overrideSnd: true } as const;

export const miscArguments: LibTable = {
  maybeEnv: define('maybeEnv', 2, (call) =>
    unknown('external', '`lib.maybeEnv` depends on the environment', call.at),
  ),
  checkFlag: define('checkFlag', 2, (call, set, name) => checkFlag(set, forceString(name, call), call)),
  getValue: define('getValue', 3, (call, set, defaults, name) =>
    valueOf(set, defaults, forceString(name, call), call),
  ),
  checkReqs: define('checkReqs', 3, (call, set, defaults, conditions) =>
    bool(requirementsMet(set, defaults, conditions, call), call.at),
  ),
  uniqListExt: withFormals(
    define('uniqListExt', 1, (call, argument) => uniqueBy(argument, call)),
    UNIQUE,
  ),
  condConcat: define('condConcat', 3, (call, name, pairs, checker) =>
    concatenated(name, pairs, checker, call),
  ),
  lazyGenericClosure: withFormals(
    define('lazyGenericClosure', 1, (call, argument) => closure(argument, call)),
    CLOSURE,
  ),
  modifySumArgs: define('modifySumArgs', 3, (call, fn, more, given) =>
    sumArguments(fn, more, ready(attrs(new Map())), given, call),
  ),
  innerModifySumArgs: define('innerModifySumArgs', 4, (call, fn, more, before, given) =>
    sumArguments(fn, more, before, given, call),
  ),
  innerClosePropagation: define('innerClosePropagation', 2, (call, before, packages) =>
    innerClose(before, packages, call),
  ),
  closePropagation: define('closePropagation', 1, (call, packages) => closePropagation(packages, call)),
  closePropagationFast: define('closePropagationFast', 1, (call, packages) =>
    closePropagation(packages, call),
  ),
  closePropagationSlow: define('closePropagationSlow', 1, (call, packages) => closeSlowly(packages, call)),
  foldArgs: define('foldArgs', 4, (call, merger, fn, first, given) =>
    foldArguments(merger, fn, first, given, call),
  ),
  mergeAttrsNoOverride: withFormals(
    define('mergeAttrsNoOverride', 3, (call, settings, first, second) =>
      withoutOverride(settings, first, second, call),
    ),
    NO_OVERRIDE,
  ),
  mergeAttrBy: ready(MERGES),
  mergeAttrByFunc: define('mergeAttrByFunc', 2, (call, first, second) =>
    mergeByFunction(first, second, call),
  ),
  mergeAttrsByFuncDefaults: define('mergeAttrsByFuncDefaults', 1, (call, all) => mergeByDefaults(all, call)),
  mergeAttrsByFuncDefaultsClean: define('mergeAttrsByFuncDefaultsClean', 1, (call, all) => {
    const merged = mergeByDefaults(all, call);
    return attrs(
      new Map([...merged.entries].filter(([name]) => name !== 'mergeAttrBy')),
      call.at,
      merged.open,
    );
  }),
};
