import { Language, Parser, type Tree } from 'web-tree-sitter';
import { Lowering, type Reusable } from './lower';
import { hasPipes, withoutPipes } from './pipes';
import { recoverRoot } from './recover';
import { SourceFile } from './source-file';
import { findSyntaxErrors } from './syntax-errors';

/** The two WebAssembly binaries that parsing needs. */
export interface ParserBinaries {
  /** web-tree-sitter.wasm */
  readonly runtime: Uint8Array;
  /** tree-sitter-nix.wasm */
  readonly grammar: Uint8Array;
}

/** A replaced range of the old text and what stands there now; offsets are UTF-16. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newText: string;
}

/** The smallest single edit that turns one text into another, or null when they are equal. */
export function textDifference(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, oldEnd: before.length - tail, newText: after.slice(start, after.length - tail) };
}

/** Parses Nix. One instance serves a whole process; it holds no state between files. */
export class NixParser {
  private constructor(
    private readonly parser: Parser,
    private readonly language: Language,
  ) {}

  static async create(binaries: ParserBinaries): Promise<NixParser> {
    await Parser.init({ wasmBinary: binaries.runtime });
    const language = await Language.load(binaries.grammar);
    return new NixParser(new Parser().setLanguage(language), language);
  }

  /** Parses a text that is not going to be edited; no tree is kept. */
  parse(path: string, text: string): SourceFile {
    const document = this.open(path, text);
    document.close();
    return document.file;
  }

  /** Parses a text that is being edited; the caller closes it. */
  open(path: string, text: string): NixDocument {
    return new NixDocument(this.parser, this.language, path, text);
  }
}

/** A file that is being edited: keeps the tree so that a change costs what it changes. */
export class NixDocument {
  private tree: Tree;
  private current: SourceFile;
  /** The last version that is written out: without a syntax error, and not in the middle of a path. */
  private good: SourceFile | null = null;

  constructor(
    private readonly parser: Parser,
    private readonly language: Language,
    path: string,
    text: string,
  ) {
    this.tree = parse(parser, text, null);
    this.current = this.lower(path, text, null, null);
  }

  /** The latest version. */
  get file(): SourceFile {
    return this.current;
  }

  /** Replaces the text; what the change leaves alone is parsed and lowered no second time. */
  update(text: string): SourceFile {
    const before = this.current;
    const edit = textDifference(before.text, text);
    if (edit === null) return before;
    // What the parser sees may have changed further to the left than the text: `<` becomes a part of `<|`.
    const seen =
      hasPipes(before.text) || hasPipes(text)
        ? (textDifference(withoutPipes(before.text), withoutPipes(text)) ?? edit)
        : edit;
    const newEnd = seen.start + seen.newText.length;
    this.tree.edit({
      startIndex: seen.start,
      oldEndIndex: seen.oldEnd,
      newEndIndex: newEnd,
      startPosition: point(before.text, seen.start),
      oldEndPosition: point(before.text, seen.oldEnd),
      newEndPosition: point(text, newEnd),
      editPoint: unused,
      editRange: unused,
    });
    const tree = parse(this.parser, text, this.tree);
    this.tree.delete();
    this.tree = tree;
    this.current = this.lower(before.path, text, this.reusable(before, edit, text), edit);
    return this.current;
  }

  /** What a broken file has nothing of, the last good version has. */
  private reusable(before: SourceFile, edit: TextEdit, text: string): Reusable {
    if (!before.root.broken || this.good === null) return before.reusableAfter(edit);
    return this.good.reusableAfter(
      textDifference(this.good.text, text) ?? { start: 0, oldEnd: 0, newText: '' },
    );
  }

  /** Frees the tree; the syntax stays. */
  close(): void {
    this.tree.delete();
  }

  private lower(path: string, text: string, reusable: Reusable | null, latest: TextEdit | null): SourceFile {
    const root = this.tree.rootNode;
    const hasErrors = root.hasError;
    const cursor = this.tree.walk();
    const syntax = new Lowering(this.language, path, text, hasErrors, reusable).lower(cursor);
    cursor.delete();
    const errors = hasErrors ? findSyntaxErrors(root, text) : [];
    const edit = this.good === null || !hasErrors ? null : textDifference(this.good.text, text);
    if (this.good !== null && edit !== null) {
      return new SourceFile(path, text, recoverRoot(syntax, this.good.root), errors, {
        good: this.good,
        edit,
      });
    }
    const isUnfinished = latest !== null && breaksOff(text, latest);
    const file = new SourceFile(path, text, syntax, errors, null, isUnfinished);
    if (!hasErrors && !isUnfinished) this.good = file;
    return file;
  }
}

/** Whether an edited line ends in a dot: `a.` before `b = 1;` reads as `a.b`, and nobody means that. */
function breaksOff(text: string, { start, newText }: TextEdit): boolean {
  const at = start + newText.length;
  const end = text.indexOf('\n', at);
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, end === -1 ? text.length : end);
  return /[\w"}'-]\.\s*$/.test(line);
}

function unused(): never {
  throw new Error('Tree.edit reads only the fields of an edit');
}

function parse(parser: Parser, text: string, previous: Tree | null): Tree {
  const tree = parser.parse(withoutPipes(text), previous);
  if (tree === null) throw new Error('the parser has no language');
  return tree;
}

function point(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) {
    row++;
    lineStart = next + 1;
  }
  return { row, column: offset - lineStart };
}
