import { locate, type Homelab, type Project } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import { baseName, directoryOf, isInside, relativePath } from '../nix/paths';
import type { SourceFile } from '../nix/source-file';
import type { ListExpr } from '../nix/syntax';
import { writePath } from '../nix/write';
import { uncommentImport } from './commented-import';
import { isEditProblem, type EditPlan, type EditProblem, type PlanResult } from './edit-plan';
import {
  areSiblings,
  importListsOf,
  modulesOf,
  siblingName,
  type ImportEntry,
  type ImportList,
} from './import-lists';
import { insertElement, type Insertion, type Neighbour } from './list-insertion';
import { declaredList } from './module-list';
import { hostName, nameOf, placeOf } from './wording';

/** Which module is to be imported, and by whom. */
export interface ImportRequest {
  /** The module; it need not exist yet. */
  readonly file: string;
  /** The host that is to import it; the one it evidently belongs to where none is named. */
  readonly host?: string | null;
}

/** Adds a module to the modules of a host, in the list where its neighbours are imported and as they are written. */
export function planFlakeImport(homelab: Homelab, request: ImportRequest): PlanResult {
  const { file } = request;
  const project = nearestProject(homelab, file);
  if (project === null) {
    return {
      problem: `${baseName(file)} belongs to no flake: neither its folder nor one above it holds a flake.nix or a configuration.nix.`,
    };
  }
  if (file === project.file)
    return { problem: `${nameOf(file, project)} declares the hosts; it is no module to import.` };
  const syntax = homelab.files.parsed(project.file);
  const [broken] = syntax?.errors ?? [];
  if (project.hosts.length === 0) return noHosts(project, homelab);
  const wanted = hostsFor(project, request);
  if (isEditProblem(wanted)) return wanted;
  for (const host of wanted) {
    const imported = modulesOf(host).find((module) => module.file === file);
    if (imported !== undefined) return alreadyImported(homelab, project, host, file);
  }
  const plans = wanted.map((host) => ({ host, plan: planFor(homelab, project, host, file) }));
  const different = new Map([...plans].reverse().map((entry) => [keyOf(entry.plan), entry]));
  const [only] = different.values();
  if (only === undefined || different.size > 1) {
    return {
      problem: `${nameOf(file, project)} could belong to several hosts of ${nameOf(project.file, project)}: ${wanted.map(hostName).join(', ')}. Say which one is to import it.`,
      choices: wanted.map(hostName),
    };
  }
  if (isEditProblem(only.plan) && broken !== undefined && syntax !== null) {
    return {
      problem: `${nameOf(project.file, project)}:${syntax.lines.positionAt(broken.start).line + 1} has a syntax error, so its modules cannot be told. Mend it first.`,
      at: { file: project.file, offset: broken.start },
    };
  }
  return only.plan;
}

/** The project whose folder holds a file most closely. */
export function nearestProject(homelab: Homelab, file: string): Project | null {
  let nearest: Project | null = null;
  for (const project of homelab.projects) {
    if (isInside(project.directory, file) && project.directory.length > (nearest?.directory.length ?? -1))
      nearest = project;
  }
  return nearest;
}

function noHosts(project: Project, homelab: Homelab): EditProblem {
  const spot = project.problem === null ? null : locate(homelab, project.problem.at);
  const why = project.problem === null ? 'it declares no nixosConfigurations' : project.problem.message;
  return {
    problem: `No host of ${nameOf(project.file, project)} can be read: ${why}.`,
    at: spot === null ? { file: project.file, offset: 0 } : { file: spot.file, offset: spot.range.start },
  };
}

/** The hosts a module may belong to: the named one, or those that import its siblings, or those with containers. */
function hostsFor(project: Project, { file, host: name }: ImportRequest): readonly Host[] | EditProblem {
  if (name != null) {
    const named = project.hosts.find((host) => host.name === name);
    if (named !== undefined) return [named];
    return {
      problem: `${nameOf(project.file, project)} declares no host ${name}. It declares ${project.hosts.map(hostName).join(', ')}.`,
      choices: project.hosts.map(hostName),
    };
  }
  const importing = project.hosts.filter((host) => modulesOf(host).some((module) => module.file === file));
  if (importing.length > 0) return importing;
  const beside = project.hosts.filter((host) =>
    modulesOf(host).some((module) => areSiblings(module.file, file)),
  );
  if (beside.length > 0) return beside;
  const holding = project.hosts.filter(({ containers }) =>
    containers.some(({ status }) => status !== 'disabled'),
  );
  return holding.length > 0 ? holding : project.hosts;
}

function keyOf(plan: PlanResult): string {
  return isEditProblem(plan)
    ? plan.problem
    : JSON.stringify(plan.changes.map(({ file, range, newText }) => [file, range, newText]));
}

function alreadyImported(homelab: Homelab, project: Project, host: Host, file: string): EditPlan {
  const at = modulesOf(host).find((module) => module.file === file)?.at ?? null;
  const spot = locate(homelab, at);
  return {
    changes: [],
    creations: [],
    openAt: spot === null ? { file, offset: 0 } : { file: spot.file, offset: spot.range.start },
    notes: [
      `${nameOf(file, project)} is already imported by ${hostName(host)}${spot === null ? '' : ` (${placeOf(spot, project)})`}.`,
    ],
  };
}

function planFor(homelab: Homelab, project: Project, host: Host, file: string): PlanResult {
  const all = importListsOf(homelab.files, host).filter(({ file: { path } }) =>
    isInside(project.directory, path),
  );
  const sharers = listSharers(homelab, project, host);
  const own = all.filter(({ list }) => !sharers.has(list));
  const whole = all.filter(({ file: source, list }) => brokenList(project, source, list) === null);
  const comment = uncommentImport(whole, file);
  if (comment !== null)
    return plan(project, host, file, comment, 'is imported again: its line was commented out');
  const best = bestList(own, host, file) ?? bestList(all, host, file);
  if (best === null) {
    const computed = computedPlace(homelab, project, host, file);
    if (computed !== null) return computed;
    const list = declaredList(homelab.files, own, host);
    if (list === null) return nowhere(homelab, project, host, file);
    return inserted(project, host, file, list, []);
  }
  const neighbours = best.entries.filter(({ target }) => areSiblings(target, file));
  const made = inserted(project, host, file, best, neighbours.length > 0 ? neighbours : best.entries);
  const others = sharers.get(best.list);
  if (others === undefined || isEditProblem(made)) return made;
  return { ...made, notes: [...made.notes, `${others.join(', ')} takes its modules from the same list.`] };
}

/** The lists that other hosts of the project take modules from too, and which hosts those are. */
function listSharers(homelab: Homelab, project: Project, host: Host): Map<ListExpr, string[]> {
  const sharers = new Map<ListExpr, string[]>();
  for (const other of project.hosts) {
    if (other === host) continue;
    for (const { list } of importListsOf(homelab.files, other))
      sharers.set(list, [...(sharers.get(list) ?? []), hostName(other)]);
  }
  return sharers;
}

function inserted(
  project: Project,
  host: Host,
  file: string,
  { file: source, list }: Pick<ImportList, 'file' | 'list'>,
  neighbours: readonly ImportEntry[],
): PlanResult {
  const broken = brokenList(project, source, list);
  if (broken !== null) return broken;
  const model = neighbours[neighbours.length - 1] ?? null;
  const text = spelling(source.path, source.text, model, file);
  const named = neighbours.map(({ range, target }): Neighbour => ({ range, name: siblingName(target) }));
  const change = insertElement(source, list, named, siblingName(file), text);
  return change === null
    ? { problem: `${nameOf(source.path, project)} has changed meanwhile. Try again.` }
    : plan(project, host, file, change, 'is imported');
}

/** A list that a syntax error damages is left alone: what was put back for it is not its text. */
function brokenList(project: Project, source: SourceFile, list: ListExpr): EditProblem | null {
  const range = source.rangeOf(list);
  const error = source.errors.find(
    ({ start, end }) => range !== null && end >= range.start && start <= range.end,
  );
  if (range !== null && error === undefined && !list.damaged) return null;
  const offset = error?.start ?? range?.start ?? 0;
  return {
    problem: `The list of modules in ${nameOf(source.path, project)}:${source.lines.positionAt(offset).line + 1} has a syntax error. Mend it first.`,
    at: { file: source.path, offset },
  };
}

function plan(
  project: Project,
  host: Host,
  file: string,
  { change, offset }: Insertion,
  what: string,
): EditPlan {
  return {
    changes: [change],
    creations: [],
    openAt: { file: change.file, offset },
    notes: [`${nameOf(file, project)} ${what}, by ${hostName(host)} (${nameOf(change.file, project)}).`],
  };
}

/** The list with most modules from the new one's folder; else the one with most containers' modules. */
function bestList(lists: readonly ImportList[], host: Host, file: string): ImportList | null {
  const containers = new Set(
    host.containers.flatMap(({ definitions }) => definitions.map(({ file: own }) => own)),
  );
  const beside = mostEntries(lists, ({ target }) => areSiblings(target, file));
  return beside ?? mostEntries(lists, ({ target }) => containers.has(target) && target !== host.file);
}

function mostEntries(
  lists: readonly ImportList[],
  counts: (entry: ImportEntry) => boolean,
): ImportList | null {
  let best: ImportList | null = null;
  let least = 0;
  for (const list of lists) {
    const count = list.entries.filter(counts).length;
    if (count > least) [best, least] = [list, count];
  }
  return best;
}

/** The modules beside the new one are imported, but by no list that is written out: where, and what to add. */
function computedPlace(homelab: Homelab, project: Project, host: Host, file: string): EditProblem | null {
  const sibling = modulesOf(host).find((module) => areSiblings(module.file, file) && module.at !== null);
  const spot = sibling === undefined ? null : locate(homelab, sibling.at);
  if (spot === null) return null;
  const line = writePath(relativePath(directoryOf(spot.file), file));
  return {
    problem: `${placeOf(spot, project)} computes the modules of ${hostName(host)} instead of listing them, so no line was added. Add ${line} to them yourself.`,
    copy: line,
    at: { file: spot.file, offset: spot.range.start },
  };
}

function nowhere(homelab: Homelab, project: Project, host: Host, file: string): EditProblem {
  const spot = locate(homelab, host.at);
  const line = writePath(relativePath(directoryOf(project.file), file));
  return {
    problem: `${spot === null ? nameOf(project.file, project) : placeOf(spot, project)} does not list the modules of ${hostName(host)} where they could be added to. Add ${line} to them yourself.`,
    copy: line,
    at: spot === null ? { file: project.file, offset: 0 } : { file: spot.file, offset: spot.range.start },
  };
}

/** The new module as an element, spelt as its neighbour is. */
export function spelling(
  source: string,
  text: string,
  model: Pick<ImportEntry, 'element' | 'range' | 'target'> | null,
  file: string,
): string {
  const plain = (folder: boolean): string =>
    relativePath(directoryOf(source), folder ? directoryOf(file) : file);
  const isFolder = baseName(file) === 'default.nix';
  if (model === null) return writePath(plain(isFolder));
  const written = text.slice(model.range.start, model.range.end);
  const { element, target } = model;
  if (
    element.kind === 'path' &&
    element.form === 'relative' &&
    element.parts.every((part) => typeof part === 'string')
  ) {
    const path = plain(isFolder && !written.includes('default.nix'));
    return written.replace(/^\(\s*/, '').startsWith('.') || !path.includes('/') ? writePath(path) : path;
  }
  const tail =
    baseName(target) === 'default.nix' && !written.includes('default.nix') ? directoryOf(target) : target;
  const own = tail === target ? file : directoryOf(file);
  const at = written.lastIndexOf(baseName(tail));
  const sameFolder = directoryOf(tail) === directoryOf(own);
  if (element.kind !== 'apply' && sameFolder && at !== -1)
    return written.slice(0, at) + baseName(own) + written.slice(at + baseName(tail).length);
  return writePath(plain(isFolder));
}
