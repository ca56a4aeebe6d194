import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../client/src/session';

/** The extension under test, once its server has read the homelab. */
export async function ready(): Promise<void> {
  const { ready: answered } = await extension().activate();
  await answered;
}

/** Runs a command of the extension by its title in the palette, as a person does. */
export async function run(title: string): Promise<void> {
  const { contributes } = extension().packageJSON as {
    contributes: { commands: { command: string; title: string }[] };
  };
  const found = contributes.commands.find((command) => command.title === title);
  if (found === undefined) throw new Error(`no command is called ${title}`);
  await vscode.commands.executeCommand(found.command);
}

function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>('nixos-containers.nixos-containers');
  if (found === undefined) throw new Error('the extension is not there');
  return found;
}

/** Opens a file of the workspace in an editor. */
export async function open(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(file)));
}

/** Opens a file with the cursor where `|` stands in a piece of its text; gives that place. */
export async function openAt(
  file: string,
  marked: string,
): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const editor = await open(file);
  const position = positionOf(editor.document, marked);
  editor.selection = new vscode.Selection(position, position);
  return { document: editor.document, position };
}

/** Puts a file into the workspace. */
export async function write(file: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(file);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Takes a file out of the workspace, where it is there. */
export async function remove(file: string): Promise<void> {
  try {
    await vscode.workspace.fs.delete(inWorkspace(file));
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
  }
}

/** Closes everything without saving. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
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

/** The place where `|` stands in a piece of a document's text, at its first occurrence. */
export function positionOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const start = document.getText().indexOf(marked.replace('|', ''));
  if (start < 0) throw new Error(`${marked} is not in ${document.uri.fsPath}`);
  return document.positionAt(start + marked.indexOf('|'));
}

/** The range between two `|` in a piece of a document's text. */
export function rangeOf(document: vscode.TextDocument, marked: string): vscode.Range {
  const [before = '', inside = '', after = ''] = marked.split('|');
  const start = positionOf(document, `${before}|${inside}${after}`);
  return new vscode.Range(start, start.translate(0, inside.length));
}

/** The range of a whole document. */
export function wholeRange(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}

/** What the hover at a place says. */
export async function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n\n');
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
  return until(vscode.languages.onDidChangeDiagnostics, () => {
    const diagnostics = ourDiagnostics(uri);
    return wished(diagnostics) ? diagnostics : undefined;
  });
}

/** Waits until the cursor is inside a range of a file. */
export function cursorIn(uri: vscode.Uri, range: vscode.Range): Promise<true> {
  return until(
    onDidMove,
    () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.fsPath === uri.fsPath && range.contains(editor.selection.active)
        ? true
        : undefined;
    },
    () => {
      const editor = vscode.window.activeTextEditor;
      const { line, character } = editor?.selection.active ?? { line: -1, character: -1 };
      return `the cursor is at ${editor?.document.uri.fsPath ?? 'no file'}:${line + 1}:${character + 1}`;
    },
  );
}

/** Another editor, or another place of the same. */
const onDidMove: vscode.Event<unknown> = (listener) =>
  vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(listener),
    vscode.window.onDidChangeTextEditorSelection(listener),
  );

/** How long something may take to happen; shorter than a test's own time limit, so that it is told what was missing. */
const PATIENCE = 20_000;

/** Waits until there is something to see, looking now and after each event. */
export function until<T>(
  event: vscode.Event<unknown>,
  look: () => T | undefined,
  otherwise: () => string = () => 'what was waited for did not happen',
): Promise<T> {
  return new Promise((resolve, reject) => {
    const first = look();
    if (first !== undefined) {
      resolve(first);
      return;
    }
    const end = (): void => {
      listener.dispose();
      clearTimeout(timer);
    };
    const listener = event(() => {
      const seen = look();
      if (seen === undefined) return;
      end();
      resolve(seen);
    });
    const timer = setTimeout(() => {
      end();
      reject(new Error(otherwise()));
    }, PATIENCE);
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
  if (action.command !== undefined) await follow(action.command);
}

/** Does what clicking on something that holds a command does. */
export async function follow({ command, arguments: given = [] }: vscode.Command): Promise<void> {
  await vscode.commands.executeCommand(command, ...(given as unknown[]));
}
