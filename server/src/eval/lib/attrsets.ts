import { forceAttrs, forceBool, forceItems, forceList, forceString, sortedEntries } from '../arguments';
import { attr, attrs, bool, list, record } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type ListValue,
  type Origin,
  type Value,
} from '../value';
import { outputs } from './attrsets-outputs';
import { attributePaths } from './attrsets-paths';
import { recursion } from './attrsets-recursive';
import {
  callBuiltin,
  conditional,
  field,
  foldRight,
  inherited,
  invoke,
  invoked,
  known,
  ListBuilder,
  mapValues,
  nameValuePair,
  orderedEntries,
  overlay,
  selected,
  test,
  text,
  tolerate,
  type LibTable,
} from './support';

/** nixpkgs lib/attrsets.nix. */

/** One `{ name, value }` on its way into a set. */
interface Pair {
  readonly pair: Thunk;
  readonly at: Origin;
  readonly maybe: Unknown | null;
}

/** `listToAttrs`; the first pair of a name wins. A pair whose name is unknown leaves the set open. */
function fromPairs(pairs: readonly Pair[], open: Unknown | null, call: Call): AttrsValue {
  const entries = new Map<string, Attr>();
  let doubt = open;
  // What the repository itself may put under a name that comes later.
  let shadow = open !== null && open.cause !== 'external' ? open : null;
  for (const { pair, at, maybe } of pairs) {
    const read = tolerate(() => {
      const value = pair.force();
      return { name: forceString(field(value, 'name', call), call), value: field(value, 'value', call) };
    });
    if (read instanceof Unknown) {
      doubt ??= read;
      if (read.cause !== 'external') shadow ??= read;
      continue;
    }
    const before = entries.get(read.name);
    if (before?.maybe === null) continue;
    const { maybe: reason } = before ?? { maybe: shadow };
    const value =
      reason === null
        ? read.value
        : ready(
            new Unknown(
              reason.cause,
              `\`${read.name}\` may be set by what is unknown: ${reason.reason}`,
              reason.at,
            ),
          );
    entries.set(read.name, { value, at: before?.at ?? at, maybe });
  }
  return attrs(entries, call.at, doubt);
}

/** A set of one attribute per name of a list, from a function that pairs. */
function pairsOf(source: ListValue, call: Call, pair: (item: Thunk) => Thunk): AttrsValue {
  call.machine.spend(source.items.length);
  return fromPairs(
    source.items.map((item) => ({ pair: pair(item), at: item.origin, maybe: null })),
    source.open,
    call,
  );
}

/** `genAttrs`. */
export function generate(names: ListValue, call: Call, value: (name: Thunk) => Thunk): AttrsValue {
  return pairsOf(names, call, (name) => ready(nameValuePair(name, value(name), call)));
}

/** The attributes' results as a list; open where the set is not known as a whole. */
export function listFrom(set: AttrsValue, call: Call, run: (name: string, value: Thunk) => Thunk): ListValue {
  const result = new ListBuilder();
  for (const [name, { value, maybe }] of orderedEntries(set, call)) {
    if (maybe === null) result.add(run(name, value));
    else result.leaveOpen(maybe);
  }
  result.leaveOpen(set.open);
  return result.done(call);
}

/** Attributes that a predicate keeps; one that it cannot decide may be there. */
export function keep(
  set: AttrsValue,
  call: Call,
  predicate: (name: string, value: Thunk) => boolean,
): AttrsValue {
  const entries = new Map<string, Attr>();
  for (const [name, entry] of orderedEntries(set, call)) {
    const kept = tolerate(() => predicate(name, entry.value));
    if (kept instanceof Unknown)
      entries.set(name, { value: entry.value, at: entry.at, maybe: entry.maybe ?? kept });
    else if (kept) entries.set(name, entry);
  }
  return attrs(entries, set.origin ?? call.at, set.open);
}

/** `a // b // …` of results, in order. */
function merged(parts: Iterable<Value | Unknown>, call: Call): AttrsValue {
  let result: AttrsValue = attrs(new Map(), call.at);
  for (const part of parts) result = overlay(result, part, call);
  return result;
}

function cartesianProduct(set: AttrsValue, call: Call): ListValue {
  let rows: (readonly [string, Thunk])[][] = [[]];
  let open: Unknown | null = null;
  for (const [name, { value }] of sortedEntries(set, call)) {
    const choices = forceList(value, call);
    open ??= choices.open;
    call.machine.spend(rows.length * choices.items.length);
    rows = rows.flatMap((row) => choices.items.map((item) => [...row, [name, item] as const]));
  }
  const items = rows.map((row) =>
    ready(attrs(new Map(row.map(([name, value]) => [name, attr(value, call.at)])), call.at)),
  );
  return list(items, call.at, open);
}

function marked(set: Thunk, recurse: boolean, call: Call): Value {
  return overlay(
    attempt(() => set.force()),
    record({ recurseForDerivations: bool(recurse) }, call.at),
    call,
  );
}

export const attrsets: LibTable = {
  ...inherited(
    'attrNames',
    'attrValues',
    'catAttrs',
    'getAttr',
    'hasAttr',
    'intersectAttrs',
    'isAttrs',
    'listToAttrs',
    'mapAttrs',
    'removeAttrs',
    'zipAttrsWith',
  ),
  ...attributePaths,
  ...recursion,
  ...outputs,
  concatMapAttrs: define('concatMapAttrs', 2, (call, fn, set) => {
    const source = forceAttrs(set, call);
    const parts = orderedEntries(source, call).map(([name, { value, maybe }]) => {
      const part = known(invoked(call, fn, text(name, call), value));
      return maybe === null || part instanceof Unknown
        ? part
        : conditional(forceAttrs(ready(part), call), maybe);
    });
    return merged(source.open === null ? parts : [...parts, source.open], call);
  }),
  attrVals: define('attrVals', 2, (call, names, set) => {
    const all = forceList(names, call);
    return list(
      all.items.map((name) => lazily(() => selected(set, forceString(name, call), call).force(), call.at)),
      call.at,
      all.open,
    );
  }),
  getAttrs: define('getAttrs', 2, (call, names, set) =>
    generate(forceList(names, call), call, (name) =>
      lazily(() => selected(set, forceString(name, call), call).force(), call.at),
    ),
  ),
  filterAttrs: define('filterAttrs', 2, (call, predicate, set) =>
    keep(forceAttrs(set, call), call, (name, value) => test(call, predicate, text(name, call), value)),
  ),
  foldlAttrs: define('foldlAttrs', 3, (call, fn, first, set) => {
    const entries = sortedEntries(forceAttrs(set, call), call);
    return entries
      .reduce((before, [name, { value }]) => ready(invoke(call, fn, before, text(name, call), value)), first)
      .force();
  }),
  foldAttrs: define('foldAttrs', 3, (call, fn, last, sets) => {
    const values = new Map<string, Thunk[]>();
    for (const set of forceItems(sets, call)) {
      for (const [name, { value }] of sortedEntries(forceAttrs(set, call), call))
        values.set(name, [...(values.get(name) ?? []), value]);
    }
    const folded = [...values].map(([name, items]): [string, Attr] => [
      name,
      attr(
        lazily(() => foldRight(items, last, call, (item, rest) => invoke(call, fn, item, rest)), call.at),
        call.at,
      ),
    ]);
    return attrs(new Map(folded), call.at);
  }),
  cartesianProduct: define('cartesianProduct', 1, (call, set) =>
    cartesianProduct(forceAttrs(set, call), call),
  ),
  mapCartesianProduct: define('mapCartesianProduct', 2, (call, fn, set) => {
    const rows = cartesianProduct(forceAttrs(set, call), call);
    return list(
      rows.items.map((row) => invoked(call, fn, row)),
      call.at,
      rows.open,
    );
  }),
  nameValuePair: define('nameValuePair', 2, (call, name, value) => nameValuePair(name, value, call)),
  "mapAttrs'": define("mapAttrs'", 2, (call, fn, set) => {
    const source = forceAttrs(set, call);
    const pairs = orderedEntries(source, call).map(([name, { value, at, maybe }]) => ({
      pair: invoked(call, fn, text(name, call), value),
      at,
      maybe,
    }));
    return fromPairs(pairs, source.open, call);
  }),
  mapAttrsToList: define('mapAttrsToList', 2, (call, fn, set) =>
    listFrom(forceAttrs(set, call), call, (name, value) => invoked(call, fn, text(name, call), value)),
  ),
  attrsToList: define('attrsToList', 1, (call, set) =>
    listFrom(forceAttrs(set, call), call, (name, value) =>
      ready(nameValuePair(text(name, call), value, call)),
    ),
  ),
  genAttrs: define('genAttrs', 2, (call, names, fn) =>
    generate(forceList(names, call), call, (name) => invoked(call, fn, name)),
  ),
  "genAttrs'": define("genAttrs'", 2, (call, items, fn) =>
    pairsOf(forceList(items, call), call, (item) => invoked(call, fn, item)),
  ),
  optionalAttrs: define('optionalAttrs', 2, (call, condition, set) => {
    const holds = tolerate(() => forceBool(condition, call));
    if (holds === false) return attrs(new Map(), call.at);
    if (holds === true) return set.force();
    const value = known(set);
    return value instanceof Unknown
      ? attrs(new Map(), call.at, value)
      : conditional(forceAttrs(set, call), holds);
  }),
  zipAttrsWithNames: define('zipAttrsWithNames', 3, (call, names, fn, sets) =>
    generate(forceList(names, call), call, (name) =>
      invoked(
        call,
        fn,
        name,
        lazily(() => callBuiltin('catAttrs', call, name, sets), call.at),
      ),
    ),
  ),
  zipAttrs: define('zipAttrs', 1, (call, sets) =>
    callBuiltin(
      'zipAttrsWith',
      call,
      ready({ type: 'primop', primop: valuesOnly, given: [], origin: call.at }),
      sets,
    ),
  ),
  mergeAttrsList: define('mergeAttrsList', 1, (call, sets) => {
    const all = forceList(sets, call);
    return merged([...all.items.map(known), ...(all.open === null ? [] : [all.open])], call);
  }),
  overrideExisting: define('overrideExisting', 2, (call, old, over) =>
    mapValues(forceAttrs(old, call), call, (name, value) =>
      lazily(() => {
        const set = over.force();
        return ((set.type === 'attrs' ? findAttr(set, name)?.value : undefined) ?? value).force();
      }, value.origin),
    ),
  ),
  recurseIntoAttrs: define('recurseIntoAttrs', 1, (call, set) => marked(set, true, call)),
  dontRecurseIntoAttrs: define('dontRecurseIntoAttrs', 1, (call, set) => marked(set, false, call)),
  unionOfDisjoint: define('unionOfDisjoint', 2, (call, left, right) => {
    const [a, b] = [forceAttrs(left, call), forceAttrs(right, call)];
    const both = [...a.entries.keys()].filter((name) => b.entries.has(name)).sort();
    const mask = new Map(
      both.map((name) => [
        name,
        attr(
          lazily(
            () =>
              fail(
                'throw',
                `unionOfDisjoint: collision on ${name}; complete list: ${both.join(' ')}`,
                call.at,
              ),
            call.at,
          ),
          call.at,
        ),
      ]),
    );
    return overlay(overlay(a, b, call), attrs(mask, call.at), call);
  }),
};

const valuesOnly = define('zipAttrs', 2, (_call, _name, values) => values.force());
