// npm start [-- FOLDER] [--once]: checks a homelab and opens it in VS Code with the extension, until Ctrl+C.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { endingWithStatus, root, run, SetupError } from './setup/run.mjs';

await endingWithStatus(async () => {
  const { folder, once } = parseArguments(process.argv.slice(2));
  await ensureDependencies();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built !== 0) throw new SetupError('the build failed');
  const status = await run(process.execPath, ['server/dist/cli.js', 'check', folder]);
  if (once) process.exitCode = status;
  // Only now, because it uses what npm ci brought.
  else await (await import('./vscode/open.mjs')).openUntilInterrupted(folder);
});

function parseArguments(args) {
  const once = args.includes('--once');
  const [given, ...more] = args.filter((arg) => arg !== '--once');
  if (more.length > 0 || given?.startsWith('-'))
    throw new SetupError('usage: npm start [-- FOLDER] [--once]');
  const folder =
    given === undefined
      ? path.join(root, 'examples/homelab')
      : path.resolve(process.env.INIT_CWD ?? '.', given);
  if (!existsSync(folder)) throw new SetupError(`there is no folder ${folder}`);
  return { folder, once };
}
