import type { ParsedFiles } from '../eval/evaluation';
import { spotOf } from '../homelab/spot';
import { relativePath } from '../nix/paths';
import type { SyntaxNode } from '../nix/syntax';

/** A place; lines and columns from 1. */
export interface TracePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is told of syntax. */
export interface TraceSyntax {
  /** Null for syntax that is not in the snapshot. */
  place(node: SyntaxNode): TracePlace | null;
  text(node: SyntaxNode): string;
}

/** What a snapshot tells of its syntax; files are named from a folder. */
export function syntaxIn(files: ParsedFiles, root: string): TraceSyntax {
  return {
    place(node) {
      const spot = spotOf(files, node);
      return spot === null
        ? null
        : { file: relativePath(root, spot.file), line: spot.line + 1, column: spot.character + 1 };
    },
    text(node) {
      const file = files.parsed(node.anchor.source);
      const range = file?.rangeOf(node) ?? null;
      return file === null || range === null ? '' : file.text.slice(range.start, range.end);
    },
  };
}
