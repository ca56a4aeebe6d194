import type { OptionDoc } from '../option';

/** Options by their path below a set, written short. */
export type ShortRows = Readonly<Record<string, ShortRow>>;
export type ShortRow = readonly [
  type: string,
  description: string,
  more?: Partial<Omit<OptionDoc, 'path' | 'source'>>,
];

/**
 * The options of a set.
 * @param set its path; null for rows with whole paths
 * @param source where all of them come from
 */
export function optionsOf(set: string | null, source: string, rows: ShortRows): OptionDoc[] {
  return Object.entries(rows).map(([name, [type, description, more = {}]]) => ({
    path: set === null ? name : `${set}.${name}`,
    type,
    description,
    ...more,
    source,
  }));
}
