import { HOLE } from '../nix/string-text';
import { parseAddress } from './addresses';

/** The matchers of Traefik's rule language, and what they want to be told. Source: pkg/muxer of Traefik v3.7.9. */

export type RuleVersion = 'v2' | 'v3';
export type RuleProtocol = 'http' | 'tcp';

export interface Matcher {
  readonly name: string;
  /** How many arguments it takes; null for any number from one on. */
  readonly counts: readonly number[] | null;
  /** Its arguments, by name. */
  readonly parameters: readonly string[];
  /** What it does: a sentence. */
  readonly description: string;
  /** What an argument of it looks like. */
  readonly example: readonly string[];
  /** What is wrong with one of its arguments, by their place; null where nothing is, or nothing can be told. */
  check?(text: string, place: number): string | null;
}

const ONE = [1] as const;

const HOST: Matcher = {
  name: 'Host',
  counts: ONE,
  parameters: ['name'],
  description:
    'The request is for exactly this host name. `*.example.org` stands for any one label, since Traefik 3.7.',
  example: ['photos.example.org'],
  check: hostProblem,
};
const HOST_REGEXP: Matcher = {
  name: 'HostRegexp',
  counts: ONE,
  parameters: ['regexp'],
  description:
    'The host name matches this regular expression (Go). It may match anywhere: write `^` and `$` around it.',
  example: ['^[a-z]+\\.example\\.org$'],
  check: (text) => asciiProblem(text) ?? regexpProblem(text),
};
const CLIENT_IP: Matcher = {
  name: 'ClientIP',
  counts: ONE,
  parameters: ['address'],
  description: 'The request comes from this address or network. Behind another proxy that is the proxy’s.',
  example: ['192.168.1.0/24'],
  check: addressProblem,
};

const HTTP_V3: readonly Matcher[] = [
  HOST,
  {
    name: 'PathPrefix',
    counts: ONE,
    parameters: ['path'],
    description: 'The path begins with this text: `/api` also takes `/apis`.',
    example: ['/api'],
    check: pathProblem,
  },
  {
    name: 'Path',
    counts: ONE,
    parameters: ['path'],
    description: 'The path is exactly this one.',
    example: ['/api'],
    check: pathProblem,
  },
  HOST_REGEXP,
  {
    name: 'PathRegexp',
    counts: ONE,
    parameters: ['regexp'],
    description: 'The path matches this regular expression (Go). It may match anywhere.',
    example: ['^/api/v[0-9]+'],
    check: regexpProblem,
  },
  {
    name: 'Method',
    counts: ONE,
    parameters: ['method'],
    description: 'The request has this method.',
    example: ['GET'],
  },
  {
    name: 'Header',
    counts: [2],
    parameters: ['name', 'value'],
    description: 'The request has this header with exactly this value.',
    example: ['X-Requested-With', 'XMLHttpRequest'],
  },
  {
    name: 'HeaderRegexp',
    counts: [2],
    parameters: ['name', 'regexp'],
    description: 'The request has this header with a value that matches the regular expression (Go).',
    example: ['User-Agent', '^curl/'],
    check: (text, place) => (place === 1 ? regexpProblem(text) : null),
  },
  {
    name: 'Query',
    counts: [1, 2],
    parameters: ['key', 'value'],
    description: 'The query has this key with exactly this value; without a value, with none.',
    example: ['mobile', 'true'],
  },
  {
    name: 'QueryRegexp',
    counts: [1, 2],
    parameters: ['key', 'regexp'],
    description: 'The query has this key with a value that matches the regular expression (Go).',
    example: ['page', '^[0-9]+$'],
    check: (text, place) => (place === 1 ? regexpProblem(text) : null),
  },
  CLIENT_IP,
];

const TCP_V3: readonly Matcher[] = [
  {
    name: 'HostSNI',
    counts: ONE,
    parameters: ['name'],
    description:
      'The connection is for this host name, as far as TLS tells; `*` takes all, also those without TLS.',
    example: ['*'],
    check: (text) =>
      text === '*' || /^(?:\*\.)?[A-Za-z0-9_.:-]+$/.test(text) ? null : `${quoted(text)} is not a host name`,
  },
  {
    name: 'HostSNIRegexp',
    counts: ONE,
    parameters: ['regexp'],
    description: 'The host name that TLS tells matches this regular expression (Go).',
    example: ['^.+\\.example\\.org$'],
    check: (text) => asciiProblem(text) ?? regexpProblem(text),
  },
  CLIENT_IP,
  {
    name: 'ALPN',
    counts: ONE,
    parameters: ['protocol'],
    description: 'The visitor offers this protocol inside TLS.',
    example: ['h2'],
    check: (text) => (text === 'acme-tls/1' ? '`acme-tls/1` is kept for certificates' : null),
  },
];

function several(matcher: Matcher, more: Partial<Matcher> = {}): Matcher {
  return { ...matcher, counts: null, ...more };
}

function named(list: readonly Matcher[], name: string): Matcher {
  return list.find((matcher) => matcher.name === name) ?? HOST;
}

/** `{name}` and `{name:regexp}` are placeholders in version 2, so that a regular expression cannot be judged. */
const HTTP_V2: readonly Matcher[] = [
  several(HOST),
  several(HOST, { name: 'HostHeader' }),
  several(HOST_REGEXP, {
    check: asciiProblem,
    description: 'The host name matches this text with placeholders.',
  }),
  several(CLIENT_IP),
  several(named(HTTP_V3, 'Path')),
  several(named(HTTP_V3, 'PathPrefix')),
  several(named(HTTP_V3, 'Method')),
  { ...named(HTTP_V3, 'Header'), name: 'Headers' },
  { ...named(HTTP_V3, 'Header'), name: 'HeadersRegexp' },
  several(named(HTTP_V3, 'Query'), { description: 'The query has all of these, each as `key=value`.' }),
];

const TCP_V2: readonly Matcher[] = TCP_V3.map((matcher) =>
  several(matcher, matcher.name === 'HostSNIRegexp' ? { check: asciiProblem } : {}),
);

/** The matchers of a version. */
export function matchersOf(protocol: RuleProtocol, version: RuleVersion): readonly Matcher[] {
  if (protocol === 'tcp') return version === 'v3' ? TCP_V3 : TCP_V2;
  return version === 'v3' ? HTTP_V3 : HTTP_V2;
}

/** Whether Traefik takes a name for a matcher’s: as it is written, in lower case, in upper case, or with one capital. */
export function isSpelling(name: string, matcher: string): boolean {
  const lower = matcher.toLowerCase();
  const title = lower.charAt(0).toUpperCase() + lower.slice(1);
  return name === matcher || name === lower || name === matcher.toUpperCase() || name === title;
}

/** A text of a rule as a message shows it: back-quotes around, interpolations as `…`. */
export function quoted(text: string): string {
  return `\`${text.replaceAll(HOLE, '…')}\``;
}

/** Whether a text has no character that DNS could not have. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127 && text[at] !== HOLE) return false;
  return true;
}

function asciiProblem(text: string): string | null {
  return isAscii(text)
    ? null
    : `${quoted(text)} has a character that is not ASCII: write the name as DNS has it (xn--…)`;
}

function hostProblem(text: string): string | null {
  const ascii = asciiProblem(text);
  if (ascii !== null) return ascii;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return `${quoted(text)} is a URL, and no request has that as its host name`;
  if (text.includes('/'))
    return `${quoted(text)} has a \`/\`, and no host name has one: the path belongs into \`PathPrefix\``;
  if (/[\s,]/.test(text)) return `${quoted(text)} is not one host name`;
  const port = /^[^:]+:(\d+)$/.exec(text);
  return port === null
    ? null
    : `${quoted(text)} has a port, which Traefik takes off the name that a request is for`;
}

function pathProblem(text: string): string | null {
  return text.startsWith('/') || text.startsWith(HOLE)
    ? null
    : `the path ${quoted(text)} does not begin with \`/\``;
}

function addressProblem(text: string): string | null {
  if (text.includes(HOLE)) return null;
  const [address = '', length, ...rest] = text.split('/');
  const parsed = parseAddress(address);
  const most = parsed?.kind() === 'ipv6' ? 128 : 32;
  const valid =
    parsed !== null &&
    rest.length === 0 &&
    (length === undefined || (/^\d+$/.test(length) && Number(length) <= most));
  return valid ? null : `${quoted(text)} is not an address or a network`;
}

/** What Go's regular expressions certainly refuse; null for what they take, or what cannot be told. */
export function regexpProblem(text: string): string | null {
  if (text.includes(HOLE)) return null;
  const around = /\(\?(?:=|!|<=|<!)/.exec(text)?.[0];
  if (around !== undefined) return `Go’s regular expressions have no \`${around}…)\``;
  if (/(?:^|[^\\])(?:\\\\)*\\[1-9]/.test(text))
    return 'Go’s regular expressions have no references back to a group';
  const repeated = /(?:^|[(|])([*+?])/.exec(
    text
      .replace(/\\./g, 'x')
      .replace(/\[[^\]]*\]/g, 'x')
      .replace(/\(\?/g, '('),
  );
  if (repeated !== null && !text.includes('(?'))
    return `nothing stands before \`${repeated[1] ?? ''}\`, which repeats what is before it`;
  return bracketProblem(text);
}

function bracketProblem(text: string): string | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      if (text[at + 1] === 'Q') return null;
      at++;
    } else if (character === '[') {
      const first = text[at + 1] === '^' ? at + 2 : at + 1;
      let close = text[first] === ']' ? first + 1 : first;
      while (close < text.length && text[close] !== ']') {
        if (text[close] === '\\') close++;
        else if (text.startsWith('[:', close)) close = Math.max(close, text.indexOf(':]', close) + 1);
        close++;
      }
      if (close >= text.length) return 'a `[` is not closed';
      at = close;
    } else if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return 'a `)` closes nothing';
  }
  return depth > 0 ? 'a `(` is not closed' : null;
}
