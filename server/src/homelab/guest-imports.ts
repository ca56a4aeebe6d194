import { memoOf } from '../eval/computed';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import type { Container } from './model';

/** An import of a guest that leads to no file. */
export interface MissingGuestImport {
  readonly at: Origin;
  readonly path: string;
}

/** The files that the system inside a container imports and that do not exist. */
export const missingInGuest = memoOf(({ guest }: Container): readonly MissingGuestImport[] => {
  const collected = guest === null ? null : attempt(() => guest.system.modules);
  if (collected === null || collected instanceof Unknown || collected instanceof Failure) return [];
  return collected.problems.flatMap(({ at, missing }) => (missing === null ? [] : [{ at, path: missing }]));
}, sameImports);

function sameImports(before: readonly MissingGuestImport[], after: readonly MissingGuestImport[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ at, path }, index) => at === after[index]?.at && path === after[index].path)
  );
}
