import { equal } from '../compare';
import type { Expr } from '../../nix/syntax';
import { list } from '../construct';
import { attempt, inspect, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type ListValue,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import {
  discharge,
  firstDoubt,
  mergeUnknown,
  PRIORITY,
  strongest,
  type Definition,
  type RawDefinition,
} from './definition';
import { mergeAttrs } from './merged-set';
import type { MergeContext, OptionType } from './option-type';
import type { Place } from './place';

export { mergeAttrs };

/** The value at a place by a type; null when no definition counts. Throws `Unknown` or `Failure`. */
export function mergePlace(type: OptionType, place: Place, context: MergeContext): Value | null {
  return mergeDefinitions(type, place.counted.force(), { ...context, place });
}

/** The value of definitions by a type; null when none counts. Throws `Unknown` or `Failure`. */
export function mergeByType(
  type: OptionType,
  raw: readonly RawDefinition[],
  context: MergeContext,
): Value | null {
  return mergeDefinitions(type, strongest(discharge(raw)), context);
}

export function mergeDefinitions(
  type: OptionType,
  definitions: readonly Definition[],
  context: MergeContext,
): Value | null {
  if (definitions.length === 0) return type.whenEmpty?.(context) ?? type.emptyValue ?? null;
  for (const definition of definitions) {
    const known = inspect(definition.value);
    if (known instanceof Failure) return raise(known);
    if (known instanceof Unknown || attemptCheck(type, known, context.machine)) continue;
    return raise(definition.maybe ?? new TypeMismatch(context.loc, type, definition, known));
  }
  const doubt = firstDoubt(definitions);
  if (
    doubt !== null &&
    definitions.every((definition) => definition.maybe !== null) &&
    type.emptyValue === undefined
  )
    return raise(doubt);
  const value = type.merge(definitions, context);
  return context.open !== null && definitions.every(({ priority }) => priority >= PRIORITY.default)
    ? overridable(value, context.open)
    : value;
}

/** A definition that counts and whose value the option's type refuses. */
export class TypeMismatch extends Failure {
  constructor(
    readonly loc: readonly string[],
    readonly refusedBy: OptionType,
    readonly definition: Definition,
    readonly value: Value,
  ) {
    super(
      'type',
      `A definition for option \`${loc.join('.')}' is not of type \`${refusedBy.description}'.`,
      definition.value.origin,
    );
  }
}

/** A default, where there may be definitions that are not known: those would come before it. */
function overridable(value: Value, reason: Unknown): Value {
  const isEmpty =
    (value.type === 'list' && value.items.length === 0) ||
    (value.type === 'attrs' && (value.native !== undefined || value.entries.size === 0));
  return isEmpty ? value : raise(reason);
}

/** A check that cannot be decided does not refuse. */
function attemptCheck(type: OptionType, value: Value, machine: Machine): boolean {
  const result = attempt(() => type.check(value, machine));
  if (result instanceof Failure) return raise(result);
  return result instanceof Unknown || result;
}

/** All definitions must be equal. Source: nixpkgs lib/options.nix `mergeEqualOption`. */
export function mergeEqual(definitions: readonly Definition[], { loc, machine }: MergeContext): Value {
  const [first, ...others] = definitions;
  if (first === undefined) return fail('type', `The option \`${loc.join('.')}' has no definition.`);
  const doubt = firstDoubt(definitions);
  if (doubt !== null) return raise(doubt);
  const value = first.value.force();
  for (const other of others) {
    if (!equal(value, other.value.force(), machine)) return conflict(loc, first, other);
  }
  return value;
}

/** There must be one definition. */
export function mergeOne(definitions: readonly Definition[], context: MergeContext): Value {
  const [first, second] = definitions;
  const doubt = firstDoubt(definitions);
  if (doubt !== null) return raise(doubt);
  if (first === undefined) return fail('type', `The option \`${context.loc.join('.')}' has no definition.`);
  if (second === undefined) return first.value.force();
  for (const { value } of definitions) {
    const known = mayBeProperty(value.expression()) ? inspect(value) : null;
    if (known instanceof Unknown) return raise(known);
  }
  return conflict(context.loc, first, second);
}

/** Whether an expression that is not known may come to `mkDefault` or the like: what a function returns. */
function mayBeProperty(expression: Expr | null): boolean {
  switch (expression?.kind) {
    case 'with':
    case 'let':
    case 'assert':
      return mayBeProperty(expression.body);
    case 'if':
      return mayBeProperty(expression.consequence) || mayBeProperty(expression.alternative);
    case 'apply':
      return true;
    default:
      return false;
  }
}

/** Two definitions that NixOS does not accept together. */
export class Conflict extends Failure {
  constructor(
    readonly loc: readonly string[],
    readonly first: Definition,
    readonly second: Definition,
  ) {
    super('type', `The option \`${loc.join('.')}' has conflicting definition values.`, second.value.origin);
  }
}

function conflict(loc: readonly string[], first: Definition, second: Definition): never {
  return raise(new Conflict(loc, first, second));
}

/** Lists one after the other. What is unknown, or may not count, leaves the result open. */
export function mergeLists(
  definitions: readonly Definition[],
  context: MergeContext,
  item: (item: Thunk, index: number, definition: Definition) => Thunk,
): ListValue {
  const items: Thunk[] = [];
  let { open } = context;
  let origin: Origin = null;
  for (const definition of definitions) {
    const value = inspect(definition.value);
    if (value instanceof Failure) return raise(value);
    if (value instanceof Unknown || definition.maybe !== null) {
      open ??= value instanceof Unknown ? value : definition.maybe;
      continue;
    }
    if (value.type !== 'list')
      return fail(
        'type',
        `A definition for option \`${context.loc.join('.')}' is ${typeName(value)}, not a list.`,
        value.origin,
      );
    open ??= value.open;
    origin ??= value.origin;
    value.items.forEach((thunk, index) => items.push(item(thunk, index, definition)));
  }
  return list(items, origin, open);
}

/**
 * Definitions of an option whose type is not known: one is its value, lists follow each other, sets merge, equal values
 * are one. Anything else depends on the type.
 */
export function mergeUntyped(definitions: readonly Definition[], context: MergeContext): Value | null {
  const [first] = definitions;
  if (first === undefined) return null;
  if (definitions.length === 1) return first.maybe === null ? first.value.force() : raise(first.maybe);
  const values = definitions.map(({ value }) => inspect(value));
  const kinds = new Set(
    values.flatMap((value) => (value instanceof Unknown || value instanceof Failure ? [] : [value.type])),
  );
  if (kinds.size === 1 && kinds.has('list')) return mergeLists(definitions, context, (item) => item);
  if (kinds.size === 1 && kinds.has('attrs')) return mergeAttrs(definitions, context, UNTYPED, true);
  const same = attempt(() => mergeEqual(definitions, context));
  if (same instanceof Conflict) {
    return mergeUnknown(
      context.loc,
      'is defined more than once, and how these merge depends on a type that is not known',
      first.at,
    );
  }
  return same instanceof Unknown || same instanceof Failure ? raise(same) : same;
}

/** Stands for a type that is not known. */
export const UNTYPED: OptionType = {
  name: 'unknown',
  description: 'value of a type that is not known',
  check: () => true,
  merge: (definitions, context) =>
    mergeUntyped(definitions, context) ??
    fail(
      'missing',
      `The option \`${context.loc.join('.')}' was accessed but has no value defined. Try setting the option.`,
    ),
};
