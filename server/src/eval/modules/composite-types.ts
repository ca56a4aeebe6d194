import { attrs, list, nullValue } from '../construct';
import { apply } from '../interpret';
import { attempt, inspect, lazily, ready } from '../thunk';
import { fail, Failure, raise, Unknown, type Machine, type Value } from '../value';
import { firstDoubt, type Definition, type RawDefinition } from './definition';
import { mergeAttrs, mergeByType, mergeEqual, mergeLists } from './merge';
import type { OptionType } from './option-type';

/** The types of nixpkgs' lib/types.nix that hold other types. */

function rawOf(definition: Definition): RawDefinition {
  const conditions = definition.maybe === null ? [] : [ready(definition.maybe)];
  return { file: definition.file, value: definition.value, at: definition.at, conditions, priority: null };
}

export function listOf(element: OptionType): OptionType {
  return {
    name: 'listOf',
    description: `list of ${element.description}`,
    check: (value) => value.type === 'list',
    merge: (definitions, context) =>
      mergeLists(definitions, context, (item, index, definition) => {
        const loc = [...context.loc, `[${index}]`];
        const raw: RawDefinition = {
          file: definition.file,
          value: item,
          at: definition.at,
          conditions: [],
          priority: null,
        };
        return lazily(
          () =>
            mergeByType(element, [raw], { ...context, loc, open: null }) ??
            fail('missing', `\`${loc.join('.')}' is not defined`),
          item.origin,
        );
      }),
    emptyValue: list([]),
    merged: (other) => sameContainer('listOf', element, other, listOf),
    inner: [element],
  };
}

export function attrsOf(element: OptionType, lazy = false): OptionType {
  const name = lazy ? 'lazyAttrsOf' : 'attrsOf';
  return {
    name,
    description: `attribute set of ${element.description}`,
    check: (value) => value.type === 'attrs',
    merge: (definitions, context) => mergeAttrs(definitions, context, element, lazy),
    emptyValue: attrs(new Map()),
    merged: (other) => sameContainer(name, element, other, (both) => attrsOf(both, lazy)),
    inner: [element],
  };
}

function sameContainer(
  name: string,
  element: OptionType,
  other: OptionType,
  build: (element: OptionType) => OptionType,
): OptionType | null {
  const [inner] = other.inner ?? [];
  if (other.name !== name || inner === undefined) return null;
  const both = element.merged?.(inner) ?? null;
  return both === null ? null : build(both);
}

export function nullOr(element: OptionType): OptionType {
  return {
    name: 'nullOr',
    description: `null or ${element.description}`,
    check: (value, machine) => value.type === 'null' || element.check(value, machine),
    merge(definitions, context) {
      const values = definitions.map(({ value }) => inspect(value));
      const nulls = values.filter(
        (value) => !(value instanceof Unknown) && !(value instanceof Failure) && value.type === 'null',
      ).length;
      if (nulls === 0) return element.merge(definitions, context);
      const doubt = firstDoubt(definitions);
      if (doubt !== null) return raise(doubt);
      if (nulls === values.length) return values[0] as Value;
      return fail(
        'type',
        `The option \`${context.loc.join('.')}' is defined both null and not null.`,
        definitions[0]?.value.origin ?? null,
      );
    },
    emptyValue: nullValue(),
    merged: (other) => sameContainer('nullOr', element, other, nullOr),
    inner: [element],
  };
}

export function either(left: OptionType, right: OptionType): OptionType {
  const fits = (type: OptionType, value: Value, machine: Machine): boolean => type.check(value, machine);
  return {
    name: 'either',
    description: `${left.description} or ${right.description}`,
    check: (value, machine) => fits(left, value, machine) || fits(right, value, machine),
    merge(definitions, context) {
      const values = definitions.map(({ value }) => attempt(() => value.force()));
      const known = values.filter(
        (value): value is Value => !(value instanceof Unknown) && !(value instanceof Failure),
      );
      for (const type of [left, right]) {
        if (known.every((value) => fits(type, value, context.machine)))
          return type.merge(definitions, context);
      }
      return mergeEqual(definitions, context);
    },
    inner: [left, right],
  };
}

export function oneOf(types: readonly OptionType[]): OptionType {
  const [first, ...others] = types;
  if (first === undefined) return fail('type', 'types.oneOf needs at least one type');
  return others.length === 0 ? first : either(first, oneOf(others));
}

/** `types.uniq` and `types.unique`: one definition only. */
export function unique(type: OptionType): OptionType {
  return {
    ...type,
    name: 'unique',
    merge: (definitions, context) =>
      definitions.length > 1
        ? fail(
            'type',
            `The option \`${context.loc.join('.')}' is defined more than once, and may be only once.`,
            definitions[1]?.value.origin ?? null,
          )
        : type.merge(definitions, context),
  };
}

export function addCheck(type: OptionType, check: (value: Value) => boolean): OptionType {
  return { ...type, check: (value, machine) => type.check(value, machine) && check(value) };
}

/** `types.coercedTo`: values of the first type are turned into the second by a function. */
export function coercedTo(from: OptionType, change: Value, to: OptionType): OptionType {
  return {
    name: 'coercedTo',
    description: `${to.description} or ${from.description} convertible to it`,
    check: (value, machine) => {
      if (from.check(value, machine))
        return to.check(apply(change, ready(value), value.origin, machine), machine);
      return to.check(value, machine);
    },
    merge(definitions, context) {
      const coerced = definitions.map((definition): Definition => {
        const { value } = definition;
        const run = (): Value => {
          const known = value.force();
          return from.check(known, context.machine)
            ? apply(change, value, known.origin, context.machine)
            : known;
        };
        return { ...definition, value: lazily(run, value.origin) };
      });
      return to.merge(coerced, context);
    },
    ...(to.emptyValue === undefined ? {} : { emptyValue: to.emptyValue }),
    inner: [to],
  };
}

/** `types.functionTo`: a function whose results merge by a type. */
export function functionTo(result: OptionType): OptionType {
  return {
    name: 'functionTo',
    description: `function that evaluates to a(n) ${result.description}`,
    check: (value) =>
      value.type === 'lambda' ||
      value.type === 'primop' ||
      (value.type === 'attrs' && value.entries.has('__functor')),
    merge(definitions, context) {
      const [only] = definitions;
      if (definitions.length === 1 && only?.maybe === null) return only.value.force();
      return {
        type: 'primop',
        given: [],
        origin: only?.value.origin ?? null,
        primop: {
          name: 'functionTo',
          arity: 1,
          run: ([argument], call) => {
            const results = definitions.map((definition) => ({
              ...rawOf(definition),
              value: lazily(() =>
                apply(
                  definition.value.force(),
                  argument as NonNullable<typeof argument>,
                  call.at,
                  call.machine,
                ),
              ),
            }));
            return (
              mergeByType(result, results, context) ??
              fail('missing', `\`${context.loc.join('.')}' is not defined`)
            );
          },
        },
      };
    },
    inner: [result],
  };
}
