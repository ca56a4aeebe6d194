import { bareAddress } from './addresses';
import { containerNamed, type Arrival } from './arrivals';
import type { Container, Fact, Host, Route } from './model';
import { networkOf } from './networks';
import { parseTarget } from './reach';

/** From which address a guest sees a proxy come. */

/**
 * The addresses, canonical, of which one is the source of what a proxy sends to a guest: the host's end of the guest's
 * own link for a proxy in the host's network. From another guest it is that guest's address, or the host's end where
 * the host hides it. Null where it is not known. Source: nixos-containers.nix, which gives either end one address.
 */
export function sourcesOf(
  host: Host,
  { proxyContainer }: Route,
  { backend, container }: Arrival,
): string[] | null {
  const target = backend.url.kind === 'known' ? parseTarget(backend.url.value, 'http') : null;
  const reached = target === null ? null : bareAddress(target.host);
  if (reached === null || !isPlain(container)) return null;
  const ends = endsOf(container).find(({ local }) => addressOf(local) === reached);
  const own = ends === undefined ? null : addressOf(ends.host);
  if (ends === undefined || own === null) return null;
  if (proxyContainer === null) return [own];
  const proxy = containerNamed(host, proxyContainer);
  if (proxy?.status !== 'active') return null;
  const network = networkOf(host, proxy);
  if (network === 'host') return [own];
  if (network !== 'own' || !isPlain(proxy)) return null;
  const from = addressOf(ends.family === 4 ? proxy.localAddress : proxy.localAddress6);
  return from === null ? null : [from, own];
}

function endsOf(container: Container): { family: 4 | 6; local: Fact<string>; host: Fact<string> }[] {
  return [
    { family: 4, local: container.localAddress, host: container.hostAddress },
    { family: 6, local: container.localAddress6, host: container.hostAddress6 },
  ];
}

/** Whether a guest has one link, which leads to the host. */
function isPlain({ hostBridge, extraVeths, privateNetwork }: Container): boolean {
  return (
    privateNetwork.kind === 'known' &&
    privateNetwork.value &&
    hostBridge.kind === 'unset' &&
    extraVeths.open === null &&
    extraVeths.items.length === 0
  );
}

function addressOf(fact: Fact<string>): string | null {
  return fact.kind === 'known' ? bareAddress(fact.value) : null;
}
