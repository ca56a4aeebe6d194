import { MarkupContent, MarkupKind } from 'vscode-languageserver-types';
import { counter } from '../../server/src/eval/computed';
import { TrackedFiles } from '../../server/src/eval/tracked-files';
import { completion } from '../../server/src/features/completion';
import { isMeantBy } from '../../server/src/features/completion/candidate';
import { hover } from '../../server/src/features/hover';
import { HomelabReader, type Homelab } from '../../server/src/homelab/homelab';
import type { SourceFile } from '../../server/src/nix/source-file';
import type { Workspace } from '../../server/src/workspace/workspace';
import { CLASSES, writtenNames, type NameClass, type WrittenName } from './written-names';

/** What was answered at one name of a repository. */
export interface AskedName {
  readonly sort: NameClass;
  /** The option by evaluation, joined with dots. */
  readonly option: string;
  /** File, and line from 1. */
  readonly where: string;
  /** What hover says there; null where it says nothing. */
  readonly hover: string | null;
  /** Where completion lists the name among what fits two letters of it, from 1; null where it does not. */
  readonly rank: number | null;
}

/** What was answered so far, by file and offset, so that asking can be ended and gone on with. */
export type Answers = Record<string, AskedName>;

interface Question {
  readonly key: string;
  readonly file: SourceFile;
  readonly name: WrittenName;
  readonly start: number;
  readonly end: number;
}

/** What the tables list the names of. */
const LISTED: ReadonlySet<NameClass> = new Set(CLASSES.slice(0, 4));

/** After how many times the results of the first reading the files are read anew, as the server does it. */
const RENEWAL = 3;

/** A homelab whose files are cut and mended again. */
class CutFiles {
  private files: TrackedFiles;
  private reader: HomelabReader;
  private first: number | null = null;
  private startedAt = 0;
  private readonly cut = new Set<SourceFile>();

  constructor(private readonly workspace: Workspace) {
    this.files = new TrackedFiles(workspace.snapshot());
    this.reader = new HomelabReader(this.files);
  }

  read(): Homelab {
    if (this.first === null || counter.computed - this.startedAt > this.first * RENEWAL) {
      // What nobody needs any more stays with what it was made of, and would pile up.
      this.files = new TrackedFiles(this.workspace.snapshot());
      this.reader = new HomelabReader(this.files);
      this.startedAt = counter.computed;
      const homelab = this.reader.read();
      this.first = counter.computed - this.startedAt;
      return homelab;
    }
    return this.reader.read();
  }

  /** The homelab with one name cut in each of these files, and nothing in any other. */
  readWithout(questions: readonly Question[]): Homelab {
    const now = new Set(questions.map(({ file }) => file));
    for (const file of this.cut) if (!now.has(file)) this.change(file, file.text);
    this.cut.clear();
    for (const question of questions) {
      this.change(question.file, textWithout(question));
      this.cut.add(question.file);
    }
    return this.read();
  }

  close(): void {
    for (const { path } of this.cut) this.workspace.closeDocument(path);
  }

  private change({ path }: SourceFile, text: string): void {
    if (this.workspace.isOpen(path)) this.workspace.changeDocument(path, text);
    else this.workspace.openDocument(path, text);
    this.files.textChanged(path);
  }
}

/**
 * Asks at every name of a workspace what an editor would ask, with that name alone of its file cut. One name of each file
 * is cut at a time; what is not offered then is asked again with no other file touched.
 * @param every only each so-many-th name
 * @param known what was answered before, which is not asked again; the answers are added to it
 * @param keep called now and then with what is known so far
 */
export function askNames(
  workspace: Workspace,
  {
    every,
    nameOf,
    known,
    keep,
  }: {
    readonly every: number;
    readonly nameOf: (path: string) => string;
    readonly known: Answers;
    readonly keep: () => void;
  },
): void {
  const files = new CutFiles(workspace);
  const homelab = files.read();
  const byFile = new Map<SourceFile, Question[]>();
  for (const question of questionsIn(homelab, every, nameOf)) {
    if (known[question.key] !== undefined) continue;
    const ofFile = byFile.get(question.file);
    if (ofFile === undefined) byFile.set(question.file, [question]);
    else ofFile.push(question);
  }
  const hovers = new Map<Question, string | null>();
  for (const question of [...byFile.values()].flat()) hovers.set(question, hoverAt(homelab, question));
  const answer = (question: Question, rank: number | null): void => {
    const { key, file, name, start } = question;
    known[key] = {
      sort: name.sort,
      option: name.path.join('.'),
      where: `${nameOf(file.path)}:${file.lines.positionAt(start).line + 1}`,
      hover: hovers.get(question) ?? null,
      rank,
    };
  };
  const most = Math.max(0, ...[...byFile.values()].map(({ length }) => length));
  for (let round = 0; round < most; round++) {
    const questions = [...byFile.values()].flatMap((ofFile) => ofFile[round] ?? []);
    const now = files.readWithout(questions);
    const again: Question[] = [];
    for (const question of questions) {
      const rank = rankAt(now, question);
      if (rank === null && questions.length > 1 && LISTED.has(question.name.sort)) again.push(question);
      else answer(question, rank);
    }
    for (const question of again) answer(question, rankAt(files.readWithout([question]), question));
    keep();
  }
  files.close();
}

function questionsIn(homelab: Homelab, every: number, nameOf: (path: string) => string): Question[] {
  return writtenNames(homelab).flatMap((name, number): Question[] => {
    if (number % every !== 0) return [];
    const file = homelab.files.parsed(name.at.anchor.source);
    const range = file?.rangeOf(name.at) ?? null;
    if (file === null || range === null) return [];
    const quoted = file.text[range.start] === '"' ? 1 : 0;
    const key = `${nameOf(file.path)}@${range.start}`;
    return [{ key, file, name, start: range.start + quoted, end: range.end - quoted }];
  });
}

function hoverAt(homelab: Homelab, { file, start }: Question): string | null {
  const contents = hover(homelab, file, start + 1, MarkupKind.Markdown)?.contents;
  return MarkupContent.is(contents) ? contents.value : null;
}

function textWithout(question: Question): string {
  const { text } = question.file;
  return text.slice(0, cutAt(question)) + text.slice(question.end);
}

function cutAt({ start, end }: Question): number {
  return start + Math.min(2, end - start);
}

/** Where an editor lists the name once it is cut: what begins with the letters before what only has them in order. */
function rankAt(homelab: Homelab, question: Question): number | null {
  const file = homelab.files.parsed(question.file.path);
  if (file === null) return null;
  const wishes = { snippets: true, documentation: MarkupKind.Markdown };
  const { items } = completion(homelab, file, cutAt(question), wishes);
  const typed = question.file.text.slice(question.start, cutAt(question)).toLowerCase();
  const listed = items
    .map(({ label, filterText = label, sortText = label }) => ({
      label: label.toLowerCase(),
      filter: filterText.toLowerCase(),
      order: sortText,
    }))
    .filter(({ filter }) => isMeantBy(typed, filter))
    .map((item) => ({ ...item, group: item.filter.startsWith(typed) ? 0 : 1 }))
    .sort((a, b) => a.group - b.group || (a.order < b.order ? -1 : 1));
  const at = listed.findIndex(({ label }) => label === question.name.at.text?.toLowerCase());
  return at === -1 ? null : at + 1;
}
