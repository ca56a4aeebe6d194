import {
  DidChangeWatchedFilesNotification,
  WatchKind,
  type Connection,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { isSkipped } from '../workspace/scan-rules';
import { baseName, directoryOf } from '../nix/paths';
import type { Uris } from './uris';

const WATCHERS: FileSystemWatcher[] = [
  { globPattern: '**/*.nix' },
  { globPattern: '**/.git/index' },
  { globPattern: '**/*secret*.{yaml,yml}' },
  { globPattern: '**/{flake.lock,.gitignore,.gitmodules,.nixos-containers.json}' },
  // Folders come, go and change their names as a whole; and that a file of any kind is there can matter.
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
];

/** Asks the client to say when files change outside its editors. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

/** Asks the same for the files that say what git tracks, wherever they are: a repository may begin above the workspace. */
export async function watchIndexes(
  connection: Connection,
  uris: Uris,
  indexes: readonly string[],
): Promise<void> {
  const watchers = indexes.map((path): FileSystemWatcher => ({
    globPattern: { baseUri: uris.toUri(directoryOf(path)), pattern: baseName(path) },
  }));
  if (watchers.length > 0)
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

interface WatchedFiles {
  /** Paths that changed on disk: each a file or a folder, which may be there or not. Called once per message. */
  readonly changed: (paths: string[]) => void;
  /** What git tracks may be something else. */
  readonly trackingChanged: () => void;
}

/** Tells of changes outside the client's editors. */
export function onWatchedFiles(
  connection: Connection,
  uris: Uris,
  { changed, trackingChanged }: WatchedFiles,
): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = new Set(changes.map(({ uri }) => uris.toPath(uri)));
    if ([...paths].some((path) => ['.git', 'index'].includes(baseName(path)))) trackingChanged();
    const own = [...paths].filter((path) => uris.inWorkspace(path) && !isSkipped(path));
    if (own.length > 0) changed(own);
  });
}
