import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Range } from '../nix/positions';
import { writeAttrPath } from '../nix/write';
import { formerNamesBelow, formerOption, type FormerOption } from '../schema/former';
import { hostOptions, isPlaceholder, lookupOption, optionsBelow } from '../schema/lookup';
import { namesOf } from '../schema/path-table';
import { retiredKey, retiredNamesBelow, type RetiredKey } from '../schema/traefik/retired';
import { traefikNode, traefikRoot } from '../schema/traefik/tree';
import { RANK, type Candidate } from './completion/candidate';
import { attributeName } from './completion/option-snippets';
import { tablePath, traefikPlace, type OptionPath } from './cursor/place';
import type { Inline, Paragraph } from './markdown';
import { optionParagraphs } from './option-documentation';

/** What is written where NixOS or Traefik does not look for it any more, or never did. */

/** What became of an option of an older NixOS, or where a key of Traefik belongs; nothing for what is in its place. */
export function formerParagraphs(path: OptionPath): readonly Paragraph[] {
  // What is written in a set that was an option once is gone with it.
  for (let length = path.length; length >= 2; length--) {
    const own = path.slice(0, length);
    const former = pathsOf(own)
      .map(formerOption)
      .find((found) => found !== null);
    if (former != null) return describe(own, former);
  }
  const retired = retiredParagraphs(path);
  if (retired.length > 0) return retired;
  const place = belongsTo(path);
  if (place === null) return [];
  const doc = lookupOption(hostOptions(), tablePath(place.path))?.doc;
  return [
    {
      pieces: [
        'Traefik does not read ',
        { code: place.key },
        ' from ',
        { code: `${place.here}ConfigOptions` },
        ' and says nothing of it: it belongs into ',
        { code: `${place.there}ConfigOptions` },
        '.',
      ],
    },
    ...(doc === undefined ? [] : optionParagraphs(doc)),
  ];
}

/** A key that Traefik had, or one inside it. */
function retiredParagraphs(path: OptionPath): Paragraph[] {
  const place = traefikPlace(path);
  if (place === null) return [];
  const { part, below } = place;
  for (let length = below.length; length > 0; length--) {
    const name = below[length - 1] ?? '*';
    const parent = traefikNode(part, namesIn(below.slice(0, length - 1)));
    const key =
      parent === null ? null : retiredKey(part, parent.path === '' ? name : `${parent.path}.${name}`);
    if (key === null) continue;
    const own = path.slice(0, path.length - below.length + length);
    return [
      { pieces: [{ code: writeAttrPath(namesIn(own)) }] },
      { pieces: [`Traefik has it no more since ${key.since}${EFFECTS[key.effect]}. ${key.instead}`] },
    ];
  }
  return [];
}

const EFFECTS: Readonly<Record<RetiredKey['effect'], string>> = {
  refused: ', and refuses to start with it',
  overlooked: ', and overlooks it',
  'still read': ', though it still reads it',
};

function namesIn(path: OptionPath): string[] {
  return path.map((name) => name ?? '*');
}

function describe(path: OptionPath, { to, release, effect, instead }: FormerOption): Paragraph[] {
  const title: Paragraph = { pieces: [{ code: writeAttrPath(path.map((name) => name ?? '…')) }] };
  const since = release === null ? '' : ` since NixOS ${release}`;
  const doc = to === null ? undefined : lookupOption(hostOptions(), namesOf(to))?.doc;
  const words: Inline[] =
    to === null
      ? [`NixOS has no such option${since}. `, instead ?? '']
      : [
          `It is called `,
          { code: to },
          `${since}${effect === 'refused' ? '; the old name is refused.' : '.'}`,
          ...(instead === null ? [] : [` ${instead}`]),
        ];
  return [title, { pieces: words }, ...(doc === undefined ? [] : optionParagraphs(doc))];
}

/**
 * Names that are there no more, or have no effect here: for whoever has begun to write one, behind everything else.
 * @param typed the letters before the cursor
 */
export function formerCandidates(
  path: OptionPath,
  typed: string,
  range: Range,
  quoted: boolean,
): Candidate[] {
  const begun = typed.toLowerCase();
  const candidate = (name: string, detail: string): Candidate => ({
    label: name,
    kind: CompletionItemKind.Property,
    range,
    newText: attributeName(name, quoted),
    detail,
    option: [...path, name],
    rank: RANK.alreadySet,
    deprecated: true,
  });
  const misplaced = belongsTo(path);
  const inside = misplaced === null ? [] : optionsBelow(hostOptions(), tablePath(misplaced.path));
  const isBegun = (name: string): boolean =>
    begun.length >= LEAST_TYPED && name.toLowerCase().startsWith(begun);
  const former = pathsOf(path).flatMap((own) =>
    formerNamesBelow(own)
      .filter(isBegun)
      .map((name) =>
        formerOption([...own, name]) === null
          ? // A set may hold other options beside those that are gone.
            { ...candidate(name, 'options'), kind: CompletionItemKind.Module, deprecated: false }
          : candidate(name, 'a former option'),
      ),
  );
  const place = traefikPlace(path);
  const parent = place === null ? null : traefikNode(place.part, namesIn(place.below));
  const keys = place === null || parent === null ? [] : retiredNamesBelow(place.part, parent.path);
  return [
    ...inside.flatMap(({ segment }) =>
      isPlaceholder(segment) ? [] : [candidate(segment, 'Traefik ignores it here')],
    ),
    ...former,
    ...keys.filter(isBegun).map((name) => candidate(name, 'a former key')),
  ];
}

const LEAST_TYPED = 2;

/** A path from the host's root, and from that of the guest it is in. */
function pathsOf(path: OptionPath): string[][] {
  const names = namesIn(path);
  return names[0] === 'containers' && names[2] === 'config' ? [names, names.slice(3)] : [names];
}

interface Belongs {
  /** The key at the root. */
  readonly key: string;
  readonly here: 'static' | 'dynamic';
  readonly there: 'static' | 'dynamic';
  /** The same path in the configuration that has it. */
  readonly path: OptionPath;
}

/** Where a key of Traefik's configuration belongs that stands in the other one; null for one in its place. */
function belongsTo(path: OptionPath): Belongs | null {
  const place = traefikPlace(path);
  const [key] = place?.below ?? [];
  if (place === null || key == null) return null;
  const here = place.part;
  const there = here === 'static' ? 'dynamic' : 'static';
  const lower = key.toLowerCase();
  if (traefikRoot(here).keys.has(lower) || !traefikRoot(there).keys.has(lower)) return null;
  const root = path.slice(0, path[0] === 'containers' ? 5 : 2);
  return { key, here, there, path: [...root, `${there}ConfigOptions`, ...place.below] };
}
