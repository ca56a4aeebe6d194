import type { Position, WorkspaceEdit } from 'vscode-languageserver-types';
import type { EditPlan } from '../edits/edit-plan';
import { textsAfter } from '../edits/overlay';
import type { ParsedFiles } from '../eval/evaluation';
import { LineIndex } from '../nix/positions';
import { linesOf, lspRange, type UriOf } from './positions';

/** How an editor wants a plan written. */
export interface PlanStyle {
  readonly uriOf: UriOf;
  /** The version of an open file; null for one that is not open. */
  readonly versionOf: (path: string) => number | null;
}

/** A plan for an editor: applied in one go, so that one undo takes everything back. */
export interface PlannedEdit {
  readonly edit: WorkspaceEdit;
  /** What to show once it is applied. */
  readonly open: { readonly uri: string; readonly position: Position };
  readonly notes: readonly string[];
}

/**
 * A plan as edits of the protocol. New files come first and are never written over others: where one cannot be created,
 * nothing after it happens. Null when a file to change is not in the snapshot.
 */
export function plannedEdit(
  files: ParsedFiles,
  plan: EditPlan,
  { uriOf, versionOf }: PlanStyle,
): PlannedEdit | null {
  const changes: NonNullable<WorkspaceEdit['documentChanges']> = [];
  for (const { path, text } of plan.creations) {
    const uri = uriOf(path);
    const start = { line: 0, character: 0 };
    changes.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } });
    changes.push({
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    });
  }
  for (const file of new Set(plan.changes.map((change) => change.file))) {
    const lines = linesOf(files, file);
    if (lines === null) return null;
    const edits = plan.changes
      .filter((change) => change.file === file)
      .map(({ range, newText }) => ({ range: lspRange(lines, range), newText }));
    changes.push({ textDocument: { uri: uriOf(file), version: versionOf(file) }, edits });
  }
  const { file, offset } = plan.openAt;
  const after = textsAfter(files, plan).get(file);
  const lines = after === undefined ? linesOf(files, file) : new LineIndex(after);
  const position = lines?.positionAt(offset) ?? { line: 0, character: 0 };
  return {
    edit: { documentChanges: changes },
    open: { uri: uriOf(file), position },
    notes: plan.notes,
  };
}
