import type * as vscode from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../../server/src/lsp/protocol';
import { CLIENT_ID, clientOptions, INITIALIZATION_OPTIONS } from './client-options';
import { fadeDisabledCode } from './disabled-code';
import { followServer } from './follow-server';
import { EXTENSION_NAME } from './names';
import { followSettings, serverSettings } from './server-settings';
import type { CreatedClient } from './session';
import type { Status } from './status';

/** A client that runs the server in a process of its own. */
export function createNodeClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  status: Status,
): CreatedClient {
  const run: NodeModule = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const debug: NodeModule = {
    ...run,
    options: { execArgv: ['--nolazy', '--enable-source-maps', '--inspect=6009'] },
  };
  const initialization = (): InitializationOptions => ({
    ...INITIALIZATION_OPTIONS,
    ...serverSettings(context.extension.id),
  });
  const options = clientOptions(output, initialization, () => client);
  const client = new LanguageClient(CLIENT_ID, EXTENSION_NAME, { run, debug }, options);
  context.subscriptions.push(
    followSettings(client, context.extension.id, output),
    fadeDisabledCode(client, output),
  );
  return { client, ready: followServer(client, status) };
}
