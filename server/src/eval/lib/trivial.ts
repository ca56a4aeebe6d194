import { forceBool, forceInt, forceItems, forceList, forceString } from '../arguments';
import { compare, equal } from '../compare';
import { bool, int, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { arithmetic, concatenate } from '../operators';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, unknown, type Call, type Origin, type Primop, type Value } from '../value';
import {
  callBuiltin,
  inherited,
  interpolated,
  invoke,
  invoked,
  known,
  number,
  overlay,
  test,
  textOf,
  tolerate,
  type LibTable,
} from './support';

/** nixpkgs lib/trivial.nix. */

/** What depends on the release of nixpkgs in use. */
function ofTheRelease(name: string): Thunk {
  return lazily(() => unknown('external', `\`lib.${name}\` depends on the release of nixpkgs`));
}

/** What `functionArgs` tells of a function, also of one made with `setFunctionArgs`. */
export function namedArguments(fn: Thunk, call: Call): Value {
  const value = fn.force();
  if (value.type !== 'attrs') return callBuiltin('functionArgs', call, fn);
  const functor = findAttr(value, '__functor');
  if (functor === null) return callBuiltin('functionArgs', call, fn);
  return (
    findAttr(value, '__functionArgs')?.value.force() ??
    callBuiltin('functionArgs', call, invoked(call, functor.value, fn))
  );
}

/** Whether a value can be called, also through `__functor`. */
export function isFunction(fn: Thunk, call: Call): boolean {
  const value = fn.force();
  if (value.type === 'lambda' || value.type === 'primop') return true;
  const functor = value.type === 'attrs' ? findAttr(value, '__functor') : null;
  return functor !== null && isFunction(invoked(call, functor.value, fn), call);
}

/** A function that says of itself which named arguments it takes. */
export function withArguments(fn: Thunk, args: Thunk, call: Call): Value {
  const self = define('__functor', 1, () => fn.force());
  return record({ __functor: ready(functionOf(self, call.at)), __functionArgs: args }, call.at);
}

export function functionOf(definition: Primop, origin: Origin): Value {
  return { type: 'primop', primop: definition, given: [], origin };
}

function chosen(first: boolean, a: Thunk, b: Thunk): Value {
  return (first ? a : b).force();
}

function ordered(a: Thunk, b: Thunk, call: Call): number {
  return compare(a.force(), b.force(), call.at, call.machine);
}

/** `cond: message: x: x`, which refuses. */
function throwing(refuses: boolean, message: Thunk, value: Thunk, call: Call): Value {
  return refuses ? fail('throw', forceString(message, call), call.at) : value.force();
}

/** A value with a warning, which is nobody's here. The message is evaluated for the failures it may hold. */
function warned(message: Thunk, value: Thunk, call: Call): Value {
  const told = known(message);
  if (!(told instanceof Unknown) && told.type !== 'string')
    return fail('assert', 'assertion failed', call.at);
  return value.force();
}

/** `showWarnings`. */
export function showWarnings(warnings: Thunk, value: Thunk, call: Call): Value {
  const messages = known(warnings);
  if (!(messages instanceof Unknown))
    for (const message of forceList(warnings, call).items) warned(message, value, call);
  return value.force();
}

function read(builtinName: string, file: Thunk, call: Call): Value {
  return callBuiltin(
    builtinName,
    call,
    lazily(() => callBuiltin('readFile', call, file)),
  );
}

function baseDigits(base: bigint, value: bigint, call: Call): bigint[] {
  if (base < 2n || value < 0n) return fail('assert', 'assertion failed', call.at);
  const digits: bigint[] = [];
  let rest = value;
  do {
    digits.unshift(rest % base);
    rest /= base;
  } while (rest > 0n);
  return digits;
}

function fromHex(argument: Thunk, call: Call): Value {
  const text = forceString(argument, call);
  const digits = /^(?:0x)?([0-9a-f]+)$/i.exec(text)?.[1];
  if (digits === undefined || BigInt(`0x${digits}`) >= 1n << 63n)
    return fail('type', `fromHexString: ${text} is not a valid input`, call.at);
  return int(BigInt(`0x${digits}`), call.at);
}

/** `||` or `&&`: the second side is only asked where the first one does not decide. */
function either(a: Thunk, b: Thunk, decisive: boolean, call: Call): Value {
  return bool(forceBool(a, call) === decisive ? decisive : forceBool(b, call), call.at);
}

export const trivial: LibTable = {
  ...inherited(
    'add',
    'bitAnd',
    'bitOr',
    'bitXor',
    'ceil',
    'deepSeq',
    'div',
    'floor',
    'genericClosure',
    'isBool',
    'isFloat',
    'isInt',
    'lessThan',
    'mul',
    'pathExists',
    'readFile',
    'seq',
    'sub',
  ),
  id: define('id', 1, (_call, value) => value.force()),
  const: define('const', 2, (_call, value) => value.force()),
  pipe: define('pipe', 2, (call, value, functions) =>
    forceItems(functions, call)
      .reduce((before, fn) => ready(invoke(call, fn, before)), value)
      .force(),
  ),
  concat: define('concat', 2, (call, a, b) =>
    concatenate([attemptLasting(() => a.force()), attemptLasting(() => b.force())], call.at),
  ),
  or: define('or', 2, (call, a, b) => either(a, b, true, call)),
  and: define('and', 2, (call, a, b) => either(a, b, false, call)),
  xor: define('xor', 2, (call, a, b) => bool(forceBool(a, call) !== forceBool(b, call), call.at)),
  bitNot: define('bitNot', 1, (call, value) => arithmetic('-', int(-1), value.force(), call.at)),
  boolToString: define('boolToString', 1, (call, value) =>
    string(forceBool(value, call) ? 'true' : 'false', call.at),
  ),
  boolToYesNo: define('boolToYesNo', 1, (call, value) =>
    string(forceBool(value, call) ? 'yes' : 'no', call.at),
  ),
  mergeAttrs: define('mergeAttrs', 2, (call, a, b) =>
    overlay(
      attemptLasting(() => a.force()),
      attemptLasting(() => b.force()),
      call,
    ),
  ),
  flip: define('flip', 3, (call, fn, a, b) => invoke(call, fn, b, a)),
  defaultTo: define('defaultTo', 2, (_call, fallback, value) =>
    chosen(value.force().type === 'null', fallback, value),
  ),
  mapNullable: define('mapNullable', 2, (call, fn, value) =>
    value.force().type === 'null' ? value.force() : invoke(call, fn, value),
  ),
  version: ofTheRelease('version'),
  release: ofTheRelease('release'),
  codeName: ofTheRelease('codeName'),
  versionSuffix: ofTheRelease('versionSuffix'),
  nixpkgsVersion: ofTheRelease('nixpkgsVersion'),
  oldestSupportedRelease: ofTheRelease('oldestSupportedRelease'),
  oldestSupportedReleaseIsAtLeast: define('oldestSupportedReleaseIsAtLeast', 1, () =>
    ofTheRelease('oldestSupportedReleaseIsAtLeast').force(),
  ),
  isInOldestRelease: define('isInOldestRelease', 1, () => ofTheRelease('isInOldestRelease').force()),
  revisionWithDefault: define('revisionWithDefault', 1, () => ofTheRelease('revisionWithDefault').force()),
  inNixShell: lazily(() => unknown('external', '`lib.inNixShell` depends on the environment')),
  inPureEvalMode: lazily(() => unknown('external', '`lib.inPureEvalMode` depends on how Nix is called')),
  min: define('min', 2, (call, a, b) => chosen(ordered(a, b, call) < 0, a, b)),
  max: define('max', 2, (call, a, b) => chosen(ordered(a, b, call) > 0, a, b)),
  mod: define('mod', 2, (call, base, by) => {
    const [a, b] = [base.force(), by.force()];
    return arithmetic('-', a, arithmetic('*', b, arithmetic('/', a, b, call.at), call.at), call.at);
  }),
  compare: define('compare', 2, (call, a, b) => int(Math.sign(ordered(a, b, call)), call.at)),
  // Its arguments are a predicate, two orders, and the two values.
  splitByAndCompare: {
    name: 'splitByAndCompare',
    arity: 5,
    run: (args, call) => {
      const [predicate, yes, no, a, b] = args as [Thunk, Thunk, Thunk, Thunk, Thunk];
      const [left, right] = [test(call, predicate, a), test(call, predicate, b)];
      if (left !== right) return int(left ? -1 : 1, call.at);
      return invoke(call, left ? yes : no, a, b);
    },
  },
  importJSON: define('importJSON', 1, (call, file) => read('fromJSON', file, call)),
  importTOML: define('importTOML', 1, (call, file) => read('fromTOML', file, call)),
  warn: define('warn', 2, (call, message, value) => warned(message, value, call)),
  warnIf: define('warnIf', 3, (call, condition, message, value) =>
    tolerate(() => forceBool(condition, call)) === true ? warned(message, value, call) : value.force(),
  ),
  warnIfNot: define('warnIfNot', 3, (call, condition, message, value) =>
    tolerate(() => forceBool(condition, call)) === false ? warned(message, value, call) : value.force(),
  ),
  throwIfNot: define('throwIfNot', 3, (call, condition, message, value) =>
    throwing(!forceBool(condition, call), message, value, call),
  ),
  throwIf: define('throwIf', 3, (call, condition, message, value) =>
    throwing(forceBool(condition, call), message, value, call),
  ),
  checkListOfEnum: define('checkListOfEnum', 4, (call, message, valid, given, value) => {
    const [allowed, items] = [forceItems(valid, call), forceItems(given, call)];
    const wrong = items.filter(
      (item) => !allowed.some((other) => equal(item.force(), other.force(), call.machine)),
    );
    if (wrong.length === 0) return value.force();
    const show = (all: readonly Thunk[]): string => all.map((item) => textOf(item, call)).join(', ');
    return fail(
      'throw',
      `${interpolated(message, call)}: ${show(wrong)} unexpected; valid ones: ${show(allowed)}`,
      call.at,
    );
  }),
  info: define('info', 2, (call, message, value) => {
    tolerate(() => interpolated(message, call));
    return value.force();
  }),
  showWarnings: define('showWarnings', 2, (call, warnings, value) => showWarnings(warnings, value, call)),
  setFunctionArgs: define('setFunctionArgs', 2, (call, fn, args) => withArguments(fn, args, call)),
  functionArgs: define('functionArgs', 1, (call, fn) => namedArguments(fn, call)),
  isFunction: define('isFunction', 1, (call, value) => bool(isFunction(value, call), call.at)),
  mirrorFunctionArgs: define('mirrorFunctionArgs', 2, (call, fn, other) =>
    withArguments(
      other,
      lazily(() => namedArguments(fn, call)),
      call,
    ),
  ),
  toFunction: define('toFunction', 1, (call, value) =>
    isFunction(value, call)
      ? value.force()
      : functionOf(
          define('toFunction', 1, () => value.force()),
          call.at,
        ),
  ),
  fromHexString: define('fromHexString', 1, (call, value) => fromHex(value, call)),
  toHexString: define('toHexString', 1, (call, value) =>
    string(
      baseDigits(16n, forceInt(value, call), call)
        .map((digit) => digit.toString(16).toUpperCase())
        .join(''),
      call.at,
    ),
  ),
  toBaseDigits: define('toBaseDigits', 2, (call, base, value) =>
    list(
      baseDigits(forceInt(base, call), forceInt(value, call), call).map((digit) => number(digit, call)),
      call.at,
    ),
  ),
};
