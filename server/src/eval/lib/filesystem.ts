import { directoryOf, normalizePath } from '../../nix/paths';
import { forceBool } from '../arguments';
import { forcePath } from '../builtins/files';
import { attr, attrs, bool, list, nullValue, path as pathValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { add } from '../operators';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, Unknown, unknown, type Attr, type AttrsValue, type Call, type Value } from '../value';
import { scope } from './customisation';
import {
  callBuiltin,
  inherited,
  invoke,
  invoked,
  known,
  ListBuilder,
  overlay,
  text,
  tolerate,
  type LibTable,
} from './support';
import { functionOf } from './trivial';
import type { DirectoryEntry } from '../../nix/file-source';

/** nixpkgs lib/filesystem.nix, within the snapshot. */

/** What a folder lists, by name in order; fails where there is none. */
export function listing(folder: string, call: Call): readonly DirectoryEntry[] {
  const entry = call.machine.entry(folder);
  switch (entry.kind) {
    case 'directory':
      call.machine.spend(entry.entries.length);
      return [...entry.entries].sort((a, b) => (a.name < b.name ? -1 : 1));
    case 'opaque':
      return unknown('unreadable', entry.reason, call.at);
    case 'file':
      return fail('type', `cannot read folder '${folder}': it is a file`, call.at);
    case 'missing':
      return fail('missing', `path '${folder}' does not exist`, call.at);
  }
}

/** `path + "/name"`: of the kind that the folder's own path is. */
export function inFolder(folder: Value, name: string, call: Call): Value {
  return add(folder, string(`/${name}`), call.at, call.machine);
}

function listFiles(folder: Value, call: Call, into: ListBuilder): void {
  const entries = tolerate(() => listing(forcePath(ready(folder), call), call));
  if (entries instanceof Unknown) {
    into.leaveOpen(entries);
    return;
  }
  call.machine.enter();
  try {
    for (const { name, kind } of entries) {
      const target = inFolder(folder, name, call);
      if (kind === 'directory') listFiles(target, call, into);
      else into.add(ready(target));
    }
  } finally {
    call.machine.leave();
  }
}

/** Whether something of a kind stands at a path. */
function stands(kind: string, file: Thunk, call: Call): Value {
  if (
    !forceBool(
      lazily(() => callBuiltin('pathExists', call, file)),
      call,
    )
  )
    return bool(false, call.at);
  const found = callBuiltin('readFileType', call, file);
  return bool(found.type === 'string' && found.text === kind, call.at);
}

/** Packages by the names of the files and folders that hold them. */
function packages(args: AttrsValue, call: Call): Value {
  const need = (name: string): Thunk =>
    findAttr(args, name)?.value ??
    fail('type', `function called without required argument '${name}'`, call.at);
  const folder = need('directory');
  const callPackage = need('callPackage');
  const nothing = ready(attrs(new Map(), call.at));
  const whole = lazily(() => inFolder(folder.force(), 'package.nix', call));
  if (
    forceBool(
      lazily(() => callBuiltin('pathExists', call, whole)),
      call,
    )
  )
    return invoke(call, callPackage, whole, nothing);
  const newScope = findAttr(args, 'newScope');
  if (newScope !== null) {
    const inner = (self: Thunk): Value => {
      const own = lazily(() => self.force());
      const pick = (name: string): Thunk =>
        lazily(() => {
          const set = own.force();
          return set.type === 'attrs'
            ? (findAttr(set, name)?.value.force() ?? fail('missing', `attribute '${name}' missing`, call.at))
            : set;
        });
      return folderPackages(
        overlay(
          args,
          record({ callPackage: pick('callPackage'), newScope: pick('newScope') }, call.at),
          call,
        ),
        call,
      );
    };
    const made = scope(
      newScope.value,
      ready(
        functionOf(
          define('packages', 1, (_call, self) => inner(self)),
          call.at,
        ),
      ),
      call,
    );
    return overlay(made, record({ recurseForDerivations: bool(true) }, call.at), call);
  }
  return folderPackages(args, call);
}

function folderPackages(args: AttrsValue, call: Call): Value {
  const folder =
    findAttr(args, 'directory')?.value ?? fail('missing', "attribute 'directory' missing", call.at);
  const callPackage =
    findAttr(args, 'callPackage')?.value ?? fail('missing', "attribute 'callPackage' missing", call.at);
  const entries = new Map<string, Attr>();
  for (const { name, kind } of listing(forcePath(folder, call), call)) {
    const target = lazily(() => inFolder(folder.force(), name, call));
    if (kind === 'directory') {
      entries.set(
        name,
        attr(
          lazily(() => packages(overlay(args, record({ directory: target }, call.at), call), call), call.at),
          call.at,
        ),
      );
    } else if (kind === 'regular' && name.endsWith('.nix')) {
      entries.set(
        name.slice(0, -'.nix'.length),
        attr(invoked(call, callPackage, target, ready(attrs(new Map(), call.at))), call.at),
      );
    } else if (kind !== 'regular') {
      return fail(
        'throw',
        `lib.filesystem.packagesFromDirectoryRecursive: Unsupported file type ${kind} at path ${forcePath(target, call)}`,
        call.at,
      );
    }
  }
  return attrs(entries, call.at);
}

function dominating(pattern: Thunk, from: string, call: Call): Value {
  for (let folder = from; ; folder = directoryOf(folder)) {
    const matches = listing(folder, call)
      .map(({ name }) => callBuiltin('match', call, pattern, text(name, call)))
      .filter((match) => match.type !== 'null');
    if (matches.length > 0)
      return record(
        { path: pathValue(folder, call.at), matches: list(matches.map(ready), call.at) },
        call.at,
      );
    if (folder === '/') return nullValue(call.at);
  }
}

export const filesystem: LibTable = {
  ...inherited('baseNameOf', 'dirOf', 'hashFile', 'isPath', 'readDir', 'readFileType'),
  pathType: define('pathType', 1, (call, file) => callBuiltin('readFileType', call, file)),
  pathIsDirectory: define('pathIsDirectory', 1, (call, file) => stands('directory', file, call)),
  pathIsRegularFile: define('pathIsRegularFile', 1, (call, file) => stands('regular', file, call)),
  haskellPathsInDir: define('haskellPathsInDir', 1, (call, root) => {
    const entries = new Map<string, Attr>();
    for (const { name } of listing(forcePath(root, call), call)) {
      const folder = lazily(() => inFolder(root.force(), name, call));
      const cabal = call.machine.entry(normalizePath(`${forcePath(folder, call)}/${name}.cabal`));
      if (cabal.kind !== 'missing') entries.set(name, attr(folder, call.at));
    }
    return attrs(entries, call.at);
  }),
  locateDominatingFile: define('locateDominatingFile', 2, (call, pattern, file) => {
    const target = forcePath(file, call);
    return dominating(
      pattern,
      call.machine.entry(target).kind === 'directory' ? target : directoryOf(target),
      call,
    );
  }),
  listFilesRecursive: define('listFilesRecursive', 1, (call, folder) => {
    const start = folder.force();
    listing(forcePath(folder, call), call);
    const result = new ListBuilder();
    listFiles(start, call, result);
    return result.done(call);
  }),
  packagesFromDirectoryRecursive: define('packagesFromDirectoryRecursive', 1, (call, args) => {
    const value = known(args);
    if (value instanceof Unknown || value.type !== 'attrs') return args.force();
    return packages(value, call);
  }),
  resolveDefaultNix: define('resolveDefaultNix', 1, (call, file) => {
    const value = file.force();
    if (forceBool(ready(stands('directory', file, call)), call)) return inFolder(value, 'default.nix', call);
    return value.type === 'string' && value.text.endsWith('/')
      ? string(`${value.text}default.nix`, call.at)
      : value;
  }),
};
