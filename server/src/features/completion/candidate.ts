import {
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionItemKind,
  type MarkupContent,
  type MarkupKind,
} from 'vscode-languageserver-types';
import type { LineIndex, Range } from '../../nix/positions';
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
  /** Lower comes first; candidates of one rank stay in their order. */
  readonly rank: number;
  readonly filter?: string;
  readonly sideEdits?: readonly SideEdit[];
}

/** Ranks, from what is meant most likely to what is hardly wanted. */
export const RANK = { first: 0, likely: 1, usual: 5, late: 7, alreadySet: 9 } as const;

/** Candidates as the protocol has them, the first of those with one label. */
export function completionItems(
  candidates: readonly Candidate[],
  lines: LineIndex,
  style: CompletionStyle,
): CompletionItem[] {
  const items = new Map<string, CompletionItem>();
  const ordered = candidates.map((candidate, index) => ({ candidate, index }));
  ordered.sort((a, b) => a.candidate.rank - b.candidate.rank || a.index - b.index);
  for (const { candidate } of ordered) {
    if (items.has(candidate.label)) continue;
    items.set(candidate.label, itemOf(candidate, String(items.size).padStart(4, '0'), lines, style));
  }
  return [...items.values()];
}

function itemOf(
  candidate: Candidate,
  sortText: string,
  lines: LineIndex,
  style: CompletionStyle,
): CompletionItem {
  const snippet = candidate.snippet === true && style.snippets;
  const newText =
    candidate.snippet === true && !snippet ? withoutPlaceholders(candidate.newText) : candidate.newText;
  const { detail, documentation, sideEdits = [] } = candidate;
  return {
    label: candidate.label,
    kind: candidate.kind,
    sortText,
    filterText: candidate.filter ?? candidate.label,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: shown(documentation, style.documentation) }),
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
