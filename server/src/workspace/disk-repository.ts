import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { toEnginePath } from './disk';
import { readGitIndex } from './git-index';
import type { Repository } from './repositories';

/** Reading what git tracks, without git. */

/** An index larger than this is not read: it would hold hundreds of thousands of files. */
const MAX_INDEX_BYTES = 64 * 1024 * 1024;

/** The repository that a folder lies in; null where it lies in none. */
export async function repositoryOf(folder: string): Promise<Repository | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = await gitFolder(at);
    if (git !== null) {
      const index = join(git, 'index');
      return { root: toEnginePath(at), index: toEnginePath(index), tracked: await trackedIn(git, index) };
    }
    if (dirname(at) === at) return null;
  }
}

/** Where git keeps its files for a working tree: in `.git`, or, for a worktree or submodule, where that file says. */
async function gitFolder(root: string): Promise<string | null> {
  const path = join(root, '.git');
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() === true) return path;
  if (info?.isFile() !== true) return null;
  const text = await readFile(path, 'utf8').catch(() => '');
  const target = /^gitdir: (.+?)\s*$/m.exec(text)?.[1];
  return target === undefined ? null : resolve(root, target);
}

async function trackedIn(git: string, index: string): Promise<ReadonlySet<string> | null> {
  try {
    const info = await stat(index);
    return info.isFile() && info.size <= MAX_INDEX_BYTES ? readGitIndex(await readFile(index)) : null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // Git writes the first index with the first file that is added.
    const isNew = code === 'ENOENT' && (await stat(join(git, 'HEAD')).catch(() => null)) !== null;
    return isNew ? new Set() : null;
  }
}
