import { NixParser } from '../nix/parser';
import { isInside } from '../nix/paths';
import { Workspace, type Analysis } from '../workspace/workspace';
import type { SourceFile } from '../nix/source-file';
import type { Wishes } from '../rules/settings/levels';
import type { DocumentEvents, Documents } from './documents';
import type { Environment, FileTree } from './environment';
import type { Log } from './log';
import type { Uris } from './uris';

/** The files of the workspace folders and of the open editors, as the engine sees them. */
export class ProjectFiles implements DocumentEvents {
  /** Null until the parser is loaded; open editors are then taken over. */
  private workspace: Workspace | null = null;
  /** Whether all files of the workspace folders are listed. */
  private complete = true;
  /** Where to look for git repositories besides the workspace folders. */
  private readonly repositories = new Set<string>();
  private indexes: readonly string[] = [];
  private wishes: Wishes = {};
  /** Reading happens one after the other, so that the latest state of a file wins. */
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly environment: Environment,
    private readonly uris: Uris,
    private readonly documents: Documents,
    private readonly log: Log,
  ) {}

  /** Loads the parser and reads the workspace folders. */
  async start(binaries: Parameters<Environment['loadBinaries']>[0]): Promise<void> {
    const trees = this.read(this.uris.folderPaths());
    const parser = await NixParser.create(await this.environment.loadBinaries(binaries));
    const workspace = new Workspace(parser, (path) => this.complete && this.uris.inWorkspace(path));
    for (const [path, text] of this.documents.texts()) workspace.openDocument(path, text);
    workspace.wish(this.wishes);
    this.workspace = workspace;
    for (const [path, tree] of await trees) this.put(path, tree);
    await this.readRepositories();
  }

  /** The files that say what git tracks. */
  get indexFiles(): readonly string[] {
    return this.indexes;
  }

  /** Homelab and findings as the files are now; null before the parser is loaded. */
  analysis(): Analysis | null {
    return this.workspace?.analysis() ?? null;
  }

  /** Which rules are wanted, and how they count, from now on. */
  wish(wishes: Wishes): void {
    this.wishes = wishes;
    this.workspace?.wish(wishes);
  }

  /** Works on the analysis until `pause` says to stop; whether it is there now, or none is to be had. */
  advance(pause: () => boolean): boolean {
    return this.workspace?.advance(pause) ?? true;
  }

  /** The syntax of a file; null when it is none of ours. */
  file(path: string): SourceFile | null {
    return this.workspace?.file(path) ?? null;
  }

  /** A way to try texts out; null before the parser is loaded. */
  get parse(): ((path: string, text: string) => SourceFile) | null {
    const { workspace } = this;
    return workspace === null ? null : (path, text) => workspace.parse(path, text);
  }

  /** Reads again what stands at some paths, each a file or a folder, and takes it over. */
  reread(paths: readonly string[]): Promise<void> {
    return (this.reading = this.reading.then(async () => {
      const known = this.repositories.size;
      for (const [path, tree] of await this.read(paths)) this.put(path, tree);
      if (this.repositories.size !== known) await this.readRepositories();
    }));
  }

  /** Reads again what git tracks. */
  rereadRepositories(): Promise<void> {
    return (this.reading = this.reading.then(() => this.readRepositories()));
  }

  /** A folder is no longer part of the workspace; what another folder holds of it stays. */
  async removeFolder(path: string): Promise<void> {
    this.workspace?.removeFile(path);
    await this.reread(
      this.uris.folderPaths().filter((folder) => isInside(path, folder) || isInside(folder, path)),
    );
  }

  opened(path: string, text: string): void {
    this.workspace?.openDocument(path, text);
  }

  changed(path: string, text: string): void {
    this.workspace?.changeDocument(path, text);
  }

  saved(path: string, text: string): void {
    if (this.uris.inWorkspace(path)) this.workspace?.setFile(path, { text });
  }

  closed(path: string): void {
    this.workspace?.closeDocument(path);
  }

  private async readRepositories(): Promise<void> {
    const { environment, uris, workspace } = this;
    if (workspace === null) return;
    const folders = new Set([...uris.folderPaths(), ...this.repositories]);
    const found = await Promise.all(
      [...folders].map(async (path) => (await environment.readRepository?.(uris.toUri(path))) ?? null),
    );
    const byRoot = new Map(
      found.flatMap((repository) => (repository === null ? [] : [[repository.root, repository]])),
    );
    workspace.setRepositories([...byRoot.values()]);
    this.indexes = [...byRoot.values()].map(({ index }) => index);
  }

  private read(paths: readonly string[]): Promise<[path: string, tree: FileTree][]> {
    return Promise.all(
      paths.map(async (path) => [path, await this.environment.readTree(this.uris.toUri(path))]),
    );
  }

  private put(path: string, { files, notices, complete, repositories = [] }: FileTree): void {
    for (const root of repositories) this.repositories.add(root);
    if (complete === false) this.complete = false;
    if (!files.has(path)) this.workspace?.removeFile(path);
    for (const [file, stored] of files) this.workspace?.setFile(file, stored);
    // Folders may have come or gone, and with them what is known to be missing.
    this.workspace?.coverageChanged();
    for (const notice of notices) this.log.notice(notice);
  }
}
