import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import path from 'node:path';
import { root } from '../setup/run.mjs';

const PATIENCE = 15_000;

/**
 * A desktop VS Code to test in, downloaded where that is possible; undefined where there is no display to show it
 * on, where NIXOS_CONTAINERS_CODE_SERVER or CI asks for code-server, or where the download host does not answer.
 * @returns {Promise<string | undefined>} path of the executable
 */
export async function downloadDesktop() {
  const { CI, NIXOS_CONTAINERS_CODE_SERVER, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || NIXOS_CONTAINERS_CODE_SERVER) return undefined;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: path.join(root, '.vscode-test'),
      timeout: PATIENCE,
    });
  } catch (error) {
    console.log(`no desktop VS Code (${error.message}): using code-server`);
    return undefined;
  }
}
