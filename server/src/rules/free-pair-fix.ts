import { locate } from '../homelab/homelab';
import { describePair, nextFreePair, sharesHostAddress } from '../homelab/free-pairs';
import type { AddressUse, Fact, Host } from '../homelab/model';
import { writeString } from '../nix/write';
import type { Fix, TextChange, Files } from './rule';

/** `Next free pair: 10.10.10.6 / 10.10.10.7.` */
export function freePairSentence(host: Host): string {
  const pair = nextFreePair(host);
  if (pair === null) return 'The subnet has no free address left.';
  const shared = sharesHostAddress(host);
  return `Next free ${shared || pair.hostAddress === null ? 'address' : 'pair'}: ${describePair(pair, shared)}.`;
}

/**
 * Gives a container the next free pair; null where its address is not written as a literal of its own, or belongs to an
 * extra link.
 */
export function freePairFix(homelab: Files, host: Host, { container, option }: AddressUse): Fix | null {
  if (option.includes('.') || option.endsWith('6')) return null;
  const pair = nextFreePair(host);
  if (pair === null) return null;
  const local = replaceLiteral(homelab, container.localAddress, pair.localAddress);
  if (local === null) return null;
  const shared = sharesHostAddress(host);
  const changes = [local];
  if (pair.hostAddress !== null && !shared && container.hostAddress.kind === 'known') {
    const other = replaceLiteral(homelab, container.hostAddress, pair.hostAddress);
    if (other === null) return null;
    changes.push(other);
  }
  const what = shared || pair.hostAddress === null ? 'address' : 'pair';
  return { title: `Use the next free ${what} ${describePair(pair, shared)}`, changes };
}

/** Writes another text where a fact's literal stands, if it stands in the file that defines the option. */
function replaceLiteral(homelab: Files, fact: Fact<string>, text: string): TextChange | null {
  if (fact.kind !== 'known' || fact.literal?.kind !== 'string') return null;
  if (fact.literal.anchor.source !== fact.definition?.anchor.source) return null;
  const spot = locate(homelab, fact.literal);
  return spot === null ? null : { file: spot.file, range: spot.range, newText: writeString(text) };
}
