import { toBytes } from '../builtins/bytes';
import { InvalidRegex, Regex } from '../builtins/regex';
import { attrs as attrsValue, string } from '../construct';
import { coerceToString } from '../coerce';
import { attempt } from '../thunk';
import { Failure, raise, typeName, Unknown, type Machine, type Value } from '../value';
import { firstDoubt, type Definition } from './definition';
import { mergeAttrs, mergeEqual, mergeLists, mergeOne } from './merge';
import type { OptionType } from './option-type';

/** The types of nixpkgs' lib/types.nix that hold no other type. */

function scalar(
  name: string,
  description: string,
  check: (value: Value, machine: Machine) => boolean,
): OptionType {
  return {
    name,
    description,
    check,
    merge: mergeEqual,
    merged: (other) => (other.name === name ? other : null),
  };
}

export const boolType = scalar('bool', 'boolean', (value) => value.type === 'bool');
export const intType = scalar('int', 'signed integer', (value) => value.type === 'int');
export const floatType = scalar('float', 'floating point number', (value) => value.type === 'float');
export const numberType = scalar(
  'number',
  'signed integer or floating point number',
  (value) => value.type === 'int' || value.type === 'float',
);
export const stringType = scalar('str', 'string', isText);
export const singleLineStringType: OptionType = {
  ...scalar(
    'singleLineStr',
    '(optionally newline-terminated) single-line string',
    (value) => value.type !== 'string' || !value.text.replace(/\n$/, '').includes('\n'),
  ),
};
export const nonEmptyStringType = scalar(
  'nonEmptyStr',
  'non-empty string',
  (value) => value.type !== 'string' || value.text.trim() !== '',
);
export const pathType = scalar('path', 'absolute path', (value, machine) => {
  if (value.type === 'path' || (value.type === 'attrs' && value.entries.has('outPath'))) return true;
  return isText(value) && coerceToString(value, value.origin, machine, { copyPaths: false }).startsWith('/');
});
export const packageType: OptionType = {
  name: 'package',
  description: 'package',
  check: (value) => value.type === 'attrs' || value.type === 'path' || value.type === 'string',
  merge: mergeOne,
};
export const rawType: OptionType = {
  name: 'raw',
  description: 'raw value',
  check: () => true,
  merge: mergeOne,
};

/** An integer in a range, both ends included. */
export function intBetween(
  lowest: bigint,
  highest: bigint,
  name = 'intBetween',
  description = `integer between ${lowest} and ${highest} (both inclusive)`,
): OptionType {
  return scalar(
    name,
    description,
    (value) => value.type === 'int' && value.value >= lowest && value.value <= highest,
  );
}

/** `types.port`. */
export const portType = intBetween(
  0n,
  65535n,
  'unsignedInt16',
  '16 bit unsigned integer; between 0 and 65535 (both inclusive)',
);

/** `types.strMatching`: the whole text must match; a pattern that is none matches everything. */
export function stringMatching(pattern: string): OptionType {
  const expression = regexOrNull(pattern);
  return scalar('strMatching', `string matching the pattern ${pattern}`, (value, machine) => {
    if (value.type !== 'string' || expression === null) return value.type === 'string';
    return expression.matchWhole(toBytes(value.text), (steps) => machine.spend(steps)) !== null;
  });
}

function regexOrNull(pattern: string): Regex | null {
  try {
    return new Regex(toBytes(pattern));
  } catch (error) {
    if (error instanceof InvalidRegex) return null;
    throw error;
  }
}

/** Texts put together with a separator, as `types.lines` and `types.commas` do. */
export function separatedString(
  separator: string,
  name = 'separatedString',
  description = 'string',
): OptionType {
  return {
    name,
    description,
    check: isText,
    merge(definitions, { machine }) {
      const doubt = firstDoubt(definitions);
      if (doubt !== null) return raise(doubt);
      const [first] = definitions;
      if (definitions.length === 1 && first !== undefined) return first.value.force();
      return string(
        definitions
          .map(({ value }) => coerceToString(value.force(), value.origin, machine, { copyPaths: true }))
          .join(separator),
        first?.value.origin ?? null,
      );
    },
    merged: (other) => (other.name === name ? other : null),
  };
}

/** `types.enum`: one of some values. */
export function enumType(values: readonly Value[]): OptionType {
  const shown = values.map((value) =>
    value.type === 'string'
      ? `"${value.text}"`
      : value.type === 'int' || value.type === 'float' || value.type === 'bool'
        ? value.value.toString()
        : typeName(value),
  );
  return {
    name: 'enum',
    description: `one of ${shown.join(', ')}`,
    check: (value, machine) =>
      values.some((allowed) => allowed.type === value.type && scalarEqual(allowed, value, machine)),
    merge: mergeEqual,
    merged: (other) => (other.name === 'enum' ? other : null),
  };
}

function scalarEqual(a: Value, b: Value, machine: Machine): boolean {
  machine.spend(1);
  if (a.type === 'string' && b.type === 'string') return a.text === b.text;
  if ((a.type === 'int' || a.type === 'bool') && b.type === a.type) return a.value === b.value;
  return a.type === 'null' && b.type === 'null';
}

function isText(value: Value): boolean {
  return value.type === 'string';
}

/** `types.attrs`: sets merged by `//`, later ones winning. */
export const plainAttrsType: OptionType = {
  name: 'attrs',
  description: 'attribute set',
  check: (value) => value.type === 'attrs',
  merge: (definitions, context) => mergeAttrs(definitions, context, lastWins, true),
  emptyValue: attrsValue(new Map()),
};

const lastWins: OptionType = {
  ...rawType,
  merge: (definitions) =>
    definitions.length === 1 ? (definitions[0] as Definition).value.force() : lastOf(definitions),
};

function lastOf(definitions: readonly Definition[]): Value {
  const doubt = firstDoubt(definitions);
  if (doubt !== null) return raise(doubt);
  return (definitions[definitions.length - 1] as Definition).value.force();
}

/** `types.anything`: sets merge deeply, functions by their results, the rest must be equal. */
export const anythingType: OptionType = {
  name: 'anything',
  description: 'anything',
  check: () => true,
  merge(definitions, context) {
    const kinds = new Set(
      definitions.flatMap(({ value }) => {
        const known = attempt(() => value.force());
        return known instanceof Unknown || known instanceof Failure ? [] : [known.type];
      }),
    );
    if (kinds.size === 1 && kinds.has('attrs')) {
      const plain = definitions.every(({ value }) => {
        const known = attempt(() => value.force());
        return (
          known instanceof Unknown ||
          known instanceof Failure ||
          known.type !== 'attrs' ||
          !known.entries.has('outPath')
        );
      });
      return plain ? mergeAttrs(definitions, context, anythingType, true) : mergeOne(definitions, context);
    }
    if (kinds.size === 1 && kinds.has('list') && definitions.length > 1)
      return mergeEqual(definitions, context);
    return definitions.length === 1 ? mergeOne(definitions, context) : mergeEqual(definitions, context);
  },
};

/**
 * The value of a file format (`pkgs.formats.toml {}` and its kin): sets merge deeply, lists follow each other, the rest
 * must be equal.
 */
export const formatType: OptionType = {
  name: 'format',
  description: 'value of a configuration file',
  check: () => true,
  merge(definitions, context) {
    const first = definitions
      .map(({ value }) => attempt(() => value.force()))
      .find((value): value is Value => !(value instanceof Unknown) && !(value instanceof Failure));
    if (first?.type === 'attrs') return mergeAttrs(definitions, context, formatType, true);
    if (first?.type === 'list') return mergeLists(definitions, context, (item) => item);
    return mergeEqual(definitions, context);
  },
};
