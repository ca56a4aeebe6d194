import { memo, memoOf, sameItems, type Computed } from './computed';

/** How many items of a long list are read together. */
const PIECE = 32;

interface Piece<T, R> {
  readonly items: readonly T[];
  readonly made: Computed<readonly R[]>;
}

/** What is made of each item of a long list, in the order of the list, remembered piece by piece. */
export class Pieces<T, R> {
  private pieces: readonly Piece<T, R>[] = [];

  constructor(private readonly make: (item: T) => Iterable<R>) {}

  /** What is made of these items; those of a piece in which nothing changes are not read again. */
  of(items: readonly T[]): readonly R[] {
    const all: R[] = [];
    const pieces: Piece<T, R>[] = [];
    for (let start = 0; start < items.length; start += PIECE) {
      const own = items.slice(start, start + PIECE);
      const before = this.pieces[pieces.length];
      const piece = before !== undefined && sameItems(before.items, own) ? before : this.piece(own);
      pieces.push(piece);
      for (const result of piece.made.force()) all.push(result);
    }
    this.pieces = pieces;
    return all;
  }

  private piece(items: readonly T[]): Piece<T, R> {
    return { items, made: memo(() => items.flatMap((item) => [...this.make(item)]), sameItems) };
  }
}

/**
 * A result put together of what is made of each of many things, such as a host's of its containers: one that changes is
 * read again with its neighbours in the list, and not with all of them.
 * @param items the things; the same objects while they are the same
 */
export function piecewise<K extends object, T, R>(
  items: (of: K) => readonly T[],
  make: (item: T, of: K) => Iterable<R>,
): (of: K) => readonly R[] {
  const kept = new WeakMap<K, Pieces<T, R>>();
  return memoOf((of: K) => {
    let pieces = kept.get(of);
    if (pieces === undefined) kept.set(of, (pieces = new Pieces((item) => make(item, of))));
    return pieces.of(items(of));
  }, sameItems);
}
