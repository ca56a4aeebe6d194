import * as vscode from 'vscode';
import { stagingOf } from '../git';
import { nixFiles } from '../nix-files';

/** Only reached by the quick fix below; not in the palette. */
const STAGE_MODULE = 'nixosContainers.stageModule';
const RULE = 'untracked-module';

/** Offers to let git know a module that it does not track: the server, which finds it, runs nothing. */
export function registerStageModule(): vscode.Disposable {
  const command = vscode.commands.registerCommand(STAGE_MODULE, async (uri: vscode.Uri) => {
    try {
      await stagingOf(uri)?.();
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
  const fixes = vscode.languages.registerCodeActionsProvider(
    nixFiles(),
    {
      provideCodeActions: (_document, _range, { diagnostics }) =>
        diagnostics.flatMap((found) => actionFor(found)),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
  return vscode.Disposable.from(command, fixes);
}

/** The action for a finding that names the module; none where git cannot be asked. */
function actionFor(diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const { code, relatedInformation } = diagnostic;
  const rule = typeof code === 'object' ? code.value : code;
  const module = relatedInformation?.[0]?.location.uri;
  if (rule !== RULE || module === undefined || stagingOf(module) === null) return [];
  const title = `Stage ${vscode.workspace.asRelativePath(module)}`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  action.command = { command: STAGE_MODULE, title, arguments: [module] };
  return [action];
}
