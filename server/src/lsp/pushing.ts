import type { Connection } from 'vscode-languageserver';
import type { DiagnosticReports } from './diagnostic-reports';
import type { Documents } from './documents';
import type { Uris } from './uris';

/** Sends diagnostics to a client that does not ask for them. */
export class DiagnosticPusher {
  /** Under which address a file's diagnostics were last sent. */
  private readonly sentAs = new Map<string, string>();

  constructor(
    private readonly connection: Connection,
    private readonly reports: DiagnosticReports,
    private readonly documents: Documents,
    private readonly uris: Uris,
  ) {}

  /** Sends the diagnostics of files where they changed. */
  push(paths: readonly string[]): void {
    for (const path of paths) this.send(path);
  }

  /** Sends a file's diagnostics under the address it is known by now, where that is another than before. */
  respell(path: string): void {
    if (this.sentAs.has(path) && this.sentAs.get(path) !== this.uris.toUri(path)) this.send(path);
  }

  private send(path: string): void {
    const uri = this.uris.toUri(path);
    const diagnostics = [...this.reports.get(path).diagnostics];
    const before = this.sentAs.get(path);
    if (before !== undefined && before !== uri)
      void this.connection.sendDiagnostics({ uri: before, diagnostics: [] });
    if (diagnostics.length === 0) this.sentAs.delete(path);
    else this.sentAs.set(path, uri);
    const version = this.documents.versionOf(path);
    void this.connection.sendDiagnostics({ uri, ...(version === null ? {} : { version }), diagnostics });
  }
}
