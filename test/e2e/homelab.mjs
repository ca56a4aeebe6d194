import { cp, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/setup/run.mjs';

/**
 * Where a container's module writes its `localAddress`.
 * @typedef {object} ContainerFile
 * @property {string} file relative to the homelab
 * @property {string} address
 * @property {number} line of the address's first character, inside the quotes; from 1
 * @property {number} column of the same; from 1
 */

/**
 * A copy of the example homelab that a test may write to.
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function copyHomelab() {
  const base = await realpath(await mkdtemp(path.join(os.tmpdir(), 'nixos-containers-homelab-')));
  const folder = path.join(base, 'homelab');
  await cp(path.join(root, 'examples/homelab'), folder, { recursive: true });
  return { folder, remove: () => rm(base, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * Finds where the file of a container says its `localAddress`.
 * @param {string} folder of the homelab
 * @param {string} name of the container
 * @returns {Promise<ContainerFile>}
 */
export async function containerFile(folder, name) {
  const file = `containers/${name}.nix`;
  const lines = (await readFile(path.join(folder, file), 'utf8')).split('\n');
  for (const [index, line] of lines.entries()) {
    const found = /localAddress = "([^"]+)"/d.exec(line);
    if (found !== null) return { file, address: found[1], line: index + 1, column: found.indices[1][0] + 1 };
  }
  throw new Error(`${file} writes no localAddress`);
}

/**
 * Every file of a homelab with what is in it.
 * @param {string} folder
 * @returns {Promise<Record<string, string>>}
 */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [path.relative(folder, file), await readFile(file, 'latin1')]),
  );
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
