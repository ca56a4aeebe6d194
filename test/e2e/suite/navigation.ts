import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, cursorIn, inWorkspace, openAt, rangeOf, run } from './editor';

const IMMICH = 'containers/immich.nix';

describe('From a container to its route and back', () => {
  afterEach(closeAll);

  it('by the commands Go to Traefik Route and Go to Container', async () => {
    const { document } = await openAt(IMMICH, 'enableIP|v6 = false');
    await run('Go to Traefik Route');
    await cursorIn(document.uri, rangeOf(document, 'routers.|immich| = {'));
    await run('Go to Container');
    await cursorIn(document.uri, rangeOf(document, 'containers.|immich| = {'));
  });

  it('by the same commands on an import line of the flake', async () => {
    const immich = await vscode.workspace.openTextDocument(inWorkspace(IMMICH));
    await openAt('flake.nix', './containers/imm|ich.nix');
    await run('Go to Traefik Route');
    await cursorIn(immich.uri, rangeOf(immich, 'routers.|immich| = {'));
    await openAt('flake.nix', './containers/imm|ich.nix');
    await run('Go to Container');
    await cursorIn(immich.uri, rangeOf(immich, 'containers.|immich| = {'));
  });

  it('by Go to Definition', async () => {
    const leads = async (file: string, marked: string): Promise<string[]> => {
      const { document, position } = await openAt(file, marked);
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        position,
      );
      return Promise.all(found.map(placeOf));
    };
    const container = [`${IMMICH}: containers.immich = {`];
    assert.deepEqual(await leads(IMMICH, 'containers.imm|ich = {'), [`${IMMICH}: routers.immich = {`]);
    assert.deepEqual(await leads(IMMICH, 'routers.imm|ich = {'), container);
    assert.deepEqual(await leads(IMMICH, '${config.containers.imm|ich.localAddress}'), container);
    assert.deepEqual(await leads(IMMICH, '"authe|lia"'), [
      'containers/authelia.nix: middlewares.authelia.forwardAuth = {',
    ]);
    assert.deepEqual(await leads('flake.nix', './containers/imm|ich.nix'), [
      `${IMMICH}: { config, domain, ... }: {`,
    ]);
  });
});

/** A place in words: the file, and the line it is on. */
async function placeOf(target: vscode.Location | vscode.LocationLink): Promise<string> {
  const [uri, range] =
    'targetUri' in target
      ? [target.targetUri, target.targetSelectionRange ?? target.targetRange]
      : [target.uri, target.range];
  const document = await vscode.workspace.openTextDocument(uri);
  return `${vscode.workspace.asRelativePath(uri)}: ${document.lineAt(range.start).text.trim()}`;
}
