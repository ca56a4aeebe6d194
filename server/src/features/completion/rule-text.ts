import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Host } from '../../homelab/model';
import { matchersOf, type Matcher, type RuleProtocol } from '../../homelab/traefik-matchers';
import { ruleTokens, type RuleToken } from '../../homelab/traefik-rule-tokens';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { HOLE } from '../../nix/string-text';
import { traefikNode } from '../../schema/traefik/tree';
import { traefikPlace } from '../cursor/place';
import type { StringContext } from '../cursor/context';
import type { HomelabIndex } from '../homelab-index';
import { rulesVersion } from '../rules-version';
import { escapeSnippet, RANK, type Candidate } from './candidate';
import type { Found } from './values';

/** Inside the rule of a router: matchers with their arguments, operators, host names that are in use. */

const RULES: Readonly<Record<string, RuleProtocol>> = {
  'http.routers.<name>.rule': 'http',
  'tcp.routers.<name>.rule': 'tcp',
};

/**
 * What can be written inside a rule; null where the string is no rule.
 * @param offset UTF-16, from 0
 */
export function ruleCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: StringContext,
  offset: number,
): Found | null {
  const place = traefikPlace(context.path);
  const below = place?.below.map((name) => name?.toLowerCase() ?? 'x') ?? [];
  const node = place === null ? null : traefikNode(place.part, below);
  const protocol = RULES[node?.path ?? ''];
  if (protocol === undefined) return null;
  const { text } = file;
  const source = text.slice(context.content.start, offset).replace(/\$\{[^{}]*\}/g, HOLE);
  const router = place?.below[2] ?? '';
  const hosts = index.hostsOf(file.path);
  const version = place === null ? 'v3' : rulesVersion(index, hosts, place);
  const candidates = candidatesAt({ text, source, offset, protocol, version, router, hosts, file });
  return { candidates, more: false };
}

interface RuleCursor {
  readonly text: string;
  /** The rule as far as it stands before the cursor. */
  readonly source: string;
  readonly offset: number;
  readonly protocol: RuleProtocol;
  readonly version: 'v2' | 'v3';
  readonly router: string;
  readonly hosts: readonly Host[];
  readonly file: SourceFile;
}

function candidatesAt(cursor: RuleCursor): Candidate[] {
  const { source, offset, text } = cursor;
  const tokens = ruleTokens(source).slice(0, -1);
  const last = tokens.at(-1);
  if (last?.kind === 'string' && last.value === null && last.end === source.length)
    return argumentCandidates(cursor, tokens, last);
  const typed = last?.kind === 'name' && last.end === source.length ? last.text : '';
  const before = typed === '' ? last : tokens.at(-2);
  const rest = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0;
  const range = { start: offset - typed.length, end: offset + rest };
  if (before === undefined || before.text === '(' || /^(?:&&|\|\||!)$/.test(before.text)) {
    // Right behind the parenthesis of a matcher its argument begins, not another matcher.
    const called = before?.text === '(' && tokens.at(typed === '' ? -2 : -3)?.kind === 'name';
    return called ? [] : matcherCandidates(cursor, range);
  }
  return before.text === ')' && typed === '' ? operatorCandidates(cursor, range) : [];
}

function matcherCandidates(
  { protocol, version, router, hosts, file, text, offset }: RuleCursor,
  range: Range,
): Candidate[] {
  const goesOn = /^\w*\(/.test(text.slice(offset, offset + 100));
  return matchersOf(protocol, version).map((matcher, number): Candidate => ({
    label: matcher.name,
    kind: CompletionItemKind.Function,
    range,
    newText: goesOn ? matcher.name : matcherSnippet(matcher, router, hosts, file),
    snippet: !goesOn,
    detail: `${matcher.name}(${matcher.parameters.join(', ')})`,
    documentation: [{ pieces: [matcher.description] }],
    rank: RANK.likely + number / 100,
  }));
}

function matcherSnippet(
  { name, example }: Matcher,
  router: string,
  hosts: readonly Host[],
  file: SourceFile,
): string {
  const texts =
    name === 'Host' ? [`${router === '' ? 'name' : router}.${routeDomain(hosts, file)}`] : example;
  const places = texts.map((sample, at) => {
    const inside = name === 'Host' ? sample : escapeSnippet(sample);
    return inside.includes('\\${') ? `\`${inside}\`` : `\`\${${at + 1}:${inside}}\``;
  });
  return `${name}(${places.join(', ')})`;
}

function operatorCandidates({ source }: RuleCursor, range: Range): Candidate[] {
  const space = source.endsWith(' ') ? '' : ' ';
  return [
    { sign: '&&', detail: 'and' },
    { sign: '||', detail: 'or' },
  ].map(({ sign, detail }, number) => ({
    label: sign,
    kind: CompletionItemKind.Operator,
    range,
    newText: `${space}${sign} `,
    detail,
    rank: RANK.likely + number / 100,
  }));
}

/** Texts for the argument that is being written. */
function argumentCandidates(
  { text, offset, hosts, protocol, version }: RuleCursor,
  tokens: readonly RuleToken[],
  open: RuleToken,
): Candidate[] {
  const matcher = nameOfCall(tokens.slice(0, -1));
  const known = matchersOf(protocol, version).find(
    ({ name }) => name.toLowerCase() === matcher?.toLowerCase(),
  );
  if (known === undefined || open.text.includes(HOLE)) return [];
  const rest = /^[^`"'\s)]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const range = { start: offset - (open.text.length - 1), end: offset + rest };
  const used = known.name === 'Host' || known.name === 'HostSNI' ? hostNames(hosts) : [];
  const texts = [...used, ...(TEXTS[known.name] ?? known.example)];
  return [...new Set(texts)].map((value, number) => ({
    label: value,
    kind: CompletionItemKind.Value,
    range,
    newText: value,
    detail: used.includes(value) ? 'host name in use' : 'example',
    rank: RANK.likely + number / 1000,
  }));
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  Method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  ClientIP: ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12', 'fd00::/8', '127.0.0.1'],
};

/** The matcher whose argument list is open. */
function nameOfCall(tokens: readonly RuleToken[]): string | null {
  let depth = 0;
  for (let at = tokens.length - 1; at > 0; at--) {
    const { text } = tokens[at] as RuleToken;
    if (text === ')') depth++;
    else if (text === '(' && --depth < 0) return tokens[at - 1]?.text ?? null;
  }
  return null;
}

function hostNames(hosts: readonly Host[]): string[] {
  return [...new Set(hosts.flatMap(({ routes }) => routes.flatMap((route) => route.hosts)))].sort();
}

/**
 * The domain below which the routes of some hosts lie, to stand in a snippet inside a string: `${domain}` where the other
 * routes write it so and the file knows the name, else the domain itself.
 */
export function routeDomain(hosts: readonly Host[], file: SourceFile): string {
  for (const { routes } of hosts) {
    for (const { rule } of routes) {
      const literal = rule.kind === 'known' ? rule.literal : null;
      const name =
        literal?.kind === 'string' ? literal.parts.find((part) => typeof part !== 'string') : undefined;
      if (typeof name === 'object' && name.kind === 'variable' && isBound(file.text, name.name))
        return `\\\${${name.name}}`;
    }
  }
  const domains = new Map<string, number>();
  for (const name of hostNames(hosts)) {
    const domain = name.replace(/^[^.]+\./, '');
    if (domain.includes('.')) domains.set(domain, (domains.get(domain) ?? 0) + 1);
  }
  const [most] = [...domains].sort(([, a], [, b]) => b - a);
  return escapeSnippet(most?.[0] ?? 'example.org');
}

/** Whether a file's function head or a `let` names it. */
function isBound(text: string, name: string): boolean {
  const quoted = name.replace(/[^\w]/g, '\\$&');
  return new RegExp(`[{,\\s]${quoted}\\s*(?:[,}?]|=[^=])`).test(text.slice(0, 4000));
}
