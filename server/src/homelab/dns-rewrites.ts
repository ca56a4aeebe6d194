import { memoOf } from '../eval/computed';
import type { ModuleSystem } from '../eval/modules/system';
import { Failure, Unknown, type AttrsValue, type Origin } from '../eval/value';
import { isWritten } from './certainty';
import type { Container, Host } from './model';
import {
  asBool,
  asString,
  fieldOf,
  readKnownList,
  readList,
  readOption,
  readSet,
  readThunk,
  setOf,
} from './read';

/** Names that an AdGuard Home of the homelab answers itself. */

export interface DnsRewrite {
  /** A name, or `*.` and a domain. */
  readonly domain: string;
  readonly answer: string;
  /** The element of the list. */
  readonly at: Origin;
  readonly answerAt: Origin;
  readonly answerLiteral: Origin;
}

export interface DnsRewrites {
  readonly items: readonly DnsRewrite[];
  /** Whether no other name is answered in the homelab, as far as its repository says. */
  readonly complete: boolean;
}

/** The rewrites of the AdGuard Homes of a host: on it and in its containers. */
export const dnsRewrites = memoOf((host: Host): DnsRewrites => {
  const guests = host.containers.flatMap((container) =>
    container.status === 'disabled' ? [] : [ofContainer(container)],
  );
  const all = [ofSystem(host.system), ...guests];
  return {
    items: all.flatMap(({ items }) => items),
    complete:
      host.incomplete === null && host.containersOpen === null && all.every(({ complete }) => complete),
  };
}, sameRewrites);

function sameRewrites(before: DnsRewrites, after: DnsRewrites): boolean {
  return (
    before.complete === after.complete &&
    before.items.length === after.items.length &&
    before.items.every((rewrite, index) => {
      const other = after.items[index];
      return (
        rewrite.domain === other?.domain &&
        rewrite.answer === other.answer &&
        rewrite.at === other.at &&
        rewrite.answerAt === other.answerAt &&
        rewrite.answerLiteral === other.answerLiteral
      );
    })
  );
}

const NONE: DnsRewrites = { items: [], complete: true };

const ofContainer = memoOf(
  ({ guest, system }: Container): DnsRewrites =>
    guest === null
      ? { items: [], complete: SOURCES.every((option) => isWritten(system, [option]) === false) }
      : ofSystem(guest.system),
  sameRewrites,
);

/** What a container's system may come from. */
const SOURCES = ['config', 'path', 'flake'];

const ofSystem = memoOf((system: ModuleSystem): DnsRewrites => {
  const others = OTHER_SERVERS.every((name) => isOff(system, ['services', name]));
  const adguard = ['services', 'adguardhome'];
  const settings = readSet(system, [...adguard, 'settings']);
  const enable = readOption(system, [...adguard, 'enable'], asBool);
  if (enable.kind === 'known' && !enable.value) return { items: [], complete: others };
  if (settings === null || settings instanceof Unknown || settings instanceof Failure)
    return { ...NONE, complete: others && settings === null };
  const mutable = readOption(system, [...adguard, 'mutableSettings'], asBool);
  const fixed = mutable.kind === 'known' && !mutable.value;
  const filtering = setOf(fieldOf(settings, 'filtering'));
  const dns = setOf(fieldOf(settings, 'dns'));
  const list = readList(fieldOf(filtering, 'rewrites') ?? fieldOf(dns, 'rewrites'), (value) =>
    value.type === 'attrs' ? value : undefined,
  );
  let complete =
    others && fixed && list.open === null && isWhole(settings) && answersNothingElse(settings, dns);
  const items = list.items.flatMap((item): DnsRewrite[] => {
    const rewrite = item.kind === 'known' ? rewriteOf(item.value, item.definition) : 'unknown';
    if (rewrite === 'unknown') complete = false;
    return rewrite === 'unknown' || rewrite === null ? [] : [rewrite];
  });
  return { items, complete };
}, sameRewrites);

function rewriteOf(set: AttrsValue, at: Origin): DnsRewrite | 'unknown' | null {
  const enabled = readThunk(fieldOf(set, 'enabled'), asBool);
  if (enabled.kind === 'known' && !enabled.value) return null;
  const domain = readThunk(fieldOf(set, 'domain'), asString);
  const answer = readThunk(fieldOf(set, 'answer'), asString);
  if (domain.kind !== 'known' || answer.kind !== 'known' || enabled.kind === 'unknown') return 'unknown';
  return {
    domain: domain.value.toLowerCase(),
    answer: answer.value,
    at,
    answerAt: answer.definition,
    answerLiteral: answer.literal,
  };
}

/** Whether the repository writes no more into a set than is known: a default of NixOS has no place. */
function isWhole({ open }: AttrsValue): boolean {
  return (open?.at ?? null) === null;
}

/** Whether AdGuard Home is told of names by its rewrites only: by no rule of the user's and no server for a domain. */
function answersNothingElse(settings: AttrsValue, dns: AttrsValue | undefined): boolean {
  const rules = readKnownList(fieldOf(settings, 'user_rules'), asString);
  const upstream = readKnownList(fieldOf(dns, 'upstream_dns'), asString);
  return (
    rules.open === null &&
    rules.items.length === 0 &&
    upstream.open === null &&
    !upstream.items.some((server) => server.startsWith('[')) &&
    fieldOf(dns, 'upstream_dns_file') === undefined
  );
}

/** Other services that answer names. */
const OTHER_SERVERS = [
  'bind',
  'blocky',
  'coredns',
  'dnsmasq',
  'knot',
  'kresd',
  'nsd',
  'pihole-ftl',
  'powerdns',
  'technitium-dns-server',
  'unbound',
];

function isOff(system: ModuleSystem, path: readonly string[]): boolean {
  const enable = readOption(system, [...path, 'enable'], asBool);
  if (enable.kind === 'known') return !enable.value;
  return isWritten(system, path) === false;
}

/** The rewrite that answers a name: the name itself before patterns, the longest of these. Source: AdGuard Home's documentation. */
export function rewriteFor(rewrites: readonly DnsRewrite[], name: string): DnsRewrite | null {
  let best: DnsRewrite | null = null;
  for (const rewrite of rewrites) {
    const { domain } = rewrite;
    if (domain === name) return rewrite;
    if (!domain.startsWith('*.') || !name.endsWith(domain.slice(1))) continue;
    if (best === null || domain.length > best.domain.length) best = rewrite;
  }
  return best;
}
