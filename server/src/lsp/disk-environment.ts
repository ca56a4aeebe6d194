import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { readStored, scanFolder, toEnginePath } from '../workspace/disk';
import { repositoryOf } from '../workspace/disk-repository';
import type { Repository } from '../workspace/repositories';
import type { Environment, FileTree } from './environment';

const NOTHING: FileTree = { files: new Map(), notices: [] };

/**
 * A server with a disk.
 * @param binaries the folder that holds the two WebAssembly files
 */
export function diskEnvironment(binaries: string): Environment {
  return {
    async loadBinaries() {
      const [runtime, grammar] = await Promise.all([
        readFile(join(binaries, 'web-tree-sitter.wasm')),
        readFile(join(binaries, 'tree-sitter-nix.wasm')),
      ]);
      return { runtime, grammar };
    },
    readTree,
    readRepository,
  };
}

async function readRepository(uri: string): Promise<Repository | null> {
  const address = URI.parse(uri);
  return address.scheme === 'file' ? repositoryOf(address.fsPath) : null;
}

async function readTree(uri: string): Promise<FileTree> {
  const address = URI.parse(uri);
  if (address.scheme !== 'file') return NOTHING;
  const path = address.fsPath;
  const info = await lstat(path).catch(() => null);
  if (info === null) return NOTHING;
  if (info.isDirectory()) return scanFolder(path);
  const stored = await readStored(path);
  return stored === null ? NOTHING : { files: new Map([[toEnginePath(path), stored]]), notices: [] };
}
