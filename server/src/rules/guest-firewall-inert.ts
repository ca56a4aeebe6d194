import { insertElement } from '../edits/list-insertion';
import { bindingAround, removeBinding } from '../edits/settings';
import type { Origin } from '../eval/value';
import { outsideMayDecide } from '../homelab/certainty';
import { locate } from '../homelab/homelab';
import type { Container, Host, OpenPorts } from '../homelab/model';
import { networkOf, textsOf } from '../homelab/networks';
import { asBool, optionThunk, readOption, valueOr } from '../homelab/read';
import { fixOf, inParentheses, listed } from './places';
import { finding, related, type Finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** Ports opened inside a guest that shares the host's network: its firewall does not run. */
export const guestFirewallInert = perContainer({
  id: 'guest-firewall-inert',
  severity: 'warning',
  description: 'A guest without a private network opens ports in its own firewall, which does not run.',
  *look(homelab, host, container) {
    const { guest } = container;
    if (guest === null || networkOf(host, container) !== 'host' || mayRunFirewall(container)) return;
    yield* ofProtocol(homelab, host, container, 'TCP', guest.tcp, host.tcp);
    yield* ofProtocol(homelab, host, container, 'UDP', guest.udp, host.udp);
  },
});

/** NixOS' firewall needs CAP_NET_ADMIN, which nspawn grants with a private network, or in these ways. */
function mayRunFirewall(container: Container): boolean {
  const tun = readOption(container.system, ['enableTun'], asBool);
  if (tun.kind === 'unknown' || valueOr(tun, false)) return true;
  return ['additionalCapabilities', 'extraFlags'].some((option) => {
    const texts = textsOf(container, option);
    return texts.open !== null || texts.items.some((text) => /CAP_NET_ADMIN|\ball\b|--capability/.test(text));
  });
}

function* ofProtocol(
  homelab: Files,
  host: Host,
  container: Container,
  protocol: 'TCP' | 'UDP',
  opened: OpenPorts,
  hosts: OpenPorts,
): Generator<Finding> {
  const option = `allowed${protocol}Ports`;
  const list = optionThunk(container.guest?.system ?? container.system, ['networking', 'firewall', option]);
  const inList = opened.ports.items.filter(({ at }) => at?.kind === 'int');
  const [first] = inList;
  const file = first?.at == null ? null : homelab.files.parsed(first.at.anchor.source);
  const binding = file === null || first === undefined ? null : bindingAround(file, first.at);
  const at = locate(homelab, binding?.value ?? null);
  if (list === undefined || first === undefined || file === null || at === null || binding === null) return;
  if (binding.path[binding.path.length - 1]?.text !== option) return;
  const firewall = readOption(host.system, ['networking', 'firewall', 'enable'], asBool);
  const off = firewall.kind === 'known' && !firewall.value;
  const closed = inList.filter(({ port }) => !off && !isOpen(hosts, port));
  const ports = inList.map(({ port }) => String(port));
  const start = `Opening ${listed([...new Set(ports)])} here has no effect: ${container.name} shares the host's network, and only the host's firewall counts`;
  if (closed.length === 0) {
    const opener = off ? null : (hosts.ports.items.find(({ port }) => port === first.port)?.at ?? null);
    yield finding(guestFirewallInert, {
      at,
      host,
      severity: 'hint',
      tags: ['unnecessary'],
      message: `${start}, which ${off ? 'is off' : `lets ${ports.length === 1 ? 'it' : 'them'} in already${inParentheses(homelab, host, opener)}`}.`,
      related: [related(homelab, opener, 'opened here')],
      fixes: [fixOf(`Remove ${option}`, removeBinding(file, binding))],
    });
    return;
  }
  if (hosts.ports.open !== null || firewall.kind === 'unknown' || outsideMayDecide(host.system)) return;
  const missing = listed(closed.map(({ port }) => String(port)));
  yield finding(guestFirewallInert, {
    at,
    host,
    message: `${start}, which does not let ${missing} in. Open ${closed.length === 1 ? 'it' : 'them'} in \`networking.firewall.${option}\` of the host if the network is to reach ${closed.length === 1 ? 'it' : 'them'}; a proxy on this host does not need that.`,
    fixes: [
      openOnHost(
        homelab,
        hosts,
        option,
        closed.map(({ port }) => port),
      ),
      fixOf(`Remove ${option}`, removeBinding(file, binding)),
    ],
  });
}

function isOpen({ ports, ranges }: OpenPorts, port: number): boolean {
  return (
    ports.items.some((item) => item.port === port) ||
    ranges.some(({ from, to }) => from <= port && port <= to)
  );
}

function openOnHost(homelab: Files, hosts: OpenPorts, option: string, ports: readonly number[]): Fix | null {
  const place: Origin = hosts.ports.items.find(({ at }) => at?.kind === 'int')?.at ?? null;
  const file = place === null ? null : homelab.files.parsed(place.anchor.source);
  const binding = file === null ? null : bindingAround(file, place);
  if (
    file === null ||
    binding?.value.kind !== 'list' ||
    binding.path[binding.path.length - 1]?.text !== option
  )
    return null;
  const insertion = insertElement(file, binding.value, [], '', ports.join(' '));
  return insertion === null ? null : fixOf(`Open ${listed(ports.map(String))} on the host`, insertion.change);
}
