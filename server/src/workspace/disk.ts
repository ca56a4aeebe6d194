import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { normalizePath } from '../nix/paths';
import { SKIPPED_FOLDERS } from './skipped-folders';
import type { StoredFile } from './workspace';

/** Reading a folder of the disk, within bounds. */

/** Larger files than this are listed, but not read: Nix code that people write is far smaller. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** More files than this are not read; a homelab has some hundreds. */
export const MAX_FILES = 20_000;
/** Folders nested deeper than this are not entered. */
const MAX_FOLDER_DEPTH = 40;

export interface Scan {
  readonly files: ReadonlyMap<string, StoredFile>;
  /** What was left out, in words; empty when everything was read. */
  readonly notices: readonly string[];
  /** Whether every file is listed, so that one that is not there does not exist. */
  readonly complete: boolean;
}

/**
 * Reads the files of a folder that the engine needs: `.nix` files with their text, `flake.lock` and `.gitignore` too, of
 * all others only that they are there. Links to folders are not followed, so loops and `result` links cost nothing.
 * @param root an absolute path of the disk
 */
export async function scanFolder(root: string): Promise<Scan> {
  const files = new Map<string, StoredFile>();
  const notices: string[] = [];
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
  if (full) notices.push(`${root} holds more than ${MAX_FILES} files; the rest was not read.`);
  for (const [path, file] of files)
    if ('opaque' in file && path.endsWith('.nix')) notices.push(`${path}: ${file.opaque}`);
  return { files, notices, complete: !full };
}

async function list(folder: string): Promise<import('node:fs').Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** One file as the workspace stores it; null when it is not there, or is a link to a folder. */
export async function readStored(path: string): Promise<StoredFile | null> {
  try {
    const own = await lstat(path);
    const info = own.isSymbolicLink() ? await stat(path) : own;
    if (!info.isFile()) return null;
    if (!isRead(path)) return { opaque: 'not a Nix file' };
    if (info.size > MAX_FILE_BYTES)
      return { opaque: `larger than ${MAX_FILE_BYTES / 1024 / 1024} MB, not read` };
    const bytes = await readFile(path);
    if (bytes.includes(0)) return { opaque: 'not text (it holds a NUL byte), not read' };
    return { text: new TextDecoder('utf-8').decode(bytes) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return null;
    return { opaque: code === 'EACCES' ? 'not readable (permission denied)' : 'not readable' };
  }
}

function isRead(path: string): boolean {
  return (
    path.endsWith('.nix') || /(?:^|[\\/])(?:flake\.lock|\.gitignore|\.nixos-containers\.json)$/.test(path)
  );
}

/** A path of the disk as the engine writes it. */
export function toEnginePath(path: string): string {
  return normalizePath(sep === '\\' ? `/${path.replaceAll('\\', '/')}` : path);
}
