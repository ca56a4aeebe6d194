import { attempt, inspect, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Value } from '../eval/value';
import type { Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import { writeString } from '../nix/write';
import { shownFile } from './container-summary';
import type { Inline } from './markdown';

/** Values and places in words. */

/** A line that a person looks at, from 0. */
export interface LineInView {
  readonly file: string;
  readonly line: number;
}

/** A place as it is shown: `containers/immich.nix:33`. */
export function placeName(host: Host, { file, line }: Spot): Inline {
  return { code: `${shownFile(file, host)}:${line + 1}` };
}

/** A short value as text; null for what is none, or not known. */
export function scalar(value: Value | Unknown | Failure): string | null {
  if (value instanceof Unknown || value instanceof Failure) return null;
  switch (value.type) {
    case 'string':
      // A text may be known by what it names only, and then has no letters to show.
      return value.unknownText === undefined ? value.text : null;
    case 'path':
      return value.path;
    case 'int':
    case 'float':
    case 'bool':
      return String(value.value);
    default:
      return null;
  }
}

const LONGEST = 120;

/** A value on one line: a text, a number, a short list of such; null for others. */
export function shortValue(value: ReturnType<typeof inspect>): string | null {
  if (value instanceof Unknown || value instanceof Failure) return null;
  if (value.type !== 'list') return scalar(value);
  if (value.open !== null) return null;
  const items = value.items.map((item: Thunk) => listed(inspect(item)));
  if (items.some((item) => item === null)) return null;
  const text = `[ ${items.join(' ')} ]`;
  return items.length === 0 || text.length > LONGEST ? null : text;
}

/** A short value as an element of a list, as Nix has it there. */
function listed(value: ReturnType<typeof inspect>): string | null {
  const text = scalar(value);
  return text === null || value instanceof Unknown || value instanceof Failure || value.type !== 'string'
    ? text
    : writeString(text);
}

const MOST_NAMES = 8;

/** A value that is too long to show: what sort of thing it is, and the names in a set. */
export function sortInWords(value: Value): readonly Inline[] {
  switch (value.type) {
    case 'attrs': {
      const names = attempt(() => [...value.entries.keys()]);
      if (!Array.isArray(names) || names.length === 0 || value.entries.has('_type')) return ['a set'];
      const shown = names.slice(0, MOST_NAMES);
      const more = names.length - shown.length;
      return [
        'a set of ',
        ...shown.flatMap((name, number): Inline[] => [number === 0 ? '' : ', ', { code: name }]),
        ...(more > 0
          ? [` and ${more} others`]
          : value.open === null
            ? []
            : [' and others that are not known']),
      ];
    }
    case 'list':
      return [value.open === null ? `a list of ${value.items.length}` : 'a list'];
    case 'lambda':
    case 'primop':
      return ['a function'];
    default:
      return [value.type === 'null' ? { code: 'null' } : 'not a text'];
  }
}
