import { forceAttrs, forceItems, forceList, forceString } from '../arguments';
import { coerceToString } from '../coerce';
import { compare } from '../compare';
import { bool, list, record } from '../construct';
import { findAttr } from '../interpret';
import { define, type FunctionTable } from '../primop';
import { attempt, attemptLasting, ready, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, type Call, type Value } from '../value';
import { checkFunction, invoke } from './calling';
import { ELEMENT_COST } from './lists';

/** Computes a value with everything in it. */
export function forceDeep(thunk: Thunk, call: Call, seen = new Set<Value>()): void {
  const value = thunk.force();
  if (seen.has(value)) return;
  seen.add(value);
  call.machine.enter();
  try {
    if (value.type === 'list') {
      for (const item of value.items) forceDeep(item, call, seen);
      if (value.open !== null) return raise(value.open);
    }
    if (value.type === 'attrs') {
      for (const { value: inner, maybe } of value.entries.values()) {
        if (maybe !== null) return raise(maybe);
        forceDeep(inner, call, seen);
      }
      if (value.open !== null) return raise(value.open);
    }
  } finally {
    call.machine.leave();
  }
}

/** The text of an error; what is unknown in it does not make the error unknown. */
function message(thunk: Thunk, call: Call): string {
  const text = attempt(() => coerceToString(thunk.force(), call.at, call.machine, { copyPaths: false }));
  if (text instanceof Failure) return raise(text);
  return text instanceof Unknown ? `«unknown: ${text.reason}»` : text;
}

/** `builtins.genericClosure`: the elements reached from a start set, each key once, nearest first. */
function genericClosure(call: Call, argument: Thunk): Value {
  const set = forceAttrs(argument, call);
  const part = (name: string): Thunk =>
    findAttr(set, name)?.value ?? fail('missing', `attribute '${name}' missing`, call.at);
  const start = forceList(part('startSet'), call);
  let { open } = start;
  const found: Thunk[] = [];
  const keys: Value[] = [];
  const pending = [...start.items];
  if (pending.length === 0) return start;
  const operator = part('operator').force();
  for (const element of pending) {
    call.machine.spend(ELEMENT_COST);
    const added = attemptLasting(() => {
      const key = (
        findAttr(forceAttrs(element, call), 'key') ?? fail('missing', "attribute 'key' missing", call.at)
      ).value.force();
      const place = placeOf(key, keys, call);
      if (place === null) return null;
      keys.splice(place, 0, key);
      found.push(element);
      return forceList(ready(invoke(operator, [element], call)), call);
    });
    if (added instanceof Failure) return raise(added);
    if (added instanceof Unknown) open ??= added;
    else if (added !== null) {
      open ??= added.open;
      for (const item of added.items) pending.push(item);
    }
  }
  return list(found, call.at, open);
}

/** Where a key belongs among sorted ones; null when it is there already. */
function placeOf(key: Value, sorted: readonly Value[], call: Call): number | null {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(key, sorted[middle] as Value, call.at, call.machine);
    if (order === 0) return null;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  if (sorted.length === 0) compare(key, key, call.at, call.machine);
  return low;
}

export const CONTROL: FunctionTable = {
  abort: define('abort', 1, (call, text) =>
    fail('abort', `evaluation aborted with the following error message: '${message(text, call)}'`, call.at),
  ),
  throw: define('throw', 1, (call, text) => fail('throw', message(text, call), call.at)),
  addErrorContext: define('addErrorContext', 2, (_call, _context, value) => value.force()),
  break: define('break', 1, (_call, value) => value.force()),
  seq: define('seq', 2, (_call, first, value) => {
    first.force();
    return value.force();
  }),
  deepSeq: define('deepSeq', 2, (call, first, value) => {
    forceDeep(first, call);
    return value.force();
  }),
  trace: define('trace', 2, (_call, shown, value) => traced(() => shown.force(), value)),
  traceVerbose: define('traceVerbose', 2, (_call, _shown, value) => value.force()),
  warn: define('warn', 2, (call, text, value) => traced(() => forceString(text, call), value)),
  tryEval: define('tryEval', 1, (call, tried) => {
    const value = attempt(() => tried.force());
    if (value instanceof Failure && (value.kind === 'throw' || value.kind === 'assert')) {
      return record({ success: bool(false), value: bool(false) }, call.at);
    }
    if (value instanceof Failure || value instanceof Unknown) return raise(value);
    return record({ success: bool(true), value: tried }, call.at);
  }),
  "foldl'": define("foldl'", 3, (call, operator, start, items) => {
    checkFunction(operator, call);
    let accumulator = start;
    for (const item of forceItems(items, call)) {
      accumulator = ready(invoke(operator.force(), [accumulator, item], call));
    }
    return accumulator.force();
  }),
  genericClosure: define('genericClosure', 1, genericClosure),
};

/** A value after something was printed, which an unknown text does not prevent. */
function traced(print: () => unknown, value: Thunk): Value {
  const printed = attempt(print);
  return printed instanceof Failure ? raise(printed) : value.force();
}
