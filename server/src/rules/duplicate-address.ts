import { areSiblings } from '../edits/import-lists';
import { memoOf } from '../eval/computed';
import { groupedBy } from '../eval/computed-table';
import type { Origin } from '../eval/value';
import { addressesOf, type KnownAddress } from '../homelab/addresses';
import { guestAddresses } from '../homelab/guest-addresses';
import { locate } from '../homelab/homelab';
import type { AddressUse, Container, Host } from '../homelab/model';
import { textOf } from '../homelab/networks';
import { baseName } from '../nix/paths';
import { freePairFix, freePairSentence } from './free-pair-fix';
import { isUsedOtherwise } from './not-imported';
import { inParentheses } from './places';
import { finding, placeName, related, type Finding, type Rule, type Files } from './rule';
import { perContainer } from './scopes';

/** Two containers of one host with the same address: the second one's route cannot be added. */
export const duplicateAddress: Rule = perContainer({
  id: 'duplicate-address',
  severity: 'error',
  description: 'Two containers of a host have the same address.',
  *look(homelab, host, container) {
    const claims = claimsByPlace(host);
    for (const claim of claimsOf(container)) {
      const others = (claims.get(keyOf(claim)) ?? []).filter((other) => other.container !== container);
      yield* report(homelab, host, claim, others);
    }
  },
  *lookAtHost(homelab, host) {
    for (const container of host.containers)
      if (container.status === 'disabled') yield* hints(homelab, host, container);
    yield* amongUnimported(homelab, host);
  },
});

/** What a container claims for itself on a link. */
interface Claim {
  readonly container: Container;
  readonly option: string;
  /** The address, or hardware address, in its one spelling. */
  readonly address: string;
  readonly bridge: string;
  readonly at: Origin;
  /** The option of the container that is set to it; null for a hardware address and for what the guest sets itself. */
  readonly use: AddressUse | null;
}

/** Claims meet where they are equal, and on the same bridge or none. */
function keyOf({ bridge, address }: Claim): string {
  return `${bridge}\0${address}`;
}

const claimsByPlace = memoOf((host: Host) =>
  groupedBy(() =>
    host.containers
      .filter(({ status }) => status === 'active')
      .flatMap((container) => claimsOf(container).map((claim) => [keyOf(claim), claim] as const)),
  ),
);

const claimsOf = memoOf(
  (container: Container): readonly Claim[] => [
    ...ofLinks(container),
    ...ofGuest(container),
    ...hardware(container),
  ],
  (before, after) =>
    before.length === after.length && before.every((claim, index) => sameClaim(claim, after[index] as Claim)),
);

function sameClaim(before: Claim, after: Claim): boolean {
  return (
    before.option === after.option &&
    before.address === after.address &&
    before.bridge === after.bridge &&
    before.at === after.at &&
    before.use === after.use
  );
}

function ofLinks(container: Container): Claim[] {
  return addressesOf(container).flatMap(({ side, use, address }): Claim[] => {
    if (side !== 'local' || use.bridge === 'unknown' || use.fact.kind !== 'known') return [];
    const { option, fact } = use;
    return [{ container, option, address, bridge: use.bridge?.name ?? '', at: fact.definition, use }];
  });
}

function ofGuest(container: Container): Claim[] {
  return guestAddresses(container).map((own) => ({ ...own, use: null }));
}

/** Hardware addresses clash on a bridge only. */
function hardware(container: Container): Claim[] {
  const { hostBridge, privateNetwork } = container;
  const mac = textOf(container, 'localMacAddress');
  if (mac.kind !== 'known' || hostBridge.kind !== 'known') return [];
  if (privateNetwork.kind !== 'known' || !privateNetwork.value) return [];
  const address = mac.value.toLowerCase();
  return [
    {
      container,
      option: 'localMacAddress',
      address,
      bridge: hostBridge.value,
      at: mac.definition,
      use: null,
    },
  ];
}

function* report(homelab: Files, host: Host, claim: Claim, others: readonly Claim[]): Generator<Finding> {
  const { address, option } = claim;
  const [first] = others;
  const at = first === undefined ? null : locate(homelab, claim.at);
  if (first === undefined || at === null) return;
  const advice =
    option === 'localMacAddress'
      ? 'Give it another, or leave it out: systemd-nspawn then makes one of its own.'
      : freePairSentence(host, claim);
  yield finding(duplicateAddress, {
    at,
    host,
    message: `${address} is already the ${first.option} of ${first.container.name}${inParentheses(homelab, host, first.at)}. ${advice}`,
    related: others.map((other) => related(homelab, other.at, `${other.option} of ${other.container.name}`)),
    fixes: [option === 'localMacAddress' ? null : freePairFix(homelab, host, claim)],
  });
}

/** On a container that does not run: whose address it would have. */
function* hints(homelab: Files, host: Host, container: Container): Generator<Finding> {
  for (const claim of claimsOf(container)) {
    const [first] = claimsByPlace(host).get(keyOf(claim)) ?? [];
    const at = locate(homelab, claim.at);
    if (first === undefined || first.container.name === container.name || at === null) continue;
    yield finding(duplicateAddress, {
      at,
      host,
      severity: 'hint',
      message: `${claim.address} is the ${first.option} of ${first.container.name}${inParentheses(homelab, host, first.at)} already: ${container.name} would clash with it if it ran. Now ${container.because ?? 'no host imports it'}.`,
      related: [related(homelab, first.at, `${first.option} of ${first.container.name}`)],
    });
  }
}

/**
 * Containers of modules that are still to be imported: beside imported ones, and without a line that once did. Where one
 * stands in a comment, it was taken out on purpose, perhaps for the other.
 */
const unimportedClaims = memoOf((host: Host): ReadonlyMap<string, readonly Claim[]> => {
  const files = new Set(
    host.unimported.flatMap(({ file, isCommentedOut }) => (isCommentedOut ? [] : [file])),
  );
  if (files.size === 0) return new Map<string, readonly Claim[]>();
  const imported = host.containers.flatMap(({ status, definitions }) =>
    status === 'disabled' ? [] : definitions.map(({ file }) => file),
  );
  const groups = new Map<string, Claim[]>();
  for (const container of host.containers) {
    if (container.status !== 'disabled' || container.definitions.length === 0) continue;
    const isToCome = container.definitions.every(
      ({ file }) =>
        files.has(file) &&
        !baseName(file).startsWith('_') &&
        imported.some((other) => areSiblings(other, file)),
    );
    for (const claim of isToCome ? claimsOf(container) : [])
      groups.set(keyOf(claim), [...(groups.get(keyOf(claim)) ?? []), claim]);
  }
  return groups;
});

/** On both of two containers that no host imports yet: that they would clash. */
function* amongUnimported(homelab: Files, host: Host): Generator<Finding> {
  for (const claims of unimportedClaims(host).values())
    for (const claim of claims) {
      const other = claims.find(({ container }) => !sharesFile(container, claim.container));
      const at = locate(homelab, claim.at);
      if (other === undefined || at === null) continue;
      const files = [claim, other].flatMap(({ container }) => container.definitions.map(({ file }) => file));
      if (files.some((file) => isUsedOtherwise(homelab, file))) continue;
      yield finding(duplicateAddress, {
        at,
        host,
        severity: 'hint',
        message: `${claim.address} is the ${other.option} of ${other.container.name}${inParentheses(homelab, host, other.at)} too: ${claim.container.name} would clash with it if both were imported. Now no host imports either.`,
        related: [related(homelab, other.at, `${other.option} of ${other.container.name}`)],
      });
    }
}

function sharesFile(one: Container, other: Container): boolean {
  return one.definitions.some(({ file }) => other.definitions.some((own) => own.file === file));
}

/** ` (containers/immich.nix:31)`, or nothing where it is not written down. */
export function whereIs(homelab: Files, host: Host, { use }: KnownAddress): string {
  const spot = use.fact.kind === 'known' ? locate(homelab, use.fact.definition) : null;
  return spot === null ? '' : ` (${placeName(spot, host)})`;
}
