import { filesAfter, type Parse } from '../edits/overlay';
import type { ParsedFiles } from '../eval/evaluation';
import type { Finding, Fix, TextChange } from './rule';

/** A finding, and the fix that mends it. */
export interface Mended {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Fixes that are made together. */
export interface FixAll {
  readonly changes: readonly TextChange[];
  readonly mended: readonly Mended[];
}

/** The fix of a finding that may be made without looking; null where none may. */
export function safeFix({ fixes }: Finding): Fix | null {
  return fixes.find(({ safe }) => safe === true) ?? null;
}

/**
 * The safe fixes of findings that can be made at the same time. One that meets another is left for the next time, and
 * so is one after which a file would no longer parse.
 */
export function fixAll(findings: readonly Finding[], files: ParsedFiles, parse: Parse): FixAll {
  const changes: TextChange[] = [];
  const mended: Mended[] = [];
  const made = new Set<string>();
  for (const finding of findings) {
    const fix = safeFix(finding);
    if (fix === null) continue;
    const key = JSON.stringify(fix.changes);
    if (!made.has(key)) {
      if (fix.changes.some((change) => changes.some((other) => collide(change, other)))) continue;
      if (!parsesAfter([...changes, ...fix.changes], fix.changes, files, parse)) continue;
      made.add(key);
      changes.push(...fix.changes);
    }
    mended.push({ finding, fix });
  }
  return { changes, mended };
}

/** Whether two changes cannot both be made, or not in any order: they share text, or an end where one only inserts. */
function collide(a: TextChange, b: TextChange): boolean {
  if (a.file !== b.file) return false;
  const overlap = a.range.start < b.range.end && b.range.start < a.range.end;
  const touch = a.range.start <= b.range.end && b.range.start <= a.range.end;
  const inserts = a.range.start === a.range.end || b.range.start === b.range.end;
  return overlap || (touch && inserts);
}

/** Whether the files of the latest changes have no more syntax errors than before. */
function parsesAfter(
  changes: readonly TextChange[],
  latest: readonly TextChange[],
  files: ParsedFiles,
  parse: Parse,
): boolean {
  const after = filesAfter(files, { changes, creations: [] }, parse);
  return [...new Set(latest.map(({ file }) => file))].every((path) => {
    const before = files.parsed(path);
    return before === null || (after.parsed(path)?.errors.length ?? 1) <= before.errors.length;
  });
}
