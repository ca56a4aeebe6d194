import type { Hover, MarkupKind } from 'vscode-languageserver-types';
import { addressMention } from './address-mention';
import { describeAddress } from './address-description';
import { markup } from './markdown';
import { sayAt } from './option-hover';
import { lspRange } from './positions';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';

/**
 * What there is to say of the place: of a container, a route or the like its summary, of an address whose it is and
 * which pair is free next, of an option its documentation, of an interpolation its value.
 * @param offset UTF-16, from 0
 * @param nixHovers whether plain Nix has hovers too: values outside containers and Traefik's configuration
 */
export function hover(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  kind: MarkupKind,
  nixHovers = true,
): Hover | null {
  const found = sayAt(homelab, file, offset);
  const said = found?.plainNix === true && !nixHovers ? null : found;
  const mention = said?.thing === true ? null : addressMention(homelab, file, offset);
  const ofAddress = mention === null ? [] : describeAddress(homelab, file.path, mention);
  const paragraphs = ofAddress.length > 0 ? ofAddress : (said?.paragraphs ?? []);
  const range = ofAddress.length > 0 ? mention?.range : said?.range;
  if (range === undefined || paragraphs.length === 0) return null;
  return { contents: markup(paragraphs, kind), range: lspRange(file.lines, range) };
}
