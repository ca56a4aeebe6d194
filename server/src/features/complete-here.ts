import { completeContainer, type Completion } from '../edits/complete-container';
import { completeRoute, completeService, servicesIn } from '../edits/complete-route';
import { containerSet, type WrittenSet } from '../edits/settings';
import { attrsBelow, bindingOfName } from '../edits/syntax-search';
import type { ParsedFiles } from '../eval/evaluation';
import type { Origin } from '../eval/value';
import type { Homelab } from '../homelab/homelab';
import type { Container } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { Fix } from '../rules/rule';
import { indexOf, type HomelabIndex } from './homelab-index';
import { syntaxAt } from './syntax-at';

/** Something under the cursor that may lack parts, on one host. */
interface Completed {
  /** `container immich`, `route immich`. */
  readonly what: string;
  readonly found: Completion | null;
}

/**
 * What adds to the container or to the route under the cursor what it lacks.
 * @param offset UTF-16, from 0
 */
export function completionsHere(
  homelab: Homelab,
  path: string,
  offset: number,
): Pick<Fix, 'title' | 'changes'>[] {
  const file = homelab.files.parsed(path);
  if (file === null) return [];
  const index = indexOf(homelab);
  return [
    containersHere(index, file, offset),
    routesHere(index, file, offset),
    servicesHere(index, file, offset),
  ].flatMap(agreed);
}

/** What all hosts that share the text lack alike: it is only changed where they do. */
function agreed(here: readonly Completed[]): Pick<Fix, 'title' | 'changes'>[] {
  const [first, ...others] = here;
  if (first?.found == null) return [];
  const { added, changes } = first.found;
  const wanted = JSON.stringify(first);
  if (others.some((other) => JSON.stringify(other) !== wanted)) return [];
  return [{ title: `Complete ${first.what}: ${added.join(', ')}`, changes }];
}

function containersHere(index: HomelabIndex, file: SourceFile, offset: number): Completed[] {
  const { homelab } = index;
  return index
    .containersDefinedIn(file.path)
    .filter(({ container }) => isAtContainer(homelab.files, file.path, container, offset))
    .map(({ host, container }) => ({
      what: `container ${container.name}`,
      found: completeContainer(homelab, host, container),
    }));
}

function routesHere(index: HomelabIndex, file: SourceFile, offset: number): Completed[] {
  const [here] = index.routesIn(file.path).filter(({ route }) => isAtName(file, route.at, offset));
  if (here === undefined) return [];
  const { router, protocol, proxy, proxyContainer } = here.route;
  return index.hostsOf(file.path).map((host) => {
    // Where another file writes it too, its name may be that one's.
    const route = host.routes.find(
      (own) =>
        own.router === router &&
        own.protocol === protocol &&
        own.proxy === proxy &&
        own.proxyContainer === proxyContainer,
    );
    const found = route === undefined ? null : completeRoute(index.homelab, host, route);
    return { what: `route ${router}`, found };
  });
}

function servicesHere(index: HomelabIndex, file: SourceFile, offset: number): Completed[] {
  return index.hostsOf(file.path).flatMap((host) =>
    servicesIn(host, file.path)
      .filter(({ at }) => isAtName(file, at, offset))
      .map(({ traefik, name }) => ({
        what: `route ${name}`,
        found: completeService(index.homelab, host, traefik, name),
      })),
  );
}

/** Whether a place is in the set of a container itself, or on its name. */
export function isAtContainer(
  files: ParsedFiles,
  path: string,
  container: Container,
  offset: number,
): boolean {
  const own = containerSet(files, container);
  return own?.file.path === path && isAt(own, offset);
}

/** Whether a place is in a set itself, not in one inside it, or on the name it is bound to. */
function isAt({ file, set }: WrittenSet, offset: number): boolean {
  const around = syntaxAt(file, offset).filter(
    ({ node }) => node.kind === 'attrs' || node.kind === 'binding',
  );
  const innermost = around.at(-1)?.node;
  if (innermost?.kind !== 'binding') return innermost === set;
  return attrsBelow(innermost.value) === set || around.at(-2)?.node === set;
}

/** Whether a place is in what a name is bound to, however deep, or on the name; also where the same name begins another path of the set. */
function isAtName(file: SourceFile, at: Origin, offset: number): boolean {
  const binding = at?.kind === 'attr-name' ? bindingOfName(file, at) : null;
  if (at?.kind !== 'attr-name' || binding === null) return false;
  const path = binding.path.slice(0, binding.path.indexOf(at) + 1).map(({ text }) => text);
  const around = syntaxAt(file, offset);
  return around.some(({ node }, number) => {
    if (node.kind !== 'binding') return false;
    if (node === binding) return true;
    const set = around[number - 1]?.node;
    return (
      set?.kind === 'attrs' &&
      set.bindings.includes(binding) &&
      path.every((name, index) => node.path[index]?.text === name)
    );
  });
}
