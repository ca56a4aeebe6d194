import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runQuietly } from '../../../scripts/setup/run.mjs';
import { filesOf } from '../homelab.mjs';
import { startDesk, stopDesk, withHomelab, type Desk } from './with-workbench';

const MODULE = 'containers/immich.nix';
const PATIENCE = { timeout: 10_000 };

const git = (folder: string, ...args: string[]): Promise<string> => runQuietly('git', args, { cwd: folder });

async function forgetModule(folder: string): Promise<void> {
  await git(folder, 'init', '--quiet', '--initial-branch=trunk');
  await git(folder, 'add', '.');
  await git(folder, 'rm', '--cached', '--quiet', MODULE);
}

describe('An imported module that git does not track', () => {
  let desk: Desk;
  beforeAll(async () => (desk = await startDesk([], { 'git.enabled': true })));
  afterAll(() => stopDesk(desk));

  test('is named where it is imported, and staged by the quick fix', async () => {
    await withHomelab(
      desk,
      async (workbench, folder) => {
        await workbench.statusItem('trunk').waitFor();
        const lines = ((await filesOf(folder))['flake.nix'] ?? '').split('\n');
        const line = lines.findIndex((text) => text.includes(`./${MODULE}`));
        await workbench.openFile('flake.nix');
        await workbench.openProblems();
        const problem = workbench.problems('untracked-module');
        await problem.first().waitFor();
        await workbench.focusEditor();
        await workbench.goTo(line + 1, (lines[line] ?? '').indexOf('./') + 3);
        await workbench.openQuickFixes();
        await workbench.screenshot('untracked-module');
        await workbench.chooseQuickFix(/^Stage containers\/immich\.nix/);

        await expect.poll(() => git(folder, 'ls-files', MODULE), PATIENCE).toContain(MODULE);
        await problem.first().waitFor({ state: 'detached' });
        expect(workbench.errors).toEqual([]);
      },
      forgetModule,
    );
  });
});
