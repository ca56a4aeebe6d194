import type { FileEntry } from '../nix/file-source';
import type { SourceFile } from '../nix/source-file';
import { Source } from './computed';
import type { ParsedFiles } from './evaluation';

/**
 * Files of which it is remembered who looked at them. Whoever changes one says so, and what was made of it is made anew.
 */
export class TrackedFiles implements ParsedFiles {
  /** By path, what is there: a file, a folder with these entries, nothing. */
  private readonly places = new Map<string, Source>();
  /** By path, what a file holds. */
  private readonly texts = new Map<string, Source>();
  private readonly listing = new Source();
  private readonly ignoring = new Source();
  private readonly tracking = new Source();

  constructor(private readonly files: ParsedFiles) {}

  entry(path: string): FileEntry {
    sourceIn(this.places, path).look();
    const entry = this.files.entry(path);
    if (entry.kind !== 'file') return entry;
    const source = sourceIn(this.texts, path);
    const { text } = entry;
    return {
      kind: 'file',
      // Whoever only wants to know whether there is a file need not hear of each edit.
      get text() {
        source.look();
        return text;
      },
    };
  }

  parsed(path: string): SourceFile | null {
    sourceIn(this.places, path).look();
    sourceIn(this.texts, path).look();
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
    sourceIn(this.places, path).look();
    this.tracking.look();
    return this.files.tracked(path);
  }

  /** The file at a path has another text. */
  textChanged(path: string): void {
    this.texts.get(path)?.change();
  }

  /** A file or folder came or went, so that listings may differ: of its folder, and of those above. */
  existenceChanged(path: string): void {
    this.listing.change();
    for (let at = path; at !== ''; at = at === '/' ? '' : at.slice(0, at.lastIndexOf('/')) || '/')
      this.placeChanged(at);
  }

  /** What is there below a folder may all be different. */
  treeChanged(path: string): void {
    this.existenceChanged(path);
    for (const known of this.places.keys()) if (known.startsWith(`${path}/`)) this.placeChanged(known);
  }

  /** Nothing is certain to be as it was. */
  allChanged(): void {
    this.listing.change();
    this.ignoring.change();
    this.tracking.change();
    for (const known of this.places.keys()) this.placeChanged(known);
  }

  /** Which files count as ignored has changed. */
  ignoringChanged(): void {
    this.ignoring.change();
  }

  /** Which files git tracks has changed. */
  trackingChanged(): void {
    this.tracking.change();
  }

  private placeChanged(path: string): void {
    this.places.get(path)?.change();
    this.texts.get(path)?.change();
  }
}

function sourceIn(sources: Map<string, Source>, path: string): Source {
  let source = sources.get(path);
  if (source === undefined) sources.set(path, (source = new Source()));
  return source;
}
