// Runs test/e2e/suite inside the extension host of real VS Code, through @vscode/test-electron.
import { chmod, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/setup/run.mjs';
import { downloadDesktop } from '../../scripts/vscode/desktop.mjs';
import { copyHomelab } from './homelab.mjs';

const out = path.join(root, 'test/e2e/out');

/**
 * @param {{ extension?: string }} [options] folder of the extension under test
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSuite({ extension = root } = {}) {
  const resultFile = path.join(out, 'result.json');
  const tests = path.join(out, 'index.js');
  await rm(out, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/e2e/suite/index.ts'],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    // Mocha finds its own parts at run time.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  const shim = path.join(root, 'scripts/vscode/code-shim.mjs');
  await chmod(shim, 0o755);

  const homelab = await copyHomelab();
  try {
    await runTests({
      vscodeExecutablePath: (await downloadDesktop()) ?? shim,
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      extensionTestsEnv: { NIXOS_CONTAINERS_E2E_RESULT: resultFile },
      launchArgs: [homelab.folder, '--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    console.error(error.message);
  } finally {
    await homelab.remove();
  }
  try {
    return JSON.parse(await readFile(resultFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

if (process.argv[1] === import.meta.filename) {
  const [extension] = process.argv.slice(2);
  const { passed, failed } = await runSuite(extension === undefined ? {} : { extension });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
