import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { normalizePath } from '../nix/paths';
import {
  MAX_FILE_BYTES,
  MAX_FILES,
  NOT_READABLE,
  NOT_WANTED,
  scanNotices,
  SKIPPED_FOLDERS,
  storedText,
  TOO_LARGE,
  WANTED_NAMES,
} from './scan-rules';
import type { StoredFile } from './workspace';

/** Reading a folder of the disk, within bounds. */

/** Folders nested deeper than this are not entered. */
const MAX_FOLDER_DEPTH = 40;

export interface Scan {
  readonly files: ReadonlyMap<string, StoredFile>;
  /** What was left out, in words; empty when everything was read. */
  readonly notices: readonly string[];
  /** Whether every file is listed, so that one that is not there does not exist. */
  readonly complete: boolean;
  /** The folders in it that are the top of a git repository, by the engine's paths. */
  readonly repositories: readonly string[];
}

/**
 * Reads the files of a folder that the engine needs: `.nix` files with their text, `flake.lock`, `.gitignore` and
 * the like too, of all others only that they are there. Links to folders are not followed, so loops and `result` links cost nothing.
 * @param root an absolute path of the disk
 */
export async function scanFolder(root: string): Promise<Scan> {
  const files = new Map<string, StoredFile>();
  const repositories: string[] = [];
  let pending = [{ folder: root, depth: 0 }];
  let full = false;
  while (pending.length > 0 && !full) {
    const found = await Promise.all(
      pending.map(async ({ folder, depth }) => ({ folder, depth, entries: await list(folder) })),
    );
    pending = [];
    const reads: Promise<void>[] = [];
    for (const { folder, depth, entries } of found) {
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.name === '.git') {
          repositories.push(toEnginePath(folder));
          continue;
        }
        if (entry.isDirectory()) {
          if (depth < MAX_FOLDER_DEPTH && !SKIPPED_FOLDERS.includes(entry.name))
            pending.push({ folder: path, depth: depth + 1 });
          continue;
        }
        if (files.size + reads.length >= MAX_FILES) {
          full = true;
          break;
        }
        reads.push(
          readStored(path).then((stored) => {
            if (stored !== null) files.set(toEnginePath(path), stored);
          }),
        );
      }
    }
    await Promise.all(reads);
  }
  return { files, notices: scanNotices(root, files, !full), complete: !full, repositories };
}

async function list(folder: string): Promise<import('node:fs').Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const LINKED_FOLDER: StoredFile = { opaque: 'a link to a folder, not followed' };

/** One file, or link to a folder, as the workspace stores it; null when it is not there. */
export async function readStored(path: string): Promise<StoredFile | null> {
  try {
    const own = await lstat(path);
    const info = own.isSymbolicLink() ? await stat(path) : own;
    if (info.isDirectory()) return own.isSymbolicLink() ? LINKED_FOLDER : null;
    if (!info.isFile()) return null;
    if (!WANTED_NAMES.test(basename(path))) return NOT_WANTED;
    if (info.size > MAX_FILE_BYTES) return TOO_LARGE;
    return storedText(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return null;
    return code === 'EACCES' ? { opaque: 'not readable (permission denied)' } : NOT_READABLE;
  }
}

/** A path of the disk as the engine writes it. */
export function toEnginePath(path: string): string {
  return normalizePath(sep === '\\' ? `/${path.replaceAll('\\', '/')}` : path);
}
