import { builtinNames } from '../eval/builtins';
import { libValue } from '../eval/lib';
import { inspect } from '../eval/thunk';
import { Failure, Unknown, type Primop, type Value } from '../eval/value';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { Identifier, SelectExpr } from '../nix/syntax';
import { LIB_FUNCTIONS, type LibFunction } from '../schema/tables/lib-functions';
import type { Frame, Item } from './cursor/frames';
import { valueOfExpression } from './expression-value';
import type { HomelabIndex } from './homelab-index';
import { syntaxAt, type PlacedNode } from './syntax-at';

/** A call of a library function, and which of its arguments is being written, from 0. */
export interface LibCall {
  readonly fn: LibFunction;
  readonly argument: number;
}

/**
 * The innermost call of a library function that a place is an argument of, also in half-typed text; null where there is
 * none. Which function a name means is told by what it evaluates to there, not by how it is spelled.
 * @param offset UTF-16, from 0
 * @param frames what is open there
 */
export function libCallAt(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  frames: readonly Frame[],
): LibCall | null {
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth] as Frame;
    const call = frame.kind === 'list' || frame.kind === 'string' ? null : callIn(frame.items, offset);
    const found = call === null ? null : resolved(index, file, frames, call);
    if (found !== null) return found;
    // What stands in a set or a text is too far from the function around it.
    if (frame.kind !== 'list' && frame.kind !== 'paren') return null;
  }
  return null;
}

/** An expression that calls something: the names of the function, and how many arguments stand before the cursor. */
interface WrittenCall {
  readonly path: readonly string[];
  /** Where the first of these stands. */
  readonly start: number;
  readonly given: number;
}

function callIn(items: readonly Item[], offset: number): WrittenCall | null {
  const [first] = items;
  if (first?.token?.kind !== 'name') return null;
  const path = [first.token.text];
  let at = 1;
  for (; items[at]?.token?.text === '.'; at += 2) {
    const name = items[at + 1]?.token;
    if (name?.kind !== 'name') return null;
    path.push(name.text);
  }
  const last = items[at - 1];
  // The function's name is still being written.
  if (last === undefined || last.end >= offset) return null;
  let given = 0;
  let open = false;
  for (; at < items.length; at++) {
    const item = items[at];
    if (item?.token?.text === '.') at++;
    else given++;
    // A word that ends at the cursor is still being written.
    open = (items[Math.min(at, items.length - 1)]?.end ?? 0) >= offset && item?.group === '';
  }
  return { path, start: first.start, given: open ? given - 1 : given };
}

function resolved(
  index: HomelabIndex,
  file: SourceFile,
  frames: readonly Frame[],
  { path, start, given }: WrittenCall,
): LibCall | null {
  const [name = ''] = path.slice(-1);
  const chain = syntaxAt(file, start);
  for (const host of index.hostsOf(file.path)) {
    const value = valueOfExpression(index, host, file, chain, selection(file, path));
    const known = functionOf(value);
    if (known !== null) return argumentOf(known.fn, given + known.given);
    if (!(value instanceof Unknown) && !(value instanceof Failure)) return null;
  }
  // A function that is called with `lib` is called with nixpkgs', though by whom cannot be told.
  if (path.length < 2 || path[0] !== 'lib' || !isParameter(frames, 'lib')) return null;
  const named = LIB_FUNCTIONS.find((fn) => fn.name === name);
  return named === undefined ? null : argumentOf(named, given);
}

function argumentOf(fn: LibFunction, argument: number): LibCall | null {
  return argument < fn.parameters.length ? { fn, argument } : null;
}

/** Whether a name is bound by a function here, and by nothing nearer. */
function isParameter(frames: readonly Frame[], name: string): boolean {
  const scopes = frames.flatMap((frame) => frame.scopes).filter(({ names }) => names.has(name));
  return scopes.at(-1)?.byFunction === true;
}

/**
 * Names one after the other as an expression of a file.
 * @param range where they stand
 */
export function selection(
  { root }: SourceFile,
  [first = '', ...rest]: readonly string[],
  range: Range = { start: 0, end: 0 },
): Identifier | SelectExpr {
  const at = { anchor: root.anchor, ...range };
  const subject: Identifier = { ...at, kind: 'variable', name: first };
  if (rest.length === 0) return subject;
  const path = rest.map((text) => ({ ...at, kind: 'attr-name' as const, text, dynamic: null }));
  return { ...at, kind: 'select', subject, path, fallback: null };
}

/**
 * The function of the tables that a name or a selection means, by what it evaluates to; null where it is none of them.
 * @param around the syntax around it, outermost first
 */
export function libFunctionMeant(
  index: HomelabIndex,
  file: SourceFile,
  around: readonly PlacedNode[],
  expr: Identifier | SelectExpr,
): LibFunction | null {
  for (const host of index.hostsOf(file.path)) {
    const known = functionOf(valueOfExpression(index, host, file, around, expr));
    if (known !== null) return known.given === 0 ? known.fn : null;
  }
  return null;
}

let byPrimop: ReadonlyMap<Primop, LibFunction> | undefined;

function functionOf(value: Value | Unknown | Failure): { fn: LibFunction; given: number } | null {
  if (value instanceof Unknown || value instanceof Failure || value.type !== 'primop') return null;
  const fn = (byPrimop ??= primops()).get(value.primop);
  return fn === undefined ? null : { fn, given: value.given.length };
}

/** The engine's own functions, by what they are. */
function primops(): Map<Primop, LibFunction> {
  const builtins = builtinNames().get('builtins');
  const inside = builtins === undefined ? null : inspect(builtins);
  const sets = [libValue(), inside];
  const found = new Map<Primop, LibFunction>();
  for (const fn of LIB_FUNCTIONS) {
    for (const set of sets) {
      if (set === null || set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
      const thunk = set.entries.get(fn.name)?.value;
      const value = thunk === undefined ? null : inspect(thunk);
      if (
        value !== null &&
        !(value instanceof Unknown) &&
        !(value instanceof Failure) &&
        value.type === 'primop'
      )
        found.set(value.primop, fn);
    }
  }
  return found;
}
