import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import snippets from '../../../snippets/nix.json';
import {
  closeAll,
  diagnosticsOf,
  hoverAt,
  inWorkspace,
  open,
  positionOf,
  ruleOf,
  until,
  valueRange,
  wholeRange,
} from './editor';

const names = Object.keys(snippets) as (keyof typeof snippets)[];
const isWhole = (name: keyof typeof snippets): boolean => 'isFileTemplate' in snippets[name];
const isSyntaxError = (diagnostic: vscode.Diagnostic): boolean => ruleOf(diagnostic) === 'syntax-error';

describe('Snippets', () => {
  afterEach(closeAll);

  it('expand to Nix without a syntax error, every one', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    const place = (name: keyof typeof snippets): string => `# ${name}\n  `;
    const bindings = names.map((name, index) => {
      const [before, after] = isWhole(name) ? ['(', ')'] : ['{', '}'];
      return `  part${index} = ${before}\n  ${place(name)}\n  ${after};\n`;
    });
    // Something missing at the end: once that is said, everything before it has been judged.
    await replaceAll(editor, `{ config, domain, inputs, ... }: {\n${bindings.join('')}  last = 1\n}\n`);

    for (const name of names) {
      const cursor = positionOf(document, `${place(name)}|`);
      editor.selection = new vscode.Selection(cursor, cursor);
      await insert(name, document);
    }

    const last = positionOf(document, 'last = 1|').line;
    const isLast = ({ range }: vscode.Diagnostic): boolean => range.start.line === last;
    const found = await diagnosticsOf(document.uri, (all) => all.filter(isSyntaxError).some(isLast));
    assert.deepEqual(
      found
        .filter((diagnostic) => isSyntaxError(diagnostic) && !isLast(diagnostic))
        .map(({ message, range }) => `${message}: ${document.lineAt(range.start).text}`),
      [],
      document.getText(),
    );
  });

  const modules = [
    ['Container module: route and container', 'private, `10.10.10.21`', 'http://10.10.10.21:8080'],
    ["Container module on the host's network", 'the host’s own', 'http://127.0.0.1:8080'],
  ] as const;
  for (const [name, network, server] of modules) {
    it(`${snippets[name].prefix} is a whole module with nothing wrong in it`, async () => {
      const vaultwarden = await vscode.workspace.openTextDocument(inWorkspace('containers/vaultwarden.nix'));
      const editor = await open('containers/immich.nix');
      const { document } = editor;
      const taken = vaultwarden.getText(valueRange(vaultwarden, 'localAddress'));
      await editor.edit((edit) => edit.replace(valueRange(document, 'localAddress'), taken));
      await diagnosticsOf(document.uri, (all) => all.length > 0);

      const { start, end } = wholeRange(document);
      editor.selection = new vscode.Selection(start, end);
      await insert(name, document);

      await diagnosticsOf(document.uri, (all) => all.length === 0);
      const container = await hoverAt(document.uri, positionOf(document, 'containers.imm|ich = {'));
      for (const fact of ['active', network]) assert.ok(container.includes(fact), `${fact} in: ${container}`);
      const router = await hoverAt(document.uri, positionOf(document, 'routers.imm|ich = {'));
      for (const fact of ['immich.nemnix.site', server])
        assert.ok(router.includes(fact), `${fact} in: ${router}`);
    });
  }
});

async function replaceAll(editor: vscode.TextEditor, text: string): Promise<void> {
  assert.ok(await editor.edit((edit) => edit.replace(wholeRange(editor.document), text)));
}

/** Inserts a snippet of the extension at the cursor, as choosing it by its name does. */
async function insert(name: string, document: vscode.TextDocument): Promise<void> {
  const { version } = document;
  await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'nix', name });
  await until(vscode.workspace.onDidChangeTextDocument, () =>
    document.version > version ? true : undefined,
  );
}
