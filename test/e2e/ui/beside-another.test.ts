import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, runQuietly } from '../../../scripts/setup/run.mjs';
import { containerFile } from '../homelab.mjs';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

describe('Beside another extension that serves Nix', () => {
  let desk: Desk;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-other-'));
    desk = await startDesk([await packOther(folder)]);
  });
  afterAll(async () => {
    await stopDesk(desk);
    await rm(folder, { recursive: true });
  });

  test('diagnostics and hovers are as ever, and one of the grammars colours', async () => {
    await withHomelab(desk, async (workbench, homelab) => {
      const immich = await containerFile(homelab, 'immich');
      const vaultwarden = await containerFile(homelab, 'vaultwarden');
      await workbench.openFile(immich.file);
      await workbench.serverIsReady();
      await workbench.goTo(immich.line, immich.column);

      const hover = await workbench.hover();
      await hover.filter({ hasText: immich.address }).first().waitFor();
      await workbench.screenshot('beside-hover');
      await workbench.page.keyboard.press('Escape');

      const scopes = await workbench.inspectScopes();
      await scopes.filter({ hasText: 'source.nix' }).waitFor();
      await workbench.screenshot('beside-grammar');
      expect(await scopes.textContent()).toMatch(/string\.quoted\.double\.nix|meta\.other-nix/);
      await workbench.page.keyboard.press('Escape');

      await workbench.focusEditor();
      await workbench.typeOver(immich.address.length, vaultwarden.address);
      await workbench.squiggles('error').first().waitFor();
      await workbench.screenshot('beside-squiggle');
      expect(workbench.errors).toEqual([]);
    });
  });
});

/** Packs the other extension; gives where it is. */
async function packOther(folder: string): Promise<string> {
  const file = path.join(folder, 'other-nix.vsix');
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file];
  await runQuietly(process.execPath, [vsce, 'package', ...flags], {
    cwd: path.join(root, 'test/e2e/fixtures/other-nix'),
  });
  return file;
}
