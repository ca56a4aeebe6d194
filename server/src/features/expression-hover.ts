import { Failure, Unknown } from '../eval/value';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { ApplyExpr, Expr } from '../nix/syntax';
import type { LibFunction } from '../schema/tables/lib-functions';
import { argumentMeant, argumentParagraphs, isPassedOn } from './argument-hover';
import { libFunctionMeant, selection } from './call-at';
import { onHost } from './container-summary';
import { cursorContext, placeAt } from './cursor-context';
import { containerPlace, optionPath, traefikPlace } from './cursor/place';
import { explain } from './explained-expression';
import type { HomelabIndex } from './homelab-index';
import { withCode, type Paragraph } from './markdown';
import type { Said } from './option-hover';
import { wordEnd } from './subject';
import { syntaxAt, type PlacedNode } from './syntax-at';

/** The value of the expression under the cursor, and what a name in it stands for. */

/** An expression under the cursor. */
interface Picked {
  /** What is evaluated. */
  readonly expr: Expr;
  readonly range: Range;
  /** The syntax around it, outermost first. */
  readonly around: readonly PlacedNode[];
  /** The call that it is the function of; null where it is none. */
  readonly call: { readonly expr: ApplyExpr; readonly around: readonly PlacedNode[] } | null;
  /** Whether a value that is not known is worth a word: what has a name, and what a text is put together from. */
  readonly named: boolean;
}

/** What there is to say of an expression; null where it is a literal, or says nothing that is known. */
export function sayExpression(index: HomelabIndex, file: SourceFile, offset: number): Said | null {
  const chain = syntaxAt(file, offset);
  const picked = pickedIn(file, chain) ?? halfTyped(index, file, offset, chain);
  if (picked === null) return null;
  const { expr, range, around } = picked;
  const hosts = index.hostsOf(file.path);
  const plainNix = !standsInHomelab(index, file, around, range.start);
  const argument = expr.kind === 'variable' ? argumentMeant(index, file, around, expr.name) : null;
  if (argument !== null) {
    const view = { file: file.path, line: file.lines.positionAt(range.start).line };
    const paragraphs = argumentParagraphs(index, hosts, file, argument, view);
    const isOwn = isPassedOn(index, hosts, argument);
    return paragraphs.length === 0 ? null : { range, paragraphs, thing: false, plainNix: plainNix && !isOwn };
  }
  const paragraphs = [...functionParagraphs(index, file, picked), ...valueParagraphs(index, file, picked)];
  return paragraphs.length === 0 ? null : { range, paragraphs, thing: false, plainNix };
}

function pickedIn(file: SourceFile, chain: readonly PlacedNode[]): Picked | null {
  const last = chain.at(-1);
  if (last === undefined) return null;
  const { node } = last;
  const whole = (at: number, named: boolean): Picked | null => {
    const placed = chain[at];
    if (placed === undefined || !isExpression(placed.node)) return null;
    const around = chain.slice(0, at);
    return { expr: placed.node, range: placed.range, around, call: callOf(chain, at), named };
  };
  switch (node.kind) {
    case 'attr-name': {
      const above = chain.at(-2);
      if (above?.node.kind !== 'select') return null;
      const select = above.node;
      const number = select.path.indexOf(node);
      if (number === select.path.length - 1) return whole(chain.length - 2, true);
      const expr = { ...select, path: select.path.slice(0, number + 1), fallback: null, end: node.end };
      const range = file.rangeOf(expr) ?? last.range;
      return { expr, range, around: chain.slice(0, -2), call: null, named: true };
    }
    case 'variable':
      return /^(?:true|false|null)$/.test(node.name) ? null : whole(chain.length - 1, true);
    case 'string':
      return node.parts.length > 1 ? whole(chain.length - 1, false) : null;
    case 'select':
    case 'binary':
    case 'unary':
    case 'has-attr':
    case 'if':
    case 'apply':
      return whole(chain.length - 1, chain.at(-2)?.node.kind === 'string');
    default:
      return null;
  }
}

/** The names under the cursor where a syntax error hides what they are part of. */
function halfTyped(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  around: readonly PlacedNode[],
): Picked | null {
  if (file.errors.length === 0) return null;
  const end = wordEnd(file.text, offset);
  const context = cursorContext(index, file, end);
  const before = context.kind === 'attributes' ? context.names : [];
  if (context.kind !== 'attributes' && context.kind !== 'variable' && context.kind !== 'value') return null;
  if (context.kind === 'attributes' && before.length === 0) return null;
  const { word } = context;
  const written = file.text.slice(word.start, word.end);
  if (!/^[A-Za-z_][\w'-]*$/.test(written) || /^(?:true|false|null)$/.test(written)) return null;
  const text = [...before, written].join('.');
  const start = file.text.endsWith(text, word.end) ? word.end - text.length : word.start;
  const range = { start, end: word.end };
  return { expr: selection(file, [...before, written], range), range, around, call: null, named: false };
}

function isExpression(node: PlacedNode['node']): node is Expr {
  return node.kind !== 'attr-name' && node.kind !== 'binding' && node.kind !== 'inherit';
}

/** The whole call that the expression at a number of a chain is the function of. */
function callOf(chain: readonly PlacedNode[], number: number): Picked['call'] {
  let at = number;
  for (;;) {
    const above = chain[at - 1]?.node;
    if (above?.kind !== 'apply' || above.fn !== chain[at]?.node) break;
    at--;
  }
  const call = chain[at]?.node;
  return at === number || call?.kind !== 'apply' ? null : { expr: call, around: chain.slice(0, at) };
}

function valueParagraphs(
  index: HomelabIndex,
  file: SourceFile,
  { expr, around, call, named }: Picked,
): Paragraph[] {
  return index.hostsOf(file.path).flatMap((host): Paragraph[] => {
    const { value, known, pieces, parts } =
      call === null
        ? explain(index, host, file, around, expr)
        : explain(index, host, file, call.around, call.expr);
    const isProblem = value instanceof Unknown || value instanceof Failure;
    if (!known && !(named && call === null) && !(isProblem && named)) return [];
    if (!known && !isProblem && call !== null) return [];
    const where = onHost(host).slice(1);
    return [{ pieces: [...where, ...(where.length === 0 ? [] : [': ']), ...pieces] }, ...parts];
  });
}

/** What a function of `lib` does. */
function functionParagraphs(index: HomelabIndex, file: SourceFile, { expr, around }: Picked): Paragraph[] {
  if (expr.kind !== 'variable' && expr.kind !== 'select') return [];
  const fn = libFunctionMeant(index, file, around, expr);
  return fn === null ? [] : describeFunction(fn);
}

/** A function of the tables, with what it takes. */
export function describeFunction({ name, description, parameters }: LibFunction): Paragraph[] {
  return [
    { pieces: [{ code: [name, ...parameters.map((parameter) => parameter.name)].join(' ') }] },
    { pieces: withCode(description) },
    ...parameters.map((parameter) => ({
      bullet: true,
      pieces: [{ code: parameter.name }, ': ', ...withCode(parameter.description), '.'],
    })),
  ];
}

/** Whether an expression is part of a container or of Traefik's configuration. */
function standsInHomelab(
  index: HomelabIndex,
  file: SourceFile,
  around: readonly PlacedNode[],
  start: number,
): boolean {
  // What is inside a text stands where the text does.
  const text = around.findIndex(({ node }) => node.kind === 'string');
  const at = text === -1 ? start : (around[text]?.range.start ?? start);
  const path = optionPath(placeAt(file, at).path, index.roleOf(file.path));
  return path !== null && (containerPlace(path) !== null || traefikPlace(path) !== null);
}
