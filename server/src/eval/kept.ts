import type { AttrName, Expr, LambdaExpr, LetExpr } from '../nix/syntax';
import { bindSame, planOf, samePlan, type Plan } from './attr-plan';
import type { Scope } from './scope';
import type { Thunk } from './thunk';

/**
 * What was made in a scope that outlives one version of a file. An edit leaves the syntax of the bindings that it does
 * not touch as it is: in the same scope it stays the same thunk, so that nobody hears of it.
 */
export class Kept {
  private readonly values = new WeakMap<Expr | AttrName, Thunk>();
  private readonly sets = new WeakMap<AttrName, { readonly plan: Plan; readonly value: Thunk }>();
  private readonly calls: Call[] = [];
  private binding: { readonly plan: Plan; readonly scope: Scope } | null = null;

  /** @param isWholeFile whether it is the scope of a file as a whole, whose functions are called by whoever imports it */
  constructor(readonly isWholeFile: boolean) {}

  /** The value of an expression, or of an inherited name. */
  valueOf(of: Expr | AttrName, make: () => Thunk): Thunk {
    let value = this.values.get(of);
    if (value === undefined) this.values.set(of, (value = make()));
    return value;
  }

  /** The set that a plan describes, whose name is written there first. */
  setOf(plan: Plan, at: AttrName, make: () => Thunk): Thunk {
    const known = this.sets.get(at);
    if (known !== undefined && samePlan(known.plan, plan)) return known.value;
    const value = make();
    this.sets.set(at, { plan, value });
    return value;
  }

  /** The scope inside a `let`: the one before, where it binds the same. */
  letScope(expr: LetExpr, make: () => Scope): Scope {
    const plan = planOf(expr);
    if (this.binding === null || !bindSame(this.binding.plan, plan)) this.binding = { plan, scope: make() };
    return this.binding.scope;
  }

  /** The scope of a function's body: one of those before, where it binds the same. */
  bodyScope(lambda: LambdaExpr, made: Scope, names: ReadonlyMap<string, Thunk>): Scope {
    const defaults = new Map<string, Expr>();
    for (const { name, fallback } of lambda.formals ?? []) {
      if (fallback !== null && names.get(name.name)?.origin === fallback) defaults.set(name.name, fallback);
    }
    const call: Call = { scope: made, names, defaults };
    const known = this.calls.find((before) => sameCall(before, call));
    if (known !== undefined) return known.scope;
    if (this.calls.length >= MOST_CALLS) this.calls.shift();
    this.calls.push(call);
    return made;
  }
}

/** How many calls of a file's function are remembered: a module is called by each host that imports it. */
const MOST_CALLS = 4;

interface Call {
  readonly scope: Scope;
  readonly names: ReadonlyMap<string, Thunk>;
  /** The names that were not given. */
  readonly defaults: ReadonlyMap<string, Expr>;
}

function sameCall(a: Call, b: Call): boolean {
  if (a.names.size !== b.names.size || a.defaults.size !== b.defaults.size) return false;
  for (const [name, value] of a.names) {
    const fallback = a.defaults.get(name);
    if (fallback === undefined ? b.names.get(name) !== value : b.defaults.get(name) !== fallback)
      return false;
  }
  return true;
}
