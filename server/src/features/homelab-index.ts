import { memo, memoByName, memoOf, sameItems, settleChanges, Source } from '../eval/computed';
import { attempt } from '../eval/thunk';
import type { ModuleSystem } from '../eval/modules/system';
import type { ParsedFiles } from '../eval/evaluation';
import { Failure, Unknown, type Origin } from '../eval/value';
import { freePairs, sharesHostAddress, type FreePair } from '../homelab/free-pairs';
import { bareAddress } from '../homelab/addresses';
import type { Homelab } from '../homelab/homelab';
import type { AddressUse, Backend, Container, Fact, Host, Route } from '../homelab/model';
import { traefiksOf, type Traefik } from '../homelab/proxies/traefik-settings';
import { baseName, directoryOf, isInside } from '../nix/paths';
import type { StringLiteral } from '../nix/syntax';
import { ownDefinitions } from './places';
import { containersOf } from './traefik-entries';
import { writtenFile } from './written-file';

/** What a file's own value is in the configuration of some hosts. */
export interface FileRole {
  /** The path of the option it is a module of: empty for a host's own module. */
  readonly prefix: readonly string[];
  readonly hosts: readonly Host[];
  /** Whether these hosts import it; otherwise it only looks as if they should. */
  readonly imported: boolean;
}

export interface HostedContainer {
  readonly host: Host;
  readonly container: Container;
}

/** An address option of a container, on the host that has it. */
export interface HostedUse {
  readonly host: Host;
  readonly use: AddressUse;
}

export interface HostedRoute {
  readonly host: Host;
  readonly route: Route;
}

/** A text of a file that a route was read from: its rule, or the URL of a server. */
export interface RouteText extends HostedRoute {
  readonly literal: StringLiteral;
  /** The server whose URL it is; null for a rule. */
  readonly backend: Backend | null;
}

/**
 * A homelab by what its files write, so that no request has to search it. It stays while the homelab's facts change: what
 * is kept of them is kept as `Computed`.
 */
export class HomelabIndex {
  private readonly roles = memo(() => this.readHostModules());
  private readonly guests = memo(() => this.readGuestModules());
  private readonly byName = memo(() => grouped(this.read, ({ name }) => [name]));
  private readonly byFile = memo(() =>
    grouped(this.read, ({ definitions }) => [...new Set(definitions.map(({ file }) => file))]),
  );
  private readonly byOwnFile = memo(() =>
    grouped(this.read, (container) => [
      ...new Set(ownDefinitions(container).map((definition) => definition.file)),
    ]),
  );
  private readonly usesByAddress = memoOf((host: Host) => usesByAddress(host));
  private readonly usesByFile = memo(() => usesByFile(this.read));
  private readonly pairs = memoOf((host: Host) =>
    memoByName((container) => freePairsFor(host, container === '' ? null : container)),
  );
  private readonly routesByFile = memo(() => routesByFile(this.read));
  private readonly routeTextsByFile = memo(() => routeTextsByFile(this.read));
  private readonly traefiksByHost = memoOf((host: Host) => traefiksOf(host.system, host.containers));
  private readonly routesByTarget = memo(() => routesByTarget(this.read));

  /** Tells when there are other hosts or projects than before. */
  private readonly changes = new Source();

  constructor(private now: Homelab) {}

  get homelab(): Homelab {
    return this.now;
  }

  /** The homelab, for what is kept until its hosts or projects are others. */
  private get read(): Homelab {
    this.changes.look();
    return this.now;
  }

  /** The homelab was read again: what is kept of hosts that are still there stays. */
  follow(homelab: Homelab): void {
    const before = this.now;
    if (before === homelab) return;
    this.now = homelab;
    if (sameHostsAndProjects(before, homelab)) return;
    this.changes.change();
    settleChanges();
  }

  /** What a file is a module of; null where nothing imports it, nor looks as if it should. */
  roleOf(file: string): FileRole | null {
    return this.roles.force().get(file) ?? this.guests.force().get(file) ?? this.likelyRole(file);
  }

  /** The hosts that a file speaks of: those that import it, else those of its project. */
  hostsOf(file: string): readonly Host[] {
    return this.roleOf(file)?.hosts ?? hostsAround(this.homelab, file);
  }

  containersNamed(name: string): readonly HostedContainer[] {
    return this.byName.force().get(name) ?? [];
  }

  /** The containers that are written in a file, not those that it only adds to. */
  containersDefinedIn(file: string): readonly HostedContainer[] {
    return this.byOwnFile.force().get(file) ?? [];
  }

  /** The addresses that a container may take, lowest first; its own count as free. */
  freePairs(host: Host, container: string | null): readonly FreePair[] {
    return this.pairs(host)(container ?? '');
  }

  /** The address options that a host's containers set to an address, which is canonical and without a prefix. */
  usesOf(host: Host, address: string): readonly AddressUse[] {
    return this.usesByAddress(host).get(address) ?? [];
  }

  /** The address options whose value, or the literal it goes back to, is written in a file. */
  usesWrittenIn(file: string): readonly HostedUse[] {
    return this.usesByFile.force().get(file) ?? [];
  }

  /** Whether the containers of a host share one host address. */
  sharesHostAddress(host: Host): boolean {
    return sharesHostAddress(host);
  }

  /** The containers that a file defines or adds to. */
  containersIn(file: string): readonly HostedContainer[] {
    return this.byFile.force().get(file) ?? [];
  }

  /** The routes whose router is written in a file. */
  routesIn(file: string): readonly HostedRoute[] {
    return this.routesByFile.force().get(file) ?? [];
  }

  /** The rules and URLs of routes that are written in a file. */
  routeTextsIn(file: string): readonly RouteText[] {
    return this.routeTextsByFile.force().get(file) ?? [];
  }

  /** The routes that end in a container, or at an address that it shares with others. */
  routesTo(container: Container): readonly HostedRoute[] {
    return this.routesByTarget.force().get(container) ?? [];
  }

  /** The Traefiks of a host. */
  traefiks(host: Host): readonly Traefik[] {
    return this.traefiksByHost(host);
  }

  private readHostModules(): Map<string, FileRole> {
    const hosts = new Map<string, Host[]>();
    for (const host of this.read.hosts) {
      for (const file of moduleFilesOf(host.system)) append(hosts, file, host);
      for (const file of brokenIn(host.system)(this.read.files)) append(hosts, file, host);
    }
    const imported = new Set(hosts.keys());
    for (const { hosts: own, disabled } of this.read.projects) {
      for (const { file } of disabled) if (!hosts.has(file)) hosts.set(file, [...own]);
    }
    hosts.delete('');
    for (const { file } of this.read.projects) if (baseName(file) === 'flake.nix') hosts.delete(file);
    return new Map(
      [...hosts].map(([file, own]) => [
        file,
        { prefix: [], hosts: [...new Set(own)], imported: imported.has(file) },
      ]),
    );
  }

  /** The files that are a container, or a module inside one. */
  private readGuestModules(): Map<string, FileRole> {
    const known = this.roles.force();
    const roles = new Map<string, FileRole>();
    const add = (prefix: readonly string[], host: Host, system: ModuleSystem): void => {
      const files = modulesOf(system).flatMap(({ file, at }) =>
        isWholeFile(this.read, at) ? [file, at?.anchor.source ?? ''] : [file],
      );
      for (const path of [...files, ...brokenIn(system)(this.read.files)]) {
        if (path === '' || known.has(path) || baseName(path) === 'flake.nix') continue;
        const role = roles.get(path);
        if (role === undefined) roles.set(path, { prefix, hosts: [host], imported: true });
        else if (!role.hosts.includes(host)) roles.set(path, { ...role, hosts: [...role.hosts, host] });
      }
    };
    for (const host of this.read.hosts) {
      for (const { name, system, guest } of host.containers) {
        add(['containers', name], host, system);
        if (guest !== null) add(['containers', name, 'config'], host, guest.system);
      }
    }
    return roles;
  }

  /** A file that nothing imports yet is taken for a module of a host where it lies among such modules. */
  private likelyRole(file: string): FileRole | null {
    const folder = directoryOf(file);
    if (baseName(file) === 'flake.nix') return null;
    const hosts = new Set<Host>();
    for (const [other, role] of this.roles.force())
      if (directoryOf(other) === folder && baseName(other) !== 'configuration.nix')
        for (const host of role.hosts) hosts.add(host);
    return hosts.size === 0 ? null : { prefix: [], hosts: [...hosts], imported: false };
  }
}

const indexes = new WeakMap<ParsedFiles, HomelabIndex>();

/** The index of a homelab: of all that are read one after the other from the same files, as these change. */
export function indexOf(homelab: Homelab): HomelabIndex {
  let index = indexes.get(homelab.files);
  if (index === undefined) indexes.set(homelab.files, (index = new HomelabIndex(homelab)));
  else index.follow(homelab);
  return index;
}

function sameHostsAndProjects(before: Homelab, after: Homelab): boolean {
  return (
    sameItems(before.hosts, after.hosts) &&
    before.projects.length === after.projects.length &&
    before.projects.every((project, at) => {
      const other = after.projects[at];
      return (
        other?.file === project.file &&
        sameItems(project.hosts, other.hosts) &&
        sameItems(
          project.disabled.map(({ file }) => file),
          other.disabled.map(({ file }) => file),
        )
      );
    })
  );
}

function freePairsFor(host: Host, container: string | null): readonly FreePair[] {
  const containers = host.containers.filter(({ name }) => name !== container);
  return [...freePairs({ containers, interfaces: host.interfaces })];
}

function usesByAddress(host: Host): ReadonlyMap<string, readonly AddressUse[]> {
  const uses = new Map<string, AddressUse[]>();
  for (const container of host.containers)
    for (const { address, use } of addressedUses(container)) append(uses, address, use);
  return uses;
}

/** The address options of a container that are set to an address, each beside that. */
const addressedUses = memoOf(({ addresses }: Container): readonly { address: string; use: AddressUse }[] =>
  addresses.flatMap((use) => {
    const address = use.fact.kind === 'known' ? bareAddress(use.fact.value) : null;
    return address === null ? [] : [{ address, use }];
  }),
);

function usesByFile({ hosts }: Homelab): ReadonlyMap<string, readonly HostedUse[]> {
  const uses = new Map<string, HostedUse[]>();
  for (const host of hosts)
    for (const container of host.containers)
      for (const { source, use } of writtenUses(container)) append(uses, source, { host, use });
  return uses;
}

function routesByFile({ hosts }: Homelab): ReadonlyMap<string, readonly HostedRoute[]> {
  const routes = new Map<string, HostedRoute[]>();
  for (const host of hosts)
    for (const route of host.routes)
      if (route.at !== null) append(routes, route.at.anchor.source, { host, route });
  return routes;
}

function routeTextsByFile({ hosts }: Homelab): ReadonlyMap<string, readonly RouteText[]> {
  const texts = new Map<string, RouteText[]>();
  for (const host of hosts)
    for (const route of host.routes)
      for (const text of writtenTexts(route))
        append(texts, text.literal.anchor.source, { host, route, ...text });
  return texts;
}

function routesByTarget({ hosts }: Homelab): ReadonlyMap<Container, readonly HostedRoute[]> {
  const routes = new Map<Container, HostedRoute[]>();
  for (const host of hosts) {
    const containers = new Map(host.containers.map((own) => [own.name, own]));
    for (const route of host.routes)
      for (const name of new Set(route.backends.flatMap(containersOf))) {
        const target = containers.get(name);
        if (target !== undefined) append(routes, target, { host, route });
      }
  }
  return routes;
}

function hostsAround({ hosts }: Homelab, file: string): readonly Host[] {
  const around = hosts.filter(({ project }) => isInside(project, file));
  const nearest = Math.max(...around.map(({ project }) => project.length));
  return around.filter(({ project }) => project.length === nearest);
}

/** Whether what is written at a place is all that its file gives, and not only a part of it. */
function isWholeFile({ files }: Homelab, at: Origin): boolean {
  let expr: Origin = at === null ? null : (files.parsed(at.anchor.source)?.root.expression ?? null);
  while (expr !== null && expr !== at) {
    const inside: Origin =
      expr.kind === 'lambda' || expr.kind === 'let' || expr.kind === 'with' || expr.kind === 'assert'
        ? expr.body
        : null;
    expr = inside;
  }
  return expr !== null;
}

/** The files of a system's modules, which stay the same while what is in them changes. */
const moduleFilesOf = memoOf(
  (system: ModuleSystem): readonly string[] => modulesOf(system).map(({ file }) => file),
  sameItems,
);

function modulesOf(system: ModuleSystem): readonly { readonly file: string; readonly at: Origin }[] {
  const collected = attempt(() => system.modules);
  return collected instanceof Unknown || collected instanceof Failure ? [] : collected.modules;
}

const brokenIn = memoOf((system: ModuleSystem) =>
  memoOf((files: ParsedFiles) => brokenImports(files, system), sameItems),
);

/** The files that a system imports and that cannot be read as modules, because they are half-typed. */
function brokenImports(files: ParsedFiles, system: ModuleSystem): string[] {
  const collected = attempt(() => system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return [];
  return collected.problems.flatMap(({ at, problem, missing }) => {
    if (missing !== null || !(problem instanceof Unknown || problem.kind === 'type')) return [];
    const path = at === null ? null : writtenFile(files, at);
    return path === null ? [] : [path];
  });
}

/** The rule of a route and the URLs of its servers, where one literal writes them. */
const writtenTexts = memoOf((route: Route): readonly Pick<RouteText, 'literal' | 'backend'>[] => {
  const texts: { fact: Fact<string>; backend: Backend | null }[] = [
    { fact: route.rule, backend: null },
    ...route.backends.map((backend) => ({ fact: backend.url, backend })),
  ];
  return texts.flatMap(({ fact, backend }) => {
    const literal = fact.kind === 'known' ? fact.literal : null;
    return literal?.kind === 'string' ? [{ literal, backend }] : [];
  });
});

/** The address options of a container, by each file that writes something of them. */
const writtenUses = memoOf(({ addresses }: Container): readonly { source: string; use: AddressUse }[] =>
  addresses.flatMap((use) => [...sourcesOf(use)].map((source) => ({ source, use }))),
);

function sourcesOf(use: AddressUse): Set<string> {
  const { fact } = use;
  const origins = fact.kind === 'known' ? [fact.definition, fact.literal] : definitionsOf(use);
  return new Set(origins.flatMap((origin) => (origin === null ? [] : [origin.anchor.source])));
}

/** What is assigned to an address option, whether its value is known or not. */
export function definitionsOf({ container, option }: AddressUse): readonly Origin[] {
  const origins = attempt(() =>
    container.system.option(option.split('.'))?.raw.map(({ value }) => value.origin),
  );
  return Array.isArray(origins) ? origins : [];
}

function grouped<K>(
  { hosts }: Homelab,
  keysOf: (container: Container) => readonly K[],
): Map<K, HostedContainer[]> {
  const groups = new Map<K, HostedContainer[]>();
  for (const host of hosts)
    for (const container of host.containers)
      for (const key of keysOf(container)) append(groups, key, { host, container });
  return groups;
}

function append<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}
