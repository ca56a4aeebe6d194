import type { FileEntry, FileSource } from '../nix/file-source';
import type { SourceFile } from '../nix/source-file';
import type { SyntaxNode } from '../nix/syntax';
import { builtinNames } from './builtins';
import { evaluate } from './interpret';
import { Scope } from './scope';
import { lazily, nesting, type Thunk } from './thunk';
import { fail, unknown, type Machine, type Origin, type Place, type Value } from './value';

/** A snapshot of files that can also hand out their syntax. */
export interface ParsedFiles extends FileSource {
  /** The syntax of a readable Nix file; null for anything else. The same text gives the same object. */
  parsed(path: string): SourceFile | null;
}

export interface Bounds {
  /** How deep evaluations may nest. Each level takes a few JavaScript frames. */
  readonly depth: number;
  /** How many steps all evaluations may take together. */
  readonly steps: number;
}

const DEFAULT_BOUNDS: Bounds = { depth: 2000, steps: 20_000_000 };

/** One evaluation of a snapshot: everything it computes is computed at most once. */
export class Evaluation implements Machine {
  /** Every path that was looked at, whether it exists or not. */
  readonly pathsRead = new Set<string>();
  private readonly imports = new Map<string, Thunk>();
  private readonly globals: Scope;
  private steps = 0;

  constructor(
    readonly files: ParsedFiles,
    private readonly bounds: Bounds = DEFAULT_BOUNDS,
  ) {
    this.globals = Scope.global(this, builtinNames());
  }

  entry(path: string): FileEntry {
    this.pathsRead.add(path);
    return this.files.entry(path);
  }

  /** The value of the file at a path, or of its `default.nix` where the path is a folder. */
  importFile(path: string, at: Origin, names?: ReadonlyMap<string, Thunk>): Value {
    if (names !== undefined) return this.evaluateFile(path, at, this.globals.bind(names));
    return this.fileThunk(path, at).force();
  }

  placeOf(node: SyntaxNode): Place | null {
    const file = this.files.parsed(node.anchor.source);
    const range = file?.rangeOf(node) ?? null;
    if (file === null || range === null) return null;
    const { line, character } = file.lines.positionAt(range.start);
    return { file: file.path, line: line + 1, column: character + 1 };
  }

  /** The file at a path, evaluated when needed. */
  fileThunk(path: string, at: Origin): Thunk {
    const known = this.imports.get(path);
    if (known !== undefined) return known;
    const thunk = lazily(() => this.evaluateFile(path, at, this.globals));
    this.imports.set(path, thunk);
    return thunk;
  }

  enter(): void {
    if (++this.steps > this.bounds.steps) return unknown('budget', 'the evaluation takes too long');
    if (nesting.depth >= Math.min(this.bounds.depth, nesting.limit))
      return unknown('budget', 'the evaluation nests too deeply');
    nesting.depth++;
  }

  leave(): void {
    nesting.depth--;
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.bounds.steps) return unknown('budget', 'the evaluation takes too long');
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
        if (expression !== null) return evaluate(expression, scope);
        if (broken) return unknown('syntax', `${path} has a syntax error`, at);
        return fail('type', `${path} holds no expression`, at);
      }
    }
  }
}
