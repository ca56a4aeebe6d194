import { bareAddress, takesEffect } from '../homelab/addresses';
import { describePair } from '../homelab/free-pairs';
import type { Homelab } from '../homelab/homelab';
import type { AddressUse, Container, Host } from '../homelab/model';
import type { AddressMention } from './address-mention';
import { indexOf, type HomelabIndex, type HostedUse } from './homelab-index';
import type { Inline, Paragraph } from './markdown';

/** What is known of an address that a file speaks of, for each host it may mean. */
export function describeAddress(homelab: Homelab, file: string, mention: AddressMention): Paragraph[] {
  const { address, uses } = mention;
  const own = [...new Set(uses.map(({ host }) => host))];
  const index = indexOf(homelab);
  const hosts = own.length > 0 ? own : index.hostsOf(file);
  if (address === null) return uses.flatMap(describeUnknown);
  return hosts.flatMap((host) => describeOnHost(index, host, address));
}

function describeOnHost(index: HomelabIndex, host: Host, address: string): Paragraph[] {
  const uses = index.usesOf(host, address);
  const faces = host.interfaces.filter((face) => bareAddress(face.address) === address);
  if (uses.length === 0 && faces.length === 0) return [];
  return [
    ...uses.flatMap((use) => describeUse(use, host, address)),
    ...faces.map((face) => ({
      pieces: [
        { code: address },
        ' is the address of the interface ',
        { code: face.interface },
        ...onHost(host),
        '.',
      ],
    })),
    ...nextFree(index, host),
  ];
}

function describeUse(use: AddressUse, host: Host, address: string): Paragraph[] {
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
    { bullet: true, pieces: statusOf(container) },
    ...(takesEffect(use) || use.container.privateNetwork.kind === 'unknown' ? [] : [NO_EFFECT]),
  ];
}

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
