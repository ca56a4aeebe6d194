/** For tests only: a client and the server in one process, over a real connection, with files held in memory. */
import { PassThrough } from 'node:stream';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  DiagnosticRefreshRequest,
  type ClientCapabilities,
  type Diagnostic,
  type FileChangeType,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { isInside } from '../nix/paths';
import type { ParserBinaries } from '../nix/parser';
import type { StoredFile } from '../workspace/workspace';
import { serve } from './connection';
import type { Environment } from './environment';
import type { InitializationOptions } from './protocol';
import { Uris } from './uris';

export interface TestSession {
  readonly folders: readonly string[];
  /** By address. */
  readonly files: Readonly<Record<string, string | StoredFile>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
}

let binaries: Promise<ParserBinaries> | undefined;

async function readBinaries(): Promise<ParserBinaries> {
  const { resolve } = createRequire(import.meta.url);
  const [runtime, grammar] = await Promise.all([
    readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFile(resolve('tree-sitter-wasm/nix/tree-sitter-nix.wasm')),
  ]);
  return { runtime, grammar };
}

/** The editor's side of a session. Files are named by their address. */
export class TestClient {
  readonly pushed: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  readonly watchers: unknown[] = [];
  initialized!: InitializeResult;
  refreshes = 0;
  private readonly listeners = new Set<() => void>();
  private readonly versions = new Map<string, number>();

  private constructor(
    readonly connection: ProtocolConnection,
    private readonly disk: Map<string, StoredFile>,
  ) {
    connection.onNotification(PublishDiagnosticsNotification.type, (params) =>
      this.note(() => this.pushed.push(params)),
    );
    connection.onNotification(LogMessageNotification.type, ({ message }) =>
      this.note(() => this.logged.push(message)),
    );
    connection.onNotification(ShowMessageNotification.type, ({ message }) =>
      this.note(() => this.shown.push(message)),
    );
    connection.onRequest(DiagnosticRefreshRequest.type, () => this.note(() => this.refreshes++));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) =>
      this.note(() => this.watchers.push(...registrations)),
    );
    connection.listen();
  }

  static async start({
    folders,
    files,
    capabilities = {},
    initializationOptions,
  }: TestSession): Promise<TestClient> {
    const uris = new Uris();
    const disk = new Map<string, StoredFile>();
    for (const [uri, file] of Object.entries(files))
      disk.set(uris.toPath(uri), typeof file === 'string' ? { text: file } : file);
    const environment: Environment = {
      loadBinaries: () => (binaries ??= readBinaries()),
      readTree(uri) {
        const path = uris.toPath(uri);
        const found = new Map([...disk].filter(([file]) => isInside(path, file)));
        const notices = [...found].flatMap(([file, stored]) =>
          'opaque' in stored ? [`${file}: ${stored.opaque}`] : [],
        );
        return Promise.resolve({ files: found, notices });
      },
      // Here an index is a text that names what git tracks, one path a line.
      readRepository(uri) {
        const root = uris.toPath(uri);
        const index = `${root}/.git/index`;
        const stored = disk.get(index);
        if (stored === undefined) return Promise.resolve(null);
        return Promise.resolve({
          root,
          index,
          tracked: 'text' in stored ? new Set(stored.text.split('\n')) : null,
        });
      },
    };
    const [up, down] = [new PassThrough(), new PassThrough()];
    serve(createConnection(ProposedFeatures.all, up, down), environment);
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const client = new TestClient(connection, disk);
    client.initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the type still asks for it
      rootUri: null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities,
      initializationOptions,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'nix'): Promise<void> {
    this.versions.set(uri, 1);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces the whole text of an open file. */
  async type(uri: string, text: string): Promise<void> {
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** Changes the disk and says so; null deletes. A folder is named by its address alone. */
  async changeDisk(
    changes: Readonly<Record<string, string | null>>,
    events: { uri: string; type: FileChangeType }[],
  ): Promise<void> {
    const uris = new Uris();
    for (const [uri, text] of Object.entries(changes)) {
      const path = uris.toPath(uri);
      if (text !== null) this.disk.set(path, { text });
      else for (const file of [...this.disk.keys()]) if (isInside(path, file)) this.disk.delete(file);
    }
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: events });
  }

  /** The diagnostics of a file as they were last pushed. */
  diagnostics(uri: string): Diagnostic[] {
    return this.pushed.filter((push) => push.uri === uri).at(-1)?.diagnostics ?? [];
  }

  /** The rules of the diagnostics of a file as they were last pushed. */
  rules(uri: string): unknown[] {
    return this.diagnostics(uri).map(({ code }) => code);
  }

  /** Waits until something the server said makes this so. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      look();
    });
  }

  private note(what: () => unknown): void {
    what();
    for (const listener of this.listeners) listener();
  }
}
