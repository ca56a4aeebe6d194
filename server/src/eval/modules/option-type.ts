import { deepen } from '../computed';
import type { Thunk } from '../thunk';
import { unknown, type AttrsValue, type Machine, type Unknown, type Value } from '../value';
import type { Definition } from './definition';
import type { Place } from './place';

/** What merging needs to know of its surroundings. */
export interface MergeContext {
  readonly machine: Machine;
  /** The option's path, for messages and for the name of a submodule. */
  readonly loc: readonly string[];
  /** Why there may be more definitions than are known, which leaves lists and sets open; null when these are all. */
  readonly open: Unknown | null;
  /** Whether what nobody declares is refused in what is built for them; see `SystemSpec`. */
  readonly strict?: boolean | undefined;
  /** Where all these definitions come together; undefined where they are not a place's own. */
  readonly place?: Place | undefined;
}

/** What a type's description is in a sentence, which decides where it needs parentheses. */
export type DescriptionClass = 'noun' | 'conjunction' | 'composite' | 'nonRestrictiveClause';

/** The native side of a type of nixpkgs' `lib.types`. */
export interface OptionType {
  readonly name: string;
  /** In NixOS' own words. May evaluate modules, so that it is read only where it is shown. */
  readonly description: string;
  readonly descriptionClass?: DescriptionClass | undefined;
  /** Whether a value is of the type, as far as nixpkgs checks it before merging. Throws `Unknown`. */
  check(value: Value, machine: Machine): boolean;
  /**
   * The value of all definitions; there is at least one. They have the same priority and are in order; one with `maybe`
   * may not count. Throws `Failure` where nixpkgs refuses, `Unknown` where the result cannot be known.
   */
  merge(definitions: readonly Definition[], context: MergeContext): Value;
  /** Whether a function of the repository does the merging, so that the result may have any shape. */
  readonly mergesOwnWay?: (() => boolean) | undefined;
  /** Whether merging makes nothing that is worth keeping while definitions change, such as a module system. */
  readonly buildsNothing?: boolean | undefined;
  /** What the option is worth without any definition; undefined where it then has no value. */
  readonly emptyValue?: Value | undefined;
  /** The same, where it has to be computed; comes before `emptyValue`. */
  readonly whenEmpty?: ((context: MergeContext) => Value) | undefined;
  /** The name that decides which types merge; the type's own where undefined. */
  readonly functor?: string | undefined;
  /** The type that stands for both when an option is declared twice; null where none can. */
  readonly merged?: ((other: OptionType) => OptionType | null) | undefined;
  /** Further types inside, for messages and for completion: `elem`, `left`, … */
  readonly inner?: readonly OptionType[] | undefined;
  /** The same types by the names that nixpkgs gives them in `nestedTypes`. */
  readonly nested?: Readonly<Record<string, OptionType>> | undefined;
  /** The options below an option of this type, as `getSubOptions` shows them; none where undefined. */
  readonly subOptions?: ((prefix: readonly string[], machine: Machine) => AttrsValue) | undefined;
  /** The modules of a submodule inside, as `getSubModules` shows them; null where there is none. */
  readonly subModules?: readonly Thunk[] | null | undefined;
  /** The same type around other modules. */
  readonly withSubModules?: ((modules: readonly Thunk[]) => OptionType) | undefined;
  /** The arguments that the type was made of, as its `functor` shows them. */
  readonly payload?: (() => Value) | undefined;
}

export function isOptionType(native: object | undefined): native is OptionType {
  return native !== undefined && 'merge' in native && 'check' in native;
}

/** The native type of a `lib.types` value; null for anything else, such as a type the engine does not know. */
export function optionTypeOf(value: Value): OptionType | null {
  return value.type === 'attrs' && isOptionType(value.native)
    ? (value as AttrsValue & { native: OptionType }).native
    : null;
}

/** A type that differs from another one in some points. What the other one computes when asked stays so. */
export function derivedType(base: OptionType, changes: Partial<OptionType>): OptionType {
  const type = Object.create(base) as OptionType;
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(changes)))
    Object.defineProperty(type, name, property);
  return type;
}

/**
 * A type's description as part of a longer one: in parentheses unless its class is among those that need none there.
 * Source: nixpkgs lib/types.nix `optionDescriptionPhrase`.
 */
export function phrase(type: OptionType, ...bare: readonly DescriptionClass[]): string {
  const { descriptionClass } = type;
  return descriptionClass !== undefined && bare.includes(descriptionClass)
    ? type.description
    : `(${type.description})`;
}

/** Where no call is at hand: counts nothing, and knows no files. */
export const FREE_MACHINE: Machine = {
  importFile: (path) => unknown('unreadable', `${path} is not read here`),
  entry: () => ({ kind: 'missing' }),
  enter: () => undefined,
  leave: () => undefined,
  spend: () => undefined,
};

/** The name that decides which types merge. */
export function functorOf(type: OptionType): string {
  return type.functor ?? type.name;
}

const DEFERRED = new WeakMap<OptionType, () => OptionType>();

/** A type that is looked at when it is used: types may contain themselves. */
export function deferredType(get: () => OptionType): OptionType {
  let found: OptionType | undefined;
  const type = (): OptionType => (found ??= get());
  const deferred: OptionType = {
    get name() {
      return type().name;
    },
    get description() {
      // The text of a type that contains itself has no end.
      return deepen(5, () => type().description);
    },
    get descriptionClass() {
      return type().descriptionClass;
    },
    get functor() {
      return type().functor;
    },
    check: (value, machine) => type().check(value, machine),
    merge: (definitions, context) => type().merge(definitions, context),
    get emptyValue() {
      return type().emptyValue;
    },
    get whenEmpty() {
      return type().whenEmpty;
    },
    get merged() {
      return type().merged;
    },
    get inner() {
      return type().inner;
    },
    get nested() {
      return type().nested;
    },
    get subOptions() {
      return type().subOptions;
    },
    get subModules() {
      return type().subModules;
    },
    get withSubModules() {
      return type().withSubModules;
    },
    get payload() {
      return type().payload;
    },
  };
  DEFERRED.set(deferred, type);
  return deferred;
}

/** The type that a deferred one turns out to be; any other type itself. */
export function resolvedType(type: OptionType): OptionType {
  const get = DEFERRED.get(type);
  return get === undefined ? type : resolvedType(get());
}

/** The type that stands for both; null where none can. */
export function mergedType(first: OptionType, second: OptionType): OptionType | null {
  return resolvedType(first).merged?.(resolvedType(second)) ?? null;
}
