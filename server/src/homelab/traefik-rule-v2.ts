import type { Range } from '../nix/positions';
import { HOLE } from '../nix/string-text';
import { isSpelling, type RuleProtocol } from './traefik-matchers';
import type { MatcherNode, RuleArgument, RuleNode } from './traefik-rule';

/**
 * What version 2 of the rule language has and version 3 has not, and how version 3 says it.
 * Source: docs/content/migrate/v2-to-v3-details.md and pkg/muxer of Traefik v3.7.9.
 */

export interface OlderForm {
  readonly range: Range;
  readonly message: string;
  readonly mended: { readonly range: Range; readonly newText: string; readonly title: string } | null;
}

const RENAMED: Readonly<Record<string, string>> = {
  Headers: 'Header',
  HeadersRegexp: 'HeaderRegexp',
  HostHeader: 'Host',
};

/** Matchers that take several arguments in version 2 and one in version 3. */
const SEVERAL: Readonly<Record<RuleProtocol, readonly string[]>> = {
  http: ['Host', 'HostHeader', 'HostRegexp', 'Path', 'PathPrefix', 'Method', 'ClientIP'],
  tcp: ['HostSNI', 'HostSNIRegexp', 'ClientIP', 'ALPN'],
};

/** Stands in a text for something that cannot be written there. */
const NOT_WRITABLE = '\0';

/** `{name}` and `{name:regexp}`; not the braces of a repetition or of `\p{…}` and `\x{…}`. */
const PLACEHOLDER = /(?<!\\[pPx])\{([A-Za-z_]\w*)(?::([^{}]*(?:\{\d+(?:,\d*)?\}[^{}]*)*))?\}/g;

/** What of a matcher is version 2’s; null where it is version 3’s, or that of neither. */
export function olderForm(tree: RuleNode, node: MatcherNode, protocol: RuleProtocol): OlderForm | null {
  const is = (name: string): boolean => isSpelling(node.name.text, name);
  const renamed = protocol === 'http' ? Object.entries(RENAMED).find(([name]) => is(name)) : undefined;
  const name = renamed?.[1] ?? node.name.text;
  const placeholders = hasPlaceholders(node, protocol);
  if (SEVERAL[protocol].some(is) && node.arguments.length > 1)
    return older(
      { start: node.arguments[1]?.range.start ?? node.range.start, end: lastOf(node).range.end },
      `\`${node.name.text}\` with several arguments is the language of version 2: in version 3 it takes one, and several are joined by \`||\``,
      { range: node.range, newText: joined(tree, node, (argument) => single(name, argument, placeholders)) },
    );
  if (placeholders) {
    const [argument] = node.arguments;
    if (argument === undefined) return null;
    return older(
      argument.range,
      `\`{…}\` is a placeholder in version 2 only: in version 3 the braces stand for themselves, and nothing matches`,
      { range: node.range, newText: single(name, argument, true) },
    );
  }
  if (protocol === 'http' && is('Query') && node.arguments[0]?.text.includes('=') === true)
    return older(
      node.range,
      '`Query` with `key=value` is the language of version 2: in version 3 key and value are two arguments',
      { range: node.range, newText: joined(tree, node, query, '&&') },
    );
  if (renamed === undefined) return null;
  const range = { start: node.name.start, end: node.name.end };
  return older(
    range,
    `\`${renamed[0]}\` is the language of version 2: in version 3 it is \`${renamed[1]}\``,
    {
      range,
      newText: renamed[1],
    },
  );
}

function older(
  range: Range,
  message: string,
  { range: whole, newText }: { range: Range; newText: string },
): OlderForm {
  const known = !newText.includes(NOT_WRITABLE);
  return {
    range,
    message,
    mended: known ? { range: whole, newText, title: 'Write it in the language of version 3' } : null,
  };
}

function lastOf(node: MatcherNode): RuleArgument | MatcherNode {
  return node.arguments[node.arguments.length - 1] ?? node;
}

function hasPlaceholders({ name, arguments: given }: MatcherNode, protocol: RuleProtocol): boolean {
  const templates = protocol === 'http' ? ['HostRegexp', 'Path', 'PathPrefix'] : ['HostSNIRegexp'];
  if (!templates.some((template) => isSpelling(name.text, template))) return false;
  return given.some(({ text }) => text.search(PLACEHOLDER) !== -1);
}

/** One matcher of version 3 for one argument of version 2. */
function single(name: string, { text }: RuleArgument, placeholders: boolean): string {
  if (placeholders && text.search(PLACEHOLDER) !== -1) {
    const path = /^path/i.test(name);
    const open = /prefix$/i.test(name);
    return `${path ? 'PathRegexp' : name}(${literal(regexpOf(text, path ? '[^/]+' : '[^.]+', open))})`;
  }
  if (/^host.*regexp$/i.test(name)) return `${name}(${literal(regexpOf(text, '', false))})`;
  return `${name}(${literal(text)})`;
}

/** A template of version 2 as a regular expression. */
function regexpOf(template: string, any: string, open: boolean): string {
  // What is interpolated would have to be escaped.
  if (template.includes(HOLE)) return NOT_WRITABLE;
  let regexp = '';
  let at = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    regexp += escaped(template.slice(at, match.index)) + (match[2] === undefined ? any : grouped(match[2]));
    at = match.index + match[0].length;
  }
  return `^${regexp}${escaped(template.slice(at))}${open ? '' : '$'}`;
}

function grouped(regexp: string): string {
  return regexp.includes('|') && !/^\(.*\)$/.test(regexp) ? `(?:${regexp})` : regexp;
}

function escaped(text: string): string {
  return text.replace(/[.+*?()|[\]^$\\]/g, '\\$&');
}

function query({ text }: RuleArgument): string {
  const [key = '', ...value] = text.split('=');
  return value.join('') === ''
    ? `Query(${literal(key)})`
    : `Query(${literal(key)}, ${literal(value.join('='))})`;
}

/** A text in back-quotes; with a mark that nothing can be written where it holds one. */
function literal(text: string): string {
  return text.includes('`') ? NOT_WRITABLE : `\`${text}\``;
}

/** One matcher for each argument, in parentheses where the rule goes on around them. */
function joined(
  tree: RuleNode,
  node: MatcherNode,
  one: (argument: RuleArgument) => string,
  sign: '||' | '&&' = '||',
): string {
  const all = node.arguments.map(one).join(` ${sign} `);
  return tree === node || node.arguments.length === 1 ? all : `(${all})`;
}
