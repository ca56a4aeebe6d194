import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentForNpm, root, run, SetupError } from './run.mjs';

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. */
export async function ensureDependencies() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node 20 or newer is needed, this is ${process.versions.node}`);
  }
  if (installedMatchesLock()) return;
  console.log('npm ci …');
  // NODE_ENV=production would leave out everything that is needed here.
  const env = { ...environmentForNpm(), NODE_ENV: 'development' };
  const status = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env });
  if (status !== 0) throw new SetupError(`npm ci ended with ${status}`);
}

function installedMatchesLock() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const locked = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(locked).every(([where, wanted]) => {
    if (!where.startsWith('node_modules/') && !where.includes('/node_modules/')) return true;
    if (wanted.link) return existsSync(path.join(root, where));
    const have = installed[where];
    if (have === undefined) return Boolean(wanted.optional);
    return have.version === wanted.version && have.integrity === wanted.integrity;
  });
}
