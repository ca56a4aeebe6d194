import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeIn } from './places';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

const IMMICH = 'containers/immich.nix';

describe('A container in the editor', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk()));
  afterAll(() => stopDesk(desk));

  test('shows what it is in hovers, where it is reached in lenses, and which addresses are free', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const text = await readFile(path.join(folder, IMMICH), 'utf8');
      await workbench.openFile(IMMICH);
      await workbench.serverIsReady();

      await workbench.goTo(...placeIn(text, 'containers.imm|ich = {'));
      await (await workbench.hover()).filter({ hasText: 'Open ports: TCP 2283' }).waitFor();
      await workbench.screenshot('hover-container');
      await workbench.closeHover();
      await workbench.goTo(...placeIn(text, 'hostA|ddress ='));
      await (await workbench.hover()).filter({ hasText: 'containers.<name>.hostAddress' }).waitFor();
      await workbench.screenshot('hover-option');
      await workbench.closeHover();

      await workbench.lens('→ photos.nemnix.site · :2283').click();
      await workbench.cursorIsAt(...placeIn(text, 'routers.immich| = {'));
      await workbench.screenshot('lens-followed');

      await workbench.goTo(...placeIn(text, 'hostAddress = "|'));
      await workbench.typeOver('10.10.10.4'.length, '10.10.10.1');
      const pair = (await workbench.suggestions()).first();
      await pair.waitFor();
      await workbench.screenshot('completion');
      const host = (await pair.locator('.label-name').textContent()) ?? '';
      expect(host).toMatch(/^10\.10\.10\.1\d$/);
      await workbench.page.keyboard.press('Enter');
      await workbench.line(`hostAddress = "${host}"`).waitFor();
      await workbench.line(`localAddress = "${nextOf(host)}"`).waitFor();
      await workbench.squiggles('error').first().waitFor({ state: 'detached' });
      await workbench.screenshot('completion-chosen');
      expect(workbench.errors).toEqual([]);
    });
  });
});

function nextOf(address: string): string {
  return address.replace(/\d+$/, (last) => String(Number(last) + 1));
}
