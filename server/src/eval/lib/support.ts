import { builtinNames } from '../builtins';
import { invoke as callWith, invokeLater } from '../builtins/calling';
import { coerceToString } from '../coerce';
import { equal } from '../compare';
import { attr, attrs, bool, int, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { update } from '../operators';
import { attemptLasting, inspect, lazily, ready, type Thunk } from '../thunk';
import type { Unknown } from '../value';
import {
  fail,
  Failure,
  raise,
  typeName,
  unknown,
  type Attr,
  type AttrsValue,
  type BoolValue,
  type Call,
  type ListValue,
  type Primop,
  type Value,
} from '../value';

/** What the functions of `lib` are written with. */

/** A part of `lib`: its functions, and what it holds beside them. */
export type LibTable = Readonly<Record<string, Primop | Thunk>>;

/** The builtins that a part of `lib` passes on under their own names. */
export function inherited(...names: readonly string[]): Record<string, Thunk> {
  return Object.fromEntries(names.map((name) => [name, builtin(name)]));
}

/** A builtin, looked up when it is needed. */
export function builtin(name: string): Thunk {
  return lazily(() => findBuiltin(name));
}

/** Calls a builtin. */
export function callBuiltin(name: string, call: Call, ...args: readonly Thunk[]): Value {
  return callWith(findBuiltin(name), args, call);
}

function findBuiltin(name: string): Value {
  const all = builtinNames().get('builtins')?.force();
  const found = all?.type === 'attrs' ? all.entries.get(name) : undefined;
  return found === undefined
    ? unknown('unsupported', `\`builtins.${name}\` is not something this tool evaluates`)
    : found.value.force();
}

/** Calls a function with all its arguments. */
export function invoke(call: Call, fn: Thunk, ...args: readonly Thunk[]): Value {
  return callWith(fn.force(), args, call);
}

/** The result of a call, when it is needed. */
export function invoked(call: Call, fn: Thunk, ...args: readonly Thunk[]): Thunk {
  return invokeLater(fn, args, call);
}

/** Calls a predicate. */
export function test(call: Call, predicate: Thunk, ...args: readonly Thunk[]): boolean {
  const value = invoke(call, predicate, ...args);
  return value.type === 'bool'
    ? value.value
    : fail('type', `value is ${typeName(value)} while a Boolean was expected`, call.at);
}

/** What a computation yields, or why that is unknown. */
export function tolerate<T>(run: () => T): T | Unknown {
  const result = attemptLasting(run);
  return result instanceof Failure ? raise(result) : result;
}

/** The thunk's value, or why that is unknown. */
export function known(thunk: Thunk): Value | Unknown {
  return tolerate(() => thunk.force());
}

export function text(value: string, call: Call): Thunk {
  return ready(string(value, call.at));
}

export function number(value: number | bigint, call: Call): Thunk {
  return ready(int(value, call.at));
}

export function truth(value: boolean, call: Call): BoolValue {
  return bool(value, call.at);
}

/** `{ inherit name value; }`. */
export function nameValuePair(name: Thunk, value: Thunk, call: Call): AttrsValue {
  return record({ name, value }, call.at);
}

/** `toString`. */
export function textOf(thunk: Thunk, call: Call): string {
  return coerceToString(thunk.force(), call.at, call.machine, { copyPaths: false, anything: true });
}

/** The text of a string, or of a set that stands for one, as interpolation takes it. */
export function interpolated(thunk: Thunk, call: Call): string {
  return coerceToString(thunk.force(), call.at, call.machine, { copyPaths: true });
}

/** `a == b`. */
export function same(a: Thunk, b: Thunk, call: Call): boolean {
  return equal(a.force(), b.force(), call.machine);
}

/** The attributes of a set in the order of their names, whether or not there may be more, or fewer. */
export function orderedEntries(set: AttrsValue, call: Call): [string, Attr][] {
  call.machine.spend(set.entries.size);
  return [...set.entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same set, all of which may not be there. */
export function conditional(set: AttrsValue, reason: Unknown): AttrsValue {
  const entries = new Map(
    [...set.entries].map(([name, entry]) => [
      name,
      { value: entry.value, at: entry.at, maybe: entry.maybe ?? reason },
    ]),
  );
  return attrs(entries, set.origin, set.open);
}

/** A set whose values are computed from another's. */
export function mapValues(
  set: AttrsValue,
  call: Call,
  run: (name: string, value: Thunk) => Thunk,
): AttrsValue {
  call.machine.spend(set.entries.size);
  const entries = new Map<string, Attr>();
  for (const [name, { value, at, maybe }] of set.entries)
    entries.set(name, { value: run(name, value), at, maybe });
  return attrs(entries, call.at, set.open);
}

/** A list whose elements are computed from another's. */
export function mapItems(source: ListValue, call: Call, run: (item: Thunk) => Thunk): ListValue {
  call.machine.spend(source.items.length);
  return list(source.items.map(run), call.at, source.open);
}

/** Collects the elements of a list that may stay open. */
export class ListBuilder {
  private readonly items: Thunk[] = [];
  private open: Unknown | null = null;

  add(item: Thunk): void {
    this.items.push(item);
  }
  /** There may be more. */
  leaveOpen(reason: Unknown | null): void {
    this.open ??= reason;
  }
  addAll(source: ListValue): void {
    for (const item of source.items) this.items.push(item);
    this.leaveOpen(source.open);
  }
  done(call: Call): ListValue {
    return list(this.items, call.at, this.open);
  }
}

/** The attribute of a set given by name, as a computation of its own: missing only when it is needed. */
export function selected(set: Thunk, name: string, call: Call): Thunk {
  return lazily(() => {
    const value = set.force();
    if (value.type !== 'attrs')
      return fail('type', `value is ${typeName(value)} while a set was expected`, call.at);
    return (findAttr(value, name) ?? fail('missing', `attribute '${name}' missing`, call.at)).value.force();
  }, call.at);
}

/** `value.name or null`. */
export function optionalField(value: Value, name: string): Thunk | null {
  return value.type === 'attrs' ? (findAttr(value, name)?.value ?? null) : null;
}

/** A field that must be there. */
export function field(value: Value, name: string, call: Call): Thunk {
  if (value.type !== 'attrs')
    return fail('type', `value is ${typeName(value)} while a set was expected`, call.at);
  return findAttr(value, name)?.value ?? fail('missing', `attribute '${name}' missing`, call.at);
}

/** Gives a function of one set the named arguments it takes; `true` for those with a default. */
export function withFormals(definition: Primop, formals: Readonly<Record<string, boolean>>): Primop {
  return { ...definition, formals: new Map(Object.entries(formals)) };
}

/** Reads the set of a function with named arguments: unexpected and missing ones fail, as in Nix. */
export function readFormals<N extends string>(
  argument: Thunk,
  formals: Readonly<Record<N, boolean>>,
  call: Call,
  ellipsis = false,
): Record<N, Thunk | null> {
  const value = argument.force();
  if (value.type !== 'attrs')
    return fail('type', `value is ${typeName(value)} while a set was expected`, call.at);
  const given = {} as Record<N, Thunk | null>;
  for (const name of Object.keys(formals) as N[]) {
    given[name] = findAttr(value, name)?.value ?? null;
    if (given[name] === null && !formals[name])
      return fail('type', `function called without required argument '${name}'`, call.at);
  }
  for (const name of value.entries.keys()) {
    if (!ellipsis && !(name in formals))
      return fail('type', `function called with unexpected argument '${name}'`, call.at);
  }
  return given;
}

/** How many steps of a lazy fold are left to nest. */
const NESTED = 40;
/** A list that is short enough to be folded step by step. */
const SHORT = 100;

/**
 * `foldr`: each step gets the fold of the rest unevaluated. A long list is evaluated from its far end in portions,
 * so that steps that need the rest do not nest as deep as the list is long.
 */
export function foldRight(
  items: readonly Thunk[],
  last: Thunk,
  call: Call,
  step: (item: Thunk, rest: Thunk) => Value,
): Value {
  call.machine.spend(items.length);
  let rest = last;
  const portions: Thunk[] = [];
  for (let i = items.length - 1; i >= 0; i--) {
    const [item, after] = [items[i] as Thunk, rest];
    rest = lazily(() => step(item, after), call.at);
    if (items.length > SHORT && i % NESTED === 0 && i > 0) portions.push(rest);
  }
  // What cannot be computed so far ahead is tried again, where it is needed.
  for (const portion of portions) inspect(portion);
  return rest.force();
}

/** `foldl`, whose steps get the fold of what comes before unevaluated. */
export function foldLeft(
  items: readonly Thunk[],
  first: Thunk,
  call: Call,
  step: (before: Thunk, item: Thunk) => Value,
): Value {
  return foldRight([...items].reverse(), first, call, (item, rest) => step(rest, item));
}

/** `left // right`. */
export function overlay(
  left: Value | Unknown | Failure,
  right: Value | Unknown | Failure,
  call: Call,
): AttrsValue {
  return update(left, right, call.at) as AttrsValue;
}

/** `{ ${name} = value; }`. */
export function single(name: string, value: Thunk, call: Call): AttrsValue {
  return attrs(new Map([[name, attr(value, call.at)]]), call.at);
}
