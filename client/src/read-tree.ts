import * as vscode from 'vscode';
import type { ClientFile, ReadTreeParams, ReadTreeResult } from '../../server/src/lsp/protocol';

/** Folders nested deeper than this are not entered. */
const MAX_DEPTH = 40;

/** Reads what is at an address and below it, for a server that has no disk. Links to folders are not followed. */
export async function readTree(params: ReadTreeParams): Promise<ReadTreeResult> {
  const root = vscode.Uri.parse(params.uri, true);
  const info = await stat(root);
  if (info === null) return { files: [], truncated: false };
  if (info.type === vscode.FileType.Directory) return readFolder(root, params);
  if ((info.type & vscode.FileType.File) === 0) return { files: [], truncated: false };
  return { files: [await readFile(root, params)], truncated: false };
}

async function readFolder(root: vscode.Uri, params: ReadTreeParams): Promise<ReadTreeResult> {
  const found: vscode.Uri[] = [];
  let level = [root];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH && found.length < params.maxFiles; depth++) {
    const folders: vscode.Uri[] = [];
    for (const { uri, entries } of await Promise.all(level.map(list))) {
      for (const [name, type] of entries) {
        const child = vscode.Uri.joinPath(uri, name);
        if ((type & vscode.FileType.File) !== 0) found.push(child);
        else if (type === vscode.FileType.Directory && !params.skippedFolders.includes(name))
          folders.push(child);
      }
    }
    level = folders;
  }
  const files = await Promise.all(found.slice(0, params.maxFiles).map((uri) => readFile(uri, params)));
  return { files, truncated: found.length > params.maxFiles };
}

async function list(uri: vscode.Uri): Promise<{ uri: vscode.Uri; entries: [string, vscode.FileType][] }> {
  try {
    return { uri, entries: await vscode.workspace.fs.readDirectory(uri) };
  } catch {
    return { uri, entries: [] };
  }
}

async function readFile(uri: vscode.Uri, { wantedNames, maxBytes }: ReadTreeParams): Promise<ClientFile> {
  const address = uri.toString();
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (!new RegExp(wantedNames).test(name)) return { uri: address, bytes: null, size: null };
  const size = (await stat(uri))?.size ?? null;
  if (size === null || size > maxBytes) return { uri: address, bytes: null, size };
  try {
    return { uri: address, bytes: await vscode.workspace.fs.readFile(uri), size };
  } catch {
    return { uri: address, bytes: null, size };
  }
}

async function stat(uri: vscode.Uri): Promise<vscode.FileStat | null> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
}
