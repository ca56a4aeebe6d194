import { attrs, path } from '../eval/construct';
import type { Evaluation, ParsedFiles } from '../eval/evaluation';
import { evaluateFlake, type Flake } from '../eval/flake';
import { colmenaNodes } from '../eval/hosts/colmena';
import { selectAttr } from '../eval/interpret';
import type { ModuleInput } from '../eval/modules/collect';
import { ModuleSystem, systemOf } from '../eval/modules/system';
import { nixosHost } from '../eval/nixos';
import { attempt, inspect, ready, type Thunk } from '../eval/thunk';
import { Failure, Unknown, type Attr, type AttrsValue, type Origin, type Value } from '../eval/value';
import { baseName, directoryOf, isInside } from '../nix/paths';
import { hostDeclarations } from '../schema/declarations';
import type { HostDeclaration } from './host';
import { looseContainers } from './loose-containers';
import type { OfferedModule } from './unplaced';

/** Where the workspace declares hosts: its flakes, and the configurations outside them. */

export interface ProjectFolder {
  readonly directory: string;
  readonly file: string;
  readonly kind: 'flake' | 'configuration' | 'hive' | 'containers';
}

/** Why no hosts could be read, or not all. */
export interface ProjectProblem {
  readonly message: string;
  readonly at: Origin;
}

/** A project and the hosts it declares, not yet described. */
export interface DeclaredProject extends ProjectFolder {
  readonly declarations: readonly HostDeclaration[];
  /** Null when all hosts are known. */
  readonly problem: ProjectProblem | null;
  /** A host without modules, for what no host imports. */
  readonly empty: ModuleSystem;
  /** The modules that a flake without hosts offers to others. */
  readonly offered: readonly OfferedModule[];
}

/** The file that makes a folder a project where no flake does, and how its hosts are read. */
const ROOTS: Readonly<Record<string, ProjectFolder['kind']>> = {
  'configuration.nix': 'configuration',
  'hive.nix': 'hive',
};

/** The folders that hold a flake, and those with a `configuration.nix` or a colmena `hive.nix` outside all of them. */
export function projectFolders(files: ParsedFiles): ProjectFolder[] {
  const all = [...files.nixFiles()].sort();
  const flakes = all
    .filter((file) => baseName(file) === 'flake.nix')
    .map((file): ProjectFolder => ({ directory: directoryOf(file), file, kind: 'flake' }));
  const roots = all.flatMap((file): ProjectFolder[] => {
    const kind = ROOTS[baseName(file)];
    if (kind === undefined || flakes.some(({ directory }) => isInside(directory, file))) return [];
    return [{ directory: directoryOf(file), file, kind }];
  });
  const hives = roots.filter(({ kind }) => kind === 'hive');
  // The configurations below a hive are its hosts' own.
  const others = roots.filter(
    ({ kind, file }) => kind === 'hive' || !hives.some(({ directory }) => isInside(directory, file)),
  );
  const known = [...flakes, ...others];
  const loose = all.filter(
    (file) =>
      !known.some(({ directory }) => isInside(directory, file)) && /\bcontainers\b/.test(textOf(files, file)),
  );
  const folders = new Map(loose.map((file) => [directoryOf(file), file]));
  const containers = [...folders].map(([directory, file]): ProjectFolder => ({
    directory,
    file,
    kind: 'containers',
  }));
  return [...known, ...containers].sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

function textOf(files: ParsedFiles, file: string): string {
  const entry = files.entry(file);
  return entry.kind === 'file' ? entry.text : '';
}

/** The projects that have a root, and the folders of loose files that may be projects of their own. */
export interface RootedProjects {
  readonly projects: ReadonlyMap<ProjectFolder, DeclaredProject>;
  readonly folders: readonly ProjectFolder[];
}

/**
 * The projects of a snapshot that have a root, with the hosts they declare. Where there are loose files too, the modules
 * of these hosts are read as well, so that it can be told which files are theirs.
 */
export function rootedProjects(
  evaluation: Evaluation,
  hostsOf: (folder: ProjectFolder) => DeclaredProject,
): RootedProjects {
  const folders = projectFolders(evaluation.files);
  const projects = new Map<ProjectFolder, DeclaredProject>();
  for (const folder of folders) if (folder.kind !== 'containers') projects.set(folder, hostsOf(folder));
  if (projects.size < folders.length)
    for (const { declarations } of projects.values())
      for (const { system } of declarations) attempt(() => system.modules);
  return { projects, folders };
}

/**
 * All projects. Loose files that lie beside what the hosts of others read are theirs, and those that turn out to hold no
 * host make no project.
 * @param isPart whether a file was read for the rooted ones
 */
export function declaredProjects(
  evaluation: Evaluation,
  { projects, folders }: RootedProjects,
  hostsOf: (folder: ProjectFolder) => DeclaredProject,
  isPart: (file: string) => boolean,
): DeclaredProject[] {
  if (projects.size === folders.length) return [...projects.values()];
  const read = new Set(evaluation.files.nixFiles().filter(isPart).map(directoryOf));
  return folders.flatMap((folder) => {
    const rooted = projects.get(folder);
    if (rooted !== undefined) return [rooted];
    if (isBelow(read, folder.directory)) return [];
    const project = hostsOf(folder);
    return project.declarations.length > 0 ? [project] : [];
  });
}

function isBelow(folders: ReadonlySet<string>, directory: string): boolean {
  return [...folders].some((folder) => isInside(folder, directory));
}

/**
 * Reads the hosts that a project declares, their configurations unevaluated. What it is read from is there from the
 * start, so that reading again gives the same hosts as far as the files are the same.
 */
export function hostsReader(evaluation: Evaluation, folder: ProjectFolder): () => DeclaredProject {
  const base = hostDeclarations();
  const empty = nixosHost({ modules: [], specialArgs: null }, base, evaluation);
  const read = folderReader(evaluation, folder, base);
  return () => ({ empty, offered: [], ...read() });
}

type FolderHosts = Omit<DeclaredProject, 'empty' | 'offered'> & Partial<Pick<DeclaredProject, 'offered'>>;

function folderReader(
  evaluation: Evaluation,
  folder: ProjectFolder,
  base: readonly ModuleInput[],
): () => FolderHosts {
  switch (folder.kind) {
    case 'configuration': {
      const host = configurationHost(evaluation, folder, base);
      return () => host;
    }
    case 'hive':
      return () =>
        readHosts(folder, () => [colmenaNodes(evaluation.fileThunk(folder.file).force(), base, evaluation)]);
    case 'flake': {
      const flake = evaluateFlake(evaluation, folder.directory, base);
      return () => {
        const hosts = readHosts(folder, () => hostSets(flake, base, evaluation));
        return hosts.declarations.length > 0
          ? hosts
          : { ...hosts, offered: offeredModules(flake, base, evaluation) };
      };
    }
    case 'containers':
      return () => {
        const own = evaluation.files
          .nixFiles()
          .filter((file) => directoryOf(file) === folder.directory)
          .filter((file) => /\bcontainers\b/.test(textOf(evaluation.files, file)));
        return { ...folder, declarations: looseContainers(evaluation, own, base), problem: null };
      };
  }
}

function configurationHost(
  evaluation: Evaluation,
  folder: ProjectFolder,
  base: readonly ModuleInput[],
): FolderHosts {
  const { directory, file } = folder;
  const input: ModuleInput = { value: ready(path(file)), file, key: file };
  const system = nixosHost({ modules: [input], specialArgs: null }, base, evaluation);
  const name = baseName(directory) || 'nixos';
  return { ...folder, declarations: [{ name, project: directory, file, at: null, system }], problem: null };
}

/**
 * The sets of a flake's outputs that hold hosts, the one that counts for a host first: `nixosConfigurations`, what
 * colmena's `makeHive` made, and the hive itself. Where none is there, what keeps that from being certain.
 */
function hostSets(
  flake: Flake,
  base: readonly ModuleInput[],
  evaluation: Evaluation,
): (AttrsValue | Unknown | Failure)[] {
  const outputs = flake.outputs.force();
  if (outputs.type !== 'attrs') return [];
  const output = (name: string): Value | Unknown | Failure | null => {
    const found = outputs.entries.get(name);
    return found === undefined ? null : inspect(found.value);
  };
  const configurations = output('nixosConfigurations');
  const hive = output('colmenaHive');
  const nodes =
    hive !== null && 'type' in hive && hive.type === 'attrs' ? hive.entries.get('nodes') : undefined;
  const plain = output('colmena');
  const sets = [
    configurations,
    nodes === undefined ? null : inspect(nodes.value),
    plain === null || plain instanceof Unknown || plain instanceof Failure
      ? plain
      : attempt(() => colmenaNodes(plain, base, evaluation)),
    buildsContainers(flake) ? builtContainers(outputs, flake.directory) : null,
  ].flatMap((set) =>
    set === null || (!(set instanceof Unknown) && !(set instanceof Failure) && set.type !== 'attrs')
      ? []
      : [set],
  );
  return configurations === null && outputs.open !== null ? [...sets, outputs.open] : sets;
}

/** The modules among a flake's outputs, each by itself. */
function offeredModules(flake: Flake, base: readonly ModuleInput[], evaluation: Evaluation): OfferedModule[] {
  const outputs = attempt(() => flake.outputs.force());
  if (outputs instanceof Unknown || outputs instanceof Failure || outputs.type !== 'attrs') return [];
  const modules = outputs.entries.get('nixosModules');
  const set = modules === undefined ? null : inspect(modules.value);
  if (set === null || set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') return [];
  return [...set.entries].map(([name, { value, at }]) => {
    const input: ModuleInput = { value, file: at?.anchor.source ?? flake.file, key: `:nixosModules.${name}` };
    return { name, system: nixosHost({ modules: [input], specialArgs: null }, base, evaluation) };
  });
}

/** Whether a flake has `extra-container` as an input. */
function buildsContainers({ inputs }: Flake): boolean {
  return [...inputs].some(([name, { value }]) => {
    if (name === 'self') return false;
    const lib = attempt(() => selectAttr(value.force(), 'lib', null));
    return 'type' in lib && lib.type === 'attrs' && lib.entries.has('buildContainers');
  });
}

/** The containers that a flake's packages add to a running host, for the first system that has them. */
function builtContainers(outputs: AttrsValue, directory: string): AttrsValue {
  const found = new Map<string, Attr>();
  const packages = inspect(outputs.entries.get('packages')?.value ?? ready(attrs(new Map())));
  const systems = 'type' in packages && packages.type === 'attrs' ? [...packages.entries.values()] : [];
  for (const { value } of systems) {
    const set = inspect(value);
    if (set instanceof Unknown || set instanceof Failure || set.type !== 'attrs') continue;
    for (const [name, entry] of set.entries) {
      const shown = name === 'default' ? baseName(directory) : name;
      const built = inspect(entry.value);
      if (
        'type' in built &&
        built.type === 'attrs' &&
        built.native instanceof ModuleSystem &&
        !found.has(shown)
      )
        found.set(shown, entry);
    }
  }
  return attrs(found);
}

function readHosts(
  folder: ProjectFolder,
  read: () => readonly (AttrsValue | Unknown | Failure)[],
): FolderHosts {
  const hosts = new Map<string, HostDeclaration>();
  let problem: ProjectProblem | null = null;
  const note = (found: Unknown | Failure, host?: string): void => {
    const message = found instanceof Unknown ? found.reason : found.message;
    problem ??= { message: host === undefined ? message : `${host}: ${message}`, at: found.at };
  };
  const sets = attempt(read);
  for (const set of sets instanceof Unknown || sets instanceof Failure ? [sets] : sets) {
    if (set instanceof Unknown || set instanceof Failure) {
      note(set);
      continue;
    }
    if (set.open !== null) note(set.open);
    for (const [name, { value, at }] of set.entries) {
      if (hosts.has(name)) continue;
      const system = systemOfHost(value);
      if (system instanceof Unknown || system instanceof Failure) note(system, name);
      else if (system !== null) {
        const file = at?.anchor.source ?? folder.file;
        hosts.set(name, { name, project: folder.directory, file, at, system });
      }
    }
  }
  return { ...folder, declarations: [...hosts.values()], problem };
}

/** The evaluation that a host is, also where attributes were added to what `nixosSystem` returned; null for other values. */
function systemOfHost(host: Thunk): ModuleSystem | Unknown | Failure | null {
  const value = inspect(host);
  if (value instanceof Unknown || value instanceof Failure) return value;
  if (value.type !== 'attrs') return null;
  if (value.native instanceof ModuleSystem) return value.native;
  const config = value.entries.get('config');
  return config === undefined ? value.open : systemOf(inspect(config.value));
}
