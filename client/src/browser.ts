import type * as vscode from 'vscode';
import { startSession, type CreatedClient, type ExtensionApi } from './session';
import type { Status } from './status';

/** Called by VS Code in a browser. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const create = async (output: vscode.LogOutputChannel, status: Status): Promise<CreatedClient> => {
    const { createBrowserClient } = await import('./browser-client');
    return createBrowserClient(context, output, status);
  };
  return startSession(context, create, null);
}
