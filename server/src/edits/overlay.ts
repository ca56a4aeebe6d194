import type { ParsedFiles } from '../eval/evaluation';
import type { DirectoryEntry, FileEntry } from '../nix/file-source';
import { baseName, directoryOf } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import { changedText, type EditPlan } from './edit-plan';

/** Parses a text that is not going to be edited. */
export type Parse = (path: string, text: string) => SourceFile;

/** The texts that a plan leaves behind, by path. */
export function textsAfter(
  files: Pick<ParsedFiles, 'entry'>,
  plan: Pick<EditPlan, 'changes' | 'creations'>,
): Map<string, string> {
  const texts = new Map(plan.creations.map(({ path, text }) => [path, text]));
  for (const path of new Set(plan.changes.map(({ file }) => file))) {
    const entry = files.entry(path);
    const before = entry.kind === 'file' ? entry.text : '';
    texts.set(
      path,
      changedText(
        before,
        plan.changes.filter(({ file }) => file === path),
      ),
    );
  }
  return texts;
}

/** The snapshot as it will be once a plan is applied. */
export function filesAfter(
  files: ParsedFiles,
  plan: Pick<EditPlan, 'changes' | 'creations'>,
  parse: Parse,
): ParsedFiles {
  const texts = textsAfter(files, plan);
  const parsed = new Map<string, SourceFile>();
  const added = new Map<string, Map<string, DirectoryEntry>>();
  for (const { path } of plan.creations) addToFolders(added, path);
  return {
    entry(path): FileEntry {
      const text = texts.get(path);
      if (text !== undefined) return { kind: 'file', text };
      const before = files.entry(path);
      const extra = added.get(path);
      if (extra === undefined || before.kind === 'file' || before.kind === 'opaque') return before;
      const entries = before.kind === 'directory' ? before.entries : [];
      const known = new Set(entries.map(({ name }) => name));
      return {
        kind: 'directory',
        entries: [...entries, ...[...extra.values()].filter(({ name }) => !known.has(name))],
      };
    },
    nixFiles: () =>
      [
        ...new Set([...files.nixFiles(), ...[...texts.keys()].filter((path) => path.endsWith('.nix'))]),
      ].sort(),
    ignored: (path) => files.ignored(path),
    tracked: (path) => files.tracked(path),
    parsed(path) {
      const text = texts.get(path);
      if (text === undefined) return files.parsed(path);
      const known = parsed.get(path) ?? parse(path, text);
      parsed.set(path, known);
      return known;
    },
  };
}

function addToFolders(folders: Map<string, Map<string, DirectoryEntry>>, path: string): void {
  let kind: DirectoryEntry['kind'] = 'regular';
  for (let child = path; child !== '/'; child = directoryOf(child)) {
    const folder = directoryOf(child);
    const entries = folders.get(folder) ?? new Map<string, DirectoryEntry>();
    folders.set(folder, entries);
    entries.set(baseName(child), { name: baseName(child), kind });
    kind = 'directory';
  }
}
