import { putHostInUrl } from '../edits/url-port';
import { bareAddress } from '../homelab/addresses';
import { containerNamed, isShared } from '../homelab/arrivals';
import { guestFirewall, keepsClosed } from '../homelab/guest-firewall';
import { guestPorts, isUnserved } from '../homelab/guest-ports';
import type { Backend, Container, Host } from '../homelab/model';
import { networkOf } from '../homelab/networks';
import { isLoopback, parseTarget } from '../homelab/reach';
import { backendSpot, type Trouble } from './backend-places';
import { containerAt, fixOf, inParentheses } from './places';
import { finding, related, type Files } from './rule';
import { perRoute } from './scopes';

/** A proxy with a network of its own that asks itself, where nothing listens. */
export const backendSelf = perRoute({
  id: 'backend-self',
  severity: 'error',
  description:
    'A proxy in a guest with its own network passes requests on to its own loopback, where nothing listens.',
  *look(homelab, host, { backends, protocol, proxyContainer, router }) {
    const proxy = proxyContainer === null ? undefined : containerNamed(host, proxyContainer);
    if (proxy?.status !== 'active' || protocol === 'udp' || networkOf(host, proxy) !== 'own') return;
    for (const backend of backends) {
      const wrong = leadsBack(homelab, host, proxy, backend);
      const at = wrong === null ? null : backendSpot(homelab, host, backend, null);
      if (wrong === null || at === null) continue;
      const { why, ...rest } = wrong;
      const message = `${router} leads back into ${proxy.name} itself: ${why}`;
      yield finding(backendSelf, { at, host, message, ...rest });
    }
  },
});

/** What is wrong where a proxy in a guest with its own network asks its own loopback, and nothing listens; else null. */
export function leadsBack(homelab: Files, host: Host, proxy: Container, backend: Backend): Trouble | null {
  const { url, port } = backend;
  const named = url.kind === 'known' ? (parseTarget(url.value)?.host ?? '') : '';
  const address = named.toLowerCase() === 'localhost' ? '127.0.0.1' : bareAddress(named);
  if (address === null || !isLoopback(address) || port === null || url.kind !== 'known') return null;
  if (!isUnserved(guestPorts(host, proxy), port)) return null;
  const meant = serving(host, proxy, port);
  const [only] = meant;
  const right = meant.length === 1 && only !== undefined ? addressOf(only) : null;
  return {
    why: `in a network of its own ${named} is the guest, where nothing listens on port ${port}. ${right === null || only === undefined ? 'Write the address of the container that is meant.' : `${only.name}${inParentheses(homelab, host, containerAt(only))} serves that port: write ${right}.`}`,
    related: [
      only === undefined ? null : related(homelab, containerAt(only), `${only.name}, which serves the port`),
    ],
    fixes: [
      right === null || isShared(host, backend)
        ? null
        : fixOf(`Write ${right}`, putHostInUrl(homelab.files, url.literal, named, right)),
    ],
  };
}

/** The other containers that let a port in, or have a service on it. */
function serving(host: Host, proxy: Container, port: number): Container[] {
  return host.containers.filter((container) => {
    if (container === proxy || container.status !== 'active' || networkOf(host, container) !== 'own')
      return false;
    const firewall = guestFirewall(host, container);
    const listens = guestPorts(host, container).listeners.some(
      (own) => own.port.kind === 'known' && own.port.value === port,
    );
    return listens || (firewall.kind === 'on' && !keepsClosed(firewall, 'tcp', port));
  });
}

export function addressOf({ localAddress }: Container): string | null {
  return localAddress.kind === 'known' ? bareAddress(localAddress.value) : null;
}
