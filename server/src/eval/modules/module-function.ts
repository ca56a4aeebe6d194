import { attr, attrs } from '../construct';
import { apply } from '../interpret';
import { inspect, ready, type Thunk } from '../thunk';
import { Failure, Unknown, unknown, type Attr, type Machine, type Origin, type Value } from '../value';

/**
 * The argument of a module function: what every module gets, and, for each name the function asks for, what
 * `_module.args` holds. Source: nixpkgs lib/modules.nix `applyModuleArgs`.
 */
export function applyModuleFunction(
  fn: Value,
  given: ReadonlyMap<string, Attr>,
  moduleArg: (name: string, at: Origin) => Thunk,
  at: Origin,
  machine: Machine,
): Value {
  const entries = new Map(given);
  for (const name of namedArguments(fn).keys()) {
    if (!entries.has(name)) entries.set(name, attr(moduleArg(name, at)));
  }
  return apply(fn, ready(attrs(entries)), at, machine);
}

/** The names a function's pattern asks for, and whether each has a default; none for a plain argument. */
export function namedArguments(fn: Value): ReadonlyMap<string, boolean> {
  if (fn.type === 'lambda')
    return new Map((fn.expr.formals ?? []).map(({ name, fallback }) => [name.name, fallback !== null]));
  if (fn.type === 'primop') return fn.primop.formals ?? new Map();
  if (fn.type !== 'attrs') return new Map();
  const declared = fn.entries.get('__functionArgs')?.value.force();
  if (declared?.type !== 'attrs') return new Map();
  return new Map(
    [...declared.entries].map(([name, { value }]) => {
      const fallback = inspect(value);
      return [
        name,
        !(fallback instanceof Unknown) &&
          !(fallback instanceof Failure) &&
          fallback.type === 'bool' &&
          fallback.value,
      ];
    }),
  );
}

export function notInRepository(name: string, at: Origin): never {
  return unknown('external', `the argument \`${name}\` is not set in the repository`, at);
}
