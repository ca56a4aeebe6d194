import { memo, memoOf, sameItems, settleChanges, Source, type Computed } from '../eval/computed';
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
import { disabledContainers, filesByProject, unreachedModules, type FilesByProject } from './disabled';
import { describeHost, type HostDeclaration } from './host';
import { hostServicesOf } from './host-services';
import type { Container, DisabledModule, Host } from './model';
import {
  declaredProjects,
  hostsReader,
  rootedProjects,
  type DeclaredProject,
  type ProjectFolder,
  type ProjectProblem,
  type RootedProjects,
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

/** Whether a file was in use when that was asked. */
interface Answer {
  readonly file: string;
  readonly result: Computed<unknown>;
  readonly isPart: boolean;
}

/** How often the homelab is read again because other files turn out to be in use. */
const MOST_REPEATS = 3;

/** Reads the homelab out of files that change; what a change does not touch is not read again. */
export class HomelabReader {
  private readonly evaluation: Evaluation;
  private readonly homelab: Computed<Homelab>;
  private readonly rooted: Computed<RootedProjects>;
  private readonly declared: Computed<readonly DeclaredProject[]>;
  private readonly inUse: Computed<InUse>;
  private readonly byProject: Computed<FilesByProject>;
  private readonly folders = new Map<string, Computed<DeclaredProject>>();
  /** Which files are in use, as far as that was asked: no result tells when that changes, so that it is asked again. */
  private readonly usage = new Source();
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly files: TrackedFiles) {
    this.evaluation = new Evaluation(files, { comesBack: true });
    this.homelab = memo(() => this.readAll());
    this.rooted = memo(() => rootedProjects(this.evaluation, (folder) => this.declaredIn(folder)));
    this.declared = memo(() => this.declaredProjects(), sameItems);
    this.inUse = memo(() => inUse(this.evaluation, this.declared.force()));
    this.byProject = memo(() =>
      filesByProject(files.nixFiles(), new Set(this.declared.force().map(({ directory }) => directory))),
    );
  }

  /**
   * The homelab as the files are now; the same object while nothing it holds changes.
   * @param pause where given and true, the reading ends with `Suspended`; what it has done is not lost
   */
  read(pause: (() => boolean) | null = null): Homelab {
    this.evaluation.restart(pause);
    settleChanges();
    let homelab = this.homelab.force();
    for (let again = 0; again < MOST_REPEATS && this.usageChanged(); again++) {
      this.answers.clear();
      this.usage.change();
      settleChanges();
      homelab = this.homelab.force();
    }
    return homelab;
  }

  /** What is read from now on runs to its end, and has all its steps before it. */
  release(): void {
    this.evaluation.restart();
  }

  private readAll(): Homelab {
    const { files, evaluation } = this;
    const { imported, offered } = this.inUse.force();
    const isPart = this.partsOf(this.inUse);
    const isUsed = (file: string): boolean => imported.has(file) || isPart(file);
    const projects = this.declared
      .force()
      .map((project) =>
        readProject(evaluation, project, this.byProject.force(), isUsed, offered.get(project) ?? []),
      );
    const hosts = projects.flatMap((project) => project.hosts);
    const unplaced = projects.flatMap(({ unplaced: host }) => (host === null ? [] : [host]));
    return {
      files,
      projects,
      hosts: [...hosts, ...unplaced],
      missingImports: hosts.flatMap(missingImportsOf),
    };
  }

  /** Tells whether a file is read, as a module or otherwise, by what a result is made of, which is there. */
  private partsOf(result: Computed<unknown>): (file: string) => boolean {
    let find: ((file: string) => boolean) | null = null;
    return (file) => {
      find ??= this.evaluation.partsOf(result);
      this.usage.look();
      const isPart = find(file);
      this.answers.set(`${result === this.rooted ? 'rooted' : 'used'} ${file}`, { file, result, isPart });
      return isPart;
    };
  }

  private usageChanged(): boolean {
    const finders = new Map<Computed<unknown>, (file: string) => boolean>();
    for (const { file, result, isPart } of this.answers.values()) {
      const find = finders.get(result) ?? this.evaluation.partsOf(result);
      finders.set(result, find);
      if (find(file) !== isPart) return true;
    }
    return false;
  }

  private declaredProjects(): DeclaredProject[] {
    return declaredProjects(
      this.evaluation,
      this.rooted.force(),
      (folder) => this.declaredIn(folder),
      this.partsOf(this.rooted),
    );
  }

  private declaredIn(folder: ProjectFolder): DeclaredProject {
    const key = `${folder.kind} ${folder.file}`;
    let declared = this.folders.get(key);
    if (declared === undefined)
      this.folders.set(key, (declared = memo(hostsReader(this.evaluation, folder))));
    return declared.force();
  }
}

/** What runs, and what a flake offers to others: the files read for it are in use. */
interface InUse {
  /** The files of the hosts' modules. */
  readonly imported: ReadonlySet<string>;
  readonly offered: ReadonlyMap<DeclaredProject, readonly Container[]>;
}

function inUse(evaluation: Evaluation, declared: readonly DeclaredProject[]): InUse {
  const systems = declared.flatMap(({ declarations }) => declarations.map(({ system }) => system));
  const running = systems.flatMap((system) => containersOf(system).containers);
  return {
    imported: new Set(systems.flatMap(filesOf)),
    offered: new Map(declared.map((project) => [project, offeredContainers(evaluation, project, running)])),
  };
}

function readProject(
  evaluation: Evaluation,
  project: DeclaredProject,
  byProject: FilesByProject,
  isUsed: (file: string) => boolean,
  offered: readonly Container[],
): Project {
  const folders = new Set(project.declarations.flatMap(({ system }) => [...foldersOf(system)]));
  const own = unreachedModules(evaluation, project.directory, isUsed, folders, byProject);
  const placed = new Set<string>();
  const hosts = project.declarations.map((declaration) => {
    const unimported = own
      .filter(({ file }) => isCandidate(declaration, file, project.declarations))
      .map(({ file, because, commentedImport }) => ({
        file,
        because,
        isCommentedOut: commentedImport !== null,
      }));
    const files = unimported.map(({ file }) => file);
    for (const file of files) placed.add(file);
    const because = new Map(own.map((module) => [module.file, module.because]));
    const disabled = disabledContainers(declaration.system, files, because, (system, only) =>
      notRunning(project, switchedOffContainers(evaluation.files, project.directory, system, only)),
    );
    const off = notRunning(
      project,
      switchedOffContainers(evaluation.files, project.directory, declaration.system),
    );
    const active = containersOf(declaration.system).containers;
    const beside = [...active, ...disabled, ...off];
    const commented = commentedContainers(evaluation, project.directory, declaration.system, beside);
    return describeHost(declaration, {
      disabled: [...disabled, ...off, ...commented],
      hostServices: hostServicesOf(declaration.system, disabled),
      unimported,
    });
  });
  const rest = own.filter(({ file }) => !placed.has(file));
  const unplaced = unplacedHost(evaluation, project, rest, offered);
  const { directory, file, problem } = project;
  return { directory, file, hosts, disabled: own, unplaced, problem };
}

/** Those that no host of the project runs under the same name. */
function notRunning({ declarations }: DeclaredProject, containers: readonly Container[]): Container[] {
  if (containers.length === 0) return [];
  const running = runningContainers(declarations.map(({ system }) => system));
  return containers.filter(({ name }) => !running.has(name));
}

/** The files of a host's modules, in order. */
const filesOf = memoOf((system: ModuleSystem): readonly string[] => {
  const collected = attempt(() => system.modules);
  return collected instanceof Unknown || collected instanceof Failure
    ? []
    : collected.modules.map(({ file }) => file);
}, sameItems);

/** The folders of a host's modules. */
const foldersOf = memoOf(
  (system: ModuleSystem): ReadonlySet<string> => new Set(filesOf(system).map(directoryOf)),
);

/**
 * Whether a module that nobody imports would belong to a host: the only one of the flake, or one that imports from the
 * same folder; where none does, each host that has containers.
 */
function isCandidate(declaration: HostDeclaration, file: string, all: readonly HostDeclaration[]): boolean {
  if (all.length === 1) return true;
  const folder = directoryOf(file);
  const importsFromFolder = ({ system }: HostDeclaration): boolean => foldersOf(system).has(folder);
  if (all.some(importsFromFolder)) return importsFromFolder(declaration);
  return attempt(() => declaration.system.option(['containers'])?.raw.length ?? 0) !== 0;
}

function missingImportsOf(host: Host): MissingImport[] {
  return missingPaths(host.system).map(({ at, path }) => ({ host, at, path }));
}

const missingPaths = memoOf(
  (system: ModuleSystem): readonly Omit<MissingImport, 'host'>[] => {
    const collected = attempt(() => system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) return [];
    return collected.problems.flatMap(({ at, missing }: ImportProblem) =>
      missing === null ? [] : [{ at, path: missing }],
    );
  },
  (before, after) =>
    before.length === after.length &&
    before.every(({ at, path }, index) => at === after[index]?.at && path === after[index].path),
);

/** Where a piece of syntax stands; null for what the engine made. */
export function locate(homelab: Pick<Homelab, 'files'>, origin: Origin): Spot | null {
  return spotOf(homelab.files, origin);
}
