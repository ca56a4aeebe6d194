import { putGuestSetting } from '../edits/settings';
import type { ModuleSystem } from '../eval/modules/system';
import type { Origin } from '../eval/value';
import { isClosedGuest, isWritten, outsideMayDecide } from '../homelab/certainty';
import type { Container, Host } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { asBool, asString, optionThunk, readList, readOption, setOf, valueOr } from '../homelab/read';
import { containerSpot, factSpot, fixOf, inParentheses } from './places';
import { finding, related } from './rule';
import { perContainer } from './scopes';

/** The host asks itself for names; a guest with a network of its own would ask itself too. */
export const loopbackDns = perContainer({
  id: 'loopback-dns',
  severity: 'warning',
  incomplete: true,
  description: "A guest with its own network takes over a name server on the host's loopback.",
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || networkOf(host, container) !== 'own' || !takesHostFile(host, container)) return;
    const resolver = loopbackResolver(host);
    const at = factSpot(homelab, container.privateNetwork) ?? containerSpot(homelab, container);
    if (resolver === null || at === null) return;
    yield finding(loopbackDns, {
      at,
      host,
      message: `${container.name} cannot resolve names: it takes over the host's \`resolv.conf\`, which names ${resolver.what}${inParentheses(homelab, host, resolver.at)}, and in its own network nobody answers there. Set \`networking.useHostResolvConf = false\`, \`services.resolved.enable = true\` and \`networking.nameservers\` in the guest.`,
      related: [related(homelab, resolver.at, "the host's resolver")],
      fixes: [
        fixOf(
          'Resolve names in the guest',
          putGuestSetting(homelab.files, container, ['networking', 'useHostResolvConf'], 'false'),
          putGuestSetting(homelab.files, container, ['services', 'resolved', 'enable'], 'true'),
        ),
      ].map((fix) => (fix === null ? null : joined(fix))),
    });
  },
});

/** Two settings that are added at one place are one change. */
function joined(fix: NonNullable<ReturnType<typeof fixOf>>): typeof fix {
  const [first, second] = fix.changes;
  if (first === undefined || first.range.start !== second?.range.start) return fix;
  return { ...fix, changes: [{ ...first, newText: first.newText + second.newText }] };
}

/** Whether a guest certainly uses the file that is copied from the host, and nothing of its own. */
function takesHostFile(host: Host, container: Container): boolean {
  const { guest, system } = container;
  if (guest === null || !isClosedGuest(host, container) || outsideMayDecide(guest.system)) return false;
  const copies = readOption(system, ['copyResolvConf'], asBool);
  if (copies.kind === 'unknown' || !valueOr(copies, true)) return false;
  return !writesFile(guest.system) && OWN_RESOLVERS.every((path) => isWritten(guest.system, path) === false);
}

/** Whether `/etc/resolv.conf` is written out. */
function writesFile(system: ModuleSystem): boolean {
  return setOf(optionThunk(system, ['environment', 'etc']))?.entries.has('resolv.conf') === true;
}

const OWN_RESOLVERS: readonly (readonly string[])[] = [
  ['networking', 'useHostResolvConf'],
  ['networking', 'resolvconf'],
  ['networking', 'useNetworkd'],
  ['services', 'resolved'],
  ['services', 'adguardhome'],
  ['services', 'unbound'],
  ['services', 'dnsmasq'],
  ['services', 'blocky'],
  ['systemd', 'network'],
];

/** What the host's `resolv.conf` certainly names, where that is its own loopback. */
function loopbackResolver({ system }: Host): { what: string; at: Origin } | null {
  if (outsideMayDecide(system) || writesFile(system)) return null;
  const resolved = readOption(system, ['services', 'resolved', 'enable'], asBool);
  if (resolved.kind === 'unknown') return null;
  if (resolved.kind === 'known' && resolved.value && resolved.definition !== null)
    return { what: "systemd-resolved's 127.0.0.53", at: resolved.definition };
  if (isWritten(system, ['networking', 'networkmanager']) !== false) return null;
  const { items, open } = readList(optionThunk(system, ['networking', 'nameservers']), asString);
  const [first] = items;
  const all = items.every((item) => item.kind === 'known' && /^(?:127\.|::1$)/.test(item.value));
  if (open !== null || !all || first?.kind !== 'known') return null;
  const dhcp = readOption(system, ['networking', 'useDHCP'], asBool);
  return dhcp.kind === 'known' && dhcp.definition !== null && !dhcp.value
    ? { what: first.value, at: first.definition }
    : null;
}
