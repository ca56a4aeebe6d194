import {
  DocumentHighlightRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol';
import { describe, expect, it } from 'vitest';
import { exampleTexts } from '../../../test/engine/navigation';
import { LineIndex } from '../nix/positions';
import { TestClient } from './testing';

const LAB = 'file:///lab';
const IMMICH = `${LAB}/containers/immich.nix`;
const files = Object.fromEntries(Object.entries(exampleTexts()).map(([path, text]) => [LAB + path, text]));
const text = files[IMMICH] ?? '';
const textDocument = { uri: IMMICH };

describe('the requests about how a text is built', () => {
  it('are answered over a connection', async () => {
    const { connection } = await TestClient.start({ folders: [LAB], files });
    const position = new LineIndex(text).positionAt(text.indexOf('containers.immich = {') + 13);

    const highlights = await connection.sendRequest(DocumentHighlightRequest.type, {
      textDocument,
      position,
    });
    expect(highlights?.map(({ range }) => range.start.line + 1)).toEqual([8, 8, 21, 42, 45]);
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    expect(folds).toContainEqual({ startLine: 10, endLine: 14 });
    const selections = await connection.sendRequest(SelectionRangeRequest.type, {
      textDocument,
      positions: [position, { line: 0, character: 0 }],
    });
    expect(selections).toHaveLength(2);
    const symbols = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'photos' });
    expect(symbols).toMatchObject([{ name: 'photos.nemnix.site', location: { uri: IMMICH } }]);
  });

  it('answer with nothing for a file that is not there', async () => {
    const { connection } = await TestClient.start({ folders: [LAB], files });
    const missing = { textDocument: { uri: `${LAB}/none.nix` } };
    const position = { line: 3, character: 1 };
    expect(await connection.sendRequest(DocumentHighlightRequest.type, { ...missing, position })).toBeNull();
    expect(await connection.sendRequest(FoldingRangeRequest.type, missing)).toEqual([]);
    expect(
      await connection.sendRequest(SelectionRangeRequest.type, { ...missing, positions: [position] }),
    ).toEqual([]);
  });
});
