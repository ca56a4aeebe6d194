import { memoOf } from '../eval/computed';
import type { Location } from 'vscode-languageserver-types';
import type { Origin } from '../eval/value';
import { locate, type Homelab } from '../homelab/homelab';
import type { Container, ContainerDefinition } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import { linesOf, lspRange, type UriOf } from './positions';

/** Places in files, as the answers of requests need them. */

/** The places of some syntax, each once. */
export function spotsOf(homelab: Homelab, origins: readonly Origin[]): Spot[] {
  const spots = new Map<string, Spot>();
  for (const origin of origins) {
    const spot = locate(homelab, origin);
    if (spot !== null) spots.set(`${spot.file}\0${spot.range.start}`, spot);
  }
  return [...spots.values()];
}

/** A place as the protocol says it; null when the file has no text. */
export function locationOf(
  homelab: Homelab,
  { file, range }: Pick<Spot, 'file' | 'range'>,
  uriOf: UriOf,
): Location | null {
  const lines = linesOf(homelab.files, file);
  return lines === null ? null : { uri: uriOf(file), range: lspRange(lines, range) };
}

/**
 * Where a container is written as a container: not where another module only adds to what runs in it, unless nothing
 * else is there.
 */
export const ownDefinitions = memoOf(({ definitions }: Container): readonly ContainerDefinition[] => {
  const own = definitions.filter(({ options }) => options.some((name) => name !== 'config'));
  return own.length > 0 ? own : definitions;
});
