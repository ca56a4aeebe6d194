import { inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Value } from '../eval/value';
import { writeAttrName, writeString } from '../nix/write';

type Known = Value | Unknown | Failure;
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const MOST = 8;
const DEEPEST = 4;

/** A value on one line: a text as it is, the rest as Nix, shortened. */
export function valueText(value: Known): string {
  if (!(value instanceof Unknown) && !(value instanceof Failure) && value.type === 'string')
    return value.text === '' || /[\p{Cc}]/u.test(value.text) ? writeString(value.text) : value.text;
  return nixText(value, 0);
}

/** The same of a value whose elements are told beside it: a list's length, a set's names. */
export function outlineText(value: Known): string {
  if (value instanceof Unknown || value instanceof Failure) return valueText(value);
  switch (value.type) {
    case 'list':
      return `a list of ${value.items.length}`;
    case 'attrs':
      return nixText(value, DEEPEST);
    default:
      return valueText(value);
  }
}

function nixText(value: Known, depth: number): string {
  if (value instanceof Unknown) return `unknown: ${value.reason}`;
  if (value instanceof Failure) return `error: ${value.message}`;
  switch (value.type) {
    case 'null':
      return 'null';
    case 'bool':
    case 'int':
    case 'float':
      return String(value.value);
    case 'string':
      return writeString(value.text);
    case 'path':
      return value.path;
    case 'lambda':
    case 'primop':
      return 'a function';
    case 'list': {
      if (value.items.length > 0 && depth >= DEEPEST) return '[ … ]';
      const items = value.items.slice(0, MOST).map((item) => inner(item, depth));
      return surrounded(
        '[',
        [...items, ...(value.items.length > MOST || value.open !== null ? ['…'] : [])],
        ']',
      );
    }
    case 'attrs': {
      const names = [...value.entries.keys()];
      const plain =
        value.native === undefined && value.origin !== null && depth < DEEPEST && names.length <= MOST;
      const items = names.slice(0, MOST).map((name) => {
        const thunk = plain ? value.entries.get(name)?.value : undefined;
        return `${writeAttrName(name)}${thunk === undefined ? '' : ` = ${inner(thunk, depth)}`};`;
      });
      return surrounded('{', [...items, ...(names.length > MOST || value.open !== null ? ['…'] : [])], '}');
    }
  }
}

function inner(thunk: Thunk, depth: number): string {
  const value = inspect(thunk);
  return value instanceof Unknown || value instanceof Failure ? '?' : nixText(value, depth + 1);
}

function surrounded(open: string, items: readonly string[], close: string): string {
  return items.length === 0 ? `${open} ${close}` : `${open} ${items.join(' ')} ${close}`;
}

/** A value for other programs; sets of options, and what is nested deeply, by their names only. */
export function valueJson(value: Known, depth = 0): Json {
  if (value instanceof Unknown) return { unknown: value.reason };
  if (value instanceof Failure) return { error: value.message };
  switch (value.type) {
    case 'null':
      return null;
    case 'bool':
    case 'float':
      return value.value;
    case 'int':
      return Number(value.value);
    case 'string':
      return value.text;
    case 'path':
      return value.path;
    case 'lambda':
    case 'primop':
      return { unknown: 'it is a function' };
    case 'list':
      return [
        ...value.items.map((item) => valueJson(inspect(item), depth + 1)),
        ...(value.open === null ? [] : [{ unknown: value.open.reason }]),
      ];
    case 'attrs':
      if (value.native !== undefined || value.origin === null || depth > DEEPEST)
        return { names: [...value.entries.keys()].sort() };
      return Object.fromEntries([
        ...[...value.entries].map(([name, attr]): [string, Json] => [
          name,
          valueJson(attr.maybe ?? inspect(attr.value), depth + 1),
        ]),
        ...(value.open === null ? [] : [['complete', false] as [string, Json]]),
      ]);
  }
}
