import type { Range } from '../nix/positions';

/** A replaced piece of a file; offsets are UTF-16. */
export interface TextChange {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

/** A file that does not exist yet. */
export interface FileCreation {
  readonly path: string;
  readonly text: string;
}

/** Everything that one command changes: it is applied as a whole or not at all. */
export interface EditPlan {
  readonly changes: readonly TextChange[];
  readonly creations: readonly FileCreation[];
  /** What to show afterwards; the offset counts in the text after the changes. */
  readonly openAt: { readonly file: string; readonly offset: number };
  /** What the person should know, in sentences. */
  readonly notes: readonly string[];
}

/** Why nothing can be changed: what is wrong, where, and what to do. */
export interface EditProblem {
  readonly problem: string;
  /** What else helps, in a sentence. */
  readonly hint?: string;
  /** The hosts to choose from, where the request has to name one. */
  readonly choices?: readonly string[];
  /** A line for the person to add where this program cannot. */
  readonly copy?: string;
  /** The place the problem speaks of. */
  readonly at?: { readonly file: string; readonly offset: number };
}

export type PlanResult = EditPlan | EditProblem;

export function isEditProblem(result: object): result is EditProblem {
  return 'problem' in result;
}

/** A text after the changes of one file. */
export function changedText(text: string, changes: readonly Pick<TextChange, 'range' | 'newText'>[]): string {
  let result = text;
  for (const { range, newText } of [...changes].sort((a, b) => b.range.start - a.range.start))
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  return result;
}
