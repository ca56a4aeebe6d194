import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { ListExpr } from '../nix/syntax';
import type { TextChange } from './edit-plan';
import { indentationAt, lineEnd, lineEndOf, lineStart } from './syntax-search';

/** A neighbour of a new list element: its place, and the name by which the neighbours may be sorted. */
export interface Neighbour {
  readonly range: Range;
  readonly name: string;
}

/** One change, and where the new text stands once it is made. */
export interface Insertion {
  readonly change: TextChange;
  readonly offset: number;
}

/**
 * Adds an element to a list as its neighbours are written: behind the last of them, or where it belongs if they are
 * evidently sorted. Comments stay where they are.
 * @param neighbours in the order of the text; empty for the end of the list
 */
export function insertElement(
  file: SourceFile,
  list: ListExpr,
  neighbours: readonly Neighbour[],
  name: string,
  text: string,
): Insertion | null {
  const place = placeAmong(file.text, neighbours, name);
  if (place !== null)
    return place.before ? before(file, place.range, text) : after(file, list, place.range, text);
  const last = list.elements[list.elements.length - 1];
  const range = last === undefined ? null : file.rangeOf(last);
  return range === null ? intoEmpty(file, list, text) : after(file, list, range, text);
}

function placeAmong(
  text: string,
  neighbours: readonly Neighbour[],
  name: string,
): { range: Range; before: boolean } | null {
  const runs = runsOf(text, neighbours);
  const run = runs[runs.length - 1];
  const last = run?.[run.length - 1];
  if (run === undefined || last === undefined) return null;
  const compare = orderOf(runs);
  if (compare === null) return { range: last.range, before: false };
  const lower = run.filter((neighbour) => compare(neighbour.name, name) <= 0).pop();
  if (lower !== undefined) return { range: lower.range, before: false };
  return { range: (run[0] ?? last).range, before: true };
}

/** Neighbours with no empty line between them. */
function runsOf(text: string, neighbours: readonly Neighbour[]): Neighbour[][] {
  const runs: Neighbour[][] = [];
  let previous: Neighbour | undefined;
  for (const neighbour of neighbours) {
    const run = runs[runs.length - 1];
    const gap = previous === undefined ? '' : text.slice(previous.range.end, neighbour.range.start);
    if (run === undefined || /\n[ \t]*\r?\n/.test(gap)) runs.push([neighbour]);
    else run.push(neighbour);
    previous = neighbour;
  }
  return runs;
}

type Order = (a: string, b: string) => number;

const ALPHABETICAL: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const BY_LENGTH: Order = (a, b) => a.length - b.length;

/** The order that all runs keep, if one of them is long enough to be evidence. */
function orderOf(runs: readonly (readonly Neighbour[])[]): Order | null {
  const keeps = (order: Order): boolean =>
    runs.every((run) =>
      run.every((neighbour, index) => index === 0 || order(run[index - 1]?.name ?? '', neighbour.name) <= 0),
    );
  const longest = Math.max(...runs.map((run) => run.length));
  if (longest >= 3 && keeps(ALPHABETICAL)) return ALPHABETICAL;
  const lengths = Math.max(...runs.map((run) => new Set(run.map((neighbour) => neighbour.name.length)).size));
  return longest >= 4 && lengths >= 3 && keeps(BY_LENGTH) ? BY_LENGTH : null;
}

function after(file: SourceFile, list: ListExpr, range: Range, newText: string): Insertion {
  const { text } = file;
  const start = lineStart(text, range.start);
  const head = text.slice(start, range.start);
  const isFirst = /^[ \t]*$/.test(head);
  const whole = file.rangeOf(list) ?? range;
  const manyLines = text.slice(whole.start, whole.end).includes('\n');
  const rest = text.slice(range.end, lineEnd(text, range.end));
  const alone = /^[ \t]*(?:#.*|\/\*.*\*\/[ \t]*)?$/.test(rest);
  const closes = /^[ \t]*\]/.test(rest);
  if (manyLines && (alone || closes) && (isFirst || /\[[ \t]*$/.test(head))) {
    const at = alone ? range.end + rest.length : range.end;
    const lead = lineEndOf(text) + (isFirst ? head : head.replace(/[^\t]/g, ' '));
    return insertion(file, at, lead + newText, lead.length);
  }
  return insertion(file, range.end, ` ${newText}`, 1);
}

function before(file: SourceFile, range: Range, newText: string): Insertion {
  const start = lineStart(file.text, range.start);
  const head = file.text.slice(start, range.start);
  if (/^[ \t]*$/.test(head))
    return insertion(file, start, head + newText + lineEndOf(file.text), head.length);
  return insertion(file, range.start, `${newText} `, 0);
}

function intoEmpty(file: SourceFile, list: ListExpr, newText: string): Insertion | null {
  const range = file.rangeOf(list);
  if (range === null) return null;
  const inside = file.text.slice(range.start + 1, range.end - 1);
  if (!inside.includes('\n')) {
    const change: TextChange = {
      file: file.path,
      range: { start: range.start + 1, end: range.end - 1 },
      newText: inside.trim() === '' ? ` ${newText} ` : `${inside.trimEnd()} ${newText} `,
    };
    return { change, offset: change.range.start + change.newText.lastIndexOf(newText) };
  }
  const close = lineStart(file.text, range.end - 1);
  const indentation = `${indentationAt(file.text, range.end - 1)}  `;
  return insertion(file, close, indentation + newText + lineEndOf(file.text), indentation.length);
}

function insertion(file: SourceFile, at: number, newText: string, lead: number): Insertion {
  return { change: { file: file.path, range: { start: at, end: at }, newText }, offset: at + lead };
}
