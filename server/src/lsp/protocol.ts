/** What the server and our own client say to each other beyond LSP. Types only: the client imports nothing else. */

/** What a client may tell in `initialize`. Clients other than ours tell nothing of it. */
export interface InitializationOptions {
  /** The client wants diagnostics pushed, for files that are not open too, although it could pull them. */
  readonly pushDiagnostics?: boolean;
  /** The client shows `nixosContainers/status`. */
  readonly statusNotifications?: boolean;
  /** The WebAssembly binaries, where the server has no disk to read them from. */
  readonly binaries?: { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
}

/** What the server is doing, and what it found. */
export type ServerStatus =
  | { readonly state: 'busy' }
  | {
      readonly state: 'ready';
      readonly hosts: number;
      /** Without those that no host imports. */
      readonly containers: number;
      readonly disabledContainers: number;
    }
  | { readonly state: 'failed'; readonly message: string };

/** Asks for what is at an address and below it. */
export interface ReadTreeParams {
  readonly uri: string;
  /** Names of folders that are not entered. */
  readonly skippedFolders: readonly string[];
  /** A regular expression: of files whose name matches it the content is wanted too. */
  readonly wantedNames: string;
  /** Larger files are not read. */
  readonly maxBytes: number;
  /** More files than this are not listed. */
  readonly maxFiles: number;
}

export interface ReadTreeResult {
  /** The file itself, or the files of the folder; empty when there is nothing. Links to folders are not followed. */
  readonly files: readonly ClientFile[];
  /** Whether there are more files than these. */
  readonly truncated: boolean;
}

export interface ClientFile {
  readonly uri: string;
  /** Null when it is not wanted, too large or not readable. */
  readonly bytes: Uint8Array | null;
  /** Null when it is not known. */
  readonly size: number | null;
}

/** What the server sends unasked. */
export interface ServerNotifications {
  'nixosContainers/status': ServerStatus;
}

/** What the server asks its client, where it has no disk. */
export interface ServerRequests {
  'nixosContainers/readTree': { readonly params: ReadTreeParams; readonly result: ReadTreeResult };
}
