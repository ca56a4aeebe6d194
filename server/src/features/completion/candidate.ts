import {
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionItemKind,
  type MarkupContent,
  type MarkupKind,
} from 'vscode-languageserver-types';
import type { LineIndex, Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import type { OptionPath } from '../cursor/place';
import { markup, type Paragraph } from '../markdown';
import { lspRange } from '../positions';

/** How completions are to be written for an editor. */
export interface CompletionStyle {
  /** Whether the editor expands snippets. */
  readonly snippets: boolean;
  readonly documentation: MarkupKind;
}

/** Another place of the file that a choice changes. */
export interface SideEdit {
  readonly range: Range;
  readonly newText: string;
}

/** One thing that can be chosen. */
export interface Candidate {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What it replaces; on one line, with the cursor in it. */
  readonly range: Range;
  readonly newText: string;
  /** Whether the text has places to fill in. */
  readonly snippet?: boolean;
  /** A short word beside the label. */
  readonly detail?: string;
  readonly documentation?: readonly Paragraph[];
  /** The option whose documentation it has, which is only looked up when an editor wants to show it. */
  readonly option?: OptionPath;
  /** Lower comes first; candidates of one rank stay in their order. */
  readonly rank: number;
  readonly filter?: string;
  readonly sideEdits?: readonly SideEdit[];
  /** Whether it is there no more, or has no effect: editors strike it through. */
  readonly deprecated?: boolean;
}

/** Ranks, from what is meant most likely to what is hardly wanted. */
export const RANK = { first: 0, likely: 1, usual: 5, late: 7, alreadySet: 9 } as const;

/** How many items an answer holds at most. */
export const MOST_ITEMS = 250;

/** What an item carries so that its documentation can be looked up. */
export interface ItemData {
  readonly file: string;
  readonly option: OptionPath;
}

/** Candidates as the protocol has them: the first of those with one label, as far as what is typed may mean them. */
export function completionItems(
  candidates: readonly Candidate[],
  { lines, path, text }: SourceFile,
  offset: number,
  style: CompletionStyle,
): { readonly items: CompletionItem[]; readonly capped: boolean } {
  const labels = new Set<string>();
  const ordered = candidates.map((candidate, index) => ({ candidate, index }));
  ordered.sort((a, b) => a.candidate.rank - b.candidate.rank || a.index - b.index);
  let unique = ordered.flatMap(({ candidate }) =>
    labels.has(candidate.label) ? [] : (labels.add(candidate.label), [candidate]),
  );
  const capped = unique.length > MOST_ITEMS;
  if (capped) {
    unique = unique.filter(({ range, label, filter }) =>
      isMeantBy(text.slice(range.start, offset), filter ?? label),
    );
  }
  const items = unique
    .slice(0, MOST_ITEMS)
    .map((candidate, number) => itemOf(candidate, String(number).padStart(4, '0'), lines, style, path));
  return { items, capped };
}

/** Whether what is typed can be the beginning of a choice, as editors filter: its letters in their order. */
export function isMeantBy(typed: string, label: string): boolean {
  let from = 0;
  const text = label.toLowerCase();
  for (const letter of typed.toLowerCase()) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

function itemOf(
  candidate: Candidate,
  sortText: string,
  lines: LineIndex,
  style: CompletionStyle,
  file: string,
): CompletionItem {
  const snippet = candidate.snippet === true && style.snippets;
  const newText =
    candidate.snippet === true && !snippet ? withoutPlaceholders(candidate.newText) : candidate.newText;
  const { detail, documentation, option, sideEdits = [] } = candidate;
  const data: ItemData | null = option === undefined ? null : { file, option };
  return {
    label: candidate.label,
    kind: candidate.kind,
    sortText,
    filterText: candidate.filter ?? candidate.label,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: shown(documentation, style.documentation) }),
    ...(data === null ? {} : { data }),
    ...(candidate.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(newText.includes('\n') ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    textEdit: { range: lspRange(lines, candidate.range), newText },
    ...(sideEdits.length === 0
      ? {}
      : {
          additionalTextEdits: sideEdits.map(({ range, newText: text }) => ({
            range: lspRange(lines, range),
            newText: text,
          })),
        }),
  };
}

const shownBefore = new WeakMap<readonly Paragraph[], MarkupContent>();

/** Paragraphs as the editor wants them; those of a table are written out once. */
function shown(paragraphs: readonly Paragraph[], kind: MarkupKind): MarkupContent {
  const known = shownBefore.get(paragraphs);
  if (known?.kind === kind) return known;
  const content = markup(paragraphs, kind);
  shownBefore.set(paragraphs, content);
  return content;
}

/** Text as part of a snippet: nothing in it is a place to fill in. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** One of several texts to choose from, as a place of a snippet. */
export function choice(place: number, texts: readonly string[]): string {
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return `\${${place}:${escapeSnippet(only)}}`;
  return `\${${place}|${texts.map((text) => text.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}

/** A snippet as plain text: each place holds what it suggests. */
export function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$\{\d+\|((?:\\.|[^,|\\])*)(?:,(?:\\.|[^|\\])*)?\|\}/g, '$1')
    .replace(/(?<!\\)\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/(?<!\\)\$\d+/g, '')
    .replace(/\\([\\$},|])/g, '$1');
}
