import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Host, Route } from '../../homelab/model';
import { traefikPlace, type OptionPath } from '../cursor/place';
import type { NameContext } from '../cursor/context';
import type { SourceFile } from '../../nix/source-file';
import type { HomelabIndex } from '../homelab-index';
import { writtenNames } from '../option-value';
import { escapeSnippet, RANK, type Candidate } from './candidate';
import { nameGoesOn } from './edit-text';
import { attributeName } from './option-snippets';
import { routeBodies } from './route-body';

/**
 * Names for what the user names in Traefik's configuration: those that are referred to and not there yet, a container's
 * for its own route, and those that are there already, to add to them.
 */
export function chosenNames(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  context: NameContext,
  path: OptionPath,
): Candidate[] {
  const { word, quoted } = context;
  const place = traefikPlace(path);
  if (place === null) return [];
  const there = new Set(hosts.flatMap((host) => [...writtenNames(index, host, path)]));
  const bodyOf = routeBodies(index, file, hosts, context, place);
  const goesOn = quoted || nameGoesOn(file.text, word.end);
  const candidate = (name: string, detail: string, rank: number): Candidate => {
    const body = goesOn || there.has(name) ? null : bodyOf(name);
    return {
      label: name,
      kind: CompletionItemKind.Field,
      range: word,
      newText:
        body === null ? attributeName(name, quoted) : escapeSnippet(attributeName(name, quoted)) + body.text,
      snippet: body !== null,
      detail,
      rank,
      ...(body === null || body.sideEdits.length === 0 ? {} : { sideEdits: body.sideEdits }),
    };
  };
  const [protocol = '', section = ''] = place.below.map((name) => name?.toLowerCase() ?? '');
  const routes = hosts
    .flatMap((host) => host.routes)
    .filter((route) => route.proxyContainer === place.container && route.protocol === protocol);
  const isNew = (name: string): boolean => !there.has(name) && !name.includes('@');
  const missing = place.part === 'dynamic' ? referred(section, routes).filter(isNew) : [];
  const containers = section === 'routers' || section === 'services' ? containersOf(hosts).filter(isNew) : [];
  return [
    ...missing.map((name) => candidate(name, 'a router names it', RANK.first)),
    ...containers.map((name) => candidate(name, 'container without one', RANK.likely)),
    ...[...there].map((name) => candidate(name, 'already there', RANK.usual)),
  ];
}

/** The names that routers refer to in a section. */
function referred(section: string, routes: readonly Route[]): string[] {
  const names = routes.flatMap(({ service, middlewares }) => {
    if (section === 'services') return service.kind === 'known' ? [service.value] : [];
    return section === 'middlewares' ? middlewares.items : [];
  });
  return [...new Set(names)].sort();
}

function containersOf(hosts: readonly Host[]): string[] {
  const active = hosts.flatMap(({ containers }) => containers.filter(({ status }) => status !== 'disabled'));
  return [...new Set(active.map(({ name }) => name))];
}
