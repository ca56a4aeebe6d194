import type { Language, TreeCursor } from 'web-tree-sitter';
import type { Anchor, Expr, Slot } from './syntax';

/** An anchor that is being filled. */
export class OpenAnchor implements Anchor {
  readonly slots: Slot[] = [];
  constructor(
    readonly source: string,
    /** Absolute start; needed only while lowering. */
    readonly base: number,
  ) {}
}

/** Where a node stands, as syntax says it. */
export interface Place {
  readonly anchor: Anchor;
  readonly start: number;
  readonly end: number;
}

/** Reads nodes of one tree-sitter tree. */
export class TreeReader {
  private readonly types: readonly string[];

  /**
   * @param text the text that was parsed
   * @param hasErrors whether the tree holds an ERROR or MISSING node anywhere
   */
  constructor(
    language: Language,
    protected readonly text: string,
    protected readonly hasErrors: boolean,
  ) {
    this.types = typeNames(language);
  }

  type(cursor: TreeCursor): string {
    return this.types[cursor.nodeTypeId] ?? 'ERROR';
  }

  eachChild(cursor: TreeCursor, visit: () => void): void {
    if (!cursor.gotoFirstChild()) return;
    do visit();
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  slice(cursor: TreeCursor): string {
    return this.text.slice(cursor.startIndex, cursor.endIndex);
  }

  /** Whether the node is a syntax error, or a token that is not there. */
  isDamage(cursor: TreeCursor): boolean {
    return this.hasErrors && (cursor.nodeIsMissing || this.type(cursor) === 'ERROR');
  }

  place(cursor: TreeCursor, anchor: OpenAnchor): Place {
    return { anchor, start: cursor.startIndex - anchor.base, end: cursor.endIndex - anchor.base };
  }

  broken(anchor: OpenAnchor, start: number, end: number, reason: string): Expr {
    return { kind: 'broken', anchor, start: start - anchor.base, end: end - anchor.base, reason };
  }
}

const typeNamesByLanguage = new WeakMap<Language, readonly string[]>();

function typeNames(language: Language): readonly string[] {
  const known = typeNamesByLanguage.get(language);
  if (known !== undefined) return known;
  const names: string[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) names.push(language.nodeTypeForId(id) ?? 'ERROR');
  typeNamesByLanguage.set(language, names);
  return names;
}
