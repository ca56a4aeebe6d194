import type { Browser } from 'playwright-core';
import { ensureCodeServer } from '../../../scripts/setup/code-server.mjs';
import { launchChromium } from '../../../scripts/vscode/chromium.mjs';
import { startCodeServer, type RunningCodeServer } from '../../../scripts/vscode/code-server.mjs';
import { TEST_SETTINGS } from '../../../scripts/vscode/settings.mjs';
import { vsixPath } from '../../../scripts/vsix-path.mjs';
import { copyHomelab } from '../homelab.mjs';
import { Workbench } from './workbench';

/** VS Code with the packaged extension installed, and a browser to look at it. */
export interface Desk {
  server: RunningCodeServer;
  browser: Browser;
}

/** Starts VS Code with the packaged extension, others beside it, and settings on top of those for tests. */
export async function startDesk(
  others: string[] = [],
  settings: Record<string, unknown> = {},
): Promise<Desk> {
  const vsix = [process.env['NIXOS_CONTAINERS_VSIX'] ?? vsixPath(), ...others];
  const server = await startCodeServer({
    ...(await ensureCodeServer()),
    vsix,
    settings: { ...TEST_SETTINGS, ...settings },
  });
  return { server, browser: await launchChromium() };
}

/** Ends what `startDesk` started. */
export async function stopDesk({ server, browser }: Desk): Promise<void> {
  await browser.close();
  await server.stop();
}

/**
 * Runs a test in a window of its own on a fresh copy of the example homelab; a failing test leaves a picture.
 * @param prepare what is done to the copy before the window opens
 */
export async function withHomelab(
  { server, browser }: Desk,
  test: (workbench: Workbench, folder: string) => Promise<void>,
  prepare?: (folder: string) => Promise<unknown>,
): Promise<void> {
  const homelab = await copyHomelab();
  await prepare?.(homelab.folder);
  const workbench = await Workbench.open(browser, server.url({ folder: homelab.folder }));
  try {
    await test(workbench, homelab.folder);
  } catch (error) {
    await workbench.screenshot('failure');
    throw error;
  } finally {
    await workbench.page.context().close();
    await homelab.remove();
  }
}
