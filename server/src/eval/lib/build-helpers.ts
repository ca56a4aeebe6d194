import { forceAttrs, forceBool, forceItems, forceString } from '../arguments';
import { attr, attrs, bool, list, record, string } from '../construct';
import { define } from '../primop';
import { attemptLasting, lazily, ready, type Thunk } from '../thunk';
import type { Attr, AttrsValue, Call, Primop, Value } from '../value';
import { extendDerivation } from './derivation-outputs';
import { extended } from './fixed-points';
import { flatten } from './lists';
import {
  callBuiltin,
  field,
  invoke,
  invoked,
  mapItems,
  optionalField,
  overlay,
  readFormals,
  selected,
  withFormals,
  type LibTable,
} from './support';
import { functionOf, isFunction, namedArguments } from './trivial';

/** nixpkgs lib/customisation.nix: derivations changed, jobs, spliced scopes, and helpers made of helpers. */

const EMPTY = ready(attrs(new Map()));

function fn(definition: Primop, call: Call): Value {
  return functionOf(definition, call.at);
}

/** `overrideDerivation`: the derivation made again of changed attributes. */
export function overrideDerivation(drv: Thunk, change: Thunk, call: Call): Value {
  const value = forceAttrs(drv, call);
  const passthru = optionalField(value, 'passthru') ?? EMPTY;
  const own = record({ meta: optionalField(value, 'meta') ?? EMPTY, passthru }, call.at);
  const more = lazily(
    () =>
      overlay(
        own,
        attemptLasting(() => passthru.force()),
        call,
      ),
    call.at,
  );
  const exists = lazily(() => {
    field(value, 'drvPath', call).force();
    return bool(true, call.at);
  }, call.at);
  const changed = lazily(
    () =>
      overlay(
        field(value, 'drvAttrs', call).force(),
        attemptLasting(() => invoke(call, change, drv)),
        call,
      ),
    call.at,
  );
  const again = lazily(() => callBuiltin('derivation', call, changed), call.at);
  return extendDerivation(exists, more, again, call);
}

/** `hydraJob`: what a build server needs of a derivation. */
function hydraJob(drv: Thunk, call: Call): Value {
  const value = drv.force();
  if (value.type === 'null') return value;
  const outputs = optionalField(value, 'outputs') ?? ready(list([ready(string('out'))]));
  const names = forceItems(outputs, call).map((name) => forceString(name, call));
  const common: Thunk = lazily(() => {
    const own = record(
      {
        name: selected(drv, 'name', call),
        system: selected(drv, 'system', call),
        meta: selected(drv, 'meta', call),
        outputs,
      },
      call.at,
    );
    const aggregate = optionalField(value, '_hydraAggregate');
    const parts =
      aggregate !== null && forceBool(aggregate, call)
        ? record({
            _hydraAggregate: bool(true),
            constituents: lazily(() =>
              mapItems(flatten(field(value, 'constituents', call), call), call, (part) =>
                lazily(() => hydraJob(part, call)),
              ),
            ),
          })
        : attrs(new Map());
    const each = [...made].map(([name, output]): [string, Attr] => [name, attr(output)]);
    return overlay(overlay(own, parts, call), attrs(new Map(each)), call);
  }, call.at);
  const output = (name: string): Value => {
    const from = selected(drv, name, call);
    const own = record({
      outPath: selected(from, 'outPath', call),
      drvPath: selected(from, 'drvPath', call),
      type: string('derivation'),
      outputName: string(name),
    });
    return overlay(common.force(), own, call);
  };
  const made = new Map(names.map((name) => [name, lazily(() => output(name), call.at)]));
  return (made.get(names[0] ?? '') ?? ready(list([]))).force();
}

interface Splicing {
  readonly splice: Thunk;
  readonly newScope: Thunk;
}

interface Spliced {
  readonly others: Thunk;
  readonly keep: Thunk | null;
  readonly extra: Thunk | null;
  readonly packages: Thunk;
}

const STAGES = ['BuildBuild', 'BuildHost', 'BuildTarget', 'HostHost', 'TargetTarget'] as const;

/** `makeScopeWithSplicing'`. */
function splicedScope(how: Splicing, what: Spliced, call: Call): Value {
  const self: Thunk = lazily(() => {
    const stages = Object.fromEntries(
      STAGES.map((stage) => [`pkgs${stage}`, selected(what.others, `self${stage}`, call)]),
    );
    const first = invoked(call, how.splice, ready(record({ ...stages, pkgsHostTarget: self }, call.at)));
    const part = (given: Thunk | null, argument: Thunk): Value =>
      given === null ? attrs(new Map()) : invoke(call, given, argument);
    const spliced = lazily(
      () => overlay(overlay(part(what.extra, first), first.force(), call), part(what.keep, self), call),
      call.at,
    );
    const newScope = define('newScope', 1, (inner, scope) =>
      invoke(
        inner,
        how.newScope,
        lazily(() => overlay(spliced.force(), scope.force(), inner), inner.at),
      ),
    );
    const overrideScope = define('overrideScope', 1, (inner, extension) => {
      const packages = define('packages', 1, (_call, final) =>
        extended(extension, what.packages, final, inner),
      );
      return splicedScope(how, { ...what, packages: ready(fn(packages, inner)) }, inner);
    });
    const own = record(
      {
        newScope: fn(newScope, call),
        callPackage: invoked(call, how.newScope, spliced),
        overrideScope: fn(overrideScope, call),
        packages: what.packages,
      },
      call.at,
    );
    return overlay(
      attemptLasting(() => invoke(call, what.packages, self)),
      own,
      call,
    );
  }, call.at);
  return self.force();
}

const SPLICING = { splicePackages: false, newScope: false } as const;
const SPLICED = { otherSplices: false, keep: true, extra: true, f: false } as const;
const HELPER = {
  constructDrv: false,
  excludeDrvArgNames: true,
  excludeFunctionArgNames: true,
  extendDrvArgs: false,
  inheritFunctionArgs: true,
  transformDrv: true,
} as const;

function without(set: Thunk, names: readonly string[], call: Call): AttrsValue {
  const value = forceAttrs(set, call);
  return attrs(new Map([...value.entries].filter(([name]) => !names.includes(name))), call.at, value.open);
}

/** `extendMkDerivation`: a build helper made of another one. */
function extendedHelper(settings: Thunk, call: Call): Value {
  const given = readFormals(settings, HELPER, call);
  const [construct, extend] = [given.constructDrv as Thunk, given.extendDrvArgs as Thunk];
  const namesOf = (names: Thunk | null): readonly string[] =>
    names === null ? [] : forceItems(names, call).map((name) => forceString(name, call));
  const identity = ready(
    fn(
      define('id', 1, (_call, value) => value.force()),
      call,
    ),
  );
  const transform = given.transformDrv ?? identity;
  const functor = define('__functor', 2, (inner, _self, args) => {
    const fixed = define('finalAttrs', 1, (_call, final) => {
      const previous = lazily(
        () => (isFunction(args, inner) ? invoke(inner, args, final) : args.force()),
        inner.at,
      );
      return overlay(
        attemptLasting(() => without(previous, namesOf(given.excludeDrvArgNames), inner)),
        attemptLasting(() => invoke(inner, extend, final, previous)),
        inner,
      );
    });
    return invoke(inner, transform, invoked(inner, construct, ready(fn(fixed, inner))));
  });
  const shown = lazily(() => {
    const inherits = given.inheritFunctionArgs === null || forceBool(given.inheritFunctionArgs, call);
    const base = inherits
      ? without(ready(namedArguments(construct, call)), namesOf(given.excludeDrvArgNames), call)
      : attrs(new Map());
    const own = namedArguments(invoked(call, extend, EMPTY), call);
    return without(ready(overlay(base, own, call)), namesOf(given.excludeFunctionArgNames), call);
  }, call.at);
  return record(
    {
      __functor: fn(functor, call),
      __functionArgs: shown,
      constructDrv: construct,
      excludeDrvArgNames: given.excludeDrvArgNames ?? ready(list([])),
      extendDrvArgs: extend,
      transformDrv: transform,
    },
    call.at,
  );
}

export const buildHelpers: LibTable = {
  overrideDerivation: define('overrideDerivation', 2, (call, drv, change) =>
    overrideDerivation(drv, change, call),
  ),
  hydraJob: define('hydraJob', 1, (call, drv) => {
    const job = hydraJob(drv, call);
    return callBuiltin('deepSeq', call, ready(job), ready(job));
  }),
  "makeScopeWithSplicing'": withFormals(
    define("makeScopeWithSplicing'", 2, (call, how, what) => {
      const { splicePackages, newScope } = readFormals(how, SPLICING, call);
      const { otherSplices, keep, extra, f } = readFormals(what, SPLICED, call);
      return splicedScope(
        { splice: splicePackages as Thunk, newScope: newScope as Thunk },
        { others: otherSplices as Thunk, keep, extra, packages: f as Thunk },
        call,
      );
    }),
    SPLICING,
  ),
  // Its arguments are those of the other one, one after the other.
  makeScopeWithSplicing: {
    name: 'makeScopeWithSplicing',
    arity: 6,
    run: (args, call) => {
      const [splice, newScope, others, keep, extra, packages] = args as [
        Thunk,
        Thunk,
        Thunk,
        Thunk,
        Thunk,
        Thunk,
      ];
      return splicedScope({ splice, newScope }, { others, keep, extra, packages }, call);
    },
  },
  extendMkDerivation: withFormals(
    define('extendMkDerivation', 1, (call, settings) => extendedHelper(settings, call)),
    HELPER,
  ),
};
