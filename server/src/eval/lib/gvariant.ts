import { forceItems, forceString } from '../arguments';
import { bool, int, list, listOf, nullValue, record, string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type AttrsValue, type Call, type Value } from '../value';
import { field, interpolated, text, textOf, type LibTable } from './support';
import { functionOf } from './trivial';

/** nixpkgs lib/gvariant.nix: values as GNOME's settings write them. */

/** The letters of types that hold nothing else. */
const LETTERS = {
  string: 's',
  boolean: 'b',
  uchar: 'y',
  int16: 'n',
  uint16: 'q',
  int32: 'i',
  uint32: 'u',
  int64: 'x',
  uint64: 't',
  double: 'd',
  variant: 'v',
} as const;

/** The kinds of whole numbers: constructor, type, least and greatest number that Nix can say. */
const INTEGERS: readonly (readonly [name: string, type: string, min: number | null, max: number | null])[] = [
  ['mkInt32', LETTERS.int32, -2147483648, 2147483647],
  ['mkUint32', LETTERS.uint32, 0, 4294967295],
  ['mkInt64', LETTERS.int64, null, null],
  ['mkUint64', LETTERS.uint64, 0, null],
  ['mkInt16', LETTERS.int16, -32768, 32767],
  ['mkUint16', LETTERS.uint16, 0, 65535],
  ['mkUchar', LETTERS.uchar, 0, 255],
];

type Show = (self: AttrsValue, call: Call) => string;

/** How a value is written that says of itself what it is. */
const withType: Show = (self, call) =>
  `@${forceString(field(self, 'type', call), call)} ${textOf(field(self, 'value', call), call)}`;

const plainly: Show = (self, call) => textOf(field(self, 'value', call), call);

function shownItems(self: AttrsValue, call: Call): string {
  return forceItems(field(self, 'value', call), call)
    .map((item) => textOf(item, call))
    .join(',');
}

function typed(type: Thunk, value: Thunk, call: Call, show: Show = withType): AttrsValue {
  const toString = define('__toString', 1, (inner, self) => {
    const set = self.force();
    return set.type === 'attrs'
      ? string(show(set, inner), call.at)
      : fail('type', 'a set was expected', call.at);
  });
  return record(
    { _type: string('gvariant', call.at), type, value, __toString: functionOf(toString, call.at) },
    call.at,
  );
}

function isGVariant(value: Value): boolean {
  const tag = value.type === 'attrs' ? findAttr(value, '_type')?.value.force() : undefined;
  return tag?.type === 'string' && tag.text === 'gvariant';
}

function typeOf(value: Thunk, call: Call): string {
  return forceString(field(value.force(), 'type', call), call);
}

function quoted(value: string): string {
  return value.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n');
}

const boolean = (value: Thunk, call: Call): AttrsValue =>
  typed(text(LETTERS.boolean, call), value, call, (self, inner) => {
    const content = field(self, 'value', inner).force();
    return content.type === 'bool' && content.value ? 'true' : 'false';
  });

const double = (value: Thunk, call: Call): AttrsValue =>
  typed(text(LETTERS.double, call), value, call, plainly);

const stringOf = (value: Thunk, call: Call): AttrsValue =>
  typed(
    text(LETTERS.string, call),
    value,
    call,
    (self, inner) => `'${quoted(forceString(field(self, 'value', inner), inner))}'`,
  );

/** `mkValue`. */
export function gvariantOf(thunk: Thunk, call: Call): Value {
  const value = thunk.force();
  switch (value.type) {
    case 'bool':
      return boolean(thunk, call);
    case 'float':
      return double(thunk, call);
    case 'string':
      return stringOf(thunk, call);
    case 'list':
      return arrayOf(thunk, call);
    case 'int': {
      const fitting = INTEGERS.filter(
        ([, , min, max]) => (min === null || value.value >= min) && (max === null || value.value <= max),
      );
      const choices = fitting.map(([name, type]) => `- \`lib.gvariant.${name}\` for \`${type}\``);
      return fail(
        'throw',
        `The GVariant type for number “${value.value}” is unclear.\nPlease wrap the value with one of the following, depending on the value type in GSettings schema:\n\n${choices.join('\n')}\n`,
        call.at,
      );
    }
    case 'attrs':
      return isGVariant(value)
        ? value
        : fail(
            'throw',
            'Cannot construct GVariant value from an attribute set. If you want to construct a dictionary, you will need to create an array containing items constructed with `lib.gvariant.mkDictionaryEntry`.',
            call.at,
          );
    default:
      return fail(
        'throw',
        `The GVariant type of “${value.type === 'primop' ? 'lambda' : value.type}” can't be inferred.`,
        call.at,
      );
  }
}

function inner(value: Thunk, call: Call): Thunk {
  return lazily(() => gvariantOf(value, call), call.at);
}

function arrayOf(elements: Thunk, call: Call): AttrsValue {
  const values = lazily(() => {
    const items = forceItems(elements, call);
    if (items.length === 0) return fail('throw', 'Please create empty array with mkEmptyArray.', call.at);
    return list(
      items.map((item) => inner(item, call)),
      call.at,
    );
  }, call.at);
  const type = lazily(() => {
    const types = forceItems(values, call).map((item) => typeOf(item, call));
    return types.every((each) => each === types[0])
      ? string(`a${types[0] as string}`, call.at)
      : fail('throw', 'Elements in a list should have same type.', call.at);
  }, call.at);
  return typed(
    type,
    values,
    call,
    (self, at) => `@${forceString(field(self, 'type', at), at)} [${shownItems(self, at)}]`,
  );
}

function maybeOf(type: Thunk, value: Thunk, call: Call): AttrsValue {
  const whole = lazily(() => string(`m${interpolated(type, call)}`, call.at), call.at);
  return typed(whole, value, call, (self, at) => {
    const content = field(self, 'value', at);
    return content.force().type === 'null'
      ? `@${forceString(field(self, 'type', at), at)} nothing`
      : `just ${textOf(content, at)}`;
  });
}

function dictionaryEntry(name: Thunk, value: Thunk, call: Call): AttrsValue {
  const [key, content] = [inner(name, call), inner(value, call)];
  const type = lazily(() => string(`{${typeOf(key, call)}${typeOf(content, call)}}`, call.at), call.at);
  return typed(
    type,
    ready(record({ name, value }, call.at)),
    call,
    (self, at) => `@${forceString(field(self, 'type', at), at)} {${textOf(key, at)},${textOf(content, at)}}`,
  );
}

function tuple(elements: Thunk, call: Call): AttrsValue {
  const values = lazily(
    () =>
      list(
        forceItems(elements, call).map((item) => inner(item, call)),
        call.at,
      ),
    call.at,
  );
  const type = lazily(
    () =>
      string(
        `(${forceItems(values, call)
          .map((item) => typeOf(item, call))
          .join('')})`,
        call.at,
      ),
    call.at,
  );
  return typed(
    type,
    values,
    call,
    (self, at) => `@${forceString(field(self, 'type', at), at)} (${shownItems(self, at)})`,
  );
}

function bound(value: number | null): Value {
  return value === null ? nullValue() : int(value);
}

const types: Readonly<Record<string, Value>> = {
  ...Object.fromEntries(Object.entries(LETTERS).map(([name, letter]) => [name, string(letter)])),
  arrayOf: functionOf(
    define('arrayOf', 1, (call, type) => string(`a${interpolated(type, call)}`, call.at)),
    null,
  ),
  maybeOf: functionOf(
    define('maybeOf', 1, (call, type) => string(`m${interpolated(type, call)}`, call.at)),
    null,
  ),
  tupleOf: functionOf(
    define('tupleOf', 1, (call, all) =>
      string(
        `(${forceItems(all, call)
          .map((type) => interpolated(type, call))
          .join('')})`,
        call.at,
      ),
    ),
    null,
  ),
  dictionaryEntryOf: functionOf(
    define('dictionaryEntryOf', 2, (call, name, value) =>
      string(`{${interpolated(name, call)}${interpolated(value, call)}}`, call.at),
    ),
    null,
  ),
};

function number(name: string, letter: string): LibTable[string] {
  const show = name === 'mkInt32' ? plainly : withType;
  return define(name, 1, (call, value) => typed(text(letter, call), value, call, show));
}

export const gvariant: LibTable = {
  type: ready(record(types)),
  isGVariant: define('isGVariant', 1, (call, value) => bool(isGVariant(value.force()), call.at)),
  intConstructors: ready(
    listOf(
      INTEGERS.map(([name, type, min, max]) =>
        record({ name: string(name), type: string(type), min: bound(min), max: bound(max) }),
      ),
    ),
  ),
  ...Object.fromEntries(INTEGERS.map(([name, letter]) => [name, number(name, letter)])),
  mkValue: define('mkValue', 1, (call, value) => gvariantOf(value, call)),
  mkArray: define('mkArray', 1, (call, elements) => arrayOf(elements, call)),
  mkEmptyArray: define('mkEmptyArray', 1, (call, type) =>
    typed(
      lazily(() => string(`a${interpolated(type, call)}`, call.at), call.at),
      ready(list([], call.at)),
      call,
      (self, at) => `@${forceString(field(self, 'type', at), at)} []`,
    ),
  ),
  mkVariant: define('mkVariant', 1, (call, value) =>
    typed(text(LETTERS.variant, call), inner(value, call), call, (self, at) => `<${plainly(self, at)}>`),
  ),
  mkDictionaryEntry: define('mkDictionaryEntry', 2, (call, name, value) =>
    dictionaryEntry(name, value, call),
  ),
  mkMaybe: define('mkMaybe', 2, (call, type, value) => maybeOf(type, value, call)),
  mkNothing: define('mkNothing', 1, (call, type) => maybeOf(type, ready(nullValue(call.at)), call)),
  mkJust: define('mkJust', 1, (call, value) => {
    const content = inner(value, call);
    return maybeOf(
      lazily(() => field(content.force(), 'type', call).force(), call.at),
      content,
      call,
    );
  }),
  mkTuple: define('mkTuple', 1, (call, elements) => tuple(elements, call)),
  mkBoolean: define('mkBoolean', 1, (call, value) => boolean(value, call)),
  mkString: define('mkString', 1, (call, value) => stringOf(value, call)),
  mkObjectpath: define('mkObjectpath', 1, (call, value) =>
    typed(
      text(LETTERS.string, call),
      value,
      call,
      (self, at) => `objectpath '${forceString(field(self, 'value', at), at).replaceAll("'", "\\'")}'`,
    ),
  ),
  mkDouble: define('mkDouble', 1, (call, value) => double(value, call)),
};
