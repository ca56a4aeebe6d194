import { forceAttrs, forceBool, forceInt, forceItems, forceString, sortedEntries } from '../arguments';
import { attrs, record, string } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type AttrsValue, type Call, type Value } from '../value';
import { isDerivation } from './attrsets-outputs';
import { recursiveUpdate } from './attrsets-recursive';
import { languages, pretty } from './generators-pretty';
import { gvariantOf } from './gvariant';
import {
  callBuiltin,
  interpolated,
  invoked,
  mapItems,
  mapValues,
  overlay,
  readFormals,
  single,
  text,
  textOf,
  withFormals,
  type LibTable,
} from './support';
import { isFunction } from './trivial';

/** nixpkgs lib/generators.nix: configuration files of the key-value kind. */

type WriteValue = (value: Thunk) => string;
type WritePair = (key: string, value: Thunk) => string;

/** `mkValueStringDefault { }`. */
export function valueText(thunk: Thunk, call: Call): string {
  const value = thunk.force();
  const refuse = (what: string): never =>
    fail('abort', `generators.mkValueStringDefault: ${what} not supported: ${pretty(thunk, call)}`, call.at);
  if (isDerivation(value)) return textOf(thunk, call);
  switch (value.type) {
    case 'int':
      return value.value.toString();
    case 'string':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'float':
      return textOf(thunk, call);
    case 'list':
      return refuse('lists');
    case 'attrs':
      return refuse('attrsets');
    default:
      return refuse(isFunction(thunk, call) ? 'functions' : 'this value is');
  }
}

function defaultPair(separator: string, write: WriteValue): WritePair {
  return (key, value) =>
    `${separator === '' ? key : key.replaceAll(separator, `\\${separator}`)}${separator}${write(value)}`;
}

interface Style {
  readonly pair: WritePair;
  readonly duplicate: boolean;
}

function lines(set: AttrsValue, style: Style, indent: string, call: Call): string {
  const pairs = sortedEntries(set, call).flatMap(([key, { value }]) => {
    const several = style.duplicate && value.force().type === 'list';
    return several ? forceItems(value, call).map((item) => [key, item] as const) : [[key, value] as const];
  });
  return pairs.map(([key, value]) => `${indent}${style.pair(key, value)}\n`).join('');
}

function sections(set: AttrsValue, name: (section: string) => string, style: Style, call: Call): string {
  return sortedEntries(set, call)
    .map(([section, { value }]) => `[${name(section)}]\n${lines(forceAttrs(value, call), style, '', call)}`)
    .join('\n');
}

/** A writer that a caller gives, or our own. */
function pairWriter(
  given: Thunk | null,
  call: Call,
  otherwise: WritePair = defaultPair('=', (value) => valueText(value, call)),
): WritePair {
  return given === null
    ? otherwise
    : (key, value) => interpolated(invoked(call, given, text(key, call), value), call);
}

function sectionName(given: Thunk | null, call: Call): (section: string) => string {
  return given === null
    ? (section) => section.replace(/[[\]]/g, '\\$&')
    : (section) => interpolated(invoked(call, given, text(section, call)), call);
}

function flag(given: Thunk | null, call: Call): boolean {
  return given !== null && forceBool(given, call);
}

/** A set of git's sections, nested ones with dots in their names. */
function gitSections(set: AttrsValue, call: Call): AttrsValue {
  const isPlain = (value: Thunk): boolean => value.force().type === 'attrs' && !isDerivation(value.force());
  const nested = (value: Thunk): boolean =>
    value.force().type === 'attrs' &&
    sortedEntries(forceAttrs(value, call), call).some(([, inner]) => isPlain(inner.value));
  let flat: Value = attrs(new Map(), call.at);
  const visit = (path: readonly string[], value: Thunk): void => {
    if (isPlain(value)) {
      for (const [name, inner] of sortedEntries(forceAttrs(value, call), call))
        visit([...path, name], inner.value);
      return;
    }
    const own = single(path.at(-1) as string, value, call);
    const nestedOwn = path.length > 1 ? single(path.slice(0, -1).join('.'), ready(own), call) : own;
    flat = recursiveUpdate(ready(flat), ready(nestedOwn), call);
  };
  const entries = sortedEntries(set, call);
  for (const [name, { value }] of entries) if (nested(value)) visit([name], value);
  return overlay(attrs(new Map(entries.filter(([, { value }]) => !nested(value))), call.at), flat, call);
}

const GIT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

function gitIni(set: AttrsValue, call: Call): string {
  const one = defaultPair(' = ', (value) => {
    const content = value.force();
    return content.type === 'string'
      ? `"${content.text.replace(/[\n\t"\\]/g, (character) => GIT_ESCAPES[character] ?? character)}"`
      : valueText(value, call);
  });
  const pair: WritePair = (key, value) => {
    const values = value.force().type === 'list' ? forceItems(value, call) : [value];
    return values.map((item) => `\t${one(key, item)}`).join('\n');
  };
  const name = (section: string): string => {
    const [first = '', ...rest] = section.split('.');
    return section.includes('"') || rest.length === 0 ? section : `${first} "${rest.join('.')}"`;
  };
  return sections(gitSections(set, call), name, { pair, duplicate: false }, call);
}

const SPECIAL = new Set(['__functor', '__functionArgs', '__toString', '__pretty']);

/** `withRecursion`: a value that ends where it nests too deeply. */
function limited(limit: bigint | null, refuses: boolean, depth: bigint, thunk: Thunk, call: Call): Value {
  const cut = (value: Thunk): Value => {
    if (limit === null || depth + 1n <= limit) return value.force();
    if (!refuses) return string('<unevaluated>', call.at);
    return fail(
      'throw',
      `Exceeded maximum eval-depth limit of ${limit} while trying to evaluate with \`generators.withRecursion'!`,
      call.at,
    );
  };
  const value = thunk.force();
  const inner = (item: Thunk): Thunk =>
    lazily(
      () =>
        limited(
          limit,
          refuses,
          depth + 1n,
          lazily(() => cut(item)),
          call,
        ),
      item.origin,
    );
  if (value.type === 'attrs')
    return mapValues(value, call, (name, item) => (SPECIAL.has(name) ? item : inner(item)));
  return value.type === 'list' ? mapItems(value, call, inner) : cut(thunk);
}

function dconfPair(call: Call): WritePair {
  return defaultPair('=', (value) => textOf(ready(gvariantOf(value, call)), call));
}

const VALUE = {} as const;
const PAIR = { mkValueString: true } as const;
const KEY_VALUE = { mkKeyValue: true, listsAsDuplicateKeys: true, indent: true } as const;
const INI = { mkSectionName: true, mkKeyValue: true, listsAsDuplicateKeys: true } as const;
const GLOBAL = { globalSection: false, sections: true } as const;
const RECURSION = { depthLimit: false, throwOnDepthLimit: true } as const;

function iniOf(settings: Thunk, call: Call): { style: Style; write: (set: AttrsValue) => string } {
  const { mkSectionName, mkKeyValue, listsAsDuplicateKeys } = readFormals(settings, INI, call);
  const style = { pair: pairWriter(mkKeyValue, call), duplicate: flag(listsAsDuplicateKeys, call) };
  return { style, write: (set) => sections(set, sectionName(mkSectionName, call), style, call) };
}

function asJson(name: string): LibTable[string] {
  return withFormals(
    define(name, 2, (call, settings, value) => {
      readFormals(settings, VALUE, call);
      return callBuiltin('toJSON', call, value);
    }),
    VALUE,
  );
}

export const generators: LibTable = {
  ...languages,
  mkValueStringDefault: withFormals(
    define('mkValueStringDefault', 2, (call, settings, value) => {
      readFormals(settings, VALUE, call);
      return string(valueText(value, call), call.at);
    }),
    VALUE,
  ),
  mkKeyValueDefault: withFormals(
    define('mkKeyValueDefault', 4, (call, settings, separator, key, value) => {
      const { mkValueString } = readFormals(settings, PAIR, call);
      const write: WriteValue =
        mkValueString === null
          ? (item) => valueText(item, call)
          : (item) => interpolated(invoked(call, mkValueString, item), call);
      return string(defaultPair(forceString(separator, call), write)(forceString(key, call), value), call.at);
    }),
    PAIR,
  ),
  toKeyValue: withFormals(
    define('toKeyValue', 2, (call, settings, set) => {
      const { mkKeyValue, listsAsDuplicateKeys, indent } = readFormals(settings, KEY_VALUE, call);
      const style = { pair: pairWriter(mkKeyValue, call), duplicate: flag(listsAsDuplicateKeys, call) };
      return string(
        lines(forceAttrs(set, call), style, indent === null ? '' : interpolated(indent, call), call),
        call.at,
      );
    }),
    KEY_VALUE,
  ),
  toINI: withFormals(
    define('toINI', 2, (call, settings, set) =>
      string(iniOf(settings, call).write(forceAttrs(set, call)), call.at),
    ),
    INI,
  ),
  toINIWithGlobalSection: withFormals(
    define('toINIWithGlobalSection', 2, (call, settings, argument) => {
      const { style, write } = iniOf(settings, call);
      const { globalSection, sections: named } = readFormals(argument, GLOBAL, call);
      const first = forceAttrs(globalSection as Thunk, call);
      const head = sortedEntries(first, call).length === 0 ? '' : `${lines(first, style, '', call)}\n`;
      return string(head + (named === null ? '' : write(forceAttrs(named, call))), call.at);
    }),
    INI,
  ),
  toGitINI: define('toGitINI', 1, (call, set) => string(gitIni(forceAttrs(set, call), call), call.at)),
  withRecursion: withFormals(
    define('withRecursion', 2, (call, settings, value) => {
      const { depthLimit, throwOnDepthLimit } = readFormals(settings, RECURSION, call);
      return limited(
        forceInt(depthLimit as Thunk, call),
        throwOnDepthLimit === null || forceBool(throwOnDepthLimit, call),
        0n,
        value,
        call,
      );
    }),
    RECURSION,
  ),
  mkLuaInline: define('mkLuaInline', 1, (call, expr) =>
    record({ _type: string('lua-inline', call.at), expr }, call.at),
  ),
  mkDconfKeyValue: define('mkDconfKeyValue', 2, (call, key, value) =>
    string(dconfPair(call)(forceString(key, call), value), call.at),
  ),
  toDconfINI: define('toDconfINI', 1, (call, set) => {
    const name = sectionName(null, call);
    return string(
      sections(forceAttrs(set, call), name, { pair: dconfPair(call), duplicate: false }, call),
      call.at,
    );
  }),
  toJSON: asJson('toJSON'),
  toYAML: asJson('toYAML'),
};
