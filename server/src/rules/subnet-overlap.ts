import ipaddr from 'ipaddr.js';
import { bareAddress, parseAddress, takesEffect } from '../homelab/addresses';
import type { InterfaceAddress } from '../homelab/model';
import { factSpot, inParentheses } from './places';
import { finding, related } from './rule';
import { perContainer } from './scopes';

/** A guest behind its host with an address out of the network that the host is in: the others there do not find it. */
export const subnetOverlap = perContainer({
  id: 'subnet-overlap',
  severity: 'hint',
  description: "A container without a bridge has an address out of one of the host's networks.",
  *look(homelab, host, container) {
    for (const use of container.addresses) {
      const { fact, side, bridge, option } = use;
      if (fact.kind !== 'known' || side !== 'local' || bridge !== null || !takesEffect(use)) continue;
      const address = bareAddress(fact.value);
      const at = factSpot(homelab, fact);
      if (address === null || at === null) continue;
      const face = host.interfaces.find((each) => isIn(address, each));
      if (face === undefined || bareAddress(face.address) === address) continue;
      yield finding(subnetOverlap, {
        at,
        host,
        message: `${address}, \`${option}\` of ${container.name}, lies in the network of ${face.interface} (${face.address}/${face.prefixLength ?? ''}${inParentheses(
          homelab,
          host,
          face.at,
        )
          .replace(/^ \(|\)$/g, '')
          .replace(
            /^(?=.)/,
            ', ',
          )}), but the guest is behind the host: other machines there look for it in vain. Take an address of another network, or attach it to a bridge.`,
        related: [related(homelab, face.at, `address of ${face.interface}`)],
      });
    }
  },
});

function isIn(text: string, { address, prefixLength }: InterfaceAddress): boolean {
  const [own, theirs] = [parseAddress(text), parseAddress(bareAddress(address) ?? '')];
  if (own === null || theirs === null || prefixLength === null || prefixLength === 0) return false;
  if (own instanceof ipaddr.IPv4 && theirs instanceof ipaddr.IPv4)
    return prefixLength <= 30 && own.match(theirs, prefixLength);
  if (own instanceof ipaddr.IPv6 && theirs instanceof ipaddr.IPv6)
    return prefixLength <= 126 && own.match(theirs, prefixLength);
  return false;
}
