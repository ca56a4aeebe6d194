import { forceBool, forceItems, forceList, forceString } from '../arguments';
import { compare, compareText, equal } from '../compare';
import { int, list, record } from '../construct';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, type Call, type ListValue, type Value } from '../value';
import { invoke, invoked, test, type LibTable } from './support';

/** nixpkgs lib/lists.nix: lists brought into an order. */

/** The list in the order that "comes before" says; equal elements keep theirs. */
export function sorted(source: ListValue, call: Call, before: (a: Thunk, b: Thunk) => boolean): ListValue {
  call.machine.spend(source.items.length * 4);
  const items = [...source.items].sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  return list(items, call.at, source.open);
}

/** A text cut into numbers and what stands between them, as `naturalSort` compares it. */
function natural(item: Thunk, call: Call): (string | bigint)[] {
  return forceString(item, call)
    .split(/(0|[1-9][0-9]*)/)
    .map((piece, index) => (index % 2 === 1 ? BigInt(piece) : piece));
}

function compareNatural(a: readonly (string | bigint)[], b: readonly (string | bigint)[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i], b[i]];
    const order =
      typeof x === 'bigint' && typeof y === 'bigint'
        ? x < y
          ? -1
          : x > y
            ? 1
            : 0
        : typeof x === 'string' && typeof y === 'string'
          ? compareText(x, y)
          : 0;
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareLists(order: Thunk, a: readonly Thunk[], b: readonly Thunk[], call: Call): Value {
  for (let i = 0; ; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === undefined || y === undefined) return int(x === y ? 0 : x === undefined ? -1 : 1, call.at);
    const result = invoke(call, order, x, y);
    if (!equal(result, int(0), call.machine)) return result;
  }
}

interface Search {
  readonly minimal: Thunk | null;
  readonly cycle: { readonly at: Thunk; readonly loops: readonly Thunk[] } | null;
  readonly last: Thunk;
  readonly visited: readonly Thunk[];
  readonly rest: readonly Thunk[];
}

/** `listDfs`: follows "comes before" from the first element until nothing comes before. */
function depthFirst(stopOnCycles: boolean, before: Thunk, items: readonly Thunk[], call: Call): Search {
  let [us, ...rest] = items;
  let visited: Thunk[] = [];
  for (;;) {
    if (us === undefined) return fail('type', 'list index 0 is out of bounds', call.at);
    const here = us;
    const loops = visited.filter((item) => test(call, before, item, here));
    if (stopOnCycles && loops.length > 0)
      return { minimal: null, cycle: { at: here, loops }, last: here, visited, rest };
    const earlier = rest.filter((item) => test(call, before, item, here));
    if (earlier.length === 0) return { minimal: here, cycle: null, last: here, visited, rest };
    const others = rest.filter((item) => !earlier.includes(item));
    visited = [here, ...visited];
    us = earlier[0];
    rest = [...earlier.slice(1), ...others];
  }
}

function topologicalSort(before: Thunk, items: readonly Thunk[], call: Call): Value {
  const result: Thunk[] = [];
  let left = items;
  while (left.length >= 2) {
    call.machine.spend(left.length);
    const { minimal, cycle, visited, rest } = depthFirst(true, before, left, call);
    if (cycle !== null) {
      return record(
        { cycle: list([...visited].reverse().concat(cycle.at), call.at), loops: list(cycle.loops, call.at) },
        call.at,
      );
    }
    if (minimal !== null) result.push(minimal);
    left = [...visited, ...rest];
  }
  return record({ result: list([...result, ...left], call.at) }, call.at);
}

export const ordering: LibTable = {
  listDfs: define('listDfs', 3, (call, stop, before, items) => {
    const { cycle, last, visited, rest } = depthFirst(
      forceBool(stop, call),
      before,
      forceItems(items, call),
      call,
    );
    const shared = { visited: list(visited, call.at), rest: list(rest, call.at) };
    return cycle === null
      ? record({ minimal: last, ...shared }, call.at)
      : record({ cycle: last, loops: list(cycle.loops, call.at), ...shared }, call.at);
  }),
  toposort: define('toposort', 2, (call, before, items) =>
    topologicalSort(before, forceItems(items, call), call),
  ),
  sortOn: define('sortOn', 2, (call, fn, items) => {
    const source = forceList(items, call);
    const keys = new Map(source.items.map((item) => [item, invoked(call, fn, item)]));
    const key = (item: Thunk): Value => (keys.get(item) as Thunk).force();
    return sorted(source, call, (a, b) => compare(key(a), key(b), call.at, call.machine) < 0);
  }),
  compareLists: define('compareLists', 3, (call, order, a, b) =>
    compareLists(order, forceItems(a, call), forceItems(b, call), call),
  ),
  naturalSort: define('naturalSort', 1, (call, items) => {
    const source = forceList(items, call);
    const keys = new Map(source.items.map((item) => [item, natural(item, call)]));
    const key = (item: Thunk): (string | bigint)[] => keys.get(item) ?? [];
    return sorted(source, call, (a, b) => compareNatural(key(a), key(b)) < 0);
  }),
};
