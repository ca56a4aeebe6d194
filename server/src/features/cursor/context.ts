import type { Range } from '../../nix/positions';
import type { Frame } from './frames';
import type { OptionPath } from './place';

/** What a cursor is at, also in half-typed text. All offsets are UTF-16, from 0. */
export type CursorContext =
  /** A file that holds nothing yet, or one word. */
  | { readonly kind: 'empty'; readonly word: Range }
  | NameContext
  | ValueContext
  | StringContext
  | TextContext
  | SelectContext
  | InheritContext
  | AttributesContext
  | VariableContext
  | ArgumentContext
  | PathContext
  | { readonly kind: 'none' };

/** The name of an attribute is being written. */
export interface NameContext {
  readonly kind: 'name';
  /** The set it is written into; null where that is no known place of a configuration. */
  readonly set: OptionPath | null;
  /** The segments before it in the same binding. */
  readonly before: OptionPath;
  /** The whole half-typed word; in quotes, what is between them. */
  readonly word: Range;
  readonly quoted: boolean;
  /** Whether the closing quote stands there, where there is one at all. */
  readonly closed: boolean;
  readonly frame: Frame;
  readonly frames: readonly Frame[];
}

/** A value is to be written. */
export interface ValueContext {
  readonly kind: 'value';
  /** The option it is the value of; ends with `*` inside a list. */
  readonly path: OptionPath;
  readonly word: Range;
  readonly frames: readonly Frame[];
}

/** A string that is a value. */
export interface StringContext {
  readonly kind: 'string';
  readonly path: OptionPath;
  /** What is between the quotes; where the closing one is missing, up to the end of the word. */
  readonly content: Range;
  readonly closed: boolean;
  readonly quote: string;
  /** Whether something is interpolated before the cursor. */
  readonly computed: boolean;
  readonly frames: readonly Frame[];
}

/** A string that is the value of no option that is known: bound by a `let`, the argument of a function. */
export interface TextContext extends Omit<StringContext, 'kind' | 'path'> {
  readonly kind: 'text';
}

/** An attribute is being selected from a module's `config`: `config.containers.`. */
export interface SelectContext {
  readonly kind: 'select';
  /** What it is selected from, as an option. */
  readonly path: OptionPath;
  readonly word: Range;
  /** Containers that the file writes before the cursor; the homelab may not know them while the file is broken. */
  readonly containers: readonly string[];
}

/** A name that a set inherits from what is around it: `inherit hostAddress;`. */
export interface InheritContext {
  readonly kind: 'inherit';
  /** The set it is put into; null where that is no known place of a configuration. */
  readonly set: OptionPath | null;
  readonly word: Range;
  readonly frames: readonly Frame[];
}

/** An attribute is being selected from something else: `constants.network.`, `inherit (cfg) `. */
export interface AttributesContext {
  readonly kind: 'attributes';
  /** What it is selected from, names one after the other; none where it is computed. */
  readonly names: readonly string[];
  readonly word: Range;
  /** For the names of an `inherit`: the set they are put into. */
  readonly set: OptionPath | null;
}

/** A name that something around the cursor binds is being written. */
export interface VariableContext {
  readonly kind: 'variable';
  readonly word: Range;
  readonly frames: readonly Frame[];
}

/** The name of an argument in the head of a function: `{ config, … }:`. */
export interface ArgumentContext {
  readonly kind: 'argument';
  /** The place of the function; null where that is not known. */
  readonly path: OptionPath | null;
  readonly word: Range;
  /** The arguments that are named already. */
  readonly named: readonly string[];
}

/** A path is being written: `./containers/im`. */
export interface PathContext {
  readonly kind: 'path';
  /** What is typed of it, up to the cursor; the rest of its last component follows. */
  readonly typed: Range;
  /** The list of modules it stands in. */
  readonly list: 'imports' | 'modules' | null;
  readonly frames: readonly Frame[];
}
