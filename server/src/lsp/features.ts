import {
  MarkupKind,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type Hover,
  type HoverParams,
  type SymbolInformation,
} from 'vscode-languageserver';
import { codeActions } from '../features/code-action';
import { documentSymbols, symbolInformation } from '../features/document-symbol';
import { hover } from '../features/hover';
import type { ClientProfile } from './configuration';
import { answerNavigationRequests } from './navigation-requests';
import { answerStructureRequests } from './structure-requests';
import { answerTokenRequests } from './token-requests';
import type { Documents } from './documents';
import type { ProjectFiles } from './project-files';
import type { RequestGuard } from './request-guard';
import type { Settings } from './settings';
import type { Uris } from './uris';

/** What answering needs. */
export interface FeatureContext {
  readonly files: ProjectFiles;
  readonly documents: Documents;
  readonly uris: Uris;
  readonly guard: RequestGuard;
  readonly settings: Settings;
  /** What the client can do; asked at each request, because it is known only after `initialize`. */
  readonly profile: () => ClientProfile;
}

/** Answers the requests of `features/`. */
export function answerFeatureRequests(connection: Connection, context: FeatureContext): void {
  const { files, documents, uris, guard, settings, profile } = context;
  answerNavigationRequests(connection, context);
  answerStructureRequests(connection, context);
  answerTokenRequests(connection, context);

  connection.onHover(
    guard.guard<HoverParams, Hover | null>('textDocument/hover', null, ({ textDocument, position }) => {
      const file = files.file(uris.toPath(textDocument.uri));
      const analysis = files.analysis();
      if (file === null || analysis === null) return null;
      const kind = profile().markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
      const offset = file.lines.offsetAt(position);
      return hover(analysis.homelab, file, offset, kind, settings.now.nixHovers);
    }),
  );

  connection.onCodeAction(
    guard.guard<CodeActionParams, CodeAction[]>(
      'textDocument/codeAction',
      [],
      ({ textDocument, range, context: asked }) => {
        const { parse } = files;
        const analysis = files.analysis();
        if (parse === null || analysis === null) return [];
        return codeActions(
          {
            homelab: analysis.homelab,
            files: analysis.homelab.files,
            findings: analysis.findings,
            path: uris.toPath(textDocument.uri),
            range,
            shown: asked.diagnostics,
            only: asked.only,
            parse,
          },
          {
            uriOf: (path) => uris.toUri(path),
            versionOf: (path) => documents.versionOf(path),
            documentChanges: profile().documentChanges,
          },
        );
      },
    ),
  );

  connection.onDocumentSymbol(
    guard.guard<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]>(
      'textDocument/documentSymbol',
      [],
      ({ textDocument }) => {
        const file = files.file(uris.toPath(textDocument.uri));
        if (file === null) return [];
        const symbols = documentSymbols(file);
        return profile().symbolTree ? symbols : symbolInformation(symbols, textDocument.uri);
      },
    ),
  );
}
