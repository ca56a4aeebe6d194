import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ClientRequests, PlannedEdit, Refusal } from '../../server/src/lsp/protocol';
import { stat, writeObstacle, type DiskAccess } from './write-access';

/** Asks the server something beyond LSP. */
export function ask<Method extends keyof ClientRequests>(
  client: BaseLanguageClient,
  method: Method,
  params: ClientRequests[Method]['params'],
): Promise<ClientRequests[Method]['result']> {
  return client.sendRequest<ClientRequests[Method]['result']>(method, params);
}

export function isRefusal(result: object): result is Refusal {
  return 'problem' in result;
}

/** Runs a command; says so when the server cannot be asked. */
export async function orSay(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    void vscode.window.showErrorMessage(
      `The language server has no answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Says why something was not done; where a line is to be added by hand, offers to copy it and to go there. */
export async function showRefusal(
  client: BaseLanguageClient,
  { problem, copy, place }: Refusal,
): Promise<void> {
  const [copyLine, show] = ['Copy Line', 'Show Place'];
  const actions = [...(copy === undefined ? [] : [copyLine]), ...(place === undefined ? [] : [show])];
  const chosen = await vscode.window.showErrorMessage(problem, ...actions);
  if (chosen === copyLine && copy !== undefined) await vscode.env.clipboard.writeText(copy);
  if (chosen === show && place !== undefined) await showPlace(client, place);
}

/** Opens a file with the cursor at a place. */
export async function showPlace(
  client: BaseLanguageClient,
  { uri, position }: PlannedEdit['open'],
): Promise<void> {
  const at = client.protocol2CodeConverter.asPosition(position);
  const document = await vscode.workspace.openTextDocument(client.protocol2CodeConverter.asUri(uri));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** Applies a plan as one edit, which one undo takes back. Says so, and gives false, when that is not possible. */
export async function applyPlan(
  client: BaseLanguageClient,
  plan: PlannedEdit,
  onDisk: DiskAccess | null,
): Promise<boolean> {
  const obstacle = await planObstacle(client, plan, onDisk);
  if (obstacle !== null) return refused(obstacle);
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(plan.edit);
  const done = await Promise.resolve(vscode.workspace.applyEdit(converted)).catch(() => false);
  if (done) return true;
  const files = filesOf(client, plan).map((uri) => vscode.workspace.asRelativePath(uri));
  return refused(
    `${files.join(' and ')} could not be written, so nothing was changed. Is the folder read-only?`,
  );
}

/** Why a plan cannot be carried out as a whole, in a sentence; null where nothing is known against it. */
export async function planObstacle(
  client: BaseLanguageClient,
  plan: PlannedEdit,
  onDisk: DiskAccess | null,
): Promise<string | null> {
  for (const uri of filesOf(client, plan)) {
    const obstacle = await writeObstacle(uri, onDisk);
    if (obstacle !== null) return `${obstacle}, so nothing was changed.`;
  }
  for (const change of plan.edit.documentChanges ?? []) {
    const uri = client.protocol2CodeConverter.asUri(uriOf(change));
    const name = vscode.workspace.asRelativePath(uri);
    const version = 'textDocument' in change ? change.textDocument.version : null;
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (version !== null && open !== undefined && open.version !== version)
      return `${name} has changed meanwhile, so nothing was changed. Try again.`;
    if ('kind' in change && change.kind === 'create' && (await stat(uri)) !== null)
      return `${name} exists already, so nothing was changed.`;
  }
  return null;
}

/** The files that a plan makes or changes, each once, in its order. */
export function filesOf(client: BaseLanguageClient, { edit }: PlannedEdit): vscode.Uri[] {
  const uris = new Set((edit.documentChanges ?? []).map(uriOf));
  return [...uris].map((uri) => client.protocol2CodeConverter.asUri(uri));
}

function uriOf(change: NonNullable<PlannedEdit['edit']['documentChanges']>[number]): string {
  return 'textDocument' in change ? change.textDocument.uri : 'uri' in change ? change.uri : change.newUri;
}

function refused(message: string): false {
  void vscode.window.showErrorMessage(message);
  return false;
}
