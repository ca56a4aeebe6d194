import { putListenAddress } from '../edits/listen-address';
import { bareAddress } from '../homelab/addresses';
import { arrivalsOf, type Arrival } from '../homelab/arrivals';
import { guestPorts, mayBeBoundElsewhere, rowOf } from '../homelab/guest-ports';
import { locate } from '../homelab/homelab';
import type { Container, Host, Listener } from '../homelab/model';
import { isLoopback } from '../homelab/reach';
import type { Spot } from '../homelab/spot';
import { ADDRESS_NOT_BY_NIXOS } from '../schema/tables/listening';
import { backendSpot, enabledSpot, routeName, type Trouble } from './backend-places';
import { fixOf } from './places';
import { finding, related, type Files } from './rule';
import { perRoute } from './scopes';

/** A service of a guest that only the guest itself can reach, while a proxy outside of it has a route to it. */
export const backendOnLoopback = perRoute({
  id: 'backend-on-loopback',
  severity: 'error',
  description: 'A service behind a route listens on the loopback of its guest, where no proxy reaches it.',
  *look(homelab, host, route) {
    for (const arrival of arrivalsOf(host, route)) {
      const { backend, container } = arrival;
      const found = loopbackListener(homelab, host, arrival, routeName(homelab, host, route));
      const at = found === null ? null : (found.at ?? backendSpot(homelab, host, backend, container.name));
      if (found === null || at === null) continue;
      yield finding(backendOnLoopback, {
        at,
        host,
        message: `No proxy reaches ${found.why}`,
        related: [
          backend.url.kind === 'known'
            ? related(homelab, backend.url.definition, 'the route comes from here')
            : null,
        ],
        fixes: found.fixes ?? [],
        incomplete: found.isDefault,
      });
    }
  },
});

interface OnLoopback extends Trouble {
  /** Where the service is told to, or is turned on. */
  readonly at: Spot | null;
  /** Whether nothing tells it to. */
  readonly isDefault: boolean;
}

/**
 * What is wrong where the service that is asked for listens on loopback only; null where it may not.
 * @param who asks from outside the guest
 */
export function loopbackListener(
  homelab: Files,
  host: Host,
  arrival: Arrival,
  who: string,
): OnLoopback | null {
  const { container, port } = arrival;
  const listener = onlyOnLoopback(host, arrival);
  const row = listener === null ? null : rowOf(listener.service);
  if (listener === null || row === null || listener.address.kind !== 'known') return null;
  const { definition, value } = listener.address;
  const option = row.address.option ?? '';
  const own = ownAddress(container);
  const by = definition === null ? `, as it does until \`${option}\` is set` : '';
  const what = own === null ? '"0.0.0.0"' : `"${own}" or "0.0.0.0"`;
  const at = locate(homelab, definition) ?? enabledSpot(homelab, arrival, row.name);
  return {
    why: `${row.title} in ${container.name}: it listens on ${value} only${by}, and ${who} comes to port ${port} from outside the guest. Set ${definition === null ? 'it' : `\`${option}\``} to ${what}.`,
    related: [at === null ? null : { file: at.file, range: at.range, message: `${row.title} listens here` }],
    fixes: [...(own === null ? [] : [own]), '0.0.0.0'].map((address) =>
      fixOf(
        `Let ${row.title} listen on ${address}`,
        putListenAddress(homelab.files, container, row, listener, address),
      ),
    ),
    at,
    isDefault: definition === null,
  };
}

/** The service that a route comes to, where it certainly listens on loopback only and nothing passes on to it. */
function onlyOnLoopback(host: Host, { container, guest, port, protocol }: Arrival): Listener | null {
  if (protocol !== 'tcp') return null;
  const { listeners, proxied, relay } = guestPorts(host, container);
  if (relay !== null || proxied.has(port)) return null;
  const there = listeners.filter((own) => own.port.kind !== 'known' || own.port.value === port);
  const [only, ...others] = there;
  if (only === undefined || others.length > 0 || !isOnLoopback(only)) return null;
  const { address } = only;
  const isDefault = address.kind === 'known' && address.definition === null;
  const doubtful =
    ADDRESS_NOT_BY_NIXOS.has(only.service) || mayBeBoundElsewhere(guest.system, rowOf(only.service));
  return isDefault && doubtful ? null : only;
}

function isOnLoopback({ port, address }: Listener): boolean {
  if (port.kind !== 'known' || address.kind !== 'known') return false;
  if (address.value === 'localhost') return true;
  const bound = bareAddress(address.value);
  return bound !== null && isLoopback(bound);
}

function ownAddress({ localAddress }: Container): string | null {
  return localAddress.kind === 'known' ? bareAddress(localAddress.value) : null;
}
