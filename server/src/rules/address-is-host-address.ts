import { memoOf } from '../eval/computed';
import { groupedBy } from '../eval/computed-table';
import { bareAddress, knownAddressesOf, type KnownAddress } from '../homelab/addresses';
import { locate } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { whereIs } from './duplicate-address';
import { freePairFix, freePairSentence } from './free-pair-fix';
import { finding, placeName, related, type Files, type Finding } from './rule';
import { perContainer } from './scopes';

/** A guest with an address that the host has: both ends of a link would answer to it. */
export const addressIsHostAddress = perContainer({
  id: 'address-is-host-address',
  severity: 'error',
  description: "A container's address is one of the host's own.",
  *look(homelab, host, container) {
    for (const local of knownAddressesOf(container)) {
      if (local.side !== 'local') continue;
      yield* againstLinks(homelab, host, local);
      yield* againstInterfaces(homelab, host, local);
    }
  },
});

/** The host's ends of the links to its containers, by address. */
const hostEnds = memoOf((host: Host) =>
  groupedBy(() =>
    host.containers
      .filter(({ status }) => status === 'active')
      .flatMap((container) =>
        knownAddressesOf(container).flatMap((end) =>
          end.side === 'host' ? [[end.address, end] as const] : [],
        ),
      ),
  ),
);

function* againstLinks(homelab: Files, host: Host, local: KnownAddress): Generator<Finding> {
  for (const end of hostEnds(host).get(local.address) ?? []) {
    const own = end.use.container.name === local.use.container.name;
    if (!own && (local.use.bridge !== null || end.use.bridge !== null)) continue;
    if (own && local.use.bridge === 'unknown') continue;
    yield* bothSides(homelab, host, local, end, own);
    break;
  }
}

function* bothSides(
  homelab: Files,
  host: Host,
  local: KnownAddress,
  end: KnownAddress,
  own: boolean,
): Generator<Finding> {
  const owner = own ? 'the same container' : end.use.container.name;
  const localAt = local.use.fact.kind === 'known' ? locate(homelab, local.use.fact.definition) : null;
  const endAt = end.use.fact.kind === 'known' ? locate(homelab, end.use.fact.definition) : null;
  if (localAt !== null) {
    yield finding(addressIsHostAddress, {
      at: localAt,
      host,
      message: `${local.address} is the ${end.use.option} of ${owner}${whereIs(homelab, host, end)}: the host's end of a link cannot be a guest's address too. ${freePairSentence(host, local)}`,
      related: [
        endAt && {
          file: endAt.file,
          range: endAt.range,
          message: `${end.use.option} of ${end.use.container.name}`,
        },
      ],
      fixes: [freePairFix(homelab, host, local)],
    });
  }
  if (endAt !== null && !own) {
    yield finding(addressIsHostAddress, {
      at: endAt,
      host,
      message: `${end.address} is the ${local.use.option} of ${local.use.container.name}${whereIs(homelab, host, local)}: a guest's address cannot be the host's end of a link too. ${freePairSentence(host, end)}`,
      related: [
        localAt && {
          file: localAt.file,
          range: localAt.range,
          message: `${local.use.option} of ${local.use.container.name}`,
        },
      ],
      fixes: [freePairFix(homelab, host, end)],
    });
  }
}

function* againstInterfaces(homelab: Files, host: Host, local: KnownAddress): Generator<Finding> {
  if (local.use.fact.kind !== 'known') return;
  const face = host.interfaces.find(({ address }) => bareAddress(address) === local.address);
  const at = locate(homelab, local.use.fact.definition);
  if (face === undefined || at === null) return;
  const faceAt = locate(homelab, face.at);
  const place = faceAt === null ? '' : ` (${placeName(faceAt, host)})`;
  yield finding(addressIsHostAddress, {
    at,
    host,
    message: `${local.address} is the host's own address on ${face.interface}${place}. ${freePairSentence(host, local)}`,
    related: [related(homelab, face.at, `address of ${face.interface}`)],
    fixes: [freePairFix(homelab, host, local)],
  });
}
