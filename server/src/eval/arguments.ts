import { compareText } from './compare';
import type { Thunk } from './thunk';
import {
  fail,
  raise,
  typeName,
  type Attr,
  type AttrsValue,
  type Call,
  type ListValue,
  type Origin,
  type Unknown,
  type Value,
} from './value';

/** What primops use to read their arguments. All throw `Unknown` or `Failure` where the argument is not what is asked. */

function wrong(value: Value, expected: string, at: Origin): never {
  return fail('type', `value is ${typeName(value)} while ${expected} was expected`, at);
}

export function forceBool(thunk: Thunk, call: Call): boolean {
  const value = thunk.force();
  return value.type === 'bool' ? value.value : wrong(value, 'a Boolean', call.at);
}

export function forceInt(thunk: Thunk, call: Call): bigint {
  const value = thunk.force();
  return value.type === 'int' ? value.value : wrong(value, 'an integer', call.at);
}

/** A string; paths and sets are not coerced. */
export function forceString(thunk: Thunk, call: Call): string {
  const value = thunk.force();
  return value.type === 'string' ? value.text : wrong(value, 'a string', call.at);
}

/** A list, which may be open. */
export function forceList(thunk: Thunk, call: Call): ListValue {
  const value = thunk.force();
  return value.type === 'list' ? value : wrong(value, 'a list', call.at);
}

/** All elements of a list; an open one is unknown. */
export function forceItems(thunk: Thunk, call: Call): readonly Thunk[] {
  const value = forceList(thunk, call);
  if (value.open !== null) return raise(value.open);
  call.machine.spend(value.items.length);
  return value.items;
}

/** A set, which may be open. */
export function forceAttrs(thunk: Thunk, call: Call): AttrsValue {
  const value = thunk.force();
  return value.type === 'attrs' ? value : wrong(value, 'a set', call.at);
}

/** All attributes of a set, by name in order; an open one, or one that holds a conditional attribute, is unknown. */
export function forceEntries(thunk: Thunk, call: Call): [string, Attr][] {
  return sortedEntries(forceAttrs(thunk, call), call);
}

/** The attributes of a set that is known as a whole, by name in order. */
export function sortedEntries(set: AttrsValue, call: Call): [string, Attr][] {
  const open = openness(set);
  if (open !== null) return raise(open);
  call.machine.spend(set.entries.size);
  return [...set.entries].sort(([a], [b]) => compareText(a, b));
}

/** Why it is not known which attributes a set has; null when it is. */
export function openness(set: AttrsValue): Unknown | null {
  if (set.open !== null) return set.open;
  for (const { maybe } of set.entries.values()) if (maybe !== null) return maybe;
  return null;
}
