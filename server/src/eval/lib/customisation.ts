import { forceAttrs, forceBool, openness, sortedEntries } from '../arguments';
import { attr, attrs, record } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, type Attr, type AttrsValue, type Call, type Primop, type Value } from '../value';
import { isDerivation } from './attrsets-outputs';
import { buildHelpers, overrideDerivation } from './build-helpers';
import { extendDerivation } from './derivation-outputs';
import { extended } from './fixed-points';
import {
  callBuiltin,
  field,
  interpolated,
  invoke,
  invoked,
  known,
  mapValues,
  overlay,
  selected,
  type LibTable,
} from './support';
import { functionOf, isFunction, namedArguments, withArguments } from './trivial';

/** nixpkgs lib/customisation.nix, as far as it needs no derivation. */

function mirrored(fn: Thunk, run: (argument: Thunk) => Value, call: Call): Value {
  const self = ready(
    functionOf(
      define('override', 1, (_call, argument) => run(argument)),
      call.at,
    ),
  );
  return withArguments(
    self,
    lazily(() => namedArguments(fn, call)),
    call,
  );
}

/** `makeOverridable f args`. */
function overridable(fn: Thunk, args: Thunk, call: Call): Value {
  const result = invoke(call, fn, args);
  const override = ready(
    mirrored(
      fn,
      (changes) => {
        const changed = lazily(
          () =>
            overlay(
              attemptLasting(() => args.force()),
              attemptLasting(() =>
                isFunction(changes, call) ? invoke(call, changes, args) : changes.force(),
              ),
              call,
            ),
          call.at,
        );
        return overridable(fn, changed, call);
      },
      call,
    ),
  );
  if (result.type === 'attrs') {
    const changing = (name: string, change: (before: Thunk, argument: Thunk) => Value): Attr => {
      const again = (argument: Thunk): Primop =>
        define(name, 1, (inner, given) => change(invoked(inner, fn, given), argument));
      const changed = define(name, 1, (_call, argument) =>
        overridable(
          ready(
            withArguments(
              ready(functionOf(again(argument), call.at)),
              lazily(() => namedArguments(fn, call)),
              call,
            ),
          ),
          args,
          call,
        ),
      );
      return attr(ready(functionOf(changed, call.at)));
    };
    const own = new Map<string, Attr>([
      ['override', attr(override)],
      [
        'overrideDerivation',
        changing('overrideDerivation', (before, change) => overrideDerivation(before, change, call)),
      ],
    ]);
    if (findAttr(result, 'overrideAttrs') !== null) {
      own.set(
        'overrideAttrs',
        changing('overrideAttrs', (before, change) =>
          invoke(call, selected(before, 'overrideAttrs', call), change),
        ),
      );
    }
    return overlay(result, attrs(own, call.at), call);
  }
  if (!isFunction(ready(result), call)) return result;
  return overlay(
    withArguments(
      ready(result),
      lazily(() => namedArguments(ready(result), call)),
      call,
    ),
    record({ override }, call.at),
    call,
  );
}

function makeOverridable(fn: Thunk, call: Call): Value {
  const value = fn.force();
  const made = mirrored(fn, (args) => overridable(fn, args, call), call);
  if (value.type !== 'attrs') return made;
  const override = findAttr(value, 'override');
  const own =
    override === null
      ? attrs(new Map())
      : record({
          override: functionOf(
            define('override', 1, (_call, change) =>
              makeOverridable(invoked(call, override.value, change), call),
            ),
            call.at,
          ),
        });
  return overlay(overlay(value, made, call), own, call);
}

function imported(fn: Thunk, call: Call): Thunk {
  return isFunction(fn, call) ? fn : lazily(() => callBuiltin('import', call, fn), call.at);
}

/** The arguments that a function is called with: those it names, from a set of all, and the given ones. */
function passed(all: Thunk, fn: Thunk, given: Thunk, call: Call): AttrsValue {
  const wanted = forceAttrs(
    lazily(() => namedArguments(fn, call)),
    call,
  );
  const available = known(all);
  const entries = new Map<string, Attr>();
  for (const [name, optional] of sortedEntries(wanted, call)) {
    const found = available instanceof Unknown ? null : forceAttrs(all, call).entries.get(name);
    if (found != null) entries.set(name, found);
    else {
      const open = available instanceof Unknown ? available : forceAttrs(all, call).open;
      // Whether a default is used is unknown where the argument may be there.
      if (open !== null)
        entries.set(name, {
          value: ready(open),
          at: null,
          maybe: forceBool(optional.value, call) ? open : null,
        });
    }
  }
  return overlay(
    attrs(entries, call.at),
    attemptLasting(() => given.force()),
    call,
  );
}

function callPackage(all: Thunk, file: Thunk, given: Thunk, call: Call): Value {
  const fn = imported(file, call);
  const args = passed(all, fn, given, call);
  if (openness(args) === null) {
    for (const [name, optional] of sortedEntries(
      forceAttrs(
        lazily(() => namedArguments(fn, call)),
        call,
      ),
      call,
    )) {
      if (!args.entries.has(name) && !forceBool(optional.value, call)) {
        return fail(
          'abort',
          `lib.customisation.callPackageWith: Function called without required argument "${name}"`,
          call.at,
        );
      }
    }
  }
  return invoke(call, ready(makeOverridable(fn, call)), ready(args));
}

function callPackages(all: Thunk, file: Thunk, given: Thunk, call: Call): Value {
  const fn = imported(file, call);
  const args = ready(passed(all, fn, given, call));
  const packages = forceAttrs(invoked(call, fn, args), call);
  if (isDerivation(packages))
    return fail('throw', 'function `callPackages` was called on a *single* derivation', call.at);
  return mapValues(packages, call, (name) => {
    const one = define(name, 1, (_call, changed) => field(invoke(call, fn, changed), name, call).force());
    return lazily(
      () =>
        overridable(
          ready(
            withArguments(
              ready(functionOf(one, call.at)),
              lazily(() => namedArguments(fn, call)),
              call,
            ),
          ),
          args,
          call,
        ),
      call.at,
    );
  });
}

/** `makeScope`: a set of packages that can call for each other. */
export function scope(newScope: Thunk, fn: Thunk, call: Call): Value {
  const self: Thunk = lazily(() => {
    const inner = define('newScope', 1, (_call, more) =>
      invoke(
        call,
        newScope,
        lazily(
          () =>
            overlay(
              attemptLasting(() => self.force()),
              attemptLasting(() => more.force()),
              call,
            ),
          call.at,
        ),
      ),
    );
    const base = record(
      {
        callPackage: lazily(
          () => invoke(call, ready(functionOf(inner, call.at)), ready(attrs(new Map()))),
          call.at,
        ),
      },
      call.at,
    );
    const override = define('overrideScope', 1, (_call, extension) =>
      scope(
        newScope,
        ready(
          functionOf(
            define('packages', 1, (_inner, final) => extended(extension, fn, final, call)),
            call.at,
          ),
        ),
        call,
      ),
    );
    const own = record(
      { newScope: functionOf(inner, call.at), overrideScope: functionOf(override, call.at), packages: fn },
      call.at,
    );
    return overlay(
      overlay(
        base,
        attemptLasting(() => invoke(call, fn, self)),
        call,
      ),
      own,
      call,
    );
  }, call.at);
  return self.force();
}

const CROSS = ['BuildBuild', 'BuildHost', 'BuildTarget', 'HostHost', 'HostTarget', 'TargetTarget'] as const;

function plain(cross: string): string {
  return cross.charAt(0).toLowerCase() + cross.slice(1);
}

export const customisation: LibTable = {
  ...buildHelpers,
  makeOverridable: define('makeOverridable', 1, (call, fn) => makeOverridable(fn, call)),
  callPackageWith: define('callPackageWith', 3, (call, all, fn, given) => callPackage(all, fn, given, call)),
  callPackagesWith: define('callPackagesWith', 3, (call, all, fn, given) =>
    callPackages(all, fn, given, call),
  ),
  extendDerivation: define('extendDerivation', 3, (call, condition, more, drv) =>
    extendDerivation(condition, more, drv, call),
  ),
  makeScope: define('makeScope', 2, (call, newScope, fn) => scope(newScope, fn, call)),
  renameCrossIndexFrom: define('renameCrossIndexFrom', 2, (call, prefix, set) =>
    attrs(
      new Map(
        CROSS.map((cross) => [
          plain(cross),
          attr(lazily(() => field(set.force(), interpolated(prefix, call) + cross, call).force())),
        ]),
      ),
      call.at,
    ),
  ),
  renameCrossIndexTo: define('renameCrossIndexTo', 2, (call, prefix, set) =>
    attrs(
      new Map(
        CROSS.map((cross) => [
          interpolated(prefix, call) + cross,
          attr(lazily(() => field(set.force(), plain(cross), call).force())),
        ]),
      ),
      call.at,
    ),
  ),
  mapCrossIndex: define('mapCrossIndex', 2, (call, fn, set) =>
    attrs(
      new Map(
        CROSS.map((cross) => [
          plain(cross),
          attr(
            invoked(
              call,
              fn,
              lazily(() => field(set.force(), plain(cross), call).force()),
            ),
          ),
        ]),
      ),
      call.at,
    ),
  ),
};
