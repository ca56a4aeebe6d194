import { attrsOf, either, listOf, nullOr } from '../eval/modules/composite-types';
import { UNTYPED } from '../eval/modules/merge';
import type { OptionType } from '../eval/modules/option-type';
import { pathType } from '../eval/modules/path-types';
import {
  anythingType,
  boolType,
  enumType,
  floatType,
  formatType,
  intBetween,
  intType,
  numberType,
  packageType,
  plainAttrsType,
  portType,
  separatedString,
  stringMatching,
  stringType,
  unspecifiedType,
} from '../eval/modules/scalar-types';
import { int, string } from '../eval/construct';

const NAMED: Readonly<Record<string, OptionType>> = {
  boolean: boolType,
  string: stringType,
  'signed integer': intType,
  'unsigned integer, meaning >=0': intBetween(0n, (1n << 63n) - 1n),
  '16 bit unsigned integer; between 0 and 65535 (both inclusive)': portType,
  '32 bit unsigned integer; between 0 and 4294967295 (both inclusive)': intBetween(0n, 4294967295n),
  'floating point number': floatType,
  'signed integer or floating point number': numberType,
  'absolute path': pathType,
  package: packageType,
  anything: anythingType,
  'unspecified value': unspecifiedType,
  'attribute set': plainAttrsType,
  'strings concatenated with "\\n"': separatedString('\n'),
  'strings concatenated with ","': separatedString(','),
  'TOML value': formatType,
  'JSON value': formatType,
  'YAML 1.1 value': formatType,
};

/**
 * The type that a description in NixOS' own words stands for: `null or X`, `list of X`, `attribute set of X`, `X or Y`,
 * `one of "a", 1`, `string matching the pattern P`, `(submodule)`, and the names above.
 * @param submodule the type that `submodule` stands for here
 * @returns a type that accepts anything for words that are not understood
 */
export function parseType(text: string, submodule: OptionType = UNTYPED): OptionType {
  const words = text.trim().replace(/^\((.*)\)$/, '$1');
  const named = NAMED[words];
  if (named !== undefined) return named;
  if (words === 'submodule') return submodule;
  const prefixed = /^(null or|list of|attribute set of|lazy attribute set of) (.+)$/s.exec(words);
  if (prefixed !== null) {
    const element = parseType(prefixed[2] ?? '', submodule);
    switch (prefixed[1]) {
      case 'null or':
        return nullOr(element);
      case 'list of':
        return listOf(element);
      case 'attribute set of':
        return attrsOf(element);
      default:
        return attrsOf(element, true);
    }
  }
  const pattern = /^string matching the pattern (.+)$/s.exec(words);
  if (pattern !== null) return stringMatching(pattern[1] ?? '');
  const oneOf = /^one of (.+)$/s.exec(words);
  if (oneOf !== null) return enumType(enumValues(oneOf[1] ?? ''));
  for (let at = words.indexOf(' or '); at !== -1; at = words.indexOf(' or ', at + 4)) {
    const [left, right] = [
      parseType(words.slice(0, at), submodule),
      parseType(words.slice(at + 4), submodule),
    ];
    if (left !== UNTYPED && right !== UNTYPED) return either(left, right);
  }
  return UNTYPED;
}

function enumValues(list: string): ReturnType<typeof string | typeof int>[] {
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"|(-?\d+)/g)].map((match) =>
    match[2] === undefined ? string(match[1] ?? '') : int(BigInt(match[2])),
  );
}
