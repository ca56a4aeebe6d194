import { baseName, directoryOf, normalizePath } from '../../nix/paths';
import type { DirectoryEntry, FileEntry } from '../../nix/file-source';
import { forceAttrs, forceList, forceString } from '../arguments';
import { coerce, coerceToString } from '../coerce';
import { NamingText } from '../content';
import { attr, attrs, bool, path, string } from '../construct';
import { findAttr } from '../interpret';
import { define, type FunctionTable } from '../primop';
import { ready, type Thunk } from '../thunk';
import { fail, raise, unknown, type Attr, type Call, type Value } from '../value';

/** The path that an argument names: a path, an absolute string, or a set that stands for one. */
export function forcePath(thunk: Thunk, call: Call): string {
  return pathOf(thunk.force(), call);
}

function importFile(call: Call, file: Thunk): Value {
  const target = pathOrText(file.force(), call);
  return typeof target === 'string'
    ? call.machine.importFile(target, call.at)
    : target.content.import(call.at, call.machine);
}

function pathOf(value: Value, call: Call): string {
  const target = pathOrText(value, call);
  return typeof target === 'string' ? target : (target.content.path ?? target.text);
}

function pathOrText(value: Value, call: Call): string | NamingText {
  if (value.type === 'path') return value.path;
  const text = coerce(value, call.at, call.machine, { copyPaths: false });
  if (typeof text !== 'string') return text;
  if (text.startsWith('/')) return normalizePath(text);
  return fail('type', `string '${text}' doesn't represent an absolute path`, call.at);
}

function existing(target: string, call: Call): Exclude<FileEntry, { kind: 'missing' }> {
  const entry = call.machine.entry(target);
  return entry.kind === 'missing' ? fail('missing', `path '${target}' does not exist`, call.at) : entry;
}

/** The text of a file. */
export function readText(thunk: Thunk, call: Call): string {
  const target = forcePath(thunk, call);
  const entry = existing(target, call);
  switch (entry.kind) {
    case 'file':
      return entry.text;
    case 'directory':
      return fail('type', `cannot read file '${target}': it is a folder`, call.at);
    case 'opaque':
      return unknown('unreadable', entry.reason, call.at);
  }
}

/** How a folder lists an entry of its own; undefined where it does not, or cannot be read. */
function listed(target: string, call: Call): DirectoryEntry | undefined {
  const folder = call.machine.entry(directoryOf(target));
  return folder.kind === 'directory'
    ? folder.entries.find(({ name }) => name === baseName(target))
    : undefined;
}

function pathExists(call: Call, argument: Thunk): Value {
  const value = argument.force();
  const mustBeFolder = value.type === 'string' && !(value instanceof NamingText) && /\/\.?$/.test(value.text);
  const target = pathOf(value, call);
  const entry = call.machine.entry(target);
  switch (entry.kind) {
    // A link that leads nowhere exists nevertheless.
    case 'missing':
      return bool(!mustBeFolder && listed(target, call) !== undefined, call.at);
    case 'directory':
      return bool(true, call.at);
    case 'file':
      return bool(!mustBeFolder, call.at);
    case 'opaque': {
      const kind = listed(target, call)?.kind;
      if (kind === 'directory' || (kind !== undefined && !mustBeFolder)) return bool(true, call.at);
      return unknown('unreadable', entry.reason, call.at);
    }
  }
}

function readDir(call: Call, folder: Thunk): Value {
  const target = forcePath(folder, call);
  const entry = existing(target, call);
  switch (entry.kind) {
    case 'file':
      return fail('type', `cannot read folder '${target}': it is a file`, call.at);
    case 'opaque':
      return unknown('unreadable', entry.reason, call.at);
    case 'directory': {
      call.machine.spend(entry.entries.length);
      const entries = new Map<string, Attr>();
      for (const { name, kind } of entry.entries) entries.set(name, attr(ready(string(kind))));
      return attrs(entries, call.at);
    }
  }
}

function readFileType(call: Call, argument: Thunk): Value {
  const target = forcePath(argument, call);
  const entry = existing(target, call);
  const kind = listed(target, call)?.kind;
  if (kind !== undefined) return string(kind, call.at);
  switch (entry.kind) {
    case 'file':
      return string('regular', call.at);
    case 'directory':
      return string('directory', call.at);
    case 'opaque':
      return unknown('unreadable', entry.reason, call.at);
  }
}

/** `baseNameOf` as it treats strings: one final slash does not count. Source: Nix's primops.cc (`legacyBaseNameOf`). */
function legacyBaseName(text: string): string {
  return baseName(text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text);
}

function dirOf(call: Call, argument: Thunk): Value {
  const value = argument.force();
  if (value.type === 'path') return path(directoryOf(value.path), call.at);
  const text = coerceToString(value, call.at, call.machine, { copyPaths: false });
  const slash = text.lastIndexOf('/');
  return string(slash < 0 ? '.' : slash === 0 ? '/' : text.slice(0, slash), call.at);
}

/** Looks a path up in a search path such as `[ { prefix = "nixpkgs"; path = /x; } ]`. */
function findFile(call: Call, searchPath: Thunk, wanted: Thunk): Value {
  const { items, open } = forceList(searchPath, call);
  const name = forceString(wanted, call);
  for (const item of items) {
    const element = forceAttrs(item, call);
    const prefixAttr = findAttr(element, 'prefix');
    const prefix = prefixAttr === null ? '' : forceString(prefixAttr.value, call);
    if (prefix !== '' && name !== prefix && !name.startsWith(`${prefix}/`)) continue;
    const rest = prefix === '' ? `/${name}` : name.slice(prefix.length);
    const folder = findAttr(element, 'path') ?? fail('missing', "attribute 'path' missing", call.at);
    const target = normalizePath(forcePath(folder.value, call) + rest);
    const entry = call.machine.entry(target);
    if (entry.kind === 'opaque' && listed(target, call) === undefined)
      return unknown('unreadable', entry.reason, call.at);
    if (entry.kind !== 'missing') return path(target, call.at);
  }
  if (open !== null) return raise(open);
  return fail(
    'throw',
    `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`,
    call.at,
  );
}

export const FILES: FunctionTable = {
  import: define('import', 1, importFile),
  scopedImport: define('scopedImport', 2, (call, names, file) => {
    const set = forceAttrs(names, call);
    if (set.open !== null) return raise(set.open);
    const scope = new Map<string, Thunk>();
    for (const [name, { value, maybe }] of set.entries)
      scope.set(name, maybe === null ? value : ready(maybe));
    return call.machine.importFile(forcePath(file, call), call.at, scope);
  }),
  readFile: define('readFile', 1, (call, file) => string(readText(file, call), call.at)),
  readDir: define('readDir', 1, readDir),
  readFileType: define('readFileType', 1, readFileType),
  pathExists: define('pathExists', 1, pathExists),
  toPath: define('toPath', 1, (call, file) => string(forcePath(file, call), call.at)),
  dirOf: define('dirOf', 1, dirOf),
  baseNameOf: define('baseNameOf', 1, (call, file) =>
    string(
      legacyBaseName(coerceToString(file.force(), call.at, call.machine, { copyPaths: false })),
      call.at,
    ),
  ),
  findFile: define('findFile', 2, findFile),
};
