import { forceBool, forceInt, forceItems, forceList, forceString } from '../arguments';
import { ELEMENT_COST } from '../builtins/lists';
import { compareText, equal } from '../compare';
import { bool, int, list, record } from '../construct';
import { perhaps } from '../either';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, raise, typeName, Unknown, type Call, type ListValue, type Value } from '../value';
import { ordering, sorted } from './lists-order';
import {
  callBuiltin,
  foldLeft,
  foldRight,
  inherited,
  invoke,
  invoked,
  known,
  ListBuilder,
  mapValues,
  number,
  same,
  test,
  tolerate,
  type LibTable,
} from './support';

/** nixpkgs lib/lists.nix. Positions in an open list are unknown, and so is what depends on them. */

/** `imap0` and `imap1`. */
export function mapIndexed(
  source: ListValue,
  first: number,
  call: Call,
  run: (index: Thunk, item: Thunk) => Thunk,
): ListValue {
  call.machine.spend(source.items.length);
  const { open } = source;
  return list(
    source.items.map((item, index) => run(open === null ? number(index + first, call) : ready(open), item)),
    call.at,
    open,
  );
}

/** Elements that a predicate keeps; one that it cannot decide leaves the list open. */
export function keepItems(
  source: ListValue,
  call: Call,
  predicate: (item: Thunk, index: number) => boolean,
): ListValue {
  call.machine.spend(source.items.length);
  const result = new ListBuilder();
  source.items.forEach((item, index) => {
    const kept = tolerate(() => predicate(item, index));
    if (kept instanceof Unknown) result.leaveOpen(perhaps(kept, item));
    else if (kept) result.add(item);
  });
  result.leaveOpen(source.open);
  return result.done(call);
}

/** `flatten`. */
export function flatten(value: Thunk, call: Call): ListValue {
  const result = new ListBuilder();
  const visit = (thunk: Thunk): void => {
    const item = known(thunk);
    if (item instanceof Unknown) {
      result.leaveOpen(item);
      return;
    }
    if (item.type !== 'list') {
      result.add(thunk);
      return;
    }
    call.machine.spend(item.items.length);
    call.machine.enter();
    try {
      item.items.forEach(visit);
    } finally {
      call.machine.leave();
    }
    result.leaveOpen(item.open);
  };
  const whole = value.force();
  visit(ready(whole));
  return whole.type === 'list' ? result.done(call) : list([value], call.at);
}

function part(items: readonly Thunk[], from: bigint, count: bigint, call: Call): ListValue {
  const length = BigInt(items.length);
  const taken = from >= length ? 0n : from + count > length ? length - from : count;
  if (taken < 0n) return fail('type', `cannot create list of size ${taken}`, call.at);
  if (from < 0n && taken > 0n) return fail('type', `list index ${from} is out of bounds`, call.at);
  return list(items.slice(Number(from), Number(from + taken)), call.at);
}

/** The elements that occur at least once, each where it occurs first. */
function unique(source: ListValue, call: Call): ListValue {
  const result = new ListBuilder();
  const seen: Value[] = [];
  const texts = new Set<string>();
  for (const item of source.items) {
    const value = known(item);
    if (value instanceof Unknown) {
      result.leaveOpen(value);
      continue;
    }
    if (value.type === 'string') {
      if (texts.has(value.text)) continue;
      texts.add(value.text);
    } else {
      const twice = tolerate(() => seen.some((other) => equal(value, other, call.machine)));
      if (twice === true) continue;
      if (twice instanceof Unknown) result.leaveOpen(twice);
      seen.push(value);
    }
    result.add(item);
  }
  result.leaveOpen(source.open);
  return result.done(call);
}

/** Whether an element occurs in a list; a list that is not known as a whole may hold more. */
export function contains(item: Thunk, items: Thunk, call: Call): boolean {
  return forceBool(
    lazily(() => callBuiltin('elem', call, item, items)),
    call,
  );
}

/** A list given by what makes its elements. */
export function generateList(length: bigint, call: Call, run: (index: number) => Thunk): ListValue {
  if (length < 0n) return fail('type', `cannot create list of size ${length}`, call.at);
  call.machine.spend(Number(length) * ELEMENT_COST);
  return list(
    Array.from({ length: Number(length) }, (_, index) => run(index)),
    call.at,
  );
}

function findIndex(predicate: Thunk, items: Thunk, call: Call): number {
  const source = forceList(items, call);
  call.machine.spend(source.items.length);
  if (source.open !== null) {
    // Whatever is found may stand behind an unknown element.
    return raise(source.open);
  }
  return source.items.findIndex((item) => test(call, predicate, item));
}

function zip(left: Thunk, right: Thunk, call: Call, run: (a: Thunk, b: Thunk) => Thunk): ListValue {
  const [a, b] = [forceItems(left, call), forceItems(right, call)];
  return list(
    a.slice(0, Math.min(a.length, b.length)).map((item, index) => run(item, b[index] as Thunk)),
    call.at,
  );
}

function startsWith(prefix: readonly Thunk[], items: readonly Thunk[], call: Call): boolean {
  return (
    prefix.length <= items.length && prefix.every((item, index) => same(item, items[index] as Thunk, call))
  );
}

function foldStrictly(op: Thunk, first: Thunk, items: Thunk, call: Call): Value {
  first.force();
  return callBuiltin("foldl'", call, op, first, items);
}

function nonEmpty(name: string, items: Thunk, call: Call): readonly Thunk[] {
  const all = forceItems(items, call);
  return all.length > 0 ? all : fail('throw', `lists.${name}: list must not be empty!`, call.at);
}

function optionalItems(condition: Thunk, of: Thunk, call: Call, items: () => Value): Value {
  const holds = tolerate(() => forceBool(condition, call));
  if (holds instanceof Unknown) return list([], call.at, perhaps(holds, of));
  return holds ? items() : list([], call.at);
}

function clamp(value: bigint): bigint {
  return value < 0n ? 0n : value;
}

export const lists: LibTable = {
  ...inherited(
    'all',
    'any',
    'concatLists',
    'concatMap',
    'elem',
    'elemAt',
    'filter',
    'genList',
    'groupBy',
    'head',
    'isList',
    'length',
    'map',
    'partition',
    'sort',
    'tail',
  ),
  ...ordering,
  singleton: define('singleton', 1, (call, item) => list([item], call.at)),
  forEach: define('forEach', 2, (call, items, fn) => callBuiltin('map', call, fn, items)),
  foldr: define('foldr', 3, (call, op, last, items) =>
    foldRight(forceItems(items, call), last, call, (item, rest) => invoke(call, op, item, rest)),
  ),
  fold: define('fold', 3, (call, op, last, items) =>
    foldRight(forceItems(items, call), last, call, (item, rest) => invoke(call, op, item, rest)),
  ),
  foldl: define('foldl', 3, (call, op, first, items) =>
    foldLeft(forceItems(items, call), first, call, (before, item) => invoke(call, op, before, item)),
  ),
  "foldl'": define("foldl'", 3, (call, op, first, items) => foldStrictly(op, first, items, call)),
  imap0: define('imap0', 2, (call, fn, items) =>
    mapIndexed(forceList(items, call), 0, call, (index, item) => invoked(call, fn, index, item)),
  ),
  imap1: define('imap1', 2, (call, fn, items) =>
    mapIndexed(forceList(items, call), 1, call, (index, item) => invoked(call, fn, index, item)),
  ),
  ifilter0: define('ifilter0', 2, (call, predicate, items) => {
    const source = forceList(items, call);
    return keepItems(source, call, (item, index) =>
      test(call, predicate, source.open === null ? number(index, call) : ready(source.open), item),
    );
  }),
  flatten: define('flatten', 1, (call, value) => flatten(value, call)),
  remove: define('remove', 2, (call, item, items) =>
    keepItems(forceList(items, call), call, (other) => !same(other, item, call)),
  ),
  findSingle: define('findSingle', 4, (call, predicate, none, many, items) => {
    const found = keepItems(forceList(items, call), call, (item) => test(call, predicate, item));
    if (found.items.length > 1) return many.force();
    if (found.open !== null) return raise(found.open);
    return (found.items[0] ?? none).force();
  }),
  findFirstIndex: define('findFirstIndex', 3, (call, predicate, none, items) => {
    const index = findIndex(predicate, items, call);
    return index < 0 ? none.force() : int(index, call.at);
  }),
  findFirst: define('findFirst', 3, (call, predicate, none, items) => {
    const index = findIndex(predicate, items, call);
    return (index < 0 ? none : (forceItems(items, call)[index] as Thunk)).force();
  }),
  count: define('count', 2, (call, predicate, items) =>
    int(forceItems(items, call).filter((item) => test(call, predicate, item)).length, call.at),
  ),
  optional: define('optional', 2, (call, condition, item) =>
    optionalItems(condition, item, call, () => list([item], call.at)),
  ),
  optionals: define('optionals', 2, (call, condition, items) =>
    optionalItems(condition, items, call, () => items.force()),
  ),
  toList: define('toList', 1, (call, value) =>
    value.force().type === 'list' ? value.force() : list([value], call.at),
  ),
  range: define('range', 2, (call, first, last) => {
    const [from, to] = [forceInt(first, call), forceInt(last, call)];
    return from > to
      ? list([], call.at)
      : generateList(to - from + 1n, call, (index) => number(from + BigInt(index), call));
  }),
  replicate: define('replicate', 2, (call, times, item) =>
    generateList(forceInt(times, call), call, () => item),
  ),
  "groupBy'": define("groupBy'", 4, (call, op, first, predicate, items) => {
    const groups = callBuiltin('groupBy', call, predicate, items);
    if (groups.type !== 'attrs')
      return fail('type', `value is ${typeName(groups)} while a set was expected`, call.at);
    return mapValues(groups, call, (_name, group) =>
      lazily(
        () =>
          foldLeft(forceItems(group, call), first, call, (before, item) => invoke(call, op, before, item)),
        call.at,
      ),
    );
  }),
  zipListsWith: define('zipListsWith', 3, (call, fn, left, right) =>
    zip(left, right, call, (a, b) => invoked(call, fn, a, b)),
  ),
  zipLists: define('zipLists', 2, (call, left, right) =>
    zip(left, right, call, (fst, snd) => ready(record({ fst, snd }, call.at))),
  ),
  reverseList: define('reverseList', 1, (call, items) => {
    const source = forceList(items, call);
    call.machine.spend(source.items.length);
    return list([...source.items].reverse(), call.at, source.open);
  }),
  take: define('take', 2, (call, count, items) =>
    part(forceItems(items, call), 0n, forceInt(count, call), call),
  ),
  takeEnd: define('takeEnd', 2, (call, count, items) => {
    const all = forceItems(items, call);
    return part(all, clamp(BigInt(all.length) - forceInt(count, call)), BigInt(all.length), call);
  }),
  drop: define('drop', 2, (call, count, items) => {
    const all = forceItems(items, call);
    return part(all, forceInt(count, call), BigInt(all.length), call);
  }),
  dropEnd: define('dropEnd', 2, (call, count, items) => {
    const all = forceItems(items, call);
    return part(all, 0n, clamp(BigInt(all.length) - forceInt(count, call)), call);
  }),
  hasPrefix: define('hasPrefix', 2, (call, prefix, items) =>
    bool(startsWith(forceItems(prefix, call), forceItems(items, call), call), call.at),
  ),
  removePrefix: define('removePrefix', 2, (call, prefix, items) => {
    const [start, all] = [forceItems(prefix, call), forceItems(items, call)];
    if (startsWith(start, all, call)) return list(all.slice(start.length), call.at);
    return fail(
      'throw',
      'lib.lists.removePrefix: First argument is not a list prefix of the second argument',
      call.at,
    );
  }),
  sublist: define('sublist', 3, (call, from, count, items) =>
    part(forceItems(items, call), forceInt(from, call), forceInt(count, call), call),
  ),
  commonPrefix: define('commonPrefix', 2, (call, left, right) => {
    const [a, b] = [forceItems(left, call), forceItems(right, call)];
    let length = 0;
    while (length < a.length && length < b.length && same(a[length] as Thunk, b[length] as Thunk, call))
      length++;
    return list(a.slice(0, length), call.at);
  }),
  last: define('last', 1, (call, items) => (nonEmpty('last', items, call).at(-1) as Thunk).force()),
  init: define('init', 1, (call, items) => list(nonEmpty('init', items, call).slice(0, -1), call.at)),
  crossLists: define('crossLists', 2, (call, fn, sources) => {
    let functions: readonly Thunk[] = [fn];
    for (const source of forceItems(sources, call)) {
      const choices = forceItems(source, call);
      functions = functions.flatMap((partial) => choices.map((item) => invoked(call, partial, item)));
    }
    return list(functions, call.at);
  }),
  unique: define('unique', 1, (call, items) => unique(forceList(items, call), call)),
  uniqueStrings: define('uniqueStrings', 1, (call, items) => {
    const texts = keepItems(
      forceList(items, call),
      call,
      (item) => typeof forceString(item, call) === 'string',
    );
    return sorted(
      unique(texts, call),
      call,
      (a, b) => compareText(forceString(a, call), forceString(b, call)) < 0,
    );
  }),
  allUnique: define('allUnique', 1, (call, items) => {
    const source = forceList(items, call);
    const kept = unique(list(forceItems(items, call), call.at), call);
    return kept.open === null ? bool(kept.items.length === source.items.length, call.at) : raise(kept.open);
  }),
  intersectLists: define('intersectLists', 2, (call, wanted, items) =>
    keepItems(forceList(items, call), call, (item) => contains(item, wanted, call)),
  ),
  subtractLists: define('subtractLists', 2, (call, unwanted, items) =>
    keepItems(forceList(items, call), call, (item) => !contains(item, unwanted, call)),
  ),
  mutuallyExclusive: define('mutuallyExclusive', 2, (call, a, b) => {
    const [left, right] = [forceList(a, call), forceList(b, call)];
    if (left.open === null && left.items.length === 0) return bool(true, call.at);
    const common = keepItems(right, call, (item) => contains(item, a, call));
    if (common.items.length > 0) return bool(false, call.at);
    return common.open === null ? bool(true, call.at) : raise(common.open);
  }),
  concatAttrValues: define('concatAttrValues', 1, (call, set) =>
    callBuiltin(
      'concatLists',
      call,
      lazily(() => callBuiltin('attrValues', call, set)),
    ),
  ),
  replaceElemAt: define('replaceElemAt', 3, (call, items, index, item) => {
    const [all, at] = [forceItems(items, call), forceInt(index, call)];
    if (at < 0n || at >= BigInt(all.length)) {
      return fail(
        'throw',
        `'lists.replaceElemAt' called with index ${at} on a list of size ${all.length}`,
        call.at,
      );
    }
    return list(
      all.map((other, place) => (BigInt(place) === at ? item : other)),
      call.at,
    );
  }),
};
