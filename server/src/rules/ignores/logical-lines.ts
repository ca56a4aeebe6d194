import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import type { Token } from '../../nix/tokens';

/** Lines of a text from 0, both ends inclusive. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines of a file as comments can stand between them: a line that begins inside a string, or inside a comment of
 * several lines, belongs to the one before.
 */
export class LogicalLines {
  /** What cannot be torn apart, in the order of the text. */
  private readonly solid: readonly Range[];

  constructor(
    private readonly file: SourceFile,
    private readonly tokens: readonly Token[],
  ) {
    this.solid = solidRanges(file, tokens);
  }

  /** The logical line that a line of the text is part of. */
  around(line: number): Lines {
    const { lines, text } = this.file;
    let first = line;
    let last = line;
    for (let at = this.solidAt(startOf(this.file, first)); at !== null;) {
      first = lines.positionAt(at.start).line;
      at = this.solidAt(startOf(this.file, first));
    }
    for (;;) {
      const next = last + 1 < lines.lineCount ? this.solidAt(startOf(this.file, last + 1)) : null;
      if (next === null) return { first, last };
      last = Math.max(last + 1, lines.positionAt(Math.min(next.end, text.length)).line);
    }
  }

  /** What a comment stands beside, or the first code below it; null where there is none. */
  besideOrBelow(comment: Token, index: number): Lines | null {
    const { lines } = this.file;
    if (!this.isAlone(comment)) return this.around(lines.positionAt(comment.start).line);
    const next = this.tokens.slice(index + 1).find(({ kind }) => kind !== 'comment');
    return next === undefined ? null : this.around(lines.positionAt(next.start).line);
  }

  /** Whether nothing but white space is on the lines of a comment. */
  isAlone({ start, end }: Token): boolean {
    const { lines, text } = this.file;
    const before = text.slice(startOf(this.file, lines.positionAt(start).line), start);
    const after = lines.lineText(lines.positionAt(end).line).slice(lines.positionAt(end).character);
    return before.trim() === '' && after.trim() === '';
  }

  private solidAt(offset: number): Range | null {
    return this.solid.find(({ start, end }) => start < offset && offset < end) ?? null;
  }
}

function startOf({ lines }: SourceFile, line: number): number {
  return lines.offsetAt({ line, character: 0 });
}

/** Strings with all that is in them, and comments, as far as they take several lines. */
function solidRanges({ lines }: SourceFile, tokens: readonly Token[]): Range[] {
  const solid: Range[] = [];
  let depth = 0;
  let start = 0;
  const add = (range: Range): void => {
    if (lines.positionAt(range.start).line !== lines.positionAt(range.end).line) solid.push(range);
  };
  for (const token of tokens) {
    if (token.kind === 'comment' && depth === 0) add(token);
    else if (token.kind === 'string-start') {
      if (depth++ === 0) start = token.start;
    } else if (token.kind === 'string-end' && --depth === 0) add({ start, end: token.end });
  }
  return solid;
}
