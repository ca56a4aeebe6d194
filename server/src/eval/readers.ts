import type { Computed } from './computed';

type Reader = Computed<unknown>;

/** Somebody who read a result; counts while its generation is the one it read in. */
export interface Reading {
  readonly reader: Reader;
  generation: number;
  next: Reading | null;
}

/** How many of the latest readings are looked through for one of the same reader: most results have few readers. */
const LOOKS = 4;

/** Who read a result that may change. A list of links: most results have one reader or two, and an array takes more. */
export class Readers {
  generation = 0;
  /** Whether something that was read changed while the reader was still computing. */
  stale = false;
  /** The result before the change, for comparison; undefined when there is none. */
  before: unknown = undefined;
  /** The latest first. */
  readings: Reading | null = null;
  private count = 0;
  private limit = 16;

  add(reader: Reader, generation: number): void {
    let at = this.readings;
    for (let looks = 0; at !== null && looks < LOOKS; looks++) {
      if (at.reader === reader) {
        at.generation = generation;
        return;
      }
      at = at.next;
    }
    if (this.count >= this.limit) this.compact();
    this.readings = { reader, generation, next: this.readings };
    this.count++;
  }

  /** The readers that still count; they are forgotten. */
  take(): readonly Reader[] {
    const readers = this.list();
    this.readings = null;
    this.count = 0;
    return readers;
  }

  get any(): boolean {
    for (let at = this.readings; at !== null; at = at.next) if (at.reader.reads(at.generation)) return true;
    return false;
  }

  /** The readers that count now. */
  list(): readonly Reader[] {
    const list: Reader[] = [];
    for (let at = this.readings; at !== null; at = at.next)
      if (at.reader.reads(at.generation)) list.push(at.reader);
    return list;
  }

  private compact(): void {
    let kept: Reading | null = null;
    let count = 0;
    for (let at = this.readings; at !== null;) {
      const { next } = at;
      if (at.reader.reads(at.generation)) {
        at.next = kept;
        kept = at;
        count++;
      }
      at = next;
    }
    this.readings = kept;
    this.count = count;
    this.limit = Math.max(16, count * 2);
  }
}
