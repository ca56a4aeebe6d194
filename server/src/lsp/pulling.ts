import {
  DocumentDiagnosticReportKind,
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { DiagnosticReports } from './diagnostic-reports';
import type { Documents } from './documents';
import type { RequestGuard } from './request-guard';
import type { Uris } from './uris';

/** What answering needs. */
export interface Pulled {
  readonly reports: DiagnosticReports;
  readonly documents: Documents;
  readonly uris: Uris;
  readonly guard: RequestGuard;
  /** Brings the reports up to date with the files as they are now. */
  readonly analyse: () => void;
}

/** Answers a client that asks for diagnostics. */
export function answerDiagnosticRequests(connection: Connection, pulled: Pulled): void {
  const { guard } = pulled;
  const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guard.guard<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      'textDocument/diagnostic',
      none,
      (params) => {
        pulled.analyse();
        return reportOf(pulled, pulled.uris.toPath(params.textDocument.uri), params.previousResultId);
      },
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    guard.guard<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      'workspace/diagnostic',
      { items: [] },
      (params) => {
        pulled.analyse();
        return { items: workspaceReports(pulled, params) };
      },
    ),
  );
}

function reportOf({ reports }: Pulled, path: string, previous: string | undefined): DocumentDiagnosticReport {
  const { id, diagnostics } = reports.get(path);
  if (id === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id };
  return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: [...diagnostics] };
}

function workspaceReports(
  pulled: Pulled,
  { previousResultIds }: WorkspaceDiagnosticParams,
): WorkspaceDocumentDiagnosticReport[] {
  const { reports, documents, uris } = pulled;
  const previous = new Map(previousResultIds.map(({ uri, value }) => [uris.toPath(uri), value]));
  return [...new Set([...reports.paths(), ...previous.keys()])].map((path) => ({
    ...reportOf(pulled, path, previous.get(path)),
    uri: uris.toUri(path),
    version: documents.versionOf(path),
  }));
}
