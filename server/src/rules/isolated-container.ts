import { putContainerSetting, settingBeside } from '../edits/settings';
import { nextFreePair } from '../homelab/free-pairs';
import type { Container, Host } from '../homelab/model';
import { hasLink, networkOf } from '../homelab/networks';
import { writeString } from '../nix/write';
import { containerSpot, factSpot, fixOf, listed } from './places';
import { finding, type Fix, type Files } from './rule';
import { perContainer } from './scopes';

/** A private network that nothing is connected to, around a service that others are meant to reach. */
export const isolatedContainer = perContainer({
  id: 'isolated-container',
  severity: 'warning',
  description: 'A container that others are meant to reach has a private network without any link.',
  *look(homelab, host, container) {
    const { privateNetwork, name } = container;
    if (privateNetwork.kind !== 'known' || !privateNetwork.value || networkOf(host, container) !== 'own')
      return;
    const wanted = wantedFor(container);
    if (wanted === null || hasLink(host, container) !== false) return;
    const at = factSpot(homelab, privateNetwork) ?? containerSpot(homelab, container);
    if (at === null) return;
    yield finding(isolatedContainer, {
      at,
      host,
      message: `${name} has only its loopback: \`privateNetwork\` alone makes no link, and ${wanted}. Add \`hostAddress\` and \`localAddress\`, or \`hostBridge\`.`,
      fixes: [connected(homelab, host, container)],
      incomplete: true,
    });
  },
});

/** Why a guest is meant to be reached: the ports it opens, or forwards; null where nothing says so. */
function wantedFor({ guest, forwardPorts }: Container): string | null {
  if (forwardPorts.items.length > 0) return 'its forwarded ports lead nowhere';
  if (guest === null) return null;
  const ports = [...guest.tcp.ports.items, ...guest.udp.ports.items].map(({ port }) => String(port));
  if (ports.length === 0) return null;
  const shown = [...new Set(ports)].slice(0, 4);
  return shown.length === 1
    ? `nothing reaches its open port ${listed(shown)}`
    : `nothing reaches its open ports ${listed(shown)}`;
}

/** The next free link, in the way the homelab has its others. */
function connected(homelab: Files, host: Host, container: Container): Fix | null {
  const pair = nextFreePair(host);
  if (pair === null) return null;
  const settings = [
    ['hostBridge', pair.hostBridge],
    ['hostAddress', pair.hostAddress],
    ['localAddress', pair.localAddress],
  ] as const;
  const wanted = settings.flatMap(([option, value]) => (value === null ? [] : [[option, value] as const]));
  const what = wanted.map(([, value]) => value).join(' / ');
  const { privateNetwork } = container;
  const definition = privateNetwork.kind === 'known' ? privateNetwork.definition : null;
  const first = wanted.map(
    ([option, value]) =>
      settingBeside(homelab.files, definition, 'privateNetwork', option, writeString(value)) ??
      putContainerSetting(homelab.files, container, [option], writeString(value)),
  );
  const [one] = first;
  if (one === undefined || one === null || first.some((change) => change === null)) return null;
  const newText = first.map((change) => change?.newText ?? '').join('');
  return fixOf(`Connect it: ${what}`, { ...one, newText });
}
