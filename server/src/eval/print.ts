import { writeString } from '../nix/write';
import { compareText } from './compare';
import { printedFloat } from './float-text';
import { inspect, nesting, type Thunk } from './thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type Attr,
  type AttrsValue,
  type ListValue,
  type Value,
} from './value';

/**
 * A value with everything in it, as `nix-instantiate --eval --strict` prints it. What is unknown stands as
 * `«unknown: reason»`, also at the end of an open list or set. Throws `Failure` where the evaluation fails.
 */
export function printNix(thunk: Thunk): string {
  return printed(thunk, new Set(), true);
}

/**
 * A set or a list that was printed before is not printed again, as in Nix, which so ends cycles too. Nix knows a set by
 * its content and a list by its place: a variable's place is that of its value.
 */
function printed(thunk: Thunk, seen: Set<Value | Thunk>, root = false): string {
  if (nesting.depth >= nesting.limit) return '«unknown: the value nests too deeply»';
  nesting.depth++;
  try {
    const value = inspect(thunk);
    if (value instanceof Failure) return raise(value);
    if (value instanceof Unknown) return unknownText(value);
    switch (value.type) {
      case 'null':
        return 'null';
      case 'bool':
        return String(value.value);
      case 'int':
        return value.value.toString();
      case 'float':
        return printedFloat(value.value);
      case 'string':
        return writeString(value.text);
      case 'path':
        return value.path;
      case 'lambda':
        return '<LAMBDA>';
      case 'primop':
        return value.given.length > 0 ? '<PRIMOP-APP>' : '<PRIMOP>';
      case 'list': {
        const place = !root && thunk.origin?.kind === 'variable' ? value : thunk;
        if (value.items.length > 0 && isRepeated(place, seen)) return '«repeated»';
        let text = '[ ';
        for (const item of value.items) text += `${printed(item, seen)} `;
        return `${text}${value.open === null ? '' : `${unknownText(value.open)} `}]`;
      }
      case 'attrs': {
        if (value.entries.size > 0 && isRepeated(value, seen)) return '«repeated»';
        let text = '{ ';
        for (const [name, { value: inner, maybe }] of inOrder(value.entries)) {
          text += `${printedName(name)} = ${maybe === null ? printed(inner, seen) : unknownText(maybe)}; `;
        }
        return `${text}${value.open === null ? '' : `${unknownText(value.open)} `}}`;
      }
    }
  } finally {
    nesting.depth--;
  }
}

function isRepeated(value: Value | Thunk, seen: Set<Value | Thunk>): boolean {
  if (seen.has(value)) return true;
  seen.add(value);
  return false;
}

function unknownText(problem: Unknown): string {
  return `«unknown: ${problem.reason}»`;
}

function inOrder(entries: ReadonlyMap<string, Attr>): [string, Attr][] {
  return [...entries].sort(([a], [b]) => compareText(a, b));
}

const RESERVED = new Set(['if', 'then', 'else', 'assert', 'with', 'let', 'in', 'rec', 'inherit']);

/** An attribute's name; unlike what stands in a file, `or` needs no quotes here. Source: Nix's print.cc. */
function printedName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !RESERVED.has(name) ? name : writeString(name);
}

/** What `toJson` gives. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * A value with everything in it as JSON. What is unknown is `{"unknown": reason}`; an open list ends with one, an open
 * set gets `"complete": false`. A set with an `outPath` stands for that, as in `toJSON`; a value inside itself is `"«repeated»"`. Throws `Failure` where the evaluation fails, and for functions.
 */
export function toJson(thunk: Thunk): Json {
  return asJson(thunk, new Set());
}

function asJson(thunk: Thunk, inside: Set<Value>): Json {
  if (nesting.depth >= nesting.limit) return { unknown: 'the value nests too deeply' };
  nesting.depth++;
  const value = inspect(thunk);
  try {
    if (value instanceof Failure) return raise(value);
    if (value instanceof Unknown) return unknownJson(value);
    switch (value.type) {
      case 'null':
        return null;
      case 'bool':
      case 'float':
        return value.value;
      case 'string':
        return value.text;
      case 'path':
        return value.path;
      case 'int': {
        const number = Number(value.value);
        return Number.isSafeInteger(number) ? number : value.value.toString();
      }
      case 'lambda':
      case 'primop':
        return fail('type', `cannot convert ${typeName(value)} to JSON`, value.origin);
      case 'list':
      case 'attrs': {
        if (inside.has(value)) return '«repeated»';
        inside.add(value);
        const json = value.type === 'list' ? listJson(value, inside) : setJson(value, inside);
        inside.delete(value);
        return json;
      }
    }
  } finally {
    nesting.depth--;
  }
}

function listJson(value: ListValue, inside: Set<Value>): Json {
  const items: Json[] = [];
  for (const item of value.items) items.push(asJson(item, inside));
  if (value.open !== null) items.push(unknownJson(value.open));
  return items;
}

function setJson(value: AttrsValue, inside: Set<Value>): Json {
  const outPath = value.entries.get('outPath');
  if (outPath !== undefined) return asJson(outPath.value, inside);
  const entries: [string, Json][] = [];
  for (const [name, { value: inner, maybe }] of inOrder(value.entries)) {
    entries.push([name, maybe === null ? asJson(inner, inside) : unknownJson(maybe)]);
  }
  if (value.open !== null) entries.push(['complete', false]);
  return Object.fromEntries(entries);
}

function unknownJson(problem: Unknown): Json {
  return { unknown: problem.reason };
}
