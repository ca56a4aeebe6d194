import { leadsOn, matchPath, pathTable, type PathTable } from './path-table';
import { RETIRED_OPTIONS, type RetiredOption } from './tables/retired';

let table: PathTable<RetiredOption> | undefined;

function retired(): PathTable<RetiredOption> {
  return (table ??= pathTable(RETIRED_OPTIONS.map((option) => [option.path, option])));
}

/** What became of an option that NixOS does not have any more; null for all others. */
export function retiredOption(path: readonly string[]): RetiredOption | null {
  return matchPath(retired(), path);
}

/** Whether options below a path are not there any more. */
export function hasRetiredBelow(path: readonly string[]): boolean {
  return leadsOn(retired(), path);
}
