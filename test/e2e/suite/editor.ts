import * as vscode from 'vscode';

/** Opens a file of the workspace in an editor. */
export async function open(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(file)));
}

/** The address of a file of the workspace. */
export function inWorkspace(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, file);
}

/** The range of what is between the quotes of the first `key = "…"` of a document. */
export function valueRange(document: vscode.TextDocument, key: string): vscode.Range {
  const found = new RegExp(`${key} = "([^"]*)"`, 'd').exec(document.getText());
  const [start, end] = found?.indices?.[1] ?? [];
  if (start === undefined || end === undefined) throw new Error(`no ${key} in ${document.uri.fsPath}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Our own diagnostics of a document. */
export function ourDiagnostics(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'nixos-containers');
}

/** The rule a diagnostic belongs to. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until our diagnostics of a document are as wished; the test's own time limit ends the wait. */
export function diagnosticsOf(
  uri: vscode.Uri,
  wished: (diagnostics: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const diagnostics = ourDiagnostics(uri);
      if (!wished(diagnostics)) return false;
      resolve(diagnostics);
      return true;
    };
    if (look()) return;
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (look()) listener.dispose();
    });
  });
}

/** The quick fixes offered at a place. */
export function quickFixes(uri: vscode.Uri, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

/** Does what choosing a code action in the editor does. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined) await vscode.workspace.applyEdit(action.edit);
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(
      action.command.command,
      ...((action.command.arguments ?? []) as unknown[]),
    );
  }
}
