/** Absolute, normalised `/` paths, as the whole engine uses them. */

/** Resolves `.` and `..` and doubled slashes; `..` above the root is the root. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The folder that holds a path; the root's is the root. */
export function directoryOf(path: string): string {
  if (path.includes('/.') || path.includes('//') || path.endsWith('/')) return normalizePath(`${path}/..`);
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Resolves a path against a folder; an absolute one stays as it is. */
export function resolvePath(folder: string, path: string): string {
  return normalizePath(path.startsWith('/') ? path : `${folder}/${path}`);
}

/** Whether a path is a folder or lies in it. */
export function isInside(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

/** The path as seen from a folder, with `../` where it lies outside. */
export function relativePath(folder: string, path: string): string {
  const from = normalizePath(folder).split('/').filter(Boolean);
  const to = normalizePath(path).split('/').filter(Boolean);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
