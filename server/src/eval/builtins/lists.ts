import { forceBool, forceInt, forceList, forceString } from '../arguments';
import { equal } from '../compare';
import { attr, attrs, bool, int, list, record } from '../construct';
import { perhaps } from '../either';
import { concatenate } from '../operators';
import { define, type FunctionTable } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, type Attr, type Call, type ListValue, type Value } from '../value';
import { checkFunction, invoke, invokeLater } from './calling';

/** Calls a predicate; what it answers may be unknown. */
function test(predicate: Value, item: Thunk, call: Call): boolean | Unknown {
  const answer = attemptLasting(() => forceBool(ready(invoke(predicate, [item], call)), call));
  return answer instanceof Failure ? raise(answer) : answer;
}

/** Whether one of the items gives this answer. Nix stops at the first that does, so an unknown one hides later failures. */
function some(answer: boolean, predicate: Thunk, list: Thunk, call: Call): boolean {
  checkFunction(predicate, call);
  const items = forceList(list, call);
  let unknown = items.open;
  if (items.items.length === 0 && unknown === null) return false;
  const fn = predicate.force();
  for (const item of items.items) {
    call.machine.spend(1);
    const found = attemptLasting(() => test(fn, item, call));
    if (found instanceof Failure) return raise(unknown ?? found);
    if (found instanceof Unknown) unknown ??= found;
    else if (found === answer) return true;
  }
  return unknown === null ? false : raise(unknown);
}

/** Items sorted by what comes before what; equal ones keep their order. */
function mergeSort(items: readonly Thunk[], before: (a: Thunk, b: Thunk) => boolean): readonly Thunk[] {
  if (items.length < 2) return items;
  const middle = items.length >> 1;
  const left = mergeSort(items.slice(0, middle), before);
  const right = mergeSort(items.slice(middle), before);
  const sorted: Thunk[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i] as Thunk, right[j] as Thunk];
    if (before(b, a)) {
      sorted.push(b);
      j++;
    } else {
      sorted.push(a);
      i++;
    }
  }
  return [...sorted, ...left.slice(i), ...right.slice(j)];
}

/** All elements of a list of which not all are going to be visited, so that its length costs nothing. */
function closedItems(list: Thunk, call: Call): readonly Thunk[] {
  const { items, open } = forceList(list, call);
  return open === null ? items : raise(open);
}

function first(items: Thunk, name: string, call: Call): readonly Thunk[] {
  const all = closedItems(items, call);
  return all.length > 0 ? all : fail('type', `'builtins.${name}' called on an empty list`, call.at);
}

/** What each element of a list costs whose length is a number given: it takes more room than a step takes time. */
export const ELEMENT_COST = 10;

export const LISTS: FunctionTable = {
  length: define('length', 1, (call, items) => int(closedItems(items, call).length, call.at)),
  head: define('head', 1, (call, items) => (first(items, 'head', call)[0] as Thunk).force()),
  tail: define('tail', 1, (call, items) => {
    const rest = first(items, 'tail', call).slice(1);
    call.machine.spend(rest.length);
    return list(rest, call.at);
  }),
  elemAt: define('elemAt', 2, (call, items, index) => {
    const at = forceInt(index, call);
    const all = closedItems(items, call);
    const item = at < 0n ? undefined : all[Number(at)];
    return (
      item?.force() ??
      fail('type', `'builtins.elemAt' called with index ${at} on a list of size ${all.length}`, call.at)
    );
  }),
  map: define('map', 2, (call, fn, items) => {
    const { items: all, open } = forceList(items, call);
    if (all.length > 0) checkFunction(fn, call);
    call.machine.spend(all.length);
    return list(
      all.map((item) => invokeLater(fn, [item], call)),
      call.at,
      open,
    );
  }),
  genList: define('genList', 2, (call, fn, length) => {
    const count = forceInt(length, call);
    if (count < 0n) return fail('type', `cannot create list of size ${count}`, call.at);
    checkFunction(fn, call);
    call.machine.spend(Number(count) * ELEMENT_COST);
    return list(
      Array.from({ length: Number(count) }, (_, i) => invokeLater(fn, [ready(int(i))], call)),
      call.at,
    );
  }),
  filter: define('filter', 2, (call, predicate, items) => {
    const { items: all, open } = forceList(items, call);
    if (all.length === 0) return list(all, call.at, open);
    const fn = predicate.force();
    const kept: Thunk[] = [];
    let unknown = open;
    for (const item of all) {
      call.machine.spend(1);
      const wanted = test(fn, item, call);
      if (wanted instanceof Unknown) unknown ??= perhaps(wanted, item);
      else if (wanted) kept.push(item);
    }
    return list(kept, call.at, unknown);
  }),
  partition: define('partition', 2, (call, predicate, items) => {
    checkFunction(predicate, call);
    const { items: all, open } = forceList(items, call);
    const fn = predicate.force();
    const [right, wrong]: [Thunk[], Thunk[]] = [[], []];
    let unknown = open;
    for (const item of all) {
      call.machine.spend(1);
      const wanted = test(fn, item, call);
      if (wanted instanceof Unknown) unknown ??= wanted;
      else (wanted ? right : wrong).push(item);
    }
    return record({ right: list(right, call.at, unknown), wrong: list(wrong, call.at, unknown) }, call.at);
  }),
  groupBy: define('groupBy', 2, (call, fn, items) => {
    checkFunction(fn, call);
    const { items: all, open } = forceList(items, call);
    const groups = new Map<string, Thunk[]>();
    let unknown = open;
    for (const item of all) {
      call.machine.spend(1);
      const key = attemptLasting(() => forceString(ready(invoke(fn.force(), [item], call)), call));
      if (key instanceof Failure) return raise(key);
      if (key instanceof Unknown) {
        unknown ??= key;
        continue;
      }
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
    const entries = new Map<string, Attr>();
    for (const [key, group] of groups) entries.set(key, attr(ready(list(group, call.at, unknown))));
    return attrs(entries, call.at, unknown);
  }),
  elem: define('elem', 2, (call, wanted, items) => {
    const { items: all, open } = forceList(items, call);
    let unknown = open;
    for (const item of all) {
      const same = attemptLasting(() => wanted === item || equal(wanted.force(), item.force(), call.machine));
      if (same === true) return bool(true, call.at);
      if (same instanceof Failure) return raise(unknown ?? same);
      if (same instanceof Unknown) unknown ??= same;
    }
    return unknown === null ? bool(false, call.at) : raise(unknown);
  }),
  any: define('any', 2, (call, predicate, items) => bool(some(true, predicate, items, call), call.at)),
  all: define('all', 2, (call, predicate, items) => bool(!some(false, predicate, items, call), call.at)),
  concatLists: define('concatLists', 1, (call, lists) =>
    flatten(forceList(lists, call), (item) => item.force(), call),
  ),
  concatMap: define('concatMap', 2, (call, fn, items) => {
    checkFunction(fn, call);
    const all = forceList(items, call);
    return flatten(all, (item) => invoke(fn.force(), [item], call), call);
  }),
  sort: define('sort', 2, (call, before, items) => {
    const { items: all, open } = forceList(items, call);
    if (all.length === 0) return list(all, call.at, open);
    checkFunction(before, call);
    for (const item of all) item.force();
    const sorted = mergeSort(all, (a, b) => {
      call.machine.spend(1);
      return forceBool(
        lazily(() => invoke(before.force(), [a, b], call)),
        call,
      );
    });
    return list(sorted, call.at, open);
  }),
};

/** Lists one after the other; each one that is unknown leaves the result open. */
function flatten(lists: ListValue, listOf: (item: Thunk) => Value, call: Call): Value {
  call.machine.spend(lists.items.length);
  if (lists.items.length === 0) return list([], call.at, lists.open);
  const whole = concatenate(
    lists.items.map((item) => attemptLasting(() => listOf(item))),
    call.at,
  );
  return lists.open === null ? whole : list(whole.items, call.at, whole.open ?? lists.open);
}
