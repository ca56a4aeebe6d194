import { matchPath, pathTable, type PathTable } from './path-table';
import { RETIRED_OPTIONS, type RetiredOption } from './tables/retired';

let table: PathTable<RetiredOption> | undefined;

/** What became of an option that NixOS does not have any more; null for all others. */
export function retiredOption(path: readonly string[]): RetiredOption | null {
  table ??= pathTable(RETIRED_OPTIONS.map((option) => [option.path, option]));
  return matchPath(table, path);
}
