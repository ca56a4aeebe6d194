import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, cursorIn, follow, inWorkspace, open, rangeOf } from './editor';

const IMMICH = 'containers/immich.nix';

describe('Code lenses', () => {
  afterEach(closeAll);

  it('stand on a container and on its route, and lead to the other', async () => {
    const { document } = await open(IMMICH);
    const onContainer = await lens(document, '→ photos.nemnix.site · :2283');
    assert.equal(lineOf(document, onContainer), 'containers.immich = {');
    const onRoute = await lens(document, '→ container immich 10.10.10.5');
    assert.equal(lineOf(document, onRoute), 'routers.immich = {');

    await click(onContainer);
    await cursorIn(document.uri, rangeOf(document, 'routers.|immich| = {'));
    await click(onRoute);
    await cursorIn(document.uri, rangeOf(document, 'containers.|immich| = {'));
  });

  it('stand on the import lines of the flake, and lead into the other file', async () => {
    const { document } = await open('flake.nix');
    const onImport = await lens(document, 'immich · 10.10.10.5 · photos.nemnix.site');
    assert.equal(lineOf(document, onImport), './containers/immich.nix');

    await click(onImport);
    const immich = await vscode.workspace.openTextDocument(inWorkspace(IMMICH));
    await cursorIn(immich.uri, rangeOf(immich, 'containers.|immich| = {'));
  });
});

/** The lens of a document that has this title. */
async function lens(document: vscode.TextDocument, title: string): Promise<vscode.CodeLens> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    1000,
  );
  const found = all.find(({ command }) => command?.title === title);
  assert.ok(found, `no ${title}, but: ${all.map(({ command }) => command?.title).join(', ')}`);
  return found;
}

function lineOf(document: vscode.TextDocument, { range }: vscode.CodeLens): string {
  return document.lineAt(range.start).text.trim();
}

async function click({ command }: vscode.CodeLens): Promise<void> {
  assert.ok(command && command.command !== '', `${command?.title ?? 'it'} cannot be clicked`);
  await follow(command);
}
