import { apply } from '../interpret';
import { attemptLasting, lazily, type Thunk } from '../thunk';
import { fail, Failure, raise, typeName, Unknown, type Call, type Value } from '../value';

/** The result of calling a function value with some arguments, one after the other. */
export function invoke(fn: Value, args: readonly Thunk[], call: Call): Value {
  let result = fn;
  for (const argument of args) result = apply(result, argument, call.at, call.machine);
  return result;
}

/** The same, when needed. */
export function invokeLater(fn: Thunk, args: readonly Thunk[], call: Call): Thunk {
  return lazily(() => invoke(fn.force(), args, call), call.at);
}

/**
 * Where Nix forces a function before it is called: fails for what is no function. An unknown one is left for the calls,
 * so that what does not depend on it stays known.
 */
export function checkFunction(fn: Thunk, call: Call): void {
  const value = attemptLasting(() => fn.force());
  if (value instanceof Failure) return raise(value);
  if (value instanceof Unknown || value.type === 'lambda' || value.type === 'primop') return;
  if (value.type === 'attrs' && (value.open !== null || value.entries.has('__functor'))) return;
  return fail('type', `value is ${typeName(value)} while a function was expected`, call.at);
}
