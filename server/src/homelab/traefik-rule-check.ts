import type { Range } from '../nix/positions';
import { HOLE } from '../nix/string-text';
import {
  isAscii,
  isSpelling,
  matchersOf,
  quoted,
  type Matcher,
  type RuleProtocol,
  type RuleVersion,
} from './traefik-matchers';
import { matchersIn, type MatcherNode, type ParsedRule, type RuleNode } from './traefik-rule';
import { olderForm } from './traefik-rule-v2';

/** What is wrong with a rule, by the version of Traefik's rule language. */

export interface RuleProblem {
  readonly kind:
    /** It is no rule at all. */
    | 'syntax'
    | 'unknown-matcher'
    | 'argument-count'
    /** An argument that Traefik refuses. */
    | 'argument'
    /** An argument that Traefik takes and that no request can match. */
    | 'never-matches'
    /** Right in version 2, and in version 3 refused or without a match. */
    | 'version-2';
  readonly range: Range;
  /** What is wrong, as the end of a sentence. */
  readonly message: string;
  /** The name of a matcher that is not known; else null. */
  readonly unknownName: string | null;
  readonly mended: { readonly range: Range; readonly newText: string; readonly title: string } | null;
}

/** What is wrong with a rule in one version of the language; empty where nothing is, or nothing can be told. */
export function ruleProblems(
  { tree, problem, undecided }: ParsedRule,
  protocol: RuleProtocol,
  version: RuleVersion,
): RuleProblem[] {
  if (undecided) return [];
  if (problem !== null) return [{ kind: 'syntax', unknownName: null, ...problem }];
  if (tree === null) return [];
  return matchersIn(tree).flatMap((node) => matcherProblems(tree, node, protocol, version));
}

function matcherProblems(
  tree: RuleNode,
  node: MatcherNode,
  protocol: RuleProtocol,
  version: RuleVersion,
): RuleProblem[] {
  const older = version === 'v3' ? olderForm(tree, node, protocol) : null;
  if (older !== null) return [{ kind: 'version-2', unknownName: null, ...older }];
  const name = node.name.text;
  const known = matchersOf(protocol, version);
  const matcher = known.find((candidate) => isSpelling(name, candidate.name));
  if (matcher === undefined) return [unknownMatcher(node, known, protocol, version)];
  return countProblem(node, matcher) ?? argumentProblems(node, matcher);
}

function unknownMatcher(
  { name }: MatcherNode,
  known: readonly Matcher[],
  protocol: RuleProtocol,
  version: RuleVersion,
): RuleProblem {
  const { text, start, end } = name;
  const range = { start, end };
  const base = { kind: 'unknown-matcher', range, unknownName: text } as const;
  const same = known.find((candidate) => candidate.name.toLowerCase() === text.toLowerCase());
  if (same !== undefined) {
    return {
      ...base,
      message: `\`${text}\` is not a way to write the matcher \`${same.name}\``,
      mended: { range, newText: same.name, title: `Write ${same.name}` },
    };
  }
  const isThere = (other: RuleProtocol, of: RuleVersion): boolean =>
    matchersOf(other, of).some((candidate) => isSpelling(text, candidate.name));
  const other = protocol === 'http' ? 'tcp' : 'http';
  const why = isThere(other, version)
    ? `\`${text}\` is a matcher of ${other.toUpperCase()} routers, and this one is for ${protocol.toUpperCase()}`
    : version === 'v2' && isThere(protocol, 'v3')
      ? `\`${text}\` is a matcher of version 3, and this rule is in version 2`
      : `there is no matcher \`${text}\``;
  return { ...base, message: why, mended: null };
}

function countProblem(node: MatcherNode, matcher: Matcher): RuleProblem[] | null {
  const { length } = node.arguments;
  const { counts, parameters } = matcher;
  if (counts === null ? length > 0 : counts.includes(length)) return null;
  const wanted = counts === null ? 'at least one argument' : countWords(counts, parameters);
  const surplus = node.arguments[Math.max(...(counts ?? [0]))];
  const last = node.arguments[length - 1];
  const range =
    surplus !== undefined && last !== undefined && counts !== null && length > Math.max(...counts)
      ? { start: surplus.range.start, end: last.range.end }
      : node.range;
  const message = `\`${matcher.name}\` takes ${wanted}, and this has ${length === 0 ? 'none' : length}`;
  return [{ kind: 'argument-count', range, message, unknownName: null, mended: null }];
}

function countWords(counts: readonly number[], parameters: readonly string[]): string {
  const [only] = counts;
  if (counts.length > 1) return 'one or two arguments';
  return only === 1 ? 'one argument' : `two arguments, ${parameters.join(' and ')}`;
}

function argumentProblems(node: MatcherNode, matcher: Matcher): RuleProblem[] {
  return node.arguments.flatMap(({ text, range }, place): RuleProblem[] => {
    const base = { range, unknownName: null, mended: null };
    if (text === '')
      return [{ ...base, kind: 'argument', message: `an argument of \`${matcher.name}\` is empty` }];
    const message = matcher.check?.(text, place) ?? null;
    if (message === null) return [];
    const isHost = matcher.name === 'Host' || matcher.name === 'HostHeader';
    return [{ ...base, kind: isHost && isAscii(text) ? 'never-matches' : 'argument', message }];
  });
}

/** The host names that a rule matches exactly, in lower case and in order; none that is only partly known. */
export function hostsOfTree(tree: RuleNode): string[] {
  const hosts: string[] = [];
  const visit = (node: RuleNode): void => {
    if (node.kind === 'not') return;
    if (node.kind !== 'matcher') {
      visit(node.left);
      visit(node.right);
      return;
    }
    if (!['Host', 'HostHeader', 'HostSNI'].some((name) => isSpelling(node.name.text, name))) return;
    for (const { text } of node.arguments) {
      const host = text.toLowerCase();
      if (!/[*\ue000]/.test(host) && host !== '' && !hosts.includes(host)) hosts.push(host);
    }
  };
  visit(tree);
  return hosts;
}

/** A piece of a sentence: our own words, or what the repository says. */
export type RuleWords = readonly (string | { readonly code: string })[];

/** What a rule takes, in words: `requests for … whose path begins with …`. */
export function describeRule(node: RuleNode): RuleWords {
  switch (node.kind) {
    case 'matcher':
      return describeMatcher(node, false);
    case 'not':
      return node.operand.kind === 'matcher'
        ? describeMatcher(node.operand, true)
        : ['not (', ...describeRule(node.operand), ')'];
    default: {
      const word = node.kind === 'and' ? ' and ' : ', or ';
      const side = (part: RuleNode): RuleWords =>
        node.kind === 'and' && part.kind === 'or' ? ['(', ...describeRule(part), ')'] : describeRule(part);
      return [...side(node.left), word, ...side(node.right)];
    }
  }
}

const WORDS: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  host: ['the host name is ', 'the host name is not '],
  hostheader: ['the host name is ', 'the host name is not '],
  hostregexp: ['the host name matches ', 'the host name does not match '],
  hostsni: ['the name in the TLS handshake is ', 'the name in the TLS handshake is not '],
  hostsniregexp: ['the name in the TLS handshake matches ', 'the name in the TLS handshake does not match '],
  path: ['the path is ', 'the path is not '],
  pathprefix: ['the path begins with ', 'the path does not begin with '],
  pathregexp: ['the path matches ', 'the path does not match '],
  method: ['the method is ', 'the method is not '],
  clientip: ['the visitor’s address is ', 'the visitor’s address is not '],
  alpn: ['the protocol inside TLS is ', 'the protocol inside TLS is not '],
  header: ['the header ', 'the header '],
  headers: ['the header ', 'the header '],
  headerregexp: ['the header ', 'the header '],
  headersregexp: ['the header ', 'the header '],
  query: ['the query has ', 'the query does not have '],
  queryregexp: ['the query has ', 'the query does not have '],
};

function describeMatcher({ name, arguments: given }: MatcherNode, negated: boolean): RuleWords {
  const matcher = name.text.toLowerCase();
  const words = WORDS[matcher];
  const texts = given.map(({ text }) => ({ code: text.replaceAll(HOLE, '…') }));
  const [first = { code: '' }, second] = texts;
  if (words === undefined) return [{ code: name.text }, negated ? ' does not match' : ' matches'];
  if (matcher === 'hostsni' && first.code === '*') return [negated ? 'no connection' : 'every connection'];
  const verb = words[negated ? 1 : 0];
  if (matcher.startsWith('header')) {
    const matches = matcher.endsWith('regexp');
    const [yes, no] = matches ? [' matches ', ' does not match '] : [' is ', ' is not '];
    return [verb, first, negated ? no : yes, second ?? { code: '' }];
  }
  if (matcher.startsWith('query') && second !== undefined)
    return [verb, first, matcher === 'query' ? ' = ' : ' matching ', second];
  return [
    verb,
    ...texts.flatMap((text, index) => (index === 0 ? [text] : [negated ? ' nor ' : ' or ', text])),
  ];
}

/** A rule’s text on one line, with interpolations as `…`. */
export function shownRule(text: string): string {
  return quoted(text.replace(/\s+/g, ' ').trim());
}
