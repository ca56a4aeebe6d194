import { forceAttrs, forceBool, forceInt, forceItems, forceString } from '../arguments';
import { attr, attrs, record, string } from '../construct';
import { apply, findAttr } from '../interpret';
import {
  addCheck,
  attrsOf,
  coercedTo,
  either,
  functionTo,
  listOf,
  nonEmptyListOf,
  nullOr,
  oneOf,
  unique,
} from '../modules/composite-types';
import { UNTYPED } from '../modules/merge';
import {
  deferredType,
  derivedType,
  mergedType,
  phrase,
  type DescriptionClass,
  type OptionType,
} from '../modules/option-type';
import { ownType, typeOfSet } from '../modules/own-type';
import { pathType, pathWith } from '../modules/path-types';
import {
  anythingType,
  boolByOrType,
  boolType,
  enumType,
  floatType,
  intBetween,
  intOfBits,
  intType,
  nonEmptyStringType,
  numberType,
  packageType,
  plainAttrsType,
  portType,
  rawType,
  separatedString,
  serializableType,
  singleLineStringType,
  stringMatching,
  stringType,
  unspecifiedType,
} from '../modules/scalar-types';
import { deferredModule, submoduleType } from '../modules/submodule-type';
import {
  attrTag,
  filesetType,
  luaInlineType,
  optionDeclarationType,
  optionTypeType,
  packageSetType,
} from '../modules/tag-types';
import { define, functionValue } from '../primop';
import { inspect, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type Attr,
  type AttrsValue,
  type Call,
  type Primop,
  type Value,
} from '../value';
import { libThunk } from './modules';
import { typeValue } from './type-value';

/** lib/types.nix: the types that options have. */

const MAX_SIGNED = (1n << 63n) - 1n;

const SIMPLE: Readonly<Record<string, OptionType>> = {
  anything: anythingType,
  attrs: plainAttrsType,
  bool: boolType,
  boolByOr: boolByOrType,
  commas: separatedString(','),
  deferredModule: deferredModule([], libThunk),
  envVar: separatedString(':'),
  externalPath: pathWith({ absolute: true, inStore: false }),
  fileset: filesetType,
  float: floatType,
  int: intType,
  json: serializableType('JSON', true),
  lines: separatedString('\n'),
  luaInline: luaInlineType,
  nonEmptyStr: nonEmptyStringType,
  number: numberType,
  optionDeclaration: optionDeclarationType,
  optionType: optionTypeType,
  package: packageType,
  path: pathType,
  pathInStore: pathWith({ absolute: null, inStore: true }),
  pkgs: packageSetType,
  port: portType,
  raw: rawType,
  shellPackage: derivedType(packageType, { name: 'package' }),
  singleLineStr: singleLineStringType,
  str: stringType,
  string: separatedString('', 'string'),
  toml: serializableType('TOML', false),
  unspecified: unspecifiedType,
};

const INTS: Readonly<Record<string, OptionType>> = {
  positive: intBetween(1n, MAX_SIGNED, 'positiveInt', 'positive integer, meaning >0', 'nonRestrictiveClause'),
  unsigned: intBetween(
    0n,
    MAX_SIGNED,
    'unsignedInt',
    'unsigned integer, meaning >=0',
    'nonRestrictiveClause',
  ),
  u8: intOfBits(8, false),
  u16: portType,
  u32: intOfBits(32, false),
  s8: intOfBits(8, true),
  s16: intOfBits(16, true),
  s32: intOfBits(32, true),
};

const NUMBERS: Readonly<Record<string, OptionType>> = {
  nonnegative: numberWhere(
    (value) => value >= 0,
    'numberNonnegative',
    'nonnegative integer or floating point number, meaning >=0',
  ),
  positive: numberWhere(
    (value) => value > 0,
    'numberPositive',
    'positive integer or floating point number, meaning >0',
  ),
};

function numberWhere(
  holds: (value: number) => boolean,
  name: string,
  description: string,
  descriptionClass: DescriptionClass = 'nonRestrictiveClause',
): OptionType {
  const checked = addCheck(numberType, (value) =>
    value.type === 'int' || value.type === 'float' ? holds(Number(value.value)) : false,
  );
  return derivedType(checked, { name, functor: 'either', description, descriptionClass });
}

/** The type an argument stands for; one this engine does not know merges without a type. */
function typeArgument(thunk: Thunk, call: Call): OptionType {
  const value = inspect(thunk);
  if (value instanceof Failure) return raise(value);
  if (value instanceof Unknown) return UNTYPED;
  return (
    typeOfSet(value) ?? (value.type === 'attrs' ? UNTYPED : fail('type', 'a type was expected', call.at))
  );
}

/** The same, looked at when it is used: types may contain themselves. */
function laterType(thunk: Thunk, call: Call): OptionType {
  return thunk.forced ? typeArgument(thunk, call) : deferredType(() => typeArgument(thunk, call));
}

/** A type that is made of another one. */
function of(name: string, build: (element: OptionType) => OptionType): Primop {
  return define(name, 1, (call, element) => typeValue(build(laterType(element, call))));
}

function moduleInputs(thunk: Thunk, name: string): { value: Thunk; file: string; key: string }[] {
  return [{ value: thunk, file: thunk.origin?.anchor.source ?? '', key: `:${name}` }];
}

/** An argument that is there and not null. */
function given(set: AttrsValue, name: string): Thunk | null {
  const found = findAttr(set, name);
  return found === null || found.value.force().type === 'null' ? null : found.value;
}

function submoduleWith(argument: Thunk, call: Call): Value {
  const set = forceAttrs(argument, call);
  const modules = given(set, 'modules');
  const special = given(set, 'specialArgs')?.force();
  const only = findAttr(set, 'shorthandOnlyDefinesConfig')?.value;
  const description = given(set, 'description');
  const kind = given(set, 'class');
  return typeValue(
    submoduleType({
      modules:
        modules === null
          ? []
          : forceItems(modules, call).flatMap((value, index) =>
              moduleInputs(value, `submodule-${index + 1}`),
            ),
      specialArgs: new Map<string, Attr>(special?.type === 'attrs' ? special.entries : []),
      shorthandOnlyDefinesConfig:
        only === undefined ? false : only.force().type === 'null' ? null : forceBool(only, call),
      class: kind === null ? null : forceString(kind, call),
      description: description === null ? null : forceString(description, call),
      lib: libThunk,
    }),
  );
}

function attrsWith(argument: Thunk, call: Call): Value {
  const set = forceAttrs(argument, call);
  const element = findAttr(set, 'elemType')?.value;
  const lazy = findAttr(set, 'lazy')?.value;
  const placeholder = findAttr(set, 'placeholder')?.value;
  return typeValue(
    attrsOf(
      element === undefined ? UNTYPED : laterType(element, call),
      lazy !== undefined && forceBool(lazy, call),
      placeholder === undefined ? 'name' : forceString(placeholder, call),
    ),
  );
}

function flagOf(set: AttrsValue, name: string, call: Call): boolean | null {
  const value = given(set, name);
  return value === null ? null : forceBool(value, call);
}

function isTrue(result: Value, call: Call): boolean {
  return result.type === 'bool'
    ? result.value
    : fail('type', `value is ${typeName(result)} while a Boolean was expected`, call.at);
}

/** What a package's entry in `/etc/passwd` cannot hold. */
function passwdEntry(type: OptionType): OptionType {
  const checked = addCheck(type, (value) => value.type !== 'string' || !/[:\n]/.test(value.text));
  return derivedType(checked, {
    get name() {
      return `passwdEntry ${type.name}`;
    },
    get description() {
      return `${phrase(type, 'noun')}, not containing newlines or colons`;
    },
    descriptionClass: 'nonRestrictiveClause',
  });
}

const CONSTRUCTORS: Readonly<Record<string, Primop>> = {
  addCheck: define('addCheck', 2, (call, type, check) =>
    typeValue(
      addCheck(typeArgument(type, call), (value, machine) =>
        isTrue(apply(check.force(), ready(value), call.at, machine), call),
      ),
    ),
  ),
  attrTag: define('attrTag', 1, (call, tags) => typeValue(attrTag(forceAttrs(tags, call)))),
  attrsOf: of('attrsOf', (element) => attrsOf(element)),
  attrsWith: define('attrsWith', 1, (call, argument) => attrsWith(argument, call)),
  coercedTo: define('coercedTo', 3, (call, from, change, to) =>
    typeValue(coercedTo(typeArgument(from, call), change, laterType(to, call))),
  ),
  deferredModuleWith: define('deferredModuleWith', 1, (call, argument) => {
    const fixed = given(forceAttrs(argument, call), 'staticModules');
    return typeValue(deferredModule(fixed === null ? [] : forceItems(fixed, call), libThunk));
  }),
  either: define('either', 2, (call, left, right) =>
    typeValue(either(laterType(left, call), laterType(right, call))),
  ),
  enum: define('enum', 1, (call, values) =>
    typeValue(enumType(forceItems(values, call).map((item) => item.force()))),
  ),
  functionTo: of('functionTo', functionTo),
  lazyAttrsOf: of('lazyAttrsOf', (element) => attrsOf(element, true)),
  listOf: of('listOf', listOf),
  loaOf: of('loaOf', (element) => derivedType(attrsOf(element), { name: 'loaOf' })),
  mkOptionType: define('mkOptionType', 1, (call, argument) => ownTypeValue(forceAttrs(argument, call))),
  mergeTypes: define('mergeTypes', 2, (call, first, second) => {
    const both = mergedType(typeArgument(first, call), typeArgument(second, call));
    return both === null
      ? record({ _type: string('merge-error'), error: string('Cannot merge types') }, call.at)
      : typeValue(both);
  }),
  nonEmptyListOf: of('nonEmptyListOf', nonEmptyListOf),
  nullOr: of('nullOr', nullOr),
  oneOf: define('oneOf', 1, (call, types) =>
    typeValue(oneOf(forceItems(types, call).map((type) => laterType(type, call)))),
  ),
  optionDescriptionPhrase: define('optionDescriptionPhrase', 2, (call, unparenthesize, type) => {
    const set = typeValue(typeArgument(type, call));
    const bare = apply(
      unparenthesize.force(),
      (set.entries.get('descriptionClass') as Attr).value,
      call.at,
      call.machine,
    );
    const { description } = typeArgument(type, call);
    return string(isTrue(bare, call) ? description : `(${description})`, call.at);
  }),
  passwdEntry: of('passwdEntry', passwdEntry),
  pathWith: define('pathWith', 1, (call, argument) => {
    const set = forceAttrs(argument, call);
    return typeValue(
      pathWith({ inStore: flagOf(set, 'inStore', call), absolute: flagOf(set, 'absolute', call) }),
    );
  }),
  separatedString: define('separatedString', 1, (call, separator) =>
    typeValue(separatedString(forceString(separator, call))),
  ),
  serializableValueWith: define('serializableValueWith', 1, (call, argument) => {
    const set = forceAttrs(argument, call);
    const format = findAttr(set, 'typeName');
    if (format === null) return fail('type', "function called without required argument 'typeName'", call.at);
    const nullable = findAttr(set, 'nullable');
    return typeValue(
      serializableType(forceString(format.value, call), nullable === null || forceBool(nullable.value, call)),
    );
  }),
  strMatching: define('strMatching', 1, (call, pattern) =>
    typeValue(stringMatching(forceString(pattern, call))),
  ),
  submodule: define('submodule', 1, (_call, module) => {
    const known = inspect(module);
    const list =
      !(known instanceof Unknown) && !(known instanceof Failure) && known.type === 'list'
        ? known.items
        : [module];
    return typeValue(
      submoduleType({
        modules: list.flatMap((value, index) => moduleInputs(value, `submodule-${index + 1}`)),
        specialArgs: new Map(),
        shorthandOnlyDefinesConfig: true,
        lib: libThunk,
      }),
    );
  }),
  submoduleWith: define('submoduleWith', 1, (call, argument) => submoduleWith(argument, call)),
  uniq: of('uniq', (type) => unique(type)),
  unique: define('unique', 2, (call, argument, type) => {
    const message = findAttr(forceAttrs(argument, call), 'message');
    return typeValue(unique(laterType(type, call), message === null ? '' : forceString(message.value, call)));
  }),
};

const INT_CONSTRUCTORS: Readonly<Record<string, Primop>> = {
  between: define('between', 2, (call, low, high) => {
    const [lowest, highest] = [forceInt(low, call), forceInt(high, call)];
    return lowest > highest
      ? fail('throw', 'ints.between: lowest must be smaller than highest', call.at)
      : typeValue(intBetween(lowest, highest));
  }),
};

const NUMBER_CONSTRUCTORS: Readonly<Record<string, Primop>> = {
  between: define('between', 2, (call, low, high) => {
    const bounds = [low.force(), high.force()].map((value) =>
      value.type === 'int' || value.type === 'float'
        ? Number(value.value)
        : fail('type', `value is ${typeName(value)} while a number was expected`, call.at),
    );
    const [lowest = 0, highest = 0] = bounds;
    return typeValue(
      numberWhere(
        (value) => value >= lowest && value <= highest,
        'numberBetween',
        `integer or floating point number between ${lowest} and ${highest} (both inclusive)`,
        'noun',
      ),
    );
  }),
};

/** What `mkOptionType` makes: the type's own fields over those that every type has. */
function ownTypeValue(fields: AttrsValue): AttrsValue {
  const type = ownType(fields);
  const set = typeValue(type);
  const entries = new Map([...set.entries, ...fields.entries]);
  const description = fields.entries.get('description');
  const name = fields.entries.get('name');
  if (description === undefined && name !== undefined) entries.set('description', name);
  return { ...attrs(entries, fields.origin, fields.open), native: type };
}

/** The set `lib.types`. */
export function typesValue(): AttrsValue {
  const entries = new Map<string, Attr>();
  for (const [name, type] of Object.entries(SIMPLE)) entries.set(name, attr(ready(typeValue(type))));
  for (const [name, primop] of Object.entries(CONSTRUCTORS))
    entries.set(name, attr(ready(functionValue(primop))));
  const ints = new Map<string, Attr>();
  for (const [name, type] of Object.entries(INTS)) ints.set(name, attr(ready(typeValue(type))));
  for (const [name, primop] of Object.entries(INT_CONSTRUCTORS))
    ints.set(name, attr(ready(functionValue(primop))));
  entries.set('ints', attr(ready(attrs(ints))));
  const numbers = new Map<string, Attr>();
  for (const [name, type] of Object.entries(NUMBERS)) numbers.set(name, attr(ready(typeValue(type))));
  for (const [name, primop] of Object.entries(NUMBER_CONSTRUCTORS))
    numbers.set(name, attr(ready(functionValue(primop))));
  entries.set('numbers', attr(ready(attrs(numbers))));
  return attrs(entries);
}
