import { bool, int, nullValue, string } from '../eval/construct';
import type { TypeMismatch } from '../eval/modules/merge';
import { FREE_MACHINE, resolvedType, type OptionType } from '../eval/modules/option-type';
import { attempt, inspect } from '../eval/thunk';
import { Failure, Unknown, type Value } from '../eval/value';
import { locate } from '../homelab/homelab';
import type { Expr, SyntaxNode } from '../nix/syntax';
import { writeString } from '../nix/write';
import type { Files, Fix } from './rule';

/** Types of options and values in words, and the Nix that a type would take instead of a value. */

/** What a type takes, as the end of “it must be …”. */
export function wanted(declared: OptionType): string {
  const type = resolvedType(declared);
  const [element] = type.inner ?? [];
  switch (type.name) {
    case 'bool':
      return '`true` or `false`';
    case 'str':
    case 'separatedString':
      return 'a string';
    case 'int':
      return 'an integer';
    case 'unsignedInt16':
      return 'an integer from 0 to 65535';
    case 'path':
      return 'an absolute path';
    case 'listOf':
      return element === undefined ? 'a list' : `a list, each of its elements ${wanted(element)}`;
    case 'attrsOf':
    case 'lazyAttrsOf':
    case 'attrs':
    case 'submodule':
      return 'a set';
    case 'nullOr':
      return element === undefined ? type.description : `${wanted(element)} or \`null\``;
    default:
      return type.description;
  }
}

/** Whether a type takes some texts and not others, so that one which it refuses may be half typed. */
export function choosesTexts(declared: OptionType): boolean {
  const type = resolvedType(declared);
  switch (type.name) {
    case 'nullOr':
    case 'either':
    case 'coercedTo':
      return (type.inner ?? []).some(choosesTexts);
    default:
      return type.name === 'enum' || type.name === 'path' || type.name.startsWith('strMatching');
  }
}

/** A value in words, as the end of “this is …”. */
export function kindOf(value: Value): string {
  switch (value.type) {
    case 'null':
      return '`null`';
    case 'bool':
      return `\`${value.value}\``;
    case 'int':
      return `the integer ${value.value}`;
    case 'float':
      return 'a number with a point';
    case 'string':
      return value.text.length <= 40 && !value.text.includes('\n')
        ? `the string \`${writeString(value.text)}\``
        : 'a string';
    case 'path':
      return 'a path';
    case 'list':
      return 'a list';
    case 'attrs':
      return 'a set';
    default:
      return 'a function';
  }
}

/** Replaces a value by one that the type takes: quotes off or on, a list around it or taken off; null where none is near. */
export function mended(homelab: Files, { definition, value, refusedBy }: TypeMismatch): Fix | null {
  const at = definition.value.origin;
  const spot = locate(homelab, at);
  const text = spot === null ? null : (homelab.files.parsed(spot.file)?.text ?? null);
  if (spot === null || text === null || at === null) return null;
  const own = text.slice(spot.range.start, spot.range.end);
  const newText = instead(refusedBy, value, at, own, (expr) => {
    const range = locate(homelab, expr)?.range;
    return range === undefined ? null : text.slice(range.start, range.end);
  });
  if (newText === null) return null;
  return {
    title: `Write ${newText.length > 40 ? 'it so' : newText}`,
    changes: [{ file: spot.file, range: spot.range, newText }],
  };
}

function instead(
  declared: OptionType,
  value: Value,
  at: SyntaxNode,
  own: string,
  textOf: (expr: Expr) => string | null,
): string | null {
  const type = resolvedType(declared);
  // The value of a variable may be right where else it is used.
  const literal = value.origin === at ? otherLiteral(type, value, at) : null;
  if (literal !== null) return literal;
  if (value.type === 'list' && at.kind === 'list' && value.items.length === 1 && value.open === null) {
    const [item] = value.items;
    const [only] = at.elements;
    const inner = item === undefined ? null : inspect(item);
    if (only === undefined || inner === null || inner instanceof Unknown || inner instanceof Failure)
      return null;
    return takes(type, inner) ? textOf(only) : null;
  }
  const list = listType(type);
  const [element] = list?.inner ?? [];
  if (element === undefined || value.type === 'list') return null;
  if (takes(element, value)) return `[ ${IN_LIST.has(at.kind) ? own : `(${own})`} ]`;
  const inner = value.origin === at ? otherLiteral(resolvedType(element), value, at) : null;
  return inner === null ? null : `[ ${inner} ]`;
}

/** Expressions that may stand in a list without parentheses. */
const IN_LIST: ReadonlySet<string> = new Set([
  'string',
  'int',
  'path',
  'attrs',
  'list',
  'variable',
  'select',
]);

function listType(type: OptionType): OptionType | null {
  if (type.name === 'listOf') return type;
  const [inner] = type.name === 'nullOr' ? (type.inner ?? []) : [];
  return inner === undefined ? null : listType(resolvedType(inner));
}

/** The same in another type: `"80"` as `80`, `"true"` as `true`, `300` as `"300"`, `/srv/x` as `"/srv/x"`. */
function otherLiteral(type: OptionType, value: Value, at: SyntaxNode): string | null {
  switch (value.type) {
    case 'string': {
      const { text } = value;
      if (at.kind !== 'string' || at.parts.some((part) => typeof part !== 'string')) return null;
      if (/^(?:0|-?[1-9]\d{0,15})$/.test(text) && takes(type, int(BigInt(text)))) return text;
      if ((text === 'true' || text === 'false') && takes(type, bool(text === 'true'))) return text;
      return text === 'null' && takes(type, nullValue()) ? text : null;
    }
    case 'int':
    case 'bool':
      return takes(type, string(String(value.value))) ? `"${value.value}"` : null;
    case 'path':
      return at.kind === 'path' && at.form === 'absolute' && takes(type, string(value.path))
        ? writeString(value.path)
        : null;
    default:
      return null;
  }
}

/** Whether a type takes a value, and the elements of a list too. */
function takes(declared: OptionType, value: Value): boolean {
  const type = resolvedType(declared);
  if (type.name === 'unspecified' || type.name === 'raw' || type.name === 'unknown') return false;
  if (value.type === 'attrs') return type.name === 'attrsOf' || type.name === 'submodule';
  const result = attempt(() => type.check(value, FREE_MACHINE));
  return result === true;
}
