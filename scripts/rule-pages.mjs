import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './setup/run.mjs';

/** The pages of docs/rules by rule, as JSON. */
export async function rulePages() {
  const folder = path.join(root, 'docs/rules');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md')).sort();
  const pages = await Promise.all(
    files.map(async (file) => [path.basename(file, '.md'), await readFile(path.join(folder, file), 'utf8')]),
  );
  return JSON.stringify(Object.fromEntries(pages));
}
