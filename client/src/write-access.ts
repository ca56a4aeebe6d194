import * as vscode from 'vscode';

/** Whether the disk lets a file be written, or a folder be written into; asked only of what is there. */
export type DiskAccess = (path: string, kind: 'file' | 'folder') => Promise<boolean>;

/**
 * Why a file cannot be written, or be made where it is not there yet, in a sentence; null where nothing is known against it.
 * @param onDisk null where there is no disk to ask, as in a browser
 */
export async function writeObstacle(uri: vscode.Uri, onDisk: DiskAccess | null): Promise<string | null> {
  const name = vscode.workspace.asRelativePath(uri);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false)
    return `${name} is on a read-only file system`;
  const file = await stat(uri);
  if (file !== null) return (await mayWrite(uri, file, onDisk, 'file')) ? null : `${name} is read-only`;
  const folder = await nearestFolder(uri);
  if (folder === null || (await mayWrite(folder.uri, folder.stat, onDisk, 'folder'))) return null;
  return `Folder ${vscode.workspace.asRelativePath(folder.uri)} is read-only`;
}

/** What is at an address; null where there is nothing. */
export async function stat(uri: vscode.Uri): Promise<vscode.FileStat | null> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
}

async function mayWrite(
  uri: vscode.Uri,
  { permissions }: vscode.FileStat,
  onDisk: DiskAccess | null,
  kind: 'file' | 'folder',
): Promise<boolean> {
  if (permissions !== undefined && (permissions & vscode.FilePermission.Readonly) !== 0) return false;
  return uri.scheme !== 'file' || onDisk === null || onDisk(uri.fsPath, kind);
}

async function nearestFolder(uri: vscode.Uri): Promise<{ uri: vscode.Uri; stat: vscode.FileStat } | null> {
  for (let child = uri; ;) {
    const folder = vscode.Uri.joinPath(child, '..');
    if (folder.path === child.path) return null;
    const found = await stat(folder);
    if (found !== null) return { uri: folder, stat: found };
    child = folder;
  }
}
