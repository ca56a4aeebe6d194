import { attempt } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { directoryOf } from '../nix/paths';
import type { Evaluation } from '../eval/evaluation';
import type { OptionNode } from '../eval/modules/option-node';
import type { ModuleSystem } from '../eval/modules/system';
import { commentedContainers } from './commented-containers';
import { readContainers } from './container';
import { extendedBy, extensionsBy } from './disabled';
import { describeHost } from './host';
import type { Container, DisabledModule, Host } from './model';
import type { DeclaredProject } from './projects';
import { switchedOffContainers } from './switched-off';

/**
 * Containers of modules that no known host could import: those of a flake whose hosts are elsewhere or not known, and
 * those of a folder that no host reads. Each such folder is evaluated as if a host imported it, and of the others only
 * those that declare the options it sets.
 */

/** A module that a flake offers to others, and what it says by itself. */
export interface OfferedModule {
  /** As in `nixosModules.<name>`. */
  readonly name: string;
  readonly system: ModuleSystem;
}

/** A host without a name for what belongs to no host; null where there is nothing. */
export function unplacedHost(
  evaluation: Evaluation,
  project: DeclaredProject,
  modules: readonly DisabledModule[],
  offered: readonly Container[],
): Host | null {
  const { empty, directory, file } = project;
  const containers = [...offered, ...containersByFolder(evaluation, project, modules)];
  if (containers.length === 0) return null;
  return describeHost(
    { name: null, project: directory, file, at: null, system: empty },
    { disabled: containers, hostServices: [], unimported: [] },
  );
}

/**
 * The containers of the modules that a flake offers.
 * @param running those that the hosts of the workspace have, perhaps by the same module
 */
export function offeredContainers(
  evaluation: Evaluation,
  project: DeclaredProject,
  running: readonly Container[],
): Container[] {
  if (project.offered.length === 0) return [];
  const known = new KnownContainers(running);
  return project.offered.flatMap(({ name, system }) => {
    const because = `the flake offers it as \`nixosModules.${name}\`, and no host here imports it`;
    const { containers } = readContainers(system, () => because);
    const off = switchedOffContainers(evaluation.files, project.directory, system);
    // A module that imports the others brings the same containers again.
    return [...containers, ...off].filter((container) => known.add(container));
  });
}

function containersByFolder(
  evaluation: Evaluation,
  { empty, directory, problem, declarations }: DeclaredProject,
  modules: readonly DisabledModule[],
): Container[] {
  const unknownHosts =
    declarations.length === 0 && problem !== null ? `its hosts are not known: ${problem.message}` : null;
  const because = new Map(
    modules.map((module) => [
      module.file,
      module.commentedImport === null ? (unknownHosts ?? module.because) : module.because,
    ]),
  );
  const folders = new Map<string, string[]>();
  for (const { file } of modules) {
    const folder = directoryOf(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const groups = [...folders.values()]
    .flatMap((files) => extensionsBy(empty, files))
    .map((group) => ({ ...group, read: filesOf(group.system) }))
    .sort((a, b) => b.read.length - a.read.length)
    .map((group, _index, all) => ({ ...group, system: withDeclarations(empty, group, all) }));
  const covered = new Set<string>();
  const known = new KnownContainers();
  return groups.flatMap(({ files, system, read }) => {
    // What another of these modules imports is read with it.
    if (files.every((file) => covered.has(file))) return [];
    for (const file of read) covered.add(file);
    const first = because.get(files[0] ?? '') ?? 'no host imports it';
    const found = readContainers(
      system,
      ([definition]) => (definition === undefined ? undefined : because.get(definition.file)) ?? first,
    ).containers;
    const off = switchedOffContainers(evaluation.files, directory, system);
    const beside = [...found, ...off];
    const commented = commentedContainers(evaluation, directory, system, beside);
    return [...beside, ...commented].filter((container) => known.add(container));
  });
}

/** Modules that are read together. */
interface Group {
  readonly system: ModuleSystem;
  readonly files: readonly string[];
}

/** What some modules define, read with the others that declare the options for it. */
function withDeclarations(empty: ModuleSystem, group: Group, all: readonly Group[]): ModuleSystem {
  const missing = undeclaredPaths(group.system.root);
  const others = all.filter(
    ({ system }) => system !== group.system && missing.some((path) => isDeclared(system.root, path)),
  );
  if (others.length === 0) return group.system;
  return extendedBy(empty, [...new Set([...group.files, ...others.flatMap(({ files }) => files)])]);
}

/** The shortest paths under a node that something defines and nothing declares; none where that is not known. */
function undeclaredPaths(node: OptionNode): readonly (readonly string[])[] {
  const paths = attempt(() =>
    [...node.definedNames().keys()].flatMap((name) => {
      const child = node.child(name);
      if (child === null) return [];
      if (!child.isDeclared) return [child.path];
      return child.declared === null ? undeclaredPaths(child) : [];
    }),
  );
  return paths instanceof Unknown || paths instanceof Failure ? [] : paths;
}

function isDeclared(root: OptionNode, path: readonly string[]): boolean {
  const declared = attempt(() => {
    let node: OptionNode | null = root;
    for (const name of path) node = node?.child(name) ?? null;
    return node?.isDeclared === true;
  });
  return declared === true;
}

function filesOf(system: ModuleSystem): string[] {
  const collected = attempt(() => system.modules);
  return collected instanceof Unknown || collected instanceof Failure
    ? []
    : collected.modules.map(({ file }) => file);
}

/** Containers by their name and the syntax that defines them. */
class KnownContainers {
  private readonly values = new Map<string, Set<unknown>>();

  constructor(containers: Iterable<Container> = []) {
    for (const container of containers) this.add(container);
  }

  /** Adds a container; false where all that defines it is known already. */
  add({ name, definitions }: Container): boolean {
    const values = this.values.get(name) ?? new Set();
    this.values.set(name, values);
    const before = values.size;
    for (const { file, value } of definitions) values.add(value ?? file);
    return values.size > before || definitions.length === 0;
  }
}
