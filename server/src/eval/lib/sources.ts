import { baseName } from '../../nix/paths';
import { forceString } from '../arguments';
import { bool, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import type { Thunk } from '../thunk';
import { fail, unknown, type Call, type Value } from '../value';
import { inherited, interpolated, textOf, type LibTable } from './support';

/** nixpkgs lib/sources.nix. A source stands for the folder it is made of: what is left out of it is not told apart. */

const VERSION_CONTROL = new Set(['.svn', 'CVS', '.hg', '.jj', '.pijul', '_darcs']);

/** Whether `cleanSource` takes a file. */
function isClean(file: string, kind: string): boolean {
  const name = baseName(file);
  if (name === '.git' || (kind === 'directory' && VERSION_CONTROL.has(name))) return false;
  if (name.endsWith('~') || /^\.sw[a-z]$/.test(name) || /^\..*\.sw[a-z]$/.test(name)) return false;
  if (name.endsWith('.o') || name.endsWith('.so')) return false;
  return !(kind === 'symlink' && name.startsWith('result')) && kind !== 'unknown';
}

/** The `src` of `cleanSourceWith`. */
function sourceOf(argument: Thunk, call: Call): Value {
  const value = argument.force();
  if (value.type !== 'attrs') return fail('type', 'a set was expected', call.at);
  return (
    findAttr(value, 'src') ?? fail('type', "function called without required argument 'src'", call.at)
  ).value.force();
}

/** `urlToName`. */
function nameOfUrl(url: string): string {
  let name = baseName((url.split(':').at(-1) ?? '').replace(/\/$/, ''));
  for (;;) {
    const shorter = /^(.*)\.(git|tar|zip|gz|tgz|bz|tbz|bz2|tbz2|lzma|txz|xz|zstd)$/.exec(name)?.[1];
    if (shorter === undefined) return name;
    name = shorter;
  }
}

/** `shortRev`. */
function shortRevision(revision: string): string {
  const base = baseName(revision);
  if (/^[a-f0-9]+$/.test(base)) return base.slice(0, 7);
  return /^(?:[A-Za-z]+[-_. ]?)*v?([0-9.]+.*)$/s.exec(base)?.[1] ?? base;
}

/** `repoRevToName`: what a fetched source is called. */
function sourceName(kind: string, url: Thunk, revision: Thunk, suffix: Thunk, call: Call): string {
  if (kind === 'source') return 'source';
  if (kind !== 'versioned' && kind !== 'full') return fail('throw', 'repoRevToName: invalid kind', call.at);
  const version = revision.force().type === 'null' ? '' : `-${shortRevision(textOf(revision, call))}`;
  const end = kind === 'versioned' || suffix.force().type === 'null' ? '' : `-${interpolated(suffix, call)}`;
  return `${nameOfUrl(textOf(url, call))}${version}${end}-source`;
}

function asksGit(name: string, arity: 1 | 2): LibTable[string] {
  return define(name, arity, (call) => unknown('external', `\`lib.${name}\` asks git`, call.at));
}

export const sources: LibTable = {
  ...inherited('filterSource'),
  pathIsGitRepo: asksGit('pathIsGitRepo', 1),
  commitIdFromGitRepo: asksGit('commitIdFromGitRepo', 1),
  pathHasContext: define('pathHasContext', 1, (call, value) => {
    textOf(value, call);
    return unknown('unsupported', 'what a string depends on is not something this tool evaluates', call.at);
  }),
  canCleanSource: define('canCleanSource', 1, (call, source) =>
    source.force().type === 'path'
      ? bool(true, call.at)
      : unknown('unsupported', 'what a string depends on is not something this tool evaluates', call.at),
  ),
  cleanSource: define('cleanSource', 1, (_call, source) => source.force()),
  cleanSourceWith: define('cleanSourceWith', 1, (call, argument) => sourceOf(argument, call)),
  cleanSourceFilter: define('cleanSourceFilter', 2, (call, name, kind) =>
    bool(isClean(textOf(name, call), forceString(kind, call)), call.at),
  ),
  sourceByRegex: define('sourceByRegex', 2, (_call, source) => source.force()),
  sourceFilesBySuffices: define('sourceFilesBySuffices', 2, (_call, source) => source.force()),
  sourceByGlobs: define('sourceByGlobs', 2, (_call, source) => source.force()),
  trace: define('trace', 1, (_call, source) => source.force()),
  urlToName: define('urlToName', 1, (call, url) => string(nameOfUrl(textOf(url, call)), call.at)),
  revOrTag: define('revOrTag', 2, (call, revision, tag) => {
    if (tag.force().type !== 'null') return tag.force();
    return revision.force().type === 'null' ? string('HEAD', call.at) : revision.force();
  }),
  shortRev: define('shortRev', 1, (call, revision) => string(shortRevision(textOf(revision, call)), call.at)),
  repoRevToName: define('repoRevToName', 4, (call, kind, url, revision, suffix) =>
    string(sourceName(forceString(kind, call), url, revision, suffix, call), call.at),
  ),
};
