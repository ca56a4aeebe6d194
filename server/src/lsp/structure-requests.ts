import type {
  Connection,
  DocumentHighlight,
  DocumentHighlightParams,
  FoldingRange,
  FoldingRangeParams,
  SelectionRange,
  SelectionRangeParams,
  SymbolInformation,
  WorkspaceSymbolParams,
} from 'vscode-languageserver';
import { documentHighlights } from '../features/document-highlight';
import { foldingRanges } from '../features/folding-range';
import { selectionRanges } from '../features/selection-range';
import { workspaceSymbols } from '../features/workspace-symbol';
import type { FeatureContext } from './features';

/** Answers the requests about how a text is built, and what it names. */
export function answerStructureRequests(
  connection: Connection,
  { files, uris, guard }: FeatureContext,
): void {
  connection.onDocumentHighlight(
    guard.guard<DocumentHighlightParams, DocumentHighlight[] | null>(
      'textDocument/documentHighlight',
      null,
      ({ textDocument, position }) => {
        const file = files.file(uris.toPath(textDocument.uri));
        const analysis = files.analysis();
        if (file === null || analysis === null) return null;
        return documentHighlights(analysis.homelab, file, file.lines.offsetAt(position));
      },
    ),
  );

  connection.onFoldingRanges(
    guard.guard<FoldingRangeParams, FoldingRange[]>('textDocument/foldingRange', [], ({ textDocument }) => {
      const file = files.file(uris.toPath(textDocument.uri));
      return file === null ? [] : foldingRanges(file);
    }),
  );

  connection.onSelectionRanges(
    guard.guard<SelectionRangeParams, SelectionRange[]>(
      'textDocument/selectionRange',
      [],
      ({ textDocument, positions }) => {
        const file = files.file(uris.toPath(textDocument.uri));
        return file === null ? [] : selectionRanges(file, positions);
      },
    ),
  );

  connection.onWorkspaceSymbol(
    guard.guard<WorkspaceSymbolParams, SymbolInformation[]>('workspace/symbol', [], ({ query }) => {
      const analysis = files.analysis();
      return analysis === null ? [] : workspaceSymbols(analysis.homelab, query, (path) => uris.toUri(path));
    }),
  );
}
