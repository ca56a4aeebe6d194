import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';
import { CLIENT_ID, CLIENT_NAME, clientOptions, INITIALIZATION_OPTIONS } from './client-options';
import { startSession, type ExtensionApi } from './session';

/** Called by VS Code on the desktop: runs the server in a process of its own. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  context.subscriptions.push(output);
  const run: NodeModule = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const debug: NodeModule = {
    ...run,
    options: { execArgv: ['--nolazy', '--enable-source-maps', '--inspect=6009'] },
  };
  const options = clientOptions(
    output,
    () => INITIALIZATION_OPTIONS,
    () => client,
  );
  const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, { run, debug }, options);
  return startSession(context, client, output);
}
