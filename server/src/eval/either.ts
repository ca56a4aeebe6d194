import type { Expr } from '../nix/syntax';
import { evaluate } from './interpret';
import type { Scope } from './scope';
import { attempt, inspect, type Thunk } from './thunk';
import { Failure, Unknown, writtenReason, type Value } from './value';

/**
 * What is chosen by something unknown. Where a choice is written in the repository, the result is no value from outside:
 * it may define what the repository defines. `if inputs.x.on then [ ./b.nix ] else [ ]` hides a module of the repository.
 */

/** Why the value of an `if` is unknown, by why its condition is. */
export function eitherOf(reason: Unknown, choices: readonly Expr[], scope: Scope): Unknown {
  return reason.cause !== 'external' || choices.every((choice) => isOutside(choice, scope))
    ? reason
    : writtenReason(reason);
}

/** The same, where the choice is between something and nothing. */
export function perhaps(reason: Unknown, choice: Thunk): Unknown {
  return reason.cause !== 'external' || isOutsideThunk(choice) ? reason : writtenReason(reason);
}

/** Whether an expression gives nothing but what comes from outside. No function is called: that may have no end. */
function isOutside(expr: Expr, scope: Scope): boolean {
  switch (expr.kind) {
    case 'list':
      return expr.elements.every((element) => isOutside(element, scope));
    case 'attrs':
      return expr.bindings.length === 0;
    case 'variable':
    case 'select':
      return comesFromOutside(attempt(() => evaluate(expr, scope)));
    default:
      return false;
  }
}

/** The same of a thunk: what it says must not depend on whether somebody has asked for its value. */
function isOutsideThunk(thunk: Thunk): boolean {
  const site = thunk.site();
  if (site !== null) return isOutside(site.expr, site.scope);
  const expr = thunk.expression();
  switch (expr?.kind) {
    case 'list': {
      const value = inspect(thunk);
      return 'type' in value && value.type === 'list' && value.items.every(isOutsideThunk);
    }
    case 'attrs':
      return expr.bindings.length === 0;
    case 'variable':
    case 'select':
    case undefined:
      return thunk.forced && comesFromOutside(inspect(thunk));
    default:
      return false;
  }
}

/** Whether a value is one from outside, such as an input of a flake: of a set, nothing is written in the repository. */
function comesFromOutside(value: Value | Unknown | Failure): boolean {
  if (value instanceof Unknown) return value.cause === 'external';
  if (value instanceof Failure || value.type !== 'attrs') return false;
  return value.open?.cause === 'external' && [...value.entries.values()].every(({ at }) => at === null);
}
