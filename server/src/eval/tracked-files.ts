import type { FileEntry } from '../nix/file-source';
import type { SourceFile } from '../nix/source-file';
import { Source } from './computed';
import type { ParsedFiles } from './evaluation';

/**
 * Files of which it is remembered who looked at them. Whoever changes one says so, and what was made of it is made anew.
 */
export class TrackedFiles implements ParsedFiles {
  private readonly sources = new Map<string, Source>();
  private readonly listing = new Source();
  private readonly ignoring = new Source();
  private readonly tracking = new Source();

  constructor(private readonly files: ParsedFiles) {}

  entry(path: string): FileEntry {
    this.source(path).look();
    return this.files.entry(path);
  }

  parsed(path: string): SourceFile | null {
    this.source(path).look();
    return this.files.parsed(path);
  }

  nixFiles(): readonly string[] {
    this.listing.look();
    return this.files.nixFiles();
  }

  ignored(path: string): boolean {
    this.ignoring.look();
    return this.files.ignored(path);
  }

  tracked(path: string): boolean | null {
    this.source(path).look();
    this.tracking.look();
    return this.files.tracked(path);
  }

  /** The file at a path has another text. */
  textChanged(path: string): void {
    this.sources.get(path)?.change();
  }

  /** A file or folder came or went, so that listings may differ: of its folder, and of those above. */
  existenceChanged(path: string): void {
    this.listing.change();
    for (let at = path; at !== ''; at = at === '/' ? '' : at.slice(0, at.lastIndexOf('/')) || '/')
      this.sources.get(at)?.change();
  }

  /** What is there below a folder may all be different. */
  treeChanged(path: string): void {
    this.existenceChanged(path);
    for (const [known, source] of this.sources) if (known.startsWith(`${path}/`)) source.change();
  }

  /** Nothing is certain to be as it was. */
  allChanged(): void {
    this.listing.change();
    this.ignoring.change();
    this.tracking.change();
    for (const source of this.sources.values()) source.change();
  }

  /** Which files count as ignored has changed. */
  ignoringChanged(): void {
    this.ignoring.change();
  }

  /** Which files git tracks has changed. */
  trackingChanged(): void {
    this.tracking.change();
  }

  private source(path: string): Source {
    let source = this.sources.get(path);
    if (source === undefined) this.sources.set(path, (source = new Source()));
    return source;
  }
}
