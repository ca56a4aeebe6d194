/** For tests only: completion at the `$0` of a fixture. */
import {
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type TextEdit,
} from 'vscode-languageserver-types';
import { homelabOf, parseFixture } from './fixture';
import type { SourceFile } from '../../server/src/nix/source-file';
import { completion, resolveCompletion } from '../../server/src/features/completion';

export interface Completed {
  readonly file: SourceFile;
  readonly list: CompletionList;
  readonly labels: readonly string[];
  readonly item: (label: string) => CompletionItem;
  /** The file's text after a choice, with `\n` as line end. */
  readonly chosen: (label: string) => string;
}

/** What is offered at the cursor of a fixture. */
export async function completeAt(
  text: string,
  lineEnd: '\n' | '\r\n' = '\n',
  snippets = false,
): Promise<Completed> {
  const fixture = parseFixture(text, lineEnd);
  if (fixture.cursor === null) throw new Error('the fixture has no cursor');
  const homelab = await homelabOf(fixture);
  const file = homelab.files.parsed(fixture.cursor.file);
  if (file === null) throw new Error(`${fixture.cursor.file} is no file of the fixture`);
  const list = completion(homelab, file, fixture.cursor.offset, {
    snippets,
    documentation: MarkupKind.Markdown,
  });
  const item = (label: string): CompletionItem => {
    const found = list.items.find((known) => known.label === label);
    if (found === undefined)
      throw new Error(
        `${label} is not offered; there are: ${list.items.map((known) => known.label).join(', ')}`,
      );
    return resolveCompletion(homelab, found, MarkupKind.Markdown);
  };
  return {
    file,
    list,
    labels: list.items.map(({ label }) => label),
    item,
    chosen: (label) => {
      const { textEdit, additionalTextEdits = [] } = item(label);
      return applied(file, [textEdit as TextEdit, ...additionalTextEdits]).replaceAll('\r\n', '\n');
    },
  };
}

/** A file's text after some edits. Throws where two of them overlap, or lie outside. */
export function applied(file: SourceFile, edits: readonly TextEdit[]): string {
  const placed = edits
    .map(({ range, newText }) => ({
      start: file.lines.offsetAt(range.start),
      end: file.lines.offsetAt(range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start);
  let { text } = file;
  let before = text.length;
  for (const { start, end, newText } of placed) {
    if (start > end || end > before) throw new Error('edits overlap');
    text = text.slice(0, start) + newText + text.slice(end);
    before = start;
  }
  return text;
}
