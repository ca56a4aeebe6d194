import { attemptLasting, type Thunk } from './thunk';
import {
  fail,
  Failure,
  raise,
  typeName,
  Unknown,
  type AttrsValue,
  type Machine,
  type Origin,
  type Value,
} from './value';

/**
 * `a == b`. Functions are never equal. What is unknown, or an open list or set, makes the answer unknown unless what is
 * known differs. Compares in Nix's order, without recursion: depth costs no stack.
 */
export function equal(a: Value, b: Value, machine: Machine): boolean {
  if (a === b && a.type !== 'lambda' && a.type !== 'primop' && a.type !== 'float') return true;
  const pending: Pair[] = [];
  let unknown: Unknown | null = comparePair(a, b, pending, machine);
  if (unknown === DIFFERENT) return false;
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [left, right] = pair;
    const problem = attemptLasting(() =>
      isSame(left, right) ? null : comparePair(left.force(), right.force(), pending, machine),
    );
    if (problem === DIFFERENT) return false;
    if (problem instanceof Failure) return raise(unknown ?? problem);
    unknown ??= problem;
  }
  return unknown === null ? true : raise(unknown);
}

type Pair = readonly [Thunk, Thunk];

const DIFFERENT = new Unknown('merge', 'the values differ');

/** Compares two values but not what is in them, which is added to `pending`, the first to compare last. */
function comparePair(a: Value, b: Value, pending: Pair[], machine: Machine): Unknown | null {
  machine.spend(1);
  if ((a.type === 'int' || a.type === 'float') && (b.type === 'int' || b.type === 'float')) {
    const same = a.type === b.type ? a.value === b.value : Number(a.value) === Number(b.value);
    return same ? null : DIFFERENT;
  }
  switch (a.type) {
    case 'null':
      return b.type === 'null' ? null : DIFFERENT;
    case 'bool':
      return b.type === 'bool' && a.value === b.value ? null : DIFFERENT;
    case 'string':
      return b.type === 'string' && a.text === b.text ? null : DIFFERENT;
    case 'path':
      return b.type === 'path' && a.path === b.path ? null : DIFFERENT;
    case 'list': {
      if (b.type !== 'list') return DIFFERENT;
      // Open lists may hold more at any place, so that nothing can be said of what stands where.
      if (a.open !== null || b.open !== null) return a.open ?? b.open;
      if (a.items.length !== b.items.length) return DIFFERENT;
      for (let i = a.items.length - 1; i >= 0; i--) pending.push([a.items[i] as Thunk, b.items[i] as Thunk]);
      return null;
    }
    case 'attrs':
      return b.type === 'attrs' ? compareSets(a, b, pending) : DIFFERENT;
    default:
      return DIFFERENT;
  }
}

/**
 * Whether two elements are one and the same value, which counts as equal even for functions: the same thunk, or the same
 * variable's. Source: Nix manual, "value identity optimization".
 */
function isSame(a: Thunk, b: Thunk): boolean {
  return a === b || (isVariable(a) && isVariable(b) && a.force() === b.force());
}

function isVariable({ origin }: Thunk): boolean {
  return origin?.kind === 'variable';
}

function isDerivation(set: AttrsValue): boolean {
  const type = set.entries.get('type')?.value.force();
  return type?.type === 'string' && type.text === 'derivation';
}

function compareSets(a: AttrsValue, b: AttrsValue, pending: Pair[]): Unknown | null {
  if (isDerivation(a) && isDerivation(b)) {
    const [left, right] = [a.entries.get('outPath'), b.entries.get('outPath')];
    if (left !== undefined && right !== undefined) {
      pending.push([left.value, right.value]);
      return null;
    }
  }
  let unknown = a.open ?? b.open;
  const pairs: Pair[] = [];
  for (const name of [...new Set([...a.entries.keys(), ...b.entries.keys()])].sort(compareText)) {
    const [left, right] = [a.entries.get(name), b.entries.get(name)];
    const absent = left === undefined ? a.open : right === undefined ? b.open : null;
    if ((left === undefined || right === undefined) && absent === null && (left ?? right)?.maybe === null)
      return DIFFERENT;
    unknown ??= left?.maybe ?? right?.maybe ?? null;
    if (left !== undefined && right !== undefined) pairs.push([left.value, right.value]);
  }
  pending.push(...pairs.reverse());
  return unknown;
}

/** Orders two values as `<` does: negative, zero or positive. */
export function compare(a: Value, b: Value, at: Origin, machine: Machine): number {
  if ((a.type === 'int' || a.type === 'float') && (b.type === 'int' || b.type === 'float')) {
    return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
  }
  if (a.type === 'string' && b.type === 'string') return compareText(a.text, b.text);
  if (a.type === 'path' && b.type === 'path') return compareText(a.path, b.path);
  if (a.type === 'list' && b.type === 'list') {
    for (let i = 0; ; i++) {
      const left = a.items[i];
      const right = b.items[i];
      if (left === undefined || right === undefined) {
        const open = a.open ?? b.open;
        if (open !== null) return raise(open);
        return a.items.length - b.items.length;
      }
      const [x, y] = [left.force(), right.force()];
      if (!equal(x, y, machine)) return compare(x, y, at, machine);
    }
  }
  return fail('type', `cannot compare ${typeName(a)} with ${typeName(b)}`, at);
}

/** Orders texts by their UTF-8 bytes, as Nix does. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const most = Math.min(a.length, b.length);
  for (let i = 0; i < most; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // A surrogate pair stands for a code point above every other UTF-16 unit's.
    const [high, low] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000];
    if (high !== low) return high ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
