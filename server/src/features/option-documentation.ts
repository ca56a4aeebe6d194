import type { OptionDoc, Plain } from '../schema/option';
import { writeAttrName, writeString } from '../nix/write';
import type { Paragraph } from './markdown';

const written = new WeakMap<OptionDoc, readonly Paragraph[]>();

/** An option in words: type, default, meaning, pitfall, example. The same option gives the same object. */
export function optionParagraphs(doc: OptionDoc): readonly Paragraph[] {
  const known = written.get(doc) ?? paragraphsOf(doc);
  written.set(doc, known);
  return known;
}

function paragraphsOf(doc: OptionDoc): Paragraph[] {
  const paragraphs: Paragraph[] = [
    { pieces: [{ code: doc.path }] },
    { pieces: ['Type: ', { code: doc.type }, '.', ...defaultOf(doc)] },
    { pieces: [doc.declaredIn === undefined ? doc.description : { quoted: doc.description }] },
  ];
  if (doc.declaredIn !== undefined)
    paragraphs.push({ pieces: ['Declared in ', { code: doc.declaredIn }, '.'] });
  if (doc.pitfall !== undefined) paragraphs.push({ pieces: ['**Pitfall:** ', doc.pitfall] });
  if (doc.deprecated !== undefined) paragraphs.push({ pieces: ['**Deprecated:** ', doc.deprecated] });
  if (doc.removed !== undefined) paragraphs.push({ pieces: ['**Removed:** ', doc.removed] });
  if (doc.since !== undefined) paragraphs.push({ pieces: ['Since NixOS ', doc.since, '.'] });
  if (doc.until !== undefined) paragraphs.push({ pieces: ['NixOS ', doc.until, ' no longer has it.'] });
  if (doc.example !== undefined)
    paragraphs.push({ pieces: [`Example:\n\n\`\`\`nix\n${doc.example}\n\`\`\``] });
  const link = linkOf(doc);
  if (link !== null) paragraphs.push({ pieces: [link] });
  return paragraphs;
}

/** Where more is said: in the program's manual, or in the list of NixOS' options; null of what only the repository has. */
function linkOf({ manual, path, declaredIn, removed, source }: OptionDoc): string | null {
  if (manual !== undefined) return `[Manual](${manual})`;
  if (declaredIn !== undefined || removed !== undefined) return null;
  if (source.startsWith('agenix ')) return '[agenix](https://github.com/ryantm/agenix#reference)';
  if (source.startsWith('sops-nix ')) return '[sops-nix](https://github.com/Mic92/sops-nix)';
  const name = encodeURIComponent(path);
  return `[Options of NixOS](https://search.nixos.org/options?show=${name}&query=${name})`;
}

function defaultOf({ default: plain, defaultText }: OptionDoc): Paragraph['pieces'] {
  if (plain !== undefined) return [' Default: ', { code: plainNix(plain) }, '.'];
  if (defaultText === undefined) return [];
  return defaultText.includes('`')
    ? [` Default: ${defaultText}.`]
    : [' Default: ', { code: defaultText }, '.'];
}

/** A plain value as Nix, on one line. */
export function plainNix(plain: Plain): string {
  if (plain === null || typeof plain === 'boolean' || typeof plain === 'number') return String(plain);
  if (typeof plain === 'string') return writeString(plain);
  if (isList(plain)) return plain.length === 0 ? '[ ]' : `[ ${plain.map(plainNix).join(' ')} ]`;
  const entries = Object.entries(plain).map(
    ([name, value]) => `${writeAttrName(name)} = ${plainNix(value)};`,
  );
  return entries.length === 0 ? '{ }' : `{ ${entries.join(' ')} }`;
}

function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}
