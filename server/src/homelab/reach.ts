import { memoOf, sameItems } from '../eval/computed';
import { ComputedTable } from '../eval/computed-table';
import type { ModuleSystem } from '../eval/modules/system';
import { addressBook, bareAddress, hostSideAddressesOf } from './addresses';
import { enabledServices } from './enabled-services';
import { ownAddressesOf } from './interfaces';
import { listenersOf } from './listeners';
import type { Backend, Container, Fact, Listener } from './model';
import { textOf, textsOf } from './networks';
import type { ProxyPlace } from './proxies/place';
import { asString, entriesOf, readKnownList, readOption, readSet, valueOr } from './read';

/** Which container answers at an address, as seen from where a proxy runs. */

/** Host and port of a backend. */
export interface Target {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number | null;
}

/** Ports that are meant where a URL names none. Source: RFC 9110; cloudflared's `ingress` for the others. */
const STANDARD_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  h2c: 80,
  ws: 80,
  https: 443,
  wss: 443,
  ssh: 22,
  rdp: 3389,
  smb: 445,
};

/**
 * Host and port of a backend's URL, or of `host:port`; null where the text is neither.
 * @param scheme what a text without a scheme is taken for
 */
export function parseTarget(url: string, scheme = ''): Target | null {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?(?:[/?#].*)?$/i.exec(
    url.trim(),
  );
  if (match === null) return null;
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '');
  if (host === '') return null;
  const written = match[3] === undefined ? null : Number(match[3]);
  return { host, port: written ?? STANDARD_PORTS[(match[1] ?? scheme).toLowerCase()] ?? null };
}

/** What answers somewhere: the part of a backend that is not its URL. */
export type Answer = Omit<Backend, 'url'>;

/** What a proxy reaches. */
export interface Reach {
  /** Who answers at a target; a container of null where that is none of the host's containers, or not known. */
  answerAt(target: Target | null): Answer;
  /** Whether a name is known without asking a name server. */
  hasName(name: string): boolean;
}

/** The backend that a URL stands for. */
export function backendAt(url: Fact<string>, reach: Reach, scheme = ''): Backend {
  return { url, ...reach.answerAt(url.kind === 'known' ? parseTarget(url.value, scheme) : null) };
}

/** What the proxies of one host reach. It stays while the host changes. */
export class HostReach {
  private readonly network: HostNetwork;
  private readonly places = new WeakMap<ProxyPlace, Reach>();

  constructor(system: ModuleSystem, containers: () => readonly Container[]) {
    this.network = new HostNetwork(system, containers);
  }

  /** What is reached from where a proxy runs. */
  from(place: ProxyPlace): Reach {
    let reach = this.places.get(place);
    if (reach === undefined) this.places.set(place, (reach = new PlaceReach(place, this.network)));
    return reach;
  }
}

/** The network that a guest is in: the host's, one of its own, or not known. Source: nixos-containers.nix. */
function networkOfGuest(container: Container): 'host' | 'own' | 'unknown' {
  const { privateNetwork, extraVeths } = container;
  if (textOf(container, 'networkNamespace').kind !== 'unset') return 'unknown';
  if (privateNetwork.kind === 'known' && privateNetwork.value) return 'own';
  const links = [extraVeths, textsOf(container, 'interfaces'), textsOf(container, 'macvlans')];
  if (links.some(({ items }) => items.length > 0)) return 'own';
  return privateNetwork.kind === 'unknown' || links.some(({ open }) => open !== null) ? 'unknown' : 'host';
}

const networkOf = memoOf(networkOfGuest, (before, after) => before === after);

/** The addresses that a guest with a network of its own gives its interfaces itself. */
const addressesOfGuest = memoOf(
  (container: Container): readonly string[] =>
    container.guest === null || networkOf(container) !== 'own' ? [] : ownAddressesOf(container.guest.system),
  sameItems,
);

/** The TCP ports that a guest in the host's network listens on. */
const portsOnHost = memoOf(
  (container: Container): readonly number[] =>
    networkOf(container) === 'host' ? tcpPorts(container.guest?.listeners ?? []) : [],
  sameItems,
);

function tcpPorts(listeners: readonly Listener[]): number[] {
  return listeners.flatMap(({ port, protocol }) =>
    port.kind === 'known' && protocol === 'tcp' ? [port.value] : [],
  );
}

interface Forward {
  readonly hostPort: number;
  readonly port: number | null;
}

/** The TCP ports of the host that nspawn passes on into a guest. On the host's loopback address it does not. */
const forwardsInto = memoOf(
  (container: Container): readonly Forward[] =>
    networkOf(container) !== 'own'
      ? []
      : container.forwardPorts.items.flatMap(({ protocol, hostPort, containerPort }) =>
          hostPort.kind !== 'known' || valueOr(protocol, 'tcp') !== 'tcp'
            ? []
            : [
                {
                  hostPort: hostPort.value,
                  port: containerPort.kind === 'unset' ? hostPort.value : valueOr(containerPort, null),
                },
              ],
        ),
  (before, after) =>
    before.length === after.length &&
    before.every(({ hostPort, port }, at) => hostPort === after[at]?.hostPort && port === after[at].port),
);

/**
 * Who listens in the host's own network, and who has which address: tables, of which a reader hears of a change only
 * where it looked.
 */
class HostNetwork {
  private readonly linked = new ComputedTable<readonly Container[]>(
    () => addressBook(this.containers()),
    sameItems,
  );
  private readonly guests = new ComputedTable<readonly Container[]>(() => {
    const map = new Map<string, Container[]>();
    for (const container of this.active())
      for (const address of addressesOfGuest(container))
        map.set(address, [...(map.get(address) ?? []), container]);
    return map;
  }, sameItems);
  /** By port: the container that listens; null where the host does itself, or several claim the port. */
  private readonly listeners = new ComputedTable<Container | null>(
    () => {
      const map = new Map<string, Container | null>();
      const add = (port: number, container: Container | null): void => {
        const key = String(port);
        map.set(key, map.has(key) && map.get(key) !== container ? null : container);
      };
      const own = listenersOf(this.system, enabledServices(this.system).items);
      for (const port of tcpPorts(own)) add(port, null);
      for (const container of this.active()) for (const port of portsOnHost(container)) add(port, container);
      return map;
    },
    (before, after) => before === after,
  );
  private readonly forwards = new ComputedTable<Answer>(
    () => {
      const map = new Map<string, Answer>();
      for (const container of this.active())
        for (const { hostPort, port } of forwardsInto(container)) {
          const key = String(hostPort);
          map.set(key, map.has(key) ? nobody(hostPort) : one(container, port));
        }
      return map;
    },
    (before, after) => before.container === after.container && before.port === after.port,
  );
  private readonly own = new ComputedTable<true>(
    () => {
      const own = new Map<string, true>();
      for (const container of this.active())
        for (const address of hostSideAddressesOf(container)) own.set(address, true);
      for (const address of ownAddressesOf(this.system)) own.set(address, true);
      return own;
    },
    () => true,
  );

  constructor(
    readonly system: ModuleSystem,
    private readonly containers: () => readonly Container[],
  ) {}

  /** The containers that have an address: by their links, else by what the guests give their interfaces themselves. */
  ownersOf(address: string): readonly Container[] {
    return this.linked.get(address) ?? this.guests.get(address) ?? [];
  }

  /** The container that listens on a port of the host; null where that is not one; undefined where nobody is known to. */
  listening(port: number): Container | null | undefined {
    return this.listeners.get(String(port));
  }

  /** Who answers where nspawn passes a port of the host on into a container. */
  forwarded(port: number): Answer | undefined {
    return this.forwards.get(String(port));
  }

  /** Whether an address, canonical, is one of the host's own. */
  isOwn(address: string): boolean {
    return this.own.get(address) === true;
  }

  active(): readonly Container[] {
    return this.containers().filter(({ status }) => status !== 'disabled');
  }
}

/** What one proxy reaches. */
class PlaceReach implements Reach {
  /** By name: its address; null for a name with several. */
  private readonly names = new ComputedTable<string | null>(
    () => this.hostNames(),
    (before, after) => before === after,
  );

  constructor(
    private readonly place: ProxyPlace,
    private readonly host: HostNetwork,
  ) {}

  answerAt(target: Target | null): Answer {
    if (target === null) return nobody(null);
    const address = this.addressOf(target.host);
    if (address === null) return nobody(target.port);
    if (isLoopback(address) || isEverywhere(address)) return this.onLoopback(target.port);
    const owners = this.host.ownersOf(address);
    const [owner] = owners;
    if (owner !== undefined && owners.length > 1)
      return { ...nobody(target.port), shared: { address, containers: owners.map(({ name }) => name) } };
    if (owner !== undefined) return one(owner, target.port);
    return this.host.isOwn(address) ? this.onHost(target.port) : nobody(target.port);
  }

  hasName(name: string): boolean {
    const known = name.toLowerCase().replace(/\.$/, '');
    return known === 'localhost' || this.names.get(known) !== undefined;
  }

  private onLoopback(port: number | null): Answer {
    const { container } = this.place;
    const network = container === null ? 'host' : networkOf(container);
    if (network === 'own' && container !== null) return one(container, port);
    const listening = network === 'host' && port !== null ? this.host.listening(port) : null;
    return listening == null ? nobody(port) : one(listening, port);
  }

  private onHost(port: number | null): Answer {
    if (port === null) return nobody(port);
    const forwarded = this.host.forwarded(port);
    const listening = this.host.listening(port);
    if (forwarded !== undefined) return listening === undefined ? forwarded : nobody(port);
    return listening == null ? nobody(port) : one(listening, port);
  }

  /** The canonical address that a host of a URL stands for; null where that is not known. */
  private addressOf(host: string): string | null {
    const written = bareAddress(host);
    if (written !== null) return written;
    const name = host.toLowerCase().replace(/\.$/, '');
    if (name === 'localhost') return '127.0.0.1';
    return this.names.get(name) ?? null;
  }

  /**
   * The names in `/etc/hosts` of where the proxy runs; null for one with several addresses. The container module adds
   * `NAME.containers` on the host only. Names that only `nss-mymachines` knows are left out: proxies written in Go do not
   * ask it, and nginx asks once, at its start.
   */
  private hostNames(): ReadonlyMap<string, string | null> {
    const { container, system } = this.place;
    const names = new Map<string, string | null>();
    const add = (address: string, name: string): void => {
      const key = name.toLowerCase();
      const known = names.get(key);
      names.set(key, known === undefined || known === address ? address : null);
    };
    for (const [address, list] of hostsOption(system)) for (const name of list) add(address, name);
    for (const line of valueOr(readOption(system, ['networking', 'extraHosts'], asString), '').split('\n')) {
      const [first = '', ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
      const address = bareAddress(first);
      if (address !== null) for (const name of rest) add(address, name);
    }
    if (container === null) {
      for (const own of this.host.active()) {
        const address = own.localAddress.kind === 'known' ? bareAddress(own.localAddress.value) : null;
        if (address !== null) add(address, `${own.name}.containers`);
      }
    }
    return names;
  }
}

/** What `networking.hosts` holds: names by address, which is canonical. */
function hostsOption(system: ModuleSystem): [string, readonly string[]][] {
  return entriesOf(readSet(system, ['networking', 'hosts'])).flatMap(
    ([address, { value }]): [string, readonly string[]][] => {
      const canonical = bareAddress(address);
      return canonical === null ? [] : [[canonical, readKnownList(value, asString).items]];
    },
  );
}

/** Whether a canonical address stands for one's own machine. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** Whether a canonical address stands for all of one's own; who connects to it reaches the loopback. */
function isEverywhere(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function one(container: Container, port: number | null): Answer {
  return { container: container.name, shared: null, port };
}

function nobody(port: number | null): Answer {
  return { container: null, shared: null, port };
}
