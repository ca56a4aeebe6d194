import type { Parse } from '../edits/overlay';
import { changedText, type TextChange } from '../edits/edit-plan';
import type { FileSource } from '../nix/file-source';
import { fixAll, type Mended } from '../rules/fix-all';
import type { Workspace } from '../workspace/workspace';

/** How often fixes are made at most: one that meets another waits for the next time. */
const MOST_PASSES = 10;

/** What safe fixes make of the files of a workspace. */
export interface MadeFixes {
  /** In the order in which they were made. */
  readonly mended: readonly Mended[];
  /** For each changed file, one change of its whole text. */
  readonly changes: readonly TextChange[];
  /** The files as they were, to be written over only where they still are. */
  readonly before: Pick<FileSource, 'entry'>;
}

/** Makes all safe fixes of what is found in a workspace, and of what is found then. Nothing is written to disk. */
export function makeFixes(workspace: Workspace, parse: Parse): MadeFixes {
  const before = new Map<string, string>();
  const mended: Mended[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { homelab, findings } = workspace.analysis();
    const all = fixAll(findings, homelab.files, parse);
    if (all.changes.length === 0) break;
    mended.push(...all.mended);
    for (const file of new Set(all.changes.map((change) => change.file))) {
      const text = textOf(homelab.files, file);
      if (!before.has(file)) before.set(file, text);
      const own = all.changes.filter((change) => change.file === file);
      workspace.setFile(file, { text: changedText(text, own) });
    }
  }
  const { files } = workspace.analysis().homelab;
  const changes = [...before].map(([file, text]) => ({
    file,
    range: { start: 0, end: text.length },
    newText: textOf(files, file),
  }));
  const entry: FileSource['entry'] = (path) => {
    const text = before.get(path);
    return text === undefined ? files.entry(path) : { kind: 'file', text };
  };
  return { mended, changes, before: { entry } };
}

function textOf(files: Pick<FileSource, 'entry'>, path: string): string {
  const entry = files.entry(path);
  return entry.kind === 'file' ? entry.text : '';
}
