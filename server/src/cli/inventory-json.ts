import { dnsRewrites } from '../homelab/dns-rewrites';
import { locate, type Homelab } from '../homelab/homelab';
import type { Backend, Collection, Container, Fact, Host, OpenPorts, Route } from '../homelab/model';
import { systemOf } from '../eval/modules/system';
import { inspect } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { asString, readOption, readSet } from '../homelab/read';

/** Version 1 of `inventory --format json`; design.md, "Contracts", says what each field holds. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type InventoryContainer = Readonly<Record<string, Json>>;
export interface InventoryHost {
  readonly name: string | null;
  readonly source: string;
  readonly complete: boolean;
  readonly interfaces: Json;
  readonly openPorts: Json;
  readonly nat: Json;
  readonly dnsRewrites: Json;
  readonly entryPoints: Json;
  readonly middlewares: Json;
  readonly hostServices: readonly { readonly name: string; readonly file: string }[];
  readonly containers: readonly InventoryContainer[];
  readonly routes: readonly InventoryContainer[];
}
export interface Inventory {
  readonly version: 1;
  readonly hosts: readonly InventoryHost[];
}

type Relative = (file: string) => string;

/** The inventory of a homelab; files are named by `relative`. */
export function inventoryOf(homelab: Homelab, relative: Relative): Inventory {
  return { version: 1, hosts: homelab.hosts.map((host) => hostJson(homelab, host, relative)) };
}

function hostJson(homelab: Homelab, host: Host, relative: Relative): InventoryHost {
  const interfaces = new Map<string, string[]>();
  for (const { interface: name, address } of host.interfaces)
    interfaces.set(name, [...(interfaces.get(name) ?? []), address]);
  return {
    name: host.name,
    source: relative(host.file),
    complete: host.incomplete === null && host.containersOpen === null,
    interfaces: [...interfaces].map(([name, addresses]) => ({ name, addresses })),
    openPorts: openPortsJson(host.tcp, host.udp),
    nat: natJson(host),
    dnsRewrites: dnsRewrites(host).items.map(({ domain, answer }) => ({ domain, answer })),
    entryPoints: [...host.entryPoints.items],
    middlewares: [...host.middlewares.items],
    hostServices: host.hostServices.map(({ name, file }) => ({ name, file: relative(file) })),
    containers: host.containers.map((container) => containerJson(container, host, relative)),
    routes: host.routes.map((route) => routeJson(homelab, route, relative)),
  };
}

function natJson({ nat }: Host): Json {
  if (nat.enable.kind !== 'known' || !nat.enable.value)
    return nat.enable.kind === 'unknown' ? factJson(nat.enable) : null;
  return {
    externalInterface: factJson(nat.externalInterface),
    internalInterfaces: [...nat.internalInterfaces.items],
    ...completeness(nat.internalInterfaces),
  };
}

/** A fact's value; null when it is unset; why it is unknown otherwise. */
function factJson(fact: Fact<boolean | number | string>, fallback: Json = null): Json {
  switch (fact.kind) {
    case 'known':
      return fact.value;
    case 'unset':
      return fallback;
    case 'unknown':
      return { unknown: fact.reason };
  }
}

function completeness(collection: Collection<unknown>): { readonly complete?: false } {
  return collection.open === null ? {} : { complete: false };
}

function openPortsJson(tcp: OpenPorts, udp: OpenPorts): Json {
  const list = ({ ports, ranges }: OpenPorts): Json => [
    ...ports.items.map(({ port }) => port),
    ...ranges.map(({ from, to }) => `${from}-${to}`),
  ];
  const open = tcp.ports.open !== null || udp.ports.open !== null;
  return { tcp: list(tcp), udp: list(udp), ...(open ? { complete: false } : {}) };
}

function containerJson(container: Container, host: Host, relative: Relative): InventoryContainer {
  const { guest } = container;
  const mounts = container.bindMounts;
  return {
    name: container.name,
    status: container.status,
    because: container.because,
    files: [...new Set(container.definitions.map(({ file }) => relative(file)))].sort(),
    privateNetwork: factJson(container.privateNetwork, false),
    hostAddress: factJson(container.hostAddress),
    localAddress: factJson(container.localAddress),
    hostAddress6: factJson(container.hostAddress6),
    localAddress6: factJson(container.localAddress6),
    hostBridge: factJson(container.hostBridge),
    autoStart: factJson(container.autoStart, false),
    ephemeral: factJson(container.ephemeral, false),
    privateUsers: factJson(container.privateUsers, 'no'),
    bindMounts: mounts.items.map(({ mountPoint, hostPath, isReadOnly }) => ({
      mountPoint,
      hostPath: factJson(hostPath),
      isReadOnly: factJson(isReadOnly, true),
    })),
    ...(mounts.open === null ? {} : { bindMountsComplete: false }),
    forwardPorts: container.forwardPorts.items.map(({ protocol, hostPort, containerPort }) => ({
      protocol: factJson(protocol, 'tcp'),
      hostPort: factJson(hostPort),
      containerPort: factJson(containerPort),
    })),
    extraVeths: extraVethsJson(container),
    openPorts: guest === null ? { tcp: [], udp: [] } : openPortsJson(guest.tcp, guest.udp),
    listens: (guest?.listeners ?? []).map(({ service, port, address, protocol }) => ({
      port: factJson(port),
      protocol,
      address: factJson(address),
      service,
    })),
    services: [...(guest?.services.items ?? [])],
    routes: host.routes
      .filter((route) => route.backends.some((backend) => backend.container === container.name))
      .map(({ router }) => router),
    notes: notesOf(container),
  };
}

function extraVethsJson(container: Container): Json {
  const set = readSet(container.system, ['extraVeths']);
  if (set === null || set instanceof Unknown || set instanceof Failure) return {};
  return Object.fromEntries(
    container.extraVeths.items.map((name): [string, Json] => {
      const attr = set.entries.get(name);
      const link = attr === undefined ? null : systemOf(inspect(attr.value));
      if (link === null) return [name, { unknown: 'its options are not known' }];
      const field = (option: string): Json => factJson(readOption(link, [option], asString));
      return [
        name,
        {
          hostBridge: field('hostBridge'),
          hostAddress: field('hostAddress'),
          localAddress: field('localAddress'),
          hostAddress6: field('hostAddress6'),
          localAddress6: field('localAddress6'),
        },
      ];
    }),
  );
}

function notesOf({ guest, addresses, privateNetwork }: Container): string[] {
  const notes: string[] = [];
  if (guest === null) notes.push('its guest configuration is not set, or not known');
  if (privateNetwork.kind !== 'known' && addresses.some(({ option }) => !option.includes('.'))) {
    notes.push('its addresses have no effect without privateNetwork = true');
  }
  return notes;
}

function routeJson(homelab: Homelab, route: Route, relative: Relative): InventoryContainer {
  const spot = locate(homelab, route.at);
  const [backend] = route.backends;
  return {
    router: route.router,
    protocol: route.protocol,
    proxy: route.proxy,
    rule: factJson(route.rule),
    hosts: [...route.hosts],
    entryPoints: [...route.entryPoints.items],
    middlewares: [...route.middlewares.items],
    ...(route.middlewares.open === null ? {} : { complete: false }),
    access: route.access,
    service: factJson(route.service),
    servers: route.backends.map(({ url }) => factJson(url)),
    ...(route.backendsOpen === null ? {} : { serversComplete: false }),
    container: targetJson(backend),
    port: backend?.port ?? null,
    file: spot === null ? null : relative(spot.file),
    line: spot === null ? null : spot.line + 1,
  };
}

/** The container that answers; that of several with the same address is not known. */
function targetJson(backend: Backend | undefined): Json {
  if (backend === undefined) return null;
  const { container, shared } = backend;
  return shared === null
    ? container
    : { unknown: `${shared.containers.join(' and ')} share ${shared.address}` };
}
