import { directoryOf, normalizePath } from '../nix/paths';
import type {
  AttrName,
  Expr,
  HasAttrExpr,
  LetExpr,
  PathLiteral,
  SelectExpr,
  StringLiteral,
} from '../nix/syntax';
import { planOf } from './attr-plan';
import { argumentScope, attrSet, keepsResults, letScope, thunkIn, withScope } from './bindings';
import { coerce, coerceToString } from './coerce';
import type { NamingText } from './content';
import { bool, float, int, list, path, primop, record, string } from './construct';
import { eitherOf } from './either';
import { binaryOperation, negate } from './operators';
import type { Scope } from './scope';
import { attempt, inspect, ready, type Thunk } from './thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  unknown,
  type Attr,
  type AttrsValue,
  type Machine,
  type Origin,
  type Value,
} from './value';

/** The value of an expression. Throws `Unknown` or `Failure`. */
export function evaluate(expr: Expr, scope: Scope): Value {
  const { machine } = scope;
  machine.enter();
  try {
    return valueOf(expr, scope);
  } finally {
    machine.leave();
  }
}

function valueOf(expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'variable':
      return variable(expr.name, expr, scope);
    case 'int':
      return int(expr.value, expr);
    case 'float':
      return float(expr.value, expr);
    case 'uri':
      return string(expr.text, expr);
    case 'string':
      return stringLiteral(expr, scope);
    case 'path':
      return pathLiteral(expr, scope);
    case 'list': {
      const items = expr.elements.map((element) => thunkIn(element, scope));
      return list(
        items,
        expr,
        expr.damaged ? new Unknown('syntax', 'a syntax error hides part of the list', expr) : null,
      );
    }
    case 'attrs':
      return attrSet(planOf(expr), scope);
    case 'let':
      return letIn(expr, scope);
    case 'with':
      return evaluate(expr.body, withScope(expr, scope));
    case 'assert':
      if (!condition(expr.condition, scope)) return fail('assert', 'assertion failed', expr.condition);
      return evaluate(expr.body, scope);
    case 'if': {
      let holds: boolean;
      try {
        holds = condition(expr.condition, scope);
      } catch (caught) {
        throw caught instanceof Unknown
          ? eitherOf(caught, [expr.consequence, expr.alternative], scope)
          : caught;
      }
      return evaluate(holds ? expr.consequence : expr.alternative, scope);
    }
    case 'lambda':
      return { type: 'lambda', expr, scope, origin: expr };
    case 'apply':
      return apply(evaluate(expr.fn, scope), thunkIn(expr.argument, scope), expr, scope.machine);
    case 'select':
      return selection(expr, scope);
    case 'has-attr':
      return bool(hasAttr(expr, scope), expr);
    case 'unary': {
      if (expr.operator === '!') return bool(!condition(expr.operand, scope), expr);
      return negate(evaluate(expr.operand, scope), expr);
    }
    case 'binary':
      return binaryOperation(expr, scope);
    case 'broken':
      return unknown('syntax', expr.reason, expr);
  }
}

function variable(name: string, expr: Expr, scope: Scope): Value {
  if (name === '__curPos') return curPos(expr, scope.machine);
  const thunk = scope.lookup(name);
  if (thunk === null) return fail('undefined', `undefined variable '${name}'`, expr);
  return thunk.force();
}

function curPos(expr: Expr, machine: Machine): Value {
  const place = machine.placeOf?.(expr) ?? null;
  if (place !== null)
    return record({ file: string(place.file), line: int(place.line), column: int(place.column) }, expr);
  return unknown(
    'unsupported',
    '`__curPos` is the place of an expression, which changes as the file is edited',
    expr,
  );
}

/** The value of a condition. */
export function condition(expr: Expr, scope: Scope): boolean {
  const value = evaluate(expr, scope);
  if (value.type !== 'bool')
    return fail('type', `value is ${typeName(value)} while a Boolean was expected`, expr);
  return value.value;
}

function stringLiteral(expr: StringLiteral, scope: Scope): Value {
  const [only] = expr.parts;
  if (expr.parts.length === 0) return string('', expr);
  if (expr.parts.length === 1 && typeof only === 'string') return string(only, expr);
  const { machine } = scope;
  let text = '';
  let start: NamingText | null = null;
  for (const part of expr.parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const added = coerce(evaluate(part, scope), part, machine, { copyPaths: true });
    if (typeof added === 'string') text += added;
    else if (part === only) start = added;
    else text += added.text;
  }
  return start === null ? string(text, expr) : start.followedBy(text, expr);
}

function pathLiteral(expr: PathLiteral, scope: Scope): Value {
  if (expr.form === 'search') return searchPath(expr, scope);
  if (expr.form === 'home')
    return unknown('external', 'a path in the home folder is outside the repository', expr);
  let text = '';
  for (const part of expr.parts) {
    text +=
      typeof part === 'string'
        ? part
        : coerceToString(evaluate(part, scope), part, scope.machine, { copyPaths: false });
  }
  const base = expr.form === 'absolute' ? '' : `${directoryOf(expr.anchor.source)}/`;
  return path(normalizePath(base + text), expr);
}

/** `<name>`: `__findFile __nixPath "name"`, both of which may be bound anew. */
function searchPath(expr: PathLiteral, scope: Scope): Value {
  const [first] = expr.parts;
  const text = typeof first === 'string' ? first : '<…>';
  const [findFile, nixPath] = [scope.lookup('__findFile'), scope.lookup('__nixPath')];
  const places = nixPath === null ? null : inspect(nixPath);
  if (findFile === null || places === null || places instanceof Unknown || places instanceof Failure) {
    const name = text.replace(/^<|>$/g, '');
    return (
      scope.machine.searched?.(name, expr) ??
      unknown('external', `\`${text}\` is looked up in NIX_PATH`, expr)
    );
  }
  const search = apply(findFile.force(), ready(places), expr, scope.machine);
  return apply(search, ready(string(text.replace(/^<|>$/g, ''), expr)), expr, scope.machine);
}

function letIn(expr: LetExpr, outer: Scope): Value {
  const plan = planOf(expr);
  const scope = letScope(expr, outer);
  if (expr.body === null) {
    const body = plan.entries.has('body') ? scope.lookup('body') : null;
    return body === null ? fail('missing', "attribute 'body' missing", expr) : body.force();
  }
  if (!plan.damaged) return evaluate(expr.body, scope);
  // A name that nothing binds may be one that the syntax error hides.
  const result = attempt(() => evaluate(expr.body as Expr, scope));
  if (result instanceof Failure && result.kind === 'undefined')
    return unknown('syntax', `${result.message} (a syntax error may hide it)`, result.at);
  return result instanceof Unknown || result instanceof Failure ? raise(result) : result;
}

/** An attribute's name; null for `${null}`, which leaves the attribute out. */
export function attrNameOf(name: AttrName, scope: Scope): string | null {
  if (name.text !== null) return name.text;
  const value = evaluate(name.dynamic as Expr, scope);
  if (value.type === 'null') return null;
  if (value.type === 'string') return value.text;
  return fail('type', `value is ${typeName(value)} while a string was expected`, name);
}

function selectedName(name: AttrName, scope: Scope): string {
  return attrNameOf(name, scope) ?? fail('type', 'value is null while a string was expected', name);
}

function selection(expr: SelectExpr, scope: Scope): Value {
  let value = evaluate(expr.subject, scope);
  for (const name of expr.path) {
    if (expr.fallback === null) {
      value = selectAttr(value, selectedName(name, scope), name);
      continue;
    }
    const found = value.type === 'attrs' ? findAttr(value, selectedName(name, scope)) : null;
    if (found === null) return evaluate(expr.fallback, scope);
    value = found.value.force();
  }
  return value;
}

/** `value.name`. Throws where it is missing or cannot be known. */
export function selectAttr(value: Value, name: string, at: Origin): Value {
  if (value.type !== 'attrs') return fail('type', `value is ${typeName(value)} while a set was expected`, at);
  const found = findAttr(value, name);
  if (found === null)
    return raise(new Failure('missing', `attribute '${name}' missing`, at, isWrittenOut(value)));
  return found.value.force();
}

/** Whether a set is one that is written as such, and not what modules make together. */
function isWrittenOut({ entries, native, origin }: AttrsValue): boolean {
  return entries instanceof Map && native === undefined && origin?.kind === 'attrs';
}

/** The attribute, or null where the set certainly has none. Throws `Unknown` where that cannot be known. */
export function findAttr(set: AttrsValue, name: string): Attr | null {
  const found = set.entries.get(name);
  if (found === undefined) return set.open === null ? null : raise(set.open);
  return found.maybe === null ? found : raise(found.maybe);
}

function hasAttr(expr: HasAttrExpr, scope: Scope): boolean {
  let value = evaluate(expr.subject, scope);
  for (const [index, name] of expr.path.entries()) {
    if (value.type !== 'attrs') return false;
    const found = findAttr(value, selectedName(name, scope));
    if (found === null) return false;
    if (index < expr.path.length - 1) value = found.value.force();
  }
  return true;
}

/** Calls a function value. */
export function apply(fn: Value, argument: Thunk, at: Origin, machine: Machine): Value {
  if (fn.type === 'lambda') {
    machine.enter();
    try {
      // Not a function of its own: a recursion of functions takes JavaScript's stack.
      const inner = argumentScope(fn.expr, fn.scope, argument, at);
      return keepsResults(fn.scope) ? thunkIn(fn.expr.body, inner).force() : evaluate(fn.expr.body, inner);
    } finally {
      machine.leave();
    }
  }
  if (fn.type === 'primop') {
    const given = [...fn.given, argument];
    if (given.length < fn.primop.arity) return { ...primop(fn.primop, at), given };
    machine.enter();
    try {
      return fn.primop.run(given, { at, machine });
    } finally {
      machine.leave();
    }
  }
  if (fn.type === 'attrs') {
    const functor = fn.entries.get('__functor');
    if (functor !== undefined) {
      machine.enter();
      try {
        return apply(apply(functor.value.force(), ready(fn), at, machine), argument, at, machine);
      } finally {
        machine.leave();
      }
    }
    if (fn.open !== null) return raise(fn.open);
  }
  return fail('type', `attempt to call something which is not a function but ${typeName(fn)}`, at);
}
