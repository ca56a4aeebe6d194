import { writeFile } from 'node:fs/promises';
import Mocha from 'mocha';
import { ready } from './editor';

/** Called by VS Code inside its extension host: runs the suite and fails when a test does. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  mocha.suite.beforeAll('the server has read the homelab', ready);
  await import('./duplicate-address');
  await import('./hover');
  await import('./completion');
  await import('./navigation');
  await import('./code-lens');
  await import('./flake-import');
  await import('./snippets');
  await import('./complete');
  await import('./silencing');
  await import('./read-only');

  let passed = 0;
  let failed = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => (passed += 1));
    runner.on('fail', () => (failed += 1));
  });
  const resultFile = process.env['NIXOS_CONTAINERS_E2E_RESULT'];
  if (resultFile !== undefined) await writeFile(resultFile, JSON.stringify({ passed, failed }));
  if (failed > 0) throw new Error(`${failed} failed`);
}
