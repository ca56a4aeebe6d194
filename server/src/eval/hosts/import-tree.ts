import { isInside } from '../../nix/paths';
import { attr, attrs, path, primop, record, string } from '../construct';
import { valueOrPath } from '../content';
import { listing } from '../lib/filesystem';
import { flatten } from '../lib/lists';
import { callBuiltin, invoke, invoked, ListBuilder, test, tolerate } from '../lib/support';
import { define } from '../primop';
import { inspect, lazily, ready, type Thunk } from '../thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';

/** The flake `import-tree`: a module that imports every Nix file below a folder. Source: github:vic/import-tree, default.nix. */

/** What has been asked of an import-tree so far. */
interface Tree {
  /** All must hold; they get a file's path as seen from the folder that is read, with a slash in front. */
  readonly filters: readonly Filter[];
  /** In place of the rule that files end in `.nix` and nothing on their path begins with `_`. */
  readonly first: Thunk | null;
  readonly changes: readonly Thunk[];
  readonly paths: readonly Thunk[];
  /** What gets the list of files; null where a module that imports them is wanted. */
  readonly receiver: ((files: Thunk, call: Call) => Value) | null;
}

type Filter = (file: Thunk, call: Call) => boolean;

const EMPTY: Tree = { filters: [], first: null, changes: [], paths: [], receiver: null };

/** What the flake input holds: itself a function. */
export function importTreeFlake(call: Call): AttrsValue {
  return treeValue(EMPTY, call);
}

function treeValue(tree: Tree, call: Call): AttrsValue {
  const listed: Tree = { ...tree, receiver: (files) => files.force() };
  const matches = (regex: Thunk, file: Thunk, at: Call): boolean =>
    callBuiltin('match', at, regex, file).type !== 'null';
  const filtered = (keep: (given: Thunk) => Filter): ((given: Thunk) => Tree) => {
    return (given) => ({ ...tree, filters: [...tree.filters, keep(given)] });
  };
  const changes: Readonly<Record<string, (given: Thunk) => Tree>> = {
    filter: filtered((keep) => (file, at) => test(at, keep, file)),
    filterNot: filtered((drop) => (file, at) => !test(at, drop, file)),
    match: filtered((regex) => (file, at) => matches(regex, file, at)),
    matchNot: filtered((regex) => (file, at) => !matches(regex, file, at)),
    map: (change) => ({ ...tree, changes: [...tree.changes, change] }),
    addPath: (added) => ({ ...tree, paths: [...tree.paths, added] }),
    initFilter: (first) => ({ ...tree, first }),
    withLib: () => tree,
    pipeTo: (receiver) => ({ ...tree, receiver: (files, at) => invoke(at, receiver, files) }),
  };
  const entries = new Map<string, Attr>([
    [
      '__functor',
      attr(ready(primop(define('import-tree', 2, (at, _self, given) => called(tree, given, at))))),
    ],
    ['leafs', attr(lazily(() => treeValue(listed, call)))],
    ['result', attr(lazily(() => result(tree, [], call)))],
    ['files', attr(lazily(() => result(listed, [], call)))],
    ['new', attr(lazily(() => treeValue(EMPTY, call)))],
  ]);
  for (const [name, change] of Object.entries(changes))
    entries.set(name, attr(ready(primop(define(name, 1, (at, given) => treeValue(change(given), at))))));
  const more = new Unknown('unsupported', 'this function of `import-tree` is not evaluated by this tool');
  return { ...attrs(entries, null, more), native: tree };
}

function called(tree: Tree, argument: Thunk, call: Call): Value {
  const value = inspect(argument);
  // Where `imports` holds the import-tree itself, it is called with the arguments of a module.
  const isModule =
    !(value instanceof Unknown) &&
    !(value instanceof Failure) &&
    value.type === 'attrs' &&
    value.entries.has('options');
  return result(tree, isModule ? [] : [argument], call);
}

function result(tree: Tree, more: readonly Thunk[], call: Call): Value {
  const files = lazily(() => filesOf(tree, [...tree.paths, ...more], call), call.at);
  return tree.receiver === null ? record({ imports: files }, call.at) : tree.receiver(files, call);
}

function filesOf(tree: Tree, roots: readonly Thunk[], call: Call): Value {
  const found = new ListBuilder();
  for (const root of roots) {
    const parts = flatten(root, call);
    found.leaveOpen(parts.open);
    for (const part of parts.items) addFiles(part, found, call);
  }
  const all = found.done(call);
  const folders = roots
    .flatMap((root) => [...flatten(root, call).items])
    .flatMap((root) => folderOf(root, call));
  const kept = new ListBuilder();
  kept.leaveOpen(all.open);
  for (const item of all.items) {
    const keep = tolerate(() => isKept(tree, item, folders, call));
    if (keep instanceof Unknown) kept.leaveOpen(keep);
    else if (keep) kept.add(tree.changes.reduce((changed, change) => invoked(call, change, changed), item));
  }
  return kept.done(call);
}

/** The files that a root stands for: those of a folder, of another import-tree, or itself. */
function addFiles(root: Thunk, into: ListBuilder, call: Call): void {
  const value = tolerate(() => valueOrPath(root));
  if (value instanceof Unknown) {
    into.leaveOpen(value);
    return;
  }
  if (value.type === 'attrs' && isTree(value.native)) {
    const files = filesOf(value.native, value.native.paths, call);
    if (files.type === 'list') into.addAll(files);
    return;
  }
  const [folder] = folderOf(root, call);
  if (folder === undefined) into.add(root);
  else addFolder(folder, into, call);
}

function isTree(native: object | undefined): native is Tree {
  return native !== undefined && 'filters' in native && 'receiver' in native;
}

function addFolder(folder: string, into: ListBuilder, call: Call): void {
  const entries = tolerate(() => listing(folder, call));
  if (entries instanceof Unknown) {
    into.leaveOpen(entries);
    return;
  }
  for (const { name, kind } of entries) {
    const target = `${folder === '/' ? '' : folder}/${name}`;
    if (kind === 'directory') addFolder(target, into, call);
    else into.add(ready(path(target, call.at)));
  }
}

/** The folder that a path, a text or a set stands for; nothing where it is none. */
function folderOf(root: Thunk, call: Call): string[] {
  const target = pathOf(root);
  return target !== null && call.machine.entry(target).kind === 'directory' ? [target] : [];
}

function pathOf(thunk: Thunk): string | null {
  const value = tolerate(() => valueOrPath(thunk));
  if (value instanceof Unknown) return null;
  if (value.type === 'path') return value.path;
  if (value.type === 'string') return value.text;
  const out = value.type === 'attrs' ? value.entries.get('outPath') : undefined;
  return out === undefined ? null : pathOf(out.value);
}

function isKept(tree: Tree, item: Thunk, folders: readonly string[], call: Call): boolean {
  const target = pathOf(item);
  const folder = folders.find((root) => target !== null && target !== root && isInside(root, target));
  const shown =
    target === null ? item : ready(string(folder === undefined ? target : target.slice(folder.length)));
  const first =
    tree.first !== null
      ? test(call, tree.first, shown)
      : target === null || isPlainNixFile(folder === undefined ? target : target.slice(folder.length));
  return first && tree.filters.every((filter) => filter(shown, call));
}

function isPlainNixFile(file: string): boolean {
  return file.endsWith('.nix') && !file.includes('/_');
}
