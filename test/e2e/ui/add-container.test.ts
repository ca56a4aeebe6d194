import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, runQuietly } from '../../../scripts/setup/run.mjs';
import { filesOf } from '../homelab.mjs';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';
import type { Workbench } from './workbench';

const MODULE = 'containers/jellyfin.nix';
const PATIENCE = { timeout: 10_000 };

describe('Add Container', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk()));
  afterAll(() => stopDesk(desk));

  test('says what is wrong with a name, writes the module and its import, and one undo takes back every byte', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const before = await filesOf(folder);
      await start(workbench);
      await workbench.typeAnswer('jelly_fin');
      await workbench.question('refuses container names with an underscore').waitFor();
      await workbench.screenshot('add-container-bad-name');
      await workbench.typeAnswer('immich');
      await workbench.question('There is a container immich already').waitFor();
      await workbench.typeAnswer('../jellyfin');
      await workbench.accept();
      await workbench.question('The character . cannot stand in it').waitFor();

      await answer(workbench);
      await workbench.lens('→ media.nemnix.site · :8096').waitFor({ state: 'attached' });
      await workbench.notificationButton('Open flake.nix').waitFor();
      await workbench.screenshot('add-container-written');
      await undo(workbench);
      await expect.poll(() => filesOf(folder), PATIENCE).toEqual(before);
      expect(await workbench.dirtyTabs().count()).toBe(0);
      await workbench.screenshot('add-container-undone');
      expect(workbench.errors).toEqual([]);
    });
  });

  test('what it wrote is saved, and right', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const before = await filesOf(folder);
      await start(workbench);
      await answer(workbench);

      expect(await workbench.dirtyTabs().count()).toBe(0);
      const { [MODULE]: written, ...others } = await filesOf(folder);
      expect(others).toEqual({ ...before, 'flake.nix': withImport(before['flake.nix']) });
      for (const line of [
        'url = "http://${config.containers.jellyfin.localAddress}:8096";',
        'rule = "Host(`media.${domain}`)";',
        'middlewares = [ "authelia" ];',
        'privateNetwork = true;',
        'hostAddress = "10.10.10.12";',
        'localAddress = "10.10.10.13";',
        'firewall.allowedTCPPorts = [ 8096 ];',
        'system.stateVersion = "25.11";',
      ])
        expect(written).toContain(line);
      // Fails where it finds anything.
      await runQuietly(
        process.execPath,
        ['server/dist/cli.js', 'check', folder, '--fail-on', 'information'],
        {
          cwd: root,
        },
      );
      expect(workbench.errors).toEqual([]);
    });
  });

  test('does not save a flake that had other changes, and says so', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const before = await filesOf(folder);
      await workbench.openFile('flake.nix');
      await workbench.goTo(1, 1);
      await workbench.page.keyboard.type('# not saved yet');
      await workbench.page.keyboard.press('Enter');
      await workbench.tab('flake.nix', 'dirty').waitFor();
      await start(workbench);
      await answer(workbench);
      await workbench.notification('flake.nix had unsaved changes and was not saved.').waitFor();
      await workbench.screenshot('add-container-unsaved-flake');

      await workbench.tab('flake.nix', 'dirty').waitFor();
      expect(await workbench.dirtyTabs().count()).toBe(1);
      const { [MODULE]: written, ...others } = await filesOf(folder);
      expect(written).toContain('services.jellyfin = {');
      expect(others).toEqual(before);

      await workbench.saveAll();
      const after = await filesOf(folder);
      expect(after['flake.nix']).toBe(`# not saved yet\n${withImport(before['flake.nix'])}`);
    });
  });

  test('writes nothing where the flake is read-only', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const before = await filesOf(folder);
      await chmod(path.join(folder, 'flake.nix'), 0o444);
      await start(workbench);
      await giveAnswers(workbench);
      await workbench.notification('flake.nix is read-only, so nothing was changed.').waitFor();
      await workbench.screenshot('add-container-read-only');
      expect(await filesOf(folder)).toEqual(before);
      expect(await workbench.dirtyTabs().count()).toBe(0);
    });
  });
});

describe('Add Container in a git repository', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk([], { 'git.enabled': true })));
  afterAll(() => stopDesk(desk));

  test('offers to stage the new file, which a flake would not see otherwise', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const git = (...args: string[]): Promise<string> => runQuietly('git', args, { cwd: folder });
      await git('init', '--quiet');
      await git('add', '.');
      await workbench.command('Git: Refresh');
      await start(workbench);
      await answer(workbench);
      expect(await git('ls-files', MODULE)).toBe('');
      await workbench.screenshot('add-container-stage');
      await workbench.notificationButton('Stage New File').click();
      await expect.poll(() => git('ls-files', MODULE), PATIENCE).toContain(MODULE);
    });
  });
});

function withImport(flake: string | undefined): string {
  const last = '        ./containers/opencloud.nix\n';
  expect(flake).toContain(last);
  return (flake ?? '').replace(last, `${last}        ./${MODULE}\n`);
}

/** Runs the command and waits for its first question. */
async function start(workbench: Workbench): Promise<void> {
  await workbench.openFile('containers/immich.nix');
  await workbench.serverIsReady();
  await workbench.startCommand('NixOS Containers: Add Container');
  await workbench.question('The name of the container').waitFor();
}

/** Answers, and waits until everything is written. Leaves the module in the editor. */
async function answer(workbench: Workbench): Promise<void> {
  await giveAnswers(workbench);
  await workbench.tab('jellyfin.nix', 'active').waitFor();
  await workbench.line('services.jellyfin = {').waitFor();
  await workbench.notification('Added jellyfin: 10.10.10.12 / 10.10.10.13').waitFor();
  await workbench.focusEditor();
}

/** Answers: jellyfin on 8096, at media, with Authelia, on a private network. */
async function giveAnswers(workbench: Workbench): Promise<void> {
  await workbench.typeAnswer('jellyfin');
  await workbench.question('The name of the container').waitFor();
  await workbench.accept();
  await workbench.question('The port on which its service listens').waitFor();
  await workbench.typeAnswer('8096');
  await workbench.accept();
  await workbench.question('what stands before .nemnix.site').waitFor();
  await workbench.typeAnswer('media');
  await workbench.accept();
  await workbench.chooseSuggested('With Authelia');
  await workbench.chooseSuggested('Private network');
}

/** Undoes once: VS Code takes all files back together, and asks first where it is not sure. */
async function undo(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Control+z');
  const gone = workbench.tab('jellyfin.nix');
  const asked = workbench.dialogButton(/Undo in \d+ Files/);
  await Promise.race([gone.waitFor({ state: 'detached' }), asked.waitFor()]);
  if (await asked.isVisible()) await asked.click();
  await gone.waitFor({ state: 'detached' });
}
