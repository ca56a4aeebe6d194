import type { FileEntry, FileSource } from '../nix/file-source';
import type { SourceFile } from '../nix/source-file';
import type { SyntaxNode } from '../nix/syntax';
import { builtinNames } from './builtins';
import { evaluate } from './interpret';
import { Kept } from './kept';
import { searchedNixpkgs } from './nixpkgs';
import { Scope } from './scope';
import type { Computed } from './computed';
import type { Reading } from './readers';
import { lazily, nesting, type Thunk } from './thunk';
import {
  fail,
  Failure,
  isProblem,
  Unknown,
  unknown,
  type Machine,
  type Origin,
  type Place,
  type Value,
} from './value';

/** A snapshot of files that can also hand out their syntax. */
export interface ParsedFiles extends FileSource {
  /** The syntax of a readable Nix file; null for anything else. The same text gives the same object. */
  parsed(path: string): SourceFile | null;
}

const NO_NAMES: ReadonlyMap<string, Thunk> = new Map();

/** How many steps all evaluations may take together. */
const MOST_STEPS = 20_000_000;

/** Ends an evaluation that has run for long enough. What it has finished is kept. Thrown, and no `Failure`. */
export class Suspended extends Error {
  constructor() {
    super('the evaluation was suspended');
  }
}

/** A problem of a file as a whole, which is one of whatever imports it. */
function written(problem: Unknown | Failure, at: Origin): Unknown | Failure {
  if (problem.at !== null) return problem;
  return problem instanceof Unknown
    ? new Unknown(problem.cause, problem.reason, at)
    : new Failure(problem.kind, problem.message, at);
}

/** One evaluation of files: everything it computes is computed once, and again when what it read changes. */
export class Evaluation implements Machine {
  private readonly imports = new Map<string, Thunk>();
  private readonly globals: Scope;
  private readonly scopes = new Map<string, Scope>();
  /** Whether the files will be edited: what is evaluated is then kept for being evaluated again. */
  readonly comesBack: boolean;
  private steps = 0;
  private pause: (() => boolean) | null = null;

  constructor(
    readonly files: ParsedFiles,
    { comesBack = false }: { readonly comesBack?: boolean } = {},
  ) {
    this.comesBack = comesBack;
    this.globals = Scope.global(this, builtinNames());
  }

  entry(path: string): FileEntry {
    return this.files.entry(path);
  }

  /** The value of the file at a path, or of its `default.nix` where the path is a folder. */
  importFile(path: string, at: Origin, names?: ReadonlyMap<string, Thunk>): Value {
    if (names !== undefined) return this.evaluateFile(path, at, this.globals.bind(names));
    try {
      return this.fileThunk(path).force();
    } catch (problem) {
      throw isProblem(problem) ? written(problem, at) : problem;
    }
  }

  searched(name: string, at: Origin): Value | null {
    return searchedNixpkgs(name, at);
  }

  placeOf(node: SyntaxNode): Place | null {
    const file = this.files.parsed(node.anchor.source);
    const range = file?.rangeOf(node) ?? null;
    if (file === null || range === null) return null;
    const { line, character } = file.lines.positionAt(range.start);
    return { file: file.path, line: line + 1, column: character + 1 };
  }

  /**
   * Tells whether what a file evaluates to is part of a result that is still in use: as things are, so that it is to be
   * asked before anything else is evaluated. Many files are asked about at the cost of one.
   */
  partsOf(result: Computed<unknown>): (path: string) => boolean {
    const known = new Map<Computed<unknown>, boolean>([[result, true]]);
    return (path) => {
      const file = this.imports.get(path);
      return file !== undefined && leadsTo(file, known);
    };
  }

  /**
   * The steps taken so far no longer count.
   * @param pause asked now and then: where it says so, what runs ends with `Suspended`, and can be started again to go on
   */
  restart(pause: (() => boolean) | null = null): void {
    this.steps = 0;
    this.pause = pause;
  }

  /** The file at a path, evaluated when needed. */
  fileThunk(path: string): Thunk {
    const known = this.imports.get(path);
    if (known !== undefined) return known;
    const thunk = lazily(() => this.evaluateFile(path, null, this.globals));
    this.imports.set(path, thunk);
    return thunk;
  }

  /** The scope of a file as a whole: the same for all its versions. */
  private scopeOf(path: string): Scope {
    let scope = this.scopes.get(path);
    if (scope === undefined) this.scopes.set(path, (scope = this.globals.bind(NO_NAMES, new Kept(true))));
    return scope;
  }

  enter(): void {
    this.steps++;
    if ((this.steps & 127) === 0 && this.pause?.() === true) throw new Suspended();
    if (this.steps > MOST_STEPS) return unknown('budget', 'the evaluation takes too long');
    if (nesting.depth >= nesting.limit) return unknown('budget', 'the evaluation nests too deeply');
    nesting.depth++;
  }

  leave(): void {
    nesting.depth--;
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MOST_STEPS) return unknown('budget', 'the evaluation takes too long');
  }

  private evaluateFolder(path: string, at: Origin, scope: Scope): Value {
    const file = `${path === '/' ? '' : path}/default.nix`;
    return scope === this.globals ? this.importFile(file, at) : this.evaluateFile(file, at, scope);
  }

  private evaluateFile(path: string, at: Origin, scope: Scope): Value {
    const entry = this.entry(path);
    switch (entry.kind) {
      case 'directory':
        return this.evaluateFolder(path, at, scope);
      case 'missing':
        return fail('missing', `path '${path}' does not exist`, at);
      case 'opaque':
        return unknown('unreadable', entry.reason, at);
      case 'file': {
        const file = this.files.parsed(path);
        if (file === null) return unknown('unreadable', `${path} is not a Nix file`, at);
        const { expression, broken } = file.root;
        if (expression !== null)
          return evaluate(expression, scope === this.globals ? this.scopeOf(path) : scope);
        if (broken) return unknown('syntax', `${path} has a syntax error`, at);
        return fail('type', `${path} holds no expression`, at);
      }
    }
  }
}

interface Step {
  readonly node: Computed<unknown>;
  /** The readers that are still to be looked at. */
  next: Reading | null;
}

/**
 * Whether a result has a reader, or that one a reader, and so on, of which it is known that it counts.
 * @param known what was found out before; what is found out now is added
 */
function leadsTo(start: Computed<unknown>, known: Map<Computed<unknown>, boolean>): boolean {
  const before = known.get(start);
  if (before !== undefined) return before;
  const seen = new Set([start]);
  const path: Step[] = [{ node: start, next: start.readings }];
  // Where readers read each other, what is behind one of them is known only when all is.
  let circular = false;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const reading = top.next;
    if (reading === null) {
      path.pop();
      if (!circular) known.set(top.node, false);
      continue;
    }
    top.next = reading.next;
    const { reader, generation } = reading;
    if (!reader.reads(generation)) continue;
    const found = known.get(reader);
    if (found === true) {
      for (const { node } of path) known.set(node, true);
      return true;
    }
    if (found === false) continue;
    if (seen.has(reader)) {
      circular = true;
      continue;
    }
    seen.add(reader);
    path.push({ node: reader, next: reader.readings });
  }
  for (const node of seen) known.set(node, false);
  return false;
}
