import { bareAddress } from '../homelab/addresses';
import { dnsRewrites, rewriteFor, type DnsRewrite } from '../homelab/dns-rewrites';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { addressesOn, interfaceBeside, knowsOwnAddresses } from '../homelab/own-addresses';
import { writeString } from '../nix/write';
import { fixOf, inParentheses, listed } from './places';
import { finding, related, type Checked, type Files, type Fix, type Rule } from './rule';

/** A rewrite that sends visitors of a route to an address of the same network that is not the host's. */
export const rewriteToWrongAddress: Rule = {
  id: 'rewrite-to-wrong-address',
  severity: 'warning',
  description: 'A DNS rewrite answers the host name of a route with an address that its host does not have.',
  *check(homelab) {
    for (const host of homelab.hosts) {
      if (host.routes.length === 0 || !knowsOwnAddresses(host)) continue;
      for (const [rewrite, names] of rewritesOfRoutes(host)) {
        const answer = bareAddress(rewrite.answer);
        const own = answer === null ? null : interfaceBeside(host, answer);
        const at = locate(homelab, rewrite.answerAt);
        if (answer === null || own === null || at === null || isKnownAddress(homelab, answer)) continue;
        const place = host.interfaces.find(({ address }) => bareAddress(address) === own)?.at ?? null;
        yield finding(rewriteToWrongAddress, {
          at,
          host,
          message: `${answer} is no address of ${host.name ?? 'the host'}, which has ${own}${inParentheses(homelab, host, place)} in that network: ${listed(names.slice(0, 3))} ${names.length === 1 ? 'is' : 'are'} looked for on another machine.`,
          related: [related(homelab, place, `address of ${host.name ?? 'the host'}`)],
          fixes: [answered(homelab, rewrite, own)],
        });
      }
    }
  },
};

/** The rewrites that answer the host names of routes, each with these. */
function rewritesOfRoutes(host: Host): ReadonlyMap<DnsRewrite, string[]> {
  const { items } = dnsRewrites(host);
  const found = new Map<DnsRewrite, string[]>();
  if (items.length === 0) return found;
  for (const name of new Set(host.routes.flatMap(({ hosts }) => hosts))) {
    const rewrite = rewriteFor(items, name);
    if (rewrite !== null) found.set(rewrite, [...(found.get(rewrite) ?? []), name]);
  }
  return found;
}

function isKnownAddress({ hosts }: Checked, address: string): boolean {
  return hosts.some((host) => addressesOn(host).has(address));
}

function answered(homelab: Files, { answerAt, answerLiteral }: DnsRewrite, own: string): Fix | null {
  const at = answerAt !== null && answerAt === answerLiteral ? locate(homelab, answerAt) : null;
  return at === null
    ? null
    : fixOf(`Answer ${own}`, { file: at.file, range: at.range, newText: writeString(own) });
}
