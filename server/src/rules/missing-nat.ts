import { bindingOf, putSetting } from '../edits/settings';
import { insertElement } from '../edits/list-insertion';
import { attrsBelow } from '../edits/syntax-search';
import { locate } from '../homelab/homelab';
import type { Container, Host } from '../homelab/model';
import {
  guestsBehindHost,
  internalInterfaces,
  mayMasqueradeOtherwise,
  namesInterface,
  usesNftables,
} from '../homelab/nat';
import { hostInterface } from '../homelab/networks';
import { asString, optionThunk, readOption } from '../homelab/read';
import { writeString } from '../nix/write';
import { factSpot, fixOf, listed, relatedFact } from './places';
import { finding, related, type Finding, type Fix, type Files } from './rule';
import { perHost } from './scopes';

/** Guests whose packets leave with an address that nobody outside can answer. */
export const missingNat = perHost({
  id: 'missing-nat',
  severity: 'warning',
  description: "The host does not translate a guest's address, so the guest gets no further than the host.",
  *look(homelab, host) {
    const guests = guestsBehindHost(host);
    const { enable } = host.nat;
    if (guests.length === 0 || enable.kind === 'unknown' || mayMasqueradeOtherwise(host)) return;
    const entries = internalInterfaces(host);
    if (entries.open !== null || entries.items.some(({ kind }) => kind !== 'known')) return;
    const names = entries.items.flatMap((entry) => (entry.kind === 'known' ? [entry.value] : []));
    const left = guests.filter(
      (guest) => !names.some((name) => namesInterface(name, hostInterface(guest) ?? '')),
    );
    if (enable.kind === 'known' && enable.value && left.length < guests.length)
      yield* notListed(homelab, host, left);
    else if (enable.kind !== 'known' || !enable.value || names.length === 0)
      yield* withoutNat(homelab, host, guests);
  },
});

/** NAT is on, and names some guests' interfaces: the others were forgotten. */
function* notListed(homelab: Files, host: Host, left: readonly Container[]): Generator<Finding> {
  const thunk = optionThunk(host.system, ['networking', 'nat', 'internalInterfaces']);
  for (const guest of left) {
    const at = factSpot(homelab, guest.hostAddress);
    const name = hostInterface(guest);
    if (at === null || name === null) continue;
    yield finding(missingNat, {
      at,
      host,
      message: `${guest.name} gets no further than the host: \`networking.nat.internalInterfaces\` does not name ${name}, its interface on the host. Add it there.`,
      related: [related(homelab, thunk?.origin ?? null, 'the interfaces that are translated')],
      fixes: [listedToo(homelab, host, name)],
      incomplete: true,
    });
  }
}

function listedToo(homelab: Files, host: Host, name: string): Fix | null {
  const origin = optionThunk(host.system, ['networking', 'nat', 'internalInterfaces'])?.origin ?? null;
  const found = bindingOf(homelab.files, origin, 'internalInterfaces');
  if (found?.binding.value.kind !== 'list') return null;
  const insertion = insertElement(found.file, found.binding.value, [], name, writeString(name));
  return insertion === null ? null : fixOf(`Add ${name} to internalInterfaces`, insertion.change);
}

/** No NAT at all. That can be meant, so it is only worth knowing. */
function* withoutNat(homelab: Files, host: Host, guests: readonly Container[]): Generator<Finding> {
  const [first, ...others] = guests;
  const at = first === undefined ? null : factSpot(homelab, first.hostAddress);
  if (first === undefined || at === null) return;
  const names = guests.map(({ name }) => name);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names;
  yield finding(missingNat, {
    at,
    host,
    severity: 'information',
    message: `${listed(shown)} ${names.length === 1 ? 'gets' : 'get'} no further than the host: \`networking.nat\` is not on for ${names.length === 1 ? 'its interface' : 'their interfaces'}. Set \`networking.nat\` with \`enable\`, \`internalInterfaces\` and \`externalInterface\` if ${names.length === 1 ? 'it is' : 'they are'} to reach the network.`,
    related: others.map((other) => relatedFact(homelab, other.hostAddress, `${other.name} too`)),
    fixes: [withNat(homelab, host)],
    incomplete: true,
  });
}

/** Adds NAT to the module that gives the host its address. */
function withNat(homelab: Files, host: Host): Fix | null {
  const gateway = readOption(host.system, ['networking', 'defaultGateway', 'interface'], asString);
  const [face] = host.interfaces;
  const external = gateway.kind === 'known' ? gateway.value : face?.interface;
  const at = gateway.kind === 'known' ? gateway.definition : (face?.at ?? null);
  const nftables = usesNftables(host);
  const spot = locate(homelab, at);
  const file = spot === null ? null : homelab.files.parsed(spot.file);
  const set = attrsBelow(file?.root.expression ?? null);
  if (external === undefined || file === null || set === null || nftables === 'unknown') return null;
  const value = `{ enable = true; internalInterfaces = [ "ve-${nftables ? '*' : '+'}" ]; externalInterface = ${writeString(external)}; }`;
  return fixOf(
    `Translate the guests' addresses on ${external}`,
    putSetting({ file, set }, ['networking', 'nat'], value),
  );
}
