import { settingBeside } from '../edits/settings';
import { bareAddress, ipv4Number, ipv4Text, parseAddress } from '../homelab/addresses';
import { isClosedContainer } from '../homelab/certainty';
import { sharesHostAddress } from '../homelab/free-pairs';
import type { Container, Fact, Host } from '../homelab/model';
import { configuresOwnNetwork } from '../homelab/networks';
import { writeString } from '../nix/write';
import { factSpot, fixOf } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** One end of a link without the other: no answer finds its way back. */
export const halfAddressPair = perContainer({
  id: 'half-address-pair',
  severity: 'warning',
  description: 'Only one end of a private link has an address.',
  *look(homelab, host, container) {
    const { privateNetwork, hostBridge } = container;
    if (privateNetwork.kind !== 'known' || !privateNetwork.value || hostBridge.kind !== 'unset') return;
    const ends = ENDS.filter(
      ([local, other]) => (container[local].kind === 'known') !== (container[other].kind === 'known'),
    );
    if (ends.length === 0 || ends.some((pair) => pair.some((option) => container[option].kind === 'unknown')))
      return;
    if (!isClosedContainer(host, container) || configuresOwnNetwork(container) !== false) return;
    for (const [local, other] of ends) {
      const written = container[local].kind === 'known' ? local : other;
      const missing = written === local ? other : local;
      const fact: Fact<string> = container[written];
      const at = factSpot(homelab, fact);
      if (at === null || fact.kind !== 'known' || bareAddress(fact.value) === null) continue;
      if (written === 'localAddress6' && reachesNetwork(fact.value)) continue;
      const address = partner(host, container, written, fact.value);
      const advice = address === null ? '' : `, such as "${address}"`;
      yield finding(halfAddressPair, {
        at,
        host,
        message:
          missing === other
            ? `\`${written}\` has no \`${missing}\` beside it: ${container.name} gets no route to the host, so it cannot answer. Add the host's end of the link${advice}.`
            : `\`${written}\` has no \`${missing}\` beside it: ${container.name} gets no address, so nothing reaches it. Add the guest's end of the link${advice}.`,
        fixes: [address === null ? null : added(homelab, fact, written, missing, address)],
        incomplete: true,
      });
    }
  },
});

/** Whether a guest has, by the prefix of its own address, a route to its neighbours on the link. */
function reachesNetwork(text: string): boolean {
  const [, prefix] = text.split('/');
  return prefix !== undefined && Number(prefix) < 128;
}

const ENDS = [
  ['localAddress', 'hostAddress'],
  ['localAddress6', 'hostAddress6'],
] as const;
type End = (typeof ENDS)[number][number];

/** The other end's address in the way the homelab gives them, if it is free: the shared one, or the neighbour. */
function partner(host: Host, container: Container, written: End, text: string): string | null {
  if (written.endsWith('6')) return null;
  const own = ipv4Number(bareAddress(text) ?? '');
  if (own === null) return null;
  if (written === 'localAddress' && sharesHostAddress(host)) return sharedAddress(host);
  const step = written === 'localAddress' ? -1 : 1;
  const [usual, other] = swaps(host) ? [-step, step] : [step, -step];
  for (const by of [usual, other]) {
    const candidate = own + by;
    const last = candidate % 256;
    if (last !== 0 && last !== 255 && !isTaken(host, container, ipv4Text(candidate)))
      return ipv4Text(candidate);
  }
  return null;
}

function sharedAddress({ containers }: Host): string | null {
  const counts = new Map<string, number>();
  for (const { hostAddress } of containers)
    if (hostAddress.kind === 'known') counts.set(hostAddress.value, (counts.get(hostAddress.value) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined || parseAddress(most[0]) === null ? null : most[0];
}

/** Whether the host's end is the higher address in most pairs. */
function swaps({ containers }: Host): boolean {
  let higher = 0;
  let lower = 0;
  for (const { hostAddress, localAddress } of containers) {
    if (hostAddress.kind !== 'known' || localAddress.kind !== 'known') continue;
    const [hosts, guests] = [ipv4Number(hostAddress.value), ipv4Number(localAddress.value)];
    if (hosts === null || guests === null) continue;
    if (hosts > guests) higher++;
    else lower++;
  }
  return higher > lower;
}

function isTaken(host: Host, container: Container, address: string): boolean {
  return (
    host.interfaces.some((face) => bareAddress(face.address) === address) ||
    host.containers.some(
      (other) =>
        other !== container &&
        other.addresses.some(({ fact }) => fact.kind === 'known' && bareAddress(fact.value) === address),
    )
  );
}

function added(homelab: Files, fact: Fact<string>, written: End, missing: End, address: string): Fix | null {
  if (fact.kind !== 'known') return null;
  return fixOf(
    `Add ${missing} = "${address}"`,
    settingBeside(homelab.files, fact.definition, written, missing, writeString(address)),
  );
}
