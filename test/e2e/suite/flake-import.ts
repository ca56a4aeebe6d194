import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnosticsOf, inWorkspace, open, remove, ruleOf, run, write } from './editor';

const MODULE = `{ ... }: {
  containers.gitea = {
    privateNetwork = true;
    hostAddress = "10.10.10.60";
    localAddress = "10.10.10.61";
  };
}
`;

const isNotImported = (diagnostic: vscode.Diagnostic): boolean => ruleOf(diagnostic) === 'not-imported';

describe('Insert Flake Import', () => {
  afterEach(async () => {
    await closeAll();
    await remove('containers/gitea.nix');
  });

  it('imports the open module after the last container, and a second time changes nothing', async () => {
    const flake = await vscode.workspace.openTextDocument(inWorkspace('flake.nix'));
    const before = flake.getText();
    const gitea = await write('containers/gitea.nix', MODULE);
    await open('containers/gitea.nix');
    await diagnosticsOf(gitea, (all) => all.some(isNotImported));

    await run('Insert Flake Import');
    const last = '        ./containers/opencloud.nix\n';
    const after = before.replace(last, `${last}        ./containers/gitea.nix\n`);
    assert.equal(flake.getText(), after);
    await diagnosticsOf(gitea, (all) => !all.some(isNotImported));

    const { version } = flake;
    await open('containers/gitea.nix');
    await run('Insert Flake Import');
    assert.equal(flake.getText(), after);
    assert.equal(flake.version, version);
  });

  it('takes the comment off an import that is commented out', async () => {
    const flake = await vscode.workspace.openTextDocument(inWorkspace('flake.nix'));
    const before = flake.getText();
    const commented = '        # ./containers/linkwarden.nix\n';
    assert.ok(before.includes(commented));
    await open('containers/linkwarden.nix');

    await run('Insert Flake Import');
    const after = before.replace(commented, '        ./containers/linkwarden.nix\n');
    assert.equal(flake.getText(), after);

    await run('Insert Flake Import');
    assert.equal(flake.getText(), after);
  });

  it('is undone by one undo', async () => {
    const flake = await vscode.workspace.openTextDocument(inWorkspace('flake.nix'));
    const before = flake.getText();
    await open('containers/linkwarden.nix');
    await run('Insert Flake Import');
    assert.notEqual(flake.getText(), before);

    await vscode.window.showTextDocument(flake);
    await vscode.commands.executeCommand('undo');
    assert.equal(flake.getText(), before);
  });
});
