import type * as vscode from 'vscode';
import { startSession, type ExtensionApi } from './session';

/** Called by VS Code on the desktop. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  return startSession(context, async (output, status) => {
    const { createNodeClient } = await import('./node-client');
    return createNodeClient(context, output, status);
  });
}
