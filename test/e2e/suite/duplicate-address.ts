import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  diagnosticsOf,
  inWorkspace,
  open,
  ourDiagnostics,
  quickFixes,
  ruleOf,
  valueRange,
} from './editor';

const isDuplicate = (diagnostic: vscode.Diagnostic): boolean => ruleOf(diagnostic) === 'duplicate-address';

describe('An address that another container already has', () => {
  const vaultwarden = inWorkspace('containers/vaultwarden.nix');

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is an error while it is typed, points at the other container, and a quick fix mends it', async () => {
    const taken = valueRange(await vscode.workspace.openTextDocument(vaultwarden), 'localAddress');
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    assert.deepEqual(ourDiagnostics(document.uri).filter(isDuplicate), []);

    const takenAddress = (await vscode.workspace.openTextDocument(vaultwarden)).getText(taken);
    await editor.edit((edit) => edit.replace(valueRange(document, 'localAddress'), takenAddress));

    const [found] = (await diagnosticsOf(document.uri, (all) => all.some(isDuplicate))).filter(isDuplicate);
    assert.ok(found);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.ok(found.range.intersection(valueRange(document, 'localAddress')), 'the address is underlined');
    assert.ok(found.message.includes(takenAddress), found.message);
    const elsewhere = found.relatedInformation?.map(({ location }) => location) ?? [];
    const other = elsewhere.find(({ uri }) => uri.fsPath === vaultwarden.fsPath);
    assert.ok(other?.range.intersection(taken), 'the other address is pointed at');
    await diagnosticsOf(vaultwarden, (all) => all.some(isDuplicate));

    const fixes = await quickFixes(document.uri, found.range);
    const fix = fixes.find(({ title }) => /use the next free/i.test(title));
    assert.ok(fix, `offered: ${fixes.map(({ title }) => title).join(', ')}`);
    await apply(fix);

    await diagnosticsOf(document.uri, (all) => !all.some(isDuplicate));
    await diagnosticsOf(vaultwarden, (all) => !all.some(isDuplicate));
    assert.notEqual(document.getText(valueRange(document, 'localAddress')), takenAddress);
  });

  it('is no error any more when the typing is undone', async () => {
    const other = await vscode.workspace.openTextDocument(vaultwarden);
    const takenAddress = other.getText(valueRange(other, 'localAddress'));
    const editor = await open('containers/immich.nix');
    const { document } = editor;
    await editor.edit((edit) => edit.replace(valueRange(document, 'localAddress'), takenAddress));
    await diagnosticsOf(document.uri, (all) => all.some(isDuplicate));

    await vscode.commands.executeCommand('undo');

    await diagnosticsOf(document.uri, (all) => !all.some(isDuplicate));
    await diagnosticsOf(vaultwarden, (all) => !all.some(isDuplicate));
  });
});
