import { Cycle, type Computed } from '../eval/computed';
import { parts, PRIORITY } from '../eval/modules/definition';
import { Conflict } from '../eval/modules/merge';
import type { OptionNode } from '../eval/modules/option-node';
import { NodeValue } from '../eval/modules/option-value';
import { resolvedType, type OptionType } from '../eval/modules/option-type';
import { attempt, Thunk } from '../eval/thunk';
import { Failure, type Origin, type Unknown } from '../eval/value';
import { outsideMayDecide } from './certainty';

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

/** What Nix would say of a problem too; null where it may have a value. */
export function certainly(problem: Unknown | Failure): Failure | null {
  if (problem instanceof Failure) return isCertain(problem) ? problem : null;
  return recursionIn(problem);
}

/** A value that needs itself, as Nix would find too. */
export class InfiniteRecursion extends Failure {
  /** @param through the other places on its way */
  constructor(
    at: Origin,
    readonly through: readonly Origin[],
  ) {
    super('abort', 'infinite recursion encountered: this value needs itself', at);
  }
}

/**
 * The infinite recursion that Nix would find where this engine found one; null where Nix may be lazier, or may know
 * more. It is the same where all that needs itself are expressions, and single values of options that nobody else
 * defines.
 */
function recursionIn(problem: Unknown): InfiniteRecursion | null {
  const loop = problem instanceof Cycle ? problem.loop : null;
  if (!loop?.every(isPlain)) return null;
  const [first, ...others] = loop.flatMap((one) => (one instanceof Thunk ? [one.origin] : []));
  return new InfiniteRecursion(first ?? null, others);
}

function isPlain(one: Computed<unknown>): boolean {
  if (one instanceof NodeValue) return isPlainOption(one.node);
  return one instanceof Thunk && one.expression() !== null;
}

function isPlainOption(node: OptionNode): boolean {
  const type = node.declared?.type ?? null;
  if (type === null || !isSingle(type) || outsideMayDecide(node.system)) return false;
  const definitions = attempt(() => node.raw.flatMap(parts));
  return (
    Array.isArray(definitions) &&
    definitions.every(({ raw }) => raw.file === '' || (raw.priority ?? PRIORITY.normal) <= PRIORITY.normal)
  );
}

/** Types whose value is one definition, of which nothing is evaluated by itself. */
function isSingle(declared: OptionType): boolean {
  const type = resolvedType(declared);
  const [inner] = type.inner ?? [];
  return type.name === 'nullOr' ? inner !== undefined && isSingle(inner) : SINGLE.test(type.name);
}

const SINGLE = /^(?:bool$|enum|float|int|nonEmpty|number|path$|positive|signed|single|str|unsigned)/;
