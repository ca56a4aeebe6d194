import { forceAttrs, forceBool, forceItems, forceList, forceString, sortedEntries } from '../arguments';
import { equal } from '../compare';
import { attr, attrs, bool, list, record, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import { fail, raise, Unknown, unknown, type Attr, type AttrsValue, type Call, type ListValue, type Origin, type Value } from '../value';
import { quotedIdentifier } from './strings-escape';
import {
  callBuiltin, conditional, field, foldRight, inherited, invoke, invoked, known, ListBuilder, mapValues, nameValuePair, orderedEntries, overlay,
  selected, test, text, tolerate, type LibTable,
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
    const value = reason === null ? read.value : ready(new Unknown(reason.cause, `\`${read.name}\` may be set by what is unknown: ${reason.reason}`, reason.at));
    entries.set(read.name, { value, at: before?.at ?? at, maybe });
  }
  return attrs(entries, call.at, doubt);
}

/** A set of one attribute per name of a list, from a function that pairs. */
function pairsOf(source: ListValue, call: Call, pair: (item: Thunk) => Thunk): AttrsValue {
  call.machine.spend(source.items.length);
  return fromPairs(source.items.map((item) => ({ pair: pair(item), at: item.origin, maybe: null })), source.open, call);
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
export function keep(set: AttrsValue, call: Call, predicate: (name: string, value: Thunk) => boolean): AttrsValue {
  const entries = new Map<string, Attr>();
  for (const [name, entry] of orderedEntries(set, call)) {
    const kept = tolerate(() => predicate(name, entry.value));
    if (kept instanceof Unknown) entries.set(name, { ...entry, maybe: entry.maybe ?? kept });
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

function pathOf(path: Thunk, call: Call): string[] {
  return forceItems(path, call).map((item) => forceString(item, call));
}

/** What stands at a path of names; null where it certainly is not there. */
export function atPath(path: readonly string[], value: Thunk): Thunk | null {
  let found = value;
  for (const name of path) {
    const set = found.force();
    const next = set.type === 'attrs' ? findAttr(set, name) : null;
    if (next === null) return null;
    found = next.value;
  }
  return found;
}

/** `setAttrByPath`. */
export function nested(path: readonly string[], value: Thunk, call: Call): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value.force();
  return attrs(new Map([[name, attr(rest.length === 0 ? value : lazily(() => nested(rest, value, call), call.at), call.at)]]), call.at);
}

/** `recursiveUpdateUntil` below a path. */
function updateUntil(
  path: readonly string[], left: AttrsValue, right: AttrsValue, call: Call, stop: (path: readonly string[], left: Thunk, right: Thunk) => boolean,
): AttrsValue {
  const plain = overlay(left, right, call);
  const entries = new Map(plain.entries);
  for (const [name, over] of right.entries) {
    const below = left.entries.get(name);
    if (below === undefined) continue;
    const here = [...path, name];
    const value = lazily(() => {
      if (over.maybe === null && below.maybe === null) {
        if (stop(here, below.value, over.value)) return over.value.force();
        return updateUntil(here, forceAttrs(below.value, call), forceAttrs(over.value, call), call, stop);
      }
      const reason = over.maybe ?? below.maybe;
      if (reason === null || stop(here, below.value, over.value)) return over.maybe === null ? over.value.force() : raise(over.maybe);
      const sets = [forceAttrs(below.value, call), forceAttrs(over.value, call)] as const;
      return updateUntil(
        here, below.maybe === null ? sets[0] : conditional(sets[0], below.maybe),
        over.maybe === null ? sets[1] : conditional(sets[1], over.maybe), call, stop,
      );
    }, call.at);
    entries.set(name, { value, at: over.at, maybe: over.maybe === null ? null : below.maybe });
  }
  return attrs(entries, call.at, plain.open);
}

/** `recursiveUpdate`. */
export function recursiveUpdate(left: Value, right: Value, call: Call): AttrsValue {
  return updateUntil([], forceAttrs(ready(left), call), forceAttrs(ready(right), call), call, (_path, a, b) =>
    a.force().type !== 'attrs' || b.force().type !== 'attrs');
}

function mapRecursive(path: readonly string[], set: AttrsValue, call: Call, descend: (set: Thunk) => boolean, fn: Thunk): AttrsValue {
  return mapValues(set, call, (name, value) => {
    const here = [...path, name];
    return lazily(() => {
      const inner = value.force();
      if (inner.type === 'attrs' && descend(value)) return mapRecursive(here, inner, call, descend, fn);
      return invoke(call, fn, pathList(here, call), value);
    }, value.origin);
  });
}

function pathList(path: readonly string[], call: Call): Thunk {
  return ready(list(path.map((name) => text(name, call)), call.at));
}

function listRecursive(path: readonly string[], set: AttrsValue, call: Call, descend: (path: Thunk, set: Thunk) => boolean, fn: Thunk): ListValue {
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
  return mapValues(kept, call, (_name, value) => lazily(() => {
    const inner = value.force();
    return inner.type === 'attrs' ? filterRecursive(inner, predicate, call) : inner;
  }, value.origin));
}

function collect(predicate: Thunk, thunk: Thunk, call: Call, into: ListBuilder): void {
  const found = tolerate(() => test(call, predicate, thunk));
  if (found instanceof Unknown) return into.leaveOpen(found);
  if (found) return into.add(thunk);
  const value = known(thunk);
  if (value instanceof Unknown) return into.leaveOpen(value);
  if (value.type !== 'attrs') return;
  for (const [, { value: inner, maybe }] of orderedEntries(value, call)) {
    if (maybe === null) collect(predicate, inner, call, into);
    else into.leaveOpen(maybe);
  }
  into.leaveOpen(value.open);
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
  const items = rows.map((row) => ready(attrs(new Map(row.map(([name, value]) => [name, attr(value, call.at)])), call.at)));
  return list(items, call.at, open);
}

function matches(pattern: Value, value: Value, call: Call): boolean {
  if (pattern.type !== 'attrs') return fail('assert', 'assertion failed', call.at);
  return sortedEntries(pattern, call).every(([name, { value: wanted }]) => {
    const found = value.type === 'attrs' ? findAttr(value, name) : null;
    if (found === null) return false;
    const [left, right] = [wanted.force(), found.value.force()];
    if (left.type === 'attrs') return right.type === 'attrs' && matches(left, right, call);
    return equal(left, right, call.machine);
  });
}

interface Update {
  readonly path: readonly string[];
  readonly update: Thunk;
}

/** The steps of `updateManyAttrsByPath` for the value at one path. */
function updateMany(depth: number, value: Thunk | null, updates: readonly Update[], call: Call): Value {
  const here = updates.filter(({ path }) => path.length === depth);
  const below = updates.filter(({ path }) => path.length !== depth);
  const base = lazily(() => {
    const [first] = below;
    if (first === undefined) {
      return value?.force() ?? fail('throw', `updateManyAttrsByPath: Path '${showPath(here[0]?.path ?? [], call)}' does not exist in the given value, but the first update to this path tries to access the existing value.`, call.at);
    }
    const groups = new Map<string, Update[]>();
    for (const one of below) groups.set(one.path[depth] as string, [...(groups.get(one.path[depth] as string) ?? []), one]);
    const set = value?.force() ?? attrs(new Map(), call.at);
    if (set.type !== 'attrs') {
      return fail('throw', `updateManyAttrsByPath: Path '${showPath(first.path, call)}' needs to be updated, but path '${showPath(first.path.slice(0, depth), call)}' of the given value is not an attribute set, so we can't update an attribute inside of it.`, call.at);
    }
    const changed = [...groups].map(([name, group]): [string, Attr] => {
      const inner = value === null ? null : attempt(() => findAttr(set, name));
      const existing = inner === null ? null : 'value' in inner ? inner.value : ready(inner);
      return [name, attr(lazily(() => updateMany(depth + 1, existing, group, call), call.at), call.at)];
    });
    return overlay(set, attrs(new Map(changed), call.at), call);
  }, call.at);
  return here.reduce((result, one) => invoked(call, one.update, result), base).force();
}

function showPath(path: readonly string[], call: Call): string {
  return path.length === 0 ? '<root attribute path>' : path.map((name) => quotedIdentifier(name, call)).join('.');
}

/** `getOutput`: the named output of a package, unless it already is one. */
export function outputOf(output: string, pkg: Thunk, call: Call): Value {
  const value = pkg.force();
  if (value.type !== 'attrs') return value;
  const specified = findAttr(value, 'outputSpecified');
  if (specified !== null && forceBool(specified.value, call)) return value;
  return (findAttr(value, output) ?? findAttr(value, 'out'))?.value.force() ?? value;
}

function firstOutput(candidates: readonly string[], pkg: Thunk, call: Call): Value {
  const value = pkg.force();
  if (value.type !== 'attrs') return fail('type', 'value is not a set while a set was expected', call.at);
  const specified = findAttr(value, 'outputSpecified');
  if (specified !== null && forceBool(specified.value, call)) return value;
  for (const name of candidates) {
    const found = findAttr(value, name);
    if (found !== null) return found.value.force();
  }
  return value;
}

/** Whether a value is a package. */
export function isDerivation(value: Value): boolean {
  if (value.type !== 'attrs') return false;
  const type = findAttr(value, 'type')?.value.force();
  return type?.type === 'string' && type.text === 'derivation';
}

function marked(set: Thunk, recurse: boolean, call: Call): Value {
  return overlay(attempt(() => set.force()), record({ recurseForDerivations: bool(recurse) }, call.at), call);
}

export const attrsets: LibTable = {
  ...inherited('attrNames', 'attrValues', 'catAttrs', 'getAttr', 'hasAttr', 'intersectAttrs', 'isAttrs', 'listToAttrs', 'mapAttrs', 'removeAttrs', 'zipAttrsWith'),
  attrByPath: define('attrByPath', 3, (call, path, fallback, set) => (atPath(pathOf(path, call), set) ?? fallback).force()),
  hasAttrByPath: define('hasAttrByPath', 2, (call, path, set) => bool(atPath(pathOf(path, call), set) !== null, call.at)),
  longestValidPathPrefix: define('longestValidPathPrefix', 2, (call, path, set) => {
    const names = pathOf(path, call);
    let length = 0;
    while (length < names.length && atPath(names.slice(0, length + 1), set) !== null) length++;
    return list(forceItems(path, call).slice(0, length), call.at);
  }),
  setAttrByPath: define('setAttrByPath', 2, (call, path, value) => nested(pathOf(path, call), value, call)),
  getAttrFromPath: define('getAttrFromPath', 2, (call, path, set) => {
    const names = pathOf(path, call);
    return (atPath(names, set) ?? fail('abort', `evaluation aborted with the following error message: 'cannot find attribute '${names.join('.')}''`, call.at)).force();
  }),
  concatMapAttrs: define('concatMapAttrs', 2, (call, fn, set) => {
    const source = forceAttrs(set, call);
    const parts = orderedEntries(source, call).map(([name, { value, maybe }]) => {
      const part = known(invoked(call, fn, text(name, call), value));
      return maybe === null || part instanceof Unknown ? part : conditional(forceAttrs(ready(part), call), maybe);
    });
    return merged(source.open === null ? parts : [...parts, source.open], call);
  }),
  updateManyAttrsByPath: define('updateManyAttrsByPath', 2, (call, updates, value) => {
    const all = forceItems(updates, call).map((item) => {
      const one = item.force();
      return { path: pathOf(field(one, 'path', call), call), update: selected(item, 'update', call) };
    });
    return updateMany(0, value, all, call);
  }),
  attrVals: define('attrVals', 2, (call, names, set) => {
    const all = forceList(names, call);
    return list(all.items.map((name) => lazily(() => selected(set, forceString(name, call), call).force(), call.at)), call.at, all.open);
  }),
  getAttrs: define('getAttrs', 2, (call, names, set) =>
    generate(forceList(names, call), call, (name) => lazily(() => selected(set, forceString(name, call), call).force(), call.at))),
  filterAttrs: define('filterAttrs', 2, (call, predicate, set) =>
    keep(forceAttrs(set, call), call, (name, value) => test(call, predicate, text(name, call), value))),
  filterAttrsRecursive: define('filterAttrsRecursive', 2, (call, predicate, set) => filterRecursive(forceAttrs(set, call), predicate, call)),
  foldlAttrs: define('foldlAttrs', 3, (call, fn, first, set) => {
    const entries = sortedEntries(forceAttrs(set, call), call);
    return entries.reduce((before, [name, { value }]) => ready(invoke(call, fn, before, text(name, call), value)), first).force();
  }),
  foldAttrs: define('foldAttrs', 3, (call, fn, last, sets) => {
    const values = new Map<string, Thunk[]>();
    for (const set of forceItems(sets, call)) {
      for (const [name, { value }] of sortedEntries(forceAttrs(set, call), call)) values.set(name, [...(values.get(name) ?? []), value]);
    }
    const folded = [...values].map(([name, items]): [string, Attr] =>
      [name, attr(lazily(() => foldRight(items, last, call, (item, rest) => invoke(call, fn, item, rest)), call.at), call.at)]);
    return attrs(new Map(folded), call.at);
  }),
  collect: define('collect', 2, (call, predicate, set) => {
    const result = new ListBuilder();
    collect(predicate, set, call, result);
    return result.done(call);
  }),
  cartesianProduct: define('cartesianProduct', 1, (call, set) => cartesianProduct(forceAttrs(set, call), call)),
  mapCartesianProduct: define('mapCartesianProduct', 2, (call, fn, set) => {
    const rows = cartesianProduct(forceAttrs(set, call), call);
    return list(rows.items.map((row) => invoked(call, fn, row)), call.at, rows.open);
  }),
  nameValuePair: define('nameValuePair', 2, (call, name, value) => nameValuePair(name, value, call)),
  "mapAttrs'": define("mapAttrs'", 2, (call, fn, set) => {
    const source = forceAttrs(set, call);
    const pairs = orderedEntries(source, call).map(([name, { value, at, maybe }]) => ({ pair: invoked(call, fn, text(name, call), value), at, maybe }));
    return fromPairs(pairs, source.open, call);
  }),
  mapAttrsToList: define('mapAttrsToList', 2, (call, fn, set) =>
    listFrom(forceAttrs(set, call), call, (name, value) => invoked(call, fn, text(name, call), value))),
  attrsToList: define('attrsToList', 1, (call, set) =>
    listFrom(forceAttrs(set, call), call, (name, value) => ready(nameValuePair(text(name, call), value, call)))),
  mapAttrsRecursive: define('mapAttrsRecursive', 2, (call, fn, set) => mapRecursive([], forceAttrs(set, call), call, () => true, fn)),
  mapAttrsRecursiveCond: define('mapAttrsRecursiveCond', 3, (call, condition, fn, set) =>
    mapRecursive([], forceAttrs(set, call), call, (inner) => test(call, condition, inner), fn)),
  mapAttrsToListRecursive: define('mapAttrsToListRecursive', 2, (call, fn, set) => listRecursive([], forceAttrs(set, call), call, () => true, fn)),
  mapAttrsToListRecursiveCond: define('mapAttrsToListRecursiveCond', 3, (call, condition, fn, set) =>
    listRecursive([], forceAttrs(set, call), call, (path, inner) => test(call, condition, path, inner), fn)),
  genAttrs: define('genAttrs', 2, (call, names, fn) => generate(forceList(names, call), call, (name) => invoked(call, fn, name))),
  "genAttrs'": define("genAttrs'", 2, (call, items, fn) => pairsOf(forceList(items, call), call, (item) => invoked(call, fn, item))),
  isDerivation: define('isDerivation', 1, (call, value) => bool(isDerivation(value.force()), call.at)),
  toDerivation: define('toDerivation', 1, (call) => unknown('external', '`lib.toDerivation` looks into the Nix store', call.at)),
  optionalAttrs: define('optionalAttrs', 2, (call, condition, set) => {
    const holds = tolerate(() => forceBool(condition, call));
    if (holds === false) return attrs(new Map(), call.at);
    if (holds === true) return set.force();
    const value = known(set);
    return value instanceof Unknown ? attrs(new Map(), call.at, value) : conditional(forceAttrs(set, call), holds);
  }),
  zipAttrsWithNames: define('zipAttrsWithNames', 3, (call, names, fn, sets) =>
    generate(forceList(names, call), call, (name) => invoked(call, fn, name, lazily(() => callBuiltin('catAttrs', call, name, sets), call.at)))),
  zipAttrs: define('zipAttrs', 1, (call, sets) =>
    callBuiltin('zipAttrsWith', call, ready({ type: 'primop', primop: valuesOnly, given: [], origin: call.at }), sets)),
  mergeAttrsList: define('mergeAttrsList', 1, (call, sets) => {
    const all = forceList(sets, call);
    return merged([...all.items.map(known), ...(all.open === null ? [] : [all.open])], call);
  }),
  recursiveUpdateUntil: define('recursiveUpdateUntil', 3, (call, predicate, left, right) =>
    updateUntil([], forceAttrs(left, call), forceAttrs(right, call), call, (path, a, b) => test(call, predicate, pathList(path, call), a, b))),
  recursiveUpdate: define('recursiveUpdate', 2, (call, left, right) => recursiveUpdate(left.force(), right.force(), call)),
  matchAttrs: define('matchAttrs', 2, (call, pattern, set) => bool(matches(pattern.force(), set.force(), call), call.at)),
  overrideExisting: define('overrideExisting', 2, (call, old, over) => mapValues(forceAttrs(old, call), call, (name, value) => lazily(() => {
    const set = over.force();
    return ((set.type === 'attrs' ? findAttr(set, name)?.value : undefined) ?? value).force();
  }, value.origin))),
  showAttrPath: define('showAttrPath', 1, (call, path) => string(showPath(pathOf(path, call), call), call.at)),
  getOutput: define('getOutput', 2, (call, output, pkg) => outputOf(forceString(output, call), pkg, call)),
  getFirstOutput: define('getFirstOutput', 2, (call, candidates, pkg) => firstOutput(pathOf(candidates, call), pkg, call)),
  getBin: define('getBin', 1, (call, pkg) => outputOf('bin', pkg, call)),
  getLib: define('getLib', 1, (call, pkg) => outputOf('lib', pkg, call)),
  getStatic: define('getStatic', 1, (call, pkg) => firstOutput(['static', 'lib', 'out'], pkg, call)),
  getDev: define('getDev', 1, (call, pkg) => outputOf('dev', pkg, call)),
  getInclude: define('getInclude', 1, (call, pkg) => firstOutput(['include', 'dev', 'out'], pkg, call)),
  getMan: define('getMan', 1, (call, pkg) => outputOf('man', pkg, call)),
  chooseDevOutputs: define('chooseDevOutputs', 1, (call, pkgs) => {
    const all = forceList(pkgs, call);
    return list(all.items.map((pkg) => lazily(() => outputOf('dev', pkg, call), pkg.origin)), call.at, all.open);
  }),
  recurseIntoAttrs: define('recurseIntoAttrs', 1, (call, set) => marked(set, true, call)),
  dontRecurseIntoAttrs: define('dontRecurseIntoAttrs', 1, (call, set) => marked(set, false, call)),
  unionOfDisjoint: define('unionOfDisjoint', 2, (call, left, right) => {
    const [a, b] = [forceAttrs(left, call), forceAttrs(right, call)];
    const both = [...a.entries.keys()].filter((name) => b.entries.has(name)).sort();
    const mask = new Map(both.map((name) => [name, attr(lazily(() =>
      fail('throw', `unionOfDisjoint: collision on ${name}; complete list: ${both.join(' ')}`, call.at), call.at), call.at)]));
    return overlay(overlay(a, b, call), attrs(mask, call.at), call);
  }),
};

const valuesOnly = define('zipAttrs', 2, (_call, _name, values) => values.force());
