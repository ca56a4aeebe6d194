import { memo, settleChanges, type Computed } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import { Evaluation } from '../eval/evaluation';
import type { ImportProblem } from '../eval/modules/collect';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { TrackedFiles } from '../eval/tracked-files';
import { Failure, Unknown, type Origin } from '../eval/value';
import { directoryOf } from '../nix/paths';
import { commentedContainers } from './commented-containers';
import { containersOf } from './container';
import { disabledContainers, unreachedModules } from './disabled';
import { describeHost, type HostDeclaration } from './host';
import { hostServicesOf } from './host-services';
import type { Container, DisabledModule, Host } from './model';
import {
  declaredHosts,
  declaredProjects,
  type DeclaredProject,
  type ProjectFolder,
  type ProjectProblem,
} from './projects';
import { spotOf, type Spot } from './spot';
import { runningContainers, switchedOffContainers } from './switched-off';
import { offeredContainers, unplacedHost } from './unplaced';

/** A folder with a flake, or with a `configuration.nix` outside any flake. */
export interface Project {
  readonly directory: string;
  /** `flake.nix` or `configuration.nix`. */
  readonly file: string;
  readonly hosts: readonly Host[];
  readonly disabled: readonly DisabledModule[];
  /** A host without a name for the disabled modules that none of the hosts could import; null where there are none. */
  readonly unplaced: Host | null;
  /** Why no hosts could be read, or not all; null when all are known. */
  readonly problem: ProjectProblem | null;
}

/** Everything the engine knows of a snapshot. */
export interface Homelab {
  readonly files: ParsedFiles;
  readonly projects: readonly Project[];
  /** The hosts of the projects, and those without a name that stand for what no host imports. */
  readonly hosts: readonly Host[];
  readonly missingImports: readonly MissingImport[];
}

/** An import of a file that does not exist. */
export interface MissingImport {
  readonly host: Host;
  readonly at: Origin;
  readonly path: string;
}

/** Reads the homelab out of files that stay as they are. Never throws for what the files hold. */
export function readHomelab(files: ParsedFiles): Homelab {
  return new HomelabReader(new TrackedFiles(files)).read();
}

/** Reads the homelab out of files that change; what a change does not touch is not read again. */
export class HomelabReader {
  private readonly evaluation: Evaluation;
  private readonly homelab: Computed<Homelab>;
  private readonly folders = new Map<string, Computed<DeclaredProject>>();

  constructor(private readonly files: TrackedFiles) {
    this.evaluation = new Evaluation(files);
    this.homelab = memo(() => this.readAll());
  }

  /**
   * The homelab as the files are now; the same object while nothing it holds changes.
   * @param pause where given and true, the reading ends with `Suspended`; what it has done is not lost
   */
  read(pause: (() => boolean) | null = null): Homelab {
    this.evaluation.restart(pause);
    settleChanges();
    return this.homelab.force();
  }

  /** What is read from now on runs to its end, and has all its steps before it. */
  release(): void {
    this.evaluation.restart();
  }

  private readAll(): Homelab {
    const { files, evaluation } = this;
    const isPart = (file: string): boolean => evaluation.isPartOf(file, this.homelab);
    const declared = declaredProjects(evaluation, (folder) => this.declared(folder), isPart);
    // What the hosts' containers read by plain `import` counts as used, before it is asked what nobody uses.
    const running = declared.flatMap(({ declarations }) =>
      declarations.flatMap(({ system }) => containersOf(system).containers),
    );
    const imported = new Set(
      declared.flatMap(({ declarations }) => declarations.flatMap(({ system }) => filesOf(system))),
    );
    const isUsed = (file: string): boolean => imported.has(file) || isPart(file);
    const projects = declared.map((project) => readProject(evaluation, project, declared, isUsed, running));
    const hosts = projects.flatMap((project) => project.hosts);
    const unplaced = projects.flatMap(({ unplaced: host }) => (host === null ? [] : [host]));
    return {
      files,
      projects,
      hosts: [...hosts, ...unplaced],
      missingImports: hosts.flatMap(missingImportsOf),
    };
  }

  private declared(folder: ProjectFolder): DeclaredProject {
    const key = `${folder.kind} ${folder.file}`;
    let declared = this.folders.get(key);
    if (declared === undefined)
      this.folders.set(key, (declared = memo(() => declaredHosts(this.evaluation, folder))));
    return declared.force();
  }
}

function readProject(
  evaluation: Evaluation,
  project: DeclaredProject,
  all: readonly DeclaredProject[],
  isUsed: (file: string) => boolean,
  used: readonly Container[],
): Project {
  // What a flake offers is read first: the files it reads then count as used.
  const offered = offeredContainers(evaluation, project, used);
  const folders = new Set(project.declarations.flatMap(({ system }) => filesOf(system).map(directoryOf)));
  const own = unreachedModules(
    evaluation,
    project.directory,
    isUsed,
    folders,
    all.map(({ directory }) => directory),
  );
  const running = runningContainers(project.declarations.map(({ system }) => system));
  const placed = new Set<string>();
  const hosts = project.declarations.map((declaration) => {
    const files = own
      .filter(({ file }) => isCandidate(declaration, file, project.declarations))
      .map(({ file }) => file);
    for (const file of files) placed.add(file);
    const because = new Map(own.map((module) => [module.file, module.because]));
    const disabled = disabledContainers(declaration.system, files, because);
    const off = switchedOffContainers(evaluation.files, project.directory, declaration.system).filter(
      ({ name }) => !running.has(name),
    );
    const active = containersOf(declaration.system).containers;
    const beside = [...active, ...disabled, ...off];
    const commented = commentedContainers(evaluation, project.directory, declaration.system, beside);
    return describeHost(declaration, {
      disabled: [...disabled, ...off, ...commented],
      hostServices: hostServicesOf(declaration.system, disabled),
    });
  });
  const rest = own.filter(({ file }) => !placed.has(file));
  const unplaced = unplacedHost(evaluation, project, rest, offered);
  const { directory, file, problem } = project;
  return { directory, file, hosts, disabled: own, unplaced, problem };
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
export function locate(homelab: Pick<Homelab, 'files'>, origin: Origin): Spot | null {
  return spotOf(homelab.files, origin);
}
