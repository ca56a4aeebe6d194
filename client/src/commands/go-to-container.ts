import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerGoTo } from './go-to-target';

export const GO_TO_CONTAINER = 'nixosContainers.goToContainer';

/** Go to Container: from a route, a reference or an import to the container. */
export function registerGoToContainer(made: () => Promise<BaseLanguageClient>): vscode.Disposable {
  return registerGoTo(GO_TO_CONTAINER, 'nixosContainers/containerTargets', 'Go to which container?', made);
}
