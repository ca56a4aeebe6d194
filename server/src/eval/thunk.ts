import type { Expr, SyntaxNode } from '../nix/syntax';
import { Computed, exhausted, isPassing, sameProblem } from './computed';
import { evaluate } from './interpret';
import { sameValue } from './same-value';
import type { Scope } from './scope';
import { tracing } from './tracing';
import { Failure, isProblem, Unknown, type Origin, type Value } from './value';

export { nesting } from './computed';

/** A value that is computed when it is first needed, and then kept until something it read changes. */
export abstract class Thunk extends Computed<Value> {
  /** The syntax it evaluates; null for what the engine made. */
  abstract readonly origin: Origin;

  /** Computes the value anew, to see what that needs; what is not evaluated while `tracing` is on may only tell its value. */
  again(): Value {
    return this.compute();
  }

  /** The expression that it evaluates; null for what the engine made. */
  expression(): Expr | null {
    return null;
  }

  /** Where it is evaluated; null for what is computed otherwise, and for what was not evaluated while `tracing` is on. */
  site(): Site | null {
    return null;
  }

  protected override where(): Origin {
    return this.origin;
  }
}

/** An expression, and the scope that it is evaluated in. */
export interface Site {
  readonly expr: Expr;
  readonly scope: Scope;
}

class ExprThunk extends Thunk {
  /**
   * Where it is evaluated. Once its value is there for good: null, or what the name stands for that it is, which costs
   * no more and tells where the value comes from.
   */
  private scope: Scope | Thunk | null;
  constructor(
    readonly origin: Expr,
    scope: Scope,
  ) {
    super();
    this.scope = scope;
  }
  protected compute(): Value {
    return evaluate(this.origin, this.scope as Scope);
  }
  override again(): Value {
    const { scope } = this;
    if (scope === null) return this.force();
    return scope instanceof Thunk ? scope.force() : this.compute();
  }
  override expression(): Expr {
    return this.origin;
  }
  override site(): Site | null {
    const { scope } = this;
    return scope === null || scope instanceof Thunk ? null : { expr: this.origin, scope };
  }
  protected override settledForGood(): void {
    if (tracing.on || this.scope === null || this.scope instanceof Thunk) return;
    this.scope = this.origin.kind === 'variable' ? this.scope.nearest(this.origin.name) : null;
  }
}

class NativeThunk extends Thunk {
  constructor(
    readonly origin: SyntaxNode | null,
    private readonly run_: () => Value,
  ) {
    super();
  }
  protected compute(): Value {
    return this.run_();
  }
}

class ReadyThunk extends Thunk {
  constructor(private readonly given: Value | Unknown | Failure) {
    super();
    this.settle(given);
  }
  get origin(): Origin {
    const { given } = this;
    return given instanceof Unknown || given instanceof Failure ? given.at : given.origin;
  }
  protected compute(): Value {
    return this.force();
  }
}

/** A value whose readers only hear of a change when it is another value than before, or is written elsewhere. */
export abstract class ComparedThunk extends Thunk {
  protected override same(before: Value | Unknown | Failure, after: Value | Unknown | Failure): boolean {
    if (before instanceof Unknown || before instanceof Failure) return sameProblem(before, after);
    return !(after instanceof Unknown) && !(after instanceof Failure) && sameValue(before, after);
  }
}

class ComparedNativeThunk extends ComparedThunk {
  constructor(
    readonly origin: SyntaxNode | null,
    private readonly run_: () => Value,
  ) {
    super();
  }
  protected compute(): Value {
    return this.run_();
  }
}

/** The value of an expression in a scope, evaluated when needed. */
export function thunkOf(expr: Expr, scope: Scope): Thunk {
  return new ExprThunk(expr, scope);
}

/** A value that the engine computes when needed. */
export function lazily(run: () => Value, origin: Origin = null): Thunk {
  return new NativeThunk(origin, run);
}

/** The same, compared with the value before when it may have changed. */
export function comparedLazily(run: () => Value, origin: Origin = null): Thunk {
  return new ComparedNativeThunk(origin, run);
}

/** A value, or a problem, that is there already. */
export function ready(result: Value | Unknown | Failure): Thunk {
  return new ReadyThunk(result);
}

/** The thunk's value, or why there is none. Only defects of the engine are thrown. */
export function inspect(thunk: Thunk): Value | Unknown | Failure {
  const value = attempt(() => thunk.force());
  return 'unknownText' in value ? (value.unknownText ?? value) : value;
}

/** What a computation yields, or the problem that ended it, if that is one to be remembered; others are thrown. */
export function attemptLasting<T>(run: () => T): T | Unknown | Failure {
  try {
    return run();
  } catch (caught) {
    const problem = exhausted(caught) ?? caught;
    if (isProblem(problem) && !isPassing(problem)) return problem;
    throw problem;
  }
}

/** What a computation yields, or the problem that ended it. */
export function attempt<T>(run: () => T): T | Unknown | Failure {
  try {
    return run();
  } catch (caught) {
    const problem = exhausted(caught) ?? caught;
    if (isProblem(problem)) return problem;
    throw problem;
  }
}
