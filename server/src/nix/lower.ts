import type { Language, TreeCursor } from 'web-tree-sitter';
import { lowerIndentedString, lowerPath, lowerString, type LiteralReader } from './lower-literals';
import { applyOrUpdate } from './misparsed-update';
import { associate, hasPipes, isChained, joinChains, type Chain } from './pipes';
import type { AttrName, BinaryOperator, Binding, Expr, Formal, Identifier, Root } from './syntax';
import { OpenAnchor, TreeReader } from './tree-reader';

/** Bindings of the previous version of a file that an edit left alone, found by their new place. */
export interface Reusable {
  /** The binding that stood, in the old text, where the new text has `[start, end)` unchanged; else undefined. */
  bindingAt(start: number, end: number): Binding | undefined;
}

/** Nesting beyond this is not lowered: what is deeper is `broken`, so that no walk over syntax can overflow. */
const MAX_DEPTH = 250;

const BINARY_OPERATORS: readonly string[] = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  '->',
  '+',
  '-',
  '*',
  '/',
  '++',
  '//',
];

/** Turns one tree-sitter tree into immutable syntax. */
export class Lowering extends TreeReader implements LiteralReader {
  private depth = 0;
  /** What the grammar may have put together wrongly, where there are pipes; null where there are none. */
  private readonly chains: Map<Expr, Chain> | null;

  /**
   * @param source absolute path of the file
   * @param text the text that was parsed
   * @param hasErrors whether the tree holds an ERROR or MISSING node anywhere
   */
  constructor(
    language: Language,
    private readonly source: string,
    text: string,
    hasErrors: boolean,
    private readonly reusable: Reusable | null,
  ) {
    super(language, text, hasErrors);
    this.chains = hasPipes(text) ? new Map() : null;
  }

  lower(cursor: TreeCursor): Root {
    const anchor = new OpenAnchor(this.source, 0);
    let expression: Expr | null = null;
    let broken = false;
    if (this.type(cursor) !== 'source_code') return { anchor, expression, broken: true };
    this.eachChild(cursor, () => {
      const type = this.type(cursor);
      if (type === 'ERROR') broken = true;
      else if (cursor.nodeIsNamed && type !== 'comment') expression = this.expr(cursor, anchor);
    });
    return broken
      ? { anchor: new OpenAnchor(this.source, 0), expression: null, broken }
      : { anchor, expression, broken };
  }

  private expr(cursor: TreeCursor, anchor: OpenAnchor): Expr {
    if (this.depth >= MAX_DEPTH) {
      return this.broken(anchor, cursor.startIndex, cursor.endIndex, 'nested too deeply');
    }
    this.depth++;
    const result = this.exprOf(this.type(cursor), cursor, anchor);
    this.depth--;
    return result;
  }

  private exprOf(type: string, cursor: TreeCursor, anchor: OpenAnchor): Expr {
    const absoluteStart = cursor.startIndex;
    const absoluteEnd = cursor.endIndex;
    const start = absoluteStart - anchor.base;
    const end = absoluteEnd - anchor.base;
    const at = { anchor, start, end };
    const broken = (reason: string): Expr => this.broken(anchor, absoluteStart, absoluteEnd, reason);
    if (this.hasErrors && cursor.nodeIsMissing) return broken('an expression is missing');
    switch (type) {
      case 'variable_expression':
        if (this.hasErrors && absoluteStart === absoluteEnd) return broken('an expression is missing');
        return { kind: 'variable', ...at, name: this.slice(cursor) };
      case 'integer_expression':
        return { kind: 'int', ...at, value: BigInt(this.slice(cursor)) };
      case 'float_expression':
        return { kind: 'float', ...at, value: Number(this.slice(cursor)) };
      case 'uri_expression':
        return { kind: 'uri', ...at, text: this.slice(cursor) };
      case 'string_expression':
        return lowerString(this, cursor, anchor) ?? broken('syntax error in a string');
      case 'indented_string_expression':
        return lowerIndentedString(this, cursor, anchor) ?? broken('syntax error in a string');
      case 'path_expression':
      case 'hpath_expression':
        return lowerPath(this, type, cursor, anchor) ?? broken('syntax error in a path');
      case 'spath_expression':
        return { kind: 'path', ...at, form: 'search', parts: [this.slice(cursor)] };
      case 'attrset_expression':
      case 'rec_attrset_expression':
      case 'let_attrset_expression': {
        const { bindings, damaged } = this.bindingsOf(cursor, anchor);
        if (type === 'let_attrset_expression') return { kind: 'let', ...at, bindings, body: null, damaged };
        return { kind: 'attrs', ...at, recursive: type === 'rec_attrset_expression', bindings, damaged };
      }
      case 'list_expression': {
        const elements: Expr[] = [];
        let damaged = false;
        this.eachChild(cursor, () => {
          if (this.isDamage(cursor)) damaged = true;
          else if (cursor.currentFieldName === 'element') elements.push(this.expr(cursor, anchor));
        });
        return { kind: 'list', ...at, elements, damaged };
      }
      case 'let_expression': {
        const { bindings, damaged, body } = this.bindingsOf(cursor, anchor);
        return {
          kind: 'let',
          ...at,
          bindings,
          body: body ?? broken('the body of `let` is missing'),
          damaged,
        };
      }
      case 'parenthesized_expression':
        return this.fields(cursor, anchor, true)?.['expression'] ?? broken('syntax error in parentheses');
      case 'function_expression':
        return this.lambda(cursor, anchor) ?? broken('syntax error in a function');
      case 'apply_expression': {
        const parts = this.fields(cursor, anchor);
        if (!parts?.['function'] || !parts['argument']) return broken('syntax error in a function call');
        return applyOrUpdate(at, parts['function'], parts['argument']);
      }
      case 'if_expression': {
        const parts = this.fields(cursor, anchor);
        if (!parts?.['condition'] || !parts['consequence'] || !parts['alternative'])
          return broken('syntax error in `if`');
        const { condition, consequence, alternative } = parts;
        return { kind: 'if', ...at, condition, consequence, alternative };
      }
      case 'with_expression': {
        const parts = this.fields(cursor, anchor, true);
        if (!parts?.['environment'] || !parts['body']) return broken('syntax error in `with`');
        return { kind: 'with', ...at, environment: parts['environment'], body: parts['body'] };
      }
      case 'assert_expression': {
        const parts = this.fields(cursor, anchor, true);
        if (!parts?.['condition'] || !parts['body']) return broken('syntax error in `assert`');
        return { kind: 'assert', ...at, condition: parts['condition'], body: parts['body'] };
      }
      case 'select_expression':
      case 'has_attr_expression':
        return this.selection(type, cursor, anchor) ?? broken('syntax error in an attribute path');
      case 'unary_expression':
      case 'binary_expression':
        return this.operation(type, cursor, anchor) ?? broken('syntax error in an operation');
      default:
        return broken('syntax error');
    }
  }

  /** The children that are expressions, by field name; null when the node itself is damaged. */
  private fields(
    cursor: TreeCursor,
    anchor: OpenAnchor,
    missingTokenIsFine = false,
  ): Partial<Record<string, Expr>> | null {
    const found: Partial<Record<string, Expr>> = {};
    let damaged = false;
    this.eachChild(cursor, () => {
      if (this.hasErrors && this.type(cursor) === 'ERROR') damaged = true;
      else if (this.hasErrors && cursor.nodeIsMissing && !missingTokenIsFine) damaged = true;
      else {
        const field = cursor.currentFieldName;
        if (field !== null && field !== 'operator' && field !== 'attrpath')
          found[field] = this.expr(cursor, anchor);
      }
    });
    return damaged ? null : found;
  }

  /** What stands in `${…}`. */
  interpolation(cursor: TreeCursor, anchor: OpenAnchor): Expr {
    const inner = this.fields(cursor, anchor)?.['expression'];
    return (
      inner ?? this.broken(anchor, cursor.startIndex, cursor.endIndex, 'syntax error in an interpolation')
    );
  }

  private selection(type: string, cursor: TreeCursor, anchor: OpenAnchor): Expr | null {
    let subject: Expr | undefined;
    let path: AttrName[] | undefined;
    let fallback: Expr | null = null;
    let damaged = false;
    const start = cursor.startIndex - anchor.base;
    const end = cursor.endIndex - anchor.base;
    this.eachChild(cursor, () => {
      if (this.isDamage(cursor)) damaged = true;
      else if (cursor.currentFieldName === 'attrpath') path = this.attrPath(cursor, anchor);
      else if (cursor.currentFieldName === 'expression') subject = this.expr(cursor, anchor);
      else if (cursor.currentFieldName === 'default') fallback = this.expr(cursor, anchor);
    });
    if (damaged || subject === undefined || path === undefined || path.length === 0) return null;
    const at = { anchor, start, end };
    if (type === 'has_attr_expression') return { kind: 'has-attr', ...at, subject, path };
    return { kind: 'select', ...at, subject, path, fallback };
  }

  private operation(type: string, cursor: TreeCursor, anchor: OpenAnchor): Expr | null {
    const start = cursor.startIndex - anchor.base;
    const end = cursor.endIndex - anchor.base;
    let operator = '';
    const operands: Expr[] = [];
    const bare: boolean[] = [];
    let damaged = false;
    this.eachChild(cursor, () => {
      if (this.isDamage(cursor)) damaged = true;
      else if (cursor.currentFieldName === 'operator') operator = this.slice(cursor);
      else if (cursor.currentFieldName !== null) {
        bare.push(this.type(cursor) === 'binary_expression');
        operands.push(this.expr(cursor, anchor));
      }
    });
    const [left, right] = operands;
    if (damaged || left === undefined) return null;
    const at = { anchor, start, end };
    if (type === 'unary_expression') {
      return operator === '!' || operator === '-' ? { kind: 'unary', ...at, operator, operand: left } : null;
    }
    if (right === undefined) return null;
    if (this.chains !== null && isChained(operator)) {
      const [leftChain, rightChain] = [left, right].map(
        (operand, index): Chain =>
          (bare[index] === true ? this.chains?.get(operand) : undefined) ?? {
            operands: [operand],
            operators: [],
          },
      ) as [Chain, Chain];
      const chain = joinChains(leftChain, operator, rightChain);
      const whole =
        associate(chain) ??
        this.broken(anchor, start + anchor.base, end + anchor.base, 'pipes of both directions');
      this.chains.set(whole, chain);
      return whole;
    }
    if (!BINARY_OPERATORS.includes(operator)) return null;
    return { kind: 'binary', ...at, operator: operator as BinaryOperator, left, right };
  }

  private attrPath(cursor: TreeCursor, anchor: OpenAnchor): AttrName[] | undefined {
    const names: AttrName[] = [];
    let damaged = false;
    this.eachChild(cursor, () => {
      if (this.isDamage(cursor)) damaged = true;
      else if (cursor.currentFieldName === 'attr') {
        const name = this.attrName(cursor, anchor);
        if (name === null) damaged = true;
        else names.push(name);
      }
    });
    return damaged ? undefined : names;
  }

  private attrName(cursor: TreeCursor, anchor: OpenAnchor): AttrName | null {
    const at = this.place(cursor, anchor);
    const type = this.type(cursor);
    if (type === 'identifier') return { kind: 'attr-name', ...at, text: this.slice(cursor), dynamic: null };
    if (type === 'string_expression') {
      const string = lowerString(this, cursor, anchor);
      if (string?.kind !== 'string') return null;
      const [only = ''] = string.parts;
      if (string.parts.length <= 1 && typeof only === 'string') {
        return { kind: 'attr-name', ...at, text: only, dynamic: null };
      }
      return { kind: 'attr-name', ...at, text: null, dynamic: string };
    }
    const dynamic = this.fields(cursor, anchor)?.['expression'];
    if (dynamic === undefined) return null;
    // `${"name"}` is a written-out name too, also where computed ones are not allowed. Source: Nix's parser.y.
    if (dynamic.kind === 'string' && dynamic.parts.length === 0)
      return { kind: 'attr-name', ...at, text: '', dynamic: null };
    const [only] = dynamic.kind === 'string' && dynamic.parts.length === 1 ? dynamic.parts : [];
    if (typeof only === 'string') return { kind: 'attr-name', ...at, text: only, dynamic: null };
    return { kind: 'attr-name', ...at, text: null, dynamic };
  }

  private lambda(cursor: TreeCursor, anchor: OpenAnchor): Expr | null {
    const at = this.place(cursor, anchor);
    let argument: Identifier | null = null;
    let formals: Formal[] | null = null;
    let ellipsis = false;
    let body: Expr | undefined;
    let damaged = false;
    this.eachChild(cursor, () => {
      const field = cursor.currentFieldName;
      if (this.hasErrors && this.type(cursor) === 'ERROR') damaged = true;
      else if (field === 'universal') argument = this.identifier(cursor, anchor);
      else if (field === 'body') body = this.expr(cursor, anchor);
      else if (field === 'formals') {
        const list: Formal[] = [];
        formals = list;
        this.eachChild(cursor, () => {
          const inner = cursor.currentFieldName;
          if (inner === 'ellipses' || (this.hasErrors && this.type(cursor) === 'ERROR')) ellipsis = true;
          else if (inner === 'formal') {
            const formal = this.formal(cursor, anchor);
            if (formal !== null) list.push(formal);
          }
        });
      }
    });
    if (damaged || body === undefined) return null;
    return { kind: 'lambda', ...at, argument, formals, ellipsis, body };
  }

  private formal(cursor: TreeCursor, anchor: OpenAnchor): Formal | null {
    let name: Identifier | undefined;
    let fallback: Expr | null = null;
    this.eachChild(cursor, () => {
      if (cursor.currentFieldName === 'name' && !cursor.nodeIsMissing) name = this.identifier(cursor, anchor);
      else if (cursor.currentFieldName === 'default') fallback = this.expr(cursor, anchor);
    });
    return name === undefined ? null : { name, fallback };
  }

  private identifier(cursor: TreeCursor, anchor: OpenAnchor): Identifier {
    const start = cursor.startIndex - anchor.base;
    return { kind: 'variable', anchor, start, end: cursor.endIndex - anchor.base, name: this.slice(cursor) };
  }

  private bindingsOf(
    cursor: TreeCursor,
    anchor: OpenAnchor,
  ): { bindings: Binding[]; damaged: boolean; body: Expr | undefined } {
    const bindings: Binding[] = [];
    let damaged = false;
    let body: Expr | undefined;
    this.eachChild(cursor, () => {
      const type = this.type(cursor);
      if (type === 'ERROR') damaged = true;
      else if (cursor.currentFieldName === 'body') body = this.expr(cursor, anchor);
      else if (type === 'binding_set') {
        this.eachChild(cursor, () => {
          const inner = this.type(cursor);
          if (inner === 'comment') return;
          if (cursor.currentFieldName !== 'binding') {
            if (inner === 'ERROR') damaged = true;
            return;
          }
          const binding = this.binding(inner, cursor, anchor);
          if (binding !== null) bindings.push(binding);
          // What stands behind a broken value may be the next binding, read as a part of it.
          if (binding === null || (binding.kind === 'binding' && binding.value.kind === 'broken'))
            damaged = true;
        });
      }
    });
    return { bindings, damaged, body };
  }

  private binding(type: string, cursor: TreeCursor, outer: OpenAnchor): Binding | null {
    const absoluteStart = cursor.startIndex;
    const absoluteEnd = cursor.endIndex;
    const offset = absoluteStart - outer.base;
    const clean = !this.hasErrors || !cursor.currentNode.hasError;
    const kept = clean ? this.reusable?.bindingAt(absoluteStart, absoluteEnd) : undefined;
    if (kept !== undefined && (kept.kind === 'binding') === (type === 'binding')) {
      outer.slots.push({ offset, binding: kept, clean });
      return kept;
    }
    const anchor = new OpenAnchor(this.source, absoluteStart);
    const at = { anchor, start: 0, end: absoluteEnd - absoluteStart };
    let path: AttrName[] | undefined;
    let value: Expr | undefined;
    let from: Expr | null = null;
    let damaged = false;
    this.eachChild(cursor, () => {
      const child = this.type(cursor);
      const field = cursor.currentFieldName;
      if (this.hasErrors && child === 'ERROR') damaged = true;
      else if (field === 'attrpath' || field === 'attrs') path = this.attrPath(cursor, anchor);
      else if (field === 'expression') {
        if (type === 'binding') value = this.expr(cursor, anchor);
        else from = this.expr(cursor, anchor);
      }
    });
    if (damaged) return null;
    let binding: Binding;
    if (type === 'binding') {
      if (path === undefined || path.length === 0 || value === undefined) return null;
      binding = { kind: 'binding', ...at, path, value };
    } else {
      binding = { kind: 'inherit', ...at, from, names: path ?? [] };
    }
    outer.slots.push({ offset, binding, clean });
    return binding;
  }
}
