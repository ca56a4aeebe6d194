import { forceAttrs, forceItems, forceString, sortedEntries } from '../arguments';
import { bool, list, string } from '../construct';
import { define } from '../primop';
import { ready, type Thunk } from '../thunk';
import { fail, type Call, type Value } from '../value';
import { callBuiltin, text, textOf, type LibTable } from './support';

/** nixpkgs lib/strings.nix: texts that are quoted or escaped for another language. */

const KEYWORDS: ReadonlySet<string> = new Set([
  'assert',
  'else',
  'if',
  'in',
  'inherit',
  'let',
  'or',
  'rec',
  'then',
  'with',
]);

/** `escapeNixString`. */
export function quoted(value: Thunk, call: Call): string {
  return forceString(ready(callBuiltin('toJSON', call, value)), call).replaceAll('$', '\\$');
}

/** `escapeNixIdentifier`: an attribute's name as Nix writes it, quoted where it has to be. */
export function quotedIdentifier(name: string, call: Call): string {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) && !KEYWORDS.has(name)
    ? name
    : quoted(text(name, call), call);
}

/** `escapeShellArg`. */
export function shellArgument(value: Thunk, call: Call): string {
  const argument = textOf(value, call);
  return /^[A-Za-z0-9,._+:@%/-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

export function shellArguments(items: Thunk, call: Call): string {
  return forceItems(items, call)
    .map((item) => shellArgument(item, call))
    .join(' ');
}

/** Replaces characters one by one; `null` leaves one as it is. */
function eachCharacter(value: string, replace: (character: string) => string | null): string {
  let result = '';
  for (const character of value) result += replace(character) ?? character;
  return result;
}

const XML: Readonly<Record<string, string>> = {
  '"': '&quot;',
  "'": '&apos;',
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
};

export function escapeXml(value: string): string {
  return eachCharacter(value, (character) => XML[character] ?? null);
}

const REGEX_SPECIAL = '\\[{()^$?*+|.';

export function escapeRegex(value: string): string {
  return eachCharacter(value, (character) => (REGEX_SPECIAL.includes(character) ? `\\${character}` : null));
}

/** The characters of nixpkgs' lib/ascii-table.nix. */
const IN_TABLE = /^[\t\n\r -~]$/;

function escapeUrl(value: string): string {
  return eachCharacter(value, (character) =>
    !IN_TABLE.test(character) || /[A-Za-z0-9\-_.~]/.test(character) ? null : `%${hex(character)}`,
  );
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

/** `escape`: puts a backslash before each of some texts. */
export function escape(what: Thunk, call: Call, value: Thunk): Value {
  return callBuiltin(
    'replaceStrings',
    call,
    what,
    replacements(what, call, (character) => `\\${character}`),
    value,
  );
}

function replacements(what: Thunk, call: Call, replace: (character: string) => string): Thunk {
  return ready(
    list(
      forceItems(what, call).map((item) => text(replace(forceString(item, call)), call)),
      call.at,
    ),
  );
}

/** `isStringLike`. */
export function isStringLike(value: Value): boolean {
  if (value.type === 'string' || value.type === 'path') return true;
  return value.type === 'attrs' && (value.entries.has('outPath') || value.entries.has('__toString'));
}

function shellVariable(name: string, value: Thunk, call: Call): string {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
    return fail('throw', `toShellVar: ${name} is not a valid shell variable name`, call.at);
  const content = value.force();
  if (content.type === 'attrs' && !isStringLike(content)) {
    const items = sortedEntries(content, call).map(
      ([key, item]) => `[${shellArgument(text(key, call), call)}]=${shellArgument(item.value, call)}`,
    );
    return `declare -A ${name}=(${items.join(' ')})`;
  }
  if (content.type === 'list') return `declare -a ${name}=(${shellArguments(value, call)})`;
  return `${name}=${shellArgument(value, call)}`;
}

/** `charToInt`. */
export function charCode(character: string, call: Call): number {
  return IN_TABLE.test(character)
    ? character.charCodeAt(0)
    : fail('missing', `attribute '${character}' missing`, call.at);
}

export const stringsEscape: LibTable = {
  escape: define('escape', 2, (call, what, value) => escape(what, call, value)),
  escapeC: define('escapeC', 2, (call, what, value) => {
    const coded = replacements(what, call, (character) => {
      if (!IN_TABLE.test(character)) return fail('missing', `attribute '${character}' missing`, call.at);
      return `\\x${hex(character).toLowerCase()}`;
    });
    return callBuiltin('replaceStrings', call, what, coded, value);
  }),
  escapeURL: define('escapeURL', 1, (call, value) => string(escapeUrl(forceString(value, call)), call.at)),
  escapeShellArg: define('escapeShellArg', 1, (call, value) => string(shellArgument(value, call), call.at)),
  escapeShellArgs: define('escapeShellArgs', 1, (call, items) =>
    string(shellArguments(items, call), call.at),
  ),
  isValidPosixName: define('isValidPosixName', 1, (call, name) =>
    bool(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(forceString(name, call)), call.at),
  ),
  toShellVar: define('toShellVar', 2, (call, name, value) =>
    string(shellVariable(forceString(name, call), value, call), call.at),
  ),
  toShellVars: define('toShellVars', 1, (call, set) => {
    const lines = sortedEntries(forceAttrs(set, call), call).map(([name, { value }]) =>
      shellVariable(name, value, call),
    );
    return string(lines.join('\n'), call.at);
  }),
  escapeNixString: define('escapeNixString', 1, (call, value) => string(quoted(value, call), call.at)),
  escapeRegex: define('escapeRegex', 1, (call, value) =>
    string(escapeRegex(forceString(value, call)), call.at),
  ),
  escapeNixIdentifier: define('escapeNixIdentifier', 1, (call, value) =>
    string(quotedIdentifier(forceString(value, call), call), call.at),
  ),
  escapeXML: define('escapeXML', 1, (call, value) => string(escapeXml(forceString(value, call)), call.at)),
};
