import { forceAttrs, forceBool, forceInt, forceItems, forceString } from '../arguments';
import { attr, attrs } from '../construct';
import { apply } from '../interpret';
import {
  addCheck,
  attrsOf,
  coercedTo,
  either,
  functionTo,
  listOf,
  nullOr,
  oneOf,
  unique,
} from '../modules/composite-types';
import { mergeOne, UNTYPED } from '../modules/merge';
import { optionTypeOf, type OptionType } from '../modules/option-type';
import {
  anythingType,
  boolType,
  enumType,
  floatType,
  intBetween,
  intType,
  nonEmptyStringType,
  numberType,
  packageType,
  pathType,
  plainAttrsType,
  portType,
  rawType,
  separatedString,
  singleLineStringType,
  stringMatching,
  stringType,
} from '../modules/scalar-types';
import { deferredModuleType, submoduleType } from '../modules/submodule-type';
import { define, functionValue } from '../primop';
import { inspect, ready, type Thunk } from '../thunk';
import {
  fail,
  Failure,
  raise,
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
  boolByOr: { ...boolType, name: 'boolByOr' },
  commas: separatedString(',', 'commas', 'strings concatenated with ","'),
  deferredModule: deferredModuleType,
  envVar: separatedString(':', 'envVar', 'strings concatenated with ":"'),
  float: floatType,
  int: intType,
  lines: separatedString('\n', 'lines', 'strings concatenated with "\\n"'),
  nonEmptyStr: nonEmptyStringType,
  number: numberType,
  optionType: { ...rawType, name: 'optionType', description: 'optionType' },
  package: packageType,
  path: pathType,
  pathInStore: { ...pathType, name: 'pathInStore' },
  externalPath: { ...pathType, name: 'externalPath' },
  pkgs: { ...rawType, name: 'pkgs', description: 'Nixpkgs package set' },
  port: portType,
  raw: rawType,
  shellPackage: { ...packageType, name: 'shellPackage' },
  singleLineStr: singleLineStringType,
  str: stringType,
  string: separatedString('', 'string', 'string'),
  unspecified: { ...rawType, name: 'unspecified', description: 'unspecified value' },
};

const INTS: Readonly<Record<string, OptionType>> = {
  positive: intBetween(1n, MAX_SIGNED, 'positiveInt', 'positive integer, meaning >0'),
  unsigned: intBetween(0n, MAX_SIGNED, 'unsignedInt', 'unsigned integer, meaning >=0'),
  u8: intBetween(0n, 255n, 'unsignedInt8'),
  u16: intBetween(0n, 65535n, 'unsignedInt16'),
  u32: intBetween(0n, 4294967295n, 'unsignedInt32'),
  s8: intBetween(-128n, 127n, 'signedInt8'),
  s16: intBetween(-32768n, 32767n, 'signedInt16'),
  s32: intBetween(-2147483648n, 2147483647n, 'signedInt32'),
};

/** The type an argument stands for; one this engine does not know merges without a type. */
function typeArgument(thunk: Thunk, call: Call): OptionType {
  const value = inspect(thunk);
  if (value instanceof Failure) return raise(value);
  if (value instanceof Unknown) return UNTYPED;
  return (
    optionTypeOf(value) ?? (value.type === 'attrs' ? UNTYPED : fail('type', 'a type was expected', call.at))
  );
}

function of(name: string, build: (element: OptionType) => OptionType): Primop {
  return define(name, 1, (call, element) => typeValue(build(typeArgument(element, call))));
}

function moduleInputs(thunk: Thunk, name: string): { value: Thunk; file: string; key: string }[] {
  return [{ value: thunk, file: thunk.origin?.anchor.source ?? '', key: `:${name}` }];
}

function submoduleWith(argument: Thunk, call: Call): Value {
  const given = forceAttrs(argument, call);
  const modules = given.entries.get('modules')?.value;
  const special = given.entries.get('specialArgs')?.value.force();
  const only = given.entries.get('shorthandOnlyDefinesConfig')?.value;
  return typeValue(
    submoduleType({
      modules:
        modules === undefined
          ? []
          : forceItems(modules, call).flatMap((value, index) =>
              moduleInputs(value, `submodule-${index + 1}`),
            ),
      specialArgs: new Map<string, Attr>(special?.type === 'attrs' ? special.entries : []),
      shorthandOnlyDefinesConfig: only !== undefined && forceBool(only, call),
      lib: libThunk,
    }),
  );
}

const CONSTRUCTORS: Readonly<Record<string, Primop>> = {
  addCheck: define('addCheck', 2, (call, type, check) =>
    typeValue(
      addCheck(typeArgument(type, call), (value) => {
        const result = apply(check.force(), ready(value), call.at, call.machine);
        return result.type === 'bool' && result.value;
      }),
    ),
  ),
  attrsOf: of('attrsOf', attrsOf),
  attrsWith: define('attrsWith', 1, (call, argument) => {
    const given = forceAttrs(argument, call);
    const element = given.entries.get('elemType')?.value;
    const lazy = given.entries.get('lazy')?.value;
    return typeValue(
      attrsOf(
        element === undefined ? UNTYPED : typeArgument(element, call),
        lazy !== undefined && forceBool(lazy, call),
      ),
    );
  }),
  coercedTo: define('coercedTo', 3, (call, from, change, to) =>
    typeValue(coercedTo(typeArgument(from, call), change.force(), typeArgument(to, call))),
  ),
  either: define('either', 2, (call, left, right) =>
    typeValue(either(typeArgument(left, call), typeArgument(right, call))),
  ),
  enum: define('enum', 1, (call, values) =>
    typeValue(enumType(forceItems(values, call).map((item) => item.force()))),
  ),
  functionTo: of('functionTo', functionTo),
  lazyAttrsOf: of('lazyAttrsOf', (element) => attrsOf(element, true)),
  listOf: of('listOf', listOf),
  loaOf: of('loaOf', attrsOf),
  nonEmptyListOf: of('nonEmptyListOf', (element) =>
    addCheck(listOf(element), (value) => value.type !== 'list' || value.items.length > 0),
  ),
  nullOr: of('nullOr', nullOr),
  oneOf: define('oneOf', 1, (call, types) =>
    typeValue(oneOf(forceItems(types, call).map((type) => typeArgument(type, call)))),
  ),
  separatedString: define('separatedString', 1, (call, separator) =>
    typeValue(separatedString(forceString(separator, call))),
  ),
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
  deferredModuleWith: define('deferredModuleWith', 1, () => typeValue(deferredModuleType)),
  passwdEntry: of('passwdEntry', (type) => type),
  uniq: of('uniq', unique),
  unique: define('unique', 2, (call, _message, type) => typeValue(unique(typeArgument(type, call)))),
  mkOptionType: define('mkOptionType', 1, (call, argument) =>
    typeValue(ownType(forceAttrs(argument, call), call)),
  ),
};

const INT_CONSTRUCTORS: Readonly<Record<string, Primop>> = {
  between: define('between', 2, (call, low, high) =>
    typeValue(intBetween(forceInt(low, call), forceInt(high, call))),
  ),
};

/** A type that the repository makes itself by `mkOptionType`. */
export function ownType(given: AttrsValue, call: Call): OptionType {
  const field = (name: string): Thunk | undefined => given.entries.get(name)?.value;
  const name = field('name');
  const check = field('check');
  const merge = field('merge');
  const shown = name === undefined ? 'own type' : forceString(name, call);
  return {
    name: shown,
    description: shown,
    check(value, machine) {
      if (check === undefined) return true;
      const result = apply(check.force(), ready(value), call.at, machine);
      return result.type !== 'bool' || result.value;
    },
    merge(definitions, context) {
      if (merge === undefined || definitions.length === 1) return mergeOne(definitions, context);
      return raise(
        new Unknown(
          'unsupported',
          `\`${context.loc.join('.')}\` has a type with a merge function of its own`,
          call.at,
        ),
      );
    },
  };
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
  return attrs(entries);
}
