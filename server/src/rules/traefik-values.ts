import { inspect } from '../eval/thunk';
import { Failure, Unknown, type ListValue, type Value } from '../eval/value';
import type { TraefikField, TraefikScalar } from '../schema/traefik/field';
import type { TraefikNode } from '../schema/traefik/tree';

/**
 * Whether Traefik takes a value. It turns every scalar into text and reads that anew, so that `8080` and `"8080"`,
 * `true` and `"true"` are alike, and a text stands for a list of one. Source: paerser v0.2.2, file and parser.
 */

export type Outcome =
  /** Traefik refuses the whole file. */
  | 'file refused'
  /** Traefik reads the file and refuses what this is part of. */
  | 'refused'
  /** Traefik goes on as if it were not there. */
  | 'ignored'
  /** Traefik makes something else of it than is written. */
  | 'garbled';

export interface ValueProblem {
  /** What is wrong, as the end of a sentence that begins with the key. */
  readonly message: string;
  readonly outcome: Outcome;
  /** The Nix that would be right; null where only the author knows. */
  readonly mended: string | null;
}

/** What is wrong with a value; null where nothing is, or nothing can be told. */
export function valueProblem(node: TraefikNode, value: Value): ValueProblem | null {
  const { field } = node;
  if (field === null || isFilledInLater(value)) return null;
  switch (field.type) {
    case 'set':
    case 'map of set':
    case 'map of string':
    case 'map of integer':
      return setProblem(field, value);
    case 'list of set':
      return setListProblem(node, value);
    case 'anything':
      return null;
    default:
      return field.type.startsWith('list of ')
        ? listProblem(field.type.slice('list of '.length) as TraefikScalar, value)
        : (scalarProblem(field.type as TraefikScalar, value) ?? knownValueProblem(field, value));
  }
}

/** Whether a text holds what is filled in before Traefik reads it: `{{ … }}`, or `$NAME` from the environment. */
function isFilledInLater(value: Value): boolean {
  return value.type === 'string' && /\{\{|\}\}|\$/.test(value.text);
}

function refused(message: string, mended: string | null = null): ValueProblem {
  return { message, outcome: 'file refused', mended };
}

function ignored(message: string): ValueProblem {
  return { message, outcome: 'ignored', mended: null };
}

function setProblem(field: TraefikField, value: Value): ValueProblem | null {
  const wanted = field.type === 'set' ? 'a set of keys' : 'a set of names';
  if (value.type === 'list') {
    const first = value.items[0] === undefined ? null : valueOf(value.items[0]);
    if (first === null) return null;
    const message = `is ${wanted}, and this is a list`;
    if (field.type === 'map of string' || field.type === 'map of integer')
      return { message, outcome: 'garbled', mended: null };
    return field.emptyAllowed === true && first.type !== 'attrs' ? ignored(message) : refused(message);
  }
  const text = scalarText(value);
  if (text === null) return null;
  if (field.emptyAllowed !== true) return refused(`is ${wanted}, and this is ${kindOf(value)}`);
  return value.type === 'bool' || text === '' || text.toLowerCase() === 'true'
    ? null
    : ignored(`is ${wanted} or \`true\`, and this turns it off`);
}

function setListProblem(node: TraefikNode, value: Value): ValueProblem | null {
  if (scalarText(value) !== null) return ignored(`is a list of sets, and this is ${kindOf(value)}`);
  if (value.type === 'attrs') {
    const keys = [...value.entries].filter(([name]) => node.element?.keys.has(name.toLowerCase()) === true);
    const scalar = keys.some(([, { value: inner }]) => scalarText(valueOf(inner)) !== null);
    return scalar && keys.length === value.entries.size
      ? ignored('is a list of sets, and this is one of them without the list: put `[` and `]` around it')
      : null;
  }
  if (value.type !== 'list') return null;
  const scalar = firstScalar(value);
  return scalar === null ? null : ignored(`is a list of sets, and an element of this is ${kindOf(scalar)}`);
}

function firstScalar(value: ListValue): Value | null {
  for (const item of value.items) {
    const known = valueOf(item);
    if (known !== null && scalarText(known) !== null) return known;
  }
  return null;
}

function listProblem(scalar: TraefikScalar, value: Value): ValueProblem | null {
  if (value.type === 'attrs')
    return value.entries.size === 0 ? null : ignored('is a list, and this is a set');
  if (value.type !== 'list') {
    const problem = scalarProblem(scalar, value);
    return problem === null || scalar === 'string' || scalar === 'file or content' ? null : problem;
  }
  for (const item of value.items) {
    const known = valueOf(item);
    if (known === null) continue;
    if (known.type === 'attrs' || known.type === 'list')
      return refused(`is a list of texts, and an element of this is ${kindOf(known)}`);
  }
  return null;
}

function scalarProblem(scalar: TraefikScalar, value: Value): ValueProblem | null {
  const fits = PATTERNS[scalar];
  if (value.type === 'attrs') {
    const empty = value.entries.size === 0;
    if (empty && (fits === undefined || value.open !== null)) return null;
    return refused(`is ${WANTED[scalar]}, and this is a set`);
  }
  if (value.type === 'list') {
    const first = value.items[0] === undefined ? null : valueOf(value.items[0]);
    if (first === null) return null;
    const message = `is ${WANTED[scalar]}, and this is a list`;
    return fits === undefined && first.type !== 'attrs'
      ? { message, outcome: 'garbled', mended: null }
      : refused(message);
  }
  const text = scalarText(value);
  if (text === null || text === '') return null;
  if (fits === undefined || fits.test(text)) return null;
  const shown = value.type === 'string' ? `"${text}"` : text;
  return refused(`is ${WANTED[scalar]}, and ${shown} is none`, mendedScalar(scalar, text));
}

const WANTED: Readonly<Record<TraefikScalar, string>> = {
  string: 'a text',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
  duration: 'a time span such as `"30s"`, or a number of seconds',
  'file or content': 'a file or its content',
};

/** What Go reads as these. Source: Go's strconv.ParseBool, ParseInt and time.ParseDuration; paerser types.Duration. */
const PATTERNS: Readonly<Partial<Record<TraefikScalar, RegExp>>> = {
  boolean: /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/,
  integer: /^[-+]?\d+$/,
  number: /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/,
  duration: /^[-+]?(?:\d+|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/,
};

function mendedScalar(scalar: TraefikScalar, text: string): string | null {
  const lower = text.toLowerCase();
  if (scalar === 'boolean' && ['yes', 'on'].includes(lower)) return 'true';
  if (scalar === 'boolean' && ['no', 'off'].includes(lower)) return 'false';
  const days = /^(\d+)d$/.exec(text)?.[1];
  if (scalar === 'duration' && days !== undefined) return `"${Number(days) * 24}h"`;
  const spaced = text.replace(/\s+/g, '');
  return scalar === 'duration' && PATTERNS.duration?.test(spaced) === true ? `"${spaced}"` : null;
}

/** A value that is none of the few that Traefik knows. */
function knownValueProblem(field: TraefikField, value: Value): ValueProblem | null {
  const text = scalarText(value);
  const { values, otherValues } = field;
  if (values === undefined || otherValues === undefined || text === null || text === '') return null;
  const same = values.find((known) => String(known).toLowerCase() === text.toLowerCase());
  if (same !== undefined && (field.exactCase !== true || String(same) === text)) return null;
  const all = values.map((known) => (typeof known === 'number' ? String(known) : `"${known}"`));
  const versions = String(values[0]).startsWith('VersionTLS');
  const meant = same ?? (versions ? tlsVersion(text) : undefined);
  return {
    message: `is one of ${all.join(', ')}, and "${text}" is none of them`,
    outcome: otherValues,
    mended: meant === undefined ? null : typeof meant === 'number' ? String(meant) : `"${meant}"`,
  };
}

function tlsVersion(text: string): string | undefined {
  const minor = /^(?:version)?[\s_-]*(?:tls)?[\s_v-]*1?[._]?([0-3])$/i.exec(text)?.[1];
  return minor === undefined ? undefined : `VersionTLS1${minor}`;
}

/** A scalar as the text that Traefik makes of it; null for other values. */
function scalarText(value: Value | null): string | null {
  switch (value?.type) {
    case 'string':
      return value.text;
    case 'path':
      return value.path;
    case 'int':
    case 'bool':
      return String(value.value);
    case 'float':
      return String(value.value);
    default:
      return null;
  }
}

function kindOf(value: Value | null): string {
  switch (value?.type) {
    case 'attrs':
      return 'a set';
    case 'list':
      return 'a list';
    case 'bool':
      return 'a Boolean';
    case 'int':
    case 'float':
      return 'a number';
    default:
      return 'a text';
  }
}

function valueOf(thunk: Parameters<typeof inspect>[0]): Value | null {
  const value = inspect(thunk);
  return value instanceof Unknown || value instanceof Failure ? null : value;
}
