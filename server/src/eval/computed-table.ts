import { Computed, sameItems, Source, unread } from './computed';
import { isProblem, type Failure, type Unknown } from './value';

/** A table whose entries are compared one by one when it may have changed: the readers of the others hear nothing. */
export class ComputedTable<T> extends Computed<ReadonlyMap<string, T>> {
  private readonly sources = new Map<string, Source>();

  constructor(
    private readonly build: () => ReadonlyMap<string, T>,
    private readonly sameEntry: (before: T, after: T) => boolean,
  ) {
    super();
  }

  /** One entry; its readers are not those of the table. Throws what the table throws. */
  get(name: string): T | undefined {
    let table: ReadonlyMap<string, T>;
    try {
      table = unread(() => this.force());
    } catch (problem) {
      // Whoever could not read the table is a reader of all of it.
      if (isProblem(problem)) this.force();
      throw problem;
    }
    let source = this.sources.get(name);
    if (source === undefined) this.sources.set(name, (source = new Source()));
    source.look();
    return table.get(name);
  }

  protected compute(): ReadonlyMap<string, T> {
    return this.build();
  }

  protected override same(
    before: ReadonlyMap<string, T> | Unknown | Failure,
    after: ReadonlyMap<string, T> | Unknown | Failure,
  ): boolean {
    if (!(before instanceof Map) || !(after instanceof Map)) {
      this.lost();
      return false;
    }
    return this.compareEntries(before as ReadonlyMap<string, T>, after as ReadonlyMap<string, T>);
  }

  protected override lost(): void {
    for (const source of this.sources.values()) source.change();
  }

  protected override wanted(): boolean {
    if (super.wanted()) return true;
    for (const source of this.sources.values()) if (source.watched) return true;
    return false;
  }

  private compareEntries(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
    let same = before.size === after.size;
    const others = after.keys();
    for (const [name, entry] of before) {
      if (same && others.next().value !== name) same = false;
      const now = after.get(name);
      if (now !== undefined && this.sameEntry(entry, now)) continue;
      same = false;
      this.sources.get(name)?.change();
    }
    for (const name of after.keys()) if (!before.has(name)) this.sources.get(name)?.change();
    return same;
  }
}

/**
 * Things grouped by a key, such as claims by address: whoever asks for a group hears of a change of that group only.
 * @param items each beside its key; gives the same objects while they are the same
 */
export function groupedBy<T>(
  items: () => Iterable<readonly [key: string, item: T]>,
): ComputedTable<readonly T[]> {
  return new ComputedTable<readonly T[]>(() => {
    const groups = new Map<string, T[]>();
    for (const [key, item] of items()) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
    return groups;
  }, sameItems);
}
