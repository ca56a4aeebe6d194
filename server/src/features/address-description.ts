import { bareAddress, takesEffect } from '../homelab/addresses';
import { describePair } from '../homelab/free-pairs';
import type { Homelab } from '../homelab/homelab';
import type { AddressUse, Container, Host } from '../homelab/model';
import type { AddressMention } from './address-mention';
import { describeOrigin } from './address-origin';
import type { LineInView } from './value-words';
import { indexOf, type HomelabIndex, type HostedUse } from './homelab-index';
import type { Inline, Paragraph } from './markdown';

/** What is known of an address that a file speaks of, for each host it may mean. */
export function describeAddress(homelab: Homelab, file: string, mention: AddressMention): Paragraph[] {
  const { address, uses } = mention;
  const own = [...new Set(uses.map(({ host }) => host))];
  const index = indexOf(homelab);
  const line = homelab.files.parsed(file)?.lines.positionAt(mention.range.start).line;
  const view = line === undefined ? null : { file, line };
  const hosts = own.length > 0 ? own : index.hostsOf(file);
  if (address === null) return uses.flatMap(describeUnknown);
  return hosts.flatMap((host) => {
    const written = uses.filter((hosted) => hosted.host === host).map(({ use }) => use);
    return describeOnHost(index, host, address, written, view);
  });
}

/**
 * @param written the options whose value stands here: only they are described, since whom they clash with, and which
 * address is free instead, is said by the diagnostic that an editor shows beside this
 */
function describeOnHost(
  index: HomelabIndex,
  host: Host,
  address: string,
  written: readonly AddressUse[],
  view: LineInView | null,
): Paragraph[] {
  const all = index.usesOf(host, address);
  const uses = written.length > 0 ? written : all;
  const others = all.filter((use) => written.length > 0 && !written.includes(use));
  const quiet = others.filter((use) => !clashes(use, written));
  const own = host.interfaces.filter((face) => bareAddress(face.address) === address);
  const faces = written.some(isTaken) ? [] : own;
  const isReported = quiet.length < others.length || faces.length < own.length;
  if (uses.length === 0 && faces.length === 0) return [];
  return [
    ...uses.flatMap((use) => describeUse(index, use, host, address, view)),
    ...sharedWith(quiet),
    ...faces.map((face) => ({
      pieces: [
        { code: address },
        ' is the address of the interface ',
        { code: face.interface },
        ...onHost(host),
        '.',
      ],
    })),
    ...(isReported ? [] : nextFree(index, host)),
  ];
}

function describeUse(
  index: HomelabIndex,
  use: AddressUse,
  host: Host,
  address: string,
  view: LineInView | null,
): Paragraph[] {
  const { container, option } = use;
  const owner: Inline[] = [
    { code: address },
    ' is the ',
    { code: option },
    ' of the container ',
    { code: container.name },
  ];
  const partner = partnerOf(use);
  return [
    { pieces: [...owner, ...onHost(host), '.'] },
    ...(partner === null ? [] : [{ bullet: true, pieces: partner }]),
    ...describeOrigin(index, host, use, view),
    { bullet: true, pieces: statusOf(container) },
    ...(takesEffect(use) || use.container.privateNetwork.kind === 'unknown' ? [] : [NO_EFFECT]),
  ];
}

/** Whether a diagnostic says that an option must not have the address of one that is written here. */
function clashes(use: AddressUse, written: readonly AddressUse[]): boolean {
  return written.some((own) => isEffective(own) && isEffective(use) && meet(own, use));
}

/** Whether two ends of links with one address meet. Source: the rules duplicate-address and address-is-host-address. */
function meet(a: AddressUse, b: AddressUse): boolean {
  if (a.side === 'host' && b.side === 'host') return false;
  if (a.bridge === 'unknown' || b.bridge === 'unknown') return false;
  if (a.side !== b.side) return a.container === b.container || (a.bridge === null && b.bridge === null);
  return a.container !== b.container && a.bridge?.name === b.bridge?.name;
}

function isEffective(use: AddressUse): boolean {
  return use.container.status === 'active' && takesEffect(use);
}

/** Whether a diagnostic says that the address must not be one of the host's own. */
function isTaken(use: AddressUse): boolean {
  return isEffective(use) && use.side === 'local';
}

/** Others with the same address who may have it, e.g. the host's end of several links. */
function sharedWith(uses: readonly AddressUse[]): Paragraph[] {
  const byOption = new Map<string, AddressUse[]>();
  for (const use of uses) {
    const key = `${use.option}\0${use.container.status}`;
    byOption.set(key, [...(byOption.get(key) ?? []), use]);
  }
  return [...byOption.values()].map((group): Paragraph => {
    const { option = '', container } = group[0] ?? {};
    const shown = group.slice(0, MOST_NAMED);
    const status = container?.status === 'disabled' ? ', disabled' : '';
    return {
      bullet: true,
      pieces: [
        'Also the ',
        { code: option },
        ' of ',
        ...shown.flatMap((use, number): Inline[] => [number === 0 ? '' : ', ', { code: use.container.name }]),
        group.length > shown.length ? ` and ${group.length - shown.length} others` : '',
        `${status}.`,
      ],
    };
  });
}

const MOST_NAMED = 8;

const NO_EFFECT: Paragraph = {
  bullet: true,
  pieces: ['Without ', { code: 'privateNetwork = true' }, ' it has no effect.'],
};

/** The other end of the link. */
function partnerOf({ container, option, side, family, bridge }: AddressUse): Inline[] | null {
  const link = option.slice(0, option.lastIndexOf('.') + 1);
  const other = container.addresses.find(
    (use) =>
      use.side !== side &&
      use.family === family &&
      use.option.slice(0, use.option.lastIndexOf('.') + 1) === link,
  );
  if (other === undefined) {
    return bridge === null || bridge === 'unknown'
      ? null
      : ['Attached to the bridge ', { code: bridge.name }, '.'];
  }
  const { fact } = other;
  if (fact.kind === 'unset') return null;
  if (fact.kind === 'unknown')
    return ['Pair: ', { code: other.option }, ' is not known (', { quoted: fact.reason }, ').'];
  return ['Pair: ', { code: other.option }, ' ', { code: fact.value }, '.'];
}

function statusOf({ status, because }: Container): Inline[] {
  const why: Inline[] = because === null ? [] : [': ', { quoted: because }];
  switch (status) {
    case 'active':
      return ['Active.'];
    case 'disabled':
      return ['Disabled', ...why, '. The address stays reserved.'];
    case 'conditional':
      return ['Active only under a condition', ...why, '.'];
  }
}

function describeUnknown({ host, use }: HostedUse): Paragraph[] {
  if (use.fact.kind !== 'unknown') return [];
  const { container, option, fact } = use;
  return [
    {
      pieces: [
        'The ',
        { code: option },
        ' of the container ',
        { code: container.name },
        ...onHost(host),
        ' is not known: ',
        { quoted: fact.reason },
        '.',
      ],
    },
  ];
}

function nextFree(index: HomelabIndex, host: Host): Paragraph[] {
  const [pair] = index.freePairs(host, null);
  if (pair === undefined) return [{ pieces: ['The subnet has no free address left.'] }];
  const shared = index.sharesHostAddress(host);
  const what = shared || pair.hostAddress === null ? 'address' : 'pair';
  const addresses = describePair(pair, shared).split(' / ');
  const pieces = addresses.flatMap((one, index): Inline[] =>
    index === 0 ? [{ code: one }] : [' / ', { code: one }],
  );
  return [{ pieces: [`Next free ${what}: `, ...pieces, '.'] }];
}

function onHost({ name }: Host): Inline[] {
  return name === null ? [] : [' on ', { code: name }];
}
