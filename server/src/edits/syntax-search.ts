import type { SourceFile } from '../nix/source-file';
import type { AttrName, AttrSetExpr, Expr, ListExpr, Root, SyntaxNode, ValueBinding } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import type { Range } from '../nix/positions';

/** Finding pieces of a file's syntax, and how they are laid out in its text. */

interface Parts {
  readonly lists: readonly ListExpr[];
  readonly bindings: readonly ValueBinding[];
  readonly byName: ReadonlyMap<AttrName, ValueBinding>;
  /** The set that each binding stands in; those of `let` have none. */
  readonly sets: ReadonlyMap<ValueBinding, AttrSetExpr>;
}

const partsByRoot = new WeakMap<Root, Parts>();

/** Every list and every binding of a file, in the order of the text. */
export function partsOf({ root }: SourceFile): Parts {
  const known = partsByRoot.get(root);
  if (known !== undefined) return known;
  const lists: ListExpr[] = [];
  const bindings: ValueBinding[] = [];
  const byName = new Map<AttrName, ValueBinding>();
  const sets = new Map<ValueBinding, AttrSetExpr>();
  const pending: Expr[] = root.expression === null ? [] : [root.expression];
  for (let expr = pending.pop(); expr !== undefined; expr = pending.pop()) {
    if (expr.kind === 'list') lists.push(expr);
    if (expr.kind === 'attrs' || expr.kind === 'let') {
      for (const binding of expr.bindings) {
        if (binding.kind !== 'binding') continue;
        bindings.push(binding);
        for (const name of binding.path) byName.set(name, binding);
        if (expr.kind === 'attrs') sets.set(binding, expr);
      }
    }
    pending.push(...childrenOf(expr).reverse());
  }
  const parts = { lists, bindings, byName, sets };
  partsByRoot.set(root, parts);
  return parts;
}

/** The binding in whose attribute path a name stands. */
export function bindingOfName(file: SourceFile, name: SyntaxNode | null): ValueBinding | null {
  return name?.kind === 'attr-name' ? (partsOf(file).byName.get(name) ?? null) : null;
}

/** The attribute set that an expression comes down to: the body of functions, `let`, `with`, `assert`. */
export function attrsBelow(expr: Expr | null): AttrSetExpr | null {
  let inner = expr;
  while (inner !== null) {
    switch (inner.kind) {
      case 'attrs':
        return inner;
      case 'lambda':
      case 'let':
      case 'with':
      case 'assert':
        inner = inner.body;
        break;
      default:
        return null;
    }
  }
  return null;
}

/** The bindings of a set, also below dotted paths, whose path ends like `path`, case ignored: `http.routers.x` ends like `routers.x`. */
export function bindingIn(set: AttrSetExpr | null, path: readonly string[]): ValueBinding | null {
  const wanted = path.join('.').toLowerCase();
  for (const binding of set?.bindings ?? []) {
    if (binding.kind !== 'binding') continue;
    const written = binding.path
      .map(({ text }) => text ?? '')
      .join('.')
      .toLowerCase();
    if (written === wanted) return binding;
    if (wanted.startsWith(`${written}.`) && binding.value.kind === 'attrs') {
      const inner = bindingIn(binding.value, path.slice(binding.path.length));
      if (inner !== null) return inner;
    }
  }
  return null;
}

/** An element's range with the parentheses around it. */
export function withParentheses(text: string, { start, end }: Range): Range {
  let range = { start, end };
  for (;;) {
    const before = /\(\s*$/.exec(text.slice(Math.max(0, range.start - 200), range.start));
    const after = /^\s*\)/.exec(text.slice(range.end, range.end + 200));
    if (before === null || after === null) return range;
    range = { start: range.start - before[0].length, end: range.end + after[0].length };
  }
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  const end = feed === -1 ? text.length : feed;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** The blanks at the start of the line of an offset. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** How the lines of a text end. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const feed = text.indexOf('\n');
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}
