import { attrs, bool, list, nullValue, record, string } from '../construct';
import { apply } from '../interpret';
import { attempt, inspect, lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  Unknown,
  type ListValue,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import { knownValues, mergedFunctions } from './default-merge';
import { discharge, firstDoubt, propertyOf, type Definition, type RawDefinition } from './definition';
import { mergeAttrs, mergeByType, mergeOne } from './merge';
import {
  derivedType,
  functorOf,
  mergedType,
  phrase,
  type MergeContext,
  type OptionType,
} from './option-type';
import { showOption } from './show-option';

/** The types of nixpkgs' lib/types.nix that hold other types. */

/**
 * What a type takes over from the one inside it.
 * @param functor the name that decides which types merge with this one
 * @param step what stands for an element in an option's path; null where none is needed
 */
function around(
  functor: string,
  element: OptionType,
  step: string | null,
  build: (element: OptionType) => OptionType,
): Partial<OptionType> {
  return {
    inner: [element],
    nested: { elemType: element },
    subOptions: (prefix, machine) =>
      element.subOptions?.(step === null ? prefix : [...prefix, step], machine) ?? attrs(new Map()),
    get subModules() {
      return element.subModules ?? null;
    },
    withSubModules: (modules) => build(element.withSubModules?.(modules) ?? element),
    merged(other) {
      const [inner] = other.inner ?? [];
      if (inner === undefined || functorOf(other) !== functor) return null;
      const both = mergedType(element, inner);
      return both === null ? null : build(both);
    },
  };
}

export function listOf(element: OptionType): OptionType {
  return derivedType(
    {
      name: 'listOf',
      get description() {
        return `list of ${phrase(element, 'noun', 'composite')}`;
      },
      descriptionClass: 'composite',
      check: (value) => value.type === 'list',
      buildsNothing: true,
      merge: (definitions, context) => mergeElements(element, definitions, context),
      emptyValue: list([]),
    },
    around('listOf', element, '*', listOf),
  );
}

/** The elements of all definitions, each merged by the type; one whose `mkIf` does not hold is left out. */
function mergeElements(
  element: OptionType,
  definitions: readonly Definition[],
  context: MergeContext,
): ListValue {
  const items: Thunk[] = [];
  let { open } = context;
  let origin: Origin = null;
  for (const [number, { value, maybe, file, at }] of definitions.entries()) {
    const written = inspect(value);
    if (written instanceof Failure) return raise(written);
    if (written instanceof Unknown || maybe !== null) {
      open ??= written instanceof Unknown ? written : maybe;
      continue;
    }
    if (written.type !== 'list')
      return fail(
        'type',
        `A definition for option \`${showOption(context.loc)}' is not a list.`,
        written.origin,
      );
    open ??= written.open;
    origin ??= written.origin;
    for (const [index, item] of written.items.entries()) {
      const raw: RawDefinition = { file, value: item, at, conditions: [], priority: null };
      const there = presence(raw);
      if (there instanceof Unknown) open ??= there;
      if (there !== true) continue;
      const loc = [...context.loc, `[definition ${number + 1}-entry ${index + 1}]`];
      const merged = (): Value =>
        mergeByType(element, [raw], { ...context, loc, open: null }) ??
        fail('missing', `The option \`${showOption(loc)}' was accessed but has no value defined.`);
      items.push(lazily(merged, item.origin));
    }
  }
  return list(items, origin, open);
}

/** Whether an element counts; one that is no `mkIf` or the like always does. */
function presence(raw: RawDefinition): boolean | Unknown {
  const value = inspect(raw.value);
  if (value instanceof Unknown || value instanceof Failure) return true;
  const property = attempt(() => propertyOf(value));
  if (property instanceof Unknown || property instanceof Failure || property === null) return true;
  const counting = discharge([raw]);
  if (counting.some(({ maybe }) => maybe === null)) return true;
  return firstDoubt(counting) ?? false;
}

/**
 * `types.attrsWith`, and with it `attrsOf` and `lazyAttrsOf`.
 * @param lazy whether an attribute is there whatever its `mkIf` says
 * @param placeholder what stands for a name in an option's documentation
 */
export function attrsOf(element: OptionType, lazy = false, placeholder = 'name'): OptionType {
  const name = lazy ? 'lazyAttrsOf' : 'attrsOf';
  const build = (inner: OptionType): OptionType => attrsOf(inner, lazy, placeholder);
  const base: OptionType = derivedType(
    {
      name,
      get description() {
        return `${lazy ? 'lazy attribute set' : 'attribute set'} of ${phrase(element, 'noun', 'composite')}`;
      },
      descriptionClass: 'composite',
      check: (value) => value.type === 'attrs',
      merge: (definitions, context) => mergeAttrs(definitions, context, element, lazy),
      emptyValue: attrs(new Map()),
    },
    around(name, element, `<${placeholder}>`, build),
  );
  const type = derivedType(base, {
    merged(other) {
      const [inner] = other.inner ?? [];
      const both = other.name === name && inner !== undefined ? mergedType(element, inner) : null;
      const names = [...new Set([placeholder, PLACEHOLDERS.get(other) ?? 'name'])].filter(
        (shown, _index, all) => shown !== 'name' || all.length === 1,
      );
      return both === null || names.length > 1 ? null : attrsOf(both, lazy, names[0] ?? 'name');
    },
    payload: () => record({ lazy: bool(lazy), placeholder: string(placeholder) }),
  });
  PLACEHOLDERS.set(type, placeholder);
  return type;
}

const PLACEHOLDERS = new WeakMap<OptionType, string>();

export function nullOr(element: OptionType): OptionType {
  return derivedType(
    {
      name: 'nullOr',
      get description() {
        return `null or ${phrase(element, 'noun', 'conjunction')}`;
      },
      descriptionClass: 'conjunction',
      check: (value, machine) => value.type === 'null' || element.check(value, machine),
      get buildsNothing() {
        return element.buildsNothing;
      },
      merge(definitions, context) {
        const known = knownValues(definitions);
        const nulls = known.filter(({ type }) => type === 'null');
        if (nulls.length === 0) return element.merge(definitions, context);
        const doubt = firstDoubt(definitions);
        if (doubt !== null) return raise(doubt);
        for (const { value } of definitions) value.force();
        const [first] = nulls;
        if (nulls.length === definitions.length && first !== undefined) return first;
        return fail(
          'throw',
          `The option \`${showOption(context.loc)}' is defined both null and not null.`,
          definitions[0]?.value.origin ?? null,
        );
      },
      emptyValue: nullValue(),
    },
    around('nullOr', element, null, nullOr),
  );
}

export function either(left: OptionType, right: OptionType): OptionType {
  const type: OptionType = {
    name: 'either',
    get description() {
      return left.descriptionClass === 'nonRestrictiveClause'
        ? `${left.description}, or ${phrase(right, 'noun', 'conjunction')}`
        : `${phrase(left, 'noun', 'conjunction')} or ${phrase(right, 'noun', 'conjunction', 'composite')}`;
    },
    descriptionClass: 'conjunction',
    check: (value, machine) => left.check(value, machine) || right.check(value, machine),
    get buildsNothing() {
      return left.buildsNothing === true && right.buildsNothing === true;
    },
    merge(definitions, context) {
      const known = knownValues(definitions);
      const [first] = definitions;
      if (known.length === 0) first?.value.force();
      for (const side of [left, right]) {
        if (known.every((value) => side.check(value, context.machine)))
          return side.merge(definitions, context);
      }
      return mergeOne(definitions, context);
    },
    merged(other) {
      const [otherLeft, otherRight] = other.name === 'either' ? (other.inner ?? []) : [];
      if (otherLeft === undefined || otherRight === undefined) return null;
      const [first, second] = [mergedType(left, otherLeft), mergedType(right, otherRight)];
      return first === null || second === null ? null : either(first, second);
    },
    inner: [left, right],
    nested: { left, right },
  };
  return type;
}

export function oneOf(types: readonly OptionType[]): OptionType {
  const [first, ...others] = types;
  if (first === undefined) return fail('throw', 'types.oneOf needs to get at least one type in its argument');
  return others.reduce(either, first);
}

/** `types.uniq` and `types.unique`: one definition only. */
export function unique(type: OptionType, message = ''): OptionType {
  const base = derivedType(
    type,
    around('unique', type, null, (inner) => unique(inner, message)),
  );
  return derivedType(base, {
    name: 'unique',
    functor: 'unique',
    merge: (definitions, context) =>
      definitions.length > 1
        ? raise(
            firstDoubt(definitions) ??
              new Failure(
                'throw',
                `The option \`${showOption(context.loc)}' is defined multiple times while it's expected to be unique.${message === '' ? '' : ` ${message}`}`,
                definitions[1]?.value.origin ?? null,
              ),
          )
        : type.merge(definitions, context),
  });
}

/** A type that takes only the values that a further condition holds for. */
export function addCheck(type: OptionType, check: (value: Value, machine: Machine) => boolean): OptionType {
  return derivedType(type, {
    check: (value, machine) => type.check(value, machine) && check(value, machine),
  });
}

/** `types.nonEmptyListOf`. */
export function nonEmptyListOf(element: OptionType): OptionType {
  const elements = listOf(element);
  const filled = addCheck(elements, (value) => {
    if (value.type !== 'list' || value.items.length > 0) return value.type === 'list';
    return value.open === null ? false : raise(value.open);
  });
  return derivedType(filled, {
    get description() {
      return `non-empty ${phrase(elements, 'noun')}`;
    },
    emptyValue: undefined,
    withSubModules: (modules) => nonEmptyListOf(element.withSubModules?.(modules) ?? element),
  });
}

/** `types.coercedTo`: values of the first type are turned into the second by a function. */
export function coercedTo(from: OptionType, change: Thunk, to: OptionType): OptionType {
  const coerced = (value: Thunk, machine: Machine): Value =>
    apply(change.force(), value, value.origin, machine);
  return derivedType(
    {
      name: 'coercedTo',
      get description() {
        return `${phrase(to, 'noun')} or ${phrase(from, 'noun')} convertible to it`;
      },
      check: (value, machine) =>
        (from.check(value, machine) && to.check(coerced(ready(value), machine), machine)) ||
        to.check(value, machine),
      merge(definitions, context) {
        const results = definitions.map((definition): Definition => {
          const { value } = definition;
          const run = (): Value => {
            const known = value.force();
            return from.check(known, context.machine) ? coerced(value, context.machine) : known;
          };
          return { ...definition, value: lazily(run, value.origin) };
        });
        return to.merge(results, context);
      },
      get emptyValue() {
        return to.emptyValue;
      },
      get whenEmpty() {
        return to.whenEmpty;
      },
      inner: [to],
      nested: { coercedType: from, finalType: to },
    },
    {
      get subOptions() {
        return to.subOptions;
      },
      get subModules() {
        return to.subModules ?? null;
      },
      withSubModules: (modules) => coercedTo(from, change, to.withSubModules?.(modules) ?? to),
    },
  );
}

/** `types.functionTo`: a function whose results merge by a type. */
export function functionTo(result: OptionType): OptionType {
  return derivedType(
    {
      name: 'functionTo',
      get description() {
        return `function that evaluates to a(n) ${phrase(result, 'noun', 'composite')}`;
      },
      descriptionClass: 'composite',
      check: (value) =>
        value.type === 'lambda' ||
        value.type === 'primop' ||
        (value.type === 'attrs' && value.entries.has('__functor')),
      merge: (definitions, context) =>
        mergedFunctions(definitions, context, (results, inside) => {
          const raw = results.map(({ file, value, at, maybe }): RawDefinition => ({
            file,
            value,
            at,
            conditions: maybe === null ? [] : [ready(maybe)],
            priority: null,
          }));
          return (
            mergeByType(result, raw, inside) ??
            fail('missing', `The option \`${showOption(inside.loc)}' was accessed but has no value defined.`)
          );
        }),
    },
    around('functionTo', result, '<function body>', functionTo),
  );
}
