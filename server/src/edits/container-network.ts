import { inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { nextFreePair, type FreePair } from '../homelab/free-pairs';
import type { Container, Host } from '../homelab/model';
import {
  asBool,
  asNumber,
  asString,
  optionThunk,
  readOption,
  readThunk,
  setOf,
  valueOr,
} from '../homelab/read';
import { writeAttrPath, writeString } from '../nix/write';
import { blank } from './blank';
import type { ContainerRequest } from './container-request';
import { most, mostCommon } from './majority';
import type { NixTree } from './nix-tree';
import type { Proxy } from './proxy';

/** How the new container is reached. */
export interface NetworkParts {
  readonly options: readonly (readonly [option: string, value: string])[];
  /** The guest's `networking`. */
  readonly networking: NixTree;
  /** Where its service listens: as Nix, and as text. */
  readonly address: { readonly nix: string; readonly text: string };
  /** What stands for the address in the proxy's URL. */
  readonly urlHost: string;
  /** Whether that reads the host's `config`. */
  readonly readsConfig: boolean;
  /** Whether only the machine itself reaches the service. */
  readonly loopback: boolean;
  /** In words: `10.10.10.6 / 10.10.10.7`. */
  readonly summary: string;
  readonly notes: readonly string[];
}

/** The network of a new container as its neighbours have theirs; a sentence where no address is left. */
export function networkParts(
  host: Host,
  request: ContainerRequest,
  proxy: Proxy | null,
): NetworkParts | string {
  return request.network === 'host' ? hostNetwork(host, request, proxy) : privateNetwork(host, request);
}

function hostNetwork(host: Host, { port }: ContainerRequest, proxy: Proxy | null): NetworkParts {
  const shared = {
    options: [['privateNetwork', 'false']] as const,
    networking: new Map(),
    summary: "the host's network",
  };
  if (proxy?.isolated === true && proxy.container !== null) {
    const path = writeAttrPath(['containers', proxy.container, 'hostAddress']);
    return {
      ...shared,
      address: { nix: '"0.0.0.0"', text: '0.0.0.0' },
      urlHost: `\${config.${path}}`,
      readsConfig: true,
      loopback: false,
      notes: [
        `Traefik has a network of its own and reaches the service through the host's end of it: open port ${port} in the host's firewall for ve-${proxy.container}.`,
      ],
    };
  }
  const open = host.tcp.ports.items.some((own) => own.port === port);
  return {
    ...shared,
    address: { nix: '"127.0.0.1"', text: '127.0.0.1' },
    urlHost: '127.0.0.1',
    readsConfig: false,
    loopback: true,
    notes: open
      ? [`Port ${port} is open in the host's firewall, so the service may be reached past Traefik.`]
      : [],
  };
}

function privateNetwork(host: Host, { name, port }: ContainerRequest): NetworkParts | string {
  const pair = nextFreePair(host);
  if (pair === null) return fullRange(host);
  const [bare = ''] = pair.localAddress.split('/');
  const reference = `config.${writeAttrPath(['containers', name, 'localAddress'])}`;
  const bridged = pair.hostBridge !== null;
  const networking: NixTree = new Map();
  if (disablesIpv6(host)) networking.set('enableIPv6', 'false');
  networking.set('firewall', new Map([['allowedTCPPorts', `[ ${blank('port', String(port))} ]`]]));
  const gateway = bridged ? commonGateway(host) : null;
  if (gateway !== null) networking.set('defaultGateway', gateway);
  const options = [['privateNetwork', 'true'] as const, ...linkOptions(pair)];
  const unsure = host.containers.filter(({ localAddress }) => localAddress.kind === 'unknown');
  const notes =
    unsure.length === 0
      ? []
      : [
          `The address of ${unsure.map((container) => container.name).join(', ')} cannot be known here: make sure that ${bare} is not in use.`,
        ];
  if (name.length > 11)
    notes.push(
      `ve-${name} is too long for an interface name, so the kernel's name for it is a shortened one. Firewall and NAT rules for it need a pattern such as ve-+.`,
    );
  // With a prefix, the option's value is no address that a URL or a service could take.
  return {
    options,
    networking,
    address: { nix: bridged ? writeString(bare) : reference, text: bare },
    urlHost: bridged ? bare : `\${${reference}}`,
    readsConfig: !bridged,
    loopback: false,
    summary: pair.hostAddress === null ? pair.localAddress : `${pair.hostAddress} / ${pair.localAddress}`,
    notes,
  };
}

/** The options of a container's link to the host, in order. */
export function linkOptions({
  hostBridge,
  hostAddress,
  localAddress,
}: FreePair): (readonly [string, string])[] {
  return [
    ...(hostBridge === null ? [] : [['hostBridge', writeString(hostBridge)] as const]),
    ...(hostAddress === null ? [] : [['hostAddress', writeString(hostAddress)] as const]),
    ['localAddress', writeString(localAddress)],
  ];
}

/** What a guest with a free pair says of its network, as most of its neighbours do, the firewall apart. */
export function guestNetworking(host: Host, { hostBridge }: FreePair): NixTree {
  const networking: NixTree = new Map();
  if (disablesIpv6(host)) networking.set('enableIPv6', 'false');
  const gateway = hostBridge === null ? null : commonGateway(host);
  if (gateway !== null) networking.set('defaultGateway', gateway);
  return networking;
}

function fullRange({ containers }: Host): string {
  const addresses = containers.flatMap(({ localAddress }) =>
    localAddress.kind === 'known' ? [localAddress.value.split('.').slice(0, 3).join('.')] : [],
  );
  const subnet = mostCommon(addresses);
  return `No free address is left in ${subnet === undefined ? "the containers' subnet" : `${subnet}.0/24`}, which ${containers.length} containers share. Remove a container that is not needed, or give this one the host's network.`;
}

/** Whether most guests with a network of their own do without IPv6. */
function disablesIpv6({ containers }: Host): boolean {
  const own = containers.filter(
    ({ guest, privateNetwork: isPrivate }) => guest !== null && valueOr(isPrivate, false),
  );
  return most(
    own.map(({ guest }) => {
      const enabled = guest === null ? null : readOption(guest.system, ['networking', 'enableIPv6'], asBool);
      return enabled !== null && !valueOr(enabled, true);
    }),
  );
}

/** The gateway that most guests on a bridge are given; null where most have none. */
function commonGateway({ containers }: Host): string | NixTree | null {
  const bridged = containers.filter(({ hostBridge }) => hostBridge.kind === 'known');
  const gateways = bridged.flatMap(gatewayOf);
  const common = mostCommon(gateways, (gateway) => JSON.stringify([...gateway]));
  if (common === undefined || gateways.length * 2 <= bridged.length) return null;
  const address = common.get('address');
  return common.size === 1 && typeof address === 'string' ? address : common;
}

function gatewayOf({ guest }: Container): NixTree[] {
  const thunk = guest === null ? undefined : optionThunk(guest.system, ['networking', 'defaultGateway']);
  const value = thunk === undefined ? null : inspect(thunk);
  if (value === null || value instanceof Unknown || value instanceof Failure) return [];
  if (value.type === 'string') return [new Map([['address', writeString(value.text)]])];
  const fields = setOf(thunk);
  const address = readThunk(fields?.entries.get('address')?.value, asString);
  const device = readThunk(fields?.entries.get('interface')?.value, asString);
  const metric = readThunk(fields?.entries.get('metric')?.value, asNumber);
  if (address.kind !== 'known' || metric.kind === 'known') return [];
  const tree: NixTree = new Map([['address', writeString(address.value)]]);
  if (device.kind === 'known') tree.set('interface', writeString(device.value));
  return [tree];
}
