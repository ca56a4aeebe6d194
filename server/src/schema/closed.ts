import { matchPath, pathTable, type PathTable } from './path-table';
import { CLOSED_SETS, type ClosedSet } from './tables/closed';

let table: PathTable<ClosedSet> | undefined;

/** The set of options at a path, where all of its names are known; null elsewhere. */
export function closedSet(path: readonly string[]): ClosedSet | null {
  table ??= pathTable(CLOSED_SETS.map((set) => [set.path, set]));
  return matchPath(table, path);
}
