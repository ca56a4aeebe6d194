import { URI } from 'vscode-uri';
import { baseName, isInside, normalizePath, relativePath } from '../nix/paths';
import { SETTINGS_FILE } from '../rules/settings/settings-file';

/**
 * Translates between the protocol's addresses and the engine's paths. An address that a client has used is given back as
 * that client spelled it: editors differ in how they write drive letters and which characters they encode.
 *
 * A path of the disk is itself (`/home/a`, `/c:/a`); one of another file system begins with that system's name
 * (`vscode-vfs://github/a/b` is `/vscode-vfs:github/a/b`).
 */
export class Uris {
  private readonly spelled = new Map<string, string>();
  private readonly folders = new Map<string, string>();
  private readonly systems = new Map<string, { scheme: string; authority: string }>();

  /** The engine's path of an address. Never throws; text that is no address is a path of nothing. */
  toPath(uri: string): string {
    const { scheme, authority, path } = URI.parse(uri);
    if (scheme === 'file') return normalizePath(authority === '' ? lowerDrive(path) : `/${authority}${path}`);
    const system = `${scheme}:${encodeURIComponent(authority)}`;
    this.systems.set(system, { scheme, authority });
    return normalizePath(`/${system}/${path}`);
  }

  /** The address of a path, as the client would write it. */
  toUri(path: string): string {
    const known = this.spelled.get(path);
    if (known !== undefined) return known;
    for (const [folder, uri] of this.folders) {
      if (path === folder) return uri;
      if (isInside(folder, path))
        return `${uri.replace(/\/$/, '')}/${encodePath(relativePath(folder, path))}`;
    }
    const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
    const system = this.systems.get(first);
    return (
      system === undefined ? URI.from({ scheme: 'file', path }) : URI.from({ ...system, path: rest })
    ).toString();
  }

  /** Remembers how the client spells the address of an open file. Gives its path. */
  remember(uri: string): string {
    const path = this.toPath(uri);
    this.spelled.set(path, uri);
    return path;
  }

  forget(path: string): void {
    this.spelled.delete(path);
  }

  /** Remembers how the client spells the address of a workspace folder. Gives its path. */
  addFolder(uri: string): string {
    const path = this.toPath(uri);
    this.folders.set(path, uri);
    return path;
  }

  /** Gives the path of the folder that was. */
  removeFolder(uri: string): string {
    const path = this.toPath(uri);
    this.folders.delete(path);
    return path;
  }

  /** The paths of the workspace folders. */
  folderPaths(): string[] {
    return [...this.folders.keys()];
  }

  /** Whether a path lies in a workspace folder. */
  inWorkspace(path: string): boolean {
    return this.folderPaths().some((folder) => isInside(folder, path));
  }

  /**
   * Whether the server looks after a document: a Nix file, or one of our settings, of the disk, of a new editor tab, or of the file system that a
   * workspace folder is on. Not the old side of a comparison, and the like.
   */
  serves(uri: string, languageId: string): boolean {
    const { scheme, path } = URI.parse(uri);
    const name = baseName(path);
    if (languageId !== 'nix' && !name.endsWith('.nix') && name !== SETTINGS_FILE) return false;
    if (scheme === 'file' || scheme === 'untitled') return true;
    return [...this.folders.values()].some((folder) => folder.startsWith(`${scheme}:`));
  }
}

/** Windows' drive letters come in both cases for the same drive. */
function lowerDrive(path: string): string {
  return /^\/[A-Z]:/.test(path) ? `/${path.charAt(1).toLowerCase()}${path.slice(2)}` : path;
}

function encodePath(path: string): string {
  return URI.from({ scheme: 'file', path: `/${path}` })
    .toString()
    .slice('file:///'.length);
}
