import type { Reusable } from './lower';
import type { TextEdit } from './parser';
import { LineIndex, type Range } from './positions';
import type { SyntaxError } from './syntax-errors';
import type { Anchor, Binding, Root, SyntaxNode } from './syntax';

/** One version of one Nix file: its text, its syntax and what is wrong with it. Immutable. */
export class SourceFile {
  private anchorStarts: Map<Anchor, number> | undefined;
  private bindingsByStart: Map<number, Binding[]> | undefined;
  private lineIndex: LineIndex | undefined;

  constructor(
    /** Absolute path, `/` as separator. */
    readonly path: string,
    readonly text: string,
    readonly root: Root,
    readonly errors: readonly SyntaxError[],
  ) {}

  get lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }

  /** Where a node stands in this version's text; null when it belongs to another file or an older version. */
  rangeOf(node: Pick<SyntaxNode, 'anchor' | 'start' | 'end'>): Range | null {
    const base = this.starts().get(node.anchor);
    return base === undefined ? null : { start: base + node.start, end: base + node.end };
  }

  /** The bindings that an edit of this version leaves alone, to be asked by their place in the edited text. */
  reusableAfter(edit: TextEdit): Reusable {
    this.starts();
    const byStart = this.bindingsByStart ?? new Map<number, Binding[]>();
    const newEnd = edit.start + edit.newText.length;
    const shift = newEnd - edit.oldEnd;
    return {
      bindingAt(start, end) {
        const oldStart = end < edit.start ? start : start > newEnd ? start - shift : null;
        if (oldStart === null) return undefined;
        return byStart.get(oldStart)?.find((binding) => binding.end === end - start);
      },
    };
  }

  private starts(): Map<Anchor, number> {
    if (this.anchorStarts !== undefined) return this.anchorStarts;
    const starts = new Map<Anchor, number>();
    const byStart = new Map<number, Binding[]>();
    const pending: { anchor: Anchor; start: number }[] = [{ anchor: this.root.anchor, start: 0 }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      starts.set(next.anchor, next.start);
      for (const { offset, binding } of next.anchor.slots) {
        const start = next.start + offset;
        const same = byStart.get(start);
        if (same === undefined) byStart.set(start, [binding]);
        else same.push(binding);
        pending.push({ anchor: binding.anchor, start });
      }
    }
    this.anchorStarts = starts;
    this.bindingsByStart = byStart;
    return starts;
  }
}
