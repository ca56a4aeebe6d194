import { isInside, relativePath } from '../nix/paths';

/** A git repository, as far as it matters here. Paths are the engine's. */
export interface Repository {
  /** The top of its working tree. */
  readonly root: string;
  /** The file that says what is tracked; it need not be there yet. */
  readonly index: string;
  /** The tracked paths, relative to the root; null where they are not known. */
  readonly tracked: ReadonlySet<string> | null;
}

/** The repositories that the files of a workspace lie in. */
export class Repositories {
  private known: readonly Repository[] = [];

  /** Takes over what the repositories are now; whether that is another answer for any path. */
  set(repositories: readonly Repository[]): boolean {
    const before = this.known;
    // The innermost comes first.
    this.known = [...repositories].sort((a, b) => b.root.length - a.root.length);
    return (
      before.length !== this.known.length ||
      this.known.some(({ root, tracked }, index) => {
        const other = before[index];
        return root !== other?.root || !sameNames(tracked, other.tracked);
      })
    );
  }

  /** Whether git tracks a path; null where there is no repository, or where that is not known. */
  tracks(path: string): boolean | null {
    const own = this.known.find(({ root }) => isInside(root, path));
    if (own === undefined || own.tracked === null) return null;
    const name = relativePath(own.root, path);
    // Some systems take names apart that were written with combined letters.
    return own.tracked.has(name) || own.tracked.has(name.normalize('NFC'));
  }
}

function sameNames(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.size !== other.size) return false;
  for (const name of one) if (!other.has(name)) return false;
  return true;
}
