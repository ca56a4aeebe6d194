import { matchPath, namesBelow, pathTable, type PathTable } from './path-table';
import { RETIRED_OPTIONS } from './tables/retired';
import { SERVICES } from './tables/services';

/** Options under names that NixOS had, whatever it does about them now. */
export interface FormerOption {
  /** What it is called now; null where nothing takes its place. */
  readonly to: string | null;
  /** The first release without it; null where that is not known. */
  readonly release: string | null;
  readonly effect: 'refused' | 'warned' | null;
  /** What to write instead, as a sentence; null where the new name says it. */
  readonly instead: string | null;
}

let table: PathTable<FormerOption> | undefined;

function former(): PathTable<FormerOption> {
  return (table ??= pathTable([
    ...RETIRED_OPTIONS.map(({ path, to, release, effect, instead }): [string, FormerOption] => [
      path,
      { to, release, effect, instead: instead ?? null },
    ]),
    ...SERVICES.flatMap(({ renamedOptions = [] }) =>
      renamedOptions.map(({ from, to }): [string, FormerOption] => [
        from,
        { to, release: null, effect: null, instead: null },
      ]),
    ),
  ]));
}

/** What became of an option that NixOS had; null for one that it has, and for what it never had. */
export function formerOption(path: readonly string[]): FormerOption | null {
  return matchPath(former(), path);
}

/** The names of former options directly below a path, and of sets that hold some. */
export function formerNamesBelow(path: readonly string[]): readonly string[] {
  return namesBelow(former(), path);
}
