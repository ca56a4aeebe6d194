import * as vscode from 'vscode';

export const SHOW_OUTPUT = 'nixosContainers.showOutput';

/** Show Output: the log of client and server. */
export function registerShowOutput(output: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand(SHOW_OUTPUT, () => output.show(true));
}
