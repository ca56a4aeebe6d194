/** What stands at a path: read text, not there, there but not (yet) readable, or a folder. */
export type FileEntry =
  | { readonly kind: 'file'; readonly text: string }
  | { readonly kind: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly kind: 'missing' }
  /** Exists, but its content is not known: binary, too large, unreadable, outside the workspace, or still loading. */
  | { readonly kind: 'opaque'; readonly reason: string };

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'regular' | 'directory' | 'symlink' | 'unknown';
}

/**
 * A synchronous, immutable snapshot of the files that the engine may see.
 * Paths are absolute, with `/` as separator and without `.` or `..`.
 */
export interface FileSource {
  /** What stands at the path. Never throws. */
  entry(path: string): FileEntry;
  /** Every readable `.nix` file of the snapshot. */
  nixFiles(): readonly string[];
  /** Whether git is told to ignore a path, so that its absence here says nothing. */
  ignored(path: string): boolean;
  /** Whether git tracks a file of the disk, so that a flake sees it; null where that is not known. */
  tracked(path: string): boolean | null;
}
