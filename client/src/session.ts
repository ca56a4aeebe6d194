import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerAddContainer } from './commands/add-container';
import { registerGoToContainer } from './commands/go-to-container';
import { registerGoToRoute } from './commands/go-to-route';
import { registerInsertFlakeImport } from './commands/insert-flake-import';
import { registerOpenPlace } from './commands/open-place';
import { registerRestartServer } from './commands/restart-server';
import { registerShowOutput } from './commands/show-output';
import { registerStageModule } from './commands/stage-module';
import { EXTENSION_NAME } from './names';
import { Status } from './status';
import type { DiskAccess } from './write-access';

/** What other extensions, and tests, get from activating this one. */
export interface ExtensionApi {
  /** Settles when the server has said for the first time what it found. */
  readonly ready: Promise<void>;
  /** Null until the client is made, which is before `ready` settles. */
  readonly client: BaseLanguageClient | null;
}

/** A client, not started yet. */
export interface CreatedClient {
  readonly client: BaseLanguageClient;
  readonly ready: Promise<void>;
}

/**
 * Shows what the server does, registers the commands, and makes and starts the client once VS Code has gone on: loading
 * the client's library takes longer than an activation may.
 * @param onDisk null where there is no disk to ask, as in a browser
 */
export function startSession(
  context: vscode.ExtensionContext,
  create: (output: vscode.LogOutputChannel, status: Status) => Promise<CreatedClient>,
  onDisk: DiskAccess | null,
): ExtensionApi {
  const output = vscode.window.createOutputChannel(EXTENSION_NAME, { log: true });
  const status = new Status();
  let client: BaseLanguageClient | null = null;
  const created = new Promise((resolve) => setTimeout(resolve, 0)).then(() => create(output, status));
  const ready = created.then(async (made) => {
    client = made.client;
    await made.client.start();
    await made.ready;
  });
  ready.catch((error: unknown) => {
    output.error(String(error));
    status.show({ state: 'failed', message: String(error) });
  });
  context.subscriptions.push(
    output,
    status,
    registerRestartServer(() => created.then((made) => made.client), output),
    registerShowOutput(output),
    registerAddContainer(() => created.then((made) => made.client), onDisk),
    registerInsertFlakeImport(() => created.then((made) => made.client), onDisk),
    registerGoToRoute(() => created.then((made) => made.client)),
    registerGoToContainer(() => created.then((made) => made.client)),
    registerOpenPlace(),
    registerStageModule(),
    { dispose: () => void created.then((made) => made.client.dispose()).catch(() => undefined) },
  );
  return {
    ready,
    get client() {
      return client;
    },
  };
}
