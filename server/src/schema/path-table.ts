import { isPlaceholder } from './lookup';

/** Something for each of some paths, in which `<…>` stands for any name and `*` for any element of a list. */
export interface PathTable<T> {
  what: T | null;
  readonly below: Map<string, PathTable<T>>;
  any: PathTable<T> | null;
}

/** The names of a path that is written out; a name with a dot in it stands in quotes. */
export function namesOf(path: string): string[] {
  return [...path.matchAll(/"([^"]*)"|[^."]+/g)].map(([plain, quoted]) => quoted ?? plain);
}

export function pathTable<T>(rows: readonly (readonly [path: string, what: T])[]): PathTable<T> {
  const root: PathTable<T> = { what: null, below: new Map(), any: null };
  for (const [path, what] of rows) {
    let at = root;
    for (const segment of path.split('.')) {
      let next = isPlaceholder(segment) ? at.any : (at.below.get(segment) ?? null);
      if (next === null) {
        next = { what: null, below: new Map(), any: null };
        if (isPlaceholder(segment)) at.any = next;
        else at.below.set(segment, next);
      }
      at = next;
    }
    at.what ??= what;
  }
  return root;
}

/** What stands at a path, a literal name before a placeholder; null where nothing does. */
export function matchPath<T>(table: PathTable<T>, path: readonly string[], from = 0): T | null {
  const segment = path[from];
  if (segment === undefined) return table.what;
  const literal = table.below.get(segment);
  const found = literal === undefined ? null : matchPath(literal, path, from + 1);
  return found ?? (table.any === null ? null : matchPath(table.any, path, from + 1));
}

/** Whether something stands at a path or below it. */
export function leadsOn<T>(table: PathTable<T>, path: readonly string[], from = 0): boolean {
  const segment = path[from];
  if (segment === undefined) return true;
  const literal = table.below.get(segment);
  return (
    (literal !== undefined && leadsOn(literal, path, from + 1)) ||
    (table.any !== null && leadsOn(table.any, path, from + 1))
  );
}

/** The names that are written out directly below a path. */
export function namesBelow<T>(table: PathTable<T>, path: readonly string[], from = 0): readonly string[] {
  const segment = path[from];
  if (segment === undefined) return [...table.below.keys()];
  const literal = table.below.get(segment);
  return [
    ...(literal === undefined ? [] : namesBelow(literal, path, from + 1)),
    ...(table.any === null ? [] : namesBelow(table.any, path, from + 1)),
  ];
}
