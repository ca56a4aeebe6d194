import { describe, expect, it } from 'vitest';
import { MarkupKind, type Range, type SelectionRange } from 'vscode-languageserver-types';
import { inMemoryFiles, testParser } from '../eval/testing';
import { readHomelab, type Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { codeLenses } from './code-lens';
import { completion } from './completion';
import { definition } from './definition';
import { disabledCode } from './disabled-code';
import { documentHighlights } from './document-highlight';
import { documentLinks } from './document-link';
import { foldingRanges } from './folding-range';
import { containerTargets, routeTargets } from './navigation-targets';
import { signatureHelp } from './signature-help';
import { exampleTexts, uriOf } from '../../../test/engine/navigation';
import { optionHover } from './option-hover';
import { linesOf } from './positions';
import { references } from './references';
import { encodeTokens, semanticTokens } from './semantic-tokens';
import { selectionRanges } from './selection-range';

const PATH = '/containers/immich.nix';

/** The example with another text of one file; after an edit, the file still has what its last good text said. */
async function withText(text: string, before?: string): Promise<{ homelab: Homelab; file: SourceFile }> {
  const files = await inMemoryFiles({ ...exampleTexts(), [PATH]: text });
  const document = (await testParser()).open(PATH, before ?? text);
  document.update(text);
  const edited = document.file;
  document.close();
  const homelab = readHomelab({ ...files, parsed: (path) => (path === PATH ? edited : files.parsed(path)) });
  const file = homelab.files.parsed(PATH);
  if (file === null) throw new Error('the file is gone');
  return { homelab, file };
}

/** Whether a range lies in a file, and is spelled as the protocol wants it. */
function isInside(homelab: Homelab, uri: string, range: Range): boolean {
  const lines = linesOf(homelab.files, uri.slice('file://'.length));
  if (lines === null) return false;
  const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  const same = (a: Range['start'], b: Range['start']): boolean =>
    a.line === b.line && a.character === b.character;
  return start <= end && same(lines.positionAt(start), range.start) && same(lines.positionAt(end), range.end);
}

/** Asks everything at one place; the answers' ranges that lie outside. */
function askAll(homelab: Homelab, file: SourceFile, near: number): string[] {
  // A cursor cannot stand between the two characters of a line end.
  const offset = file.lines.offsetAt(file.lines.positionAt(near));
  const own = uriOf(file.path);
  const wrong: string[] = [];
  const check = (request: string, uri: string, range: Range | undefined): void => {
    if (range !== undefined && !isInside(homelab, uri, range))
      wrong.push(`${request} at ${offset}: ${uri} ${JSON.stringify(range)}`);
  };
  const style = { snippets: true, documentation: MarkupKind.Markdown };
  const { items } = completion(homelab, file, offset, style);
  for (const { label, textEdit, additionalTextEdits = [] } of items) {
    if (textEdit === undefined || !('range' in textEdit)) throw new Error(`${label} has no edit`);
    const { range } = textEdit;
    check('completion', own, range);
    const [start, end] = [file.lines.offsetAt(range.start), file.lines.offsetAt(range.end)];
    if (range.start.line !== range.end.line || start > offset || offset > end)
      wrong.push(`completion at ${offset}: ${label} replaces ${start}–${end}`);
    for (const edit of additionalTextEdits) {
      check('completion', own, edit.range);
      const from = file.lines.offsetAt(edit.range.start);
      if (from < end && file.lines.offsetAt(edit.range.end) > start)
        wrong.push(`completion at ${offset}: ${label} overlaps`);
    }
  }
  if (new Set(items.map(({ label }) => label)).size !== items.length)
    wrong.push(`completion at ${offset}: doubled`);
  check('hover', own, optionHover({ homelab, file, offset, kind: MarkupKind.Markdown })?.range);
  for (const link of definition(homelab, file, offset, uriOf)) {
    check('definition', own, link.originSelectionRange);
    check('definition', link.targetUri, link.targetSelectionRange);
  }
  for (const { uri, range } of references(homelab, file, offset, true, uriOf))
    check('references', uri, range);
  for (const { range } of documentHighlights(homelab, file, offset) ?? []) check('highlight', own, range);
  const help = signatureHelp(homelab, file, offset, MarkupKind.Markdown);
  const parameters = help?.signatures[0]?.parameters?.length ?? 0;
  if (help !== null && (help.activeParameter ?? 0) >= parameters) wrong.push(`signature at ${offset}`);
  const [selection] = selectionRanges(file, [file.lines.positionAt(offset)]);
  for (let at: SelectionRange | undefined = selection; at !== undefined; at = at.parent)
    check('selection', own, at.range);
  for (const { targets } of [
    routeTargets(homelab, file, offset, uriOf),
    containerTargets(homelab, file, offset, uriOf),
  ])
    for (const { uri, range } of targets) check('targets', uri, range);
  return wrong;
}

function askFile(homelab: Homelab, file: SourceFile): string[] {
  const wrong: string[] = [];
  const own = uriOf(file.path);
  for (const { range } of documentLinks(homelab, file, uriOf))
    if (!isInside(homelab, own, range)) wrong.push('link');
  for (const { start, end } of disabledCode(homelab, file))
    if (start < 0 || end <= start || end > file.text.length) wrong.push('disabled');
  const tokens = semanticTokens(homelab, file);
  for (const [at, { range }] of tokens.entries()) {
    const { start, end } = {
      start: file.lines.positionAt(range.start),
      end: file.lines.positionAt(range.end),
    };
    const before = tokens[at - 1]?.range.end ?? 0;
    if (range.start < before || range.end > file.text.length || start.line !== end.line) wrong.push('token');
  }
  if (encodeTokens(file, tokens).some((number) => number < 0)) wrong.push('tokens out of order');
  for (const { startLine, endLine } of foldingRanges(file))
    if (startLine < 0 || endLine <= startLine || endLine >= file.lines.lineCount) wrong.push('fold');
  for (const { range } of codeLenses(homelab, file, { uriOf, opens: true }))
    if (!isInside(homelab, own, range)) wrong.push('lens');
  return wrong;
}

describe.each([['LF', '\n'] as const, ['CRLF', '\r\n'] as const])(
  'every request answers (%s)',
  (_title, lineEnd) => {
    const text = (exampleTexts()[PATH] ?? '')
      .replaceAll('\n', lineEnd)
      .replace('# The first', '# 🏠 The first');

    it('at every place of a file', { timeout: 120_000 }, async () => {
      const { homelab, file } = await withText(text);
      const wrong = askFile(homelab, file);
      for (let offset = 0; offset <= text.length; offset += lineEnd === '\n' ? 1 : 5)
        wrong.push(...askAll(homelab, file, offset));
      expect(wrong).toEqual([]);
    });

    it('in a file that ends anywhere', { timeout: 120_000 }, async () => {
      const wrong: string[] = [];
      for (let end = lineEnd === '\n' ? 0 : 17; end < text.length; end += 83) {
        const { homelab, file } = await withText(text.slice(0, end), end % 2 === 0 ? text : undefined);
        wrong.push(...askFile(homelab, file), ...askAll(homelab, file, end));
        for (let offset = end - 1; offset >= 0; offset -= 101) wrong.push(...askAll(homelab, file, offset));
      }
      expect(wrong).toEqual([]);
    });

    it('in a file from which a piece is cut out', { timeout: 120_000 }, async () => {
      const wrong: string[] = [];
      for (let start = lineEnd === '\n' ? 3 : 50; start < text.length; start += 97) {
        const { homelab, file } = await withText(text.slice(0, start) + text.slice(start + 9), text);
        wrong.push(...askFile(homelab, file));
        for (
          let offset = Math.max(0, start - 5);
          offset <= Math.min(file.text.length, start + 60);
          offset += 7
        )
          wrong.push(...askAll(homelab, file, offset));
      }
      expect(wrong).toEqual([]);
    });
  },
);
