import { memo, sameItems, type Computed } from '../computed';
import type { Unknown } from '../value';
import type { Definition, RawDefinition } from './definition';
import type { MergeContext } from './option-type';

/**
 * Where definitions come together: an option, or an attribute of one. It stays while what is defined there changes, and
 * keeps what is built for it, so that a change of one definition leaves the rest of the result alone.
 */
export abstract class Place {
  /** The definitions to be merged here: those that count or may count, of the best priority, in order. */
  abstract readonly counted: Computed<readonly Definition[]>;
  /** Why there may be more definitions; null when these are all. */
  abstract readonly open: Unknown | null;
  private kept: { readonly key: object; readonly what: unknown } | undefined = undefined;

  /** What was built here for a key, or what `build` makes now. One thing is kept at a time. */
  keep<T>(key: object, build: () => T): T {
    if (this.kept?.key !== key) this.kept = { key, what: build() };
    return this.kept.what as T;
  }
}

/** Where these definitions come together, if that is all of them; null otherwise. */
export function placeOf(definitions: readonly Definition[], { place }: MergeContext): Place | null {
  return place?.counted.force() === definitions ? place : null;
}

/** The definitions that count at a place, compared when they may have changed. */
export function countedOf(run: () => readonly Definition[]): Computed<readonly Definition[]> {
  return memo(run, (before, after) => everySame(before, after, sameDefinition));
}

function everySame<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return before.length === after.length && before.every((item, index) => same(item, after[index] as T));
}

function sameDefinition(a: Definition, b: Definition): boolean {
  return (
    a === b ||
    (a.value === b.value &&
      a.at === b.at &&
      a.file === b.file &&
      a.priority === b.priority &&
      a.order === b.order &&
      a.maybe === b.maybe)
  );
}

/** Whether two lists of definitions say the same, conditions compared as they are written. */
export function sameRaw(before: readonly RawDefinition[], after: readonly RawDefinition[]): boolean {
  return everySame(
    before,
    after,
    (a, b) =>
      a === b ||
      (a.value === b.value &&
        a.at === b.at &&
        a.file === b.file &&
        a.priority === b.priority &&
        sameItems(a.conditions, b.conditions)),
  );
}
