import {
  CodeActionKind,
  type CodeAction,
  type Diagnostic,
  type Range as LspRange,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { ParsedFiles } from '../eval/evaluation';
import type { SourceFile } from '../nix/source-file';
import type { Finding, Fix } from '../rules/rule';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './diagnostics';
import { linesOf, lspRange, meet, type UriOf } from './positions';

/** What is asked: quick fixes for a range of a file. */
export interface CodeActionQuestion {
  readonly files: ParsedFiles;
  readonly findings: readonly Finding[];
  readonly file: SourceFile;
  /** Lines and columns from 0. */
  readonly range: LspRange;
  /** The diagnostics the editor shows there. */
  readonly shown: readonly Diagnostic[];
  /** The kinds of actions that are wanted; all when not given. */
  readonly only?: readonly string[] | undefined;
}

/** How edits are to be written for an editor. */
export interface EditStyle {
  readonly uriOf: UriOf;
  /** The version of an open file; null for one that is not open. */
  readonly versionOf: (path: string) => number | null;
  /** Whether the editor takes edits with versions. */
  readonly documentChanges: boolean;
}

/** The quick fixes of the findings that meet a range. What two findings offer alike is offered once, for both. */
export function codeActions(question: CodeActionQuestion, style: EditStyle): CodeAction[] {
  if (question.only !== undefined && !question.only.some(wantsQuickFixes)) return [];
  const { file, files } = question;
  const asked = {
    start: file.lines.offsetAt(question.range.start),
    end: file.lines.offsetAt(question.range.end),
  };
  const actions = new Map<string, CodeAction>();
  for (const finding of question.findings) {
    if (finding.file !== file.path || !meet(finding.range, asked)) continue;
    const diagnostic = shownDiagnostic(finding, question, style.uriOf);
    for (const fix of finding.fixes) {
      const edit = workspaceEdit(fix, files, style);
      if (edit === null || diagnostic === null) continue;
      const key = JSON.stringify([fix.title, edit]);
      const same = actions.get(key);
      if (same !== undefined) same.diagnostics?.push(diagnostic);
      else actions.set(key, quickFix(fix.title, edit, diagnostic, finding.fixes.length === 1));
    }
  }
  return [...actions.values()];
}

function wantsQuickFixes(kind: string): boolean {
  return kind === '' || kind === CodeActionKind.QuickFix;
}

function quickFix(title: string, edit: WorkspaceEdit, diagnostic: Diagnostic, only: boolean): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    ...(only ? { isPreferred: true } : {}),
    edit,
  };
}

/** The diagnostic that the editor shows for a finding, or the one it is going to show. */
function shownDiagnostic(
  finding: Finding,
  { files, shown }: CodeActionQuestion,
  uriOf: UriOf,
): Diagnostic | null {
  const own = toDiagnostic(finding, files, uriOf);
  if (own === null) return null;
  const same = shown.find(
    ({ source, code, message, range }) =>
      (source ?? DIAGNOSTIC_SOURCE) === DIAGNOSTIC_SOURCE &&
      code === own.code &&
      message === own.message &&
      JSON.stringify(range) === JSON.stringify(own.range),
  );
  return same ?? own;
}

/** A fix as edits of the protocol; null when a file it changes is not in the snapshot. */
function workspaceEdit({ changes }: Fix, files: ParsedFiles, style: EditStyle): WorkspaceEdit | null {
  const byFile = new Map<string, TextEdit[]>();
  for (const { file, range, newText } of changes) {
    const lines = linesOf(files, file);
    if (lines === null) return null;
    const edit = { range: lspRange(lines, range), newText };
    const others = byFile.get(file);
    if (others === undefined) byFile.set(file, [edit]);
    else others.push(edit);
  }
  const { uriOf, versionOf } = style;
  if (!style.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([file, edits]) => [uriOf(file), edits])) };
  }
  return {
    documentChanges: [...byFile].map(([file, edits]) => ({
      textDocument: { uri: uriOf(file), version: versionOf(file) },
      edits,
    })),
  };
}
