import type { OptionNode } from '../eval/modules/option-node';
import { writtenDefinitions } from '../eval/modules/written-definitions';
import { sourceOf, type Part, type Source } from '../eval/provenance';
import { attempt, inspect } from '../eval/thunk';
import { traced } from '../eval/tracing';
import { Failure, Unknown } from '../eval/value';
import { locate, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { onHost, shownFile } from './container-summary';
import type { Inline, Paragraph } from './markdown';
import { placeName, shortValue, type LineInView } from './value-words';

/** A value with where it comes from: every place on the way, and what it is put together from. */

const MOST_PARTS = 6;

/**
 * The value of an option, where there is more to say than what stands on the line in view.
 * @param always whether to say it also where that line is all there is
 * @param partsOf what else the value is put together from
 */
export function optionValueParagraphs(
  homelab: Homelab,
  host: Host,
  node: OptionNode,
  view: LineInView | null,
  always: boolean,
  partsOf: (source: Source) => readonly Paragraph[],
): Paragraph[] {
  const value = inspect(node.value);
  if (value instanceof Failure) return [];
  if (value instanceof Unknown)
    return always
      ? [{ pieces: ['Value', ...onHost(host), ': not known, ', { quoted: value.reason }, '.'] }]
      : [];
  const shown = shortValue(value);
  if (shown === null) return [];
  const written = attempt(() => writtenDefinitions(node));
  const definitions = Array.isArray(written) ? written : [];
  const others = definitions.filter(
    ({ state, isDefault }) => !isDefault && state !== 'counts' && typeof state !== 'object',
  );
  const source = sourceOfOption(node);
  const chain = source === null ? null : describeSource(homelab, host, source, view);
  const parts = source === null || chain === null ? [] : [...chain.parts, ...partsOf(source)];
  if (!always && others.length === 0 && (chain === null || chain.places.length === 0) && parts.length === 0)
    return [];
  return [
    { pieces: ['Value', ...onHost(host), ': ', { code: shown }, ...(chain?.places ?? []), '.'] },
    ...parts,
    ...others.flatMap(({ at, state }): Paragraph[] => {
      const spot = locate(homelab, at);
      return spot === null
        ? []
        : [
            {
              bullet: true,
              pieces: [
                'Not used: ',
                placeName(host, spot),
                state === 'switched off' ? ', its condition is false.' : ', overridden.',
              ],
            },
          ];
    }),
  ];
}

/** Where the value of an option comes from; null where that cannot be told. */
export function sourceOfOption(node: OptionNode): Source | null {
  const source = attempt(() => traced(() => sourceOf(node.value)));
  return source instanceof Unknown || source instanceof Failure ? null : source;
}

interface Described {
  /** `, from containers/immich.nix:33, through constants.nix:7`, without the line in view. */
  readonly places: readonly Inline[];
  /** What it is put together from, as far as that is written elsewhere. */
  readonly parts: readonly Paragraph[];
}

/** Where a value comes from, in words. */
export function describeSource(
  homelab: Homelab,
  host: Host,
  source: Source,
  view: LineInView | null,
): Described {
  return {
    places: placesOf(homelab, host, source, view),
    parts: shownParts(homelab, host, source, lastOf(homelab, source) ?? view),
  };
}

/** The line that a chain of places ends at; null where that is none of the repository's. */
function lastOf(homelab: Homelab, { through }: Source): LineInView | null {
  const spots = through.flatMap((node) => locate(homelab, node) ?? []);
  return spots.at(-1) ?? null;
}

/** Every place on the way; what ends in a default says so. */
function placesOf(
  homelab: Homelab,
  host: Host,
  { through, end }: Pick<Source, 'through' | 'end'>,
  view: LineInView | null,
): Inline[] {
  const names: string[] = [];
  for (const node of through) {
    const spot = locate(homelab, node);
    if (spot === null || (view?.file === spot.file && view.line === spot.line)) continue;
    const name = `${shownFile(spot.file, host)}:${spot.line + 1}`;
    if (names.at(-1) !== name) names.push(name);
  }
  const ending: Inline[] =
    end.kind === 'default'
      ? [', default of ', { code: end.option }]
      : end.kind === 'merged'
        ? [', merged from several definitions of ', { code: end.option }]
        : [];
  return [
    ...names.flatMap((name, number): Inline[] => [
      number === 0 ? ', from ' : number === 1 ? ', through ' : ', ',
      { code: name },
    ]),
    ...ending,
  ];
}

function shownParts(homelab: Homelab, host: Host, source: Source, view: LineInView | null): Paragraph[] {
  const shown = source.parts.flatMap((part) => partLine(homelab, host, part, view));
  const more = shown.length - MOST_PARTS + source.untold;
  return more > 0
    ? [...shown.slice(0, MOST_PARTS), { bullet: true, pieces: [`… and ${more} more.`] }]
    : shown;
}

function partLine(
  homelab: Homelab,
  host: Host,
  { label, source }: Part,
  view: LineInView | null,
): Paragraph[] {
  const shown =
    source.value instanceof Unknown || source.value instanceof Failure ? null : shortValue(source.value);
  const places = placesOf(homelab, host, source, view);
  if (shown === null || places.length === 0) return [];
  const name = typeof label === 'object' ? textOf(homelab, label) : typeof label === 'string' ? label : null;
  return [
    {
      bullet: true,
      pieces: [...(name === null ? [] : [{ code: name }, ' is ']), { code: shown }, ...places, '.'],
    },
  ];
}

function textOf(homelab: Homelab, node: Extract<Part['label'], object>): string | null {
  const file = homelab.files.parsed(node.anchor.source);
  const range = file?.rangeOf(node) ?? null;
  const text = range === null ? null : (file?.text.slice(range.start, range.end) ?? null);
  return text !== null && text.length <= 80 ? text : null;
}
