import { forceItems, forceString } from '../arguments';
import { attr, attrs, bool, list, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attempt, lazily, ready, type Thunk } from '../thunk';
import { fail, type Attr, type Call, type Value } from '../value';
import { quotedIdentifier } from './strings-escape';
import { field, invoked, overlay, selected, text, type LibTable } from './support';

/** nixpkgs lib/attrsets.nix: attributes by their paths. */

export function pathOf(path: Thunk, call: Call): string[] {
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
  return attrs(
    new Map([
      [name, attr(rest.length === 0 ? value : lazily(() => nested(rest, value, call), call.at), call.at)],
    ]),
    call.at,
  );
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
    (atPath(pathOf(path, call), set) ?? fallback).force(),
  ),
  hasAttrByPath: define('hasAttrByPath', 2, (call, path, set) =>
    bool(atPath(pathOf(path, call), set) !== null, call.at),
  ),
  longestValidPathPrefix: define('longestValidPathPrefix', 2, (call, path, set) => {
    const names = pathOf(path, call);
    let length = 0;
    while (length < names.length && atPath(names.slice(0, length + 1), set) !== null) length++;
    return list(forceItems(path, call).slice(0, length), call.at);
  }),
  setAttrByPath: define('setAttrByPath', 2, (call, path, value) => nested(pathOf(path, call), value, call)),
  getAttrFromPath: define('getAttrFromPath', 2, (call, path, set) => {
    const names = pathOf(path, call);
    return (
      atPath(names, set) ??
      fail(
        'abort',
        `evaluation aborted with the following error message: 'cannot find attribute '${names.join('.')}''`,
        call.at,
      )
    ).force();
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
