import type { Evaluation } from '../eval/evaluation';
import { path } from '../eval/construct';
import type { ModuleInput } from '../eval/modules/collect';
import { ModuleSystem } from '../eval/modules/system';
import { ready } from '../eval/thunk';
import { directoryOf, isInside, resolvePath } from '../nix/paths';
import { containersOf } from './container';
import type { Container, ContainerDefinition, DisabledModule } from './model';

/** Modules that no host imports: shown, their addresses reserved, never part of an error. */

/** The files of a project that no host imports and that speak of containers, with why they are not imported. */
export function unreachedModules(
  evaluation: Evaluation,
  directory: string,
  imported: ReadonlySet<string>,
  projects: readonly string[],
): DisabledModule[] {
  const { files } = evaluation;
  const own = files.nixFiles().filter((file) => nearest(projects, file) === directory);
  const comments = commentedImports(own.map((file) => ({ file, text: textOf(evaluation, file) })));
  return own
    .filter(
      (file) =>
        !imported.has(file) &&
        !evaluation.pathsRead.has(file) &&
        /\bcontainers\b/.test(textOf(evaluation, file)),
    )
    .sort()
    .map((file) => {
      const comment = comments.get(file) ?? comments.get(directoryOf(file)) ?? null;
      const because =
        comment === null
          ? 'no host imports it'
          : `its import is commented out in ${relativeTo(directory, comment.file)}:${comment.line + 1}`;
      return { file, because, commentedImport: comment };
    });
}

function textOf(evaluation: Evaluation, file: string): string {
  const entry = evaluation.files.entry(file);
  return entry.kind === 'file' ? entry.text : '';
}

function nearest(projects: readonly string[], file: string): string | null {
  let best: string | null = null;
  for (const project of projects)
    if (isInside(project, file) && project.length > (best?.length ?? -1)) best = project;
  return best;
}

function relativeTo(directory: string, file: string): string {
  return isInside(directory, file) && directory !== '/'
    ? file.slice(directory.length + 1)
    : file.replace(/^\//, '');
}

/** Paths in comments, e.g. `# ./containers/nextcloud.nix`, by what they resolve to; the line counts from 0. */
export function commentedImports(
  files: readonly { file: string; text: string }[],
): Map<string, { file: string; line: number }> {
  const found = new Map<string, { file: string; line: number }>();
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

/** The containers that a host would have besides its own if it imported these files. */
export function disabledContainers(
  host: ModuleSystem,
  files: readonly string[],
  because: ReadonlyMap<string, string>,
): Container[] {
  if (files.length === 0) return [];
  const extra = files.map((file): ModuleInput => ({ value: ready(path(file)), file, key: file }));
  const extended = new ModuleSystem({ ...host.spec, modules: [...host.spec.modules, ...extra] });
  const wanted = new Set(files);
  const off = (definitions: readonly ContainerDefinition[]): string | null => {
    const [first] = definitions;
    if (first === undefined || !definitions.every(({ file }) => wanted.has(file))) return null;
    return because.get(first.file) ?? 'no host imports it';
  };
  return containersOf(extended, off).containers.filter(({ status }) => status === 'disabled');
}
