import { attr, attrs, bool, string } from '../construct';
import { define, type FunctionTable } from '../primop';
import { ready } from '../thunk';
import { fail, type Attr, type Value } from '../value';

/** What `builtins.typeOf` answers. */
const TYPE_OF: Readonly<Record<Value['type'], string>> = {
  null: 'null',
  bool: 'bool',
  int: 'int',
  float: 'float',
  string: 'string',
  path: 'path',
  list: 'list',
  attrs: 'set',
  lambda: 'lambda',
  primop: 'lambda',
};

function predicate(name: string, holds: (value: Value) => boolean): FunctionTable[string] {
  return define(name, 1, (call, value) => bool(holds(value.force()), call.at));
}

/** What a function says of its named arguments: for each one whether it has a default. */
function namedArguments(value: Value): Map<string, Attr> {
  const entries = new Map<string, Attr>();
  if (value.type === 'lambda') {
    for (const { name, fallback } of value.expr.formals ?? []) {
      entries.set(name.name, attr(ready(bool(fallback !== null, name)), name));
    }
  }
  if (value.type === 'primop' && value.given.length === 0) {
    for (const [name, optional] of value.primop.formals ?? []) entries.set(name, attr(ready(bool(optional))));
  }
  return entries;
}

export const TYPES: FunctionTable = {
  isNull: predicate('isNull', (value) => value.type === 'null'),
  isBool: predicate('isBool', (value) => value.type === 'bool'),
  isInt: predicate('isInt', (value) => value.type === 'int'),
  isFloat: predicate('isFloat', (value) => value.type === 'float'),
  isString: predicate('isString', (value) => value.type === 'string'),
  isPath: predicate('isPath', (value) => value.type === 'path'),
  isList: predicate('isList', (value) => value.type === 'list'),
  isAttrs: predicate('isAttrs', (value) => value.type === 'attrs'),
  isFunction: predicate('isFunction', (value) => value.type === 'lambda' || value.type === 'primop'),
  typeOf: define('typeOf', 1, (call, value) => string(TYPE_OF[value.force().type], call.at)),
  functionArgs: define('functionArgs', 1, (call, fn) => {
    const value = fn.force();
    if (value.type !== 'lambda' && value.type !== 'primop')
      return fail('type', "'functionArgs' requires a function", call.at);
    return attrs(namedArguments(value), call.at);
  }),
};
