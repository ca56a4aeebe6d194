import type { Anchor, AttrName, Expr } from './syntax';

interface At {
  readonly anchor: Anchor;
  readonly start: number;
  readonly end: number;
}

/**
 * The grammar takes `//` directly before a path character for part of a path: `a//b` is then a path, `f //b` a call.
 * A Nix path never holds `//`, so what it splits into is certain when both sides are names.
 */
export function misparsedUpdate(at: At, text: string, partCount: number): Expr {
  const split =
    /^([A-Za-z_][A-Za-z0-9_'-]*(?:\.[A-Za-z_][A-Za-z0-9_'-]*)*)?\/\/([A-Za-z_][A-Za-z0-9_'-]*(?:\.[A-Za-z_][A-Za-z0-9_'-]*)*)$/.exec(
      text,
    );
  const rightText = split?.[2];
  if (rightText === undefined || partCount !== 1) {
    return { kind: 'broken', ...at, reason: 'put a space after `//`: this text cannot be told from a path' };
  }
  const leftText = split?.[1] ?? '';
  const right = selectFromText({ ...at, start: at.end - rightText.length }, rightText);
  const left: Expr =
    leftText === ''
      ? { kind: 'broken', ...at, end: at.start, reason: 'the left side of `//` is missing' }
      : selectFromText({ ...at, end: at.start + leftText.length }, leftText);
  const update: Expr = { kind: 'binary', ...at, operator: '//', left, right };
  misparsedUpdates.add(update);
  return update;
}

/** Updates that the grammar took for paths; a genuine one can be an argument too, in parentheses. */
const misparsedUpdates = new WeakSet<Expr>();

/** An application whose argument is a mis-parsed update: `f a//b` is `(f a) // b`, `x //b` is `x // b`. */
export function applyOrUpdate(at: At, fn: Expr, argument: Expr): Expr {
  if (argument.kind === 'binary' && misparsedUpdates.has(argument)) {
    const { left, right } = argument;
    const called: Expr =
      left.kind === 'broken' ? fn : { kind: 'apply', ...at, end: left.end, fn, argument: left };
    return { kind: 'binary', ...at, operator: '//', left: called, right };
  }
  return { kind: 'apply', ...at, fn, argument };
}

function selectFromText(at: At, text: string): Expr {
  const [head = '', ...rest] = text.split('.');
  const subject: Expr = {
    kind: 'variable',
    anchor: at.anchor,
    start: at.start,
    end: at.start + head.length,
    name: head,
  };
  if (rest.length === 0) return subject;
  let offset = at.start + head.length + 1;
  const path = rest.map((name): AttrName => {
    const start = offset;
    offset += name.length + 1;
    return {
      kind: 'attr-name',
      anchor: at.anchor,
      start,
      end: start + name.length,
      text: name,
      dynamic: null,
    };
  });
  return { kind: 'select', anchor: at.anchor, start: at.start, end: at.end, subject, path, fallback: null };
}
