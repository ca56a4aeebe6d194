import {
  DidChangeWatchedFilesNotification,
  WatchKind,
  type Connection,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { isSkipped } from '../workspace/scan-rules';
import type { Uris } from './uris';

const WATCHERS: FileSystemWatcher[] = [
  { globPattern: '**/*.nix' },
  { globPattern: '**/{flake.lock,.gitignore,.nixos-containers.json}' },
  // Folders come, go and change their names as a whole; and that a file of any kind is there can matter.
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
];

/** Asks the client to say when files change outside its editors. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

/**
 * Tells of paths that changed on disk: each a file or a folder, which may be there or not.
 * @param changed called once per message of the client
 */
export function onWatchedFiles(connection: Connection, uris: Uris, changed: (paths: string[]) => void): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = new Set(changes.map(({ uri }) => uris.toPath(uri)));
    const own = [...paths].filter((path) => uris.inWorkspace(path) && !isSkipped(path));
    if (own.length > 0) changed(own);
  });
}
