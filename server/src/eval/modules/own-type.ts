import { attrs, list, nullValue, string } from '../construct';
import { apply } from '../interpret';
import { attempt, inspect, ready, type Thunk } from '../thunk';
import { Failure, raise, typeName, fail, Unknown, type AttrsValue, type Machine, type Value } from '../value';
import { definitionList, mergeDefault } from './default-merge';
import { firstDoubt, type Definition } from './definition';
import {
  isOptionType,
  mergedType,
  optionTypeOf,
  type DescriptionClass,
  type MergeContext,
  type OptionType,
} from './option-type';

const CLASSES: readonly string[] = ['noun', 'conjunction', 'composite', 'nonRestrictiveClause'];

/** The type that a set stands for: one of `lib.types`, or one that the repository makes; null for any other set. */
export function typeOfSet(value: Value): OptionType | null {
  const known = optionTypeOf(value);
  if (known !== null || value.type !== 'attrs') return known;
  const tag = value.entries.get('_type');
  if (tag === undefined) return null;
  const text = inspect(tag.value);
  return !(text instanceof Unknown) &&
    !(text instanceof Failure) &&
    text.type === 'string' &&
    text.text === 'option-type'
    ? ownType(value)
    : null;
}

const TYPES = new WeakMap<AttrsValue, OptionType>();

/** A type that the repository makes itself, by `mkOptionType` or by changing another (`types.str // { … }`). */
export function ownType(given: AttrsValue): OptionType {
  const known = TYPES.get(given);
  if (known !== undefined) return known;
  const type = built(given);
  TYPES.set(given, type);
  return type;
}

function built(given: AttrsValue): OptionType {
  const field = (name: string): Thunk | undefined => {
    const found = given.entries.get(name);
    if (found === undefined) return given.open === null ? undefined : raise(given.open);
    return found.maybe === null ? found.value : raise(found.maybe);
  };
  const text = (name: string): string | null => {
    const value = field(name)?.force();
    return value === undefined || value.type === 'null'
      ? null
      : value.type === 'string'
        ? value.text
        : fail('type', `value is ${typeName(value)} while a string was expected`, value.origin);
  };
  const call = (machine: Machine, fn: Thunk, ...args: readonly Value[]): Value =>
    args.reduce((value, arg) => apply(value, ready(arg), fn.origin, machine), fn.force());
  const name = text('name') ?? 'own type';
  const descriptionClass = attempt(() => text('descriptionClass'));
  const empty = attempt(() => field('emptyValue')?.force());
  const emptyValue =
    empty === undefined || empty instanceof Unknown || empty instanceof Failure || empty.type !== 'attrs'
      ? undefined
      : empty.entries.get('value')?.value;
  return {
    name,
    get description() {
      return text('description') ?? name;
    },
    ...(typeof descriptionClass === 'string' && CLASSES.includes(descriptionClass)
      ? { descriptionClass: descriptionClass as DescriptionClass }
      : {}),
    check(value, machine) {
      const check = field('check');
      if (check === undefined) return true;
      const result = call(machine, check, value);
      return result.type === 'bool'
        ? result.value
        : fail('type', `value is ${typeName(result)} while a Boolean was expected`, check.origin);
    },
    merge(definitions, context) {
      const merge = field('merge');
      if (merge === undefined) return mergeDefault(definitions, context);
      return mergedBy(merge, definitions, context);
    },
    mergesOwnWay: () => {
      const merge = inspect(field('merge') ?? ready(nullValue()));
      return !(merge instanceof Unknown) && !(merge instanceof Failure) && isOwn(merge);
    },
    ...(emptyValue === undefined ? {} : { whenEmpty: () => emptyValue.force() }),
    subOptions(prefix, machine) {
      const get = field('getSubOptions');
      const shown =
        get === undefined ? null : call(machine, get, list(prefix.map((step) => ready(string(step)))));
      return shown?.type === 'attrs' ? shown : attrs(new Map());
    },
    merged(other) {
      const functor = inspect(field('functor') ?? ready(attrs(new Map())));
      const base =
        functor instanceof Unknown || functor instanceof Failure || functor.type !== 'attrs'
          ? undefined
          : functor.native;
      return isOptionType(base) ? mergedType(base, other) : null;
    },
  };
}

/** What a merge function of Nix code makes of the definitions. */
function mergedBy(merge: Thunk, definitions: readonly Definition[], context: MergeContext): Value {
  const fn = merge.force();
  const native = nativeMerge(fn);
  if (native !== undefined) return native.merge(definitions, context);
  const doubt = firstDoubt(definitions);
  if (doubt !== null) return raise(doubt);
  const loc = ready(list(context.loc.map((step) => ready(string(step)))));
  const withLoc = apply(fn, loc, merge.origin, context.machine);
  return apply(withLoc, ready(definitionList(definitions, context.open)), merge.origin, context.machine);
}

function nativeMerge(fn: Value): OptionType | undefined {
  return fn.type === 'primop' && fn.given.length === 0 ? NATIVE_MERGES.get(fn.primop) : undefined;
}

function isOwn(merge: Value): boolean {
  return merge.type !== 'null' && nativeMerge(merge) === undefined;
}

/** The types whose own merge function a function is, so that one taken over (`inherit (types.str) merge`) stays native. */
export const NATIVE_MERGES = new WeakMap<object, OptionType>();
