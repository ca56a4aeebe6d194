import { forceItems, forceString } from '../arguments';
import { attr, attrs, bool, list, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import { fail, type Attr, type Call, type Value } from '../value';
import { quotedIdentifier } from './strings-escape';
import { field, invoked, overlay, selected, single, text, type LibTable } from './support';

/** nixpkgs lib/attrsets.nix: attributes by their paths. */

export function pathOf(path: Thunk, call: Call): string[] {
  return forceItems(path, call).map((item) => forceString(item, call));
}

/** How far a path leads into a value, and what stands there. Names behind a missing one are not evaluated. */
function follow(path: readonly Thunk[], value: Thunk, call: Call): { depth: number; found: Thunk } {
  let found = value;
  for (const [depth, item] of path.entries()) {
    const set = found.force();
    const next = set.type === 'attrs' ? findAttr(set, forceString(item, call)) : null;
    if (next === null) return { depth, found };
    found = next.value;
  }
  return { depth: path.length, found };
}

/** What stands at a path; null where it certainly is not there. */
function atPath(path: readonly Thunk[], value: Thunk, call: Call): Thunk | null {
  const { depth, found } = follow(path, value, call);
  return depth === path.length ? found : null;
}

/** `setAttrByPath`. */
function nested(path: readonly Thunk[], value: Thunk, call: Call): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value.force();
  const inner = rest.length === 0 ? value : lazily(() => nested(rest, value, call), call.at);
  return single(forceString(name, call), inner, call);
}

export function pathList(path: readonly string[], call: Call): Thunk {
  return ready(
    list(
      path.map((name) => text(name, call)),
      call.at,
    ),
  );
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
      return (
        value?.force() ??
        fail(
          'throw',
          `updateManyAttrsByPath: Path '${showPath(here[0]?.path ?? [], call)}' does not exist in the given value, but the first update to this path tries to access the existing value.`,
          call.at,
        )
      );
    }
    const groups = new Map<string, Update[]>();
    for (const one of below)
      groups.set(one.path[depth] as string, [...(groups.get(one.path[depth] as string) ?? []), one]);
    const set = value?.force() ?? attrs(new Map(), call.at);
    if (set.type !== 'attrs') {
      return fail(
        'throw',
        `updateManyAttrsByPath: Path '${showPath(first.path, call)}' needs to be updated, but path '${showPath(first.path.slice(0, depth), call)}' of the given value is not an attribute set, so we can't update an attribute inside of it.`,
        call.at,
      );
    }
    const changed = [...groups].map(([name, group]): [string, Attr] => {
      const inner = value === null ? null : attempt(() => findAttr(set, name));
      const existing = inner === null ? null : 'value' in inner ? inner.value : ready(inner);
      return [
        name,
        attr(
          lazily(() => updateMany(depth + 1, existing, group, call), call.at),
          call.at,
        ),
      ];
    });
    return overlay(set, attrs(new Map(changed), call.at), call);
  }, call.at);
  return here.reduce((result, one) => invoked(call, one.update, result), base).force();
}

function showPath(path: readonly string[], call: Call): string {
  return path.length === 0
    ? '<root attribute path>'
    : path.map((name) => quotedIdentifier(name, call)).join('.');
}

export const attributePaths: LibTable = {
  attrByPath: define('attrByPath', 3, (call, path, fallback, set) =>
    (atPath(forceItems(path, call), set, call) ?? fallback).force(),
  ),
  hasAttrByPath: define('hasAttrByPath', 2, (call, path, set) =>
    bool(atPath(forceItems(path, call), set, call) !== null, call.at),
  ),
  longestValidPathPrefix: define('longestValidPathPrefix', 2, (call, path, set) => {
    const items = forceItems(path, call);
    return list(items.slice(0, follow(items, set, call).depth), call.at);
  }),
  setAttrByPath: define('setAttrByPath', 2, (call, path, value) =>
    nested(forceItems(path, call), value, call),
  ),
  getAttrFromPath: define('getAttrFromPath', 2, (call, path, set) => {
    const found = atPath(forceItems(path, call), set, call);
    if (found !== null) return found.force();
    const shown = pathOf(path, call).join('.');
    return fail(
      'abort',
      `evaluation aborted with the following error message: 'cannot find attribute '${shown}''`,
      call.at,
    );
  }),
  updateManyAttrsByPath: define('updateManyAttrsByPath', 2, (call, updates, value) => {
    const all = forceItems(updates, call).map((item) => {
      const one = item.force();
      return { path: pathOf(field(one, 'path', call), call), update: selected(item, 'update', call) };
    });
    return updateMany(0, value, all, call);
  }),
  showAttrPath: define('showAttrPath', 1, (call, path) =>
    string(showPath(pathOf(path, call), call), call.at),
  ),
};
