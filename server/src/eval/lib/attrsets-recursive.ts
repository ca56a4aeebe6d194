import { forceAttrs, sortedEntries } from '../arguments';
import { equal } from '../compare';
import { attrs, bool } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  raise,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type ListValue,
  type Value,
} from '../value';
import { keep } from './attrsets';
import { pathList } from './attrsets-paths';
import {
  conditional,
  invoke,
  invoked,
  known,
  ListBuilder,
  mapValues,
  orderedEntries,
  overlay,
  test,
  text,
  tolerate,
  type LibTable,
} from './support';

/** nixpkgs lib/attrsets.nix: what goes into sets within sets. */

/** A set to which something unknown may add at any depth. */
function openedDeep(thunk: Thunk, reason: Unknown, call: Call): Thunk {
  return lazily(() => {
    const value = thunk.force();
    if (value.type !== 'attrs') return value;
    return {
      ...mapValues(value, call, (_name, inner) => openedDeep(inner, reason, call)),
      origin: value.origin,
      open: value.open ?? reason,
    };
  }, thunk.origin);
}

type Stop = (path: readonly string[], left: Thunk, right: Thunk) => boolean;

/** What two attributes of one name make. */
function updatedValue(here: readonly string[], below: Attr, over: Attr, call: Call, stop: Stop): Value {
  if (stop(here, below.value, over.value))
    return over.maybe === null ? over.value.force() : raise(over.maybe);
  const side = ({ value, maybe }: Attr): AttrsValue =>
    maybe === null ? forceAttrs(value, call) : conditional(forceAttrs(value, call), maybe);
  return updateUntil(here, side(below), side(over), call, stop);
}

/** `recursiveUpdateUntil` below a path. */
function updateUntil(
  path: readonly string[],
  left: AttrsValue,
  right: AttrsValue,
  call: Call,
  stop: Stop,
): AttrsValue {
  const plain = overlay(left, right, call);
  const entries = new Map(plain.entries);
  for (const [name, entry] of plain.entries) {
    const [below, over] = [left.entries.get(name), right.entries.get(name)];
    if (below !== undefined && over !== undefined) {
      const value = lazily(() => updatedValue([...path, name], below, over, call, stop), call.at);
      entries.set(name, { value, at: over.at, maybe: over.maybe === null ? null : below.maybe });
      continue;
    }
    const more = below === undefined ? left.open : right.open;
    if (more !== null)
      entries.set(name, { value: openedDeep(entry.value, more, call), at: entry.at, maybe: entry.maybe });
  }
  return attrs(entries, call.at, plain.open);
}

/** `recursiveUpdate`; what an unknown side leaves known is as in `//`, but at any depth. */
export function recursiveUpdate(left: Thunk, right: Thunk, call: Call): AttrsValue {
  const [below, over] = [known(left), known(right)];
  if (below instanceof Unknown && over instanceof Unknown) return raise(below);
  const side = (value: Value | Unknown): AttrsValue =>
    value instanceof Unknown ? attrs(new Map(), call.at, value) : forceAttrs(ready(value), call);
  return updateUntil(
    [],
    side(below),
    side(over),
    call,
    (_path, a, b) => a.force().type !== 'attrs' || b.force().type !== 'attrs',
  );
}

function mapRecursive(
  path: readonly string[],
  set: AttrsValue,
  call: Call,
  descend: (set: Thunk) => boolean,
  fn: Thunk,
): AttrsValue {
  return mapValues(set, call, (name, value) => {
    const here = [...path, name];
    return lazily(() => {
      const inner = value.force();
      if (inner.type === 'attrs' && descend(value)) return mapRecursive(here, inner, call, descend, fn);
      return invoke(call, fn, pathList(here, call), value);
    }, value.origin);
  });
}

function listRecursive(
  path: readonly string[],
  set: AttrsValue,
  call: Call,
  descend: (path: Thunk, set: Thunk) => boolean,
  fn: Thunk,
): ListValue {
  const result = new ListBuilder();
  for (const [name, { value, maybe }] of orderedEntries(set, call)) {
    if (maybe !== null) {
      result.leaveOpen(maybe);
      continue;
    }
    const here = [...path, name];
    const inner = tolerate(() => {
      const value_ = value.force();
      return value_.type === 'attrs' && descend(pathList(here, call), value) ? value_ : null;
    });
    if (inner instanceof Unknown) result.leaveOpen(inner);
    else if (inner === null) result.add(invoked(call, fn, pathList(here, call), value));
    else result.addAll(listRecursive(here, inner, call, descend, fn));
  }
  result.leaveOpen(set.open);
  return result.done(call);
}

function filterRecursive(set: AttrsValue, predicate: Thunk, call: Call): AttrsValue {
  const kept = keep(set, call, (name, value) => test(call, predicate, text(name, call), value));
  return mapValues(kept, call, (_name, value) =>
    lazily(() => {
      const inner = value.force();
      return inner.type === 'attrs' ? filterRecursive(inner, predicate, call) : inner;
    }, value.origin),
  );
}

function collect(predicate: Thunk, thunk: Thunk, call: Call, into: ListBuilder): void {
  const found = tolerate(() => test(call, predicate, thunk));
  if (found instanceof Unknown) {
    into.leaveOpen(found);
    return;
  }
  if (found) {
    into.add(thunk);
    return;
  }
  const value = known(thunk);
  if (value instanceof Unknown) into.leaveOpen(value);
  if (value instanceof Unknown || value.type !== 'attrs') return;
  call.machine.enter();
  try {
    for (const [, { value: inner, maybe }] of orderedEntries(value, call)) {
      if (maybe === null) collect(predicate, inner, call, into);
      else into.leaveOpen(maybe);
    }
  } finally {
    call.machine.leave();
  }
  into.leaveOpen(value.open);
}

/** `matchAttrs`. */
export function matches(pattern: Value, value: Value, call: Call): boolean {
  if (pattern.type !== 'attrs') return fail('assert', 'assertion failed', call.at);
  return sortedEntries(pattern, call).every(([name, { value: wanted }]) => {
    const found = value.type === 'attrs' ? findAttr(value, name) : null;
    if (found === null) return false;
    const [left, right] = [wanted.force(), found.value.force()];
    if (left.type === 'attrs') return right.type === 'attrs' && matches(left, right, call);
    return equal(left, right, call.machine);
  });
}

export const recursion: LibTable = {
  filterAttrsRecursive: define('filterAttrsRecursive', 2, (call, predicate, set) =>
    filterRecursive(forceAttrs(set, call), predicate, call),
  ),
  collect: define('collect', 2, (call, predicate, set) => {
    const result = new ListBuilder();
    collect(predicate, set, call, result);
    return result.done(call);
  }),
  mapAttrsRecursive: define('mapAttrsRecursive', 2, (call, fn, set) =>
    mapRecursive([], forceAttrs(set, call), call, () => true, fn),
  ),
  mapAttrsRecursiveCond: define('mapAttrsRecursiveCond', 3, (call, condition, fn, set) =>
    mapRecursive([], forceAttrs(set, call), call, (inner) => test(call, condition, inner), fn),
  ),
  mapAttrsToListRecursive: define('mapAttrsToListRecursive', 2, (call, fn, set) =>
    listRecursive([], forceAttrs(set, call), call, () => true, fn),
  ),
  mapAttrsToListRecursiveCond: define('mapAttrsToListRecursiveCond', 3, (call, condition, fn, set) =>
    listRecursive([], forceAttrs(set, call), call, (path, inner) => test(call, condition, path, inner), fn),
  ),
  recursiveUpdateUntil: define('recursiveUpdateUntil', 3, (call, predicate, left, right) =>
    updateUntil([], forceAttrs(left, call), forceAttrs(right, call), call, (path, a, b) =>
      test(call, predicate, pathList(path, call), a, b),
    ),
  ),
  recursiveUpdate: define('recursiveUpdate', 2, (call, left, right) => recursiveUpdate(left, right, call)),
  matchAttrs: define('matchAttrs', 2, (call, pattern, set) =>
    bool(matches(pattern.force(), set.force(), call), call.at),
  ),
};
