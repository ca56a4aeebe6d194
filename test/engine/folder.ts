import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** For tests only: the files below a folder, by their path as if the folder were the root. */
export async function readFolder(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[`/${relative(folder, path).replaceAll('\\', '/')}`] = await readFile(path, 'utf8');
  }
  return files;
}
