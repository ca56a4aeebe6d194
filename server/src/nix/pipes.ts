import type { BinaryOperator, Expr } from './syntax';

/**
 * The pipe operators, which the grammar does not have. `|>` and `<|` are handed to it as `||`, an operator of the same
 * width; the operands of the operators that bind least are then put together again by Nix's own rules.
 * Source of the precedence: Nix's parser.y (`expr_pipe_from`, `expr_pipe_into`).
 */

/** The text as the grammar can read it; every offset stays. */
export function withoutPipes(text: string): string {
  return hasPipes(text) ? text.replace(/\|>|<\|/g, '||') : text;
}

export function hasPipes(text: string): boolean {
  return text.includes('|>') || text.includes('<|');
}

/** Operands with the operators between them, none of which binds tighter than `||`. */
export interface Chain {
  readonly operands: readonly Expr[];
  readonly operators: readonly string[];
}

const LOOSEST: readonly string[] = ['||', '->', '|>', '<|'];

/** Whether an operator is one of those that a chain is made of. */
export function isChained(operator: string): boolean {
  return LOOSEST.includes(operator);
}

export function joinChains(left: Chain, operator: string, right: Chain): Chain {
  return {
    operands: [...left.operands, ...right.operands],
    operators: [...left.operators, operator, ...right.operators],
  };
}

/** What a chain means; null where Nix refuses it: the two pipes do not mix without parentheses. */
export function associate({ operands, operators }: Chain): Expr | null {
  const stages: Expr[] = [];
  const pipes: string[] = [];
  let from = 0;
  for (let index = 0; index <= operators.length; index++) {
    const operator = operators[index];
    if (operator !== undefined && operator !== '|>' && operator !== '<|') continue;
    stages.push(implication(operands.slice(from, index + 1), operators.slice(from, index)));
    if (operator !== undefined) pipes.push(operator);
    from = index + 1;
  }
  if (new Set(pipes).size > 1) return null;
  return pipes[0] === '<|'
    ? stages.reduceRight((argument, fn) => call(fn, argument, fn, argument))
    : stages.reduce((argument, fn) => call(fn, argument, argument, fn));
}

function call(fn: Expr, argument: Expr, first: Expr, last: Expr): Expr {
  return { kind: 'apply', anchor: first.anchor, start: first.start, end: last.end, fn, argument };
}

/** `a || b -> c`: `->` binds less than `||`, and to the right. */
function implication(operands: readonly Expr[], operators: readonly string[]): Expr {
  const at = operators.indexOf('->');
  if (at !== -1)
    return binary(
      '->',
      implication(operands.slice(0, at + 1), operators.slice(0, at)),
      implication(operands.slice(at + 1), operators.slice(at + 1)),
    );
  return operands.reduce((left, right) => binary('||', left, right));
}

function binary(operator: BinaryOperator, left: Expr, right: Expr): Expr {
  return { kind: 'binary', anchor: left.anchor, start: left.start, end: right.end, operator, left, right };
}
