import ipaddr from 'ipaddr.js';
import { memoOf, sameItems } from '../eval/computed';
import type { AddressUse, Container } from './model';

/** Addresses as text: parsing, comparing and naming them. */

/** An address without its prefix, in its one canonical spelling; null for text that is no address. */
export function bareAddress(text: string): string | null {
  const [address = ''] = text.split('/');
  const parsed = parseAddress(address);
  return parsed === null ? null : parsed.toString();
}

/** An IPv4 or IPv6 address; null for anything else, also for the short and octal spellings that `inet_aton` takes. */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const known = parsedAddresses.get(text);
  if (known !== undefined) return known;
  const parsed = freshlyParsed(text);
  if (parsedAddresses.size >= MOST_PARSED) parsedAddresses.clear();
  parsedAddresses.set(text, parsed);
  return parsed;
}

/** What each text is; every analysis asks for the same ones again. */
const parsedAddresses = new Map<string, ipaddr.IPv4 | ipaddr.IPv6 | null>();
const MOST_PARSED = 20_000;

function freshlyParsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes(':') && ipaddr.IPv6.isValid(text)) return ipaddr.IPv6.parse(text);
  return null;
}

export interface KnownAddress {
  readonly use: AddressUse;
  readonly side: 'local' | 'host';
  /** Canonical, without a prefix. */
  readonly address: string;
}

/**
 * The addresses of a container that are known and take effect: those of `containers.<name>` itself only with a private
 * network, those of `extraVeths` always. Source: nixos-containers.nix (`optionalString cfg.privateNetwork`).
 */
export function addressesOf(container: Container): KnownAddress[] {
  return container.addresses.flatMap((use): KnownAddress[] => {
    if (use.fact.kind !== 'known' || !takesEffect(use)) return [];
    const address = bareAddress(use.fact.value);
    return address === null ? [] : [{ use, side: use.side, address }];
  });
}

/** The same, as the same objects while they are the same. */
export const knownAddressesOf = memoOf(
  (container: Container): readonly KnownAddress[] => addressesOf(container),
  (before, after) =>
    before.length === after.length &&
    before.every(({ use, address }, at) => use === after[at]?.use && address === after[at].address),
);

/** Whether an address is configured at all. */
export function takesEffect({ container, option }: AddressUse): boolean {
  if (option.startsWith('extraVeths.')) return true;
  return container.privateNetwork.kind === 'known' && container.privateNetwork.value;
}

/** The number an IPv4 address is; null for others. */
export function ipv4Number(address: string): number | null {
  const parsed = parseAddress(address);
  if (parsed === null || !('octets' in parsed)) return null;
  return parsed.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The IPv4 address a number is. */
export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

/**
 * The containers of a host by the addresses of their guests' ends, canonical; disabled containers have none. Where
 * several share an address, which of them answers is not known.
 */
export type AddressBook = ReadonlyMap<string, readonly Container[]>;

export function addressBook(containers: readonly Container[]): AddressBook {
  const book = new Map<string, Container[]>();
  for (const container of containers) {
    if (container.status === 'disabled') continue;
    for (const address of localAddressesOf(container)) {
      const owners = book.get(address);
      if (owners === undefined) book.set(address, [container]);
      else if (!owners.includes(container)) owners.push(container);
    }
  }
  return book;
}

const localAddressesOf = memoOf(
  (container: Container): readonly string[] =>
    addressesOf(container).flatMap(({ side, address }) => (side === 'local' ? [address] : [])),
  sameItems,
);

/** The addresses that the host has on its links to a container, canonical. */
export const hostSideAddressesOf = memoOf(
  (container: Container): readonly string[] =>
    addressesOf(container).flatMap(({ side, address }) => (side === 'host' ? [address] : [])),
  sameItems,
);
