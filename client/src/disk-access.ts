import { access, constants, stat } from 'node:fs/promises';

const OWNER_WRITES = 0o200;

/** Asks the disk whether it can be written to. */
export async function diskAccess(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    // VS Code refuses to save a file that its owner may not write, to whoever has the right to do so all the same.
    return kind === 'folder' || ((await stat(path)).mode & OWNER_WRITES) !== 0;
  } catch {
    return false;
  }
}
