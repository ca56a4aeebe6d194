import { isInside, resolvePath } from '../nix/paths';

/**
 * The folders that git fills from other repositories, as the `.gitmodules` files of a workspace name them. Until one is
 * checked out it is empty, and that nothing stands in it says nothing.
 */
export class Submodules {
  private readonly byRoot = new Map<string, readonly string[]>();

  /** @param root the folder of the `.gitmodules` file, whose paths are relative to it */
  set(root: string, text: string): void {
    const names = [...text.matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n]*?)"?[ \t]*$/gm)];
    this.byRoot.set(
      root,
      names.flatMap(([, name = '']) => (name === '' ? [] : [resolvePath(root, name)])),
    );
  }

  delete(root: string): void {
    this.byRoot.delete(root);
  }

  /** The submodule that a path lies in, or is; null where it is in none. */
  around(path: string): string | null {
    for (const folders of this.byRoot.values())
      for (const folder of folders) if (isInside(folder, path)) return folder;
    return null;
  }
}
