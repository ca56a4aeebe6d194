import * as vscode from 'vscode';
import { State, type BaseLanguageClient, type Range } from 'vscode-languageclient';
import type { ClientRequests, ServerNotifications } from '../../server/src/lsp/protocol';

const CHANGED: keyof ServerNotifications = 'nixosContainers/disabledCodeChanged';
const DISABLED: keyof ClientRequests = 'nixosContainers/disabledCode';
const SETTING = 'nixos-containers.fadeDisabledCode';
/** Light enough to be told apart, dark enough to be read; C and C++ fade what their preprocessor leaves out like that. */
const OPACITY = '0.55';

/** Fades what takes no effect in the editors that are to be seen: modules that no host imports, containers switched off. */
export function fadeDisabledCode(
  client: BaseLanguageClient,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const faded = vscode.window.createTextEditorDecorationType({
    opacity: OPACITY,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const show = async (editor: vscode.TextEditor): Promise<void> => {
    const { document } = editor;
    if (document.languageId !== 'nix' || !client.isRunning()) return;
    const version = document.version;
    const wanted = vscode.workspace.getConfiguration().get(SETTING, true);
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const ranges = wanted ? await client.sendRequest<Range[]>(DISABLED, { uri }) : [];
    // After an edit the server says by itself that there is something new.
    if (document.version === version)
      editor.setDecorations(faded, await client.protocol2CodeConverter.asRanges(ranges));
  };
  const showAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors)
      show(editor).catch((error: unknown) => output.error(String(error)));
  };
  return vscode.Disposable.from(
    faded,
    client.onNotification(CHANGED, showAll),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) showAll();
    }),
    vscode.window.onDidChangeVisibleTextEditors(showAll),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) showAll();
    }),
  );
}
