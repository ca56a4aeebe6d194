import { toBytes } from '../builtins/bytes';
import { InvalidRegex, Regex } from '../builtins/regex';
import { writeString } from '../../nix/write';
import { equal } from '../compare';
import { attrs, bool, listOf, nullValue, record, string } from '../construct';
import { coerceToString } from '../coerce';
import { findAttr } from '../interpret';
import { inspect } from '../thunk';
import { fail, Failure, raise, Unknown, unknown, type Machine, type Value } from '../value';
import { either } from './composite-types';
import { knownValues, mergeByUpdate, mergeDefault, mergedFunctions } from './default-merge';
import { firstDoubt } from './definition';
import { mergeAttrs, mergeEqual, mergeLists, mergeOne } from './merge';
import { derivedType, FREE_MACHINE, functorOf, type DescriptionClass, type OptionType } from './option-type';
import { showOption } from './show-option';

/** The types of nixpkgs' lib/types.nix that hold no other type. */

function scalar(
  name: string,
  description: string,
  check: (value: Value, machine: Machine) => boolean,
): OptionType {
  const type: OptionType = {
    name,
    description,
    descriptionClass: 'noun',
    check,
    buildsNothing: true,
    merge: mergeEqual,
    merged: (other) => (functorOf(other) === name ? type : null),
  };
  return type;
}

export const boolType = scalar('bool', 'boolean', (value) => value.type === 'bool');
export const intType = scalar('int', 'signed integer', (value) => value.type === 'int');
export const floatType = scalar('float', 'floating point number', (value) => value.type === 'float');
/** `types.number`. */
export const numberType = either(intType, floatType);
export const stringType = scalar('str', 'string', isText);
export const nonEmptyStringType = scalar(
  'nonEmptyStr',
  'non-empty string',
  (value) => value.type === 'string' && !/^[ \t\n]*$/.test(value.text),
);
/** A text of one line; a newline at its end is dropped. */
export const singleLineStringType: OptionType = {
  ...scalar(
    'singleLineStr',
    '(optionally newline-terminated) single-line string',
    (value) => value.type === 'string' && /^[^\n\r]*\n?$/.test(value.text),
  ),
  merge(definitions, context) {
    const value = mergeEqual(definitions, context);
    return value.type === 'string' && value.text.endsWith('\n')
      ? string(value.text.slice(0, -1), value.origin)
      : value;
  },
};

/** `types.boolByOr`: true where one definition is. */
export const boolByOrType: OptionType = {
  ...scalar('boolByOr', 'boolean (merged using or)', (value) => value.type === 'bool'),
  merge(definitions, { open }) {
    let doubt = open;
    for (const { value, maybe } of definitions) {
      const known = inspect(value);
      if (known instanceof Failure) return raise(known);
      if (known instanceof Unknown) doubt ??= known;
      else if (known.type === 'bool' && known.value) {
        if (maybe === null) return known;
        doubt ??= maybe;
      }
    }
    return doubt === null ? bool(false, definitions[0]?.value.origin ?? null) : raise(doubt);
  },
};

/** A derivation, or a path of the store. Whether a path of the repository is one, is not known. */
function isPackage(value: Value): boolean {
  switch (value.type) {
    case 'attrs': {
      const tag = findAttr(value, 'type')?.value.force();
      return (tag?.type === 'string' && tag.text === 'derivation') || value.entries.has('outPath');
    }
    case 'string':
      return /^\/nix\/store\/[a-z0-9]{32}-[^/]+$/.test(value.text);
    case 'path':
      return unknown(
        'external',
        'whether a path of the repository is in the store is not known',
        value.origin,
      );
    default:
      return false;
  }
}

export const packageType: OptionType = {
  name: 'package',
  description: 'package',
  descriptionClass: 'noun',
  check: isPackage,
  merge: mergeOne,
  merged: (other) => (other.name === 'package' ? packageType : null),
};
export const rawType: OptionType = {
  name: 'raw',
  description: 'raw value',
  descriptionClass: 'noun',
  check: () => true,
  merge: mergeOne,
  merged: (other) => (other.name === 'raw' ? rawType : null),
};
/** `types.unspecified`, which is also the type of an option that is declared without one. */
export const unspecifiedType: OptionType = {
  name: 'unspecified',
  description: 'unspecified value',
  descriptionClass: 'noun',
  check: () => true,
  merge: mergeDefault,
  merged: (other) => (other.name === 'unspecified' ? unspecifiedType : null),
};

/** An integer in a range, both ends included. */
export function intBetween(
  lowest: bigint,
  highest: bigint,
  name = 'intBetween',
  description = `integer between ${lowest} and ${highest} (both inclusive)`,
  descriptionClass: DescriptionClass = 'noun',
): OptionType {
  return derivedType(intType, {
    name,
    description,
    descriptionClass,
    functor: 'int',
    check: (value) => value.type === 'int' && value.value >= lowest && value.value <= highest,
  });
}

/** An integer of so many bits, as `types.ints.u8` and its kin are. */
export function intOfBits(bits: 8 | 16 | 32, signed: boolean): OptionType {
  const range = 1n << BigInt(bits);
  const [lowest, highest] = signed ? [-range / 2n, range / 2n - 1n] : [0n, range - 1n];
  return intBetween(
    lowest,
    highest,
    `${signed ? 'signed' : 'unsigned'}Int${bits}`,
    `${bits} bit ${signed ? 'signed' : 'unsigned'} integer; between ${lowest} and ${highest} (both inclusive)`,
  );
}

/** `types.port`. */
export const portType = intOfBits(16, false);

/** `types.strMatching`: the whole text must match; a pattern that is none matches everything. */
export function stringMatching(pattern: string): OptionType {
  const expression = regexOrNull(pattern);
  const type: OptionType = {
    ...scalar(
      `strMatching ${writeString(pattern)}`,
      `string matching the pattern ${pattern}`,
      (value, machine) => {
        if (value.type !== 'string' || expression === null) return value.type === 'string';
        return expression.matchWhole(toBytes(value.text), (steps) => machine.spend(steps)) !== null;
      },
    ),
    functor: 'strMatching',
    merged: (other) => (other.name === type.name ? type : null),
    payload: () => record({ pattern: string(pattern) }),
  };
  return type;
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
  description = `strings concatenated with ${JSON.stringify(separator)}`,
): OptionType {
  const type: OptionType = {
    name: 'separatedString',
    description,
    descriptionClass: 'noun',
    check: isText,
    merge(definitions, { machine, open }) {
      const doubt = firstDoubt(definitions) ?? open;
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
    merged: (other) => (SEPARATORS.get(other) === separator ? type : null),
    payload: () => record({ sep: string(separator) }),
  };
  SEPARATORS.set(type, separator);
  return type;
}

const SEPARATORS = new WeakMap<OptionType, string>();

/** `types.enum`: one of some values. */
export function enumType(values: readonly Value[]): OptionType {
  const [only] = values;
  const type: OptionType = {
    name: 'enum',
    buildsNothing: true,
    description:
      only === undefined
        ? 'impossible (empty enum)'
        : values.length === 1
          ? `value ${shownInEnum(only)} (singular enum)`
          : `one of ${values.map(shownInEnum).join(', ')}`,
    descriptionClass: values.length < 2 ? 'noun' : 'conjunction',
    check: (value, machine) => values.some((allowed) => equal(allowed, value, machine)),
    merge: mergeEqual,
    merged(other) {
      const more = ENUM_VALUES.get(other);
      if (more === undefined) return null;
      const both = [...values];
      for (const value of more)
        if (!both.some((known) => equal(known, value, FREE_MACHINE))) both.push(value);
      return enumType(both);
    },
    payload: () => record({ values: listOf(values) }),
  };
  ENUM_VALUES.set(type, values);
  return type;
}

const ENUM_VALUES = new WeakMap<OptionType, readonly Value[]>();

function shownInEnum(value: Value): string {
  switch (value.type) {
    case 'string':
      return `"${value.text}"`;
    case 'int':
    case 'bool':
      return value.value.toString();
    case 'attrs':
      return '<set>';
    case 'primop':
      return '<lambda>';
    default:
      return `<${value.type}>`;
  }
}

function isText(value: Value): boolean {
  return value.type === 'string';
}

/** `types.attrs`: sets merged by `//`, later ones winning. */
export const plainAttrsType: OptionType = {
  name: 'attrs',
  description: 'attribute set',
  check: (value) => value.type === 'attrs',
  merge: mergeByUpdate,
  emptyValue: attrs(new Map()),
  merged: (other) => (other.name === 'attrs' ? plainAttrsType : null),
};

/** `types.anything`: sets merge deeply, functions by their results, the rest must be equal. */
export const anythingType: OptionType = {
  name: 'anything',
  description: 'anything',
  descriptionClass: 'noun',
  check: () => true,
  merge(definitions, context) {
    const kinds = new Set(knownValues(definitions).map(kindOf));
    if (kinds.size > 1)
      return fail('throw', `The option \`${showOption(context.loc)}' has conflicting option types`);
    const [kind] = kinds;
    if (kind === 'attrs') return mergeAttrs(definitions, context, anythingType, false);
    if (kind === 'function')
      return mergedFunctions(definitions, context, (results, inside) => anythingType.merge(results, inside));
    return kind === 'text' ? mergeOne(definitions, context) : mergeEqual(definitions, context);
  },
  merged: (other) => (other.name === 'anything' ? anythingType : null),
};

function kindOf(value: Value): string {
  if (value.type === 'attrs')
    return value.entries.has('outPath') || value.entries.has('__toString') ? 'text' : 'attrs';
  return value.type === 'lambda' || value.type === 'primop' ? 'function' : value.type;
}

/**
 * The value of a file format (`pkgs.formats.toml {}` and its kin): sets merge deeply, lists follow each other, the rest
 * must be equal.
 */
export const formatType: OptionType = serializableType('configuration file', true);

/**
 * `types.serializableValueWith`, and the `type` of `pkgs.formats`.
 * @param format what the description calls the values, such as `JSON`
 * @param nullable whether the format has null
 */
export function serializableType(format: string, nullable: boolean): OptionType {
  const type: OptionType = {
    name: nullable ? 'nullOr' : 'either',
    description: `${format} value`,
    descriptionClass: 'conjunction',
    check: (value) => (value.type === 'null' ? nullable : value.type !== 'lambda' && value.type !== 'primop'),
    merge(definitions, context) {
      const [first] = knownValues(definitions);
      if (first?.type === 'attrs' && kindOf(first) === 'attrs')
        return mergeAttrs(definitions, context, type, false);
      if (first?.type === 'list') return mergeLists(definitions, context, (item) => item);
      return mergeEqual(definitions, context);
    },
    ...(nullable ? { emptyValue: nullValue() } : {}),
    merged: (other) => (other.description === type.description ? type : null),
  };
  return type;
}
