import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import type { SourceFile } from '../nix/source-file';
import { tokenize, type Token } from '../nix/tokens';

/** The markers that VS Code knows for Nix by the language configuration. */
const REGION = /^#\s*(end)?region\b/;

const CLOSES: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(', in: 'let' };

interface Open {
  readonly opener: string;
  readonly line: number;
}

/**
 * What can be folded: sets, lists, parentheses, `let` blocks, strings and comments of several lines, and regions. Read
 * from the tokens, so that half-typed text folds too; a bracket that is missing costs the folds around it.
 */
export function foldingRanges(file: SourceFile): FoldingRange[] {
  const { lines } = file;
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const folds = new Folds();
  const open: Open[] = [];
  const regions: number[] = [];
  let comments: { first: number; last: number } | null = null;
  const endComments = (): void => {
    if (comments !== null) folds.add(comments.first, comments.last, FoldingRangeKind.Comment);
    comments = null;
  };
  for (const token of tokenize(file.text, { recover: file.errors.length > 0 })) {
    const line = lineOf(token.start);
    if (token.kind === 'comment') {
      const region = REGION.exec(token.text);
      if (region !== null) {
        endComments();
        const start = region[1] === undefined ? undefined : regions.pop();
        if (region[1] === undefined) regions.push(line);
        else if (start !== undefined) folds.add(start, line, FoldingRangeKind.Region);
      } else if (token.text.startsWith('/*')) {
        endComments();
        folds.add(line, lineOf(token.end), FoldingRangeKind.Comment);
      } else if (isAlone(file, token, line)) {
        comments =
          comments !== null && comments.last === line - 1
            ? { first: comments.first, last: line }
            : (endComments(), { first: line, last: line });
      }
      continue;
    }
    endComments();
    if (token.kind === 'string-start') open.push({ opener: 'string', line });
    else if (token.kind === 'interpolation-start') open.push({ opener: '${', line });
    else if (token.kind === 'string-end') close(open, 'string', line, folds);
    else if (token.kind === 'interpolation-end') close(open, '${', line, folds);
    else if (token.kind === 'name' && token.text === 'let') open.push({ opener: 'let', line });
    else if (token.kind === 'punctuation' && /^[{[(]$/.test(token.text))
      open.push({ opener: token.text, line });
    else if (token.kind === 'punctuation' || token.text === 'in') {
      const opener = CLOSES[token.text];
      if (opener !== undefined) close(open, opener, line, folds);
    }
  }
  endComments();
  return folds.all();
}

/** Closes the nearest opener of a kind; what was opened inside and never closed is forgotten. */
function close(open: Open[], opener: string, line: number, folds: Folds): void {
  const at = open.map((one) => one.opener).lastIndexOf(opener);
  if (at === -1) return;
  const { line: start } = open[at] as Open;
  open.length = at;
  // The line of the closing bracket stays to be seen.
  folds.add(start, line - 1);
}

function isAlone(file: SourceFile, { start }: Token, line: number): boolean {
  return file.text.slice(file.lines.offsetAt({ line, character: 0 }), start).trim() === '';
}

/** At most one fold begins on a line: the longest. */
class Folds {
  private readonly byLine = new Map<number, FoldingRange>();

  add(startLine: number, endLine: number, kind?: FoldingRangeKind): void {
    if (endLine <= startLine) return;
    const known = this.byLine.get(startLine);
    if (known !== undefined && known.endLine >= endLine) return;
    this.byLine.set(startLine, { startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  }

  all(): FoldingRange[] {
    return [...this.byLine.values()].sort((a, b) => a.startLine - b.startLine);
  }
}
