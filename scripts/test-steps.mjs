import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureCodeServer } from './setup/code-server.mjs';
import { artefacts, root, run, SetupError } from './setup/run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const NOTHING = { passed: 0, failed: 0, skipped: 0 };
const ONE_FAILED = { ...NOTHING, failed: 1 };
const bin = (name) => path.join(root, 'node_modules/.bin', name);

/**
 * Every step of `npm test`, in order. `run` gives what it counted; a step whose `needs` failed fails with it.
 * A check that counts nothing (types, lint) shows up in the sum only when it fails.
 * @type {{ name: string, needs?: string, run: () => Promise<Count> }[]}
 */
const STEPS = [
  { name: 'types', run: () => check(process.execPath, ['scripts/typecheck.mjs']) },
  { name: 'lint', run: () => check(bin('eslint'), ['.', '--max-warnings', '0']) },
  { name: 'format', run: () => check(bin('prettier'), ['--check', '--log-level', 'warn', '.']) },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'build', run: () => check(process.execPath, ['scripts/package.mjs']) },
  { name: 'session', needs: 'build', run: () => vitest('session') },
  { name: 'e2e', needs: 'build', run: extensionHost },
  { name: 'ui', needs: 'build', run: () => vitest('ui') },
];

/**
 * Runs the steps and adds up what they counted; a failing one does not keep the next from running.
 * @param {string[]} [only] names of steps; what they need is run too
 * @returns {Promise<Count>}
 */
export async function runSteps(only) {
  const unknown = only?.filter((name) => !STEPS.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) throw new SetupError(`no such step: ${unknown.join(', ')}`);
  const wanted = STEPS.filter(
    ({ name }) => only === undefined || only.includes(name) || isNeeded(name, only),
  );
  await rm(artefacts, { recursive: true, force: true });
  await mkdir(artefacts, { recursive: true });

  const sum = { ...NOTHING };
  const broken = new Set();
  for (const step of wanted) {
    const started = performance.now();
    console.log(`\n— ${step.name}`);
    const count = broken.has(step.needs) ? ONE_FAILED : await step.run();
    if (count.failed > 0) broken.add(step.name);
    for (const key of Object.keys(sum)) sum[key] += count[key];
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`— ${step.name}: ${count.failed > 0 ? 'FAILED' : 'ok'}, ${seconds} s`);
  }
  if (broken.size > 0) console.log(`\nfailed: ${[...broken].join(', ')}`);
  return sum;
}

function isNeeded(name, only) {
  return STEPS.some((step) => only.includes(step.name) && step.needs === name);
}

async function check(command, args) {
  return (await run(command, args)) === 0 ? NOTHING : ONE_FAILED;
}

async function vitest(project) {
  const report = path.join(artefacts, `${project}.json`);
  if (project === 'ui') await ensureCodeServer();
  const status = await run(bin('vitest'), [
    ...['run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      await readFile(report, 'utf8'),
    );
    // A file that could not be loaded fails without a failed test.
    const failed = status === 0 ? numFailedTests : Math.max(1, numFailedTests);
    return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
  } catch {
    return ONE_FAILED;
  }
}

async function extensionHost() {
  const { runSuite } = await import('../test/e2e/run-suite.mjs');
  return { ...NOTHING, ...(await runSuite()) };
}
