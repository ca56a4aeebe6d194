import { bindingOfName, lineEnd, lineStart } from '../edits/syntax-search';
import type { TextChange } from '../edits/edit-plan';
import type { Attr } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import type { TraefikKey } from '../homelab/traefik-keys';
import { writeAttrName } from '../nix/write';
import type { Fix, Files } from './rule';

/** What the rules about Traefik's keys have in common. */

/** A key with the host whose Traefik is given it, and where its name is written. */
export interface PlacedKey extends TraefikKey {
  readonly host: Host;
  readonly at: Spot;
}

/** A key beside where its name is written; null where that is not in the repository. */
export function placedKey(homelab: Files, host: Host, key: TraefikKey): PlacedKey | null {
  const at = locate(homelab, key.attr.at);
  return at === null ? null : { ...key, host, at };
}

/** The option that a key stands in, in words: `dynamicConfigOptions`. */
export function optionOf({ config }: Pick<TraefikKey, 'config'>): string {
  return config.option;
}

/** What Traefik does about a mistake in the configuration that a key stands in. */
export function consequence({ config }: Pick<TraefikKey, 'config'>): string {
  return config.part === 'dynamic'
    ? 'Traefik then refuses the whole file, and no route works'
    : 'Traefik then does not start';
}

/** Whether a name is written in a binding of its own, where another can take its place. */
function isRenameable(homelab: Files, { at }: Pick<Attr, 'at'>, spot: Spot): boolean {
  const file = homelab.files.parsed(spot.file);
  return file !== null && at?.kind === 'attr-name' && at.text !== null && bindingOfName(file, at) !== null;
}

/** Gives a key another name. */
export function rename(homelab: Files, { attr, at }: PlacedKey, path: readonly string[]): Fix | null {
  if (!isRenameable(homelab, attr, at)) return null;
  const newText = path.map(writeAttrName).join('.');
  return { title: `Write ${newText}`, changes: [{ file: at.file, range: at.range, newText }] };
}

/** Takes the whole binding of a key away, its lines with it; null where it is not written as one. */
export function removal(
  homelab: Files,
  { attr, at }: { readonly attr: Pick<Attr, 'at'>; readonly at: Pick<Spot, 'file'> },
): TextChange | null {
  const file = homelab.files.parsed(at.file);
  if (file === null) return null;
  const binding = bindingOfName(file, attr.at);
  const range = binding === null ? null : file.rangeOf(binding);
  if (range === null) return null;
  const { text } = file;
  const [start, end] = [lineStart(text, range.start), lineEnd(text, range.end)];
  const alone = text.slice(start, range.start).trim() === '' && text.slice(range.end, end).trim() === '';
  if (!alone) return { file: at.file, range, newText: '' };
  const next = end + feedAt(text, end);
  // Of the blank lines before and behind, one stays.
  const blank = /^[ \t]*\r?\n/.exec(text.slice(next))?.[0].length ?? 0;
  const between = blank > 0 && /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  return { file: at.file, range: { start, end: between ? next + blank : next }, newText: '' };
}

function feedAt(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0;
}
