import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { NavigationTarget } from '../../../server/src/lsp/protocol';
import { ask, orSay } from '../apply-plan';
import { openPlace } from './open-place';

type Method = 'nixosContainers/routeTargets' | 'nixosContainers/containerTargets';

/** A command that asks the server where the cursor leads, and goes there. */
export function registerGoTo(
  command: string,
  method: Method,
  choose: string,
  made: () => Promise<BaseLanguageClient>,
): vscode.Disposable {
  return vscode.commands.registerCommand(command, () =>
    orSay(async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor?.document.languageId !== 'nix') {
        say('Open a Nix file first: this goes from where its cursor is.');
        return;
      }
      const client = await made();
      const { code2ProtocolConverter: convert } = client;
      const { targets, message } = await ask(client, method, {
        uri: convert.asUri(editor.document.uri),
        position: convert.asPosition(editor.selection.active),
      });
      const target = targets.length > 1 ? await pick(targets, choose) : targets[0];
      if (target !== undefined) await openPlace(target);
      else if (targets.length === 0) say(message ?? 'There is nowhere to go.');
    }),
  );
}

function say(message: string): void {
  void vscode.window.showInformationMessage(message);
}

async function pick(
  targets: readonly NavigationTarget[],
  choose: string,
): Promise<NavigationTarget | undefined> {
  const items = targets.map((target) => ({ label: target.label, description: target.description, target }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: choose, matchOnDescription: true });
  return chosen?.target;
}
