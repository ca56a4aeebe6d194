import type { Expr, SyntaxNode } from '../nix/syntax';
import { evaluate } from './interpret';
import type { Scope } from './scope';
import { Failure, isProblem, Unknown, unknown, type Origin, type Value } from './value';

/**
 * How many levels of evaluation are open now, in all evaluations together: they share JavaScript's one stack. Measured
 * on Node 20 with its default stack (984 KB), the most wasteful recursion overflows at about 2,350 levels.
 */
export const nesting = { depth: 0, limit: 2000 };

/** A value that is computed when it is first needed, and then kept. */
export abstract class Thunk {
  private result: Value | Unknown | Failure | undefined;
  private running = false;

  /** The syntax it evaluates; null for what the engine made. */
  abstract readonly origin: Origin;
  protected abstract compute(): Value;

  /** The value. Throws `Unknown` or `Failure`. */
  force(): Value {
    const known = this.result;
    if (known !== undefined) {
      if (known instanceof Unknown || known instanceof Failure) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw known;
      }
      return known;
    }
    if (this.running) return unknown('cycle', 'infinite recursion', this.origin);
    if (nesting.depth >= nesting.limit)
      return unknown('budget', 'the evaluation nests too deeply', this.origin);
    this.running = true;
    nesting.depth++;
    try {
      const value = this.compute();
      this.settle(value);
      return value;
    } catch (problem) {
      if (isProblem(problem) && !isPassing(problem)) this.settle(problem);
      throw problem;
    } finally {
      nesting.depth--;
      this.running = false;
    }
  }

  /** Whether it has been computed. */
  get forced(): boolean {
    return this.result !== undefined;
  }

  protected settle(result: Value | Unknown | Failure): void {
    this.result = result;
  }
}

/** What depends on where the evaluation started, so that another start may know better. */
function isPassing(problem: Unknown | Failure): boolean {
  return problem instanceof Unknown && (problem.cause === 'cycle' || problem.cause === 'budget');
}

class ExprThunk extends Thunk {
  private scope: Scope | null;
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
  protected override settle(result: Value | Unknown | Failure): void {
    super.settle(result);
    this.scope = null;
  }
}

class NativeThunk extends Thunk {
  constructor(
    readonly origin: SyntaxNode | null,
    private readonly run: () => Value,
  ) {
    super();
  }
  protected compute(): Value {
    return this.run();
  }
}

class ReadyThunk extends Thunk {
  constructor(
    readonly origin: Origin,
    result: Value | Unknown | Failure,
  ) {
    super();
    this.settle(result);
  }
  protected compute(): Value {
    return this.force();
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

/** A value, or a problem, that is there already. */
export function ready(result: Value | Unknown | Failure): Thunk {
  return new ReadyThunk(
    result instanceof Unknown || result instanceof Failure ? result.at : result.origin,
    result,
  );
}

/** The thunk's value, or why there is none. Only defects of the engine are thrown. */
export function inspect(thunk: Thunk): Value | Unknown | Failure {
  return attempt(() => thunk.force());
}

/** What a computation yields, or the problem that ended it, if that is one to be remembered; others are thrown. */
export function attemptLasting<T>(run: () => T): T | Unknown | Failure {
  try {
    return run();
  } catch (problem) {
    if (isProblem(problem) && !isPassing(problem)) return problem;
    throw problem;
  }
}

/** What a computation yields, or the problem that ended it. */
export function attempt<T>(run: () => T): T | Unknown | Failure {
  try {
    return run();
  } catch (problem) {
    if (isProblem(problem)) return problem;
    throw problem;
  }
}
