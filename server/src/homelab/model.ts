import type { ModuleSystem } from '../eval/modules/system';
import type { Failure, Origin, Unknown } from '../eval/value';
import type { HostReach } from './reach';

/** The domain: what a homelab is made of, as far as it can be known from the repository. */

/** A value of the configuration: known, not set, or not knowable. */
export type Fact<T> =
  | {
      readonly kind: 'known';
      readonly value: T;
      /** The expression that defines the option; null where the value is a default. */
      readonly definition: Origin;
      /** The literal that the value goes back to, where one syntax wrote it. */
      readonly literal: Origin;
      /** The file of the module that defines it; null for a default. */
      readonly file: string | null;
    }
  | { readonly kind: 'unset' }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      readonly problem: Unknown | Failure;
      readonly definition: Origin;
    };

/** A list or set of facts, which may have more members than are known. */
export interface Collection<T> {
  readonly items: readonly T[];
  /** Why there may be more; null when these are all. */
  readonly open: string | null;
}

export type ContainerStatus = 'active' | 'disabled' | 'conditional';

/** Where a container is written: one entry per file and definition. */
export interface ContainerDefinition {
  readonly file: string;
  /** The container's name in `containers.<name>`. */
  readonly nameAt: Origin;
  /** What is assigned to it there. */
  readonly value: Origin;
  /** The options it sets directly, e.g. `localAddress`; a fragment that only adds to `config` sets just that. */
  readonly options: readonly string[];
}

/** A bridge's name; null for a plain link; `unknown` when that cannot be known. */
export type BridgeName = { readonly name: string } | 'unknown' | null;

/** One end of a virtual link. */
export interface AddressUse {
  readonly container: Container;
  /** `localAddress`, `hostAddress6`, `extraVeths.lan.localAddress`, … */
  readonly option: string;
  /** The guest's end or the host's. */
  readonly side: 'local' | 'host';
  readonly family: 4 | 6;
  readonly fact: Fact<string>;
  /** The bridge the link is attached to. */
  readonly bridge: BridgeName;
}

export interface BindMount {
  readonly mountPoint: string;
  readonly hostPath: Fact<string>;
  readonly isReadOnly: Fact<boolean>;
}

export interface Port {
  readonly port: number;
  readonly at: Origin;
}
export interface PortRange {
  readonly from: number;
  readonly to: number;
}
export interface OpenPorts {
  readonly ports: Collection<Port>;
  readonly ranges: readonly PortRange[];
}

/** What a service of a guest, or of the host, listens on. */
export interface Listener {
  readonly service: string;
  readonly port: Fact<number>;
  readonly address: Fact<string>;
  readonly protocol: 'tcp' | 'udp';
}

/** What is known of the system inside a container. */
export interface Guest {
  readonly system: ModuleSystem;
  readonly firewallEnabled: Fact<boolean>;
  readonly tcp: OpenPorts;
  readonly udp: OpenPorts;
  /** Names under `services` that are enabled. */
  readonly services: Collection<string>;
  readonly listeners: readonly Listener[];
}

export interface Container {
  readonly name: string;
  readonly status: ContainerStatus;
  /** Why it is disabled or conditional, in words; null for an active one. */
  readonly because: string | null;
  readonly definitions: readonly ContainerDefinition[];
  readonly system: ModuleSystem;
  readonly autoStart: Fact<boolean>;
  readonly ephemeral: Fact<boolean>;
  readonly privateNetwork: Fact<boolean>;
  readonly privateUsers: Fact<string | number>;
  readonly hostBridge: Fact<string>;
  readonly hostAddress: Fact<string>;
  readonly localAddress: Fact<string>;
  readonly hostAddress6: Fact<string>;
  readonly localAddress6: Fact<string>;
  /** Every address of its links, also those that have no effect. */
  readonly addresses: readonly AddressUse[];
  readonly extraVeths: Collection<string>;
  readonly bindMounts: Collection<BindMount>;
  readonly forwardPorts: Collection<{
    protocol: Fact<string>;
    hostPort: Fact<number>;
    containerPort: Fact<number>;
  }>;
  readonly guest: Guest | null;
}

/** An address of one of the host's own interfaces. */
export interface InterfaceAddress {
  readonly interface: string;
  readonly address: string;
  readonly prefixLength: number | null;
  readonly at: Origin;
}

export interface Nat {
  readonly enable: Fact<boolean>;
  readonly externalInterface: Fact<string>;
  readonly internalInterfaces: Collection<string>;
}

/** Where requests of a route end. */
export interface Backend {
  readonly url: Fact<string>;
  /** The container it reaches; null where that is none of the host's, or not known. */
  readonly container: string | null;
  /** The address it names where several containers have it, so that it is not known which of them answers; else null. */
  readonly shared: SharedAddress | null;
  readonly port: number | null;
}

/** An address that several containers of a host have. */
export interface SharedAddress {
  readonly address: string;
  readonly containers: readonly string[];
}

/** The reverse proxies whose routes are read. */
export type ProxyKind = 'traefik' | 'nginx' | 'caddy' | 'cloudflared';

/** One router of a reverse proxy, with the service behind it. */
export interface Route {
  readonly router: string;
  readonly protocol: 'http' | 'tcp' | 'udp';
  readonly proxy: ProxyKind;
  /** The container the proxy runs in; null on the host. */
  readonly proxyContainer: string | null;
  /** Where the router's name is written. */
  readonly at: Origin;
  readonly rule: Fact<string>;
  /** The host names its rule matches exactly. */
  readonly hosts: readonly string[];
  readonly entryPoints: Collection<string>;
  readonly middlewares: Collection<string>;
  readonly service: Fact<string>;
  readonly serviceAt: Origin;
  readonly backends: readonly Backend[];
  /** Why there may be more backends; null when these are all. */
  readonly backendsOpen: string | null;
  /** The policy that effectively applies: `authelia one_factor`, `authelia bypass`, `none`; null when not known. */
  readonly access: string | null;
}

/** A container-folder module that runs a service on the host. */
export interface HostService {
  readonly name: string;
  readonly file: string;
}

export interface Host {
  /** Null for what belongs to no host. */
  readonly name: string | null;
  /** The folder of its project. */
  readonly project: string;
  /** Where it is declared. */
  readonly file: string;
  readonly at: Origin;
  readonly system: ModuleSystem;
  /** Why not all of its modules are known; null when they are. */
  readonly incomplete: string | null;
  /** Active, conditional and disabled ones, by name. */
  readonly containers: readonly Container[];
  /** Why there may be more containers than these; null when these are all. */
  readonly containersOpen: string | null;
  readonly interfaces: readonly InterfaceAddress[];
  readonly tcp: OpenPorts;
  readonly udp: OpenPorts;
  readonly nat: Nat;
  readonly entryPoints: Collection<string>;
  readonly middlewares: Collection<string>;
  readonly routes: readonly Route[];
  /** What is reached from its proxies. */
  readonly reach: HostReach;
  readonly hostServices: readonly HostService[];
  /** The modules that would be its own if it imported them. */
  readonly unimported: readonly UnimportedModule[];
}

/** A module that speaks of containers and that a host does not import, with why. */
export interface UnimportedModule {
  readonly file: string;
  readonly because: string;
  /** Whether the line that imports it is there, as a comment. */
  readonly isCommentedOut: boolean;
}

/** A `.nix` file that no host imports and that looks like a module with containers. */
export interface DisabledModule {
  readonly file: string;
  readonly because: string;
  /** The line that imports it, commented out; null where there is none. */
  readonly commentedImport: { readonly file: string; readonly line: number } | null;
}
