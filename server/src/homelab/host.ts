import { memo, sameItems, Source } from '../eval/computed';
import { configuredElsewhere } from '../eval/hosts/extra-container';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { containersOf } from './container';
import { enabledServices } from './enabled-services';
import { openPortsOf } from './guest';
import { interfacesOf } from './interfaces';
import { listenersOf } from './listeners';
import type { Collection, Container, Host, InterfaceAddress, Nat, OpenPorts, Route } from './model';
import { asBool, asString, optionThunk, readKnownList, readOption, sameNames } from './read';
import { entryPointsOf, namesIn, traefiksOf } from './proxies/traefik-settings';
import type { HostReach } from './reach';
import { HostRoutes } from './routes';

export interface HostDeclaration {
  readonly name: string | null;
  readonly project: string;
  readonly file: string;
  readonly at: Origin;
  readonly system: ModuleSystem;
}

/** What the rest of the workspace says about a host. */
interface Surroundings {
  /** Containers of modules that it does not import. */
  readonly disabled: readonly Container[];
  readonly hostServices: Host['hostServices'];
  readonly unimported: Host['unimported'];
}

/** A host whose facts are read from its configuration when they are asked for, and again when that changes. */
export class DescribedHost implements Host {
  readonly name: string | null;
  readonly project: string;
  readonly file: string;
  readonly at: Origin;
  readonly system: ModuleSystem;
  private readonly surrounded = new Source();
  private surroundings: Surroundings = { disabled: [], hostServices: [], unimported: [] };

  constructor(declaration: HostDeclaration) {
    this.name = declaration.name;
    this.project = declaration.project;
    this.file = declaration.file;
    this.at = declaration.at;
    this.system = declaration.system;
    this.#allRoutes = new HostRoutes(this.system, () => this.containers);
  }

  /** Says what is around the host now. */
  surround(surroundings: Surroundings): void {
    if (
      sameItems(this.surroundings.disabled, surroundings.disabled) &&
      JSON.stringify(this.surroundings.hostServices) === JSON.stringify(surroundings.hostServices) &&
      JSON.stringify(this.surroundings.unimported) === JSON.stringify(surroundings.unimported)
    )
      return;
    this.surroundings = surroundings;
    this.surrounded.change();
  }

  get incomplete(): string | null {
    return this.#incomplete.force().reason;
  }
  readonly #incomplete = memo(() => ({ reason: incompleteness(this.system) }), sameReasonText);

  get containers(): readonly Container[] {
    return this.#containers.force();
  }
  readonly #containers = memo(() => {
    const active = containersOf(this.system).containers;
    const known = new Set(active.map(({ name }) => name));
    const { disabled } = this.around();
    return [...active, ...disabled.filter(({ name }) => !known.has(name))].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  }, sameItems);

  get containersOpen(): string | null {
    return this.#containersOpen.force().reason;
  }
  readonly #containersOpen = memo(() => ({ reason: containersOf(this.system).open }), sameReasonText);

  get interfaces(): readonly InterfaceAddress[] {
    return this.#interfaces.force();
  }
  readonly #interfaces = memo(() => interfacesOf(this.system));

  get tcp(): OpenPorts {
    return this.#ports.force()[0];
  }
  get udp(): OpenPorts {
    return this.#ports.force()[1];
  }
  readonly #ports = memo(() =>
    openPortsOf(this.system, listenersOf(this.system, enabledServices(this.system).items)),
  );

  get nat(): Nat {
    return this.#nat.force();
  }
  readonly #nat = memo(() => natOf(this.system));

  get entryPoints(): Collection<string> {
    return this.#entryPoints.force();
  }
  readonly #entryPoints = memo(() => joined(this.#traefiks.force().map(entryPointsOf)), sameNames);

  get middlewares(): Collection<string> {
    return this.#middlewares.force();
  }
  readonly #middlewares = memo(
    () => joined(this.#traefiks.force().map((traefik) => namesIn(traefik, 'http', 'middlewares'))),
    sameNames,
  );
  readonly #traefiks = memo(() => traefiksOf(this.system, this.containers));

  get routes(): readonly Route[] {
    return this.#routes.force();
  }
  readonly #routes = memo(() => this.#allRoutes.all(), sameItems);
  readonly #allRoutes: HostRoutes;

  get reach(): HostReach {
    return this.#allRoutes.reach;
  }

  get hostServices(): Host['hostServices'] {
    return this.around().hostServices;
  }

  get unimported(): Host['unimported'] {
    return this.around().unimported;
  }

  private around(): Surroundings {
    this.surrounded.look();
    return this.surroundings;
  }
}

const described = new WeakMap<ModuleSystem, DescribedHost>();

/** Everything known of one host. */
export function describeHost(declaration: HostDeclaration, surroundings: Surroundings): Host {
  let host = described.get(declaration.system);
  if (host?.at !== declaration.at || host.name !== declaration.name || host.project !== declaration.project)
    described.set(declaration.system, (host = new DescribedHost(declaration)));
  host.surround(surroundings);
  return host;
}

interface ReasonText {
  readonly reason: string | null;
}

function sameReasonText(before: ReasonText, after: ReasonText): boolean {
  return before.reason === after.reason;
}

function incompleteness(system: ModuleSystem): string | null {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown) return collected.reason;
  if (collected instanceof Failure) return collected.message;
  return collected.open?.reason ?? configuredElsewhere(system);
}

function joined(collections: readonly Collection<string>[]): Collection<string> {
  const items = [...new Set(collections.flatMap(({ items }) => items))].sort();
  return { items, open: collections.find(({ open }) => open !== null)?.open ?? null };
}

function natOf(system: ModuleSystem): Nat {
  const path = ['networking', 'nat'];
  return {
    enable: readOption(system, [...path, 'enable'], asBool),
    externalInterface: readOption(system, [...path, 'externalInterface'], asString),
    internalInterfaces: readKnownList(optionThunk(system, [...path, 'internalInterfaces']), asString),
  };
}
