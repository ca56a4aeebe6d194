import ignore, { type Ignore } from 'ignore';
import { isInside, relativePath } from '../nix/paths';

/** The `.gitignore` files of a workspace. */
export class IgnoreRules {
  private readonly byFolder = new Map<string, Ignore>();

  set(folder: string, text: string): void {
    this.byFolder.set(folder, ignore().add(text));
  }

  delete(folder: string): void {
    this.byFolder.delete(folder);
  }

  /** Whether git would ignore a path. */
  ignores(path: string): boolean {
    for (const [folder, rules] of this.byFolder) {
      if (folder !== path && isInside(folder, path) && rules.ignores(relativePath(folder, path))) return true;
    }
    return false;
  }
}
