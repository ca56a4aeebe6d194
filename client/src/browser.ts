import type * as vscode from 'vscode';
import { startSession, type ExtensionApi } from './session';

/** Called by VS Code in a browser. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  return startSession(context, async (output, status) => {
    const { createBrowserClient } = await import('./browser-client');
    return createBrowserClient(context, output, status);
  });
}
