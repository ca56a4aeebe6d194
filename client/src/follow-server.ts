import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { ServerNotifications } from '../../server/src/lsp/protocol';
import type { Status } from './status';

const STATUS = 'nixosContainers/status' satisfies keyof ServerNotifications;

/** Shows what becomes of the server and what it says. Settles when it has said for the first time what it found. */
export function followServer(client: BaseLanguageClient, status: Status): Promise<void> {
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) status.show({ state: 'busy' });
    if (newState === State.Stopped || newState === State.StartFailed) {
      status.show({ state: 'failed', message: 'the language server stopped' });
    }
  });
  return new Promise((resolve) => {
    client.onNotification(STATUS, (said: ServerNotifications[typeof STATUS]) => {
      status.show(said);
      if (said.state !== 'busy') resolve();
    });
  });
}
