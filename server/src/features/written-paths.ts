import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { Expr, PathLiteral } from '../nix/syntax';
import { childrenOf } from '../nix/walk';

/** A path that a file writes. */
export interface WrittenPathLiteral {
  readonly node: PathLiteral;
  readonly range: Range;
}

/** Every path literal of a file, in the order of the text. */
export function pathLiterals(file: SourceFile): WrittenPathLiteral[] {
  const found: WrittenPathLiteral[] = [];
  const pending: Expr[] = file.root.expression === null ? [] : [file.root.expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'path') {
      const range = file.rangeOf(next);
      if (range !== null) found.push({ node: next, range });
    }
    const children = childrenOf(next);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child !== undefined) pending.push(child);
    }
  }
  return found;
}
