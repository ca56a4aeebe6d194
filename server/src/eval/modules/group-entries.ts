import type { Attr, Origin } from '../value';

/** Where the names of a set of options come from, and what each of them is. */
export interface NameSource {
  /** Where a name is written; undefined where nothing declares or defines it. */
  placeOf(name: string): Origin | undefined;
  /** All names, each with where it is written. */
  names(): ReadonlyMap<string, Origin>;
  attr(name: string, at: Origin): Attr;
}

/** The attributes of a set of options. One that is asked for by name costs nothing for the hundreds beside it. */
export class GroupEntries implements ReadonlyMap<string, Attr> {
  private readonly asked = new Map<string, Attr>();
  private all: ReadonlyMap<string, Attr> | undefined;

  constructor(private readonly source: NameSource) {}

  get(name: string): Attr | undefined {
    const known = this.asked.get(name);
    if (known !== undefined) return known;
    const at = this.source.placeOf(name);
    if (at === undefined) return undefined;
    const attr = this.source.attr(name, at);
    this.asked.set(name, attr);
    return attr;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.everything().size;
  }

  forEach(visit: (attr: Attr, name: string, map: ReadonlyMap<string, Attr>) => void): void {
    this.everything().forEach((attr, name) => {
      visit(attr, name, this);
    });
  }

  entries(): MapIterator<[string, Attr]> {
    return this.everything().entries();
  }

  keys(): MapIterator<string> {
    return this.everything().keys();
  }

  values(): MapIterator<Attr> {
    return this.everything().values();
  }

  [Symbol.iterator](): MapIterator<[string, Attr]> {
    return this.entries();
  }

  private everything(): ReadonlyMap<string, Attr> {
    if (this.all !== undefined) return this.all;
    const all = new Map<string, Attr>();
    for (const [name, at] of this.source.names()) {
      all.set(name, this.asked.get(name) ?? this.source.attr(name, at));
    }
    return (this.all = all);
  }
}
