import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containerFile } from '../homelab.mjs';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

describe('A conflicting address typed into the homelab', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk()));
  afterAll(() => stopDesk(desk));

  test('is underlined, listed in Problems with the other side, and mended by the quick fix', async () => {
    await withHomelab(desk, async (workbench, folder) => {
      const immich = await containerFile(folder, 'immich');
      const vaultwarden = await containerFile(folder, 'vaultwarden');
      await workbench.openFile(immich.file);
      await workbench.goTo(immich.line, immich.column);
      await workbench.screenshot('1-homelab');
      expect(await workbench.squiggles('error').count()).toBe(0);

      await workbench.typeOver(immich.address.length, vaultwarden.address);
      await workbench.squiggles('error').first().waitFor();
      await workbench.screenshot('2-squiggle');

      await workbench.openProblems();
      const problem = workbench.problems('duplicate-address').filter({ hasText: vaultwarden.address });
      await problem.first().waitFor();
      // The other side, as a row below the problem.
      await workbench.problems(`vaultwarden.nix[Ln ${vaultwarden.line},`).first().waitFor();
      await workbench.screenshot('3-problems');

      await workbench.focusEditor();
      await workbench.goTo(immich.line, immich.column + 1);
      await workbench.openQuickFixes();
      await workbench.screenshot('4-quick-fixes');
      await workbench.chooseQuickFix(/use the next free/i);

      await workbench.squiggles('error').first().waitFor({ state: 'detached' });
      await problem.first().waitFor({ state: 'detached' });
      await workbench.screenshot('5-mended');
      expect(workbench.errors).toEqual([]);
    });
  });
});
