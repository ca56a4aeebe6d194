import { forceInt, forceItems, forceString } from '../arguments';
import { coerceToString } from '../coerce';
import { bool, int, list, listOf, nullValue, record, string } from '../construct';
import { define, type FunctionTable } from '../primop';
import type { Thunk } from '../thunk';
import { fail, unknown, type Call, type Value } from '../value';
import { byteLength, fromBytes, toBytes } from './bytes';
import { InvalidRegex, Regex, type Match, type Span } from './regex';

const compiled = new Map<string, Regex | null>();
const MOST_COMPILED = 1000;

function regexOf(thunk: Thunk, call: Call): Regex {
  const source = forceString(thunk, call);
  let regex = compiled.get(source);
  if (regex === undefined) {
    try {
      regex = new Regex(toBytes(source));
    } catch (problem) {
      if (!(problem instanceof InvalidRegex)) throw problem;
      regex = null;
    }
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(source, regex);
  }
  return regex ?? fail('type', `invalid regular expression '${source}'`, call.at);
}

/** How many steps one match may take, beside some for each byte of the text. */
const MOST_STEPS = 200_000;

/** Counts the work of one match, which a nested repetition can make endless. */
function spender(text: string, call: Call): (steps: number) => void {
  let left = MOST_STEPS + 50 * text.length;
  return (steps) => {
    left -= steps;
    call.machine.spend(steps);
    if (left < 0) return unknown('budget', 'a regular expression takes too long', call.at);
  };
}

function matching<T>(run: () => T, call: Call): T {
  try {
    return run();
  } catch (problem) {
    if (problem instanceof RangeError)
      return unknown('budget', 'a regular expression needs too much recursion', call.at);
    throw problem;
  }
}

function groupsOf(match: Match, text: string, call: Call): Value {
  const part = (span: Span | null): Value =>
    span === null ? nullValue() : string(fromBytes(text.slice(...span), call));
  return listOf(match.groups.map(part), call.at);
}

function split(call: Call, pattern: Thunk, subject: Thunk): Value {
  const regex = regexOf(pattern, call);
  const text = toBytes(forceString(subject, call));
  const matches = matching(() => regex.matches(text, spender(text, call)), call);
  if (matches.length === 0) return list([subject], call.at);
  const parts: Value[] = [];
  let from = 0;
  for (const match of matches) {
    parts.push(string(fromBytes(text.slice(from, match.whole[0]), call)), groupsOf(match, text, call));
    from = match.whole[1];
  }
  parts.push(string(fromBytes(text.slice(from), call)));
  return listOf(parts, call.at);
}

function replaceStrings(call: Call, from: Thunk, to: Thunk, subject: Thunk): Value {
  const wanted = forceItems(from, call);
  const replacements = forceItems(to, call);
  if (wanted.length !== replacements.length) {
    return fail(
      'type',
      "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
      call.at,
    );
  }
  const patterns = wanted.map((item) => toBytes(forceString(item, call)));
  const firsts = new Set(patterns.map((pattern) => pattern.charAt(0)));
  const text = toBytes(forceString(subject, call));
  call.machine.spend(text.length);
  let result = '';
  for (let at = 0; at <= text.length;) {
    const here = text.charAt(at);
    const found =
      firsts.has('') || firsts.has(here) ? patterns.findIndex((pattern) => text.startsWith(pattern, at)) : -1;
    const pattern = patterns[found] ?? '';
    if (found >= 0) result += toBytes(forceString(replacements[found] as Thunk, call));
    if (pattern === '') result += here;
    at += pattern.length || 1;
  }
  return string(fromBytes(result, call), call.at);
}

function substring(call: Call, start: Thunk, length: Thunk, subject: Thunk): Value {
  const from = forceInt(start, call);
  if (from < 0n) return fail('type', "negative start position in 'substring'", call.at);
  const count = forceInt(length, call);
  const value = subject.force();
  const text =
    value.type === 'string' ? value.text : coerceToString(value, call.at, call.machine, { copyPaths: true });
  const bytes = toBytes(text);
  const end = count < 0n ? bytes.length : Number(from + count);
  return string(fromBytes(bytes.slice(Number(from), end), call), call.at);
}

/** String contexts are not followed: what they would come from is unknown, so that a known string has none. */
const withoutContext = (name: string): FunctionTable[string] =>
  define(name, 1, (call, text) => {
    const value = text.force();
    return value.type === 'string'
      ? value
      : string(coerceToString(value, call.at, call.machine, { copyPaths: true }), call.at);
  });

export const STRINGS: FunctionTable = {
  toString: define('toString', 1, (call, value) => {
    const known = value.force();
    if (known.type === 'string') return known;
    return string(
      coerceToString(known, call.at, call.machine, { copyPaths: false, anything: true }),
      call.at,
    );
  }),
  stringLength: define('stringLength', 1, (call, text) =>
    int(byteLength(coerceToString(text.force(), call.at, call.machine, { copyPaths: true })), call.at),
  ),
  substring: define('substring', 3, substring),
  concatStringsSep: define('concatStringsSep', 2, (call, separator, items) => {
    const between = forceString(separator, call);
    const texts = forceItems(items, call).map((item) =>
      coerceToString(item.force(), call.at, call.machine, { copyPaths: true }),
    );
    return string(texts.join(between), call.at);
  }),
  replaceStrings: define('replaceStrings', 3, replaceStrings),
  match: define('match', 2, (call, pattern, subject) => {
    const regex = regexOf(pattern, call);
    const text = toBytes(forceString(subject, call));
    const match = matching(() => regex.matchWhole(text, spender(text, call)), call);
    return match === null ? nullValue(call.at) : groupsOf(match, text, call);
  }),
  split: define('split', 2, split),
  hasContext: define('hasContext', 1, (call, text) => {
    forceString(text, call);
    return bool(false, call.at);
  }),
  getContext: define('getContext', 1, (call, text) => {
    forceString(text, call);
    return record({}, call.at);
  }),
  unsafeDiscardStringContext: withoutContext('unsafeDiscardStringContext'),
  unsafeDiscardOutputDependency: withoutContext('unsafeDiscardOutputDependency'),
  addDrvOutputDependencies: define('addDrvOutputDependencies', 1, (call, text) => {
    const known = coerceToString(text.force(), call.at, call.machine, { copyPaths: true });
    return fail('type', `context of string '${known}' must have exactly one element, but has 0`, call.at);
  }),
};
