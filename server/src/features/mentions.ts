import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { AttrName, Binding, Expr, LambdaExpr, Root, StringLiteral } from '../nix/syntax';
import { optionPath, type OptionPath } from './cursor/place';
import type { Role } from './cursor/frames';
import { isMergeList, NOWHERE, stepInto, type ConfigOwner, type WrittenPath } from './cursor/written-path';
import type { FileRole } from './homelab-index';

/** A name or a text of a file, with the option that it speaks of: for a whole file what `cursorContext` is for a place. */
export type Mention =
  /** A name in the path of a binding, or in `config.…`; the option's path ends with it. */
  | { readonly kind: 'name'; readonly node: AttrName; readonly path: OptionPath; readonly reference: boolean }
  /** A string that is an option's value, or one of a list. */
  | { readonly kind: 'text'; readonly node: StringLiteral; readonly path: OptionPath };

const remembered = new WeakMap<
  Root,
  { readonly prefix: string | null; readonly mentions: readonly Mention[] }
>();

/** The mentions of a file, in the order of the text. Syntax only, so it costs nothing while the file stays as it is. */
export function mentionsIn(file: SourceFile, role: FileRole | null): readonly Mention[] {
  const prefix = role?.prefix.join('\0') ?? null;
  const known = remembered.get(file.root);
  if (known?.prefix === prefix) return known.mentions;
  const reader = new MentionReader(role);
  const { expression } = file.root;
  if (expression !== null)
    reader.read(expression, { path: { fromFile: true, segments: [] }, configs: new Map() });
  remembered.set(file.root, { prefix, mentions: reader.found });
  return reader.found;
}

/** What a mention names in the text: of what is in quotes, what stands between them. Null where the text has changed. */
export function rangeOfMention(file: SourceFile, { node }: Mention): Range | null {
  const range = file.rangeOf(node);
  if (range === null) return null;
  const quotes = node.kind === 'string' && node.indented ? 2 : file.text[range.start] === '"' ? 1 : 0;
  return { start: range.start + quotes, end: Math.max(range.start + quotes, range.end - quotes) };
}

/** Where an expression stands. */
interface Place {
  readonly path: WrittenPath;
  /** The names that stand for a module's `config`. */
  readonly configs: ReadonlyMap<string, ConfigOwner>;
  /** Whether the elements of a list here are merged into one value. */
  readonly merging?: boolean;
}

class MentionReader {
  readonly found: Mention[] = [];

  constructor(private readonly role: FileRole | null) {}

  read(expr: Expr, at: Place): void {
    switch (expr.kind) {
      case 'variable':
      case 'int':
      case 'float':
      case 'uri':
      case 'broken':
        return;
      case 'string':
        this.text(expr, at);
        return;
      case 'path':
        this.elsewhere(expr.parts, at);
        return;
      case 'list': {
        const step = at.merging === true ? [] : ['*'];
        const inside = { path: extended(at.path, step), configs: at.configs };
        for (const element of expr.elements) this.read(element, inside);
        return;
      }
      case 'attrs': {
        const configs = expr.recursive ? bound(at.configs, expr.bindings) : at.configs;
        for (const binding of expr.bindings) this.binding(binding, at.path, configs);
        return;
      }
      case 'let': {
        const configs = bound(at.configs, expr.bindings);
        for (const binding of expr.bindings) this.local(binding, configs);
        if (expr.body !== null) this.read(expr.body, { ...at, configs });
        return;
      }
      case 'with':
        this.elsewhere([expr.environment], at);
        this.read(expr.body, at);
        return;
      case 'assert':
        this.elsewhere([expr.condition], at);
        this.read(expr.body, at);
        return;
      case 'if':
        this.elsewhere([expr.condition], at);
        this.read(expr.consequence, at);
        this.read(expr.alternative, at);
        return;
      case 'lambda':
        this.lambda(expr, at);
        return;
      case 'apply':
        this.application(expr, at);
        return;
      case 'select':
        this.selection(expr.subject, expr.path, at);
        if (expr.fallback !== null) this.elsewhere([expr.fallback], at);
        return;
      case 'has-attr':
        this.selection(expr.subject, expr.path, at);
        return;
      case 'unary':
        this.elsewhere([expr.operand], at);
        return;
      case 'binary': {
        const operands = [expr.left, expr.right];
        if (expr.operator === '//' || expr.operator === '++')
          for (const operand of operands) this.read(operand, at);
        else this.elsewhere(operands, at);
      }
    }
  }

  /** What stands at no place of a configuration that can be told. */
  private elsewhere(parts: readonly (string | Expr)[], { configs }: Place): void {
    for (const part of parts) if (typeof part !== 'string') this.read(part, { path: NOWHERE, configs });
  }

  private text(expr: StringLiteral, at: Place): void {
    const path = optionPath(at.path, this.role);
    if (path !== null && path.length > 0) this.found.push({ kind: 'text', node: expr, path });
    this.elsewhere(expr.parts, at);
  }

  private binding(binding: Binding, path: WrittenPath, configs: Place['configs']): void {
    if (binding.kind === 'inherit') {
      this.inherited(binding.from, binding.names, { path, configs });
      for (const name of binding.names) this.name(name, extended(path, [name.text]), false);
      return;
    }
    let inside = path;
    for (const name of binding.path) {
      inside = extended(inside, [name.text]);
      this.name(name, inside, false);
      if (name.dynamic !== null) this.elsewhere([name.dynamic], { path, configs });
    }
    this.read(binding.value, { path: inside, configs });
  }

  /** A binding of a `let`, whose names are no attributes of a configuration. */
  private local(binding: Binding, configs: Place['configs']): void {
    const place = { path: NOWHERE, configs };
    if (binding.kind === 'inherit') {
      this.inherited(binding.from, binding.names, place);
      return;
    }
    for (const { dynamic } of binding.path) if (dynamic !== null) this.elsewhere([dynamic], place);
    this.read(binding.value, place);
  }

  private inherited(from: Expr | null, names: readonly AttrName[], at: Place): void {
    if (from === null) return;
    this.elsewhere([from], at);
    const subject = from.kind === 'select' ? from.subject : from;
    const base = subject.kind === 'variable' ? this.ownerOf(subject.name, at) : null;
    if (base === null) return;
    const below = from.kind === 'select' ? from.path.map(({ text }) => text) : [];
    for (const name of names) this.selected(name, base, [...below, name.text]);
  }

  private name(node: AttrName, written: WrittenPath, reference: boolean): void {
    if (node.text === null) return;
    const path = optionPath(written, this.role);
    if (path !== null && path.at(-1) === node.text) this.found.push({ kind: 'name', node, path, reference });
  }

  private selection(subject: Expr, path: readonly AttrName[], at: Place): void {
    this.elsewhere([subject], at);
    const base = subject.kind === 'variable' ? this.ownerOf(subject.name, at) : null;
    const below: (string | null)[] = [];
    for (const name of path) {
      if (name.dynamic !== null) this.elsewhere([name.dynamic], at);
      below.push(name.text);
      if (base !== null) this.selected(name, base, below);
    }
  }

  /** The module whose `config` a name stands for; null for other names. */
  private ownerOf(name: string, { configs }: Place): WrittenPath | null {
    const owner = configs.get(name);
    if (owner === 'other' || (owner === undefined && name !== 'config')) return null;
    return owner ?? { fromFile: true, segments: [] };
  }

  private selected(node: AttrName, base: WrittenPath, below: readonly (string | null)[]): void {
    if (node.text === null) return;
    const module = optionPath(base, this.role);
    if (module === null && below[0] !== 'containers') return;
    this.found.push({ kind: 'name', node, path: [...(module ?? []), ...below], reference: true });
  }

  private lambda(expr: LambdaExpr, at: Place): void {
    const names = [...(expr.formals ?? []).map(({ name }) => name.name)];
    if (expr.argument !== null) names.push(expr.argument.name);
    const configs = new Map(at.configs);
    for (const name of names) {
      if (name === 'config') configs.set(name, at.path);
      else if (configs.has(name)) configs.set(name, 'other');
    }
    for (const { fallback } of expr.formals ?? [])
      if (fallback !== null) this.elsewhere([fallback], { ...at, configs });
    this.read(expr.body, { ...at, configs });
  }

  private application(expr: Expr, at: Place): void {
    const given: Expr[] = [];
    let fn = expr;
    for (; fn.kind === 'apply'; fn = fn.fn) given.unshift(fn.argument);
    // A function that is written at the spot gives what its body says.
    if (fn.kind === 'lambda') this.read(fn, at);
    else this.elsewhere([fn], at);
    const head = fn.kind === 'variable' ? fn.name : fn.kind === 'select' ? (fn.path.at(-1)?.text ?? '') : '';
    for (const [index, argument] of given.entries()) {
      const role: Role = { kind: 'argument', head, index };
      const step = stepInto(role, false);
      const path = step === null ? NOWHERE : extended(at.path, step);
      this.read(argument, { path, configs: at.configs, merging: isMergeList(role, false) });
    }
  }
}

function extended({ fromFile, segments }: WrittenPath, more: readonly (string | null)[]): WrittenPath {
  return { fromFile, segments: [...segments, ...more] };
}

/** The names that stand for a module's `config` inside a `let` or `rec`. */
function bound(configs: Place['configs'], bindings: readonly Binding[]): Place['configs'] {
  const inside = new Map(configs);
  for (const binding of bindings) {
    if (binding.kind === 'inherit') {
      if (binding.from !== null) for (const { text } of binding.names) hide(inside, text);
      continue;
    }
    const [first, ...rest] = binding.path;
    const { value } = binding;
    const owner = rest.length === 0 && value.kind === 'variable' ? configs.get(value.name) : undefined;
    if (owner !== undefined && first?.text != null) inside.set(first.text, owner);
    else hide(inside, first?.text ?? null);
  }
  return inside;
}

function hide(configs: Map<string, ConfigOwner>, name: string | null): void {
  if (name !== null && (name === 'config' || configs.has(name))) configs.set(name, 'other');
}
