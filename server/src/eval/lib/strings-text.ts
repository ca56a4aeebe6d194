import { baseName } from '../../nix/paths';
import { byteLength } from '../builtins/bytes';
import { fail, unknown, type Call, type PathValue } from '../value';
import type { Thunk } from '../thunk';
import { interpolated } from './support';

/** nixpkgs lib/strings.nix: what it does with plain texts. */

/** What is known of the text that a path gets in the store: all but its hash. */
const STORE = '/nix/store/';
const HASH_LENGTH = 32;
const HASH_CHARACTER = /[0-9a-df-np-sv-z]/;

function inStore({ path }: PathValue): (string | null)[] {
  const hash = Array.from({ length: HASH_LENGTH }, () => null);
  return [...Array.from(STORE), ...hash, ...Array.from(`-${baseName(path)}`)];
}

/** Whether a text stands at a place of another; null when that depends on the hash. */
function standsAt(
  place: number,
  wanted: readonly string[],
  whole: readonly (string | null)[],
): boolean | null {
  if (place < 0 || place + wanted.length > whole.length) return false;
  let certain = true;
  for (const [index, character] of wanted.entries()) {
    const there = whole[place + index] ?? null;
    if (there === null ? !HASH_CHARACTER.test(character) : there !== character) return false;
    if (there === null) certain = false;
  }
  return certain ? true : null;
}

function known(answer: boolean | null, value: PathValue, call: Call): boolean {
  return (
    answer ??
    unknown('external', `${value.path} is copied into the store, whose address is not known`, call.at)
  );
}

/** Whether a text starts with another; of a path, the text it gets in the store. */
export function hasPrefix(prefix: Thunk, content: Thunk, call: Call): boolean {
  const start = interpolated(prefix, call);
  const value = content.force();
  if (value.type !== 'path') return interpolated(content, call).startsWith(start);
  return known(standsAt(0, Array.from(start), inStore(value)), value, call);
}

/** Whether a text ends with another; of a path, the text it gets in the store. */
export function hasSuffix(suffix: Thunk, content: Thunk, call: Call): boolean {
  const end = Array.from(interpolated(suffix, call));
  const value = content.force();
  if (value.type !== 'path') return interpolated(content, call).endsWith(end.join(''));
  const whole = inStore(value);
  return known(standsAt(whole.length - end.length, end, whole), value, call);
}

/** Whether a text stands in another; of a path, the text it gets in the store. */
export function hasInfix(infix: string, content: Thunk, call: Call): boolean {
  const value = content.force();
  if (value.type !== 'path') return interpolated(content, call).includes(infix);
  const [wanted, whole] = [Array.from(infix), inStore(value)];
  const answers = whole.map((_character, place) => standsAt(place, wanted, whole));
  return known(answers.includes(true) || (answers.includes(null) ? null : false), value, call);
}

export function toLower(value: string): string {
  return value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function toUpper(value: string): string {
  return value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

export function toSentenceCase(value: string): string {
  return toUpper(value.slice(0, 1)) + toLower(value.slice(1));
}

export function toCamelCase(value: string): string {
  const [first = '', ...rest] = value.split(/[-_ ]/).flatMap((part) => part.split(/(?<=[a-z])(?=[A-Z])/));
  return toLower(first) + rest.map(toSentenceCase).join('');
}

/** `trim` and `trimWith`. */
export function trim(value: string, start: boolean, end: boolean): string {
  const from = start ? value.replace(/^[ \t\r\n]+/, '') : value;
  return end ? from.replace(/[ \t\r\n]+$/, '') : from;
}

/** `fixedWidthString`. */
export function fixedWidth(width: bigint, filler: string, value: string, call: Call): string {
  const length = BigInt(byteLength(value));
  const step = BigInt(byteLength(filler));
  let left = width;
  let prefix = '';
  for (;;) {
    if (length > left) {
      return fail(
        'throw',
        `fixedWidthString: requested string length (${left}) must not be shorter than actual length (${length})`,
        call.at,
      );
    }
    if (length === left) return prefix + value;
    if (step === 0n) return fail('abort', 'stack overflow (possible infinite recursion)', call.at);
    call.machine.spend(1);
    prefix += filler;
    left -= step;
  }
}

const INT_LIMIT = 1n << 63n;

function integer(digits: string, name: string, shown: string, call: Call): bigint {
  const value = BigInt(digits);
  if (value < -INT_LIMIT || value >= INT_LIMIT)
    return fail('throw', `${name}: Could not convert ${shown} to int.`, call.at);
  return value;
}

/** `toInt`. */
export function toInt(value: string, shown: string, call: Call): bigint {
  const digits = /^[ \t\n\v\f\r]*(-?[0-9]+)[ \t\n\v\f\r]*$/.exec(value)?.[1];
  if (digits === undefined) return fail('throw', `toInt: Could not convert ${shown} to int.`, call.at);
  if (/^0[0-9]+$/.test(digits)) {
    return fail(
      'throw',
      `toInt: Ambiguity in interpretation of ${shown} between octal and zero padded integer.`,
      call.at,
    );
  }
  if (/^-0[0-9]+$/.test(digits)) return fail('type', `toInt: ${shown} is no number in JSON`, call.at);
  return integer(digits, 'toInt', shown, call);
}

/** `toIntBase10`. */
export function toIntBase10(value: string, shown: string, call: Call): bigint {
  const digits = /^[ \t\n\v\f\r]*0*(-?[0-9]+)[ \t\n\v\f\r]*$/.exec(value)?.[1];
  if (digits === undefined) return fail('throw', `toIntBase10: Could not convert ${shown} to int.`, call.at);
  if (/^-0[0-9]+$/.test(digits)) return fail('type', `toIntBase10: ${shown} is no number in JSON`, call.at);
  return integer(digits, 'toIntBase10', shown, call);
}

/** `sanitizeDerivationName`. */
export function derivationName(value: string): string {
  if (byteLength(value) <= 207 && /^[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]*$/.test(value)) return value;
  const name = value
    .replace(/^\.*/, '')
    .replace(/[^A-Za-z0-9+._?=-]+/g, '-')
    .slice(-207);
  return name === '' ? 'unknown' : name;
}

/** How many edits make one byte string of another. */
export function levenshtein(a: string, b: string, call: Call): number {
  call.machine.spend(a.length * b.length);
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, change));
    }
    row = next;
  }
  return row[b.length] as number;
}

export function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

export function commonSuffix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length])
    length++;
  return length;
}
