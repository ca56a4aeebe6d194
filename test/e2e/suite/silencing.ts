import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  apply,
  closeAll,
  diagnosticsOf,
  open,
  quickFixes,
  remove,
  ruleOf,
  valueRange,
  write,
} from './editor';

const isInvalid = (diagnostic: vscode.Diagnostic): boolean => ruleOf(diagnostic) === 'invalid-address';

describe('A finding that is not wanted', () => {
  afterEach(async () => {
    await closeAll();
    await remove('.nixos-containers.json');
    await rules().update('rules', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('goes with a comment that its quick fix writes above it', async () => {
    const { document, range } = await invalidAddress();
    const fixes = await quickFixes(document.uri, range);
    const ignore = fixes.find(({ title }) => title === 'Ignore invalid-address here');
    assert.ok(ignore, `offered: ${fixes.map(({ title }) => title).join(', ')}`);
    await apply(ignore);

    await diagnosticsOf(document.uri, (all) => !all.some(isInvalid));
    const comment = document.lineAt(range.start.line).text;
    assert.equal(comment.trim(), '# nixos-containers: ignore invalid-address');
    assert.equal(
      comment.length - comment.trimStart().length,
      document.lineAt(range.start.line + 1).firstNonWhitespaceCharacterIndex,
    );
  });

  it('goes and changes with the setting, and with a settings file', async () => {
    const { document } = await invalidAddress();
    const as = (severity: vscode.DiagnosticSeverity) => (all: vscode.Diagnostic[]) =>
      all.some((diagnostic) => isInvalid(diagnostic) && diagnostic.severity === severity);

    await rules().update('rules', { 'invalid-address': 'off' }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(document.uri, (all) => !all.some(isInvalid));
    await rules().update('rules', { 'invalid-address': 'warning' }, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(document.uri, as(vscode.DiagnosticSeverity.Warning));

    const settings = await write(
      '.nixos-containers.json',
      '{ "rules": { "invalid-address": "information" } }\n',
    );
    await diagnosticsOf(document.uri, as(vscode.DiagnosticSeverity.Information));
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(settings));
    await editor.edit((edit) => edit.replace(stringRange(editor.document, 'information'), 'off'));
    await diagnosticsOf(document.uri, (all) => !all.some(isInvalid));
    await editor.edit((edit) =>
      edit.replace(stringRange(editor.document, 'invalid-address'), 'invalid-adress'),
    );
    const [unknown] = await diagnosticsOf(settings, (all) => all.length > 0);
    assert.match(unknown?.message ?? '', /no rule invalid-adress\. Did you mean invalid-address\?/);
  });
});

function rules(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('nixos-containers');
}

/** A container's address, made wrong in its editor. */
async function invalidAddress(): Promise<{ document: vscode.TextDocument; range: vscode.Range }> {
  const editor = await open('containers/immich.nix');
  const { document } = editor;
  await editor.edit((edit) => edit.replace(valueRange(document, 'localAddress'), '10.0.0'));
  const [found] = (await diagnosticsOf(document.uri, (all) => all.some(isInvalid))).filter(isInvalid);
  assert.ok(found);
  return { document, range: found.range };
}

/** The range of a text between its quotes. */
function stringRange(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(`"${text}"`) + 1;
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}
