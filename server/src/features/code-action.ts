import {
  CodeActionKind,
  type CodeAction,
  type Diagnostic,
  type Range as LspRange,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Parse } from '../edits/overlay';
import type { ParsedFiles } from '../eval/evaluation';
import type { Homelab } from '../homelab/homelab';
import { fixAll, safeFix } from '../rules/fix-all';
import { ignoreHere, ignoreInFile } from '../rules/ignores/write';
import type { Finding, Fix, TextChange } from '../rules/rule';
import { completionsHere } from './complete-here';
import { importsHere } from './import-here';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './diagnostics';
import { linesOf, lspRange, meet, type UriOf } from './positions';

/** What is asked: what can be done about the findings in a range of a file. */
export interface CodeActionQuestion {
  readonly homelab: Homelab;
  readonly files: ParsedFiles;
  readonly findings: readonly Finding[];
  readonly path: string;
  /** Lines and columns from 0. */
  readonly range: LspRange;
  /** The diagnostics the editor shows there. */
  readonly shown: readonly Diagnostic[];
  /** The kinds of actions that are wanted; all when not given. */
  readonly only?: readonly string[] | undefined;
  readonly parse: Parse;
}

/** How edits are to be written for an editor. */
export interface EditStyle {
  readonly uriOf: UriOf;
  /** The version of an open file; null for one that is not open. */
  readonly versionOf: (path: string) => number | null;
  /** Whether the editor takes edits with versions. */
  readonly documentChanges: boolean;
}

/** The kind of the action that makes all safe fixes of a file, also when it is saved. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.nixos-containers`;

/** The kind of the actions that add what is missing. */
export const COMPLETE_KIND = CodeActionKind.RefactorRewrite;

/** What can be done: quick fixes where the findings meet the range, completing what is there, and all safe fixes of the file. */
export function codeActions(question: CodeActionQuestion, style: EditStyle): CodeAction[] {
  const lines = linesOf(question.files, question.path);
  if (lines === null) return [];
  const asked = { start: lines.offsetAt(question.range.start), end: lines.offsetAt(question.range.end) };
  const wants = (kind: string): boolean => wanted(question.only, kind);
  const here = question.findings.filter(({ file, range }) => file === question.path && meet(range, asked));
  return [
    ...(wants(CodeActionKind.QuickFix)
      ? [
          ...fixes(here, question, style),
          ...fixesOfRules(here, question, style),
          ...imports(question, style, asked.start),
          ...ignores(here, question, style),
        ]
      : []),
    ...(wants(COMPLETE_KIND) ? completions(question, style, asked.start) : []),
    // A menu shows it only where it is asked for.
    ...(question.only !== undefined && wants(FIX_ALL_KIND) ? fixesOfFile(question, style) : []),
  ];
}

/** Whether actions of a kind are wanted: that kind, or one it is part of. */
function wanted(only: readonly string[] | undefined, kind: string): boolean {
  return (
    only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`))
  );
}

/** What adds to the container under the cursor what it lacks. */
function completions(
  { homelab, files, path }: CodeActionQuestion,
  style: EditStyle,
  offset: number,
): CodeAction[] {
  return completionsHere(homelab, path, offset).flatMap(({ title, changes }) => {
    const edit = workspaceEdit({ changes }, files, style);
    return edit === null ? [] : [{ title, kind: COMPLETE_KIND, edit }];
  });
}

/** What imports the module under the cursor again, or the one whose commented import is there. */
function imports(
  { homelab, files, path }: CodeActionQuestion,
  style: EditStyle,
  offset: number,
): CodeAction[] {
  return importsHere(homelab, path, offset).flatMap(({ title, changes }) => {
    const edit = workspaceEdit({ changes }, files, style);
    return edit === null ? [] : [{ title, kind: CodeActionKind.QuickFix, edit }];
  });
}

/** The fixes of some findings. What two of them offer alike is offered once, for both. */
function fixes(here: readonly Finding[], question: CodeActionQuestion, style: EditStyle): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  for (const finding of here) {
    const diagnostic = shownDiagnostic(finding, question, style.uriOf);
    for (const fix of finding.fixes) {
      const edit = workspaceEdit(fix, question.files, style);
      if (edit === null || diagnostic === null) continue;
      const key = JSON.stringify([fix.title, edit]);
      const same = actions.get(key);
      if (same !== undefined) same.diagnostics?.push(diagnostic);
      else actions.set(key, quickFix(fix.title, edit, [diagnostic], finding.fixes.length === 1));
    }
  }
  return [...actions.values()];
}

/** For each rule that has a safe fix here, all of its safe fixes: in the file, and in the workspace. */
function fixesOfRules(
  here: readonly Finding[],
  question: CodeActionQuestion,
  style: EditStyle,
): CodeAction[] {
  const { findings, files, path, parse } = question;
  const rules = [...new Set(here.filter((finding) => safeFix(finding) !== null).map(({ rule }) => rule))];
  return rules.flatMap((rule) => {
    const everywhere = findings.filter((finding) => finding.rule === rule && safeFix(finding) !== null);
    const inFile = everywhere.filter(({ file }) => file === path);
    const diagnostics = here
      .filter((finding) => finding.rule === rule)
      .flatMap((finding) => shownDiagnostic(finding, question, style.uriOf) ?? []);
    const action = (title: string, among: readonly Finding[]): CodeAction[] => {
      const edit = workspaceEdit(fixAll(among, files, parse), files, style);
      return edit === null ? [] : [quickFix(title, edit, diagnostics, false)];
    };
    return [
      ...(inFile.length > 1 ? action(`Fix all ${rule} in this file`, inFile) : []),
      ...(everywhere.length > inFile.length ? action(`Fix all ${rule} in the workspace`, everywhere) : []),
    ];
  });
}

/** All safe fixes that change nothing but the file. */
function fixesOfFile({ findings, files, path, parse }: CodeActionQuestion, style: EditStyle): CodeAction[] {
  const own = findings.filter(
    (finding) => finding.file === path && safeFix(finding)?.changes.every(({ file }) => file === path),
  );
  const all = fixAll(own, files, parse);
  const edit = workspaceEdit(all, files, style);
  return edit === null || all.changes.length === 0
    ? []
    : [{ title: 'Fix all that is safe to fix (NixOS Containers)', kind: FIX_ALL_KIND, edit }];
}

/** Ignoring the rules that found something here: in this place, or in the file. */
function ignores(here: readonly Finding[], question: CodeActionQuestion, style: EditStyle): CodeAction[] {
  const { files, path } = question;
  const file = files.parsed(path);
  if (file === null) return [];
  const actions = new Map<string, CodeAction>();
  for (const finding of here) {
    const { rule } = finding;
    const diagnostic = shownDiagnostic(finding, question, style.uriOf);
    if (diagnostic === null || NOT_IGNORED.has(rule)) continue;
    const offers: [title: string, change: TextChange][] = [
      [`Ignore ${rule} here`, ignoreHere(file, finding)],
      [`Ignore ${rule} in this file`, ignoreInFile(file, rule)],
    ];
    for (const [title, change] of offers) {
      const edit = workspaceEdit({ changes: [change] }, files, style);
      const same = actions.get(title);
      if (same !== undefined) same.diagnostics?.push(diagnostic);
      else if (edit !== null) actions.set(title, quickFix(title, edit, [diagnostic], false));
    }
  }
  return [...actions.values()];
}

/** Rules that nobody wants to read a comment about: the comment, or the text around it, is what they are about. */
const NOT_IGNORED: ReadonlySet<string> = new Set(['syntax-error', 'unknown-ignore', 'unneeded-ignore']);

function quickFix(title: string, edit: WorkspaceEdit, diagnostics: Diagnostic[], only: boolean): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
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
function workspaceEdit(
  { changes }: Pick<Fix, 'changes'>,
  files: ParsedFiles,
  style: EditStyle,
): WorkspaceEdit | null {
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
