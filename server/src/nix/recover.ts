import type { AttrName, AttrSetExpr, Binding, Expr, LetExpr, Root } from './syntax';

/**
 * Puts what a syntax error damaged back as it last was, so that one half-typed binding does not take its neighbours
 * away. What the error left alone is the current syntax.
 */
export function recoverRoot(current: Root, good: Root): Root {
  if (good.expression === null) return current;
  if (current.broken || current.expression === null) return { ...current, expression: good.expression };
  return { ...current, expression: recover(current.expression, good.expression) };
}

function recover(current: Expr, good: Expr): Expr {
  if (current === good) return current;
  if (current.kind === 'broken') return good;
  switch (current.kind) {
    case 'attrs':
      return good.kind === 'attrs' ? { ...current, bindings: recoverBindings(current, good) } : current;
    case 'let': {
      if (good.kind !== 'let') return current;
      const body =
        current.body === null || good.body === null ? current.body : recover(current.body, good.body);
      return { ...current, bindings: recoverBindings(current, good), body };
    }
    case 'list':
      return current.damaged && good.kind === 'list' ? good : current;
    case 'lambda':
      return good.kind === 'lambda' ? { ...current, body: recover(current.body, good.body) } : current;
    case 'with':
      return good.kind === 'with' ? { ...current, body: recover(current.body, good.body) } : current;
    case 'assert':
      return good.kind === 'assert' ? { ...current, body: recover(current.body, good.body) } : current;
    case 'apply':
      if (good.kind !== 'apply') return current;
      return {
        ...current,
        fn: recover(current.fn, good.fn),
        argument: recover(current.argument, good.argument),
      };
    case 'binary':
      if (good.kind !== 'binary' || good.operator !== current.operator) return current;
      return {
        ...current,
        left: recover(current.left, good.left),
        right: recover(current.right, good.right),
      };
    case 'string':
    case 'path':
      return current.parts.some((part) => typeof part !== 'string' && part.kind === 'broken')
        ? good
        : current;
    default:
      return current;
  }
}

function recoverBindings(current: AttrSetExpr | LetExpr, good: AttrSetExpr | LetExpr): readonly Binding[] {
  const before = new Map(good.bindings.map((binding) => [keyOf(binding), binding]));
  const kept = current.bindings.map((binding): Binding => {
    const was = before.get(keyOf(binding));
    before.delete(keyOf(binding));
    if (was === undefined || was === binding || binding.kind !== 'binding' || was.kind !== 'binding')
      return binding;
    return { ...binding, value: recover(binding.value, was.value) };
  });
  // Only a syntax error in this very set can have swallowed a binding; elsewhere one that is gone was taken out.
  return current.damaged ? [...kept, ...before.values()] : kept;
}

/** What a binding binds, for finding it again. */
function keyOf(binding: Binding): string {
  if (binding.kind === 'inherit') return `inherit ${binding.names.map(nameKey).join(' ')}`;
  return binding.path.map(nameKey).join('.');
}

function nameKey(name: AttrName): string {
  return name.text ?? `\${${name.dynamic?.kind ?? ''}}`;
}
