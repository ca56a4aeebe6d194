import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, open, positionOf, valueRange } from './editor';

describe('Completion', () => {
  afterEach(closeAll);

  it('of an address offers the next free pair, and choosing it fills in both halves', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    const other = document.lineAt(valueRange(document, 'localAddress').start);
    await editor.edit((edit) => {
      edit.delete(valueRange(document, 'hostAddress'));
      edit.delete(other.rangeIncludingLineBreak);
    });

    const { items } = await suggestions(document, positionOf(document, 'hostAddress = "|"'));
    const [pair] = items;
    assert.ok(pair, 'nothing is offered');
    const host = labelOf(pair);
    assert.match(host, /^10\.10\.10\.\d+$/);
    await accept(editor, pair);

    const local = host.replace(/\d+$/, (last) => String(Number(last) + 1));
    assert.equal(document.getText(valueRange(document, 'hostAddress')), host);
    assert.equal(document.getText(valueRange(document, 'localAddress')), local);
    assert.ok(!(await addressesElsewhere()).some((address) => [host, local].includes(address)));
  });

  it('of a container after config.containers. knows them all, and their attributes', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    const name = positionOf(document, '${config.containers.|immich.localAddress}');
    const { items } = await suggestions(document, name);
    for (const container of ['immich', 'vaultwarden', 'authelia', 'opencloud', 'traefik'])
      assert.ok(items.map(labelOf).includes(container), container);
    const attribute = positionOf(document, '${config.containers.immich.|localAddress}');
    assert.ok((await suggestions(document, attribute)).items.map(labelOf).includes('hostAddress'));
  });

  it('in a new file offers the whole module', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    await editor.edit((edit) => {
      edit.delete(new vscode.Range(0, 0, document.lineCount, 0));
    });
    const { items } = await suggestions(document, new vscode.Position(0, 0));
    const module = items.find(({ insertText }) => textOf(insertText).includes('containers.immich = {'));
    assert.ok(module, `offered: ${items.map(labelOf).join(', ')}`);
    assert.ok(textOf(module.insertText).includes('routers.immich'), textOf(module.insertText));
  });
});

function suggestions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Thenable<vscode.CompletionList> {
  return vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
}

/** Does what choosing a suggestion in the editor does. */
async function accept(editor: vscode.TextEditor, item: vscode.CompletionItem): Promise<void> {
  const { range } = item;
  assert.ok(range, 'it says what it replaces');
  const target = range instanceof vscode.Range ? range : range.replacing;
  const edit = new vscode.WorkspaceEdit();
  edit.set(editor.document.uri, [
    vscode.TextEdit.replace(target, textOf(item.insertText)),
    ...(item.additionalTextEdits ?? []),
  ]);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === 'string' ? label : label.label;
}

function textOf(text: string | vscode.SnippetString | undefined): string {
  return typeof text === 'string' ? text : (text?.value ?? '');
}

/** Every address that another file under containers/ writes. */
async function addressesElsewhere(): Promise<string[]> {
  const files = await vscode.workspace.findFiles('containers/*.nix', '**/immich.nix');
  const documents = await Promise.all(files.map((file) => vscode.workspace.openTextDocument(file)));
  return documents.flatMap((document) => document.getText().match(/\b10\.10\.10\.\d+\b/g) ?? []);
}
