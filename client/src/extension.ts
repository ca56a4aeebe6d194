import type * as vscode from 'vscode';
import { diskAccess } from './disk-access';
import { startSession, type CreatedClient, type ExtensionApi } from './session';
import type { Status } from './status';

/** Called by VS Code on the desktop. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const create = async (output: vscode.LogOutputChannel, status: Status): Promise<CreatedClient> => {
    const { createNodeClient } = await import('./node-client');
    return createNodeClient(context, output, status);
  };
  return startSession(context, create, diskAccess);
}
