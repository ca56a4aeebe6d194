import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { registerGoTo } from './go-to-target';

export const GO_TO_ROUTE = 'nixosContainers.goToRoute';

/** Go to Traefik Route: from a container to the router that leads to it. */
export function registerGoToRoute(made: () => Promise<BaseLanguageClient>): vscode.Disposable {
  return registerGoTo(GO_TO_ROUTE, 'nixosContainers/routeTargets', 'Go to which route?', made);
}
