import { forceBool, forceItems } from '../arguments';
import { bool } from '../construct';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { pretty } from './generators-pretty';
import { contains } from './lists';
import { field, interpolated, type LibTable } from './support';
import { showWarnings } from './trivial';

/** nixpkgs lib/asserts.nix. */

function asserted(holds: boolean, message: () => string, call: Call): Value {
  return holds ? bool(true, call.at) : fail('throw', message(), call.at);
}

export const asserts: LibTable = {
  assertMsg: define('assertMsg', 2, (call, holds, message) =>
    asserted(forceBool(holds, call), () => interpolated(message, call), call),
  ),
  assertOneOf: define('assertOneOf', 3, (call, name, value, allowed) =>
    asserted(
      contains(value, allowed, call),
      () =>
        `${interpolated(name, call)} must be one of ${pretty(allowed, call)}, but is: ${pretty(value, call)}`,
      call,
    ),
  ),
  assertEachOneOf: define('assertEachOneOf', 3, (call, name, values, allowed) =>
    asserted(
      forceItems(values, call).every((value: Thunk) => contains(value, allowed, call)),
      () =>
        `each element in ${interpolated(name, call)} must be one of ${pretty(allowed, call)}, but is: ${pretty(values, call)}`,
      call,
    ),
  ),
  checkAssertWarn: define('checkAssertWarn', 3, (call, assertions, warnings, value) => {
    const failed = forceItems(assertions, call).filter(
      (item) => !forceBool(field(item.force(), 'assertion', call), call),
    );
    if (failed.length === 0) return showWarnings(warnings, value, call);
    const messages = failed.map((item) => `- ${interpolated(field(item.force(), 'message', call), call)}`);
    return fail('throw', `\nFailed assertions:\n${messages.join('\n')}`, call.at);
  }),
};
