import type { Connection } from 'vscode-languageserver';
import type { StoredFile } from '../workspace/workspace';
import type { Environment, FileTree } from './environment';
import type { ClientFile, ReadTreeParams, ReadTreeResult, ServerRequests } from './protocol';
import { SKIPPED_FOLDERS } from '../workspace/skipped-folders';
import { Uris } from './uris';

const METHOD: keyof ServerRequests = 'nixosContainers/readTree';
const WANTED_NAMES = /\.nix$|^flake\.lock$|^\.gitignore$|^\.nixos-containers\.json$/;
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 20_000;

/** A server without a disk: the client reads files for it. */
export function clientEnvironment(connection: Connection): Environment {
  const uris = new Uris();
  return {
    loadBinaries(given) {
      return given === null
        ? Promise.reject(new Error('the client handed over no parser'))
        : Promise.resolve(given);
    },
    async readTree(uri) {
      const params: ReadTreeParams = {
        uri,
        skippedFolders: SKIPPED_FOLDERS,
        wantedNames: WANTED_NAMES.source,
        maxBytes: MAX_BYTES,
        maxFiles: MAX_FILES,
      };
      const { files, truncated } = await connection.sendRequest<ReadTreeResult>(METHOD, params);
      return treeOf(uris, uri, files, truncated);
    },
  };
}

function treeOf(uris: Uris, root: string, files: readonly ClientFile[], truncated: boolean): FileTree {
  const stored = new Map(files.map((file) => [uris.toPath(file.uri), storedFile(file)]));
  const notices = truncated ? [`${root} holds more than ${MAX_FILES} files; the rest was not read.`] : [];
  for (const [path, file] of stored) {
    if ('opaque' in file && path.endsWith('.nix')) notices.push(`${path}: ${file.opaque}`);
  }
  return { files: stored, notices };
}

function storedFile({ uri, bytes, size }: ClientFile): StoredFile {
  if (!WANTED_NAMES.test(uri.slice(uri.lastIndexOf('/') + 1))) return { opaque: 'not a Nix file' };
  if (size !== null && size > MAX_BYTES)
    return { opaque: `larger than ${MAX_BYTES / 1024 / 1024} MB, not read` };
  if (bytes === null) return { opaque: 'not readable' };
  if (bytes.includes(0)) return { opaque: 'not text (it holds a NUL byte), not read' };
  return { text: new TextDecoder('utf-8').decode(bytes) };
}
