/**
 * The immutable syntax of a Nix file, as everything above `nix/` sees it.
 *
 * Positions are UTF-16 offsets relative to the node's `anchor`: the binding (or the file's root) it is written in.
 * An edit therefore leaves the bindings it does not touch as they are, and they are reused object by object.
 * Absolute ranges come from `SourceFile.rangeOf`.
 */

/** The unit of reuse: a binding, or the root of a file. Holds what the positions inside it are relative to. */
export interface Anchor {
  /** Absolute path of the file. */
  readonly source: string;
  /** Bindings written directly inside this anchor, in order, with their offset from its start. */
  readonly slots: readonly Slot[];
}

/** A binding at its place inside the enclosing anchor. */
export interface Slot {
  readonly offset: number;
  readonly binding: Binding;
  /** Whether no syntax error lies in it, so that the same text will mean the same again. */
  readonly clean: boolean;
}

interface NodeBase {
  readonly anchor: Anchor;
  /** Offset of the first character, from the anchor's start. */
  readonly start: number;
  /** Offset behind the last character, from the anchor's start. */
  readonly end: number;
}

export interface Identifier extends NodeBase {
  readonly kind: 'variable';
  readonly name: string;
}
export interface IntLiteral extends NodeBase {
  readonly kind: 'int';
  readonly value: bigint;
}
export interface FloatLiteral extends NodeBase {
  readonly kind: 'float';
  readonly value: number;
}
/** A string; escapes are resolved and the indentation of `''` strings is removed. */
export interface StringLiteral extends NodeBase {
  readonly kind: 'string';
  readonly indented: boolean;
  readonly parts: readonly (string | Expr)[];
}
/** A path literal; `parts` is its text with the interpolations in place. */
export interface PathLiteral extends NodeBase {
  readonly kind: 'path';
  /** `relative` covers `./x`, `../x` and `a/b`; `home` is `~/x`; `search` is `<x>`. */
  readonly form: 'relative' | 'absolute' | 'home' | 'search';
  readonly parts: readonly (string | Expr)[];
}
export interface UriLiteral extends NodeBase {
  readonly kind: 'uri';
  readonly text: string;
}
export interface ListExpr extends NodeBase {
  readonly kind: 'list';
  readonly elements: readonly Expr[];
  readonly damaged: boolean;
}
export interface AttrSetExpr extends NodeBase {
  readonly kind: 'attrs';
  readonly recursive: boolean;
  readonly bindings: readonly Binding[];
  /** A syntax error lost or changed some of its bindings: nothing may be concluded from an absence. */
  readonly damaged: boolean;
}
export interface LetExpr extends NodeBase {
  readonly kind: 'let';
  readonly bindings: readonly Binding[];
  /** Null for the legacy `let { …; body = …; }`, whose value is its attribute `body`. */
  readonly body: Expr | null;
  readonly damaged: boolean;
}
export interface WithExpr extends NodeBase {
  readonly kind: 'with';
  readonly environment: Expr;
  readonly body: Expr;
}
export interface AssertExpr extends NodeBase {
  readonly kind: 'assert';
  readonly condition: Expr;
  readonly body: Expr;
}
export interface IfExpr extends NodeBase {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly consequence: Expr;
  readonly alternative: Expr;
}
export interface Formal {
  readonly name: Identifier;
  readonly fallback: Expr | null;
}
export interface LambdaExpr extends NodeBase {
  readonly kind: 'lambda';
  /** `x: …` and the `@x` of a pattern. */
  readonly argument: Identifier | null;
  /** Null when the function takes a plain argument. */
  readonly formals: readonly Formal[] | null;
  /** `{ … , ... }`; also when a syntax error hides part of the pattern. */
  readonly ellipsis: boolean;
  readonly body: Expr;
}
export interface ApplyExpr extends NodeBase {
  readonly kind: 'apply';
  readonly fn: Expr;
  readonly argument: Expr;
}
export interface SelectExpr extends NodeBase {
  readonly kind: 'select';
  readonly subject: Expr;
  readonly path: readonly AttrName[];
  readonly fallback: Expr | null;
}
export interface HasAttrExpr extends NodeBase {
  readonly kind: 'has-attr';
  readonly subject: Expr;
  readonly path: readonly AttrName[];
}
export interface UnaryExpr extends NodeBase {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expr;
}
export type BinaryOperator =
  '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '->' | '+' | '-' | '*' | '/' | '++' | '//';
export interface BinaryExpr extends NodeBase {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
/** What a syntax error left without a meaning. */
export interface BrokenExpr extends NodeBase {
  readonly kind: 'broken';
  readonly reason: string;
}

export type Expr =
  | Identifier
  | IntLiteral
  | FloatLiteral
  | StringLiteral
  | PathLiteral
  | UriLiteral
  | ListExpr
  | AttrSetExpr
  | LetExpr
  | WithExpr
  | AssertExpr
  | IfExpr
  | LambdaExpr
  | ApplyExpr
  | SelectExpr
  | HasAttrExpr
  | UnaryExpr
  | BinaryExpr
  | BrokenExpr;

/** One component of an attribute path: an identifier, a quoted string, or `${…}`. */
export interface AttrName extends NodeBase {
  readonly kind: 'attr-name';
  /** The name where it is written out, else null. */
  readonly text: string | null;
  /** What computes the name where it is not written out. */
  readonly dynamic: Expr | null;
}

/** `a.b = value;` */
export interface ValueBinding extends NodeBase {
  readonly kind: 'binding';
  readonly path: readonly AttrName[];
  readonly value: Expr;
}
/** `inherit a b;` and `inherit (from) a b;` */
export interface InheritBinding extends NodeBase {
  readonly kind: 'inherit';
  readonly from: Expr | null;
  readonly names: readonly AttrName[];
}
/** A binding is its own anchor: `start` is 0 and `end` its width. */
export type Binding = ValueBinding | InheritBinding;

export type SyntaxNode = Expr | AttrName | Binding;

/** The syntax of a whole file. */
export interface Root {
  readonly anchor: Anchor;
  /** Null for a file without an expression (empty, or only comments), or one that is broken as a whole. */
  readonly expression: Expr | null;
  readonly broken: boolean;
}
