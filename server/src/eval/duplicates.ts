import type { AttrName, Binding, Expr, Identifier, LambdaExpr, Root } from '../nix/syntax';
import { bindingChildren, childrenOf } from '../nix/walk';
import { duplicatesIn } from './attr-plan';

/** Names that are defined twice where Nix takes one: in a set, a `let`, or the arguments of a function. */
export interface DuplicateName {
  readonly kind: 'attribute' | 'argument';
  readonly first: AttrName | Identifier;
  readonly second: AttrName | Identifier;
}

const NONE: readonly DuplicateName[] = [];

/** What stands in a binding never changes. */
const known = new WeakMap<Binding, readonly DuplicateName[]>();

/** Every name of a file that Nix would refuse as defined already. Says nothing of a set that a syntax error damages. */
export function duplicateNames({ expression }: Root): readonly DuplicateName[] {
  return expression === null ? NONE : below(expression);
}

function below(top: Expr): readonly DuplicateName[] {
  const found: DuplicateName[] = [];
  const pending: Expr[] = [top];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'lambda') found.push(...argumentsOf(expr));
    if (expr.kind !== 'attrs' && expr.kind !== 'let') {
      pending.push(...childrenOf(expr));
      continue;
    }
    if (!expr.damaged)
      for (const duplicate of duplicatesIn(expr)) found.push({ kind: 'attribute', ...duplicate });
    for (const binding of expr.bindings) found.push(...inBinding(binding));
    if (expr.kind === 'let' && expr.body !== null) pending.push(expr.body);
  }
  return found.length === 0 ? NONE : found;
}

function inBinding(binding: Binding): readonly DuplicateName[] {
  let found = known.get(binding);
  if (found === undefined) {
    found = bindingChildren(binding).flatMap(below);
    known.set(binding, found);
  }
  return found;
}

function argumentsOf({ argument, formals }: LambdaExpr): DuplicateName[] {
  if (formals === null) return [];
  const seen = new Map<string, Identifier>();
  const found: DuplicateName[] = [];
  const names = [...formals.map(({ name }) => name), ...(argument === null ? [] : [argument])];
  for (const name of names) {
    const first = seen.get(name.name);
    if (first === undefined) seen.set(name.name, name);
    else found.push({ kind: 'argument', first, second: name });
  }
  return found;
}
