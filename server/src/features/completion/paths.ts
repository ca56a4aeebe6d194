import { CompletionItemKind } from 'vscode-languageserver-types';
import { attempt } from '../../eval/thunk';
import { Failure, Unknown } from '../../eval/value';
import { baseName, directoryOf, isInside, relativePath, resolvePath } from '../../nix/paths';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { writePath } from '../../nix/write';
import type { PathContext } from '../cursor/context';
import type { HomelabIndex } from '../homelab-index';
import { RANK, type Candidate } from './candidate';
import { elementCandidates } from './module-snippet';

/** Paths: the entries of a folder; in a list of modules those that nobody imports yet, first. */

const MOST = 60;

/** What can follow a path that is being written. */
export function pathCandidates(index: HomelabIndex, file: SourceFile, context: PathContext): Candidate[] {
  const { typed, list } = context;
  const { files } = index.homelab;
  const text = file.text.slice(typed.start, typed.end);
  const slash = text.lastIndexOf('/') + 1;
  const rest = /^[\w.+-]*/.exec(file.text.slice(typed.end))?.[0].length ?? 0;
  if (slash === 0)
    return list === null
      ? []
      : [...moduleCandidates(index, file, typed), ...elementCandidates(index, file, context)];
  const range = { start: typed.start + slash, end: typed.end + rest };
  const folder = resolvePath(directoryOf(file.path), text.slice(0, slash));
  const entry = files.entry(folder);
  const imported = list === null ? new Set<string>() : importedBy(index, file);
  const below =
    entry.kind !== 'directory'
      ? []
      : entry.entries.flatMap(({ name, kind }): Candidate[] => {
          const path = resolvePath(folder, name);
          if (name.startsWith('.') || path === file.path || !/^[\w.+-]+$/.test(name)) return [];
          const module = kind === 'directory' ? `${path}/default.nix` : path;
          if (list !== null && kind !== 'directory' && !name.endsWith('.nix')) return [];
          const isThere = imported.has(module);
          return [
            {
              label: name,
              kind: kind === 'directory' ? CompletionItemKind.Folder : CompletionItemKind.File,
              range,
              newText: name,
              ...(isThere ? { detail: 'imported already' } : {}),
              rank: isThere ? RANK.alreadySet : kind === 'directory' ? RANK.usual : RANK.likely,
            },
          ];
        });
  // A whole path behind `./` alone, so that a module in a folder can be chosen at once.
  const whole =
    text === './' && list !== null ? moduleCandidates(index, file, { ...typed, end: typed.end + rest }) : [];
  return [...below, ...whole.filter(({ label }) => label.slice(2).includes('/'))];
}

/** The modules that no host imports yet and that could be, as whole paths. */
export function moduleCandidates(index: HomelabIndex, file: SourceFile, range: Range): Candidate[] {
  const imported = importedBy(index, file);
  const folder = directoryOf(file.path);
  const hosts = index.hostsOf(file.path);
  const [project = folder] = hosts.map((host) => host.project);
  const disabled = new Set(
    index.homelab.projects.flatMap((own) => own.disabled.map((module) => module.file)),
  );
  const folders = new Set([...imported].map(directoryOf));
  return index.homelab.files
    .nixFiles()
    .filter(
      (path) =>
        isInside(project, path) &&
        path !== file.path &&
        !imported.has(path) &&
        baseName(path) !== 'flake.nix' &&
        (disabled.has(path) || folders.has(directoryOf(path))),
    )
    .slice(0, MOST)
    .map((path): Candidate => {
      const text = writePath(relativePath(folder, path));
      return {
        label: text,
        kind: CompletionItemKind.File,
        range,
        newText: text,
        detail: disabled.has(path) ? 'no host imports it' : 'not imported',
        rank: disabled.has(path) ? RANK.first : RANK.usual,
      };
    });
}

/** What the hosts of a file import, everything on the way included. */
function importedBy(index: HomelabIndex, file: SourceFile): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const { system } of index.hostsOf(file.path)) {
    const collected = attempt(() => system.modules);
    if (collected instanceof Unknown || collected instanceof Failure) continue;
    for (const { file: path } of collected.modules) imported.add(path);
  }
  return imported;
}
