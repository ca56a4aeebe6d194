import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr, Expr, LambdaExpr } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import type { TextChange } from './edit-plan';
import { indentationAt, lineEndOf, lineStart } from './syntax-search';

/** The arguments of a file's module, as the places inside it can use them. */

/**
 * What a name stands for where a set is: `taken`, the module's own argument; `free`, nothing, so that the module could take
 * it; `other`, something else.
 */
export function argumentAt(file: SourceFile, set: AttrSetExpr, name: string): 'taken' | 'free' | 'other' {
  const lambdas: LambdaExpr[] = [];
  const target = file.rangeOf(set);
  let hidden = false;
  const walk = (expr: Expr): void => {
    const range = file.rangeOf(expr);
    if (range === null || target === null || range.start > target.start || range.end < target.end) return;
    if (expr.kind === 'lambda') lambdas.push(expr);
    if (expr.kind === 'let' || (expr.kind === 'attrs' && expr.recursive && expr !== set))
      hidden ||= expr.bindings.some((binding) =>
        binding.kind === 'binding'
          ? binding.path[0]?.text === name && expr.kind === 'let'
          : binding.names.some(({ text }) => text === name),
      );
    for (const child of childrenOf(expr)) walk(child);
  };
  if (file.root.expression !== null) walk(file.root.expression);
  const [module, ...inner] = lambdas;
  const takes = ({ formals, argument }: LambdaExpr): boolean =>
    formals?.some((formal) => formal.name.name === name) === true || argument?.name === name;
  if (hidden || module?.formals == null || inner.some(takes)) return 'other';
  return takes(module) ? 'taken' : 'free';
}

/** The change that names another argument in the head of a file's function; null where it has no such head. */
export function takeArgument(file: SourceFile, name: string): TextChange | null {
  const { text } = file;
  const lambda = file.root.expression;
  if (lambda?.kind !== 'lambda' || lambda.formals === null) return null;
  const [whole, body] = [file.rangeOf(lambda), file.rangeOf(lambda.body)];
  if (whole === null || body === null) return null;
  const rest = text.slice(whole.start, body.start).indexOf('...');
  if (rest === -1) return null;
  const at = whole.start + rest;
  const ownLine = text.slice(lineStart(text, at), at).trim() === '';
  const gap = ownLine ? lineEndOf(text) + indentationAt(text, at) : ' ';
  return { file: file.path, range: { start: at, end: at }, newText: `${name},${gap}` };
}
