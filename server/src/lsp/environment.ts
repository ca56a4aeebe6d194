import type { ParserBinaries } from '../nix/parser';
import type { Repository } from '../workspace/repositories';
import type { StoredFile } from '../workspace/workspace';

/** Files that were read, by the engine's paths. */
export interface FileTree {
  readonly files: ReadonlyMap<string, StoredFile>;
  /** What was left out, in words. */
  readonly notices: readonly string[];
  /** False when there are more files than were listed. */
  readonly complete?: boolean;
  /** The folders among them that are the top of a git repository. */
  readonly repositories?: readonly string[];
}

/** What differs between a server with a disk and one in a browser. */
export interface Environment {
  /** The WebAssembly binaries; `given` are those the client handed over. */
  loadBinaries(given: ParserBinaries | null): Promise<ParserBinaries>;
  /** All that stands at an address: a file, or the files of a folder; empty when there is nothing. */
  readTree(uri: string): Promise<FileTree>;
  /** The git repository that a folder lies in, with what it tracks; without this, nothing of git is known. */
  readRepository?(uri: string): Promise<Repository | null>;
}
