import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Log } from './log';
import type { Uris } from './uris';

/** What happens to the files that are open in the editor. Paths are the engine's. */
export interface DocumentEvents {
  opened(path: string, text: string): void;
  changed(path: string, text: string): void;
  saved(path: string, text: string): void;
  closed(path: string): void;
}

/** The files that are open in the editor, kept in step with it. */
export class Documents {
  private readonly byPath = new Map<string, TextDocument>();

  constructor(
    private readonly uris: Uris,
    private readonly log: Log,
  ) {}

  /** The version of an open file; null for one that is not open. */
  versionOf(path: string): number | null {
    return this.byPath.get(path)?.version ?? null;
  }

  /** Path and text of every open file. */
  texts(): [path: string, text: string][] {
    return [...this.byPath].map(([path, document]) => [path, document.getText()]);
  }

  listen(connection: Connection, events: DocumentEvents): void {
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      if (!this.uris.serves(uri, languageId)) return;
      const path = this.uris.remember(uri);
      this.byPath.set(path, TextDocument.create(uri, languageId, version, text));
      events.opened(path, text);
    });
    connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      const path = this.uris.toPath(uri);
      const document = this.byPath.get(path);
      if (document === undefined) return;
      try {
        TextDocument.update(document, contentChanges, version);
      } catch (error) {
        this.log.failure(`a change of ${uri} could not be applied`, error);
      }
      events.changed(path, document.getText());
    });
    connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
      const path = this.uris.toPath(uri);
      const document = this.byPath.get(path);
      if (document !== undefined) events.saved(path, document.getText());
    });
    connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      const path = this.uris.toPath(uri);
      if (!this.byPath.delete(path)) return;
      events.closed(path);
      this.uris.forget(path);
    });
  }
}
