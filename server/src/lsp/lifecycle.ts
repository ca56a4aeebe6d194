import {
  CodeActionKind,
  CodeLensRefreshRequest,
  SemanticTokensRefreshRequest,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { version } from '../../package.json';
import { COMPLETE_KIND, FIX_ALL_KIND } from '../features/code-action';
import { COMPLETION_TRIGGERS } from '../features/completion';
import { DIAGNOSTIC_SOURCE } from '../features/diagnostics';
import { SIGNATURE_TRIGGERS } from '../features/signature-help';
import { clientProfile, type ClientProfile } from './configuration';
import { describeError, type Log } from './log';
import type { ProjectFiles } from './project-files';
import type { ServerNotifications } from './protocol';
import type { Settings } from './settings';
import type { StatusReporter } from './status';
import { tokenLegend } from './token-requests';
import type { Uris } from './uris';
import { watchFiles, watchIndexes } from './watched-files';

/** What a session begins with. */
export interface Beginning {
  readonly files: ProjectFiles;
  readonly uris: Uris;
  readonly status: StatusReporter;
  readonly settings: Settings;
  readonly log: Log;
}

/** From `initialize` to the end: what the client can do, which folders it has open, and when all of them are read. */
export class Lifecycle {
  /** Settles once the parser is loaded and the folders are read. */
  readonly ready: Promise<void>;
  isReady = false;
  profile: ClientProfile = clientProfile({ capabilities: {} });

  private filesChanged: () => void = () => undefined;
  private ended: () => void = () => undefined;

  constructor(
    private readonly connection: Connection,
    private readonly beginning: Beginning,
  ) {
    connection.onInitialize((params) => this.initialize(params));
    this.ready = new Promise((resolve, reject) => {
      // Only now, so that `initialize` is answered before any work begins.
      connection.onInitialized(() => {
        this.start().then(resolve, reject);
      });
    });
    this.ready.catch((error: unknown) => {
      beginning.log.failure('the server could not start', error);
      beginning.status.report({ state: 'failed', message: describeError(error) });
    });
    connection.onShutdown(() => this.ended());
  }

  /** Calls back when files were read that nobody edited. */
  onFilesChanged(listener: () => void): void {
    this.filesChanged = listener;
  }

  onEnd(listener: () => void): void {
    this.ended = listener;
  }

  /** Does something after the start; a failure goes to the log. */
  whenReady(what: string, run: () => Promise<void>): void {
    this.ready.then(run).catch((error: unknown) => this.beginning.log.failure(what, error));
  }

  /** Asks a client that pulls diagnostics to do so again. */
  refreshDiagnostics(): void {
    if (!this.profile.refreshesDiagnostics) return;
    this.connection.languages.diagnostics.refresh().catch((error: unknown) => {
      this.beginning.log.failure('workspace/diagnostic/refresh', error);
    });
  }

  /** Asks a client to fetch again what it shows in a file although it depends on others too. */
  refreshViews(): void {
    const { refreshesLenses, refreshesTokens, options } = this.profile;
    if (refreshesLenses) this.refresh(CodeLensRefreshRequest.type);
    if (refreshesTokens) this.refresh(SemanticTokensRefreshRequest.type);
    if (options.showsDisabledCode !== true) return;
    const changed: keyof ServerNotifications = 'nixosContainers/disabledCodeChanged';
    this.connection.sendNotification(changed, {}).catch((error: unknown) => {
      this.beginning.log.failure(changed, error);
    });
  }

  private refresh(request: typeof CodeLensRefreshRequest.type): void {
    this.connection.sendRequest(request).catch((error: unknown) => {
      this.beginning.log.failure(request.method, error);
    });
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.profile = clientProfile(params);
    this.beginning.settings.take(this.profile.options);
    for (const uri of foldersOf(params)) this.beginning.uris.addFolder(uri);
    if (this.profile.options.statusNotifications === true) this.beginning.status.enable();
    return {
      serverInfo: { name: 'nixos-containers', version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        hoverProvider: true,
        signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] },
        completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentLinkProvider: {},
        codeLensProvider: {},
        semanticTokensProvider: {
          legend: tokenLegend(this.profile.options.namesTokens === true),
          full: { delta: true },
        },
        documentSymbolProvider: { label: 'NixOS Containers' },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, COMPLETE_KIND, FIX_ALL_KIND] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(this.profile.diagnostics === 'push'
          ? {}
          : {
              diagnosticProvider: {
                identifier: DIAGNOSTIC_SOURCE,
                interFileDependencies: true,
                workspaceDiagnostics: true,
              },
            }),
      },
    };
  }

  private async start(): Promise<void> {
    const { files, status, log, uris } = this.beginning;
    status.report({ state: 'busy' });
    if (this.profile.changesFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders((event) => this.changeFolders(event));
    }
    if (this.profile.watchesFiles) {
      watchFiles(this.connection).catch((error: unknown) => log.failure('watching files', error));
    }
    await files.start(this.profile.options.binaries ?? null);
    if (this.profile.watchesFiles && this.profile.watchesElsewhere) {
      watchIndexes(this.connection, uris, files.indexFiles).catch((error: unknown) =>
        log.failure('watching what git tracks', error),
      );
    }
    this.isReady = true;
    this.filesChanged();
  }

  private changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const { files, uris } = this.beginning;
    const gone = removed.map(({ uri }) => uris.removeFolder(uri));
    const come = added.map(({ uri }) => uris.addFolder(uri));
    this.whenReady('reading workspace folders', async () => {
      for (const path of gone) await files.removeFolder(path);
      await files.reread(come);
      this.filesChanged();
    });
  }
}

/** The workspace folders; older clients name one root. */
/* eslint-disable @typescript-eslint/no-deprecated -- what those clients send */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): string[] {
  if (workspaceFolders != null && workspaceFolders.length > 0) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri != null) return [rootUri];
  return rootPath == null ? [] : [URI.file(rootPath).toString()];
}
