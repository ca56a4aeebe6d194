import { forceItems } from '../arguments';
import { equal } from '../compare';
import { attr, attrs } from '../construct';
import { apply } from '../interpret';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import type { Call, Primop, Value } from '../value';
import { invoke, invoked, overlay, type LibTable } from './support';
import { functionOf, isFunction } from './trivial';

/** nixpkgs lib/fixed-points.nix. */

/** `prev // overlay final prev`. */
export function extended(extension: Thunk, fn: Thunk, final: Thunk, call: Call): Value {
  const prev = invoked(call, fn, final);
  return overlay(
    attemptLasting(() => prev.force()),
    attemptLasting(() => invoke(call, extension, final, prev)),
    call,
  );
}

function extends_(extension: Thunk, fn: Thunk, call: Call): Thunk {
  return ready(
    functionOf(
      define('extends', 1, (_call, final) => extended(extension, fn, final, call)),
      call.at,
    ),
  );
}

function fixed(run: (self: Thunk) => Value, call: Call): Value {
  const self: Thunk = lazily(() => run(self), call.at);
  return self.force();
}

/** `makeExtensibleWithCustomName`: a fixed point that can be extended by a function it holds itself. */
export function extensible(name: string, fn: Thunk, call: Call): Value {
  return fixed((self) => {
    const extend: Primop = define(name, 1, (_call, extension) =>
      extensible(name, extends_(extension, fn, call), call),
    );
    const own = new Map([
      [name, attr(ready(functionOf(extend, call.at)), call.at)],
      ['__unfix__', attr(ready(unfixed(name, fn, call)), call.at)],
    ]);
    return overlay(
      attemptLasting(() => invoke(call, fn, self)),
      attrs(own, call.at),
      call,
    );
  }, call);
}

/**
 * `extend` of a set.
 * @param base the set, given what it becomes by all that extends it
 */
export function extendSet(base: (final: Thunk) => Value, extension: Thunk, call: Call): Value {
  const self = ready(
    functionOf(
      define('lib', 1, (_call, final) => base(final)),
      call.at,
    ),
  );
  return extensible('extend', extends_(extension, self, call), call);
}

function unfixed(name: string, fn: Thunk, call: Call): Value {
  return functionOf(
    define('__unfix__', 1, (_call, self) => {
      const extend = define(name, 1, (_inner, extension) =>
        extensible(name, extends_(extension, fn, call), call),
      );
      return overlay(
        attemptLasting(() => invoke(call, fn, self)),
        attrs(new Map([[name, attr(ready(functionOf(extend, call.at)), call.at)]]), call.at),
        call,
      );
    }),
    call.at,
  );
}

function composed(first: Thunk, second: Thunk, final: Thunk, prev: Thunk, call: Call): Value {
  const applied = invoked(call, first, final, prev);
  const both = lazily(
    () =>
      overlay(
        attemptLasting(() => prev.force()),
        attemptLasting(() => applied.force()),
        call,
      ),
    call.at,
  );
  return overlay(
    attemptLasting(() => applied.force()),
    attemptLasting(() => invoke(call, second, final, both)),
    call,
  );
}

function composition(first: Thunk, second: Thunk, call: Call): Thunk {
  return ready(
    functionOf(
      define('composeExtensions', 2, (_call, final, prev) => composed(first, second, final, prev, call)),
      call.at,
    ),
  );
}

const nothing = ready(
  functionOf(
    define('composeManyExtensions', 2, (call) => attrs(new Map(), call.at)),
    null,
  ),
);

export const fixedPoints: LibTable = {
  fix: define('fix', 1, (call, fn) => fixed((self) => invoke(call, fn, self), call)),
  "fix'": define("fix'", 1, (call, fn) =>
    fixed(
      (self) =>
        overlay(
          attemptLasting(() => invoke(call, fn, self)),
          attrs(new Map([['__unfix__', attr(fn, call.at)]]), call.at),
          call,
        ),
      call,
    ),
  ),
  converge: define('converge', 2, (call, fn, value) => {
    for (let before = value.force(); ;) {
      const after = apply(fn.force(), ready(before), call.at, call.machine);
      if (equal(after, before, call.machine)) return before;
      before = after;
    }
  }),
  extends: define('extends', 3, (call, extension, fn, final) => extended(extension, fn, final, call)),
  composeExtensions: define('composeExtensions', 4, (call, first, second, final, prev) =>
    composed(first, second, final, prev, call),
  ),
  composeManyExtensions: define('composeManyExtensions', 1, (call, extensions) =>
    [...forceItems(extensions, call)]
      .reverse()
      .reduce((rest, extension) => composition(extension, rest, call), nothing)
      .force(),
  ),
  makeExtensible: define('makeExtensible', 1, (call, fn) => extensible('extend', fn, call)),
  makeExtensibleWithCustomName: define('makeExtensibleWithCustomName', 2, (call, name, fn) => {
    const custom = name.force();
    return extensible(custom.type === 'string' ? custom.text : 'extend', fn, call);
  }),
  toExtension: define('toExtension', 3, (call, extension, final, prev) => {
    if (!isFunction(extension, call)) return extension.force();
    const first = invoked(call, extension, prev);
    return isFunction(first, call) ? invoke(call, extension, final, prev) : first.force();
  }),
};
