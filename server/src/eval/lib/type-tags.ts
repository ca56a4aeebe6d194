import { forceAttrs, forceString } from '../arguments';
import { bool } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import type { Call, Value } from '../value';
import { overlay, single, type LibTable } from './support';

/** nixpkgs lib/types.nix: the tags by which sets of nixpkgs are told apart. */

function hasTag(tag: string, thunk: Thunk, call: Call): Value {
  const value = thunk.force();
  const found = value.type === 'attrs' ? findAttr(value, '_type')?.value.force() : undefined;
  return bool(found?.type === 'string' && found.text === tag, call.at);
}

export const typeTags: LibTable = {
  isType: define('isType', 2, (call, tag, value) => hasTag(forceString(tag, call), value, call)),
  isOptionType: define('isOptionType', 1, (call, value) => hasTag('option-type', value, call)),
  setType: define('setType', 2, (call, tag, value) =>
    overlay(forceAttrs(value, call), single('_type', tag, call), call),
  ),
};
