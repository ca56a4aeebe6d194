import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { apply, closeAll, open, ourDiagnostics, positionOf, rangeOf, valueRange } from './editor';

describe('What a container or a route lacks', () => {
  afterEach(closeAll);

  it('is added to a container, and one undo takes it away', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    await editor.edit((edit) => {
      for (const key of ['hostAddress', 'localAddress'])
        edit.delete(document.lineAt(valueRange(document, key).start).rangeIncludingLineBreak);
      edit.delete(lineOf(document, 'autoStart = true;'));
    });
    const before = document.getText();

    const action = await completing(document, positionOf(document, 'containers.imm|ich = {'));
    assert.match(action.title, /^Complete container immich: autoStart, 10\.10\.10\.\d+ \/ 10\.10\.10\.\d+/);
    await apply(action);
    const text = document.getText();
    assert.match(text, /autoStart = true;/);
    const [host, local] = ['hostAddress', 'localAddress'].map((key) =>
      document.getText(valueRange(document, key)),
    );
    assert.equal(action.title.includes(`${host} / ${local}`), true, `${host} / ${local}`);
    assert.equal(await vscode.commands.executeCommand('undo').then(() => document.getText()), before);
  });

  it('is added to a route, with the service behind it', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    const service = positionOf(document, '|services.immich.loadBalancer.servers = [{').line;
    await editor.edit((edit) => {
      edit.delete(new vscode.Range(service, 0, service + 3, 0));
      for (const line of ['rule = ', 'service = ', 'entrypoints = ']) edit.delete(lineOf(document, line));
    });
    assert.ok(!document.getText().includes('loadBalancer'), document.getText());

    const action = await completing(document, positionOf(document, 'routers.imm|ich = {'));
    assert.equal(action.title, 'Complete route immich: rule, entryPoints, service, services.immich');
    await apply(action);
    for (const part of [
      'rule = "Host(`immich.${domain}`)";',
      'entrypoints = [ "websecure" ];',
      'service = "immich";',
      'services.immich.loadBalancer.servers = [{',
      'url = "http://${config.containers.immich.localAddress}:2283";',
      'middlewares = [ "authelia" ];',
    ])
      assert.ok(document.getText().includes(part), `${part}\n${document.getText()}`);
    assert.deepEqual(await completions(document, positionOf(document, 'routers.imm|ich = {')), []);
    assert.deepEqual(
      ourDiagnostics(document.uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      [],
    );
  });

  it('is suggested inside a URL: the port of the service behind it', async () => {
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    const port = rangeOf(
      document,
      'localAddress}|:${toString config.containers.immich.config.services.immich.port}|"',
    );
    await editor.edit((edit) => {
      edit.replace(port, ':');
    });
    const position = positionOf(document, 'http://${config.containers.immich.localAddress}:|"');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
      ':',
    );
    assert.equal(items[0]?.label, '2283');
    assert.equal(items[0].detail, 'port of immich');
  });
});

function lineOf(document: vscode.TextDocument, text: string): vscode.Range {
  return document.lineAt(positionOf(document, `|${text}`)).rangeIncludingLineBreak;
}

function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.RefactorRewrite.value,
  );
}

async function completing(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CodeAction> {
  const offered = await completions(document, position);
  const action = offered.find(({ title }) => title.startsWith('Complete '));
  assert.ok(action, `offered: ${offered.map(({ title }) => title).join(', ')}`);
  return action;
}
