import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { SyntaxNode } from '../nix/syntax';
import { childrenOf } from '../nix/walk';

/** A node and where it stands in the file; UTF-16 offsets. */
export interface PlacedNode {
  readonly node: SyntaxNode;
  readonly range: Range;
}

/**
 * The syntax around a place, outermost first. A place right behind a node still counts as in it where no other node
 * begins there.
 * @param offset UTF-16, from 0
 */
export function syntaxAt(file: SourceFile, offset: number): PlacedNode[] {
  const chain: PlacedNode[] = [];
  let candidates: readonly SyntaxNode[] = file.root.expression === null ? [] : [file.root.expression];
  for (;;) {
    const next = nodeAt(file, candidates, offset);
    if (next === null) return chain;
    chain.push(next);
    candidates = partsOf(next.node);
  }
}

function nodeAt(file: SourceFile, nodes: readonly SyntaxNode[], offset: number): PlacedNode | null {
  let touching: PlacedNode | null = null;
  for (const node of nodes) {
    const range = file.rangeOf(node);
    if (range === null || offset < range.start || offset > range.end) continue;
    if (offset < range.end) return { node, range };
    touching = { node, range };
  }
  return touching;
}

/** The nodes directly inside a node, in the order of the text. */
function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'binding':
      return [...node.path, node.value];
    case 'inherit':
      return [...(node.from === null ? [] : [node.from]), ...node.names];
    case 'attr-name':
      return node.dynamic === null ? [] : [node.dynamic];
    case 'attrs':
      return node.bindings;
    case 'let':
      return node.body === null ? node.bindings : [...node.bindings, node.body];
    case 'select':
    case 'has-attr':
      return [node.subject, ...node.path, ...fallbackOf(node)];
    default:
      return childrenOf(node);
  }
}

function fallbackOf(node: SyntaxNode): SyntaxNode[] {
  return node.kind === 'select' && node.fallback !== null ? [node.fallback] : [];
}
