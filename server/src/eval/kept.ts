import type { AttrName, Expr, LambdaExpr } from '../nix/syntax';
import { bindSame, samePlan, type Plan } from './attr-plan';
import type { Scope } from './scope';
import { inspect, type Thunk } from './thunk';
import { isProblem } from './value';

/**
 * What was made in a scope, for whoever evaluates there again: after an edit that left an expression as it is, or
 * because something changed that was read on the way. The same expression in the same scope is the same thunk, the same
 * function called with the same argument has the same scope, so that nobody hears of what did not change.
 */
export class Kept {
  private readonly values = new WeakMap<Expr | AttrName, Thunk>();
  private sets: WeakMap<AttrName, Planned<Thunk>> | null = null;
  private bindings: WeakMap<AttrName, Planned<Scope>> | null = null;
  private environments: Map<string, Environment> | null = null;
  private calls: WeakMap<object, Calls> | null = null;

  /** @param isWholeFile whether it is the scope of a file as a whole, whose functions are called by whoever imports it */
  constructor(readonly isWholeFile = false) {}

  /** The value of an expression, or of an inherited name. */
  valueOf(of: Expr | AttrName, make: () => Thunk): Thunk {
    let value = this.values.get(of);
    if (value === undefined) this.values.set(of, (value = make()));
    return value;
  }

  /** The set that a plan describes, whose name is written there first. */
  setOf(plan: Plan, at: AttrName, make: () => Thunk): Thunk {
    this.sets ??= new WeakMap();
    const known = this.sets.get(at);
    if (known !== undefined && samePlan(known.plan, plan)) return known.made;
    const made = make();
    this.sets.set(at, { plan, made });
    return made;
  }

  /** The scope inside a `let` or a recursive set: the one before, where it binds the same. */
  bindingScope(plan: Plan, make: () => Scope): Scope {
    const [first] = plan.entries.values();
    if (first === undefined) return make();
    this.bindings ??= new WeakMap();
    const known = this.bindings.get(first.at);
    if (known !== undefined && (known.plan === plan || bindSame(known.plan, plan))) return known.made;
    const made = make();
    this.bindings.set(first.at, { plan, made });
    return made;
  }

  /** The scope inside a `with`, by what is written behind it; one that went wrong would say so where it stood before. */
  withScope(text: string, make: () => Environment): Scope {
    this.environments ??= new Map();
    let known = this.environments.get(text);
    if (known === undefined || !known.environment.forced || isProblem(inspect(known.environment)))
      this.environments.set(text, (known = make()));
    return known.scope;
  }

  /** The scope of a function's body: one of those before, where it binds the same. */
  bodyScope(lambda: LambdaExpr, argument: Thunk, made: Scope, names: ReadonlyMap<string, Thunk>): Scope {
    const defaults = new Map<string, Expr>();
    for (const { name, fallback } of lambda.formals ?? []) {
      if (fallback !== null && names.get(name.name)?.origin === fallback) defaults.set(name.name, fallback);
    }
    this.calls ??= new WeakMap();
    // An edit makes a file's function another one, and leaves at most the head of others.
    const head = this.isWholeFile ? this : (lambda.argument ?? lambda.formals?.[0]?.name ?? lambda);
    let calls = this.calls.get(head);
    if (calls === undefined) this.calls.set(head, (calls = { byArgument: new WeakMap(), latest: [] }));
    const call: Call = { scope: made, names, defaults };
    const before = calls.byArgument.get(argument);
    const known =
      before !== undefined && sameCall(before, call)
        ? before
        : calls.latest.find((other) => sameCall(other, call));
    if (known !== undefined) return known.scope;
    calls.byArgument.set(argument, call);
    if (calls.latest.length >= (this.isWholeFile ? MOST_HOSTS : MOST_LATEST)) calls.latest.shift();
    calls.latest.push(call);
    return made;
  }
}

interface Planned<T> {
  readonly plan: Plan;
  readonly made: T;
}

interface Environment {
  readonly environment: Thunk;
  readonly scope: Scope;
}

/** How many calls of a function are remembered with whatever argument. */
const MOST_LATEST = 4;
/** The same for that of a file: a module is called by each host that imports it. */
const MOST_HOSTS = 24;

interface Calls {
  readonly byArgument: WeakMap<Thunk, Call>;
  readonly latest: Call[];
}

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
