// npm test [-- --only STEP,…]: does its own set-up, runs every check and test, and counts them in the last line.
import { ensureDependencies } from './setup/dependencies.mjs';
import { SetupError } from './setup/run.mjs';
import { ensureSystemTools, TEST_TOOLS } from './setup/system-tools.mjs';

try {
  const only = parseArguments(process.argv.slice(2));
  await ensureSystemTools(TEST_TOOLS);
  await ensureDependencies();
  // Only now, because it uses what npm ci brought.
  const { runSteps } = await import('./test-steps.mjs');
  const { passed, failed, skipped } = await runSteps(only);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.message}\n\n0 passed, 1 failed`);
  process.exitCode = 1;
}

/** Names of the steps to run; undefined for all. */
function parseArguments(args) {
  if (args.length === 0) return undefined;
  const [flag, names, ...more] = args;
  if (flag !== '--only' || names === undefined || more.length > 0) {
    throw new SetupError('usage: npm test [-- --only STEP,STEP…]');
  }
  return names.split(',');
}
