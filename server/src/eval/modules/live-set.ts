import type { Attr, AttrsValue, Origin, Unknown } from '../value';

/** What a live set shows: asked each time, so that a reader reads only what it asks for. */
export interface LiveSource {
  /** The attribute of a name; undefined where the set has none. */
  attr(name: string): Attr | undefined;
  /** The names of all attributes. */
  names(): readonly string[];
  /** Why there may be more attributes; null when these are all. */
  open(): Unknown | null;
  origin(): Origin;
}

/**
 * A set that stays the same object while what it shows changes. One attribute that is asked for by name costs nothing
 * for the hundreds beside it.
 */
export class LiveSet implements AttrsValue {
  readonly type = 'attrs';
  readonly entries: ReadonlyMap<string, Attr>;

  constructor(
    private readonly source: LiveSource,
    readonly native?: object,
  ) {
    this.entries = new LiveEntries(source);
  }

  get open(): Unknown | null {
    return this.source.open();
  }

  get origin(): Origin {
    return this.source.origin();
  }
}

class LiveEntries implements ReadonlyMap<string, Attr> {
  constructor(private readonly source: LiveSource) {}

  get(name: string): Attr | undefined {
    return this.source.attr(name);
  }

  has(name: string): boolean {
    return this.source.attr(name) !== undefined;
  }

  get size(): number {
    return this.source.names().length;
  }

  forEach(visit: (attr: Attr, name: string, map: ReadonlyMap<string, Attr>) => void): void {
    for (const [name, attr] of this) visit(attr, name, this);
  }

  entries(): MapIterator<[string, Attr]> {
    return this.all().entries();
  }

  keys(): MapIterator<string> {
    return this.source.names().values();
  }

  values(): MapIterator<Attr> {
    return this.all().values();
  }

  [Symbol.iterator](): MapIterator<[string, Attr]> {
    return this.entries();
  }

  private all(): Map<string, Attr> {
    const all = new Map<string, Attr>();
    for (const name of this.source.names()) {
      const attr = this.source.attr(name);
      if (attr !== undefined) all.set(name, attr);
    }
    return all;
  }
}
