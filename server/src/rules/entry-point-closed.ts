import { insertElement } from '../edits/list-insertion';
import { bindingAround } from '../edits/settings';
import { piecewise } from '../eval/pieces';
import { isWritten, knowsAllContainers, outsideMayDecide } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Host, OpenPorts } from '../homelab/model';
import { asBool, readOption } from '../homelab/read';
import { hostSockets, type Socket } from '../homelab/sockets';
import { fixOf, inParentheses } from './places';
import { finding, related, type Fix, type Files } from './rule';
import { perHost } from './scopes';

/** A proxy behind a firewall that lets nobody in. */
export const entryPointClosed = perHost({
  id: 'entry-point-closed',
  severity: 'warning',
  description: "The host's firewall does not let in what comes to an entry point of Traefik.",
  *look(homelab, host) {
    const { system } = host;
    const firewall = readOption(system, ['networking', 'firewall', 'enable'], asBool);
    if (firewall.kind !== 'known' || !firewall.value || mayBeReachedOtherwise(host)) return;
    const used = new Set(usedEntryPoints(host));
    for (const socket of hostSockets(host)) {
      const name = /^entry point (.+) of Traefik$/.exec(socket.title)?.[1];
      const opened = socket.protocol === 'udp' ? host.udp : host.tcp;
      const at = locate(homelab, socket.at);
      if (name === undefined || !used.has(name) || socket.address !== null || at === null) continue;
      if (opened.ports.open !== null || isOpen(opened, socket.port)) continue;
      const option = socket.protocol === 'udp' ? 'allowedUDPPorts' : 'allowedTCPPorts';
      const [example] = opened.ports.items;
      yield finding(entryPointClosed, {
        at,
        host,
        message: `Nobody but this machine reaches entry point ${name}: the firewall of ${host.name ?? 'the host'} does not let port ${socket.port} in${inParentheses(homelab, host, example?.at ?? null)}. Add ${socket.port} to \`networking.firewall.${option}\` of the host.`,
        related: [related(homelab, example?.at ?? null, 'what the firewall lets in')],
        fixes: [openOnHost(homelab, opened, option, socket)],
        incomplete: true,
      });
    }
  },
});

function isOpen({ ports, ranges }: OpenPorts, port: number): boolean {
  return (
    ports.items.some((item) => item.port === port) ||
    ranges.some(({ from, to }) => from <= port && port <= to)
  );
}

const usedEntryPoints = piecewise(
  ({ routes }: Host) => routes,
  ({ proxy, entryPoints }) => (proxy === 'traefik' ? entryPoints.items : []),
);

const TUNNELS = /cloudflared|tunnel|tailscale|zerotier|netbird|frp|newt|wireguard|openvpn|nebula/i;

const tunnelsOfGuests = piecewise(
  ({ containers }: Host) => containers,
  ({ guest }) => (guest?.services.items ?? []).filter((name) => TUNNELS.test(name)),
);

/** Whether a tunnel, a VPN, or a rule of another kind may lead to the proxy. */
function mayBeReachedOtherwise(host: Host): boolean {
  const { system } = host;
  return (
    !knowsAllContainers(host) ||
    outsideMayDecide(system) ||
    OTHER_RULES.some((path) => isWritten(system, path) !== false) ||
    tunnelsOfGuests(host).length > 0 ||
    host.hostServices.some(({ name }) => TUNNELS.test(name))
  );
}

const OTHER_RULES: readonly (readonly string[])[] = [
  ...[
    'interfaces',
    'trustedInterfaces',
    'extraCommands',
    'extraInputRules',
    'extraPackages',
    'package',
    'allInterfaces',
  ].map((option) => ['networking', 'firewall', option]),
  ['networking', 'nftables', 'ruleset'],
  ['networking', 'nftables', 'rulesetFile'],
  ['networking', 'nftables', 'tables'],
  ['networking', 'wireguard'],
  ['networking', 'wg-quick'],
  ['services', 'cloudflared'],
  ['services', 'tailscale'],
  ['services', 'zerotierone'],
  ['services', 'netbird'],
  ['services', 'openvpn'],
];

function openOnHost(homelab: Files, opened: OpenPorts, option: string, { port }: Socket): Fix | null {
  const place = opened.ports.items.find(({ at }) => at?.kind === 'int')?.at ?? null;
  const file = place === null ? null : homelab.files.parsed(place.anchor.source);
  const binding = file === null ? null : bindingAround(file, place);
  if (
    file === null ||
    binding?.value.kind !== 'list' ||
    binding.path[binding.path.length - 1]?.text !== option
  )
    return null;
  const insertion = insertElement(file, binding.value, [], '', String(port));
  return insertion === null ? null : fixOf(`Open ${port} on the host`, insertion.change);
}
