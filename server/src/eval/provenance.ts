import type { ApplyExpr, BinaryExpr, Expr, SelectExpr, SyntaxNode } from '../nix/syntax';
import { argumentScope, letScope } from './bindings';
import { attrNameOf, evaluate, findAttr } from './interpret';
import { OptionNode } from './modules/option-node';
import { onlyDefinition, writtenDefinitions, type WrittenDefinition } from './modules/written-definitions';
import type { Scope } from './scope';
import type { Computed } from './computed';
import { attempt, inspect, Thunk, thunkOf } from './thunk';
import { listening, tracing } from './tracing';
import { fail, Failure, Unknown, type Origin, type Value } from './value';

/** Where values come from: the chain of places from where one is used to where it is written. */

/** A value, and how it came about. */
export interface Source {
  readonly value: Value | Unknown | Failure;
  /** The syntax that the value came through, as it is used first; the last one wrote it, where `end` says so. */
  readonly through: readonly SyntaxNode[];
  readonly end: End;
  /** What it is put together from: interpolations, arguments, elements, definitions that merge. */
  readonly parts: readonly Part[];
  /** How many more parts there are, of which too many to tell. */
  readonly untold: number;
}

/** How a chain ends. */
export type End =
  /** In syntax that writes the value, or puts it together from `parts`. */
  | { readonly kind: 'written' }
  /** In the default of an option; outside the repository where no syntax wrote it. */
  | { readonly kind: 'default'; readonly option: string; readonly file: string }
  /** In several definitions of an option that merge. */
  | { readonly kind: 'merged'; readonly option: string }
  /** In something that the engine computes, or takes from outside the repository. */
  | { readonly kind: 'computed' };

export interface Part {
  /** The expression that stands for it, an attribute's name, or the number of an element. */
  readonly label: SyntaxNode | string | number;
  readonly source: Source;
}

/** How far one answer goes. */
const MOST_STEPS = 200;
const MOST_PARTS = 60;
const DEEPEST = 4;

/**
 * Where a thunk's value comes from. Asked inside the `traced` run that evaluated it; what was evaluated elsewhere is
 * followed only as far as values tell where they were written.
 */
export function sourceOf(thunk: Thunk): Source {
  return new Walk().ofThunk(thunk, new Trail(), 0);
}

/** The places passed so far. */
class Trail {
  readonly nodes: SyntaxNode[] = [];
  readonly seen = new Set<Thunk>();
  steps = 0;

  add(node: Origin): void {
    if (node !== null && this.nodes.at(-1) !== node) this.nodes.push(node);
  }
}

type Parts = Pick<Source, 'parts' | 'untold'>;
const NONE: Parts = { parts: [], untold: 0 };

class Walk {
  private parts = 0;

  ofThunk(thunk: Thunk, trail: Trail, depth: number): Source {
    if (trail.seen.has(thunk) || trail.steps++ > MOST_STEPS)
      return this.computed(inspect(thunk), trail, depth, []);
    trail.seen.add(thunk);
    const node = tracing.options.get(thunk);
    if (node instanceof OptionNode) return this.ofOption(node, trail, depth);
    const site = thunk.site();
    if (site !== null) {
      trail.add(site.expr);
      return this.ofExpr(site.expr, site.scope, inspect(thunk), trail, depth);
    }
    // Evaluated for good before anybody asked: the place is known, not what is inside.
    trail.add(thunk.expression());
    // An `inherit` is a place of its own; other syntax beside what the engine computes only says who asked for it.
    if (thunk.origin?.kind === 'attr-name') trail.add(thunk.origin);
    return this.ofRun(() => thunk.again(), inspect(thunk), trail, depth);
  }

  /** The value of an option: what defines it, or its default. */
  ofOption(node: OptionNode, trail: Trail, depth: number): Source {
    const value = inspect(node.value);
    const definitions = attempt(() => writtenDefinitions(node));
    if (!Array.isArray(definitions)) return this.computed(value, trail, depth, []);
    const change = node.declared?.set.entries.get('apply');
    const only = onlyDefinition(definitions);
    if (only !== null) {
      const start = trail.nodes.length;
      const source = this.ofDefinition(only, optionName(node), trail, depth);
      const changed = change?.value.origin ?? null;
      if (changed !== null) trail.nodes.splice(start + 1, 0, changed);
      return { ...source, value };
    }
    const counting = definitions.filter(({ state }) => state === 'counts' || typeof state === 'object');
    if (counting.length === 0) return this.computed(value, trail, depth, []);
    const option = optionName(node);
    return {
      value,
      through: trail.nodes,
      end: { kind: 'merged', option },
      ...this.each(counting, depth, (definition, index) => ({
        label: index,
        source: this.ofDefinition(definition, option, new Trail(), depth + 1),
      })),
    };
  }

  /** What one definition gives an option. */
  ofDefinition(
    { value, file, isDefault }: WrittenDefinition,
    option: string,
    trail: Trail,
    depth: number,
  ): Source {
    const source = this.ofThunk(value, trail, depth);
    return isDefault ? { ...source, end: { kind: 'default', option, file } } : source;
  }

  private ofExpr(expr: Expr, scope: Scope, value: Source['value'], trail: Trail, depth: number): Source {
    if (trail.steps++ > MOST_STEPS) return this.computed(value, trail, depth, []);
    const goOn = (next: Expr, inner: Scope): Source => this.ofExpr(next, inner, value, trail, depth);
    const stop = (): Source => this.written(expr, value, trail, depth);
    switch (expr.kind) {
      case 'variable': {
        const thunk = attempt(() => scope.lookup(expr.name));
        return thunk === null || thunk instanceof Unknown || thunk instanceof Failure
          ? stop()
          : this.ofThunk(thunk, trail, depth);
      }
      case 'select': {
        const found = attempt(() => selected(expr, scope));
        if (found instanceof Unknown || found instanceof Failure)
          return this.ofSubject(expr, scope, value, trail, depth);
        return found === null ? goOn(expr.fallback ?? expr, scope) : this.ofThunk(found, trail, depth);
      }
      case 'let': {
        if (expr.body === null) return stop();
        const inner = attempt(() => letScope(expr, scope));
        return inner instanceof Unknown || inner instanceof Failure ? stop() : goOn(expr.body, inner);
      }
      case 'with':
        return goOn(expr.body, scope.with(thunkOf(expr.environment, scope)));
      case 'assert':
        return goOn(expr.body, scope);
      case 'if': {
        const holds = attempt(() => evaluate(expr.condition, scope));
        if (holds instanceof Unknown || holds instanceof Failure || holds.type !== 'bool') {
          const source = this.ofExpr(expr.condition, scope, holds, trail, depth);
          return { ...source, value };
        }
        return goOn(holds.value ? expr.consequence : expr.alternative, scope);
      }
      case 'apply':
        return this.ofCall(expr, scope, value, trail, depth);
      case 'string':
      case 'path':
        return this.written(
          expr,
          value,
          trail,
          depth,
          expr.parts.filter((part) => typeof part !== 'string'),
          scope,
        );
      case 'binary':
        return this.written(expr, value, trail, depth, operands(expr), scope);
      default:
        return stop();
    }
  }

  /** A selection that fails: what its subject is says why. */
  private ofSubject(
    expr: SelectExpr,
    scope: Scope,
    value: Source['value'],
    trail: Trail,
    depth: number,
  ): Source {
    const subject = attempt(() => evaluate(expr.subject, scope));
    if (!(subject instanceof Unknown) && !(subject instanceof Failure))
      return this.written(expr, value, trail, depth);
    return { ...this.ofExpr(expr.subject, scope, subject, trail, depth), value };
  }

  private ofCall(expr: ApplyExpr, scope: Scope, value: Source['value'], trail: Trail, depth: number): Source {
    const fn = attempt(() => evaluate(expr.fn, scope));
    if (fn instanceof Unknown || fn instanceof Failure) {
      return { ...this.ofExpr(expr.fn, scope, fn, trail, depth), value };
    }
    if (fn.type === 'lambda') {
      const argument = thunkOf(expr.argument, scope);
      const inner = attempt(() => argumentScope(fn.expr, fn.scope, argument, expr));
      if (inner instanceof Unknown || inner instanceof Failure)
        return this.written(expr, value, trail, depth);
      trail.add(fn.expr.body);
      return this.ofExpr(fn.expr.body, inner, value, trail, depth);
    }
    if (fn.type === 'primop' && fn.primop.name === 'toString')
      return { ...this.ofExpr(expr.argument, scope, value, trail, depth), value };
    const passed = this.passedOn(() => evaluate(expr, scope), trail, depth);
    const given = argumentsOf(expr).filter((argument) => !isFunction(inspect(thunkOf(argument, scope))));
    return passed ?? this.written(expr, value, trail, depth, given, scope);
  }

  /** What the engine computes: it passes a value on, or makes one of others. */
  private ofRun(run: () => Value, value: Source['value'], trail: Trail, depth: number): Source {
    const passed = this.passedOn(run, trail, depth);
    if (passed !== null) return passed;
    const forced = listening(() => attempt(run)).forced.filter(isThunk);
    const used = forced.filter((thunk) => !trail.seen.has(thunk) && isScalar(inspect(thunk)));
    return this.computed(value, trail, depth, onceEach(used));
  }

  /** The thunk whose very value a computation returns, followed; null where it makes one of its own. */
  private passedOn(run: () => Value, trail: Trail, depth: number): Source | null {
    const { result, forced } = listening(() => attempt(run));
    const from = forced.filter(isThunk).find((thunk) => !trail.seen.has(thunk) && inspect(thunk) === result);
    return from === undefined ? null : this.ofThunk(from, trail, depth);
  }

  /** Syntax that makes a value, of the given expressions inside it. */
  private written(
    expr: Expr,
    value: Source['value'],
    trail: Trail,
    depth: number,
    inside: readonly Expr[] = [],
    scope: Scope | null = null,
  ): Source {
    trail.add(expr);
    const parts =
      scope === null || inside.length === 0
        ? this.contents(value, depth)
        : this.each(inside.filter(isComputed), depth, (part): Part => {
            const thunk = thunkOf(part, scope);
            return { label: part, source: this.ofThunk(thunk, new Trail(), depth + 1) };
          });
    return { value, through: trail.nodes, end: { kind: 'written' }, ...parts };
  }

  private computed(value: Source['value'], trail: Trail, depth: number, used: readonly Thunk[]): Source {
    const problem = value instanceof Unknown || value instanceof Failure;
    const origin = problem ? value.at : value.origin;
    trail.add(origin);
    const made = used.length > 0 && !problem;
    const parts = made
      ? this.each(used, depth, (thunk, index): Part => {
          return { label: thunk.origin ?? index, source: this.ofThunk(thunk, new Trail(), depth + 1) };
        })
      : this.contents(value, depth);
    return { value, through: trail.nodes, end: { kind: origin === null ? 'computed' : 'written' }, ...parts };
  }

  /** The elements of a list and the attributes of a plain set, each with where it comes from. */
  private contents(value: Source['value'], depth: number): Parts {
    if (value instanceof Unknown || value instanceof Failure) return NONE;
    if (value.type === 'list')
      return this.each(value.items, depth, (item, index) => ({
        label: index,
        source: this.ofThunk(item, new Trail(), depth + 1),
      }));
    // What no syntax wrote as a set holds everything that is declared there.
    if (value.type !== 'attrs' || value.native !== undefined || value.origin === null) return NONE;
    return this.each([...value.entries], depth, ([name, { value: inner }]) => ({
      label: name,
      source: this.ofThunk(inner, new Trail(), depth + 1),
    }));
  }

  private each<T>(items: readonly T[], depth: number, part: (item: T, index: number) => Part): Parts {
    const parts: Part[] = [];
    if (depth < DEEPEST) {
      for (const [index, item] of items.entries()) {
        if (this.parts++ >= MOST_PARTS) break;
        parts.push(part(item, index));
      }
    }
    return { parts, untold: items.length - parts.length };
  }
}

/** The path of an option from its host's root. */
export function optionName({ system, path }: OptionNode): string {
  return [...system.spec.prefix, ...path].join('.');
}

/** The thunk that a selection ends at; null where its `or` counts. Throws where that cannot be known. */
function selected(expr: SelectExpr, scope: Scope): Thunk | null {
  let value = evaluate(expr.subject, scope);
  for (const [index, name] of expr.path.entries()) {
    const text = attrNameOf(name, scope) ?? '';
    const found = value.type === 'attrs' ? findAttr(value, text) : null;
    if (found === null)
      return expr.fallback === null ? fail('missing', `attribute '${text}' missing`, name) : null;
    if (index === expr.path.length - 1) return found.value;
    value = found.value.force();
  }
  return null;
}

/** `a`, `b` and `c` of `a + b + c`; none of what only compares or joins sets. */
function operands(expr: BinaryExpr): Expr[] {
  if (!['+', '++', '-', '*', '/'].includes(expr.operator)) return [];
  return [expr.left, expr.right].flatMap((side) => (side.kind === 'binary' ? operands(side) : [side]));
}

/** The arguments of a call that may say something: not the functions that are written there. */
function argumentsOf(expr: ApplyExpr): Expr[] {
  const before = expr.fn.kind === 'apply' ? argumentsOf(expr.fn) : [];
  return expr.argument.kind === 'lambda' ? before : [...before, expr.argument];
}

/** Whether an expression is more than the literal that everybody sees. */
function isComputed(expr: Expr): boolean {
  switch (expr.kind) {
    case 'int':
    case 'float':
    case 'uri':
      return false;
    case 'string':
    case 'path':
      return expr.parts.some((part) => typeof part !== 'string');
    default:
      return true;
  }
}

function isScalar(value: Source['value']): boolean {
  if (value instanceof Unknown || value instanceof Failure) return true;
  return value.type === 'string' || value.type === 'int' || value.type === 'float' || value.type === 'path';
}

/** Each thunk once; of those that hand on what one piece of syntax wrote, the first. */
function onceEach(thunks: readonly Thunk[]): Thunk[] {
  const seen = new Set<unknown>();
  return thunks.filter((thunk) => {
    const value = inspect(thunk);
    const isWritten = !(value instanceof Unknown || value instanceof Failure) && value.origin !== null;
    const key = isWritten ? value : thunk;
    return !seen.has(key) && seen.add(key);
  });
}

function isFunction(value: Source['value']): boolean {
  if (value instanceof Unknown || value instanceof Failure) return false;
  return value.type === 'lambda' || value.type === 'primop';
}

function isThunk(forced: Computed<unknown>): forced is Thunk {
  return forced instanceof Thunk;
}
