import type { StoredFile } from './workspace';

/** What is read of a workspace, wherever its files come from: a disk, or an editor in a browser. */

/** Folders that hold nothing a person wrote. */
export const SKIPPED_FOLDERS = ['.git', '.direnv', '.devenv', 'node_modules', '.cache', '.jj', '.hg', '.svn'];

/**
 * The names of the files whose text counts; of all others only that they are there. Of what sops encrypted, the names of
 * the secrets can be read.
 */
export const WANTED_NAMES =
  /\.nix$|^flake\.lock$|^\.git(?:ignore|modules)$|^\.nixos-containers\.json$|secret[^/]*\.ya?ml$/;

/** Larger files than this are listed, but not read: Nix code that people write is far smaller. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** More files than this are not read; a homelab has some hundreds. */
export const MAX_FILES = 20_000;

/** Whether a path lies in a skipped folder, or is one. */
export function isSkipped(path: string): boolean {
  return path.split('/').some((name) => SKIPPED_FOLDERS.includes(name));
}

/** A file that is not read, and why. */
export const NOT_WANTED: StoredFile = { opaque: 'not a Nix file' };
export const TOO_LARGE: StoredFile = { opaque: `larger than ${MAX_FILE_BYTES / 1024 / 1024} MB, not read` };
export const NOT_READABLE: StoredFile = { opaque: 'not readable' };

/** A file's bytes as the workspace stores them. */
export function storedText(bytes: Uint8Array): StoredFile {
  if (bytes.includes(0)) return { opaque: 'not text (it holds a NUL byte), not read' };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}

/** What a scan left out, in words; empty when nothing of interest. */
export function scanNotices(
  root: string,
  files: ReadonlyMap<string, StoredFile>,
  complete: boolean,
): string[] {
  const notices = complete ? [] : [`${root} holds more than ${MAX_FILES} files; the rest was not read.`];
  for (const [path, file] of files)
    if ('opaque' in file && path.endsWith('.nix')) notices.push(`${path}: ${file.opaque}`);
  return notices;
}
