import { memoOf, sameItems } from '../eval/computed';
import { systemOf, type ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { Expr, LambdaExpr } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import type { ParsedFiles } from '../eval/evaluation';
import type { Container } from './model';

/** The functions that the modules inside a guest are. */

/** The functions among a guest's modules: what `config` is set to, and the files it imports. */
export function guestFunctions(files: ParsedFiles, { system }: Container): readonly LambdaExpr[] {
  return functionsIn(files)(system);
}

const functionsIn = memoOf((files: ParsedFiles) =>
  memoOf((system: ModuleSystem) => readFunctions(files, system), sameItems),
);

function readFunctions(files: ParsedFiles, system: ModuleSystem): readonly LambdaExpr[] {
  const node = attempt(() => system.option(['config']));
  if (node === null || node instanceof Unknown || node instanceof Failure) return [];
  const found = new Set<LambdaExpr>();
  const definitions = attempt(() => node.definitions());
  for (const { value } of Array.isArray(definitions) ? definitions : []) {
    const known = inspect(value);
    if (!(known instanceof Unknown) && !(known instanceof Failure) && known.type === 'lambda')
      found.add(known.expr);
  }
  const guest = systemOf(inspect(node.value));
  const collected = guest === null ? null : attempt(() => guest.modules);
  if (collected === null || collected instanceof Unknown || collected instanceof Failure) return [...found];
  for (const { key, file } of collected.modules) {
    if (!key.startsWith('/')) continue;
    const expr = files.parsed(file)?.root.expression;
    if (expr?.kind === 'lambda') found.add(expr);
  }
  return [...found];
}

/** Functions of `lib` that may leave an argument out, also since another definition is stronger. */
const CONDITIONAL =
  /^(?:mkIf|optional|optionals|optionalAttrs|optionalString|mkOption|mkDefault|mkOptionDefault|mkOverride)$/;

/**
 * Whether a function's body, once it is evaluated, needs a name that the function binds: not only in a branch, in the
 * body of another function, or where something else binds the name.
 */
export function certainlyUses(expr: Expr, name: string): boolean {
  switch (expr.kind) {
    case 'variable':
      return expr.name === name;
    case 'lambda':
    case 'has-attr':
      return false;
    case 'if':
    case 'assert':
      return (
        certainlyUses(expr.condition, name) || (expr.kind === 'assert' && certainlyUses(expr.body, name))
      );
    case 'with':
      return certainlyUses(expr.body, name) || certainlyUses(expr.environment, name);
    case 'select':
      return expr.fallback === null && certainlyUses(expr.subject, name);
    case 'apply': {
      const head = headOf(expr);
      return CONDITIONAL.test(head) ? false : childrenOf(expr).some((child) => certainlyUses(child, name));
    }
    case 'let':
      return expr.body !== null && !binds(expr.bindings, name) && certainlyUses(expr.body, name);
    case 'attrs':
      if (expr.recursive && binds(expr.bindings, name)) return false;
      return expr.bindings.some((binding) =>
        binding.kind === 'inherit'
          ? binding.from === null
            ? binding.names.some(({ text }) => text === name)
            : certainlyUses(binding.from, name)
          : certainlyUses(binding.value, name),
      );
    case 'binary':
      return ['&&', '||', '->'].includes(expr.operator)
        ? certainlyUses(expr.left, name)
        : childrenOf(expr).some((child) => certainlyUses(child, name));
    default:
      return childrenOf(expr).some((child) => certainlyUses(child, name));
  }
}

function binds(bindings: Extract<Expr, { kind: 'let' }>['bindings'], name: string): boolean {
  return bindings.some((binding) =>
    binding.kind === 'inherit'
      ? binding.names.some(({ text }) => text === name)
      : binding.path[0]?.text === name,
  );
}

function headOf(expr: Expr): string {
  let head = expr;
  while (head.kind === 'apply') head = head.fn;
  if (head.kind === 'variable') return head.name;
  return head.kind === 'select' ? (head.path[head.path.length - 1]?.text ?? '') : '';
}

/** The parts of an expression that are evaluated with it for certain, up to where something else binds a name. */
export function* certainParts(expr: Expr, name: string): Generator<Expr> {
  yield expr;
  switch (expr.kind) {
    case 'lambda':
    case 'has-attr':
      return;
    case 'if':
      yield* certainParts(expr.condition, name);
      return;
    case 'let':
      if (expr.body !== null && !binds(expr.bindings, name))
        for (const child of childrenOf(expr)) yield* certainParts(child, name);
      return;
    case 'apply':
      if (CONDITIONAL.test(headOf(expr))) return;
      break;
    case 'attrs':
      if (expr.recursive && binds(expr.bindings, name)) return;
      break;
    case 'select':
      if (expr.fallback !== null) return;
      break;
    case 'binary':
      if (['&&', '||', '->'].includes(expr.operator)) {
        yield* certainParts(expr.left, name);
        return;
      }
      break;
    default:
  }
  for (const child of childrenOf(expr)) yield* certainParts(child, name);
}
