import { directoryOf, normalizePath } from '../nix/paths';
import type {
  AttrName,
  Expr,
  HasAttrExpr,
  LambdaExpr,
  LetExpr,
  PathLiteral,
  SelectExpr,
  StringLiteral,
  WithExpr,
} from '../nix/syntax';
import { planOf, type Plan, type PlanEntry } from './attr-plan';
import { coerce, coerceToString } from './coerce';
import type { NamingText } from './content';
import { Kept } from './kept';
import { attr, attrs, bool, float, int, list, path, primop, record, string } from './construct';
import { binaryOperation, negate } from './operators';
import type { Scope } from './scope';
import { attempt, attemptLasting, inspect, lazily, ready, thunkOf, type Thunk } from './thunk';
import { tracing } from './tracing';
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
    case 'if':
      return evaluate(condition(expr.condition, scope) ? expr.consequence : expr.alternative, scope);
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

/** The set that a plan describes, its values unevaluated. */
export function attrSet(plan: Plan, outer: Scope): AttrsValue {
  const names = new Map<string, Thunk>();
  const scope = plan.recursive ? bindingScope(plan, outer, names) : outer;
  const entries = new Map<string, Attr>();
  const sources: Sources = new Map();
  let open = plan.damaged ? new Unknown('syntax', 'a syntax error hides part of the set', plan.origin) : null;
  for (const [name, entry] of plan.entries) {
    const value = plan.recursive ? scope.nearest(name) : entryThunk(name, entry, scope, outer, sources);
    entries.set(name, attr(value as Thunk, entry.at));
  }
  const overrides = plan.recursive ? entries.get('__overrides') : undefined;
  if (overrides !== undefined) open = override(overrides.value, entries, names) ?? open;
  for (const entry of plan.dynamic) {
    const name = attemptLasting(() => attrNameOf(entry.name, scope));
    if (name instanceof Unknown) {
      open ??= new Unknown(name.cause, `an attribute's name is unknown: ${name.reason}`, entry.name);
      continue;
    }
    if (name instanceof Failure) return raise(name);
    if (name === null) continue;
    if (entries.has(name)) return fail('type', `dynamic attribute '${name}' already defined`, entry.name);
    const { value } = entry;
    const thunk = 'plan' in value ? setIn(value.plan, entry.name, scope) : thunkIn(value.expr, scope);
    entries.set(name, attr(thunk, entry.name));
  }
  return attrs(entries, plan.origin, open);
}

/**
 * `__overrides` of a recursive set: its attributes replace those of the same name, also for the set's own values.
 * Returns why there may be more of them. Source: Nix's eval.cc (`ExprAttrs::eval`).
 */
function override(overrides: Thunk, entries: Map<string, Attr>, names: Map<string, Thunk>): Unknown | null {
  const set = overrides.force();
  if (set.type !== 'attrs')
    return fail('type', `value is ${typeName(set)} while a set was expected`, overrides.origin);
  for (const [name, entry] of set.entries) {
    entries.set(name, entry);
    if (names.has(name)) names.set(name, entry.maybe === null ? entry.value : ready(entry.maybe));
  }
  return set.open;
}

/** What the `inherit (from)` of one set take their attributes from: each is evaluated once. */
type Sources = Map<Expr, Thunk>;

function entryThunk(name: string, entry: PlanEntry, scope: Scope, outer: Scope, sources: Sources): Thunk {
  switch (entry.kind) {
    case 'expr':
      return thunkIn(entry.expr, scope);
    case 'set':
      return setIn(entry.plan, entry.at, scope);
    case 'inherit': {
      const make = (): Thunk => inherited(name, entry, scope, outer, sources);
      return keptIn(scope)?.valueOf(entry.at, make) ?? make();
    }
  }
}

function inherited(
  name: string,
  { from, at }: PlanEntry & { readonly kind: 'inherit' },
  scope: Scope,
  outer: Scope,
  sources: Sources,
): Thunk {
  if (from === null)
    return lazily(
      () => outer.lookup(name)?.force() ?? fail('undefined', `undefined variable '${name}'`, at),
      at,
    );
  const source = sources.get(from) ?? thunkIn(from, scope);
  sources.set(from, source);
  return lazily(() => selectAttr(source.force(), name, at), at);
}

/** What is kept in a scope. What is evaluated for a trace is to be evaluated anew. */
function keptIn(scope: Scope): Kept | null {
  return tracing.on ? null : scope.kept;
}

/** The value of an expression in a scope, evaluated when needed: the same thunk as before, where that is kept. */
function thunkIn(expr: Expr, scope: Scope): Thunk {
  return keptIn(scope)?.valueOf(expr, () => thunkOf(expr, scope)) ?? thunkOf(expr, scope);
}

/** The same for the set that a plan describes, whose name is written at `at`. */
function setIn(plan: Plan, at: AttrName, scope: Scope): Thunk {
  const make = (): Thunk => lazily(() => attrSet(plan, scope), plan.origin);
  return keptIn(scope)?.setOf(plan, at, make) ?? make();
}

/** The scope inside a `with`. */
function withScope({ environment: expr }: WithExpr, outer: Scope): Scope {
  const make = (): { environment: Thunk; scope: Scope } => {
    const environment = thunkOf(expr, outer);
    return { environment, scope: outer.with(environment) };
  };
  const text = namesOf(expr);
  return (text === null ? null : keptIn(outer)?.withScope(text, make)) ?? make().scope;
}

/** `lib.types` as it is written; null for what is more than names. */
function namesOf(expr: Expr): string | null {
  if (expr.kind === 'variable') return expr.name;
  if (expr.kind !== 'select' || expr.fallback !== null) return null;
  const subject = namesOf(expr.subject);
  if (subject === null || expr.path.some(({ text }) => text === null)) return null;
  return [subject, ...expr.path.map(({ text }) => JSON.stringify(text))].join('.');
}

/** The scope inside a `let`. */
export function letScope(expr: LetExpr, outer: Scope): Scope {
  return bindingScope(planOf(expr), outer, new Map());
}

/**
 * The scope inside a `let` or a recursive set.
 * @param names where the scope is a new one, is filled with what is bound in it
 */
function bindingScope(plan: Plan, outer: Scope, names: Map<string, Thunk>): Scope {
  const kept = keptIn(outer);
  const make = (): Scope => newBindingScope(plan, outer, names);
  // What `__overrides` replaces is another value each time.
  return kept === null || plan.entries.has('__overrides') ? make() : kept.bindingScope(plan, make);
}

function newBindingScope(plan: Plan, outer: Scope, names: Map<string, Thunk>): Scope {
  const scope = outer.bind(names, keptIn(outer) === null ? null : new Kept());
  const sources: Sources = new Map();
  for (const [name, entry] of plan.entries) names.set(name, entryThunk(name, entry, scope, outer, sources));
  return scope;
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
      return called(fn.expr, fn.scope, argument, at);
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

/** What a function returns. That of a file is a module or a flake's outputs, and worth keeping. */
function called(lambda: LambdaExpr, scope: Scope, argument: Thunk, at: Origin): Value {
  const inner = argumentScope(lambda, scope, argument, at);
  return keptIn(scope)?.isWholeFile === true
    ? thunkIn(lambda.body, inner).force()
    : evaluate(lambda.body, inner);
}

/** The scope of a function's body, with its argument bound. Throws where the argument does not fit. */
export function argumentScope(lambda: LambdaExpr, scope: Scope, argument: Thunk, at: Origin): Scope {
  const kept = keptIn(scope);
  const names = new Map<string, Thunk>();
  if (kept === null || !(kept.isWholeFile || scope.machine.comesBack === true))
    return bindArgument(lambda, scope.bind(names), names, argument, at);
  const inner = bindArgument(lambda, scope.bind(names, new Kept()), names, argument, at);
  return kept.bodyScope(lambda, argument, inner, names);
}

/** Binds the argument in the scope of the body, which is returned. */
function bindArgument(
  lambda: LambdaExpr,
  inner: Scope,
  names: Map<string, Thunk>,
  argument: Thunk,
  at: Origin,
): Scope {
  if (lambda.argument !== null) names.set(lambda.argument.name, argument);
  if (lambda.formals === null) return inner;
  const given = attemptLasting(() => argument.force());
  if (given instanceof Failure) return raise(given);
  if (given instanceof Unknown) {
    for (const { name } of lambda.formals) {
      names.set(name.name, ready(new Unknown(given.cause, given.reason, given.at)));
    }
    return inner;
  }
  if (given.type !== 'attrs') return fail('type', `value is ${typeName(given)} while a set was expected`, at);
  for (const { name, fallback } of lambda.formals) {
    const found = given.entries.get(name.name);
    if (found?.maybe === null) names.set(name.name, found.value);
    else if (found?.maybe != null) names.set(name.name, ready(found.maybe));
    else if (given.open !== null) names.set(name.name, ready(given.open));
    else if (fallback !== null) names.set(name.name, thunkOf(fallback, inner));
    else return fail('type', `function called without required argument '${name.name}'`, at);
  }
  if (!lambda.ellipsis) {
    const expected = new Set(lambda.formals.map((formal) => formal.name.name));
    for (const name of given.entries.keys()) {
      if (!expected.has(name)) return fail('type', `function called with unexpected argument '${name}'`, at);
    }
  }
  return inner;
}
