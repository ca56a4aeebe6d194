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
    { pieces: ['Type: ', { code: doc.type }, '. ', ...defaultOf(doc)] },
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
  if (doc.manual !== undefined) paragraphs.push({ pieces: [`[Manual](${doc.manual})`] });
  return paragraphs;
}

function defaultOf({ default: plain, defaultText }: OptionDoc): Paragraph['pieces'] {
  if (plain !== undefined) return ['Default: ', { code: plainNix(plain) }, '.'];
  if (defaultText === undefined) return [];
  return defaultText.includes('`') ? [`Default: ${defaultText}.`] : ['Default: ', { code: defaultText }, '.'];
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
