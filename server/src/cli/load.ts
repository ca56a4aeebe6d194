import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NixParser } from '../nix/parser';
import { isInside } from '../nix/paths';
import { scanFolder, toEnginePath } from '../workspace/disk';
import { repositoryOf } from '../workspace/disk-repository';
import { Workspace } from '../workspace/workspace';
import { problem } from './output';

/** A folder that was read, and what the engine is to call it. */
export interface LoadedFolder {
  readonly workspace: Workspace;
  readonly root: string;
}

/** The parser, with the wasm files that lie beside the bundle. */
export async function loadParser(): Promise<NixParser> {
  const [runtime, grammar] = await Promise.all([
    readFile(join(__dirname, 'web-tree-sitter.wasm')),
    readFile(join(__dirname, 'tree-sitter-nix.wasm')),
  ]);
  return NixParser.create({ runtime, grammar });
}

/** Reads a folder; null, after saying why, when that is not possible. */
export async function loadFolder(folder: string): Promise<LoadedFolder | null> {
  const path = resolve(folder);
  const info = await stat(path).catch(() => null);
  if (info === null) {
    problem(`${folder} does not exist`);
    return null;
  }
  if (!info.isDirectory()) {
    problem(`${folder} is not a folder`);
    return null;
  }
  const [parser, scan, outer] = await Promise.all([loadParser(), scanFolder(path), repositoryOf(path)]);
  const inner = await Promise.all(scan.repositories.filter((top) => top !== outer?.root).map(repositoryOf));
  const root = toEnginePath(path);
  const workspace = new Workspace(parser, (file) => scan.complete && isInside(root, file));
  for (const [file, stored] of scan.files) workspace.setFile(file, stored);
  workspace.setRepositories([outer, ...inner].filter((repository) => repository !== null));
  for (const notice of scan.notices) problem(notice);
  return { workspace, root };
}
