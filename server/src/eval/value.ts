import type { FileEntry } from '../nix/file-source';
import type { LambdaExpr, SyntaxNode } from '../nix/syntax';
import type { Scope } from './scope';
import type { Thunk } from './thunk';

/** The syntax that wrote a value; null where the engine made it. */
export type Origin = SyntaxNode | null;

export interface NullValue {
  readonly type: 'null';
  readonly origin: Origin;
}
export interface BoolValue {
  readonly type: 'bool';
  readonly value: boolean;
  readonly origin: Origin;
}
export interface IntValue {
  readonly type: 'int';
  readonly value: bigint;
  readonly origin: Origin;
}
export interface FloatValue {
  readonly type: 'float';
  readonly value: number;
  readonly origin: Origin;
}
export interface StringValue {
  readonly type: 'string';
  /** Reading it throws `Unknown` where only what the text names is known; see `content.ts`. */
  readonly text: string;
  /** Why the text is not known; undefined when it is. */
  readonly unknownText?: Unknown;
  readonly origin: Origin;
}
/** A path; absolute and normalised. */
export interface PathValue {
  readonly type: 'path';
  readonly path: string;
  readonly origin: Origin;
}
export interface ListValue {
  readonly type: 'list';
  readonly items: readonly Thunk[];
  /** Why there may be more elements, at unknown places; null when these are all. */
  readonly open: Unknown | null;
  readonly origin: Origin;
}
/** One attribute of a set. */
export interface Attr {
  readonly value: Thunk;
  /** Where its name is written. */
  readonly at: Origin;
  /** Why the attribute may not be there after all; null when it is there. */
  readonly maybe: Unknown | null;
}
export interface AttrsValue {
  readonly type: 'attrs';
  readonly entries: ReadonlyMap<string, Attr>;
  /** Why there may be more attributes; null when these are all. */
  readonly open: Unknown | null;
  readonly origin: Origin;
  /** What the engine attaches to sets of its own, e.g. the native side of an option type. */
  readonly native?: object;
}
export interface LambdaValue {
  readonly type: 'lambda';
  readonly expr: LambdaExpr;
  readonly scope: Scope;
  readonly origin: Origin;
}
/** A function of the engine: a builtin, a function of `lib`, or one of them given some of its arguments. */
export interface PrimopValue {
  readonly type: 'primop';
  readonly primop: Primop;
  /** Fewer than the primop's arity. */
  readonly given: readonly Thunk[];
  readonly origin: Origin;
}

export type FunctionValue = LambdaValue | PrimopValue;
export type Value =
  | NullValue
  | BoolValue
  | IntValue
  | FloatValue
  | StringValue
  | PathValue
  | ListValue
  | AttrsValue
  | FunctionValue;

/** What a primop is told of its call. */
export interface Call {
  /** The expression that calls; for messages and provenance. */
  readonly at: Origin;
  readonly machine: Machine;
}

export interface Primop {
  readonly name: string;
  readonly arity: number;
  /** Named arguments, as `functionArgs` shows them; undefined for plain arguments. */
  readonly formals?: ReadonlyMap<string, boolean>;
  run(args: readonly Thunk[], call: Call): Value;
}

/** A place in a file as Nix counts it: lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What an evaluation shares: bounds, files, and the files it has read. */
export interface Machine {
  /** Whether what is evaluated now is expected to be evaluated again, after an edit: what it makes is kept for that. */
  readonly comesBack?: boolean;
  /**
   * Evaluates the file at a path once; `import` without arguments.
   * @param names bound in it beside the language's own, as `scopedImport` does; then it is evaluated each time
   */
  importFile(path: string, at: Origin, names?: ReadonlyMap<string, Thunk>): Value;
  /** What `<name>` stands for where nothing of the search path is known; null, or no such method, where that is not known. */
  searched?(name: string, at: Origin): Value | null;
  /** Where a node is written, lines and columns from 1; null, or no such method, where that is not to be relied on. */
  placeOf?(node: SyntaxNode): Place | null;
  /** The snapshot's entry at a path; the path counts as read. */
  entry(path: string): FileEntry;
  /** Counts one step one level deeper, until `leave`; throws `Unknown` when that is too deep or one too many. */
  enter(): void;
  leave(): void;
  /** Counts work that does not nest, such as the elements of a long list. */
  spend(steps: number): void;
}

export type UnknownCause =
  /** Comes from outside the repository: nixpkgs, inputs, fetched sources, the environment. */
  | 'external'
  /** A builtin or library function that this engine does not have. */
  | 'unsupported'
  /** The file is not in the snapshot yet, or is not readable. */
  | 'loading'
  | 'unreadable'
  /** A syntax error hides it. */
  | 'syntax'
  /** Definitions whose merge depends on a type that is not known. */
  | 'merge'
  /** Infinite recursion, as far as this evaluation sees. Not remembered. */
  | 'cycle'
  /** The evaluation became too deep or too long. Not remembered. */
  | 'budget';

/** A value that cannot be known from the repository. Thrown by whatever needs it. */
export class Unknown {
  constructor(
    readonly cause: UnknownCause,
    /** In words, e.g. "`pkgs.hello` comes from nixpkgs". */
    readonly reason: string,
    readonly at: Origin = null,
  ) {}
}

/** An evaluation that Nix itself refuses. Thrown. */
export class Failure {
  constructor(
    /** `throw` and `assert` can be caught by `builtins.tryEval`; the others cannot. */
    readonly kind: 'throw' | 'assert' | 'abort' | 'type' | 'missing' | 'undefined',
    /** Nix's kind of message, without "error:". */
    readonly message: string,
    readonly at: Origin = null,
    /**
     * Whether what is missing is looked for in a set that is written out. Sets of options may hold more than is known here:
     * what modules from outside define.
     */
    readonly inWritten = false,
  ) {}
}

/**
 * The reason for what comes from outside the repository but is written into it: unlike a module from outside, it may
 * define what the repository defines.
 */
export function writtenReason(reason: Unknown): Unknown {
  return reason.cause === 'external' ? new Unknown('merge', reason.reason, reason.at) : reason;
}

/** Ends the evaluation of what needs this. */
export function raise(problem: Unknown | Failure): never {
  // Not an Error: no stack is wanted, and capturing one would cost more than the evaluation itself.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw problem;
}

export function unknown(cause: UnknownCause, reason: string, at: Origin = null): never {
  return raise(new Unknown(cause, reason, at));
}

export function fail(kind: Failure['kind'], message: string, at: Origin = null): never {
  return raise(new Failure(kind, message, at));
}

/** Whether something caught is an answer of the evaluation rather than a defect of the engine. */
export function isProblem(caught: unknown): caught is Unknown | Failure {
  return caught instanceof Unknown || caught instanceof Failure;
}

/** What went wrong, in words, whatever was thrown. */
export function wordsOf(caught: unknown): string {
  if (caught instanceof Unknown) return caught.reason;
  return caught instanceof Failure || caught instanceof Error ? caught.message : String(caught);
}

/** What Nix calls the type of a value, with its article, as in its messages. */
export function typeName(value: Value): string {
  switch (value.type) {
    case 'null':
      return 'null';
    case 'bool':
      return 'a Boolean';
    case 'int':
      return 'an integer';
    case 'float':
      return 'a float';
    case 'string':
      return 'a string';
    case 'path':
      return 'a path';
    case 'list':
      return 'a list';
    case 'attrs':
      return 'a set';
    case 'lambda':
      return 'a function';
    case 'primop':
      return value.given.length > 0 ? 'a partially applied built-in function' : 'a built-in function';
  }
}
