import type { ModuleSystem } from '../eval/modules/system';
import { addressBook, addressesOf, bareAddress, type AddressBook } from './addresses';
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
}

/** The backend that a URL stands for. */
export function backendAt(url: Fact<string>, reach: Reach, scheme = ''): Backend {
  return { url, ...reach.answerAt(url.kind === 'known' ? parseTarget(url.value, scheme) : null) };
}

/** What the proxies of one host reach, each from where it runs. */
export function reachOfHost(
  host: ModuleSystem,
  containers: readonly Container[],
): (place: ProxyPlace) => Reach {
  const network = new HostNetwork(host, containers);
  return (place) => new PlaceReach(place, network);
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

/** Who listens in the host's own network, and who has which address. Read when the first proxy asks. */
class HostNetwork {
  #byAddress: AddressBook | undefined;
  #listening: ReadonlyMap<number, Container | null> | undefined;
  #forwarded: ReadonlyMap<number, Answer> | undefined;
  #own: ReadonlySet<string> | undefined;
  #guests: ReadonlyMap<string, readonly Container[]> | undefined;

  constructor(
    readonly system: ModuleSystem,
    private readonly containers: readonly Container[],
  ) {}

  get byAddress(): AddressBook {
    return (this.#byAddress ??= addressBook(this.containers));
  }

  /** The containers that have an address: by their links, else by what the guests give their interfaces themselves. */
  ownersOf(address: string): readonly Container[] {
    return this.byAddress.get(address) ?? this.guests.get(address) ?? [];
  }

  private get guests(): ReadonlyMap<string, readonly Container[]> {
    if (this.#guests !== undefined) return this.#guests;
    const map = new Map<string, Container[]>();
    for (const container of this.active()) {
      if (container.guest === null || networkOfGuest(container) !== 'own') continue;
      for (const address of ownAddressesOf(container.guest.system))
        map.set(address, [...(map.get(address) ?? []), container]);
    }
    return (this.#guests = map);
  }

  /** The container that listens on a port of the host; null where the host does itself, or several claim the port. */
  get listening(): ReadonlyMap<number, Container | null> {
    if (this.#listening !== undefined) return this.#listening;
    const map = new Map<number, Container | null>();
    const add = (listeners: readonly Listener[], container: Container | null): void => {
      for (const { port, protocol } of listeners) {
        if (port.kind !== 'known' || protocol !== 'tcp') continue;
        map.set(port.value, map.has(port.value) && map.get(port.value) !== container ? null : container);
      }
    };
    add(listenersOf(this.system, enabledServices(this.system).items), null);
    for (const container of this.active())
      if (networkOfGuest(container) === 'host') add(container.guest?.listeners ?? [], container);
    return (this.#listening = map);
  }

  /** Ports of the host that nspawn passes on into containers. On the loopback address it does not. */
  get forwarded(): ReadonlyMap<number, Answer> {
    if (this.#forwarded !== undefined) return this.#forwarded;
    const map = new Map<number, Answer>();
    for (const container of this.active()) {
      if (networkOfGuest(container) !== 'own') continue;
      for (const { protocol, hostPort, containerPort } of container.forwardPorts.items) {
        if (hostPort.kind !== 'known' || valueOr(protocol, 'tcp') !== 'tcp') continue;
        const port = containerPort.kind === 'unset' ? hostPort.value : valueOr(containerPort, null);
        map.set(hostPort.value, map.has(hostPort.value) ? nobody(hostPort.value) : one(container, port));
      }
    }
    return (this.#forwarded = map);
  }

  /** The addresses that are the host's own, canonical. */
  get own(): ReadonlySet<string> {
    if (this.#own !== undefined) return this.#own;
    const own = new Set<string>();
    for (const container of this.active())
      for (const { side, address } of addressesOf(container)) if (side === 'host') own.add(address);
    for (const address of ownAddressesOf(this.system)) own.add(address);
    return (this.#own = own);
  }

  active(): readonly Container[] {
    return this.containers.filter(({ status }) => status !== 'disabled');
  }
}

/** What one proxy reaches. */
class PlaceReach implements Reach {
  #names: ReadonlyMap<string, string | null> | undefined;

  constructor(
    private readonly place: ProxyPlace,
    private readonly host: HostNetwork,
  ) {}

  answerAt(target: Target | null): Answer {
    if (target === null) return nobody(null);
    const address = this.addressOf(target.host);
    if (address === null) return nobody(target.port);
    if (isLoopback(address)) return this.onLoopback(target.port);
    const owners = this.host.ownersOf(address);
    const [owner] = owners;
    if (owner !== undefined && owners.length > 1)
      return { ...nobody(target.port), shared: { address, containers: owners.map(({ name }) => name) } };
    if (owner !== undefined) return one(owner, target.port);
    return this.host.own.has(address) ? this.onHost(target.port) : nobody(target.port);
  }

  private onLoopback(port: number | null): Answer {
    const { container } = this.place;
    const network = container === null ? 'host' : networkOfGuest(container);
    if (network === 'own' && container !== null) return one(container, port);
    const listening = network === 'host' && port !== null ? this.host.listening.get(port) : null;
    return listening == null ? nobody(port) : one(listening, port);
  }

  private onHost(port: number | null): Answer {
    if (port === null) return nobody(port);
    const forwarded = this.host.forwarded.get(port);
    const listening = this.host.listening.get(port);
    if (forwarded !== undefined) return listening === undefined ? forwarded : nobody(port);
    return listening == null ? nobody(port) : one(listening, port);
  }

  /** The canonical address that a host of a URL stands for; null where that is not known. */
  private addressOf(host: string): string | null {
    const written = bareAddress(host);
    if (written !== null) return written;
    const name = host.toLowerCase().replace(/\.$/, '');
    if (name === 'localhost') return '127.0.0.1';
    this.#names ??= this.hostNames();
    return this.#names.get(name) ?? null;
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

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === '0.0.0.0' || address === '::';
}

function one(container: Container, port: number | null): Answer {
  return { container: container.name, shared: null, port };
}

function nobody(port: number | null): Answer {
  return { container: null, shared: null, port };
}
