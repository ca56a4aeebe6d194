import { Conflict } from '../eval/modules/merge';
import type { Failure } from '../eval/value';

const TYPES = /^(?:value is |cannot coerce )/;
/** What an option that is declared elsewhere may take for a module, and then is a set. */
const MODULES = /^value is a (?:built-in function|function|path|string) while a set was expected/;

/**
 * Whether Nix refuses this too, whatever comes from outside the repository. Values of a type that their option does not
 * take, and options that are not set, have rules of their own; sets of options may hold more than is known.
 */
export function isCertain(problem: Failure): boolean {
  switch (problem.kind) {
    case 'throw':
    case 'abort':
    case 'assert':
    case 'undefined':
      return true;
    case 'missing':
      return problem.inWritten;
    case 'type':
      return problem instanceof Conflict || (TYPES.test(problem.message) && !MODULES.test(problem.message));
  }
}
