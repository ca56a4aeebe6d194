import { attr, attrs, bool, int, nullValue, string } from '../construct';
import { functionValue, type FunctionTable } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { Unknown, type Attr, type Value } from '../value';
import { ATTRIBUTE_SETS } from './attribute-sets';
import { CONTROL } from './control';
import { EXTERNAL, EXTERNAL_VALUES } from './external';
import { FILES } from './files';
import { FLAKE_REFS } from './flake-refs';
import { HASHES } from './hashes';
import { JSON_FUNCTIONS } from './json';
import { LISTS } from './lists';
import { NUMBERS } from './numbers';
import { STRINGS } from './strings';
import { TOML } from './toml';
import { TYPES } from './types';
import { VERSIONS } from './versions';
import { XML } from './xml';

/** The tables that make up `builtins`, one file per theme. */
const TABLES: readonly FunctionTable[] = [
  ATTRIBUTE_SETS,
  CONTROL,
  EXTERNAL,
  FILES,
  FLAKE_REFS,
  HASHES,
  JSON_FUNCTIONS,
  LISTS,
  NUMBERS,
  STRINGS,
  TOML,
  TYPES,
  VERSIONS,
  XML,
];

/** Builtins that are values. */
const CONSTANTS: Readonly<Record<string, Value>> = {
  true: bool(true),
  false: bool(false),
  null: nullValue(),
  langVersion: int(6),
  /** The oldest Nix that nixpkgs supports (its lib/minver.nix): what a comparison with an older one says is then true. */
  nixVersion: string('2.18.0'),
  /** The store of every NixOS. */
  storeDir: string('/nix/store'),
};

/** Builtins that are also in scope without `builtins.`; the others are as `__name`. Source: Nix's primops.cc. */
const GLOBAL: ReadonlySet<string> = new Set([
  'abort',
  'baseNameOf',
  'break',
  'derivation',
  'derivationStrict',
  'dirOf',
  'false',
  'fetchGit',
  'fetchMercurial',
  'fetchTarball',
  'fetchTree',
  'fromTOML',
  'import',
  'isNull',
  'map',
  'null',
  'placeholder',
  'removeAttrs',
  'scopedImport',
  'throw',
  'toString',
  'true',
]);

let names: ReadonlyMap<string, Thunk> | undefined;

/** The names that are in scope in every file. */
export function builtinNames(): ReadonlyMap<string, Thunk> {
  if (names !== undefined) return names;
  const all = new Map<string, Thunk>();
  for (const [name, value] of Object.entries(CONSTANTS)) all.set(name, ready(value));
  for (const [name, what] of Object.entries(EXTERNAL_VALUES)) {
    all.set(name, ready(new Unknown('external', `\`builtins.${name}\` is ${what}`)));
  }
  for (const table of TABLES)
    for (const [name, primop] of Object.entries(table)) all.set(name, ready(functionValue(primop)));
  const entries = new Map<string, Attr>([...all].map(([name, value]) => [name, attr(value)]));
  const builtins = lazily(() => attrs(entries));
  entries.set('builtins', attr(builtins));
  const scope = new Map<string, Thunk>([['builtins', builtins]]);
  for (const [name, value] of all) scope.set(GLOBAL.has(name) ? name : `__${name}`, value);
  return (names = scope);
}
