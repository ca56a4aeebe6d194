import { counter } from '../eval/computed';
import { Suspended, type ParsedFiles } from '../eval/evaluation';
import { TrackedFiles } from '../eval/tracked-files';
import { HomelabReader, type Homelab } from '../homelab/homelab';
import type { DirectoryEntry, FileEntry } from '../nix/file-source';
import type { NixDocument, NixParser } from '../nix/parser';
import { baseName, directoryOf } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import { checkHomelab } from '../rules/check';
import type { Finding } from '../rules/rule';
import type { Wishes } from '../rules/settings/levels';
import { SETTINGS_FILE } from '../rules/settings/settings-file';
import { IgnoreRules } from './ignore-rules';
import { Repositories, type Repository } from './repositories';
import { isSkipped } from './scan-rules';
import { Submodules } from './submodules';

/** What a file on disk, or in an editor, is: its text, or why it has none that can be used. */
export type StoredFile = { readonly text: string } | { readonly opaque: string };

/** What the engine says of one state of the files. */
export interface Analysis {
  readonly homelab: Homelab;
  readonly findings: readonly Finding[];
}

/** After how many times the results of a first analysis the next one begins anew. */
const RENEWAL = 3;

/**
 * The files of a workspace and what the engine makes of them. Files come from a disk scan and from open editors, whose
 * text goes before the disk's. Paths are absolute, with `/` as separator.
 */
export class Workspace {
  private readonly disk = new Map<string, StoredFile>();
  private readonly open = new Map<string, NixDocument>();
  /** Settings files that are open in an editor. */
  private readonly openSettings = new Map<string, string>();
  private readonly parsedFromDisk = new Map<string, SourceFile>();
  private readonly folders = new Map<string, Map<string, DirectoryEntry>>();
  private readonly ignore = new IgnoreRules();
  private readonly repositories = new Repositories();
  private readonly submodules = new Submodules();
  private files = new TrackedFiles(this.snapshot());
  private reader = new HomelabReader(this.files);
  /** How many results the reader's first analysis took; null before that. */
  private first: number | null = null;
  private startedAt = counter.computed;
  private current: Analysis | undefined;
  private wishes: Wishes = {};
  /** The paths of the Nix files, in order; null after files came or went. */
  private nixPaths: readonly string[] | null = null;

  /**
   * @param covers whether a file at a path would be known here; elsewhere nothing follows from its absence. Skipped
   * folders are never covered.
   */
  constructor(
    private readonly parser: NixParser,
    private readonly covers: (path: string) => boolean,
  ) {}

  /** Puts a file as it is on disk into the workspace. */
  setFile(path: string, file: StoredFile): void {
    const before = this.disk.get(path);
    const filled = this.emptySubmodule(path);
    this.disk.set(path, file);
    this.nixPaths = null;
    this.parsedFromDisk.delete(path);
    this.addToFolder(path);
    if (baseName(path) === '.gitignore') {
      this.ignore.set(directoryOf(path), 'text' in file ? file.text : '');
      this.files.ignoringChanged();
    }
    if (baseName(path) === '.gitmodules') {
      this.submodules.set(directoryOf(path), 'text' in file ? file.text : '');
      this.files.allChanged();
    }
    if (filled !== null) this.files.treeChanged(filled);
    if (before !== undefined && 'text' in before === 'text' in file) this.files.textChanged(path);
    else this.files.existenceChanged(path);
    this.current = undefined;
  }

  /** Takes a file, or a folder with everything in it, out of the workspace. */
  removeFile(path: string): void {
    const below = `${path}/`;
    this.nixPaths = null;
    for (const known of [...this.disk.keys()]) {
      if (known !== path && !known.startsWith(below)) continue;
      this.disk.delete(known);
      this.parsedFromDisk.delete(known);
      if (baseName(known) === '.gitignore') this.ignore.delete(directoryOf(known));
      if (baseName(known) === '.gitmodules') {
        this.submodules.delete(directoryOf(known));
        this.files.allChanged();
      }
      if (!this.isOpen(known)) this.folders.get(directoryOf(known))?.delete(baseName(known));
    }
    for (const folder of [...this.folders.keys()])
      if (folder === path || folder.startsWith(below)) this.folders.delete(folder);
    if (!this.isOpen(path)) this.folders.get(directoryOf(path))?.delete(baseName(path));
    this.files.treeChanged(this.emptySubmodule(path) ?? path);
    this.files.ignoringChanged();
    this.current = undefined;
  }

  /** An editor opened a file: its text counts from now on. */
  openDocument(path: string, text: string): void {
    if (isSettings(path)) this.openSettings.set(path, text);
    else {
      this.open.get(path)?.close();
      this.open.set(path, this.parser.open(path, text));
    }
    this.nixPaths = null;
    this.addToFolder(path);
    const stored = this.disk.get(path);
    if (stored !== undefined && 'text' in stored) this.files.textChanged(path);
    else this.files.existenceChanged(path);
    this.current = undefined;
  }

  /** An editor changed a file. Returns false when the file is not open. */
  changeDocument(path: string, text: string): boolean {
    const document = this.open.get(path);
    const before = document?.file.text ?? this.openSettings.get(path);
    if (before === undefined) return false;
    if (before !== text) {
      if (document === undefined) this.openSettings.set(path, text);
      else document.update(text);
      this.files.textChanged(path);
      this.current = undefined;
    }
    return true;
  }

  /** An editor closed a file: the disk's text counts again. */
  closeDocument(path: string): void {
    if (!this.isOpen(path)) return;
    this.open.get(path)?.close();
    this.open.delete(path);
    this.openSettings.delete(path);
    this.nixPaths = null;
    if (this.disk.has(path)) this.files.textChanged(path);
    else {
      this.folders.get(directoryOf(path))?.delete(baseName(path));
      this.files.existenceChanged(path);
    }
    this.current = undefined;
  }

  /** Says which git repositories there are now, and what they track. */
  setRepositories(repositories: readonly Repository[]): void {
    if (!this.repositories.set(repositories)) return;
    this.files.trackingChanged();
    this.current = undefined;
  }

  /** Other paths than before are covered. */
  coverageChanged(): void {
    this.files.allChanged();
    this.current = undefined;
  }

  isOpen(path: string): boolean {
    return this.open.has(path) || this.openSettings.has(path);
  }

  /** Which rules are wanted, and how they count, from now on. */
  wish(wishes: Wishes): void {
    this.wishes = wishes;
    this.current = undefined;
  }

  /** The syntax of a text that is not, or not yet, a file of the workspace. */
  parse(path: string, text: string): SourceFile {
    return this.parser.parse(path, text);
  }

  /** The syntax of a file of the workspace; null when it is not there, not readable, or not Nix. */
  file(path: string): SourceFile | null {
    const document = this.open.get(path);
    if (document !== undefined) return document.file;
    const known = this.parsedFromDisk.get(path);
    if (known !== undefined) return known;
    const stored = this.disk.get(path);
    if (stored === undefined || !('text' in stored) || isSettings(path)) return null;
    const file = this.parser.parse(path, stored.text);
    this.parsedFromDisk.set(path, file);
    return file;
  }

  /** The homelab and its findings as the files are now; computed once per state. */
  analysis(): Analysis {
    return this.current ?? this.analyse(null);
  }

  /**
   * Goes on with the analysis until it is there or until `pause` says to stop, and tells whether it is there. What has
   * been worked out stays, so that the next call goes on from it.
   */
  advance(pause: () => boolean): boolean {
    if (this.current !== undefined) return true;
    try {
      this.analyse(pause);
      return true;
    } catch (interruption) {
      if (interruption instanceof Suspended) return false;
      throw interruption;
    }
  }

  /** The homelab as the files are now, for those who want no findings. */
  homelab(): Homelab {
    return this.current?.homelab ?? this.read(null, (homelab) => homelab);
  }

  private analyse(pause: (() => boolean) | null): Analysis {
    this.renew();
    this.current = this.read(pause, (homelab) => ({
      homelab,
      findings: checkHomelab(homelab, null, this.wishes),
    }));
    this.first ??= counter.computed - this.startedAt;
    return this.current;
  }

  private read<T>(pause: (() => boolean) | null, use: (homelab: Homelab) => T): T {
    try {
      return use(this.reader.read(pause));
    } finally {
      this.reader.release();
    }
  }

  /**
   * Begins anew once edits have computed a multiple of what the homelab takes: results that nobody needs any more stay
   * readers of what they read, and would pile up.
   */
  private renew(): void {
    if (this.first === null || counter.computed - this.startedAt < this.first * RENEWAL) return;
    this.files = new TrackedFiles(this.snapshot());
    this.reader = new HomelabReader(this.files);
    this.first = null;
    this.startedAt = counter.computed;
  }

  /** The files as the engine sees them. Always the latest state. */
  snapshot(): ParsedFiles {
    return {
      entry: (path) => this.entry(path),
      nixFiles: () => this.nixFiles(),
      parsed: (path) => this.file(path),
      ignored: (path) => this.ignore.ignores(path),
      // What is not saved yet cannot be added to git.
      tracked: (path) => (this.disk.has(path) ? this.repositories.tracks(path) : null),
    };
  }

  private entry(path: string): FileEntry {
    const document = this.open.get(path);
    const text = document?.file.text ?? this.openSettings.get(path);
    if (text !== undefined) return { kind: 'file', text };
    const stored = this.disk.get(path);
    if (stored !== undefined)
      return 'text' in stored
        ? { kind: 'file', text: stored.text }
        : { kind: 'opaque', reason: stored.opaque };
    const folder = this.folders.get(path);
    if (folder !== undefined) return { kind: 'directory', entries: [...folder.values()] };
    if (this.isBehindLink(path))
      return { kind: 'opaque', reason: `${path} is behind a link that is not followed` };
    if (isSkipped(path) || !this.covers(path))
      return { kind: 'opaque', reason: `${path} is outside the folders that were read` };
    const submodule = this.emptySubmodule(path);
    if (submodule !== null)
      return { kind: 'opaque', reason: `the git submodule ${submodule} is not checked out` };
    return { kind: 'missing' };
  }

  /** The submodule that a path lies in, or is, if there is nothing in it yet; else null. */
  private emptySubmodule(path: string): string | null {
    const folder = this.submodules.around(path);
    return folder === null || (this.folders.get(folder)?.size ?? 0) > 0 ? null : folder;
  }

  /** Whether a folder on the way to a path is known only as a link. */
  private isBehindLink(path: string): boolean {
    for (let folder = directoryOf(path); folder !== '/'; folder = directoryOf(folder))
      if (this.disk.has(folder)) return true;
    return false;
  }

  private nixFiles(): readonly string[] {
    if (this.nixPaths !== null) return this.nixPaths;
    const paths = new Set<string>(this.open.keys());
    for (const [path, file] of this.disk) if (path.endsWith('.nix') && 'text' in file) paths.add(path);
    return (this.nixPaths = [...paths].sort());
  }

  private addToFolder(path: string): void {
    let child = path;
    let kind: DirectoryEntry['kind'] = 'regular';
    while (child !== '/') {
      const folder = directoryOf(child);
      const entries = this.folders.get(folder) ?? new Map<string, DirectoryEntry>();
      this.folders.set(folder, entries);
      const name = baseName(child);
      if (entries.has(name)) return;
      entries.set(name, { name, kind });
      child = folder;
      kind = 'directory';
    }
  }
}

function isSettings(path: string): boolean {
  return baseName(path) === SETTINGS_FILE;
}
