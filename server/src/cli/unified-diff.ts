/** What changed between two texts, as `diff -u` shows it. */

const CONTEXT = 3;

interface Line {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * The difference of two texts as a unified diff; empty when they are equal.
 * @param before null for a file that does not exist yet
 */
export function unifiedDiff(name: string, before: string | null, after: string): string {
  if (before === after) return '';
  const lines = differences(linesOf(before ?? ''), linesOf(after));
  const head = [before === null ? '--- /dev/null' : `--- a/${name}`, `+++ b/${name}`];
  return `${[...head, ...hunks(lines)].join('\n')}\n`;
}

/** The lines of a text with their line ends, but for the line feed itself. */
function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  else lines.push(`${lines.pop() ?? ''}\n\\ No newline at end of file`);
  return lines;
}

function differences(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (text: string): Line => ({ kind: ' ', text });
  return [
    ...before.slice(0, start).map(same),
    ...changedLines(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

/** The longest common subsequence keeps its lines; all others go or come. */
function changedLines(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: ' ', text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: '-', text: old });
      i++;
    } else {
      lines.push({ kind: '+', text: fresh ?? '' });
      j++;
    }
  }
  return lines;
}

function hunks(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  const ranges: { from: number; to: number }[] = [];
  for (const index of changed) {
    const last = ranges[ranges.length - 1];
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)];
    if (last !== undefined && from <= last.to) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges.flatMap(({ from, to }) => {
    const part = lines.slice(from, to);
    const old = range(lines, from, part, '+');
    const fresh = range(lines, from, part, '-');
    return [`@@ -${old} +${fresh} @@`, ...part.map(({ kind, text }) => kind + text)];
  });
}

/** `first,count` of a hunk on one side; `other` marks the lines that only the other side has. */
function range(lines: readonly Line[], from: number, part: readonly Line[], other: '+' | '-'): string {
  const before = lines.slice(0, from).filter(({ kind }) => kind !== other).length;
  const count = part.filter(({ kind }) => kind !== other).length;
  return `${count === 0 ? before : before + 1}${count === 1 ? '' : `,${count}`}`;
}
