import type { Expr, LambdaExpr, LetExpr } from '../nix/syntax';
import { planOf, type Plan, type PlanEntry } from './attr-plan';
import { attr, attrs } from './construct';
import { attrNameOf, selectAttr } from './interpret';
import { Kept } from './kept';
import type { Scope } from './scope';
import { attemptLasting, lazily, ready, thunkOf, type Thunk } from './thunk';
import { tracing } from './tracing';
import { fail, Failure, raise, typeName, Unknown, type Attr, type AttrsValue, type Origin } from './value';

/** What binds names: sets, `let`, the arguments of functions. */

/** The set that a plan describes, its values unevaluated. */
export function attrSet(plan: Plan, outer: Scope): AttrsValue {
  const names = new Map<string, Thunk>();
  const scope = plan.recursive ? outer.bind(names) : outer;
  const entries = new Map<string, Attr>();
  const sources: Sources = new Map();
  let open = plan.damaged ? new Unknown('syntax', 'a syntax error hides part of the set', plan.origin) : null;
  for (const [name, entry] of plan.entries) {
    const value = entryThunk(name, entry, scope, outer, sources);
    entries.set(name, attr(value, entry.at));
    if (plan.recursive) names.set(name, value);
  }
  const overrides = plan.recursive ? entries.get('__overrides') : undefined;
  if (overrides !== undefined) open = override(overrides.value, entries, names) ?? open;
  for (const entry of plan.dynamic) {
    const name = attemptLasting(() => attrNameOf(entry.name, scope));
    if (name instanceof Unknown) {
      open ??= new Unknown(name.cause, `an attribute's name is unknown: ${name.reason}`, entry.name);
      continue;
    }
    if (name instanceof Failure) return raise(name);
    if (name === null) continue;
    if (entries.has(name)) return fail('type', `dynamic attribute '${name}' already defined`, entry.name);
    const { value } = entry;
    const thunk =
      'plan' in value
        ? lazily(() => attrSet(value.plan, scope), value.plan.origin)
        : thunkOf(value.expr, scope);
    entries.set(name, attr(thunk, entry.name));
  }
  return attrs(entries, plan.origin, open);
}

/**
 * `__overrides` of a recursive set: its attributes replace those of the same name, also for the set's own values.
 * Returns why there may be more of them. Source: Nix's eval.cc (`ExprAttrs::eval`).
 */
function override(overrides: Thunk, entries: Map<string, Attr>, names: Map<string, Thunk>): Unknown | null {
  const set = overrides.force();
  if (set.type !== 'attrs')
    return fail('type', `value is ${typeName(set)} while a set was expected`, overrides.origin);
  for (const [name, entry] of set.entries) {
    entries.set(name, entry);
    if (names.has(name)) names.set(name, entry.maybe === null ? entry.value : ready(entry.maybe));
  }
  return set.open;
}

/** What the `inherit (from)` of one set take their attributes from: each is evaluated once. */
type Sources = Map<Expr, Thunk>;

function entryThunk(name: string, entry: PlanEntry, scope: Scope, outer: Scope, sources: Sources): Thunk {
  const kept = keptIn(scope);
  if (kept === null) return newThunk(name, entry, scope, outer, sources);
  const make = (): Thunk => newThunk(name, entry, scope, outer, sources);
  switch (entry.kind) {
    case 'expr':
      return kept.valueOf(entry.expr, make);
    case 'set':
      return kept.setOf(entry.plan, entry.at, make);
    case 'inherit':
      return kept.valueOf(entry.at, make);
  }
}

function newThunk(name: string, entry: PlanEntry, scope: Scope, outer: Scope, sources: Sources): Thunk {
  switch (entry.kind) {
    case 'expr':
      return thunkOf(entry.expr, scope);
    case 'set': {
      const { plan } = entry;
      return lazily(() => attrSet(plan, scope), plan.origin);
    }
    case 'inherit': {
      const { at } = entry;
      const { from } = entry;
      if (from === null) {
        return lazily(
          () => outer.lookup(name)?.force() ?? fail('undefined', `undefined variable '${name}'`, at),
          at,
        );
      }
      const source = sources.get(from) ?? thunkOf(from, scope);
      sources.set(from, source);
      return lazily(() => selectAttr(source.force(), name, at), at);
    }
  }
}

/** What is kept in a scope. What is evaluated for a trace is to be evaluated anew. */
function keptIn(scope: Scope): Kept | null {
  return tracing.on ? null : scope.kept;
}

/** The scope inside a `let`. */
export function letScope(expr: LetExpr, outer: Scope): Scope {
  const kept = keptIn(outer);
  return kept === null ? newLetScope(expr, outer) : kept.letScope(expr, () => newLetScope(expr, outer));
}

function newLetScope(expr: LetExpr, outer: Scope): Scope {
  const names = new Map<string, Thunk>();
  const scope = outer.bind(names, keptIn(outer) === null ? null : new Kept(false));
  const sources: Sources = new Map();
  for (const [name, entry] of planOf(expr).entries)
    names.set(name, entryThunk(name, entry, scope, outer, sources));
  return scope;
}

/** The scope of a function's body, with its argument bound. Throws where the argument does not fit. */
export function argumentScope(lambda: LambdaExpr, scope: Scope, argument: Thunk, at: Origin): Scope {
  const kept = keptIn(scope);
  const names = new Map<string, Thunk>();
  if (kept?.isWholeFile !== true) return bindArgument(lambda, scope.bind(names), names, argument, at);
  const inner = bindArgument(lambda, scope.bind(names, new Kept(false)), names, argument, at);
  return kept.bodyScope(lambda, inner, names);
}

/** Binds the argument in the scope of the body, which is returned. */
function bindArgument(
  lambda: LambdaExpr,
  inner: Scope,
  names: Map<string, Thunk>,
  argument: Thunk,
  at: Origin,
): Scope {
  if (lambda.argument !== null) names.set(lambda.argument.name, argument);
  if (lambda.formals === null) return inner;
  const given = attemptLasting(() => argument.force());
  if (given instanceof Failure) return raise(given);
  if (given instanceof Unknown) {
    for (const { name } of lambda.formals) {
      names.set(name.name, ready(new Unknown(given.cause, given.reason, given.at)));
    }
    return inner;
  }
  if (given.type !== 'attrs') return fail('type', `value is ${typeName(given)} while a set was expected`, at);
  for (const { name, fallback } of lambda.formals) {
    const found = given.entries.get(name.name);
    if (found?.maybe === null) names.set(name.name, found.value);
    else if (found?.maybe != null) names.set(name.name, ready(found.maybe));
    else if (given.open !== null) names.set(name.name, ready(given.open));
    else if (fallback !== null) names.set(name.name, thunkOf(fallback, inner));
    else return fail('type', `function called without required argument '${name.name}'`, at);
  }
  if (!lambda.ellipsis) {
    const expected = new Set(lambda.formals.map((formal) => formal.name.name));
    for (const name of given.entries.keys()) {
      if (!expected.has(name)) return fail('type', `function called with unexpected argument '${name}'`, at);
    }
  }
  return inner;
}
