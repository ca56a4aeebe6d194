import { forceAttrs, forceBool, forceInt, forceItems, forceList, forceString } from '../arguments';
import { fromBytes, toBytes } from '../builtins/bytes';
import { bool, int, list, string } from '../construct';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, typeName, type Call, type ListValue, type StringValue, type Value } from '../value';
import { listFrom } from './attrsets';
import { outputOf } from './attrsets-outputs';
import { generateList, mapIndexed } from './lists';
import { charCode, isStringLike, quoted, stringsEscape } from './strings-escape';
import { buildFlags } from './strings-flags';
import {
  commonPrefix,
  commonSuffix,
  derivationName,
  fixedWidth,
  hasInfix,
  hasPrefix,
  hasSuffix,
  levenshtein,
  toCamelCase,
  toInt,
  toIntBase10,
  toLower,
  toSentenceCase,
  toUpper,
  trim,
} from './strings-text';
import {
  callBuiltin,
  field,
  inherited,
  interpolated,
  invoked,
  mapItems,
  optionalField,
  readFormals,
  test,
  text,
  textOf,
  withFormals,
  type LibTable,
} from './support';

/** nixpkgs lib/strings.nix. */

/** `concatStringsSep`. */
export function joined(separator: string, items: Value, call: Call): StringValue {
  return callBuiltin('concatStringsSep', call, text(separator, call), ready(items)) as StringValue;
}

function joinedBy(separator: Thunk, items: Value, call: Call): Value {
  return callBuiltin('concatStringsSep', call, separator, ready(items));
}

function mapped(fn: Thunk, items: Thunk, call: Call): ListValue {
  return mapItems(forceList(items, call), call, (item) => invoked(call, fn, item));
}

function mappedWithIndex(fn: Thunk, items: Thunk, call: Call): ListValue {
  return mapIndexed(forceList(items, call), 1, call, (index, item) => invoked(call, fn, index, item));
}

/** The bytes of a text, each a text of its own. */
function characters(value: string, call: Call): ListValue {
  const bytes = toBytes(value);
  call.machine.spend(bytes.length);
  return list(
    Array.from(bytes, (byte) =>
      byte < '\x80' ? text(byte, call) : lazily(() => string(fromBytes(byte, call), call.at)),
    ),
    call.at,
  );
}

/** `splitString`; nothing stands between any two bytes, and at both ends. */
function split(separator: string, value: string, call: Call): ListValue {
  if (separator !== '') return textList(value.split(separator), call);
  return list([text('', call), ...characters(value, call).items, text('', call)], call.at);
}

function textList(texts: readonly string[], call: Call): ListValue {
  return list(
    texts.map((one) => text(one, call)),
    call.at,
  );
}

function splitBy(predicate: Thunk, keep: Thunk, value: string, call: Call): Value {
  const bytes = toBytes(value);
  const parts = [''];
  for (let i = 0; i < bytes.length; i++) {
    const here = bytes.charAt(i);
    const before = bytes.charAt(i - 1);
    if (!test(call, predicate, text(fromBytes(before, call), call), text(fromBytes(here, call), call)))
      parts.push((parts.pop() ?? '') + here);
    else parts.push(forceBool(keep, call) ? here : '');
  }
  return textList(
    parts.map((part) => fromBytes(part, call)),
    call,
  );
}

function searchPath(folder: string, paths: readonly Thunk[], call: Call): Value {
  const texts = paths
    .filter((path) => path.force().type !== 'null')
    .map((path) => `${interpolated(path, call)}/${folder}`);
  return string(texts.join(':'), call.at);
}

function outputPath(output: string, folder: string, packages: Thunk, call: Call): Value {
  return searchPath(
    folder,
    forceItems(packages, call).map((pkg) => lazily(() => outputOf(output, pkg, call))),
    call,
  );
}

/** The name or version in a package's name. */
function ofPackage(part: 'name' | 'version', attribute: string, pkg: Thunk, call: Call): Value {
  const value = pkg.force();
  const parse = (name: Thunk): Value => field(callBuiltin('parseDrvName', call, name), part, call).force();
  if (value.type === 'string') return parse(pkg);
  return optionalField(value, attribute)?.force() ?? parse(field(value, 'name', call));
}

function onlyString(name: string, value: Thunk, call: Call): string {
  const given = value.force();
  return given.type === 'string'
    ? given.text
    : fail('throw', `${name} does only accepts string values, but got ${typeName(given)}`, call.at);
}

function isConvertible(value: Value, call: Call): boolean {
  if (isStringLike(value) || ['null', 'int', 'float', 'bool'].includes(value.type)) return true;
  return (
    value.type === 'list' && forceItems(ready(value), call).every((item) => isConvertible(item.force(), call))
  );
}

/** The text of a file without its last line feed. */
export function fileContents(file: Thunk, call: Call): Value {
  const content = forceString(
    lazily(() => callBuiltin('readFile', call, file)),
    call,
  );
  return string(content.endsWith('\n') ? content.slice(0, -1) : content, call.at);
}

function versionOlder(a: Thunk, b: Thunk, call: Call): boolean {
  return (
    forceInt(
      lazily(() => callBuiltin('compareVersions', call, b, a)),
      call,
    ) === 1n
  );
}

const ENDS = { start: true, end: true } as const;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
function letters(all: string): Thunk {
  return ready(list(Array.from(all, (letter) => ready(string(letter)))));
}

export const strings: LibTable = {
  ...inherited(
    'appendContext',
    'compareVersions',
    'concatStringsSep',
    'elem',
    'elemAt',
    'filter',
    'fromJSON',
    'genList',
    'head',
    'isAttrs',
    'isInt',
    'isList',
    'isPath',
    'isString',
    'length',
    'match',
    'parseDrvName',
    'readFile',
    'replaceStrings',
    'split',
    'storeDir',
    'stringLength',
    'substring',
    'tail',
    'toJSON',
    'typeOf',
    'unsafeDiscardStringContext',
  ),
  ...stringsEscape,
  ...buildFlags,
  join: define('join', 2, (call, separator, items) =>
    callBuiltin('concatStringsSep', call, separator, items),
  ),
  concatStrings: define('concatStrings', 1, (call, items) =>
    callBuiltin('concatStringsSep', call, text('', call), items),
  ),
  concatMapStrings: define('concatMapStrings', 2, (call, fn, items) =>
    joined('', mapped(fn, items, call), call),
  ),
  concatImapStrings: define('concatImapStrings', 2, (call, fn, items) =>
    joined('', mappedWithIndex(fn, items, call), call),
  ),
  concatMapStringsSep: define('concatMapStringsSep', 3, (call, separator, fn, items) =>
    joinedBy(separator, mapped(fn, items, call), call),
  ),
  concatImapStringsSep: define('concatImapStringsSep', 3, (call, separator, fn, items) =>
    joinedBy(separator, mappedWithIndex(fn, items, call), call),
  ),
  concatMapAttrsStringSep: define('concatMapAttrsStringSep', 3, (call, separator, fn, set) =>
    joinedBy(
      separator,
      listFrom(forceAttrs(set, call), call, (name, value) => invoked(call, fn, text(name, call), value)),
      call,
    ),
  ),
  concatLines: define('concatLines', 1, (call, lines) =>
    forceItems(lines, call).length === 0
      ? string('', call.at)
      : string(`${joined('\n', lines.force(), call).text}\n`, call.at),
  ),
  intersperse: define('intersperse', 2, (call, separator, items) =>
    list(
      forceItems(items, call).flatMap((item, index) => (index === 0 ? [item] : [separator, item])),
      call.at,
    ),
  ),
  replaceString: define('replaceString', 3, (call, from, to, value) =>
    callBuiltin('replaceStrings', call, ready(list([from])), ready(list([to])), value),
  ),
  replicate: define('replicate', 2, (call, times, value) =>
    joined(
      '',
      generateList(forceInt(times, call), call, () => value),
      call,
    ),
  ),
  trim: define('trim', 1, (call, value) => string(trim(forceString(value, call), true, true), call.at)),
  trimWith: withFormals(
    define('trimWith', 2, (call, ends, value) => {
      const { start, end } = readFormals(ends, ENDS, call);
      return string(
        trim(
          forceString(value, call),
          start !== null && forceBool(start, call),
          end !== null && forceBool(end, call),
        ),
        call.at,
      );
    }),
    ENDS,
  ),
  makeSearchPath: define('makeSearchPath', 2, (call, folder, paths) =>
    searchPath(forceString(folder, call), forceItems(paths, call), call),
  ),
  makeSearchPathOutput: define('makeSearchPathOutput', 3, (call, output, folder, packages) =>
    outputPath(forceString(output, call), forceString(folder, call), packages, call),
  ),
  makeLibraryPath: define('makeLibraryPath', 1, (call, packages) => outputPath('lib', 'lib', packages, call)),
  makeIncludePath: define('makeIncludePath', 1, (call, packages) =>
    outputPath('dev', 'include', packages, call),
  ),
  makeBinPath: define('makeBinPath', 1, (call, packages) => outputPath('bin', 'bin', packages, call)),
  normalizePath: define('normalizePath', 1, (call, value) =>
    string(interpolated(value, call).replace(/\/+/g, '/'), call.at),
  ),
  optionalString: define('optionalString', 2, (call, condition, value) =>
    forceBool(condition, call) ? value.force() : string('', call.at),
  ),
  hasPrefix: define('hasPrefix', 2, (call, prefix, value) => bool(hasPrefix(prefix, value, call), call.at)),
  hasSuffix: define('hasSuffix', 2, (call, suffix, value) => bool(hasSuffix(suffix, value, call), call.at)),
  hasInfix: define('hasInfix', 2, (call, infix, value) =>
    bool(hasInfix(forceString(infix, call), value, call), call.at),
  ),
  stringToCharacters: define('stringToCharacters', 1, (call, value) =>
    characters(interpolated(value, call), call),
  ),
  stringAsChars: define('stringAsChars', 2, (call, fn, value) =>
    joined(
      '',
      mapItems(characters(interpolated(value, call), call), call, (item) => invoked(call, fn, item)),
      call,
    ),
  ),
  charToInt: define('charToInt', 1, (call, value) => int(charCode(forceString(value, call), call), call.at)),
  lowerChars: letters(LETTERS),
  upperChars: letters(LETTERS.toUpperCase()),
  toLower: define('toLower', 1, (call, value) => string(toLower(forceString(value, call)), call.at)),
  toUpper: define('toUpper', 1, (call, value) => string(toUpper(forceString(value, call)), call.at)),
  toSentenceCase: define('toSentenceCase', 1, (call, value) =>
    string(toSentenceCase(onlyString('toSentenceCase', value, call)), call.at),
  ),
  toCamelCase: define('toCamelCase', 1, (call, value) =>
    string(toCamelCase(onlyString('toCamelCase', value, call)), call.at),
  ),
  addContextFrom: define('addContextFrom', 2, (call, source, target) => {
    interpolated(source, call);
    return string(interpolated(target, call), call.at);
  }),
  splitString: define('splitString', 2, (call, separator, value) =>
    split(textOf(separator, call), textOf(value, call), call),
  ),
  splitStringBy: define('splitStringBy', 3, (call, predicate, keep, value) =>
    splitBy(predicate, keep, interpolated(value, call), call),
  ),
  removePrefix: define('removePrefix', 2, (call, prefix, value) => {
    const [start, whole] = [interpolated(prefix, call), interpolated(value, call)];
    return whole.startsWith(start) ? string(whole.slice(start.length), call.at) : value.force();
  }),
  removeSuffix: define('removeSuffix', 2, (call, suffix, value) => {
    const [end, whole] = [interpolated(suffix, call), interpolated(value, call)];
    return whole.endsWith(end) ? string(whole.slice(0, whole.length - end.length), call.at) : value.force();
  }),
  versionOlder: define('versionOlder', 2, (call, a, b) => bool(versionOlder(a, b, call), call.at)),
  versionAtLeast: define('versionAtLeast', 2, (call, a, b) => bool(!versionOlder(a, b, call), call.at)),
  getName: define('getName', 1, (call, pkg) => ofPackage('name', 'pname', pkg, call)),
  getVersion: define('getVersion', 1, (call, pkg) => ofPackage('version', 'version', pkg, call)),
  nameFromURL: define('nameFromURL', 2, (call, url, separator) => {
    const file = textOf(url, call).split('/').at(-1) ?? '';
    const between = textOf(separator, call);
    const [name = ''] = between === '' ? [''] : file.split(between);
    return name === file ? fail('assert', 'assertion failed', call.at) : string(name, call.at);
  }),
  fixedWidthString: define('fixedWidthString', 3, (call, width, filler, value) =>
    string(
      fixedWidth(forceInt(width, call), interpolated(filler, call), interpolated(value, call), call),
      call.at,
    ),
  ),
  fixedWidthNumber: define('fixedWidthNumber', 2, (call, width, value) =>
    string(fixedWidth(forceInt(width, call), '0', textOf(value, call), call), call.at),
  ),
  floatToString: define('floatToString', 1, (call, value) => string(textOf(value, call), call.at)),
  isConvertibleWithToString: define('isConvertibleWithToString', 1, (call, value) =>
    bool(isConvertible(value.force(), call), call.at),
  ),
  isStringLike: define('isStringLike', 1, (call, value) => bool(isStringLike(value.force()), call.at)),
  isStorePath: define('isStorePath', 1, (call, value) =>
    bool(
      isStringLike(value.force()) && /^\/(nix\/store\/[^/]+|[0-9a-z]{52})$/.test(textOf(value, call)),
      call.at,
    ),
  ),
  toInt: define('toInt', 1, (call, value) =>
    int(toInt(forceString(value, call), quoted(value, call), call), call.at),
  ),
  toIntBase10: define('toIntBase10', 1, (call, value) =>
    int(toIntBase10(forceString(value, call), quoted(value, call), call), call.at),
  ),
  fileContents: define('fileContents', 1, (call, file) => fileContents(file, call)),
  sanitizeDerivationName: define('sanitizeDerivationName', 1, (call, value) =>
    string(derivationName(interpolated(value, call)), call.at),
  ),
  levenshtein: define('levenshtein', 2, (call, a, b) =>
    int(levenshtein(toBytes(interpolated(a, call)), toBytes(interpolated(b, call)), call), call.at),
  ),
  levenshteinAtMost: define('levenshteinAtMost', 3, (call, most, a, b) =>
    bool(
      BigInt(levenshtein(toBytes(interpolated(a, call)), toBytes(interpolated(b, call)), call)) <=
        forceInt(most, call),
      call.at,
    ),
  ),
  commonPrefixLength: define('commonPrefixLength', 2, (call, a, b) =>
    int(commonPrefix(toBytes(interpolated(a, call)), toBytes(interpolated(b, call))), call.at),
  ),
  commonSuffixLength: define('commonSuffixLength', 2, (call, a, b) =>
    int(commonSuffix(toBytes(interpolated(a, call)), toBytes(interpolated(b, call))), call.at),
  ),
};
