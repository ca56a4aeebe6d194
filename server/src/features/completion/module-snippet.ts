import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Blank } from '../../edits/blank';
import { containerSnippet, moduleSnippet } from '../../edits/module-snippet';
import { baseName, directoryOf } from '../../nix/paths';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import type { HomelabIndex } from '../homelab-index';
import type { NameContext } from '../cursor/context';
import { escapeSnippet, RANK, type Candidate } from './candidate';
import { configAt } from './config-name';
import { nameGoesOn } from './edit-text';

/** The whole two-part module of a new container, as this homelab would write it. */
export function moduleCandidates(index: HomelabIndex, file: SourceFile, word: Range): Candidate[] {
  const [host] = index.hostsOf(file.path);
  const project = index.homelab.projects.find(({ hosts }) => host !== undefined && hosts.includes(host));
  if (host === undefined || project === undefined || !isAmongContainers(index, file.path)) return [];
  const name = containerName(file.path);
  const pieces = moduleSnippet(index.homelab, { project, host }, name);
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

/**
 * A new container as a name in `containers`, with the next free addresses and the port of the service of its name; none
 * where the binding goes on already.
 */
export function containerCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: NameContext,
): Candidate[] {
  const { word, quoted } = context;
  const [host] = index.hostsOf(file.path);
  const project = index.homelab.projects.find(({ hosts }) => host !== undefined && hosts.includes(host));
  if (host === undefined || project === undefined || quoted || nameGoesOn(file.text, word.end)) return [];
  const typed = file.text.slice(word.start, word.end);
  const isFree = (name: string): boolean =>
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(name) &&
    host.containers.every((container) => container.name !== name);
  const own = isAmongContainers(index, file.path) ? containerName(file.path) : '';
  const name = [typed, own, 'myservice'].find(isFree);
  if (name === undefined) return [];
  const config = configAt(index, file, context.frames);
  const reads = config?.name === 'config';
  const pieces = containerSnippet(index.homelab, { project, host }, name, reads);
  if (pieces === null) return [];
  const text = asSnippet(pieces);
  const sideEdits = reads && text.includes('config.') ? config.edits : [];
  return [
    {
      label: `new container ${name}`,
      kind: CompletionItemKind.Snippet,
      range: word,
      newText: text,
      snippet: true,
      detail: 'with the next free addresses',
      rank: RANK.likely,
      filter: `${typed} ${name} new container`,
      ...(sideEdits.length === 0 ? {} : { sideEdits }),
    },
  ];
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
