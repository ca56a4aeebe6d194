import { forceAttrs, forceList, forceString, openness } from '../arguments';
import { compareText } from '../compare';
import { attr, attrs, bool, int, list, nullValue, record, string } from '../construct';
import { findAttr, selectAttr } from '../interpret';
import { define, type FunctionTable } from '../primop';
import { attemptLasting, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Value,
} from '../value';
import { checkFunction, invokeLater } from './calling';

/** The attributes of a set by name in order, the conditional ones too. */
function inOrder(set: AttrsValue, call: Call): [string, Attr][] {
  call.machine.spend(set.entries.size);
  return [...set.entries].sort(([a], [b]) => compareText(a, b));
}

function nameThunk(name: string, { at }: Attr): Thunk {
  return ready(string(name, at));
}

/** What a list's items give, one by one; those that are unknown, and what an open list may hold, are the reason returned. */
function eachKnown<T>(
  items: Thunk,
  call: Call,
  read: (item: Thunk) => T,
  use: (known: T) => void,
): Unknown | null {
  const { items: all, open } = forceList(items, call);
  let reason = open;
  call.machine.spend(all.length);
  for (const item of all) {
    const known = attemptLasting(() => read(item));
    if (known instanceof Failure) return raise(known);
    if (known instanceof Unknown) reason ??= known;
    else use(known);
  }
  return reason;
}

function required(set: AttrsValue, name: string, call: Call): Attr {
  return findAttr(set, name) ?? fail('missing', `attribute '${name}' missing`, call.at);
}

function removeAttrs(call: Call, set: Thunk, names: Thunk): Value {
  const { entries, open } = forceAttrs(set, call);
  const kept = new Map(entries);
  const reason = eachKnown(
    names,
    call,
    (name) => forceString(name, call),
    (name) => kept.delete(name),
  );
  if (reason !== null)
    for (const [name, entry] of kept)
      kept.set(name, { value: entry.value, at: entry.at, maybe: entry.maybe ?? reason });
  return attrs(kept, call.at, open);
}

/**
 * Of two pairs with the same name the first one counts. What comes from outside the repository is taken to have other
 * names; any other pair that is not known may come before those that follow it.
 */
function listToAttrs(call: Call, pairs: Thunk): Value {
  const entries = new Map<string, Attr>();
  let hidden: Unknown | null = null;
  const read = (pair: Thunk): void => {
    const set = forceAttrs(pair, call);
    const name = required(set, 'name', call);
    const text = name.value.force();
    if (text.type !== 'string') forceString(name.value, call);
    else if (!entries.has(text.text)) {
      const value = hidden === null ? required(set, 'value', call).value : ready(hidden);
      entries.set(text.text, attr(value, text.origin ?? name.at));
    }
  };
  const remember = (pair: Thunk): void => {
    const problem = attemptLasting(() => {
      read(pair);
    });
    if (problem === undefined) return;
    if (problem instanceof Unknown && problem.cause !== 'external') hidden ??= problem;
    raise(problem);
  };
  const { open } = forceList(pairs, call);
  // What an open list holds besides may stand anywhere.
  if (open !== null && open.cause !== 'external') hidden = open;
  const more = eachKnown(pairs, call, remember, () => undefined);
  return attrs(entries, call.at, more);
}

/** The attributes of the second set that the first one has too. */
function intersectAttrs(call: Call, left: Thunk, right: Thunk): Value {
  const names = forceAttrs(left, call);
  const set = forceAttrs(right, call);
  call.machine.spend(set.entries.size);
  const entries = new Map<string, Attr>();
  for (const [name, entry] of set.entries) {
    const other = names.entries.get(name);
    if (other === undefined && names.open === null) continue;
    entries.set(name, {
      value: entry.value,
      at: entry.at,
      maybe: entry.maybe ?? (other === undefined ? names.open : other.maybe),
    });
  }
  return attrs(entries, call.at, names.entries.size === 0 && names.open === null ? null : set.open);
}

function catAttrs(call: Call, name: Thunk, sets: Thunk): Value {
  const wanted = forceString(name, call);
  const found: Thunk[] = [];
  const read = (set: Thunk): Attr | null => findAttr(forceAttrs(set, call), wanted);
  const open = eachKnown(sets, call, read, (entry) => {
    if (entry !== null) found.push(entry.value);
  });
  return list(found, call.at, open);
}

function zipAttrsWith(call: Call, fn: Thunk, sets: Thunk): Value {
  checkFunction(fn, call);
  const groups = new Map<
    string,
    { first: Attr; values: Thunk[]; certain: boolean; reason: Unknown | null }
  >();
  let inner: Unknown | null = null;
  const open = eachKnown(
    sets,
    call,
    (set) => forceAttrs(set, call),
    (set) => {
      inner ??= set.open;
      for (const [name, entry] of set.entries) {
        const group = groups.get(name) ?? { first: entry, values: [], certain: false, reason: null };
        groups.set(name, group);
        group.reason ??= entry.maybe;
        if (entry.maybe === null) {
          group.values.push(entry.value);
          group.certain = true;
        }
      }
    },
  );
  const more = open ?? inner;
  const entries = new Map<string, Attr>();
  for (const [name, { first, values, certain, reason }] of groups) {
    const all = ready(list(values, call.at, reason ?? more));
    entries.set(name, {
      value: invokeLater(fn, [nameThunk(name, first), all], call),
      at: first.at,
      maybe: certain ? null : reason,
    });
  }
  return attrs(entries, call.at, more);
}

export const ATTRIBUTE_SETS: FunctionTable = {
  attrNames: define('attrNames', 1, (call, set) => {
    const value = forceAttrs(set, call);
    const open = openness(value);
    if (open !== null) return raise(open);
    return list(
      inOrder(value, call).map(([name, entry]) => nameThunk(name, entry)),
      call.at,
    );
  }),
  attrValues: define('attrValues', 1, (call, set) => {
    const value = forceAttrs(set, call);
    const certain = inOrder(value, call).filter(([, { maybe }]) => maybe === null);
    return list(
      certain.map(([, entry]) => entry.value),
      call.at,
      openness(value),
    );
  }),
  getAttr: define('getAttr', 2, (call, name, set) =>
    selectAttr(forceAttrs(set, call), forceString(name, call), call.at),
  ),
  hasAttr: define('hasAttr', 2, (call, name, set) => {
    const wanted = forceString(name, call);
    return bool(findAttr(forceAttrs(set, call), wanted) !== null, call.at);
  }),
  mapAttrs: define('mapAttrs', 2, (call, fn, set) => {
    const { entries, open } = forceAttrs(set, call);
    call.machine.spend(entries.size);
    const mapped = new Map<string, Attr>();
    for (const [name, entry] of entries) {
      mapped.set(name, {
        value: invokeLater(fn, [nameThunk(name, entry), entry.value], call),
        at: entry.at,
        maybe: entry.maybe,
      });
    }
    return attrs(mapped, call.at, open);
  }),
  removeAttrs: define('removeAttrs', 2, removeAttrs),
  listToAttrs: define('listToAttrs', 1, listToAttrs),
  intersectAttrs: define('intersectAttrs', 2, intersectAttrs),
  catAttrs: define('catAttrs', 2, catAttrs),
  zipAttrsWith: define('zipAttrsWith', 2, zipAttrsWith),
  unsafeGetAttrPos: define('unsafeGetAttrPos', 2, (call, name, set) => {
    const wanted = forceString(name, call);
    const found = findAttr(forceAttrs(set, call), wanted);
    if (found?.at == null) return nullValue(call.at);
    const place = call.machine.placeOf?.(found.at) ?? null;
    if (place === null)
      return unknown(
        'unsupported',
        'the place of an attribute, which changes as its file is edited',
        call.at,
      );
    return record({ file: string(place.file), line: int(place.line), column: int(place.column) }, call.at);
  }),
};
