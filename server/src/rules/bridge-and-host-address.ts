import { bindingOf, removeBinding } from '../edits/settings';
import { bareAddress } from '../homelab/addresses';
import type { Fact } from '../homelab/model';
import { factSpot, fixOf, inParentheses, relatedFact } from './places';
import { finding, related, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** With a bridge the host's side of the link gets no address; `hostAddress` is then only the guest's gateway. */
export const bridgeAndHostAddress = perContainer({
  id: 'bridge-and-host-address',
  severity: 'warning',
  description: '`hostAddress` names a gateway that is not the address of the bridge.',
  *look(homelab, host, container) {
    const { privateNetwork, hostBridge, hostAddress } = container;
    if (privateNetwork.kind !== 'known' || !privateNetwork.value) return;
    if (hostBridge.kind !== 'known' || hostAddress.kind !== 'known') return;
    const at = factSpot(homelab, hostAddress);
    const address = bareAddress(hostAddress.value);
    if (at === null || address === null) return;
    const bridge = hostBridge.value;
    const own = host.interfaces.filter((face) => bareAddress(face.address)?.includes('.') === true);
    const ofBridge = own.find((face) => face.interface === bridge);
    if (ofBridge === undefined || own.some((face) => bareAddress(face.address) === address)) return;
    yield finding(bridgeAndHostAddress, {
      at,
      host,
      message: `With \`hostBridge\` the host does not get ${address}: it only becomes the gateway of ${container.name}. The address of ${bridge} is ${ofBridge.address}${inParentheses(homelab, host, ofBridge.at)}. Write that, or leave \`hostAddress\` out and set \`networking.defaultGateway\` in the guest.`,
      related: [
        related(homelab, ofBridge.at, `address of ${bridge}`),
        relatedFact(homelab, hostBridge, `${container.name} is on ${bridge}`),
      ],
      fixes: [replaced(homelab, hostAddress, ofBridge.address), removed(homelab, hostAddress)],
    });
  },
});

function replaced(homelab: Files, fact: Fact<string>, text: string): Fix | null {
  const found = fact.kind === 'known' ? bindingOf(homelab.files, fact.definition, 'hostAddress') : null;
  const at = factSpot(homelab, fact);
  if (found === null || at === null || found.binding.value.kind !== 'string') return null;
  return fixOf(`Write "${text}"`, { file: at.file, range: at.range, newText: `"${text}"` });
}

function removed(homelab: Files, fact: Fact<string>): Fix | null {
  const found = fact.kind === 'known' ? bindingOf(homelab.files, fact.definition, 'hostAddress') : null;
  return found === null ? null : fixOf('Remove hostAddress', removeBinding(found.file, found.binding));
}
