import { forceAttrs, forceInt } from '../arguments';
import { bool, nullValue, record, string } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import type { Call, Value } from '../value';
import { callBuiltin, overlay, type LibTable } from './support';
import { functionOf } from './trivial';

/** nixpkgs lib/kernel.nix: answers to the kernel's configuration. */

/** `mkIf`. */
function conditional(condition: Thunk, content: Thunk, call: Call): Value {
  return record({ _type: string('if', call.at), condition, content }, call.at);
}

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
  whenHelpers: define('whenHelpers', 1, (call, version) => {
    const order = (inner: Call, other: Thunk): bigint =>
      forceInt(
        lazily(() => callBuiltin('compareVersions', inner, version, other)),
        inner,
      );
    const when = (name: string, condition: (inner: Call, other: Thunk) => boolean): Value =>
      functionOf(
        define(name, 2, (inner, other, content) =>
          conditional(
            lazily(() => bool(condition(inner, other), inner.at), inner.at),
            content,
            inner,
          ),
        ),
        call.at,
      );
    const between = define('whenBetween', 3, (inner, low, high, content) =>
      conditional(
        lazily(() => bool(order(inner, low) >= 0n && order(inner, high) < 0n, inner.at), inner.at),
        content,
        inner,
      ),
    );
    return record(
      {
        whenAtLeast: when('whenAtLeast', (inner, other) => order(inner, other) >= 0n),
        whenOlder: when('whenOlder', (inner, other) => order(inner, other) < 0n),
        whenBetween: functionOf(between, call.at),
      },
      call.at,
    );
  }),
};
