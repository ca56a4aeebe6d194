import type { Token } from '../../nix/tokens';

/** What the text before a cursor has open, as the scan of its tokens finds it. Offsets are UTF-16, from 0. */

/** One component of an attribute path as it is written. */
export interface PathSegment {
  /** Null where it is computed. */
  readonly text: string | null;
  readonly start: number;
  readonly end: number;
}

/** How something that is opened stands in what surrounds it. */
export type Role =
  /** It is the value itself, or a branch or operand that the value is made of. */
  | { readonly kind: 'value' }
  | { readonly kind: 'element' }
  /** An argument of a function, counted from 0; `head` is the function's last name, empty where it has none. */
  | { readonly kind: 'argument'; readonly head: string; readonly index: number }
  /** A quoted or computed name in an attribute path. */
  | { readonly kind: 'name' };

/** Names that a function or a `let` binds for what follows in the same expression. */
export interface BoundNames {
  readonly names: ReadonlySet<string>;
  readonly byFunction: boolean;
  /** Names that only stand for another one: `hostConfig = config;`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A part of an expression: a token, or something that was closed again. */
export interface Item {
  readonly token: Token | null;
  readonly start: number;
  readonly end: number;
  /** The opener of what was closed: `{`, `[`, `(`, `"`, `${`; empty for a token. */
  readonly group: string;
  /** For `{…}`, the names inside if they are a function's; for a string, its text where that is plain. */
  readonly names: readonly string[];
  readonly plain: string | null;
  /** For `(…)`, what is inside. */
  readonly inner: readonly Item[];
}

/** A binding that was written to its end. */
export interface WrittenBinding {
  readonly path: readonly PathSegment[];
  readonly valueStart: number;
  /** Before the `;`. */
  readonly valueEnd: number;
}

export type FrameKind = 'root' | 'set' | 'let' | 'list' | 'paren' | 'interpolation' | 'string';

/** Something that is open at the cursor. */
export interface Frame {
  readonly kind: FrameKind;
  readonly role: Role;
  /** Where its opener stands. */
  readonly start: number;
  /** Where what is inside begins. */
  readonly inside: number;
  /** For a set or `let`: whether a name, a value, or the names of an `inherit` are being written. */
  readonly state: 'name' | 'value' | 'inherit' | 'default';
  /** The path of the binding that is being written. */
  readonly path: readonly PathSegment[];
  /** Whether a `.` follows the last segment. */
  readonly dotted: boolean;
  /** The expression since it began anew: after `=`, `:`, an operator, `then`, … */
  readonly items: readonly Item[];
  /** Names bound for the current expression, outermost first. */
  readonly scopes: readonly BoundNames[];
  readonly bindings: readonly WrittenBinding[];
  /** Names of a function's pattern, should a set turn out to be one. */
  readonly formals: readonly string[];
  /** For a string: `"` or `''`, and whether something is interpolated before the cursor. */
  readonly quote: string;
  readonly computed: boolean;
}

/** What is open at an offset, outermost first; the first frame is the file. */
export interface Scan {
  readonly frames: readonly Frame[];
  readonly inComment: boolean;
  /** Whether nothing but white space and comments stands before. */
  readonly blank: boolean;
}

/** The names that are bound at the cursor, innermost first. */
export function boundNames(frames: readonly Frame[]): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const frame of [...frames].reverse()) {
    if (frame.kind === 'let')
      for (const { path } of frame.bindings) if (path[0]?.text != null) bound.add(path[0].text);
    for (const { names } of [...frame.scopes].reverse()) for (const name of names) bound.add(name);
  }
  return bound;
}
