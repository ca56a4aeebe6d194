import { memo, settleChanges, type Computed } from '../eval/computed';
import type { ParsedFiles } from '../eval/evaluation';
import { Evaluation } from '../eval/evaluation';
import type { ImportProblem } from '../eval/modules/collect';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt } from '../eval/thunk';
import { TrackedFiles } from '../eval/tracked-files';
import { Failure, Unknown, type Origin } from '../eval/value';
import { directoryOf } from '../nix/paths';
import { containersOf } from './container';
import { disabledContainers, unreachedModules } from './disabled';
import { describeHost, type HostDeclaration } from './host';
import { hostServicesOf } from './host-services';
import type { DisabledModule, Host } from './model';
import {
  declaredHosts,
  declaredProjects,
  type DeclaredProject,
  type ProjectFolder,
  type ProjectProblem,
} from './projects';
import { spotOf, type Spot } from './spot';
import { runningContainers, switchedOffContainers } from './switched-off';

/** A folder with a flake, or with a `configuration.nix` outside any flake. */
export interface Project {
  readonly directory: string;
  /** `flake.nix` or `configuration.nix`. */
  readonly file: string;
  readonly hosts: readonly Host[];
  readonly disabled: readonly DisabledModule[];
  /** Why no hosts could be read, or not all; null when all are known. */
  readonly problem: ProjectProblem | null;
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
    for (const { declarations } of declared) for (const { system } of declarations) containersOf(system);
    const imported = new Set(
      declared.flatMap(({ declarations }) => declarations.flatMap(({ system }) => filesOf(system))),
    );
    const isUsed = (file: string): boolean => imported.has(file) || isPart(file);
    const projects = declared.map((project) => readProject(evaluation, project, declared, isUsed));
    const hosts = projects.flatMap((project) => project.hosts);
    return { files, projects, hosts, missingImports: hosts.flatMap(missingImportsOf) };
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
): Project {
  const folders = new Set(project.declarations.flatMap(({ system }) => filesOf(system).map(directoryOf)));
  const own = unreachedModules(
    evaluation,
    project.directory,
    isUsed,
    folders,
    all.map(({ directory }) => directory),
  );
  const running = runningContainers(project.declarations.map(({ system }) => system));
  const hosts = project.declarations.map((declaration) => {
    const files = own
      .filter(({ file }) => isCandidate(declaration, file, project.declarations))
      .map(({ file }) => file);
    const because = new Map(own.map((module) => [module.file, module.because]));
    const disabled = disabledContainers(declaration.system, files, because);
    const off = switchedOffContainers(evaluation.files, project.directory, declaration.system).filter(
      ({ name }) => !running.has(name),
    );
    return describeHost(declaration, {
      disabled: [...disabled, ...off],
      hostServices: hostServicesOf(declaration.system, disabled),
    });
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
export function locate(homelab: Pick<Homelab, 'files'>, origin: Origin): Spot | null {
  return spotOf(homelab.files, origin);
}
