import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Blank } from '../../edits/blank';
import { bindingsSnippet, containerSnippet, elementSnippet, moduleSnippet } from '../../edits/module-snippet';
import { baseName, directoryOf } from '../../nix/paths';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import type { Target } from '../../edits/container-request';
import type { HomelabIndex } from '../homelab-index';
import type { NameContext, PathContext } from '../cursor/context';
import { boundNames, type Frame } from '../cursor/frames';
import { optionPath } from '../cursor/place';
import { writtenPlace } from '../cursor/written-path';
import { escapeSnippet, RANK, type Candidate } from './candidate';
import { configAt, type ConfigName } from './config-name';
import { nameGoesOn } from './edit-text';

/** The whole two-part module of a new container, as this homelab would write it. */
export function moduleCandidates(index: HomelabIndex, file: SourceFile, word: Range): Candidate[] {
  const target = targetAt(index, file, []);
  if (target === null || !isAmongContainers(index, file.path)) return [];
  const name = containerName(file.path);
  const pieces = moduleSnippet(index.homelab, target, name);
  if (pieces === null) return [];
  return [
    {
      label: `container ${name}`,
      kind: CompletionItemKind.Snippet,
      range: word,
      newText: asSnippet(pieces),
      snippet: true,
      detail: 'a whole module: the Traefik route and the container',
      documentation: [{ pieces: ['The route and the container, with the next free addresses.'] }],
      rank: RANK.first,
      filter: `${file.text.slice(word.start, word.end)} ${name} container`,
    },
  ];
}

/** The same module as an element of a list of modules. */
export function elementCandidates(
  index: HomelabIndex,
  file: SourceFile,
  { typed: range, frames }: Pick<PathContext, 'typed' | 'frames'>,
): Candidate[] {
  const { fromFile, segments } = writtenPlace(frames).path;
  const element = optionPath({ fromFile, segments: [...segments, '*'] }, index.roleOf(file.path));
  const target = element?.length === 0 ? targetAt(index, file, frames) : null;
  const name = target === null ? undefined : freeName(target, ['myservice']);
  const pieces = target === null || name === undefined ? null : elementSnippet(index.homelab, target, name);
  if (pieces === null) return [];
  return [
    {
      label: `new container ${name}`,
      kind: CompletionItemKind.Snippet,
      range,
      newText: asSnippet(pieces),
      snippet: true,
      detail: 'a module: the Traefik route and the container',
      rank: RANK.late,
    },
  ];
}

/**
 * The route and the container as bindings of a host's module: of one in a list, or in a file that is among those of
 * containers. None where the binding goes on already.
 */
export function bindingCandidates(
  index: HomelabIndex,
  file: SourceFile,
  { word, quoted, frames }: NameContext,
): Candidate[] {
  const inList = frames.some(({ kind }) => kind === 'list');
  const isPlace = inList || isAmongContainers(index, file.path) || index.containersIn(file.path).length > 0;
  const target =
    isPlace && !quoted && !nameGoesOn(file.text, word.end) ? targetAt(index, file, frames) : null;
  if (target === null) return [];
  const own = inList || !isAmongContainers(index, file.path) ? [] : [containerName(file.path)];
  const name = freeName(target, [...own, 'myservice']);
  if (name === undefined) return [];
  const bound = boundNames(frames);
  const config = configAt(index, file, frames);
  const reads = (argument: string): boolean =>
    argument === 'config' ? config?.name === 'config' : bound.has(argument);
  const pieces = bindingsSnippet(index.homelab, target, name, reads);
  if (pieces === null) return [];
  return [
    snippetOf(asSnippet(pieces), config, {
      label: `new container ${name}`,
      range: word,
      detail: 'the Traefik route and the container, with the next free addresses',
      rank: RANK.usual,
    }),
  ];
}

/**
 * A new container as a name in `containers`, with the next free addresses and the port of the service of its name; none
 * where the binding goes on already.
 */
export function containerCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: NameContext,
): Candidate[] {
  const { word, quoted, frames } = context;
  const target = quoted || nameGoesOn(file.text, word.end) ? null : targetAt(index, file, frames);
  if (target === null) return [];
  const typed = file.text.slice(word.start, word.end);
  const own = isAmongContainers(index, file.path) ? containerName(file.path) : '';
  const name = freeName(target, [typed, own, 'myservice']);
  if (name === undefined) return [];
  const config = configAt(index, file, frames);
  const pieces = containerSnippet(index.homelab, target, name, config?.name === 'config');
  if (pieces === null) return [];
  return [
    snippetOf(asSnippet(pieces), config, {
      label: `new container ${name}`,
      range: word,
      detail: 'with the next free addresses',
      rank: RANK.likely,
      filter: `${typed} ${name} new container`,
    }),
  ];
}

/** A snippet that may read `config`, with what that takes. */
function snippetOf(
  newText: string,
  config: ConfigName | null,
  about: Pick<Candidate, 'label' | 'range' | 'detail' | 'rank' | 'filter'>,
): Candidate {
  const sideEdits = config?.name === 'config' && newText.includes('config.') ? config.edits : [];
  return {
    ...about,
    kind: CompletionItemKind.Snippet,
    newText,
    snippet: true,
    ...(sideEdits.length === 0 ? {} : { sideEdits }),
  };
}

/** The host that a place is written for, in its project: of those that read the file, the one that is named around it. */
function targetAt(index: HomelabIndex, file: SourceFile, frames: readonly Frame[]): Target | null {
  const hosts = index.hostsOf(file.path);
  const around = new Set(frames.flatMap(({ path }) => path.map(({ text }) => text)));
  const host = hosts.find(({ name }) => around.has(name)) ?? hosts[0];
  const project = index.homelab.projects.find((own) => host !== undefined && own.hosts.includes(host));
  return host === undefined || project === undefined ? null : { project, host };
}

/** The first of some names that a new container of a host can have. */
function freeName({ host }: Target, names: readonly string[]): string | undefined {
  return names.find(
    (name) =>
      /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(name) &&
      host.containers.every((container) => container.name !== name),
  );
}

/** Whether other files of the same folder, or folders beside this one, define containers. */
function isAmongContainers(index: HomelabIndex, path: string): boolean {
  const folder = directoryOf(path);
  if (baseName(path) === 'flake.nix' || index.containersIn(path).length > 0) return false;
  return index.homelab.hosts.some(({ containers }) =>
    containers.some(({ definitions }) =>
      definitions.some(
        ({ file }) =>
          directoryOf(file) === folder ||
          (baseName(path) === 'default.nix' && directoryOf(directoryOf(file)) === directoryOf(folder)),
      ),
    ),
  );
}

/** A valid container name out of a file's name: without `_`, which NixOS refuses. */
function containerName(path: string): string {
  const file = baseName(path).replace(/\.nix$/, '');
  const own = file === 'default' ? baseName(directoryOf(path)) : file;
  const name = own
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'myservice' : name;
}

/** A text with places to fill in as a snippet: the same place twice is filled in once. */
function asSnippet(pieces: readonly (string | Blank)[]): string {
  const numbers = new Map<string, number>();
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return escapeSnippet(piece);
      if (piece.blank === 'start') return '';
      if (piece.blank === 'end') return '$0';
      const key = `${piece.blank} ${piece.text}`;
      const number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      return `\${${number}:${escapeSnippet(piece.text)}}`;
    })
    .join('');
}
