import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeIn } from './places';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

const IMMICH = 'containers/immich.nix';
const NEXTCLOUD = 'containers/nextcloud.nix';

describe('What a file means, in the editor', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk()));
  afterAll(() => stopDesk(desk));

  test('containers, routes and rules have colours of their own; what no host imports is faded', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const text = await readFile(path.join(folder, IMMICH), 'utf8');
      await workbench.openFile(IMMICH);
      await workbench.serverIsReady();
      const typeAt = async (marked: string, type: string): Promise<void> => {
        await workbench.focusEditor();
        await workbench.goTo(...placeIn(text, marked));
        await (await workbench.inspectScopes()).filter({ hasText: type }).waitFor();
        await workbench.page.keyboard.press('Escape');
      };
      await typeAt('containers.imm|ich = {', 'container');
      await typeAt('routers.imm|ich = {', 'router');
      await typeAt('"10.10|.10.5"', 'address');
      await typeAt('"Ho|st(`', 'support.function.matcher.traefik');
      await workbench.focusEditor();
      await workbench.scrollToTop('{ config, domain, ... }: {');
      await workbench.screenshot('colours');
      expect(await workbench.opacityOf('containers.immich = {')).toBe(1);

      await workbench.openFile(NEXTCLOUD);
      await expect.poll(() => workbench.opacityOf('containers.nextcloud = {')).toBeLessThan(0.7);
      await workbench.screenshot('faded');
      const flake = path.join(folder, 'flake.nix');
      expect(await readFile(flake, 'utf8')).toContain('# ./containers/nextcloud.nix');
      await workbench.openFile('flake.nix');
      const lines = (await readFile(flake, 'utf8')).split('\n');
      const line = lines.findIndex((one) => one.includes('# ./containers/nextcloud.nix'));
      await workbench.goTo(line + 1, (lines[line] ?? '').indexOf('#') + 1);
      await workbench.typeOver(2, '');
      await workbench.page.keyboard.press('Delete');
      await workbench.tab('nextcloud.nix').click();
      await expect.poll(() => workbench.opacityOf('containers.nextcloud = {'), { timeout: 20_000 }).toBe(1);
      expect(workbench.errors).toEqual([]);
    });
  });

  test('a URL with interpolations leads to the container, and not to its own text', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const text = await readFile(path.join(folder, IMMICH), 'utf8');
      await workbench.openFile(IMMICH);
      await workbench.serverIsReady();
      await workbench.goTo(...placeIn(text, '"http|://${config'));
      await workbench.link('photos').first().waitFor();
      await workbench.screenshot('links');
      await workbench.command('Open Link');
      await workbench.cursorIsAt(...placeIn(text, 'containers.|immich = {'));
      await workbench.screenshot('link-followed');
      expect(workbench.page.context().pages()).toHaveLength(1);
      expect(workbench.errors).toEqual([]);
    });
  });

  test('a call of a function says what it takes', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const text = await readFile(path.join(folder, IMMICH), 'utf8');
      await workbench.openFile(IMMICH);
      await workbench.serverIsReady();
      await workbench.goTo(...placeIn(text, '"Host(`photos|.'));
      await workbench.page.keyboard.press('Control+Shift+Space');
      await workbench.signature('Host(`name`)').waitFor();
      await workbench.screenshot('signature');
      expect(workbench.errors).toEqual([]);
    });
  });
});
