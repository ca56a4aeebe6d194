import type { Hover, MarkupKind } from 'vscode-languageserver-types';
import { addressMention } from './address-mention';
import { describeAddress } from './address-description';
import { markup } from './markdown';
import { lspRange } from './positions';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';

/**
 * What there is to say of the place: so far of addresses only, whose they are and which pair is free next.
 * @param offset UTF-16, from 0
 */
export function hover(homelab: Homelab, file: SourceFile, offset: number, kind: MarkupKind): Hover | null {
  const mention = addressMention(homelab, file, offset);
  const paragraphs = mention === null ? [] : describeAddress(homelab, file.path, mention);
  if (mention === null || paragraphs.length === 0) return null;
  return { contents: markup(paragraphs, kind), range: lspRange(file.lines, mention.range) };
}
