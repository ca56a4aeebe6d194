import { freeIpv6After } from '../homelab/free-ipv6';
import { describePair, nextFreePair, sharesHostAddress } from '../homelab/free-pairs';
import { locate } from '../homelab/homelab';
import type { AddressUse, Container, Fact, Host } from '../homelab/model';
import { writeString } from '../nix/write';
import type { Fix, TextChange, Files } from './rule';

/** What somebody is to do about an address: the address, canonical, and the option that has it, if an option does. */
export interface Misfit {
  readonly address: string;
  readonly use: AddressUse | null;
}

/** `Next free pair: 10.10.10.6 / 10.10.10.7.` */
export function freePairSentence(host: Host, { address, use }: Misfit): string {
  if (address.includes(':')) {
    const free = use === null || use.option.includes('.') ? null : freeIpv6After(host, use.container);
    if (free === null) return 'Give it another address.';
    const { hostAddress6: end, localAddress6 } = free;
    return end === null
      ? `Next free address: ${localAddress6}.`
      : `Next free pair: ${end} / ${localAddress6}.`;
  }
  const pair = nextFreePair(host);
  if (pair === null) return 'The subnet has no free address left.';
  const shared = sharesHostAddress(host);
  return `Next free ${shared || pair.hostAddress === null ? 'address' : 'pair'}: ${describePair(pair, shared)}.`;
}

/**
 * Gives a container the next free pair; null where its address is not written as a literal of its own, or belongs to an
 * extra link.
 */
export function freePairFix(homelab: Files, host: Host, { address, use }: Misfit): Fix | null {
  if (use === null || use.option.includes('.')) return null;
  const { container } = use;
  if (address.includes(':')) {
    const free = freeIpv6After(host, container);
    if (free === null) return null;
    const { hostAddress6, localAddress6 } = free;
    return bothEnds(homelab, container, '6', hostAddress6, localAddress6);
  }
  if (use.option.endsWith('6')) return null;
  const pair = nextFreePair(host);
  if (pair === null) return null;
  const isShared = sharesHostAddress(host);
  return bothEnds(homelab, container, '', isShared ? null : pair.hostAddress, pair.localAddress);
}

/** Writes the addresses of both ends, or the guest's where the host's end stays as it is. */
function bothEnds(
  homelab: Files,
  container: Container,
  family: '' | '6',
  hostAddress: string | null,
  localAddress: string,
): Fix | null {
  const local = replaceLiteral(homelab, container[`localAddress${family}`], localAddress);
  if (local === null) return null;
  const changes = [local];
  const own = container[`hostAddress${family}`];
  if (hostAddress !== null && own.kind === 'known') {
    const other = replaceLiteral(homelab, own, hostAddress);
    if (other === null) return null;
    changes.push(other);
  }
  const title = hostAddress === null ? `address ${localAddress}` : `pair ${hostAddress} / ${localAddress}`;
  return { title: `Use the next free ${title}`, changes };
}

/** Writes another text where a fact's literal stands, if it stands in the file that defines the option. */
function replaceLiteral(homelab: Files, fact: Fact<string>, text: string): TextChange | null {
  if (fact.kind !== 'known' || fact.literal?.kind !== 'string') return null;
  if (fact.literal.anchor.source !== fact.definition?.anchor.source) return null;
  const spot = locate(homelab, fact.literal);
  return spot === null ? null : { file: spot.file, range: spot.range, newText: writeString(text) };
}
