import * as vscode from 'vscode';
import type { OpenArgument } from '../../../server/src/lsp/protocol';

/** What code lenses call; it is in no menu. */
export const OPEN_PLACE = 'nixosContainers.open';

/** Opens the place that a code lens speaks of. */
export function registerOpenPlace(): vscode.Disposable {
  return vscode.commands.registerCommand(OPEN_PLACE, (place: OpenArgument) => openPlace(place));
}

/** Shows a place in an editor; going back returns to where one was. */
export async function openPlace({ uri, range }: OpenArgument): Promise<void> {
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection });
}
