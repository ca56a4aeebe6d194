import type { AttrName, Binding, Expr } from './syntax';

/** The expressions directly inside an expression, in the order of the text. */
export function childrenOf(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'variable':
    case 'int':
    case 'float':
    case 'uri':
    case 'broken':
      return [];
    case 'string':
    case 'path':
      return expr.parts.filter((part) => typeof part !== 'string');
    case 'list':
      return [...expr.elements];
    case 'attrs':
      return expr.bindings.flatMap(bindingChildren);
    case 'let':
      return [...expr.bindings.flatMap(bindingChildren), ...(expr.body === null ? [] : [expr.body])];
    case 'with':
      return [expr.environment, expr.body];
    case 'assert':
      return [expr.condition, expr.body];
    case 'if':
      return [expr.condition, expr.consequence, expr.alternative];
    case 'lambda':
      return [
        ...(expr.formals ?? []).flatMap(({ fallback }) => (fallback === null ? [] : [fallback])),
        expr.body,
      ];
    case 'apply':
      // `argument |> fn`
      return expr.fn.start <= expr.argument.start ? [expr.fn, expr.argument] : [expr.argument, expr.fn];
    case 'select':
      return [
        expr.subject,
        ...expr.path.flatMap(nameChildren),
        ...(expr.fallback === null ? [] : [expr.fallback]),
      ];
    case 'has-attr':
      return [expr.subject, ...expr.path.flatMap(nameChildren)];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
  }
}

/** The expressions directly inside a binding. */
export function bindingChildren(binding: Binding): Expr[] {
  if (binding.kind === 'inherit') return binding.from === null ? [] : [binding.from];
  return [...binding.path.flatMap(nameChildren), binding.value];
}

function nameChildren(name: AttrName): Expr[] {
  return name.dynamic === null ? [] : [name.dynamic];
}
