import type { InitializeParams } from 'vscode-languageserver';
import * as z from 'zod/mini';
import type { InitializationOptions } from './protocol';
import { SETTINGS } from './settings';

const binary = z.instanceof(Uint8Array);
const flag = z.catch(z.optional(z.boolean()), undefined);
const initializationOptions = z.object({
  ...SETTINGS,
  pushDiagnostics: flag,
  opensPlaces: flag,
  namesTokens: flag,
  showsDisabledCode: flag,
  statusNotifications: flag,
  binaries: z.catch(z.optional(z.object({ runtime: binary, grammar: binary })), undefined),
});

/** How diagnostics reach the client: never in both ways. */
export type DiagnosticsMode = 'push' | 'pull';

/** What the client can do and wants, as far as it matters here. */
export interface ClientProfile {
  readonly options: InitializationOptions;
  readonly diagnostics: DiagnosticsMode;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesTokens: boolean;
  readonly watchesFiles: boolean;
  /** Whether it can watch files outside the workspace folders. */
  readonly watchesElsewhere: boolean;
  readonly changesFolders: boolean;
  readonly documentChanges: boolean;
  readonly symbolTree: boolean;
  readonly markdown: boolean;
  readonly completionMarkdown: boolean;
  readonly signatureMarkdown: boolean;
  readonly snippets: boolean;
  readonly definitionLinks: boolean;
}

/** Reads what a client says of itself; what makes no sense counts as not said. */
export function clientProfile({
  capabilities,
  initializationOptions: given,
}: Pick<InitializeParams, 'capabilities' | 'initializationOptions'>): ClientProfile {
  const { workspace, textDocument } = capabilities;
  const parsed = initializationOptions.safeParse(given);
  const options: InitializationOptions = parsed.success ? withoutUndefined(parsed.data) : {};
  const pulls = textDocument?.diagnostic !== undefined && options.pushDiagnostics !== true;
  return {
    options,
    diagnostics: pulls ? 'pull' : 'push',
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesElsewhere: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    completionMarkdown:
      textDocument?.completion?.completionItem?.documentationFormat?.includes('markdown') === true,
    signatureMarkdown:
      textDocument?.signatureHelp?.signatureInformation?.documentationFormat?.includes('markdown') === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
  };
}

function withoutUndefined(options: z.infer<typeof initializationOptions>): InitializationOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
