import { memoOf } from '../eval/computed';
import type { Origin } from '../eval/value';
import { locate, type Homelab } from '../homelab/homelab';
import type { Container, Fact, OpenPorts } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { hostOptions, lookupOption } from '../schema/lookup';
import { tablePath, type OptionPath } from './cursor/place';
import { disabledCode } from './disabled-code';
import { indexOf, type HomelabIndex } from './homelab-index';
import { mentionsIn } from './mentions';
import { subjectOfMention, type Subject } from './subject';

/** What a token is: a thing of the homelab, or the name of an option that is known. */
export type TokenType =
  'container' | 'router' | 'service' | 'middleware' | 'entryPoint' | 'address' | 'port' | 'option';

/**
 * The types in the order of their numbers: by our own names, which our client explains to VS Code, and by those of the
 * protocol, for editors that know no others.
 */
export const TOKEN_TYPES: readonly { readonly own: TokenType; readonly standard: string }[] = [
  { own: 'container', standard: 'class' },
  { own: 'router', standard: 'function' },
  { own: 'service', standard: 'interface' },
  { own: 'middleware', standard: 'decorator' },
  { own: 'entryPoint', standard: 'enumMember' },
  { own: 'address', standard: 'number' },
  { own: 'port', standard: 'number' },
  { own: 'option', standard: 'property' },
];

/** The modifiers in the order of their bits: where a thing is written, and what takes no effect. */
export const TOKEN_MODIFIERS = ['definition', 'disabled'] as const;

/** A token of a file; UTF-16 offsets. */
export interface SemanticToken {
  readonly range: Range;
  readonly type: TokenType;
  readonly definition: boolean;
  readonly disabled: boolean;
}

/** What the names, addresses and ports of a file are, in the order of the text; none reaches over a line's end. */
export function semanticTokens(homelab: Homelab, file: SourceFile): SemanticToken[] {
  const index = indexOf(homelab);
  const role = index.roleOf(file.path);
  const hosts = index.hostsOf(file.path);
  const found = new Map<number, Omit<SemanticToken, 'disabled'>>();
  const add = (range: Range | null, type: TokenType, definition: boolean): void => {
    if (range === null || range.end <= range.start || found.has(range.start)) return;
    if (/[\r\n]/.test(file.text.slice(range.start, range.end))) return;
    found.set(range.start, { range, type, definition });
  };
  for (const { container } of index.containersIn(file.path))
    for (const { nameAt } of container.definitions) add(contentOf(homelab, file, nameAt), 'container', true);
  for (const mention of mentionsIn(file, role)) {
    const subject = subjectOfMention(mention, file, hosts);
    const type = subject === null ? null : typeOf(index, subject);
    if (subject !== null && type !== null)
      add(subject.range, type, 'reference' in subject && !subject.reference && type !== 'option');
  }
  for (const origin of addressesIn(index, file.path)) add(contentOf(homelab, file, origin), 'address', false);
  for (const origin of portsIn(index, file.path)) add(contentOf(homelab, file, origin), 'port', false);
  return withDisabled(
    [...found.values()].sort((a, b) => a.range.start - b.range.start),
    disabledCode(homelab, file),
  );
}

/** Tokens as the protocol has them: five numbers each, places relative to the token before. */
export function encodeTokens(file: SourceFile, tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { range, type, definition, disabled } of tokens) {
    const at = file.lines.positionAt(range.start);
    if (at.line !== line) character = 0;
    data.push(
      at.line - line,
      at.character - character,
      range.end - range.start,
      TOKEN_TYPES.findIndex(({ own }) => own === type),
      (definition ? 1 : 0) | (disabled ? 2 : 0),
    );
    ({ line, character } = at);
  }
  return data;
}

function typeOf(index: HomelabIndex, subject: Subject): TokenType | null {
  switch (subject.kind) {
    case 'container':
      // Where containers are written, the homelab knows better than a path does.
      return subject.reference && index.containersNamed(subject.name).length > 0 ? 'container' : null;
    case 'router':
    case 'service':
    case 'middleware':
    case 'entryPoint':
      return subject.kind;
    case 'option':
      return isKnown(subject.path) ? 'option' : null;
    default:
      return null;
  }
}

const MOST_REMEMBERED = 20_000;
/** Whether a path is that of an option that the tables have; they never change. */
const known = new Map<string, boolean>();

function isKnown(path: OptionPath): boolean {
  // What a container is called makes no difference.
  const asked = tablePath(
    path[0] === 'containers' && path.length > 1 ? ['containers', '*', ...path.slice(2)] : path,
  );
  const key = asked.join('\0');
  let answer = known.get(key);
  if (answer === undefined) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, (answer = lookupOption(hostOptions(), asked) !== null));
  }
  return answer;
}

/** The literals of a file that are the address of some container. */
function addressesIn(index: HomelabIndex, path: string): Origin[] {
  return index.usesWrittenIn(path).flatMap(({ use: { fact } }) => literalsOf([fact]));
}

/** The literals of a file that are ports of its hosts and of the containers that it writes or adds to. */
function portsIn(index: HomelabIndex, path: string): Origin[] {
  const origins = [
    ...index.hostsOf(path).flatMap(({ tcp, udp }) => [...openedBy(tcp), ...openedBy(udp)]),
    ...index.containersIn(path).flatMap(({ container }) => portsOf(container)),
  ];
  return origins.filter((origin) => origin?.anchor.source === path && origin.kind === 'int');
}

const portsOf = memoOf(({ guest, forwardPorts }: Container): readonly Origin[] => [
  ...(guest === null ? [] : [...openedBy(guest.tcp), ...openedBy(guest.udp)]),
  ...literalsOf(guest?.listeners.map(({ port }) => port) ?? []),
  ...literalsOf(forwardPorts.items.flatMap(({ hostPort, containerPort }) => [hostPort, containerPort])),
]);

function openedBy({ ports }: OpenPorts): Origin[] {
  return ports.items.map(({ at }) => at);
}

function literalsOf(facts: readonly Fact<unknown>[]): Origin[] {
  return facts.flatMap((fact) => (fact.kind === 'known' ? [fact.literal] : []));
}

/** What a literal or a name of a file says, without its quotes. */
function contentOf(homelab: Homelab, file: SourceFile, origin: Origin): Range | null {
  const spot = locate(homelab, origin);
  if (spot?.file !== file.path || origin === null) return null;
  if (origin.kind === 'int') return spot.range;
  if (origin.kind === 'attr-name') {
    if (origin.text === null) return null;
    const quoted = file.text[spot.range.start] === '"' ? 1 : 0;
    return { start: spot.range.start + quoted, end: spot.range.end - quoted };
  }
  if (origin.kind !== 'string' || origin.parts.length !== 1 || typeof origin.parts[0] !== 'string')
    return null;
  const quotes = origin.indented ? 2 : 1;
  return { start: spot.range.start + quotes, end: spot.range.end - quotes };
}

/** @param disabled in the order of the text, as the tokens are */
function withDisabled(
  tokens: readonly Omit<SemanticToken, 'disabled'>[],
  disabled: readonly Range[],
): SemanticToken[] {
  let at = 0;
  // Written out: a file may have ten thousand, and a spread of each costs more than all the rest here.
  return tokens.map(({ range, type, definition }) => {
    while ((disabled[at]?.end ?? Infinity) <= range.start) at++;
    return { range, type, definition, disabled: range.start >= (disabled[at]?.start ?? Infinity) };
  });
}
