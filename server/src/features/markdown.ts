import { MarkupKind, type MarkupContent } from 'vscode-languageserver-types';

/**
 * A piece of a paragraph. A plain string is our own words; whatever comes from the workspace is `code` or `quoted`, so
 * that nothing a repository says can become a link, an image or HTML.
 */
export type Inline = string | { readonly code: string } | { readonly quoted: string };

/** A line of text; lines that begin with a bullet become a list. */
export interface Paragraph {
  readonly bullet?: boolean;
  readonly pieces: readonly Inline[];
}

/** Our own words, in which what is between back-quotes is code. */
export function withCode(text: string): Inline[] {
  return text.split('`').map((piece, at) => (at % 2 === 0 ? piece : { code: piece }));
}

/** Paragraphs as the editor wants them: Markdown or plain text. */
export function markup(paragraphs: readonly Paragraph[], kind: MarkupKind): MarkupContent {
  const inline = kind === MarkupKind.Markdown ? markdownOf : plainOf;
  let value = '';
  for (const [index, { bullet = false, pieces }] of paragraphs.entries()) {
    const afterBullet = index > 0 && paragraphs[index - 1]?.bullet === true;
    if (index > 0) value += bullet && afterBullet ? '\n' : '\n\n';
    value += (bullet ? '- ' : '') + pieces.map(inline).join('');
  }
  return { kind, value };
}

function markdownOf(piece: Inline): string {
  if (typeof piece === 'string') return piece;
  return 'code' in piece ? codeSpan(piece.code) : escapeMarkdown(piece.quoted);
}

function plainOf(piece: Inline): string {
  if (typeof piece === 'string') return piece;
  return oneLine('code' in piece ? piece.code : piece.quoted);
}

/** Text of the workspace as words of Markdown: it looks as it is written and means nothing else. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text of the workspace as a code span, fenced by more back-ticks than it holds. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line === '') return '';
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Without line ends, other control characters, and those that turn the direction of writing. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
