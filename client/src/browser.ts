import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { InitializationOptions, ServerRequests } from '../../server/src/lsp/protocol';
import { CLIENT_ID, CLIENT_NAME, clientOptions, INITIALIZATION_OPTIONS } from './client-options';
import { readTree } from './read-tree';
import { startSession, type ExtensionApi } from './session';

/** The browser's own; the client is compiled without the browser's types. */
declare const Worker: new (url: string) => object;

const READ_TREE: keyof ServerRequests = 'nixosContainers/readTree';

/** Called by VS Code in a browser: runs the server in a worker, and reads files for it. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  context.subscriptions.push(output);
  const inDist = (file: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'dist', file);

  let binaries: InitializationOptions['binaries'];
  const prepared = Promise.all([
    read(inDist('web-tree-sitter.wasm')),
    read(inDist('tree-sitter-nix.wasm')),
  ]).then(([runtime, grammar]) => {
    binaries = { runtime, grammar };
  });
  const initialization = (): InitializationOptions =>
    binaries === undefined ? INITIALIZATION_OPTIONS : { ...INITIALIZATION_OPTIONS, binaries };
  const startWorker = (): Promise<MessageTransports> => {
    // Not handed over as it is: VS Code's workers are no instances of the `Worker` that the client would look for.
    const worker = new Worker(inDist('web/server.js').toString(true)) as never;
    return Promise.resolve({
      reader: new BrowserMessageReader(worker),
      writer: new BrowserMessageWriter(worker),
    });
  };
  const options = clientOptions(output, initialization, () => client);
  const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, startWorker, options);
  client.onRequest(READ_TREE, (params: ServerRequests[typeof READ_TREE]['params']) => readTree(params));
  return startSession(context, client, output, prepared);
}

async function read(uri: vscode.Uri): Promise<Uint8Array> {
  return vscode.workspace.fs.readFile(uri);
}
