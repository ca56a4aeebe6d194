import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { InitializationOptions, ServerRequests } from '../../server/src/lsp/protocol';
import { CLIENT_ID, clientOptions, INITIALIZATION_OPTIONS } from './client-options';
import { fadeDisabledCode } from './disabled-code';
import { followServer } from './follow-server';
import { EXTENSION_NAME } from './names';
import { readTree } from './read-tree';
import { followSettings, serverSettings } from './server-settings';
import type { CreatedClient } from './session';
import type { Status } from './status';

/** The browser's own; the client is compiled without the browser's types. */
declare const Worker: new (url: string) => object;

const READ_TREE: keyof ServerRequests = 'nixosContainers/readTree';

/** A client that runs the server in a worker, and reads files for it. */
export async function createBrowserClient(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  status: Status,
): Promise<CreatedClient> {
  const inDist = (file: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'dist', file);
  const [runtime, grammar] = await Promise.all(
    ['web-tree-sitter.wasm', 'tree-sitter-nix.wasm'].map((file) =>
      vscode.workspace.fs.readFile(inDist(file)),
    ),
  );
  if (runtime === undefined || grammar === undefined) throw new Error('the parser is missing');
  const initialization = (): InitializationOptions => ({
    ...INITIALIZATION_OPTIONS,
    ...serverSettings(context.extension.id),
    binaries: { runtime, grammar },
  });

  const startWorker = (): Promise<MessageTransports> => {
    // Not handed over as it is: VS Code's workers are no instances of the `Worker` that the client would look for.
    const worker = new Worker(inDist('web/server.js').toString(true)) as never;
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
  const options = clientOptions(output, initialization, () => client);
  const client = new LanguageClient(CLIENT_ID, EXTENSION_NAME, startWorker, options);
  client.onRequest(READ_TREE, (params: ServerRequests[typeof READ_TREE]['params']) => readTree(params));
  context.subscriptions.push(
    followSettings(client, context.extension.id, output),
    fadeDisabledCode(client, output),
  );
  return { client, ready: followServer(client, status) };
}
