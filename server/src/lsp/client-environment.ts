import type { Connection } from 'vscode-languageserver';
import type { StoredFile } from '../workspace/workspace';
import type { Environment, FileTree } from './environment';
import type { ClientFile, ReadTreeParams, ReadTreeResult, ServerRequests } from './protocol';
import {
  MAX_FILE_BYTES,
  MAX_FILES,
  NOT_READABLE,
  NOT_WANTED,
  scanNotices,
  SKIPPED_FOLDERS,
  storedText,
  TOO_LARGE,
  WANTED_NAMES,
} from '../workspace/scan-rules';
import { Uris } from './uris';

const METHOD: keyof ServerRequests = 'nixosContainers/readTree';

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
        maxBytes: MAX_FILE_BYTES,
        maxFiles: MAX_FILES,
      };
      const { files, truncated } = await connection.sendRequest<ReadTreeResult>(METHOD, params);
      return treeOf(uris, uri, files, truncated);
    },
  };
}

function treeOf(uris: Uris, root: string, files: readonly ClientFile[], truncated: boolean): FileTree {
  const stored = new Map(files.map((file) => [uris.toPath(file.uri), storedFile(file)]));
  return { files: stored, notices: scanNotices(root, stored, !truncated), complete: !truncated };
}

function storedFile({ uri, bytes, size }: ClientFile): StoredFile {
  if (!WANTED_NAMES.test(uri.slice(uri.lastIndexOf('/') + 1))) return NOT_WANTED;
  if (size !== null && size > MAX_FILE_BYTES) return TOO_LARGE;
  return bytes === null ? NOT_READABLE : storedText(bytes);
}
