import type { Plain } from '../option';

/** A row of Traefik's tables: what is known of one key of its configuration, and of the keys below it. */

export type TraefikScalar =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'number'
  /** `"30s"`, `"1m30s"`, or a number of seconds. */
  | 'duration'
  /** A file's path, or what the file would hold. */
  | 'file or content';

export type TraefikType =
  | TraefikScalar
  | `list of ${TraefikScalar}`
  | 'map of string'
  | 'map of integer'
  | 'set'
  | 'list of set'
  | 'map of set'
  /** Keys that these tables do not list. */
  | 'anything';

/** What a key's value names, in the same Traefik. */
export type TraefikReference =
  | 'entry point'
  | 'router'
  | 'service'
  | 'middleware'
  | 'certificate resolver'
  | 'TLS options'
  | 'servers transport';

/** Keys by the name that Traefik's manual writes; Traefik reads them without regard to case. */
export type TraefikFields = Readonly<Record<string, TraefikField>>;

export interface TraefikField {
  readonly type: TraefikType;
  /** What it does: complete sentences in our own words, Markdown. */
  readonly description: string;
  readonly default?: Plain;
  /** The default in words, where it is computed. */
  readonly defaultText?: string;
  /** The values that Traefik knows, where these are few; for a list, those of its elements. */
  readonly values?: readonly (string | number)[];
  /** How a value that is none of `values` is taken: Traefik refuses it, or goes on as if it were not there. */
  readonly otherValues?: 'refused' | 'ignored';
  /** Whether Traefik tells upper case from lower in these values; otherwise that is not known, or it does not. */
  readonly exactCase?: boolean;
  /** Whether `{ }` is a value of its own; where it is not, Traefik refuses the whole file for it. */
  readonly emptyAllowed?: boolean;
  readonly required?: boolean;
  readonly references?: TraefikReference;
  readonly pitfall?: string;
  /** Since when it should not be used any more, and what to write instead. */
  readonly deprecated?: string;
  /** Made by Traefik itself; not for users. */
  readonly internal?: boolean;
  readonly example?: string;
  /** The page of Traefik's manual below `https://doc.traefik.io/traefik/`; without one, that of the key around it. */
  readonly manual?: string;
  /** For a set, a list of sets and a map of sets: the keys inside. */
  readonly fields?: TraefikFields;
  /** For a map: what one of its names stands for. */
  readonly entry?: string;
}

type More = Omit<TraefikField, 'type' | 'description' | 'fields'>;

/** A text. */
export function text(description: string, more: More = {}): TraefikField {
  return { type: 'string', description, ...more };
}

/** A yes or no. */
export function flag(description: string, plain?: boolean, more: More = {}): TraefikField {
  return { type: 'boolean', description, ...(plain === undefined ? {} : { default: plain }), ...more };
}

/** A whole number. */
export function whole(description: string, plain?: number, more: More = {}): TraefikField {
  return { type: 'integer', description, ...(plain === undefined ? {} : { default: plain }), ...more };
}

/** A time span. */
export function time(description: string, plain?: string, more: More = {}): TraefikField {
  return { type: 'duration', description, ...(plain === undefined ? {} : { default: plain }), ...more };
}

/** A list of texts. */
export function texts(description: string, more: More = {}): TraefikField {
  return { type: 'list of string', description, ...more };
}

/** A certificate or key: a file's path, or its text. */
export function material(description: string, more: More = {}): TraefikField {
  return { type: 'file or content', description, ...more };
}

/** Certificates: paths of files, or their texts. */
export function materials(description: string, more: More = {}): TraefikField {
  return { type: 'list of file or content', description, ...more };
}

/** Texts by names that the user chooses. */
export function pairs(description: string, more: More = {}): TraefikField {
  return { type: 'map of string', description, ...more };
}

/** Keys inside a key. */
export function set(description: string, fields: TraefikFields, more: More = {}): TraefikField {
  return { type: 'set', description, fields, ...more };
}

/** A list whose elements have keys. */
export function sets(description: string, fields: TraefikFields, more: More = {}): TraefikField {
  return { type: 'list of set', description, fields, ...more };
}

/** Sets by names that the user chooses; `entry` says what such a name stands for. */
export function named(
  description: string,
  entry: string,
  fields: TraefikFields,
  more: More = {},
): TraefikField {
  return { type: 'map of set', description, entry, fields, ...more };
}
