import { insertElement } from '../edits/list-insertion';
import { partsOf } from '../edits/syntax-search';
import { memoOf } from '../eval/computed';
import { dnsRewrites, rewriteFor, type DnsRewrite } from '../homelab/dns-rewrites';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { writeString } from '../nix/write';
import { fixOf, inParentheses } from './places';
import { finding, related, type Files, type Fix } from './rule';
import { perRoute } from './scopes';

/** A route whose host name the homelab's own DNS does not answer, though it answers those beside it. */
export const uncoveredHost = perRoute({
  id: 'uncovered-host',
  severity: 'information',
  description: "The homelab's own DNS answers the host names beside a route's, but not that one.",
  *look(homelab, host, route) {
    if (route.proxy === 'cloudflared' || route.hosts.length === 0 || route.rule.kind !== 'known') return;
    const { items, complete } = dnsRewrites(host);
    if (!complete || items.length === 0) return;
    for (const name of route.hosts) {
      if (rewriteFor(items, name) !== null) continue;
      const beside = coveredBeside(host).get(domainOf(name)) ?? [];
      const [example] = beside;
      const at = locate(homelab, route.rule.definition);
      if (example === undefined || beside.length < LEAST_BESIDE || at === null) continue;
      yield finding(uncoveredHost, {
        at,
        host,
        message: `No DNS rewrite answers ${name}, while ${beside.length} other host names of ${domainOf(name)} have one${inParentheses(homelab, host, example.at)}: in the homelab ${name} is not found, unless another server knows it.`,
        related: [related(homelab, example.at, `the rewrite of ${example.domain}`)],
        fixes: [withRewrite(homelab, name, beside)],
        incomplete: true,
      });
    }
  },
});

/** So many host names of a domain are answered before another one is missed. */
const LEAST_BESIDE = 2;

/** The rewrites of the host names that routes have, by domain. */
const coveredBeside = memoOf(
  (host: Host): ReadonlyMap<string, readonly DnsRewrite[]> => {
    const { items } = dnsRewrites(host);
    const covered = new Map<string, DnsRewrite[]>();
    for (const name of new Set(host.routes.flatMap(({ hosts }) => hosts))) {
      const rewrite = rewriteFor(items, name);
      if (rewrite === null) continue;
      const known = covered.get(domainOf(name));
      if (known === undefined) covered.set(domainOf(name), [rewrite]);
      else known.push(rewrite);
    }
    return covered;
  },
  (before, after) =>
    before.size === after.size &&
    [...before].every(([domain, list]) => {
      const other = after.get(domain);
      return list.length === other?.length && list[0] === other[0];
    }),
);

function domainOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

function withRewrite(homelab: Files, name: string, beside: readonly DnsRewrite[]): Fix | null {
  const [first] = beside;
  const last = beside[beside.length - 1];
  if (first === undefined || last?.at == null || beside.some(({ answer }) => answer !== first.answer))
    return null;
  const file = homelab.files.parsed(last.at.anchor.source);
  const list =
    file === null
      ? undefined
      : partsOf(file).lists.find(({ elements }) => elements.some((element) => element === last.at));
  if (file === null || list === undefined) return null;
  const element = `{ domain = ${writeString(name)}; answer = ${writeString(first.answer)}; }`;
  const insertion = insertElement(file, list, [], '', element);
  return insertion === null ? null : fixOf(`Answer ${name} with ${first.answer}`, insertion.change);
}
