import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/setup/run.mjs';
import { withServer } from './with-server';

/** The capability that declares each method of docs/features.md. */
const DECLARED_BY: Record<string, string> = {
  'textDocument/hover': 'hoverProvider',
  'textDocument/completion': 'completionProvider',
  'textDocument/definition': 'definitionProvider',
  'textDocument/references': 'referencesProvider',
  'textDocument/documentLink': 'documentLinkProvider',
  'textDocument/codeLens': 'codeLensProvider',
  'textDocument/documentSymbol': 'documentSymbolProvider',
  'textDocument/codeAction': 'codeActionProvider',
  'textDocument/rename': 'renameProvider',
  'textDocument/declaration': 'declarationProvider',
  'textDocument/typeDefinition': 'typeDefinitionProvider',
  'textDocument/implementation': 'implementationProvider',
  'textDocument/documentHighlight': 'documentHighlightProvider',
  'textDocument/documentColor': 'colorProvider',
  'textDocument/formatting': 'documentFormattingProvider',
  'textDocument/rangeFormatting': 'documentRangeFormattingProvider',
  'textDocument/onTypeFormatting': 'documentOnTypeFormattingProvider',
  'textDocument/foldingRange': 'foldingRangeProvider',
  'textDocument/selectionRange': 'selectionRangeProvider',
  'textDocument/linkedEditingRange': 'linkedEditingRangeProvider',
  'textDocument/prepareCallHierarchy': 'callHierarchyProvider',
  'textDocument/prepareTypeHierarchy': 'typeHierarchyProvider',
  'textDocument/semanticTokens': 'semanticTokensProvider',
  'textDocument/moniker': 'monikerProvider',
  'textDocument/inlineValue': 'inlineValueProvider',
  'textDocument/inlayHint': 'inlayHintProvider',
  'textDocument/signatureHelp': 'signatureHelpProvider',
  'workspace/symbol': 'workspaceSymbolProvider',
  'workspace/executeCommand': 'executeCommandProvider',
};

test('docs/features.md says what the server declares', async () => {
  const page = readFileSync(path.join(root, 'docs/features.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| `([^`]+)` \| (yes|no) \|/gm)].map(([, method, answer]) => [method ?? '', answer]),
  );
  await withServer({ files: { 'a.nix': '{ }\n' } }, ({ initialized: { capabilities } }) => {
    const declared: Partial<Record<string, unknown>> = { ...capabilities };
    for (const [method, capability] of Object.entries(DECLARED_BY)) {
      expect([method, rows.get(method)]).toEqual([method, declared[capability] === undefined ? 'no' : 'yes']);
    }
    return Promise.resolve();
  });
});
