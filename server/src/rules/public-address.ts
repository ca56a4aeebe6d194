import ipaddr from 'ipaddr.js';
import { piecewise } from '../eval/pieces';
import type { Origin } from '../eval/value';
import { bareAddress, parseAddress, takesEffect } from '../homelab/addresses';
import type { AddressUse, Host } from '../homelab/model';
import { factSpot } from './places';
import { finding } from './rule';
import { perHost } from './scopes';

/** An address that belongs to somebody on the internet, on a link that only this host has. */
export const publicAddress = perHost({
  id: 'public-address',
  severity: 'information',
  description: "An address of a container's private link is a public one.",
  *look(homelab, host) {
    for (const [first, ...others] of byDefinition(host)) {
      const { use, address } = first;
      const at = factSpot(homelab, use.fact);
      if (at === null) continue;
      const more =
        others.length === 0
          ? ''
          : `, and so do the ${others.length === 1 ? 'other one' : `${others.length} others`} from here`;
      yield finding(publicAddress, {
        at,
        host,
        message: `${address} is a public address: as \`${use.option}\` of ${use.container.name} it hides whoever has it on the internet${more}. Private ones are 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.`,
      });
    }
  },
});

interface Public {
  readonly use: AddressUse;
  readonly address: string;
}

/** The public addresses of private links, those of one definition together: it may serve many containers. */
function byDefinition(host: Host): [Public, ...Public[]][] {
  const groups = new Map<Origin, [Public, ...Public[]]>();
  for (const found of publicAddresses(host)) {
    const { definition, use, address } = found;
    if (host.interfaces.some((face) => bareAddress(face.address) === address)) continue;
    const group = groups.get(definition);
    if (group === undefined) groups.set(definition, [{ use, address }]);
    else group.push({ use, address });
  }
  return [...groups.values()];
}

const publicAddresses = piecewise(
  ({ containers }: Host) => containers,
  ({ status, addresses }) => (status === 'active' ? addresses.flatMap(publicOf) : []),
);

function publicOf(use: AddressUse): readonly (Public & { readonly definition: Origin })[] {
  const { fact, family, bridge } = use;
  // On a bridge the network decides, which may well be a public one.
  if (fact.kind !== 'known' || family !== 4 || bridge !== null || !takesEffect(use)) return [];
  const address = bareAddress(fact.value);
  if (address === null || !isPublic(address)) return [];
  return [{ use, address, definition: fact.definition }];
}

function isPublic(address: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && parsed.range() === 'unicast' && parsed instanceof ipaddr.IPv4;
}
