import { bareAddress } from '../homelab/addresses';
import { locate, type Homelab } from '../homelab/homelab';
import type { Collection, Container, Fact, Host, OpenPorts } from '../homelab/model';
import { hostInterface } from '../homelab/networks';
import { isInside } from '../nix/paths';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import { ownDefinitions } from './places';
import { routeLine, siteUrls } from './route-summary';

/** Everything about a container at a glance. */
export function containerSummary(index: HomelabIndex, host: Host, container: Container): Paragraph[] {
  const bullet = (pieces: readonly Inline[] | null): Paragraph[] =>
    pieces === null ? [] : [{ bullet: true, pieces }];
  return [
    { pieces: ['Container ', { code: container.name }, ...onHost(host), ': ', ...statusOf(container)] },
    ...networkOf(container).map((pieces) => ({ bullet: true, pieces })),
    ...bullet(portsOf(container)),
    ...bullet(servicesOf(container)),
    ...index.routesTo(container).map(({ route }) => ({
      bullet: true,
      pieces: routeLine(route, container.name, siteUrls(index, host, route)),
    })),
    ...bullet(forwardedTo(container)),
    ...bullet(startOf(container)),
    ...bullet(flagOf(container.ephemeral, 'Ephemeral: its root is thrown away when it stops.')),
    ...bullet(usersOf(container.privateUsers)),
    ...container.bindMounts.items.map(({ mountPoint, hostPath, isReadOnly }) => ({
      bullet: true,
      pieces: [
        'Mount: ',
        { code: mountPoint },
        ...(hostPath.kind === 'known' && hostPath.value !== mountPoint
          ? [' from the host’s ', { code: hostPath.value }]
          : [' of the host']),
        ...(isReadOnly.kind === 'known' ? [isReadOnly.value ? ', read-only' : ', writable'] : []),
        '.',
      ],
    })),
    ...bullet(definedIn(index.homelab, host, container)),
  ];
}

/** ` on homelab`; nothing where the host has no name. */
export function onHost({ name }: Host): Inline[] {
  return name === null ? [] : [' on ', { code: name }];
}

export function statusOf({ status, because }: Container): Inline[] {
  const why: Inline[] = because === null ? [] : [', ', { quoted: because }];
  switch (status) {
    case 'active':
      return ['active.'];
    case 'disabled':
      return ['disabled', ...why, '. Its addresses stay reserved.'];
    case 'conditional':
      return ['active only under a condition', ...why, '.'];
  }
}

function networkOf(container: Container): Inline[][] {
  const { privateNetwork, hostBridge, hostAddress, localAddress } = container;
  if (privateNetwork.kind === 'unknown')
    return [['Network: not known, ', { quoted: privateNetwork.reason }, '.']];
  if (privateNetwork.kind === 'unset' || !privateNetwork.value)
    return [['Network: the host’s own. It shares the host’s addresses and ports.']];
  const pieces: Inline[] = ['Network: private'];
  if (localAddress.kind === 'known') pieces.push(', ', { code: localAddress.value });
  if (localAddress.kind === 'unknown')
    pieces.push(', address not known (', { quoted: localAddress.reason }, ')');
  if (hostAddress.kind === 'known') pieces.push(', the host’s end is ', { code: hostAddress.value });
  if (hostBridge.kind === 'known') pieces.push(', on the bridge ', { code: hostBridge.value });
  const link = hostInterface(container);
  if (link !== null) pieces.push('; its interface on the host is ', { code: link });
  return [
    [...pieces, '.'],
    ...container.addresses.flatMap(({ option, fact }): Inline[][] =>
      option === 'localAddress' || option === 'hostAddress' || fact.kind !== 'known'
        ? []
        : [[{ code: option }, ': ', { code: fact.value }, '.']],
    ),
  ];
}

/** Whether somebody has to start it. */
function startOf({ autoStart, status }: Container): Inline[] | null {
  if (status !== 'active' || autoStart.kind !== 'known' || autoStart.value) return null;
  return ['It does not start by itself: ', { code: 'autoStart' }, ' is false.'];
}

function forwardedTo({ forwardPorts, privateNetwork }: Container): Inline[] | null {
  if (privateNetwork.kind !== 'known' || !privateNetwork.value) return null;
  const shown = forwardPorts.items.flatMap(({ protocol, hostPort, containerPort }): Inline[][] => {
    if (hostPort.kind !== 'known' || protocol.kind !== 'known') return [];
    const inside = containerPort.kind === 'known' ? containerPort.value : hostPort.value;
    const target = inside === hostPort.value ? '' : ` → ${inside}`;
    return [[{ quoted: protocol.value.toUpperCase() }, ` ${hostPort.value}${target}`]];
  });
  const listed = shown.flatMap((pieces, number) => (number === 0 ? pieces : [', ', ...pieces]));
  return shown.length === 0 ? null : ['Forwarded from the host: ', ...listed, '.'];
}

function portsOf({ guest, privateNetwork }: Container): Inline[] | null {
  if (guest === null) return null;
  if (privateNetwork.kind === 'known' && !privateNetwork.value) return null;
  const { firewallEnabled, tcp, udp } = guest;
  if (firewallEnabled.kind === 'known' && !firewallEnabled.value)
    return ['Firewall: off, every port is open.'];
  const tcpText = portList(tcp);
  const udpText = portList(udp);
  if (tcpText === '' && udpText === '') return ['Open ports: none.'];
  return [
    'Open ports: ',
    [tcpText === '' ? '' : `TCP ${tcpText}`, udpText === '' ? '' : `UDP ${udpText}`]
      .filter(Boolean)
      .join(', '),
    '.',
  ];
}

function portList({ ports, ranges }: OpenPorts): string {
  const all = [
    ...new Set(ports.items.map(({ port }) => String(port))),
    ...ranges.map(({ from, to }) => `${from}–${to}`),
    ...(ports.open === null ? [] : ['and others that are not known']),
  ];
  return all.join(' ');
}

function servicesOf({ guest }: Container): Inline[] | null {
  if (guest === null || guest.services.items.length === 0) return null;
  const services = guest.services.items.flatMap((name, number): Inline[] => {
    const listener = guest.listeners.find(({ service }) => service === name);
    const port = listener?.port.kind === 'known' ? ` on port ${listener.port.value}` : '';
    return [number === 0 ? '' : ', ', { code: name }, port];
  });
  return [
    'Services: ',
    ...services,
    ...(isOpen(guest.services) ? [' and others that are not known'] : []),
    '.',
  ];
}

function isOpen({ open }: Collection<unknown>): boolean {
  return open !== null;
}

function flagOf(fact: Fact<boolean>, text: string): Inline[] | null {
  return fact.kind === 'known' && fact.value ? [text] : null;
}

function usersOf(fact: Fact<string | number>): Inline[] | null {
  if (fact.kind !== 'known' || fact.value === 'no') return null;
  return [
    'User namespace: ',
    { code: `privateUsers = ${typeof fact.value === 'string' ? `"${fact.value}"` : fact.value}` },
    '.',
  ];
}

function definedIn(homelab: Homelab, host: Host, container: Container): Inline[] | null {
  const own = ownDefinitions(container);
  const files = new Set<string>();
  const places = own.flatMap(({ nameAt }) => {
    const spot = locate(homelab, nameAt);
    if (spot === null || files.has(spot.file)) return [];
    files.add(spot.file);
    return [`${shownFile(spot.file, host)}:${spot.line + 1}`];
  });
  if (places.length === 0) return null;
  const others = new Set(container.definitions.map(({ file }) => file)).size - files.size;
  return [
    'Defined in ',
    ...places.flatMap((place, number): Inline[] => [number === 0 ? '' : ', ', { code: place }]),
    others > 0 ? `; ${others} other ${others === 1 ? 'file adds' : 'files add'} to it.` : '.',
  ];
}

/** A file as seen from the host's project. */
export function shownFile(file: string, { project }: Pick<Host, 'project'>): string {
  return isInside(project, file) && project !== '/'
    ? file.slice(project.length + 1)
    : file.replace(/^\//, '');
}

/** The address at which a container is reached, in short; null where it is not known. */
export function shortAddress({ localAddress }: Container): string | null {
  return localAddress.kind === 'known' ? bareAddress(localAddress.value) : null;
}
