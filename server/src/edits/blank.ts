/**
 * What a person may still want to change in a module that is written for them. `start` and `end` are only places: where
 * the guest's service begins, and where to go on in it.
 */
export type BlankName =
  'port' | 'subdomain' | 'domain' | 'middleware' | 'service' | 'stateVersion' | 'start' | 'end';

/** A place of a text to fill in, with what stands there until then. */
export interface Blank {
  readonly blank: BlankName;
  readonly text: string;
}

// Characters that stand in no Nix file, and that writing Nix leaves as they are.
const [OPEN, SPLIT, CLOSE] = ['\u0001', '\u0002', '\u0003'];
const MARKED = new RegExp(`${OPEN}([a-zA-Z]+)${SPLIT}([^${CLOSE}]*)${CLOSE}`);

/** A piece of text, marked as a place to fill in until the whole text is put together. */
export function blank(name: BlankName, text = ''): string {
  return `${OPEN}${name}${SPLIT}${text}${CLOSE}`;
}

/** A text with such places, taken apart. */
export function piecesOf(text: string): (string | Blank)[] {
  const pieces: (string | Blank)[] = [];
  const parts = text.split(MARKED);
  for (let index = 0; index < parts.length; index += 3) {
    pieces.push(parts[index] ?? '');
    const name = parts[index + 1] as BlankName | undefined;
    if (name !== undefined) pieces.push({ blank: name, text: parts[index + 2] ?? '' });
  }
  return pieces;
}

/** A text whose places are filled with what stands in them, and where the guest's service begins in it. */
export function filledIn(text: string): { readonly text: string; readonly serviceAt: number } {
  let filled = '';
  let serviceAt = 0;
  for (const piece of piecesOf(text)) {
    if (typeof piece !== 'string' && piece.blank === 'start') serviceAt = filled.length;
    filled += typeof piece === 'string' ? piece : piece.text;
  }
  return { text: filled, serviceAt };
}
