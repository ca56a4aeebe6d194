import { normalizePath } from '../nix/paths';
import type { BinaryExpr } from '../nix/syntax';
import { coerce, coerceToString } from './coerce';
import { compare, equal } from './compare';
import { attrs, bool, float, int, list, path, string } from './construct';
import { condition, evaluate } from './interpret';
import type { Scope } from './scope';
import { attemptLasting, lazily } from './thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type Attr,
  type AttrsValue,
  type FloatValue,
  type IntValue,
  type ListValue,
  type Machine,
  type Origin,
  type Value,
} from './value';

/** The value of a binary expression. */
export function binaryOperation(expr: BinaryExpr, scope: Scope): Value {
  const { machine } = scope;
  switch (expr.operator) {
    case '&&':
      return bool(condition(expr.left, scope) && condition(expr.right, scope), expr);
    case '||':
      return bool(condition(expr.left, scope) || condition(expr.right, scope), expr);
    case '->':
      return bool(!condition(expr.left, scope) || condition(expr.right, scope), expr);
    case '==':
      return bool(equal(evaluate(expr.left, scope), evaluate(expr.right, scope), machine), expr);
    case '!=':
      return bool(!equal(evaluate(expr.left, scope), evaluate(expr.right, scope), machine), expr);
    case '<':
      return bool(compare(evaluate(expr.left, scope), evaluate(expr.right, scope), expr, machine) < 0, expr);
    case '<=':
      return bool(compare(evaluate(expr.left, scope), evaluate(expr.right, scope), expr, machine) <= 0, expr);
    case '>':
      return bool(compare(evaluate(expr.left, scope), evaluate(expr.right, scope), expr, machine) > 0, expr);
    case '>=':
      return bool(compare(evaluate(expr.left, scope), evaluate(expr.right, scope), expr, machine) >= 0, expr);
    case '+':
      return add(evaluate(expr.left, scope), evaluate(expr.right, scope), expr, machine);
    case '-':
    case '*':
    case '/':
      return arithmetic(expr.operator, evaluate(expr.left, scope), evaluate(expr.right, scope), expr);
    case '//': {
      const left = attemptLasting(() => evaluate(expr.left, scope));
      const right = attemptLasting(() => evaluate(expr.right, scope));
      return update(left, right, expr);
    }
    case '++': {
      const left = attemptLasting(() => evaluate(expr.left, scope));
      const right = attemptLasting(() => evaluate(expr.right, scope));
      return concatenate([left, right], expr);
    }
  }
}

/** `a + b`: numbers, strings and paths. */
export function add(left: Value, right: Value, at: Origin, machine: Machine): Value {
  if (isNumber(left) && isNumber(right)) return arithmetic('+', left, right, at);
  if (left.type === 'path') {
    const text = left.path + coerceToString(right, at, machine, { copyPaths: false });
    return path(normalizePath(text), at);
  }
  // What begins with a set that stands for a path, such as `self`, is put together without copying.
  const options = { copyPaths: left.type === 'string' };
  const start = coerce(left, at, machine, options);
  const rest = coerceToString(right, at, machine, options);
  return typeof start === 'string' ? string(start + rest, at) : start.followedBy(rest, at);
}

/** A whole number within 64 bits; Nix 2.25 and later refuse what older ones wrapped around. */
function whole(result: bigint, doing: string, at: Origin): IntValue {
  if (BigInt.asIntN(64, result) !== result) return fail('type', `integer overflow in ${doing}`, at);
  return int(result, at);
}

/** `-`, `*`, `/` and `+` of numbers. */
export function arithmetic(
  operator: '+' | '-' | '*' | '/',
  left: Value,
  right: Value,
  at: Origin,
): IntValue | FloatValue {
  if (!isNumber(left)) return fail('type', `value is ${typeName(left)} while an integer was expected`, at);
  if (!isNumber(right)) return fail('type', `value is ${typeName(right)} while an integer was expected`, at);
  if (operator === '/' && Number(right.value) === 0) return fail('type', 'division by zero', at);
  if (left.type === 'int' && right.type === 'int') {
    switch (operator) {
      case '+':
        return whole(left.value + right.value, `adding ${left.value} + ${right.value}`, at);
      case '-':
        return whole(left.value - right.value, `subtracting ${left.value} - ${right.value}`, at);
      case '*':
        return whole(left.value * right.value, `multiplying ${left.value} * ${right.value}`, at);
      case '/':
        return whole(left.value / right.value, `dividing ${left.value} / ${right.value}`, at);
    }
  }
  const a = Number(left.value);
  const b = Number(right.value);
  switch (operator) {
    case '+':
      return float(a + b, at);
    case '-':
      return float(a - b, at);
    case '*':
      return float(a * b, at);
    case '/':
      return float(a / b, at);
  }
}

/** `-a`. */
export function negate(value: Value, at: Origin): Value {
  return arithmetic('-', int(0), value, at);
}

function isNumber(value: Value): value is IntValue | FloatValue {
  return value.type === 'int' || value.type === 'float';
}

/**
 * `a // b`. An unknown side leaves the other one's attributes there and the set open. What an unknown right side may
 * replace is unknown, unless it comes from outside the repository, which is taken to replace nothing written in it.
 */
export function update(left: Value | Unknown | Failure, right: Value | Unknown | Failure, at: Origin): Value {
  if (left instanceof Failure) return raise(left);
  if (right instanceof Failure) return raise(right);
  if (left instanceof Unknown && right instanceof Unknown) return raise(left);
  if (left instanceof Unknown) {
    const set = asSet(right as Value, at);
    return attrs(set.entries, at, set.open ?? left);
  }
  const base = asSet(left, at);
  if (right instanceof Unknown) {
    if (right.cause === 'external') return attrs(base.entries, at, base.open ?? right);
    return attrs(withUnknownValues(base.entries, right), at, base.open ?? right);
  }
  const over = asSet(right, at);
  const entries = new Map(
    over.open === null || over.open.cause === 'external'
      ? base.entries
      : withUnknownValues(base.entries, over.open),
  );
  for (const [name, attr] of over.entries) {
    const below = entries.get(name);
    entries.set(name, attr.maybe === null || below === undefined ? attr : eitherOf(attr, attr.maybe, below));
  }
  return attrs(entries, at, base.open ?? over.open);
}

function asSet(value: Value, at: Origin): AttrsValue {
  return value.type === 'attrs'
    ? value
    : fail('type', `value is ${typeName(value)} while a set was expected`, at);
}

function withUnknownValues(entries: ReadonlyMap<string, Attr>, reason: Unknown): Map<string, Attr> {
  const result = new Map<string, Attr>();
  for (const [name, attr] of entries) {
    const problem = new Unknown(
      reason.cause,
      `\`${name}\` may be replaced by what is unknown: ${reason.reason}`,
      reason.at,
    );
    result.set(name, {
      value: lazily(() => raise(problem), attr.value.origin),
      at: attr.at,
      maybe: attr.maybe,
    });
  }
  return result;
}

function eitherOf(over: Attr, reason: Unknown, below: Attr): Attr {
  return { value: lazily(() => raise(reason), over.value.origin), at: over.at, maybe: below.maybe };
}

/** Lists one after the other; an unknown one leaves the result open. */
export function concatenate(parts: readonly (Value | Unknown | Failure)[], at: Origin): ListValue {
  const items: ListValue['items'][number][] = [];
  let open: Unknown | null = null;
  let known = false;
  for (const part of parts) {
    if (part instanceof Failure) return raise(part);
    if (part instanceof Unknown) {
      open ??= part;
      continue;
    }
    if (part.type !== 'list') return fail('type', `value is ${typeName(part)} while a list was expected`, at);
    known = true;
    open ??= part.open;
    for (const item of part.items) items.push(item);
  }
  if (!known && open !== null) return raise(open);
  return list(items, at, open);
}
