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

/** What was asked of some repositories. */
export class NamesSurvey {
  private readonly shares = new Map<NameClass, Share>(
    CLASSES.map((sort) => [sort, { asked: 0, hovers: 0, completed: 0 }]),
  );
  private readonly missing: string[] = [];

  /** @param every only each so-many-th name */
  constructor(private readonly every: number) {}

  /** Asks at every name of a workspace, each time with that name alone cut, as an editor would show it. */
  add(workspace: Workspace, nameOf: (path: string) => string): void {
    // The homelab alone: no rule has a say here.
    const files = new TrackedFiles(workspace.snapshot());
    const reader = new HomelabReader(files);
    const homelab = reader.read();
    const cutTo = (path: string, text: string): Homelab => {
      workspace.changeDocument(path, text);
      files.textChanged(path);
      return reader.read();
    };
    const byFile = new Map<string, { name: WrittenName; start: number; end: number }[]>();
    for (const [number, name] of writtenNames(homelab).entries()) {
      if (number % this.every !== 0) continue;
      const { source } = name.at.anchor;
      const file = homelab.files.parsed(source);
      const range = file?.rangeOf(name.at) ?? null;
      if (file === null || range === null) continue;
      const quoted = file.text[range.start] === '"' ? 1 : 0;
      const place = { name, start: range.start + quoted, end: range.end - quoted };
      byFile.set(source, [...(byFile.get(source) ?? []), place]);
    }
    for (const [path, places] of byFile) {
      const file = homelab.files.parsed(path);
      if (file === null) continue;
      const hovering = places.map(
        ({ start }) => hover(homelab, file, start + 1, MarkupKind.Markdown) !== null,
      );
      workspace.openDocument(path, file.text);
      files.textChanged(path);
      for (const [number, place] of places.entries())
        this.note(place.name, {
          hovers: hovering[number] === true,
          completes: offers(cutTo, file, place),
          where: `${nameOf(path)}:${file.lines.positionAt(place.start).line + 1}`,
        });
      workspace.closeDocument(path);
      files.textChanged(path);
    }
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

function offers(
  cutTo: (path: string, text: string) => Homelab,
  { text, path }: SourceFile,
  { name, start, end }: { name: WrittenName; start: number; end: number },
): boolean {
  const cut = start + Math.min(2, end - start);
  const homelab = cutTo(path, text.slice(0, cut) + text.slice(end));
  const file = homelab.files.parsed(path);
  if (file === null) return false;
  const { items } = completion(homelab, file, cut, { snippets: true, documentation: MarkupKind.Markdown });
  const wanted = name.at.text?.toLowerCase();
  return items.some(({ label }) => label.toLowerCase() === wanted);
}
