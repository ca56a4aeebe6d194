import type { AttrsValue, Machine, Unknown, Value } from '../value';
import type { Definition } from './definition';

/** What merging needs to know of its surroundings. */
export interface MergeContext {
  readonly machine: Machine;
  /** The option's path, for messages and for the name of a submodule. */
  readonly loc: readonly string[];
  /** Why there may be more definitions than are known, which leaves lists and sets open; null when these are all. */
  readonly open: Unknown | null;
}

/** The native side of a type of nixpkgs' `lib.types`. */
export interface OptionType {
  readonly name: string;
  readonly description: string;
  /** Whether a value is of the type, as far as nixpkgs checks it before merging. Throws `Unknown`. */
  check(value: Value, machine: Machine): boolean;
  /**
   * The value of all definitions; there is at least one. They have the same priority and are in order; one with `maybe`
   * may not count. Throws `Failure` where nixpkgs refuses, `Unknown` where the result cannot be known.
   */
  merge(definitions: readonly Definition[], context: MergeContext): Value;
  /** What the option is worth without any definition; undefined where it then has no value. */
  readonly emptyValue?: Value;
  /** The type that stands for both when an option is declared twice; null where they cannot be. */
  readonly merged?: (other: OptionType) => OptionType | null;
  /** Further types inside, for messages and for completion: `elem`, `left`, … */
  readonly inner?: readonly OptionType[];
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
