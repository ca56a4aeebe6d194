import { memoByName, memoOf, sameItems } from '../eval/computed';
import type { Evaluation } from '../eval/evaluation';
import { path } from '../eval/construct';
import type { ModuleInput } from '../eval/modules/collect';
import { ModuleSystem } from '../eval/modules/system';
import { attempt, ready } from '../eval/thunk';
import { Failure, Unknown } from '../eval/value';
import { directoryOf, relativePath, resolvePath } from '../nix/paths';
import { readContainers } from './container';
import type { Container, ContainerDefinition, DisabledModule } from './model';

/** Modules that no host imports: shown, their addresses reserved, never part of an error. */

/**
 * The files of a project that no host imports and that speak of containers, with why they are not imported.
 * @param isUsed whether some host imports a file, as a module or otherwise; asked while nothing is evaluated
 * @param folders those from which the project's own hosts import: what lies there outside of all projects is its own
 */
export function unreachedModules(
  evaluation: Evaluation,
  directory: string,
  isUsed: (file: string) => boolean,
  folders: ReadonlySet<string>,
  byProject: FilesByProject,
): DisabledModule[] {
  const outside = byProject.get(null) ?? [];
  const own = [
    ...(byProject.get(directory) ?? []),
    ...outside.filter((file) => folders.has(directoryOf(file))),
  ].sort();
  const mentions = mentionsIn(evaluation);
  const unreached = own.filter((file) => !isUsed(file) && mentions(file).containers);
  if (unreached.length === 0) return [];
  const comments = firstOfEach(own.map((file) => mentions(file).commented));
  return unreached.map((file) => {
    const comment = comments.get(file) ?? comments.get(directoryOf(file)) ?? null;
    const because =
      comment === null
        ? 'no host imports it'
        : `its import is commented out in ${relativePath(directory, comment.file)}:${comment.line + 1}`;
    return { file, because, commentedImport: comment };
  });
}

/** What the text of a file says of modules, evaluated or not. */
interface Mentions {
  readonly containers: boolean;
  readonly commented: CommentedImports;
}

const mentionsIn = memoOf((evaluation: Evaluation): ((file: string) => Mentions) =>
  memoByName((file) => {
    const text = textOf(evaluation, file);
    return { containers: /\bcontainers\b/.test(text), commented: commentedImports([{ file, text }]) };
  }, sameMentions),
);

function sameMentions(before: Mentions, after: Mentions): boolean {
  return (
    before.containers === after.containers &&
    before.commented.size === after.commented.size &&
    [...before.commented].every(([path, { line }]) => after.commented.get(path)?.line === line)
  );
}

function firstOfEach(all: readonly CommentedImports[]): CommentedImports {
  const found: CommentedImports = new Map();
  for (const own of all) for (const [path, place] of own) if (!found.has(path)) found.set(path, place);
  return found;
}

function textOf(evaluation: Evaluation, file: string): string {
  const entry = evaluation.files.entry(file);
  return entry.kind === 'file' ? entry.text : '';
}

/** The Nix files of a workspace by the folder of the project they are in; null for those in none. */
export type FilesByProject = ReadonlyMap<string | null, readonly string[]>;

/** @param projects their folders: of nested ones the innermost counts */
export function filesByProject(files: readonly string[], projects: ReadonlySet<string>): FilesByProject {
  const byProject = new Map<string | null, string[]>();
  for (const file of files) {
    const project = projectAround(projects, directoryOf(file));
    const own = byProject.get(project);
    if (own === undefined) byProject.set(project, [file]);
    else own.push(file);
  }
  return byProject;
}

function projectAround(projects: ReadonlySet<string>, folder: string): string | null {
  for (let at = folder; ; at = directoryOf(at)) {
    if (projects.has(at)) return at;
    if (at === '/') return null;
  }
}

export type CommentedImports = Map<string, { file: string; line: number }>;

/** Paths in comments, e.g. `# ./containers/nextcloud.nix`, by what they resolve to; the line counts from 0. */
export function commentedImports(files: readonly { file: string; text: string }[]): CommentedImports {
  const found: CommentedImports = new Map();
  for (const { file, text } of files) {
    if (!text.includes('#')) continue;
    text.split('\n').forEach((line, index) => {
      const comment = /^\s*#+\s*\(?\s*(?:import\s+)?(\.{1,2}\/[^\s;()\]"]+)/.exec(line);
      if (comment === null) return;
      const target = resolvePath(directoryOf(file), comment[1] ?? '');
      if (!found.has(target)) found.set(target, { file, line: index });
    });
  }
  return found;
}

const extensions = new WeakMap<ModuleSystem, Map<string, ModuleSystem>>();
const MOST_EXTENSIONS = 32;

/** The host as it would be with more modules; kept, since the same ones are asked for again. */
export function extendedBy(host: ModuleSystem, files: readonly string[]): ModuleSystem {
  const known = extensions.get(host) ?? new Map<string, ModuleSystem>();
  extensions.set(host, known);
  const key = files.join('\0');
  let system = known.get(key);
  if (system === undefined) {
    if (known.size >= MOST_EXTENSIONS) known.clear();
    const extra = files.map((file): ModuleInput => ({ value: ready(path(file)), file, key: file }));
    system = new ModuleSystem({ ...host.spec, modules: [...host.spec.modules, ...extra] });
    known.set(key, system);
  }
  return system;
}

/**
 * The containers that a host would have besides its own if it imported these files.
 * @param switchedOff the containers of some files that a condition keeps from being there even then
 */
export function disabledContainers(
  host: ModuleSystem,
  files: readonly string[],
  because: ReadonlyMap<string, string>,
  switchedOff: (system: ModuleSystem, files: ReadonlyMap<string, string>) => Container[],
): Container[] {
  return extensionsBy(host, files).flatMap((extension) => {
    const found = containersOfFiles(extension.system, extension.files, because);
    const names = new Set(found.map(({ name }) => name));
    const why = new Map(extension.files.map((file) => [file, because.get(file) ?? 'no host imports it']));
    const off = switchedOff(extension.system, why);
    return [...found, ...off.filter(({ name }) => !names.has(name))];
  });
}

/**
 * The host as it would be with these files, and with those of them by themselves that cannot be read as a module: they
 * would leave everything beside them in doubt.
 */
export function extensionsBy(
  host: ModuleSystem,
  files: readonly string[],
): { readonly system: ModuleSystem; readonly files: readonly string[] }[] {
  if (files.length === 0) return [];
  const all = extendedBy(host, files);
  const unreadable = unreadableFiles(all);
  if (unreadable === null) return [];
  const broken = new Set(unreadable);
  const apart = files.filter((file) => broken.has(file));
  const rest = files.filter((file) => !broken.has(file));
  return [
    { system: apart.length === 0 ? all : extendedBy(host, rest), files: rest },
    ...apart.map((file) => ({ system: extendedBy(host, [file]), files: [file] })),
  ];
}

/** The files among a host's modules that are no modules; null where that cannot be told. */
const unreadableFiles = memoOf(
  (host: ModuleSystem): readonly string[] | null => {
    const problems = attempt(() => host.modules.problems);
    return problems instanceof Unknown || problems instanceof Failure
      ? null
      : problems.flatMap(({ file, missing }) => (missing === null ? [file] : []));
  },
  (before, after) => before === after || (before !== null && after !== null && sameItems(before, after)),
);

/** The containers that only these files of a host define. */
function containersOfFiles(
  host: ModuleSystem,
  files: readonly string[],
  because: ReadonlyMap<string, string>,
): Container[] {
  const wanted = new Set(files);
  const off = (definitions: readonly ContainerDefinition[]): string | null => {
    const [first] = definitions;
    if (first === undefined || !definitions.every(({ file }) => wanted.has(file))) return null;
    return because.get(first.file) ?? 'no host imports it';
  };
  return readContainers(host, off).containers.filter(({ status }) => status === 'disabled');
}
