import type { ParsedFiles } from '../eval/evaluation';
import type { LoadedModule } from '../eval/modules/collect';
import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { Host } from '../homelab/model';
import { baseName, directoryOf, resolvePath } from '../nix/paths';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { Expr, ListExpr } from '../nix/syntax';
import { partsOf, withParentheses } from './syntax-search';

/** One element of a list of modules that names a file of the repository. */
export interface ImportEntry {
  readonly element: Expr;
  /** The element with the parentheses around it. */
  readonly range: Range;
  /** The module's file; for a folder its `default.nix`. */
  readonly target: string;
}

/** A list written out in the repository from which a host takes modules. */
export interface ImportList {
  readonly file: SourceFile;
  readonly list: ListExpr;
  readonly range: Range;
  readonly entries: readonly ImportEntry[];
}

/** The modules of a host; none where they are not known. */
export function modulesOf(host: Host): readonly LoadedModule[] {
  const collected = attempt(() => host.system.modules);
  return collected instanceof Unknown || collected instanceof Failure
    ? []
    : collected.modules.filter(({ file }) => file !== '');
}

/** The lists, in all files of a host, that hold at least one of its modules. */
export function importListsOf(files: ParsedFiles, host: Host): ImportList[] {
  const modules = modulesOf(host);
  const targets = new Map<unknown, string>();
  const paths = new Set<string>([host.file]);
  for (const { at, file } of modules) {
    paths.add(file);
    if (at === null) continue;
    paths.add(at.anchor.source);
    targets.set(at, file);
  }
  return [...paths].sort().flatMap((path) => {
    const file = files.parsed(path);
    return file === null ? [] : listsIn(file, targets);
  });
}

function listsIn(file: SourceFile, targets: ReadonlyMap<unknown, string>): ImportList[] {
  return partsOf(file).lists.flatMap((list): ImportList[] => {
    const range = file.rangeOf(list);
    if (range === null) return [];
    const entries = list.elements.flatMap((element): ImportEntry[] => {
      const target = targets.get(element) ?? importedWithArguments(file, element);
      const at = file.rangeOf(element);
      if (target === null || target === undefined || at === null) return [];
      // An element that computes its name stands for many modules: the list is not one of them.
      if (!file.text.slice(at.start, at.end).includes(siblingName(target))) return [];
      return [{ element, range: withParentheses(file.text, at), target }];
    });
    return entries.length === 0 ? [] : [{ file, list, range, entries }];
  });
}

/** The file of `(import ./x.nix { … })`; null for other elements. */
function importedWithArguments(file: SourceFile, element: Expr): string | null {
  let inner: Expr = element;
  while (inner.kind === 'apply' && inner.fn.kind !== 'variable') inner = inner.fn;
  if (inner.kind !== 'apply' || inner.fn.kind !== 'variable' || inner.fn.name !== 'import') return null;
  const path = inner.argument;
  if (path.kind !== 'path' || path.form !== 'relative') return null;
  const [text] = path.parts;
  return path.parts.length === 1 && typeof text === 'string'
    ? resolvePath(directoryOf(file.path), text)
    : null;
}

/** The folder that a module stands in among its siblings: for `immich/default.nix`, the one that holds `immich`. */
export function siblingFolder(file: string): string {
  const folder = directoryOf(file);
  return baseName(file) === 'default.nix' && folder !== '/' ? directoryOf(folder) : folder;
}

/** The name of a module among its siblings: `immich` for `immich.nix` and `immich/default.nix`. */
export function siblingName(file: string): string {
  return baseName(file) === 'default.nix'
    ? baseName(directoryOf(file))
    : baseName(file).replace(/\.nix$/, '');
}

/** Whether two modules stand side by side in one folder. */
export function areSiblings(one: string, other: string): boolean {
  return one !== other && siblingFolder(one) === siblingFolder(other);
}
