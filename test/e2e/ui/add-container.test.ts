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
      await workbench.notification('10.10.10.12 / 10.10.10.13').waitFor();
      await workbench.screenshot('add-container-written');
      await undo(workbench);
      expect(await workbench.tab('flake.nix', 'dirty').count()).toBe(0);
      await expect.poll(() => filesOf(folder), PATIENCE).toEqual(before);
      await workbench.screenshot('add-container-undone');
      expect(workbench.errors).toEqual([]);
    });
  });

  test('what it wrote is right when it is saved, and can be undone then too', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const before = await filesOf(folder);
      await start(workbench);
      await answer(workbench);
      await workbench.saveAll();

      const last = '        ./containers/opencloud.nix\n';
      const { [MODULE]: written, ...others } = await filesOf(folder);
      expect(others).toEqual({
        ...before,
        'flake.nix': before['flake.nix']?.replace(last, `${last}        ./${MODULE}\n`),
      });
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
      await runQuietly(process.execPath, ['server/dist/cli.js', 'check', folder, '--fail-on', 'hint'], {
        cwd: root,
      });

      await workbench.focusEditor();
      await undo(workbench);
      await workbench.saveAll();
      await expect.poll(() => filesOf(folder), PATIENCE).toEqual(before);
      expect(workbench.errors).toEqual([]);
    });
  });
});

/** Runs the command and waits for its first question. */
async function start(workbench: Workbench): Promise<void> {
  await workbench.openFile('containers/immich.nix');
  await workbench.serverIsReady();
  await workbench.startCommand('NixOS Containers: Add Container');
  await workbench.question('The name of the container').waitFor();
}

/** Answers: jellyfin on 8096, at media, with Authelia, on a private network. Leaves its module in the editor. */
async function answer(workbench: Workbench): Promise<void> {
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

  await workbench.tab('jellyfin.nix', 'active').waitFor();
  await workbench.line('services.jellyfin = {').waitFor();
  await workbench.tab('flake.nix', 'dirty').waitFor();
  await workbench.focusEditor();
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
