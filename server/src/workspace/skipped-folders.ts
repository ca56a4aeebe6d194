/** Folders that hold nothing a person wrote. */
export const SKIPPED_FOLDERS = ['.git', '.direnv', '.devenv', 'node_modules', '.cache', '.jj', '.hg', '.svn'];

/** Whether a path lies in such a folder, or is one. */
export function isSkipped(path: string): boolean {
  return path.split('/').some((name) => SKIPPED_FOLDERS.includes(name));
}
