import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export const RESTART_SERVER = 'nixosContainers.restartServer';

/** Restart Language Server: also after the server crashed too often to be started again by itself. */
export function registerRestartServer(
  made: () => Promise<BaseLanguageClient>,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand(RESTART_SERVER, async () => {
    output.info('Restarting the language server.');
    const client = await made();
    if (client.needsStop()) await client.stop();
    await client.start();
  });
}
