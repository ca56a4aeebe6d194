/**
 * `npm run survey -- --names [--every=N] FOLDER…`: for every name under a container, in a Traefik's configuration or
 * under a known service, whether hover answers there, and whether completion offers the name once it is cut to two
 * letters. Prints the share by class, and what is missing. docs/survey.md keeps the table.
 */
import { MarkupKind } from 'vscode-languageserver-types';
import { completion } from '../../server/src/features/completion';
import { hover } from '../../server/src/features/hover';
import { TrackedFiles } from '../../server/src/eval/tracked-files';
import { HomelabReader, type Homelab } from '../../server/src/homelab/homelab';
import type { SourceFile } from '../../server/src/nix/source-file';
import type { Workspace } from '../../server/src/workspace/workspace';
import { CLASSES, writtenNames, type NameClass, type WrittenName } from './written-names';

interface Share {
  asked: number;
  hovers: number;
  completed: number;
}

interface Place {
  readonly name: WrittenName;
  readonly start: number;
  readonly end: number;
}

/** What the tables list the names of. */
const LISTED: ReadonlySet<NameClass> = new Set(CLASSES.slice(0, 4));

/** What was asked of some repositories. */
export class NamesSurvey {
  private readonly shares = new Map<NameClass, Share>(
    CLASSES.map((sort) => [sort, { asked: 0, hovers: 0, completed: 0 }]),
  );
  private readonly missing: string[] = [];

  /** @param every only each so-many-th name */
  constructor(private readonly every: number) {}

  /**
   * Asks at every name of a workspace, as an editor would show it: with that name alone of its file cut. One name of each
   * file is cut at a time; what is not offered then is asked again with no other file touched.
   */
  add(workspace: Workspace, nameOf: (path: string) => string): void {
    // The homelab alone: no rule has a say here.
    const files = new TrackedFiles(workspace.snapshot());
    const reader = new HomelabReader(files);
    const homelab = reader.read();
    const byFile = this.placesIn(homelab);
    const asked = [...byFile].flatMap(([file, places]) =>
      places.map((place) => ({
        file,
        place,
        hovers: hover(homelab, file, place.start + 1, MarkupKind.Markdown) !== null,
        completes: false,
      })),
    );
    const change = (path: string, text: string): void => {
      workspace.changeDocument(path, text);
      files.textChanged(path);
    };
    for (const { path, text } of byFile.keys()) {
      workspace.openDocument(path, text);
      files.textChanged(path);
    }
    const ask = (some: typeof asked): void => {
      for (const { file, place } of some) change(file.path, cut(file, place));
      const now = reader.read();
      for (const one of some) one.completes = offers(now, one.file.path, one.place);
      for (const { file } of some) change(file.path, file.text);
    };
    const most = Math.max(0, ...[...byFile.values()].map(({ length }) => length));
    const numbers = new Map(
      [...byFile.values()].flatMap((places) => [...places.entries()].map(([n, p]) => [p, n])),
    );
    for (let round = 0; round < most; round++) ask(asked.filter(({ place }) => numbers.get(place) === round));
    for (const one of asked) if (!one.completes && LISTED.has(one.place.name.sort)) ask([one]);
    for (const { file, place, hovers, completes } of asked) {
      const line = file.lines.positionAt(place.start).line + 1;
      this.note(place.name, { hovers, completes, where: `${nameOf(file.path)}:${line}` });
    }
    for (const { path } of byFile.keys()) workspace.closeDocument(path);
  }

  private placesIn(homelab: Homelab): Map<SourceFile, Place[]> {
    const byFile = new Map<SourceFile, Place[]>();
    for (const [number, name] of writtenNames(homelab).entries()) {
      if (number % this.every !== 0) continue;
      const file = homelab.files.parsed(name.at.anchor.source);
      const range = file?.rangeOf(name.at) ?? null;
      if (file === null || range === null) continue;
      const quoted = file.text[range.start] === '"' ? 1 : 0;
      const place = { name, start: range.start + quoted, end: range.end - quoted };
      byFile.set(file, [...(byFile.get(file) ?? []), place]);
    }
    return byFile;
  }

  private note(
    { sort, path }: WrittenName,
    { hovers, completes, where }: { hovers: boolean; completes: boolean; where: string },
  ): void {
    const share = this.shares.get(sort);
    if (share === undefined) return;
    share.asked++;
    if (hovers) share.hovers++;
    if (completes) share.completed++;
    if (hovers && completes) return;
    const what = [hovers ? '' : 'hover', completes ? '' : 'completion'].filter(Boolean).join(', ');
    this.missing.push(`${sort} | ${what} | ${path.join('.')} | ${where}`);
  }

  table(): string {
    const percent = (part: number, whole: number): string =>
      whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
    const rows = [...this.shares].map(
      ([sort, { asked, hovers, completed }]) =>
        `| ${sort} | ${asked} | ${percent(hovers, asked)} | ${percent(completed, asked)} |`,
    );
    return [
      '| class | names | hover answers | completion offers it |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  }

  misses(): string {
    return this.missing.sort().join('\n');
  }
}

function cut({ text }: SourceFile, place: Place): string {
  return text.slice(0, cutAt(place)) + text.slice(place.end);
}

function cutAt({ start, end }: Place): number {
  return start + Math.min(2, end - start);
}

function offers(homelab: Homelab, path: string, place: Place): boolean {
  const file = homelab.files.parsed(path);
  if (file === null) return false;
  const wishes = { snippets: true, documentation: MarkupKind.Markdown };
  const { items } = completion(homelab, file, cutAt(place), wishes);
  const wanted = place.name.at.text?.toLowerCase();
  return items.some(({ label }) => label.toLowerCase() === wanted);
}
