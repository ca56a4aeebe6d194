import {
  SymbolKind,
  type DocumentSymbol,
  type Range as LspRange,
  type SymbolInformation,
} from 'vscode-languageserver-types';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, Binding, Expr, ValueBinding } from '../nix/syntax';
import { lspRange } from './positions';
import { landmarkAt, type Landmark } from './landmarks';

/** Deeper nesting than this is not shown; nobody unfolds it. */
const MAX_DEPTH = 60;
const MAX_DETAIL = 60;

/**
 * The outline of a file: what its attribute paths name, with containers, routers, services and middlewares as symbols of
 * their own at every spelling. Looks at the syntax only, so it works wherever the file is whole.
 */
export function documentSymbols(file: SourceFile): DocumentSymbol[] {
  const { expression } = file.root;
  return expression === null ? [] : new Outline(file).ofExpression(expression, [], 0);
}

/** The same as a plain list, for editors that show no tree. */
export function symbolInformation(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  const flat: SymbolInformation[] = [];
  const add = (symbol: DocumentSymbol, containerName: string | null): void => {
    const { name, kind, range } = symbol;
    flat.push({ name, kind, location: { uri, range }, ...(containerName === null ? {} : { containerName }) });
    for (const child of symbol.children ?? []) add(child, name);
  };
  for (const symbol of symbols) add(symbol, null);
  return flat;
}

/** A part of a binding's path that is one symbol. */
interface Segment {
  readonly names: readonly AttrName[];
  readonly landmark: Landmark | null;
}

class Outline {
  constructor(private readonly file: SourceFile) {}

  /** @param path the attribute path that leads here, from the nearest module */
  ofExpression(expr: Expr, path: readonly string[], depth: number): DocumentSymbol[] {
    if (depth > MAX_DEPTH) return [];
    const inside = (next: Expr): DocumentSymbol[] => this.ofExpression(next, path, depth + 1);
    switch (expr.kind) {
      case 'attrs':
        return expr.bindings.flatMap((binding) => this.ofBinding(binding, path, depth + 1));
      case 'let': {
        const bound = expr.bindings.flatMap((binding) => this.ofBinding(binding, [], depth + 1, true));
        return expr.body === null ? bound : [...bound, ...inside(expr.body)];
      }
      case 'lambda':
      case 'with':
      case 'assert':
        return inside(expr.body);
      case 'if':
        return [...inside(expr.consequence), ...inside(expr.alternative)];
      case 'apply':
        return [...inside(expr.fn), ...inside(expr.argument)];
      case 'binary':
        return [...inside(expr.left), ...inside(expr.right)];
      case 'list': {
        const modules = path.at(-1) === 'imports' || path.at(-1) === 'modules' ? [] : path;
        return expr.elements.flatMap((element) => this.ofExpression(element, modules, depth + 1));
      }
      default:
        return [];
    }
  }

  private ofBinding(
    binding: Binding,
    path: readonly string[],
    depth: number,
    variable = false,
  ): DocumentSymbol[] {
    if (binding.kind === 'inherit') return [];
    const range = this.file.rangeOf(binding);
    if (range === null) return [];
    const segments = segmentsOf(binding.path, path);
    let children = this.ofExpression(binding.value, [...path, ...binding.path.map(nameOf)], depth);
    for (const [index, segment] of [...segments.entries()].reverse()) {
      const last = index === segments.length - 1;
      const symbol = this.symbol(binding, segment, { last, variable: variable && last, end: range.end });
      if (symbol === null) continue;
      if (children.length > 0) symbol.children = children;
      children = [symbol];
    }
    return children;
  }

  private symbol(
    binding: ValueBinding,
    { names, landmark }: Segment,
    { last, variable, end }: { last: boolean; variable: boolean; end: number },
  ): DocumentSymbol | null {
    const [first] = names;
    const final = names.at(-1);
    if (first === undefined || final === undefined) return null;
    const from = this.file.rangeOf(first);
    const to = this.file.rangeOf(final);
    if (from === null || to === null) return null;
    const detail = [landmark?.what, last ? this.detailOf(binding.value) : null].filter(
      (part) => part != null && part !== '',
    );
    const { lines } = this.file;
    const named = landmark !== null && landmark.what !== null;
    const selectionRange: LspRange = lspRange(
      lines,
      landmark === null ? { start: from.start, end: to.end } : to,
    );
    return {
      // A name may be written as "" or as `${…}`; editors refuse an empty one.
      name: (named ? [final] : names).map((name) => this.nameAsWritten(name)).join('.') || '""',
      ...(detail.length === 0 ? {} : { detail: detail.join(' · ') }),
      kind:
        landmark?.kind ??
        (variable ? SymbolKind.Variable : last ? kindOf(binding.value) : SymbolKind.Namespace),
      range: lspRange(lines, { start: from.start, end }),
      selectionRange,
    };
  }

  private nameAsWritten(name: AttrName): string {
    if (name.text !== null && name.text !== '') return name.text;
    return this.textOf(name);
  }

  /** What a value says, where that is short; for a router, its rule. */
  private detailOf(value: Expr): string {
    switch (value.kind) {
      case 'string':
      case 'int':
      case 'float':
      case 'uri':
      case 'path':
      case 'variable':
      case 'select':
        return this.textOf(value);
      case 'attrs': {
        const rule = value.bindings.find(
          (binding): binding is ValueBinding =>
            binding.kind === 'binding' && binding.path.length === 1 && binding.path[0]?.text === 'rule',
        );
        return rule?.value.kind === 'string' ? this.textOf(rule.value) : '';
      }
      default:
        return '';
    }
  }

  private textOf(node: Expr | AttrName): string {
    const range = this.file.rangeOf(node);
    if (range === null) return '';
    const text = this.file.text.slice(range.start, Math.min(range.end, range.start + MAX_DETAIL + 1));
    const line = text.replace(/\s+/g, ' ');
    return range.end - range.start > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line;
  }
}

/** Cuts a binding's path behind every landmark it names: `containers.web.config.x` is `web` and in it `config.x`. */
function segmentsOf(names: readonly AttrName[], path: readonly string[]): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let index = 0; index < names.length; index++) {
    const landmark = landmarkAt([...path, ...names.slice(0, index + 1).map(nameOf)]);
    if (landmark === null) continue;
    segments.push({ names: names.slice(start, index + 1), landmark });
    start = index + 1;
  }
  if (start < names.length) segments.push({ names: names.slice(start), landmark: null });
  return segments;
}

function nameOf(name: AttrName): string {
  return name.text ?? '${}';
}

function kindOf(value: Expr): SymbolKind {
  switch (value.kind) {
    case 'string':
    case 'uri':
      return SymbolKind.String;
    case 'path':
      return SymbolKind.File;
    case 'int':
    case 'float':
      return SymbolKind.Number;
    case 'list':
      return SymbolKind.Array;
    case 'lambda':
      return value.body.kind === 'attrs' ? SymbolKind.Namespace : SymbolKind.Function;
    case 'attrs':
      return SymbolKind.Namespace;
    case 'variable':
      return value.name === 'true' || value.name === 'false' ? SymbolKind.Boolean : SymbolKind.Property;
    default:
      return SymbolKind.Property;
  }
}
