import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { applyPlan, ask, isRefusal, orSay, showPlace, showRefusal } from '../apply-plan';
import { askChoice } from '../steps';
import type { DiskAccess } from '../write-access';

export const INSERT_FLAKE_IMPORT = 'nixosContainers.insertFlakeImport';

/** Insert Flake Import: adds the open file, or the given one, to the modules of its flake. */
export function registerInsertFlakeImport(
  client: () => Promise<BaseLanguageClient>,
  onDisk: DiskAccess | null,
): vscode.Disposable {
  return vscode.commands.registerCommand(INSERT_FLAKE_IMPORT, async (given?: unknown) => {
    const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
    if (uri === undefined) {
      void vscode.window.showErrorMessage('Open the module that is to be imported first.');
      return;
    }
    await orSay(async () => insertFlakeImport(await client(), uri, onDisk));
  });
}

async function insertFlakeImport(
  client: BaseLanguageClient,
  file: vscode.Uri,
  onDisk: DiskAccess | null,
): Promise<void> {
  const uri = client.code2ProtocolConverter.asUri(file);
  let plan = await ask(client, 'nixosContainers/flakeImport', { uri, host: null });
  if (isRefusal(plan) && plan.choices !== undefined && plan.choices.length > 1) {
    const place = { title: 'Insert Flake Import', step: 1, totalSteps: 1 };
    const items = plan.choices.map((host) => ({ label: host, value: host }));
    const chosen = await askChoice(place, 'The host that is to import it', items);
    if (typeof chosen !== 'object') return;
    plan = await ask(client, 'nixosContainers/flakeImport', { uri, host: chosen.value });
  }
  if (isRefusal(plan)) {
    void showRefusal(client, plan);
    return;
  }
  const { notes, open } = plan;
  const nothingToDo = (plan.edit.documentChanges ?? []).length === 0;
  if (!nothingToDo && !(await applyPlan(client, plan, onDisk))) return;
  const show = 'Show';
  void vscode.window.showInformationMessage(notes.join(' '), show).then((chosen) => {
    if (chosen === show) void showPlace(client, open);
  });
}
