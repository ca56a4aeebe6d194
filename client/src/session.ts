import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ServerNotifications } from '../../server/src/lsp/protocol';
import { registerRestartServer } from './commands/restart-server';
import { registerShowOutput } from './commands/show-output';
import { Status } from './status';

/** What other extensions, and tests, get from activating this one. */
export interface ExtensionApi {
  /** Settles when the server has said for the first time what it found. */
  readonly ready: Promise<void>;
  readonly client: BaseLanguageClient;
}

const STATUS: keyof ServerNotifications = 'nixosContainers/status';

/**
 * Shows what the server does, registers the commands, and starts the client without waiting for it.
 * @param prepared what must be there before the client can start
 */
export function startSession(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  output: vscode.LogOutputChannel,
  prepared: Promise<void> = Promise.resolve(),
): ExtensionApi {
  const status = new Status(client);
  const ready = new Promise<void>((resolve) => {
    client.onNotification(STATUS, (said: ServerNotifications[typeof STATUS]) => {
      status.show(said);
      if (said.state !== 'busy') resolve();
    });
  });
  context.subscriptions.push(status, registerRestartServer(client, output), registerShowOutput(output), {
    dispose: () => void client.dispose().catch(() => undefined),
  });
  prepared
    .then(() => client.start())
    .catch((error: unknown) => {
      output.error(String(error));
      status.show({ state: 'failed', message: String(error) });
    });
  return { ready, client };
}
