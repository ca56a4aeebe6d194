import type { AttrName, Expr, LambdaExpr, LetExpr, WithExpr } from '../nix/syntax';
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
  const scope = plan.recursive ? bindingScope(plan, outer, names) : outer;
  const entries = new Map<string, Attr>();
  const sources: Sources = new Map();
  let open = plan.damaged ? new Unknown('syntax', 'a syntax error hides part of the set', plan.origin) : null;
  for (const [name, entry] of plan.entries) {
    const value = plan.recursive ? scope.nearest(name) : entryThunk(name, entry, scope, outer, sources);
    entries.set(name, attr(value as Thunk, entry.at));
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
    const thunk = 'plan' in value ? setIn(value.plan, entry.name, scope) : thunkIn(value.expr, scope);
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
  switch (entry.kind) {
    case 'expr':
      return thunkIn(entry.expr, scope);
    case 'set':
      return setIn(entry.plan, entry.at, scope);
    case 'inherit': {
      const make = (): Thunk => inherited(name, entry, scope, outer, sources);
      return keptIn(scope)?.valueOf(entry.at, make) ?? make();
    }
  }
}

function inherited(
  name: string,
  { from, at }: PlanEntry & { readonly kind: 'inherit' },
  scope: Scope,
  outer: Scope,
  sources: Sources,
): Thunk {
  if (from === null)
    return lazily(
      () => outer.lookup(name)?.force() ?? fail('undefined', `undefined variable '${name}'`, at),
      at,
    );
  const source = sources.get(from) ?? thunkIn(from, scope);
  sources.set(from, source);
  return lazily(() => selectAttr(source.force(), name, at), at);
}

/** What is kept in a scope. What is evaluated for a trace is to be evaluated anew. */
function keptIn(scope: Scope): Kept | null {
  return tracing.on ? null : scope.kept;
}

/** The value of an expression in a scope, evaluated when needed: the same thunk as before, where that is kept. */
export function thunkIn(expr: Expr, scope: Scope): Thunk {
  return keptIn(scope)?.valueOf(expr, () => thunkOf(expr, scope)) ?? thunkOf(expr, scope);
}

/** The same for the set that a plan describes, whose name is written at `at`. */
function setIn(plan: Plan, at: AttrName, scope: Scope): Thunk {
  const make = (): Thunk => lazily(() => attrSet(plan, scope), plan.origin);
  return keptIn(scope)?.setOf(plan, at, make) ?? make();
}

/** The scope inside a `with`. */
export function withScope({ environment: expr }: WithExpr, outer: Scope): Scope {
  const make = (): { environment: Thunk; scope: Scope } => {
    const environment = thunkOf(expr, outer);
    return { environment, scope: outer.with(environment) };
  };
  const text = namesOf(expr);
  return (text === null ? null : keptIn(outer)?.withScope(text, make)) ?? make().scope;
}

/** `lib.types` as it is written; null for what is more than names. */
function namesOf(expr: Expr): string | null {
  if (expr.kind === 'variable') return expr.name;
  if (expr.kind !== 'select' || expr.fallback !== null) return null;
  const subject = namesOf(expr.subject);
  if (subject === null || expr.path.some(({ text }) => text === null)) return null;
  return [subject, ...expr.path.map(({ text }) => JSON.stringify(text))].join('.');
}

/** The scope inside a `let`. */
export function letScope(expr: LetExpr, outer: Scope): Scope {
  return bindingScope(planOf(expr), outer, new Map());
}

/**
 * The scope inside a `let` or a recursive set.
 * @param names where the scope is a new one, is filled with what is bound in it
 */
function bindingScope(plan: Plan, outer: Scope, names: Map<string, Thunk>): Scope {
  const kept = keptIn(outer);
  const make = (): Scope => newBindingScope(plan, outer, names);
  // What `__overrides` replaces is another value each time.
  return kept === null || plan.entries.has('__overrides') ? make() : kept.bindingScope(plan, make);
}

function newBindingScope(plan: Plan, outer: Scope, names: Map<string, Thunk>): Scope {
  const scope = outer.bind(names, keptIn(outer) === null ? null : new Kept());
  const sources: Sources = new Map();
  for (const [name, entry] of plan.entries) names.set(name, entryThunk(name, entry, scope, outer, sources));
  return scope;
}

/** Whether what the functions of a scope return is kept: those of a file, which are a module or a flake's outputs. */
export function keepsResults(scope: Scope): boolean {
  return keptIn(scope)?.isWholeFile === true;
}

/** The scope of a function's body, with its argument bound. Throws where the argument does not fit. */
export function argumentScope(lambda: LambdaExpr, scope: Scope, argument: Thunk, at: Origin): Scope {
  const kept = keptIn(scope);
  const names = new Map<string, Thunk>();
  if (kept === null || !(kept.isWholeFile || scope.machine.comesBack === true))
    return bindArgument(lambda, scope.bind(names), names, argument, at);
  const inner = bindArgument(lambda, scope.bind(names, new Kept()), names, argument, at);
  return kept.bodyScope(lambda, argument, inner, names);
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
