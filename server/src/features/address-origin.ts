import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import type { AddressUse, Host } from '../homelab/model';
import type { HomelabIndex } from './homelab-index';
import { literalParts } from './literal-parts';
import type { Paragraph } from './markdown';
import { describeSource, sourceOfOption } from './value-place';
import type { LineInView } from './value-words';

/**
 * Where an address option takes its value from, as far as that is not on the line in view: every place that it comes
 * through, and what it is put together from.
 */
export function describeOrigin(
  index: HomelabIndex,
  host: Host,
  { container, option, fact }: AddressUse,
  view: LineInView | null,
): readonly Paragraph[] {
  if (fact.kind !== 'known') return [];
  const node = attempt(() => container.system.option(option.split('.')));
  const source =
    node === null || node instanceof Unknown || node instanceof Failure ? null : sourceOfOption(node);
  if (source === null) return [];
  const { places, parts } = describeSource(index.homelab, host, source, view);
  return [
    ...(places.length === 0
      ? []
      : [{ bullet: true, pieces: ['Its value comes', ...withoutComma(places), '.'] }]),
    ...parts,
    ...literalParts(index, host, source),
  ];
}

/** `, from …` as it follows a verb. */
function withoutComma([first, ...rest]: Paragraph['pieces']): Paragraph['pieces'] {
  return typeof first === 'string'
    ? [first.replace(/^,/, ''), ...rest]
    : first === undefined
      ? rest
      : [first, ...rest];
}
