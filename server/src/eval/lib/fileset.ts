import { baseName, directoryOf, isInside } from '../../nix/paths';
import { compareText } from '../compare';
import { forceBool, forceItems } from '../arguments';
import { bool, list, path as pathValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { define, functionValue } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import {
  fail,
  typeName,
  Unknown,
  unknown,
  type AttrsValue,
  type Call,
  type Machine,
  type Origin,
  type Value,
} from '../value';
import { listing } from './filesystem';
import { interpolated, invoked, readFormals, tolerate, type LibTable } from './support';

/** nixpkgs lib/fileset: sets of files, found when they are needed. */

interface Files {
  readonly paths: ReadonlySet<string>;
  /** Why there may be more, or fewer; null when these are all. */
  readonly open: Unknown | null;
}

class FileSet {
  constructor(readonly find: () => Files) {}
}

function filesetValue(find: () => Files, at: Origin): AttrsValue {
  const refusal = lazily(
    () => fail('throw', 'lib.fileset: Directly evaluating a file set is not supported.', at),
    at,
  );
  return { ...record({ _type: string('fileset'), _noEval: refusal }, at), native: new FileSet(find) };
}

/** Every file in a folder, at any depth, with the kind its folder lists. */
function filesIn(folder: string, call: Call, keep: (path: string, kind: string) => boolean): Files {
  const paths = new Set<string>();
  let open: Unknown | null = null;
  const visit = (inner: string): void => {
    const entries = tolerate(() => listing(inner, call));
    if (entries instanceof Unknown) {
      open ??= entries;
      return;
    }
    for (const { name, kind } of entries) {
      const target = `${inner === '/' ? '' : inner}/${name}`;
      if (kind === 'directory') {
        visit(target);
        continue;
      }
      const kept = tolerate(() => keep(target, kind));
      if (kept instanceof Unknown) open ??= kept;
      else if (kept) paths.add(target);
    }
  };
  visit(folder);
  return { paths, open };
}

function filesAt(path: string, call: Call): Files {
  const entry = call.machine.entry(path);
  return entry.kind === 'directory'
    ? filesIn(path, call, () => true)
    : { paths: new Set([path]), open: null };
}

/** The file set that an argument is, or that a path stands for. */
function coerced(thunk: Thunk, what: string, call: Call): () => Files {
  const value = thunk.force();
  if (value.type === 'attrs' && value.native instanceof FileSet) return value.native.find;
  if (value.type !== 'path')
    return fail(
      'throw',
      `lib.fileset.${what} is of type ${typeName(value)}, but it should be a file set or a path instead.`,
      call.at,
    );
  if (call.machine.entry(value.path).kind === 'missing') {
    return fail('throw', `lib.fileset.${what} (${value.path}) is a path that does not exist.`, call.at);
  }
  return () => filesAt(value.path, call);
}

function union(sets: readonly (() => Files)[]): Files {
  const all = sets.map((find) => find());
  return {
    paths: new Set(all.flatMap(({ paths }) => [...paths])),
    open: all.find(({ open }) => open !== null)?.open ?? null,
  };
}

/** Files of the one that are, or are not, in the other. Where the other is not known as a whole, only what is certain stays. */
function restricted(left: Files, right: Files, wanted: boolean): Files {
  const certain = right.open === null || wanted;
  return {
    paths: new Set([...left.paths].filter((path) => right.paths.has(path) === wanted && certain)),
    open: left.open ?? right.open,
  };
}

/** In the order in which a walk through the sorted folders meets them. */
function walked(paths: ReadonlySet<string>): string[] {
  const split = [...paths].map((path) => ({ path, parts: path.split('/') }));
  split.sort((a, b) => {
    for (let i = 0; i < a.parts.length && i < b.parts.length; i++) {
      const order = compareText(a.parts[i] as string, b.parts[i] as string);
      if (order !== 0) return order;
    }
    return a.parts.length - b.parts.length;
  });
  return split.map(({ path }) => path);
}

function describeFile(path: string, kind: string, call: Call): Value {
  const name = baseName(path);
  const hasExt = define('hasExt', 1, (_call, extension) =>
    bool(name.endsWith(`.${interpolated(extension, call)}`), call.at),
  );
  return record(
    { name: string(name, call.at), type: string(kind, call.at), hasExt: functionValue(hasExt) },
    call.at,
  );
}

function filtered(predicate: Thunk, folder: Thunk, call: Call): AttrsValue {
  const value = folder.force();
  if (value.type !== 'path')
    return fail(
      'throw',
      `lib.fileset.fileFilter: Second argument is of type ${typeName(value)}, but it should be a path instead.`,
      call.at,
    );
  const entry = call.machine.entry(value.path);
  if (entry.kind === 'missing')
    return fail(
      'throw',
      `lib.fileset.fileFilter: Second argument (${value.path}) is a path that does not exist.`,
      call.at,
    );
  const keep = (path: string, kind: string): boolean =>
    forceBool(invoked(call, predicate, ready(describeFile(path, kind, call))), call);
  return filesetValue(() => {
    if (entry.kind === 'directory') return filesIn(value.path, call, keep);
    const kind =
      listing(directoryOf(value.path), call).find(({ name }) => name === baseName(value.path))?.kind ??
      'regular';
    return { paths: new Set(keep(value.path, kind) ? [value.path] : []), open: null };
  }, call.at);
}

const SOURCE = { root: false, fileset: false } as const;

export const fileset: LibTable = {
  maybeMissing: define('maybeMissing', 1, (call, file) => {
    const value = file.force();
    if (value.type !== 'path')
      return fail(
        'throw',
        `lib.fileset.maybeMissing: Argument is of type ${typeName(value)}, but it should be a path instead.`,
        call.at,
      );
    const exists = call.machine.entry(value.path).kind !== 'missing';
    return filesetValue(
      () => (exists ? filesAt(value.path, call) : { paths: new Set(), open: null }),
      call.at,
    );
  }),
  trace: define('trace', 2, (call, files, value) => {
    coerced(files, 'trace: Argument', call);
    return value.force();
  }),
  traceVal: define('traceVal', 1, (call, files) =>
    filesetValue(coerced(files, 'traceVal: Argument', call), call.at),
  ),
  // The source has the files of its root, as far as the repository is concerned.
  toSource: define('toSource', 1, (call, argument) => {
    const { root, fileset: files } = readFormals(argument, SOURCE, call);
    const value = (root as Thunk).force();
    if (value.type !== 'path')
      return fail(
        'throw',
        `lib.fileset.toSource: \`root\` is of type ${typeName(value)}, but it should be a path instead.`,
        call.at,
      );
    const { paths } = coerced(files as Thunk, 'toSource: `fileset`', call)();
    for (const path of paths) {
      if (!isInside(value.path, path))
        return fail(
          'throw',
          `lib.fileset.toSource: \`fileset\` could contain ${path}, which is not under the \`root\` (${value.path}).`,
          call.at,
        );
    }
    return value;
  }),
  toList: define('toList', 1, (call, files) => {
    const { paths, open } = coerced(files, 'toList: Argument', call)();
    call.machine.spend(paths.size);
    return list(
      walked(paths).map((path) => ready(pathValue(path, call.at))),
      call.at,
      open,
    );
  }),
  union: define('union', 2, (call, left, right) => {
    const sets = [
      coerced(left, 'union: First argument', call),
      coerced(right, 'union: Second argument', call),
    ];
    return filesetValue(() => union(sets), call.at);
  }),
  unions: define('unions', 1, (call, files) => unions(forceItems(files, call), call)),
  intersection: define('intersection', 2, (call, left, right) => {
    const [a, b] = [
      coerced(left, 'intersection: First argument', call),
      coerced(right, 'intersection: Second argument', call),
    ];
    return filesetValue(() => restricted(a(), b(), true), call.at);
  }),
  difference: define('difference', 2, (call, positive, negative) => {
    const [a, b] = [
      coerced(positive, 'difference: First argument (positive set)', call),
      coerced(negative, 'difference: Second argument (negative set)', call),
    ];
    return filesetValue(() => restricted(a(), b(), false), call.at);
  }),
  fileFilter: define('fileFilter', 2, (call, predicate, folder) => filtered(predicate, folder, call)),
  fromSource: define('fromSource', 1, (call, source) =>
    filesetValue(coerced(source, 'fromSource: The source origin of the argument', call), call.at),
  ),
  gitTracked: define('gitTracked', 1, (call) =>
    unknown('external', '`lib.fileset.gitTracked` asks git', call.at),
  ),
  gitTrackedWith: define('gitTrackedWith', 2, (call) =>
    unknown('external', '`lib.fileset.gitTrackedWith` asks git', call.at),
  ),
  empty: lazily(emptyFileset),
  isFileset: define('isFileset', 1, (call, value) => bool(isFileset(value.force(), call.machine), call.at)),
};

/** Whether a value is a set of files, or a path that stands for one. */
export function isFileset(value: Value, machine: Machine): boolean {
  if (value.type === 'path') return machine.entry(value.path).kind !== 'missing';
  const tag = value.type === 'attrs' ? findAttr(value, '_type')?.value.force() : undefined;
  return tag?.type === 'string' && tag.text === 'fileset';
}

/** `unions`. */
export function unions(files: readonly Thunk[], call: Call): Value {
  const sets = files.map((item, index) => coerced(item, `unions: Element ${index}`, call));
  return filesetValue(() => union(sets), call.at);
}

/** `empty`. */
export function emptyFileset(): Value {
  return filesetValue(() => ({ paths: new Set(), open: null }), null);
}
