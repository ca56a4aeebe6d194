import { forceAttrs } from '../arguments';
import { bool, nullValue, record, string } from '../construct';
import { define } from '../primop';
import { ready } from '../thunk';
import type { Value } from '../value';
import { overlay, type LibTable } from './support';

/** nixpkgs lib/kernel.nix: answers to the kernel's configuration. */

function answer(tristate: Value): Value {
  return record({ tristate, optional: bool(false) });
}

export const kernel: LibTable = {
  option: define('option', 1, (call, value) =>
    overlay(forceAttrs(value, call), record({ optional: bool(true, call.at) }, call.at), call),
  ),
  yes: ready(answer(string('y'))),
  no: ready(answer(string('n'))),
  module: ready(answer(string('m'))),
  unset: ready(answer(nullValue())),
  freeform: define('freeform', 1, (call, freeform) =>
    record({ freeform, optional: bool(false, call.at) }, call.at),
  ),
};
