import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, runQuietly } from '../../../scripts/setup/run.mjs';
import { containerFile } from '../homelab.mjs';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

const MODULE = 'containers/broken.nix';

// VS Code takes the grammar of the extension whose folder sorts last; ours is named nixos-containers.….
describe.each([
  ['before ours', 'bystander'],
  ['after ours', 'zealous'],
])('Beside another extension that serves Nix and sorts %s', (_order, publisher) => {
  let desk: Desk;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-other-'));
    desk = await startDesk([await packOther(folder, publisher)]);
  });
  afterAll(async () => {
    await stopDesk(desk);
    await rm(folder, { recursive: true });
  });

  test('its grammar colours; diagnostics and hovers of containers are as ever', async () => {
    await withHomelab(desk, async (workbench, homelab) => {
      const immich = await containerFile(homelab, 'immich');
      const vaultwarden = await containerFile(homelab, 'vaultwarden');
      await workbench.openFile(immich.file);
      await workbench.serverIsReady();
      await workbench.goTo(immich.line, immich.column);

      const hover = await workbench.hover();
      await hover.filter({ hasText: immich.address }).first().waitFor();
      await workbench.screenshot(`beside-${publisher}-hover`);
      await workbench.page.keyboard.press('Escape');

      const scopes = await workbench.inspectScopes();
      await scopes.filter({ hasText: 'source.nix' }).waitFor();
      await workbench.screenshot(`beside-${publisher}-grammar`);
      const shown = await scopes.textContent();
      expect(shown).toContain('meta.other-nix');
      expect(shown).not.toContain('string.quoted');
      await workbench.page.keyboard.press('Escape');

      await workbench.focusEditor();
      await workbench.typeOver(immich.address.length, vaultwarden.address);
      await workbench.squiggles('error').first().waitFor();
      await workbench.screenshot(`beside-${publisher}-squiggle`);
      expect(workbench.errors).toEqual([]);
    });
  });

  test('syntax errors are left to it, until the settings say otherwise', async () => {
    await withHomelab(desk, async (workbench, homelab) => {
      const vaultwarden = await containerFile(homelab, 'vaultwarden');
      await writeFile(path.join(homelab, MODULE), brokenModule(vaultwarden.address));
      await importModule(homelab);
      await workbench.openFile('containers/vaultwarden.nix');
      await workbench.serverIsReady();
      await workbench.openProblems();
      const syntaxErrors = workbench.problems('syntax-error');
      await workbench.problems('duplicate-address').first().waitFor();
      expect(await syntaxErrors.count()).toBe(0);

      await setting(homelab, 'on');
      await syntaxErrors.first().waitFor();
      await workbench.screenshot(`beside-${publisher}-syntax-error`);
      await setting(homelab, 'auto');
      await syntaxErrors.first().waitFor({ state: 'detached' });
      await workbench.problems('duplicate-address').first().waitFor();
    });
  });
});

/** A container with an address that is taken, and a list that is not closed. */
function brokenModule(address: string): string {
  return `{ ... }: {
  containers.broken = { privateNetwork = true; hostAddress = "10.10.10.90"; localAddress = "${address}"; };
  a = [ 1 ;
}
`;
}

async function importModule(homelab: string): Promise<void> {
  const flake = path.join(homelab, 'flake.nix');
  const text = await readFile(flake, 'utf8');
  const line = './containers/vaultwarden.nix\n';
  expect(text).toContain(line);
  await writeFile(flake, text.replace(line, `${line}        ./${MODULE}\n`));
}

async function setting(homelab: string, syntaxErrors: 'auto' | 'on'): Promise<void> {
  await mkdir(path.join(homelab, '.vscode'), { recursive: true });
  await writeFile(
    path.join(homelab, '.vscode/settings.json'),
    JSON.stringify({ 'nixos-containers.syntaxErrors': syntaxErrors }),
  );
}

/** Packs the other extension under a publisher's name; gives where it is. */
async function packOther(folder: string, publisher: string): Promise<string> {
  const source = path.join(folder, 'other-nix');
  await cp(path.join(root, 'test/e2e/fixtures/other-nix'), source, { recursive: true });
  const manifest = path.join(source, 'package.json');
  const stated = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
  await writeFile(manifest, JSON.stringify({ ...stated, publisher }));
  const file = path.join(folder, 'other-nix.vsix');
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file];
  await runQuietly(process.execPath, [vsce, 'package', ...flags], { cwd: source });
  return file;
}
