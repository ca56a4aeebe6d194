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
    /** Where syntax comes from that a syntax error damaged and that was put back; null when none was. */
    private readonly before: { readonly good: SourceFile; readonly edit: TextEdit } | null = null,
    /** Whether it is Nix only because a name that is being typed goes on in the next line. */
    private readonly breaksOff = false,
  ) {}

  /** Whether it is plainly not written out yet. */
  get isHalfTyped(): boolean {
    return this.breaksOff || this.errors.length > 0;
  }

  get lines(): LineIndex {
    return (this.lineIndex ??= new LineIndex(this.text));
  }

  /**
   * Where a node stands in this version's text; null when it belongs to another file or an older version, or when the
   * text it stood in was replaced.
   */
  rangeOf(node: Pick<SyntaxNode, 'anchor' | 'start' | 'end'>): Range | null {
    const base = this.starts().get(node.anchor);
    if (base !== undefined) return { start: base + node.start, end: base + node.end };
    const range = this.before?.good.rangeOf(node) ?? null;
    return range === null || this.before === null ? null : rangeAfter(range, this.before.edit);
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
      for (const { offset, binding, clean } of next.anchor.slots) {
        const start = next.start + offset;
        const same = byStart.get(start);
        if (clean && same === undefined) byStart.set(start, [binding]);
        else if (clean) same?.push(binding);
        pending.push({ anchor: binding.anchor, start });
      }
    }
    this.anchorStarts = starts;
    this.bindingsByStart = byStart;
    return starts;
  }
}

/** Where a range of the old text stands after an edit; null when the edit touches it. */
function rangeAfter(range: Range, edit: TextEdit): Range | null {
  if (range.end <= edit.start) return range;
  const shift = edit.start + edit.newText.length - edit.oldEnd;
  return range.start >= edit.oldEnd ? { start: range.start + shift, end: range.end + shift } : null;
}
