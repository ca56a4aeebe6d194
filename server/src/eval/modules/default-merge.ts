import { attrs, bool, list, string } from '../construct';
import { apply } from '../interpret';
import { update } from '../operators';
import { inspect, lazily, type Thunk } from '../thunk';
import { fail, Failure, raise, Unknown, type Attr, type AttrsValue, type Value } from '../value';
import { namedArguments } from './module-function';
import { firstDoubt, type Definition } from './definition';
import { mergeEqual, mergeLists, mergeOne } from './merge';
import type { MergeContext } from './option-type';
import { showOption } from './show-option';

/** How definitions merge that no type has a say in. */

/** The values of the definitions that are known. Throws where one fails. */
export function knownValues(definitions: readonly Definition[]): Value[] {
  return definitions.flatMap(({ value }) => {
    const known = inspect(value);
    if (known instanceof Failure) return raise(known);
    return known instanceof Unknown ? [] : [known];
  });
}

/**
 * One definition is the value; of several, lists and texts follow each other, sets are put over each other by `//`,
 * Booleans are or-ed and numbers must be equal. Source: nixpkgs lib/options.nix `mergeDefaultOption`.
 */
export function mergeDefault(definitions: readonly Definition[], context: MergeContext): Value {
  if (definitions.length <= 1) return mergeOne(definitions, context);
  const kinds = new Set(
    knownValues(definitions).map(({ type }) => (type === 'lambda' || type === 'primop' ? 'function' : type)),
  );
  if (kinds.size === 1 && kinds.has('list')) return mergeLists(definitions, context, (item) => item);
  if (kinds.size === 1 && kinds.has('attrs')) return mergeByUpdate(definitions, context);
  const doubt = firstDoubt(definitions);
  if (doubt !== null) return raise(doubt);
  if (kinds.size === 1 && kinds.has('function')) return mergedFunctions(definitions, context, mergeDefault);
  const values = definitions.map(({ value }) => value.force());
  const origin = values[0]?.origin ?? null;
  if (values.every((value) => value.type === 'bool'))
    return bool(
      values.some((value) => value.value),
      origin,
    );
  if (values.every((value) => value.type === 'string'))
    return string(values.map((value) => value.text).join(''), origin);
  if (values.every((value) => value.type === 'int')) return mergeEqual(definitions, context);
  return fail('throw', `Cannot merge definitions of \`${showOption(context.loc)}'.`, origin);
}

/** Sets put over each other by `//`, in order. What is unknown, or may not count, leaves its part in doubt. */
export function mergeByUpdate(definitions: readonly Definition[], context: MergeContext): Value {
  let result: AttrsValue | null = null;
  let lost: Unknown | null = null;
  for (const { value, maybe } of definitions) {
    const known = inspect(value);
    if (known instanceof Failure) return raise(known);
    const part = known instanceof Unknown || maybe === null ? known : inDoubt(known, maybe);
    if (result === null && part instanceof Unknown) lost ??= part;
    else result = asSet(update(result ?? lost ?? attrs(new Map()), part, originOf(part)));
  }
  if (result === null) return raise(lost ?? new Failure('type', 'there is no definition'));
  return context.open === null ? result : update(result, context.open, result.origin);
}

function originOf(value: Value | Unknown): Value['origin'] {
  return value instanceof Unknown ? value.at : value.origin;
}

function asSet(value: Value): AttrsValue {
  return value.type === 'attrs' ? value : fail('type', 'a set was expected', value.origin);
}

/** A set that may not be there. */
function inDoubt(value: Value, reason: Unknown): Value {
  if (value.type !== 'attrs') return value;
  const entries = new Map<string, Attr>();
  for (const [name, entry] of value.entries)
    entries.set(name, { value: entry.value, at: entry.at, maybe: entry.maybe ?? reason });
  return attrs(entries, value.origin, value.open);
}

/** A function whose results are those of all definitions, merged. */
export function mergedFunctions(
  definitions: readonly Definition[],
  context: MergeContext,
  merge: (definitions: readonly Definition[], context: MergeContext) => Value,
): Value {
  const [only] = definitions;
  return {
    type: 'primop',
    given: [],
    origin: only?.value.origin ?? null,
    primop: {
      name: 'merged',
      arity: 1,
      formals: argumentsOf(definitions),
      run: ([argument], call) =>
        merge(
          definitions.map((definition) => ({
            ...definition,
            value: lazily(
              () => apply(definition.value.force(), argument as Thunk, call.at, call.machine),
              definition.value.origin,
            ),
          })),
          { ...context, loc: [...context.loc, '<function body>'] },
        ),
    },
  };
}

/** The named arguments of all functions; one has a default where it has one in each. */
function argumentsOf(definitions: readonly Definition[]): Map<string, boolean> {
  const all = new Map<string, boolean>();
  for (const value of knownValues(definitions)) {
    for (const [name, optional] of namedArguments(value)) all.set(name, optional && (all.get(name) ?? true));
  }
  return all;
}

/** Lists of definitions as Nix code gives them: sets of `file` and `value`. */
export function definitionsOf(value: Value): { definitions: Definition[]; open: Unknown | null } {
  if (value.type !== 'list') return fail('type', 'a list of definitions was expected', value.origin);
  const definitions = value.items.map((item): Definition => {
    const set = item.force();
    const field = set.type === 'attrs' ? set.entries.get('value') : undefined;
    if (set.type !== 'attrs' || field === undefined)
      return fail('type', 'a definition has a `value`', set.origin);
    const file = inspect(set.entries.get('file')?.value ?? item);
    return {
      file:
        file instanceof Unknown || file instanceof Failure || file.type !== 'string'
          ? '<unknown-file>'
          : file.text,
      value: field.value,
      at: field.at,
      priority: 100,
      order: 1000,
      maybe: field.maybe,
    };
  });
  return { definitions, open: value.open };
}

/** Definitions as Nix code sees them. A definition that may not count is unknown there. */
export function definitionList(definitions: readonly Definition[], open: Unknown | null): Value {
  return list(
    definitions.map(({ file, value, maybe }) =>
      lazily(() =>
        attrs(
          new Map<string, Attr>([
            ['file', { value: lazily(() => string(file)), at: null, maybe: null }],
            ['value', { value: maybe === null ? value : lazily(() => raise(maybe)), at: null, maybe: null }],
          ]),
        ),
      ),
    ),
    null,
    open,
  );
}
