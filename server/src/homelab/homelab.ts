import type { ParsedFiles } from '../eval/evaluation';
import { Evaluation } from '../eval/evaluation';
import { evaluateFlake } from '../eval/flake';
import type { ImportProblem } from '../eval/modules/collect';
import { ModuleSystem } from '../eval/modules/system';
import { nixosHost } from '../eval/nixos';
import { attempt, inspect, ready } from '../eval/thunk';
import { Failure, Unknown, type Origin } from '../eval/value';
import { baseName, directoryOf, isInside } from '../nix/paths';
import { hostDeclarations } from '../schema/declarations';
import { containersOf } from './container';
import { disabledContainers, unreachedModules } from './disabled';
import { describeHost, type HostDeclaration } from './host';
import { hostServicesOf } from './host-services';
import type { DisabledModule, Host } from './model';
import { spotOf, type Spot } from './spot';

/** A folder with a flake, or with a `configuration.nix` outside any flake. */
export interface Project {
  readonly directory: string;
  /** `flake.nix` or `configuration.nix`. */
  readonly file: string;
  readonly hosts: readonly Host[];
  readonly disabled: readonly DisabledModule[];
  /** Why no hosts could be read, or not all; null when all are known. */
  readonly problem: { readonly message: string; readonly at: Origin } | null;
}

/** Everything the engine knows of a snapshot. */
export interface Homelab {
  readonly files: ParsedFiles;
  readonly projects: readonly Project[];
  readonly hosts: readonly Host[];
  readonly missingImports: readonly MissingImport[];
}

/** An import of a file that does not exist. */
export interface MissingImport {
  readonly host: Host;
  readonly at: Origin;
  readonly path: string;
}

/** Reads the homelab out of a snapshot of files. Never throws for what the files hold. */
export function readHomelab(files: ParsedFiles): Homelab {
  const evaluation = new Evaluation(files);
  const declared = projectFolders(files).map((folder) => declaredHosts(evaluation, folder));
  // What the hosts' containers read by plain `import` counts as used, before it is asked what nobody uses.
  for (const { declarations } of declared) for (const { system } of declarations) containersOf(system);
  const projects = declared.map((project) => readProject(evaluation, project, declared));
  const hosts = projects.flatMap((project) => project.hosts);
  return { files, projects, hosts, missingImports: hosts.flatMap(missingImportsOf) };
}

interface ProjectFolder {
  readonly directory: string;
  readonly file: string;
  readonly kind: 'flake' | 'configuration';
}

interface DeclaredProject extends ProjectFolder {
  readonly declarations: readonly HostDeclaration[];
  readonly problem: Project['problem'];
}

/** The folders that hold a flake, and those with a `configuration.nix` outside all of them. */
export function projectFolders(files: ParsedFiles): ProjectFolder[] {
  const all = [...files.nixFiles()].sort();
  const flakes = all
    .filter((file) => baseName(file) === 'flake.nix')
    .map((file): ProjectFolder => ({ directory: directoryOf(file), file, kind: 'flake' }));
  const roots = all
    .filter(
      (file) =>
        baseName(file) === 'configuration.nix' && !flakes.some(({ directory }) => isInside(directory, file)),
    )
    .map((file): ProjectFolder => ({ directory: directoryOf(file), file, kind: 'configuration' }));
  return [...flakes, ...roots].sort((a, b) => (a.directory < b.directory ? -1 : 1));
}

function declaredHosts(evaluation: Evaluation, folder: ProjectFolder): DeclaredProject {
  const base = hostDeclarations();
  if (folder.kind === 'configuration') {
    const input = {
      value: ready({ type: 'path' as const, path: folder.file, origin: null }),
      file: folder.file,
      key: folder.file,
    };
    const system = nixosHost({ modules: [input], specialArgs: null }, base, evaluation);
    const name = baseName(folder.directory) || 'nixos';
    return {
      ...folder,
      declarations: [{ name, project: folder.directory, file: folder.file, at: null, system }],
      problem: null,
    };
  }
  const flake = evaluateFlake(evaluation, folder.directory, base);
  const found = attempt(() => {
    const outputs = flake.outputs.force();
    const configurations = outputs.type === 'attrs' ? outputs.entries.get('nixosConfigurations') : undefined;
    const open = outputs.type === 'attrs' ? outputs.open : null;
    return { set: configurations?.value.force() ?? null, open: configurations === undefined ? open : null };
  });
  if (found instanceof Unknown || found instanceof Failure) {
    return {
      ...folder,
      declarations: [],
      problem: { message: found instanceof Unknown ? found.reason : found.message, at: found.at },
    };
  }
  if (found.set?.type !== 'attrs') {
    return {
      ...folder,
      declarations: [],
      problem: found.open === null ? null : { message: found.open.reason, at: found.open.at },
    };
  }
  const declarations: HostDeclaration[] = [];
  let problem: Project['problem'] =
    found.set.open === null ? null : { message: found.set.open.reason, at: found.set.open.at };
  for (const [name, { value, at }] of found.set.entries) {
    const host = inspect(value);
    if (host instanceof Unknown || host instanceof Failure)
      problem ??= { message: host instanceof Unknown ? host.reason : host.message, at: host.at };
    else if (host.type === 'attrs' && host.native instanceof ModuleSystem) {
      declarations.push({
        name,
        project: folder.directory,
        file: at?.anchor.source ?? flake.file,
        at,
        system: host.native,
      });
    }
  }
  return { ...folder, declarations, problem };
}

function readProject(
  evaluation: Evaluation,
  project: DeclaredProject,
  all: readonly DeclaredProject[],
): Project {
  const imported = new Set(
    all.flatMap(({ declarations }) => declarations.flatMap(({ system }) => filesOf(system))),
  );
  const own = unreachedModules(
    evaluation,
    project.directory,
    imported,
    all.map(({ directory }) => directory),
  );
  const hosts = project.declarations.map((declaration) => {
    const files = own
      .filter(({ file }) => isCandidate(declaration, file, project.declarations))
      .map(({ file }) => file);
    const because = new Map(own.map((module) => [module.file, module.because]));
    const disabled = disabledContainers(declaration.system, files, because);
    return describeHost(declaration, disabled, hostServicesOf(declaration.system, disabled));
  });
  return { directory: project.directory, file: project.file, hosts, disabled: own, problem: project.problem };
}

function filesOf(system: ModuleSystem): string[] {
  const collected = attempt(() => system.modules);
  return collected instanceof Unknown || collected instanceof Failure
    ? []
    : collected.modules.map(({ file }) => file);
}

/**
 * Whether a module that nobody imports would belong to a host: the only one of the flake, or one that imports from the
 * same folder; where none does, each host that has containers.
 */
function isCandidate(declaration: HostDeclaration, file: string, all: readonly HostDeclaration[]): boolean {
  if (all.length === 1) return true;
  const folder = directoryOf(file);
  const importsFromFolder = ({ system }: HostDeclaration): boolean =>
    filesOf(system).some((module) => directoryOf(module) === folder);
  if (all.some(importsFromFolder)) return importsFromFolder(declaration);
  return attempt(() => declaration.system.option(['containers'])?.raw.length ?? 0) !== 0;
}

function missingImportsOf(host: Host): MissingImport[] {
  const collected = attempt(() => host.system.modules);
  if (collected instanceof Unknown || collected instanceof Failure) return [];
  return collected.problems.flatMap(({ at, missing }: ImportProblem) =>
    missing === null ? [] : [{ host, at, path: missing }],
  );
}

/** Where a piece of syntax stands; null for what the engine made. */
export function locate(homelab: Homelab, origin: Origin): Spot | null {
  return spotOf(homelab.files, origin);
}
