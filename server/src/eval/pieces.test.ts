import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counter, memo, settleChanges, Source, type Computed } from './computed';
import { piecewise } from './pieces';

/** A number that changes, and what reads it. */
class Cell {
  private readonly source = new Source();
  private readonly read: Computed<readonly number[]>;
  constructor(private number: number) {
    this.read = memo(() => {
      this.source.look();
      return this.number < 0 ? [] : [this.number, this.number * 2];
    });
  }
  set value(number: number) {
    this.number = number;
    this.source.change();
  }
  get value(): number {
    return this.number;
  }
  get parts(): readonly number[] {
    return this.read.force();
  }
}

/** A list of cells that changes, and what is put together of them. */
class Row {
  private readonly source = new Source();
  private now: readonly Cell[];
  constructor(cells: readonly Cell[]) {
    this.now = cells;
  }
  get cells(): readonly Cell[] {
    this.source.look();
    return this.now;
  }
  set cells(cells: readonly Cell[]) {
    this.now = cells;
    this.source.change();
  }
}

const edit = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), to: fc.integer({ min: -3, max: 9 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), to: fc.integer({ min: -3, max: 9 }) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(), to: fc.constant(0) }),
);

describe('what is read piece by piece', () => {
  it('is what it would be if it were read at once, after any edits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.array(edit, { maxLength: 30 }), (count, edits) => {
        const all = piecewise(
          (of: Row) => of.cells,
          (cell) => cell.parts,
        );
        const row = new Row(Array.from({ length: count }, (_, index) => new Cell(index)));
        all(row);
        for (const { kind, at, to } of edits) {
          const { cells } = row;
          const index = cells.length === 0 ? 0 : at % cells.length;
          if (kind === 'set') {
            const cell = cells[index];
            if (cell !== undefined) cell.value = to;
          } else if (kind === 'insert')
            row.cells = [...cells.slice(0, index), new Cell(to), ...cells.slice(index)];
          else row.cells = cells.filter((_, other) => other !== index);
          settleChanges();
          expect(all(row)).toEqual(row.cells.flatMap(({ value }) => (value < 0 ? [] : [value, value * 2])));
        }
      }),
    );
  });

  it('costs one piece when one thing changes', () => {
    const reads: number[] = [];
    const all = piecewise(
      (of: Row) => of.cells,
      (cell) => {
        reads.push(cell.value);
        return cell.parts;
      },
    );
    const cells = Array.from({ length: 1000 }, (_, index) => new Cell(index));
    const row = new Row(cells);
    expect(all(row)).toHaveLength(2000);
    expect(reads).toHaveLength(1000);
    reads.length = 0;
    const before = counter.computed;
    (cells[500] as Cell).value = 7;
    settleChanges();
    expect(all(row)[1000]).toBe(7);
    expect(reads.length).toBeLessThanOrEqual(32);
    expect(counter.computed - before).toBeLessThanOrEqual(3);
  });

  it('keeps the same list while nothing that is made of the things changes', () => {
    const all = piecewise(
      (of: Row) => of.cells,
      (cell) => cell.parts,
    );
    const cells = [new Cell(-1), new Cell(2)];
    const row = new Row(cells);
    const before = all(row);
    (cells[0] as Cell).value = -2;
    settleChanges();
    expect(all(row)).toBe(before);
  });
});
