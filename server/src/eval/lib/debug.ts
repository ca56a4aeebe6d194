import { forceAttrs, forceBool, forceList, sortedEntries } from '../arguments';
import { bool, list, record } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import type { Call, Value } from '../value';
import { contains } from './lists';
import {
  callBuiltin,
  field,
  inherited,
  invoke,
  optionalField,
  same,
  text,
  tolerate,
  type LibTable,
} from './support';

/** nixpkgs lib/debug.nix. What is traced is nobody's here; the values pass through. */

/** Tests whose results are not as expected. */
function runTests(tests: Thunk, call: Call): Value {
  const set = forceAttrs(tests, call);
  const wanted = optionalField(set, 'tests');
  const failed: Thunk[] = [];
  for (const [name, { value }] of sortedEntries(set, call)) {
    const all = wanted === null || forceList(wanted, call).items.length === 0;
    const listed = wanted !== null && contains(text(name, call), wanted, call);
    if (!(name.startsWith('test') || listed) || !(all || listed)) continue;
    const expr = lazily(() => field(value.force(), 'expr', call).force(), call.at);
    const expected = lazily(() => field(value.force(), 'expected', call).force(), call.at);
    if (!same(expr, expected, call))
      failed.push(ready(record({ name: text(name, call), expected, result: expr }, call.at)));
  }
  return list(failed, call.at);
}

/** A value that Nix prints as a whole, so that it must have one. */
function shown(value: Thunk, call: Call): void {
  tolerate(() => callBuiltin('deepSeq', call, value, value));
}

export const debug: LibTable = {
  ...inherited('addErrorContext', 'trace', 'unsafeGetAttrPos'),
  traceIf: define('traceIf', 3, (call, condition, _message, value) => {
    tolerate(() => forceBool(condition, call));
    return value.force();
  }),
  traceVal: define('traceVal', 1, (_call, value) => value.force()),
  traceValFn: define('traceValFn', 2, (call, fn, value) => {
    tolerate(() => invoke(call, fn, value));
    return value.force();
  }),
  traceSeq: define('traceSeq', 2, (call, what, value) => {
    shown(what, call);
    return value.force();
  }),
  traceSeqN: define('traceSeqN', 3, (_call, _depth, _what, value) => value.force()),
  traceValSeq: define('traceValSeq', 1, (call, value) => {
    shown(value, call);
    return value.force();
  }),
  traceValSeqFn: define('traceValSeqFn', 2, (call, _fn, value) => {
    shown(value, call);
    return value.force();
  }),
  traceValSeqN: define('traceValSeqN', 2, (_call, _depth, value) => value.force()),
  traceValSeqNFn: define('traceValSeqNFn', 3, (_call, _fn, _depth, value) => value.force()),
  traceFnSeqN: define('traceFnSeqN', 4, (call, _depth, _name, fn, value) => invoke(call, fn, value)),
  runTests: define('runTests', 1, (call, tests) => runTests(tests, call)),
  testAllTrue: define('testAllTrue', 1, (call, expr) =>
    record(
      {
        expr,
        expected: lazily(
          () =>
            list(
              forceList(expr, call).items.map(() => ready(bool(true, call.at))),
              call.at,
              forceList(expr, call).open,
            ),
          call.at,
        ),
      },
      call.at,
    ),
  ),
};
