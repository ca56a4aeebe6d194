import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  type CompletionItem,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
  CodeActionRequest,
  ConfigurationRequest,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type FileChangeType,
  type InitializeResult,
  type ProtocolConnection,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** How long to wait for something the server is expected to say. */
const PATIENCE = 10_000;

/** A client that can do what most can, but not pull diagnostics: so the server pushes them. */
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: true,
    applyEdit: true,
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: {
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
    },
  },
  window: { workDoneProgress: true },
};

interface Waiter {
  uri: string;
  wished: (diagnostics: Diagnostic[]) => boolean;
  resolve: (diagnostics: Diagnostic[]) => void;
}

/** An editor without a window: speaks LSP with the built server over stdio. Files are named relative to its folder. */
export class ProtocolClient {
  /** What the server said of itself. */
  initialized!: InitializeResult;
  readonly connection: ProtocolConnection;

  private readonly documents = new Map<string, TextDocument>();
  private readonly diagnostics = new Map<string, Diagnostic[]>();
  private readonly waiters = new Set<Waiter>();
  private readonly ended: Promise<number | null>;
  private errors = '';

  private constructor(
    readonly folder: string,
    private readonly server: ChildProcessWithoutNullStreams,
  ) {
    this.ended = new Promise((resolve) => server.on('exit', resolve));
    server.stderr.on('data', (data: Buffer) => (this.errors += data.toString()));
    const { stdout, stdin } = server;
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.diagnostics.set(uri, diagnostics);
      this.wake(uri);
    });
    this.connection.listen();
  }

  /** Starts a server on a folder and greets it. */
  static async start(
    serverFile: string,
    folder: string,
    initializationOptions?: unknown,
  ): Promise<ProtocolClient> {
    const server = spawn(process.execPath, [serverFile, '--stdio'], { cwd: folder, stdio: 'pipe' });
    const client = new ProtocolClient(folder, server);
    const rootUri = pathToFileURL(folder).toString();
    client.initialized = await client.unlessItEnds(
      client.connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the type still asks for it
        rootUri,
        workspaceFolders: [{ uri: rootUri, name: path.basename(folder) }],
        capabilities: CAPABILITIES,
        initializationOptions,
      }),
    );
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** The address of a file. */
  uri(file: string): string {
    return pathToFileURL(path.join(this.folder, file)).toString();
  }

  /** Opens a file with a text, as an editor does after reading it. */
  async open(file: string, text: string): Promise<void> {
    const document = TextDocument.create(this.uri(file), 'nix', 1, text);
    this.documents.set(file, document);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId: 'nix', version: 1, text },
    });
  }

  /** The text of an open file as it stands. */
  text(file: string): string {
    return this.document(file).getText();
  }

  /** The range of the only place where an open file says `text`. */
  rangeOf(file: string, text: string): Range {
    const document = this.document(file);
    const start = document.getText().indexOf(text);
    if (start < 0 || document.getText().includes(text, start + 1))
      throw new Error(`${file} must say ${text} once`);
    return { start: document.positionAt(start), end: document.positionAt(start + text.length) };
  }

  /** Replaces the only place that says `before`, as an incremental change. */
  async replace(file: string, before: string, after: string): Promise<void> {
    await this.edit(file, [{ range: this.rangeOf(file, before), newText: after }]);
  }

  /** Applies edits to an open file, each as one incremental change; last places first, so that ranges stay true. */
  async edit(file: string, edits: TextEdit[]): Promise<void> {
    const document = this.document(file);
    const contentChanges = [...edits]
      .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start))
      .map(({ range, newText }) => ({ range, text: newText }));
    const version = document.version + 1;
    TextDocument.update(document, contentChanges, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version },
      contentChanges,
    });
  }

  /** Types at the end of an open file, or takes characters away there; each a change of its own. */
  async typeAtEnd(file: string, text: string | { readonly erase: number }): Promise<void> {
    const document = this.document(file);
    const end = document.getText().length;
    const start = typeof text === 'string' ? end : end - text.erase;
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    await this.edit(file, [{ range, newText: typeof text === 'string' ? text : '' }]);
  }

  /** What is offered at the end of an open file; fails where the server answers with an error. */
  async completionsAtEnd(file: string): Promise<CompletionItem[]> {
    const document = this.document(file);
    const position = document.positionAt(document.getText().length);
    const answer = await this.unlessItEnds(
      this.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: document.uri }, position }),
    );
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** Tells the server that an open file was saved. */
  async save(file: string): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file) },
    });
  }

  /** Closes an open file. */
  async close(file: string): Promise<void> {
    this.documents.delete(file);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(file) },
    });
  }

  /** Tells the server that files on disk were created, changed or deleted. */
  async watchedFilesChanged(changes: { file: string; type: FileChangeType }[]): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: changes.map(({ file, type }) => ({ uri: this.uri(file), type })),
    });
  }

  /** Waits until the diagnostics of a file are as wished, and gives them. A file never spoken of has none. */
  async diagnosticsOf(file: string, wished: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const uri = this.uri(file);
    const now = this.diagnostics.get(uri) ?? [];
    if (wished(now)) return now;
    let waiter: Waiter | undefined;
    const waited = new Promise<Diagnostic[]>((resolve) => {
      waiter = { uri, wished, resolve };
      this.waiters.add(waiter);
    });
    let timer: NodeJS.Timeout | undefined;
    const impatient = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const last = JSON.stringify(this.diagnostics.get(uri) ?? [], undefined, 2);
        reject(new Error(`${file}: not the diagnostics that were waited for; the last were ${last}`));
      }, PATIENCE);
    });
    try {
      return await this.unlessItEnds(Promise.race([waited, impatient]));
    } finally {
      clearTimeout(timer);
      if (waiter !== undefined) this.waiters.delete(waiter);
    }
  }

  /** The quick fixes the server offers for a diagnostic. */
  async quickFixes(file: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: this.uri(file) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: ['quickfix'] },
    });
    return (actions ?? []).filter(
      (action): action is CodeAction => !('command' in action) || 'edit' in action,
    );
  }

  /** Applies a code action's edits to the open files it touches. */
  async apply({ edit, title }: CodeAction): Promise<void> {
    const byFile = new Map<string, TextEdit[]>();
    for (const [uri, edits] of Object.entries(edit?.changes ?? {})) byFile.set(uri, edits);
    for (const change of edit?.documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error(`"${title}" does more than edit text`);
      byFile.set(change.textDocument.uri, change.edits as TextEdit[]);
    }
    if (byFile.size === 0) throw new Error(`"${title}" edits nothing`);
    for (const file of this.documents.keys()) {
      const edits = byFile.get(this.uri(file));
      if (edits === undefined) continue;
      byFile.delete(this.uri(file));
      await this.edit(file, edits);
    }
    if (byFile.size > 0)
      throw new Error(`"${title}" edits files that are not open: ${[...byFile.keys()].join(', ')}`);
  }

  /** Says goodbye in the order the protocol asks for; gives how the server ended and what it complained of. */
  async stop(): Promise<{ status: number | null; errors: string }> {
    await this.unlessItEnds(this.connection.sendRequest(ShutdownRequest.type));
    await this.connection.sendNotification(ExitNotification.type);
    const status = await this.ended;
    this.connection.dispose();
    return { status, errors: this.errors };
  }

  /** Ends the server at once, whatever state it is in. */
  async kill(): Promise<void> {
    this.server.kill('SIGKILL');
    await this.ended;
    this.connection.dispose();
  }

  private document(file: string): TextDocument {
    const document = this.documents.get(file);
    if (document === undefined) throw new Error(`${file} is not open`);
    return document;
  }

  private wake(uri: string): void {
    const diagnostics = this.diagnostics.get(uri) ?? [];
    for (const waiter of this.waiters) {
      if (waiter.uri === uri && waiter.wished(diagnostics)) waiter.resolve(diagnostics);
    }
  }

  private unlessItEnds<T>(wanted: Promise<T>): Promise<T> {
    const early = this.ended.then((status) => {
      throw new Error(`the server ended with ${status}:\n${this.errors}`);
    });
    return Promise.race([wanted, early]);
  }
}
