import { attr, attrs } from '../construct';
import { define, functionValue, type FunctionTable } from '../primop';
import { lazily, ready, Thunk } from '../thunk';
import { fail, Unknown, unknown, type Attr, type AttrsValue } from '../value';
import { asserts } from './asserts';
import { attrsets } from './attrsets';
import { cli } from './cli';
import { customisation } from './customisation';
import { debug } from './debug';
import { derivations } from './derivations';
import { evalModules as evaluate } from './eval-modules';
import { fetchers } from './fetchers';
import { fileset } from './fileset';
import { filesystem } from './filesystem';
import { extendSet, fixedPoints } from './fixed-points';
import { flakes } from './flakes';
import { generators } from './generators';
import { gvariant } from './gvariant';
import { kernel } from './kernel';
import { licenses } from './licenses';
import { lists } from './lists';
import { meta } from './meta';
import { misc } from './misc';
import { modules } from './modules';
import { ELSEWHERE, OUTSIDE, PARTS, SHOWN } from './names';
import { ipv6 } from './network';
import { options } from './options';
import { path, subpath } from './path';
import { sourceTypes } from './source-types';
import { sources } from './sources';
import { strings } from './strings';
import { stringsWithDeps } from './strings-with-deps';
import { builtin, type LibTable } from './support';
import { platforms, systems } from './systems';
import { trivial } from './trivial';
import { typeTags } from './type-tags';
import { typesValue } from './types';
import { versions } from './versions';

/** nixpkgs lib/default.nix: `lib`, put together of its parts. */

/** The parts of `lib` that this engine evaluates, by the names they have in it. A part that is not here is unsupported. */
const tables = (): Readonly<Record<string, LibTable | FunctionTable>> => ({
  asserts,
  attrsets,
  cli,
  customisation,
  debug,
  derivations,
  fetchers,
  fileset,
  filesystem,
  fixedPoints,
  flakes,
  generators,
  gvariant,
  kernel,
  lists,
  meta,
  misc,
  modules,
  'network.ipv6': ipv6,
  options,
  path,
  'path.subpath': subpath,
  sourceTypes,
  sources,
  strings,
  stringsWithDeps,
  systems,
  trivial,
  types: typeTags,
  versions,
});

/** Names of older releases that mean what another one means. */
const FORMER: Readonly<Record<string, string>> = { cartesianProductOfSets: 'cartesianProduct' };

type Entries = Map<string, Attr>;

function unsupported(name: string): Attr {
  return attr(lazily(() => unknown('unsupported', `\`lib.${name}\` is not something this tool evaluates`)));
}

/** The attributes of one part: what we have of it, and why the others are unknown. */
function entriesOf(part: string): Entries {
  const entries: Entries = new Map((PARTS[part] ?? []).map((name) => [name, unsupported(`${part}.${name}`)]));
  for (const [name, entry] of Object.entries(tables()[part] ?? {})) {
    entries.set(name, attr(entry instanceof Thunk ? entry : ready(functionValue(entry))));
  }
  if (part === 'types') for (const [name, type] of typesValue().entries) entries.set(name, type);
  return entries;
}

function outside(name: string): Attr {
  return attr(ready(attrs(new Map(), null, new Unknown('external', `\`lib.${name}\` comes from nixpkgs`))));
}

function build(): AttrsValue {
  const parts = new Map(Object.keys(PARTS).map((part) => [part, entriesOf(part)]));
  const all: Entries = new Map();
  for (const [part, entries] of parts) {
    const [outer = '', inner] = part.split('.');
    const names = inner === undefined ? all : parts.get(outer);
    names?.set(inner ?? outer, attr(ready(attrs(entries))));
  }
  for (const [part, shown] of Object.entries(SHOWN)) {
    for (const name of shown)
      all.set(
        name,
        part === 'builtins' ? attr(builtin(name)) : (parts.get(part)?.get(name) ?? unsupported(name)),
      );
  }
  for (const name of OUTSIDE) all.set(name, outside(name));
  all.set('licenses', attr(licenses));
  all.set('platforms', attr(platforms));
  for (const name of ELSEWHERE) {
    const known = all.get(FORMER[name] ?? '');
    all.set(
      name,
      known ??
        all.get(name) ??
        attr(lazily(() => unknown('unsupported', `\`lib.${name}\` is not in every release of nixpkgs`))),
    );
  }
  all.set(
    'evalOptionValue',
    all.get('evalOptionValue') ??
      parts.get('modules')?.get('evalOptionValue') ??
      unsupported('evalOptionValue'),
  );
  all.set(
    'extend',
    attr(ready(functionValue(define('extend', 1, (call, extension) => extendSet(libIn, extension, call))))),
  );
  return attrs(all);
}

/** nixpkgs' `lib` as a part of a set that extends it: the modules that it evaluates get that set. */
export function libIn(final: Thunk): AttrsValue {
  const lib = libValue();
  const evalModules = attr(
    ready(functionValue(define('evalModules', 1, (call, argument) => evaluate(argument, call, final)))),
  );
  const modules = lib.entries.get('modules');
  const part = attr(
    lazily(() => {
      const known = modules?.value.force();
      return known?.type === 'attrs'
        ? attrs(new Map([...known.entries, ['evalModules', evalModules]]))
        : fail('missing', `attribute 'modules' missing`, null);
    }),
  );
  return attrs(new Map([...lib.entries, ['evalModules', evalModules], ['modules', part]]));
}

let known: AttrsValue | undefined;

/** nixpkgs' `lib`. */
export function libValue(): AttrsValue {
  return (known ??= build());
}
