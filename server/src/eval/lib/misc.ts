import { forceAttrs, forceBool, forceList, forceString } from '../arguments';
import { attrs, bool, list, nullValue, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { Unknown, type Call, type Value } from '../value';
import { FAKE } from './fetchers';
import { mapIndexed } from './lists';
import { miscArguments } from './misc-arguments';
import {
  invoke,
  invoked,
  known,
  ListBuilder,
  overlay,
  readFormals,
  same,
  single,
  tolerate,
  withFormals,
  type LibTable,
} from './support';

/** nixpkgs lib/deprecated/misc.nix: what of it is still used. */

/** `val` where the condition holds, else the emptiest value of its kind. */
function enabled(holds: boolean, value: Thunk, call: Call): Value {
  if (holds) return value.force();
  switch (value.force().type) {
    case 'list':
      return list([], call.at);
    case 'attrs':
      return attrs(new Map(), call.at);
    case 'bool':
      return bool(false, call.at);
    default:
      return nullValue(call.at);
  }
}

function typeWord(value: Value): string {
  switch (value.type) {
    case 'attrs':
      return findAttr(value, 'outPath') !== null ? 'derivation' : 'attrs';
    case 'lambda':
    case 'primop':
      return 'function';
    case 'list':
    case 'bool':
    case 'null':
    case 'int':
      return value.type;
    default:
      return 'string';
  }
}

/** The attributes of both sets; those of the second are merged by a function, with themselves where the first has none. */
function mergedWith(left: Thunk, right: Thunk, call: Call, merge: (a: Thunk, b: Thunk) => Value): Value {
  const [a, b] = [forceAttrs(left, call), forceAttrs(right, call)];
  const both = overlay(b, a, call);
  const entries = new Map(both.entries);
  for (const [name, { value }] of b.entries) {
    const entry = entries.get(name);
    const other = a.entries.get(name)?.value ?? value;
    if (entry !== undefined)
      entries.set(name, {
        value: lazily(() => merge(other, value), call.at),
        at: entry.at,
        maybe: entry.maybe,
      });
  }
  return attrs(entries, call.at, both.open);
}

function listed(value: Thunk): readonly Thunk[] {
  const content = value.force();
  return content.type === 'list' ? content.items : [value];
}

const UNIQUE = { inputList: false, acc: true } as const;

export const misc: LibTable = {
  ...miscArguments,
  imap: define('imap', 2, (call, fn, items) =>
    mapIndexed(forceList(items, call), 1, call, (index, item) => invoked(call, fn, index, item)),
  ),
  maybeAttr: define('maybeAttr', 3, (call, name, fallback, set) => {
    const value = set.force();
    return (
      (value.type === 'attrs' ? findAttr(value, forceString(name, call))?.value : undefined) ?? fallback
    ).force();
  }),
  maybeAttrNullable: define('maybeAttrNullable', 3, (call, name, fallback, set) => {
    const value = set.force();
    return (
      (value.type === 'attrs' ? findAttr(value, forceString(name, call))?.value : undefined) ?? fallback
    ).force();
  }),
  ifEnable: define('ifEnable', 2, (call, condition, value) =>
    enabled(forceBool(condition, call), value, call),
  ),
  defaultMerge: define('defaultMerge', 2, (call, left, right) =>
    overlay(left.force(), merging(left, right, call), call),
  ),
  defaultMergeArg: define('defaultMergeArg', 2, (call, left, right) => merging(left, right, call)),
  nvs: define('nvs', 2, (call, name, value) => single(forceString(name, call), value, call)),
  setAttr: define('setAttr', 3, (call, set, name, value) =>
    overlay(
      attemptLasting(() => set.force()),
      single(forceString(name, call), value, call),
      call,
    ),
  ),
  setAttrMerge: define('setAttrMerge', 4, (call, name, fallback, set, fn) => {
    const key = forceString(name, call);
    const before = findAttr(forceAttrs(set, call), key)?.value ?? fallback;
    return overlay(set.force(), single(key, invoked(call, fn, before), call), call);
  }),
  mergeAttrsWithFunc: define('mergeAttrsWithFunc', 3, (call, fn, left, right) =>
    mergedWith(left, right, call, (a, b) => invoke(call, fn, a, b)),
  ),
  mergeAttrsConcatenateValues: define('mergeAttrsConcatenateValues', 2, (call, left, right) =>
    mergedWith(left, right, call, (a, b) => list([...listed(a), ...listed(b)], call.at)),
  ),
  uniqList: withFormals(
    define('uniqList', 1, (call, argument) => {
      const { inputList, acc } = readFormals(argument, UNIQUE, call);
      const seen: Thunk[] = acc === null ? [] : [...forceList(acc, call).items];
      const result = new ListBuilder();
      for (const item of forceList(inputList as Thunk, call).items) {
        const twice = tolerate(() => seen.some((other) => same(item, other, call)));
        if (twice instanceof Unknown) result.leaveOpen(twice);
        if (twice !== false) continue;
        seen.push(item);
        result.add(item);
      }
      result.leaveOpen(forceList(inputList as Thunk, call).open);
      return result.done(call);
    }),
    UNIQUE,
  ),
  nixType: define('nixType', 1, (call, value) => string(typeWord(value.force()), call.at)),
  fakeHash: ready(string(FAKE.hash)),
  fakeSha256: ready(string(FAKE.sha256)),
  fakeSha512: ready(string(FAKE.sha512)),
};

function merging(left: Thunk, right: Thunk, call: Call): Value {
  const value = known(right);
  return !(value instanceof Unknown) && value.type === 'attrs' ? value : invoke(call, right, left);
}
