import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { lspRange } from './positions';
import { syntaxAt, type PlacedNode } from './syntax-at';

const WORD = /[A-Za-z0-9_.-]/;

/**
 * What "Expand Selection" selects step by step from each position: the word, the content of a string, the string, the
 * value, the binding, the inside of the set, the set, and so on up to the file.
 */
export function selectionRanges(file: SourceFile, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = file.lines.offsetAt(position);
    let selection: SelectionRange | undefined;
    for (const range of nested(rangesAround(file, offset), offset))
      selection = {
        range: lspRange(file.lines, range),
        ...(selection === undefined ? {} : { parent: selection }),
      };
    return selection ?? { range: { start: position, end: position } };
  });
}

/** Candidates, from the largest to the smallest. */
function rangesAround(file: SourceFile, offset: number): Range[] {
  const { text } = file;
  return [
    { start: 0, end: text.length },
    ...syntaxAt(file, offset).flatMap((placed) => [placed.range, ...insideOf(file, placed, offset)]),
    wordAt(text, offset),
  ];
}

/** What is between the ends of a node, or a part of it, that is no node of its own. */
function insideOf(file: SourceFile, { node, range }: PlacedNode, offset: number): Range[] {
  const { text } = file;
  switch (node.kind) {
    case 'attrs':
    case 'list': {
      const open = text.slice(range.start, range.end).search(/[{[]/);
      return open === -1 ? [] : [trimmed(text, range.start + open + 1, range.end - 1)];
    }
    case 'string': {
      const quotes = node.indented ? 2 : 1;
      const inside = { start: range.start + quotes, end: range.end - quotes };
      const hole = node.parts
        .flatMap((part) => (typeof part === 'string' ? [] : [file.rangeOf(part)]))
        .find((part) => part !== null && part.start <= offset && offset <= part.end);
      if (hole == null) return [inside];
      const start = text.lastIndexOf('${', hole.start);
      const end = text.indexOf('}', hole.end);
      return start < inside.start || end === -1 || end >= inside.end
        ? [inside]
        : [inside, { start, end: end + 1 }];
    }
    case 'binding': {
      const [first, last] = [node.path[0], node.path.at(-1)].map((name) =>
        name === undefined ? null : file.rangeOf(name),
      );
      return first == null || last == null ? [] : [{ start: first.start, end: last.end }];
    }
    case 'attr-name':
      return text[range.start] === '"' ? [{ start: range.start + 1, end: range.end - 1 }] : [];
    default:
      return [];
  }
}

function trimmed(text: string, start: number, end: number): Range {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  return { start: from, end: Math.max(from, end - (inside.length - inside.trimEnd().length)) };
}

function wordAt(text: string, offset: number): Range {
  let [start, end] = [offset, offset];
  while (start > 0 && WORD.test(text[start - 1] ?? '')) start--;
  while (end < text.length && WORD.test(text[end] ?? '')) end++;
  return { start, end };
}

/** Those around the offset that each lie in the one before and are smaller. */
function nested(ranges: readonly Range[], offset: number): Range[] {
  const kept: Range[] = [];
  for (const range of ranges) {
    const around = kept.at(-1);
    if (range.start > offset || range.end < offset || range.start >= range.end) continue;
    if (around !== undefined) {
      const inside = around.start <= range.start && range.end <= around.end;
      if (!inside || (around.start === range.start && around.end === range.end)) continue;
    }
    kept.push(range);
  }
  return kept;
}
