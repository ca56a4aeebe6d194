import type { LocationLink } from 'vscode-languageserver-types';
import type { Origin } from '../eval/value';
import type { Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import type { SourceFile } from '../nix/source-file';
import type { OptionPath } from './cursor/place';
import { indexOf, type HomelabIndex, type HostedContainer, type HostedRoute } from './homelab-index';
import { nodeAt } from './option-value';
import { locationOf, ownDefinitions, spotsOf } from './places';
import { lspRange, type UriOf } from './positions';
import { routesOfSiteNamedAt } from './site-routes';
import { subjectAt, type Subject } from './subject';
import { containersOfRoutes, routesOfService, routesWhere, traefikEntry } from './traefik-entries';

/** An option that more modules set, such as `containers`, is no place to go to. */
const MOST = 40;

/**
 * Where what is under the cursor leads: from a router to its service and from there to the container, from a container
 * to its routes, from a reference to what it names, from an import to the file.
 * @param offset UTF-16, from 0
 */
export function definition(homelab: Homelab, file: SourceFile, offset: number, uriOf: UriOf): LocationLink[] {
  const index = indexOf(homelab);
  const subject = subjectAt(index, file, offset);
  if (subject === null) return [];
  const originSelectionRange = lspRange(file.lines, subject.range);
  const named = throughRoutes(index, routesOfSiteNamedAt(index, file, offset));
  return (named.length > 0 ? named : targetsOf(index, subject)).flatMap((spot): LocationLink[] => {
    const location = locationOf(homelab, spot, uriOf);
    if (location === null) return [];
    const { uri, range } = location;
    return [{ originSelectionRange, targetUri: uri, targetRange: range, targetSelectionRange: range }];
  });
}

/** The places that a subject leads to. */
export function targetsOf(index: HomelabIndex, subject: Subject): Spot[] {
  const { homelab } = index;
  const { hosts } = subject;
  switch (subject.kind) {
    case 'import':
      return [{ file: subject.file, range: { start: 0, end: 0 }, line: 0, character: 0 }];
    case 'container': {
      const named = onHosts(index, subject.name, hosts);
      if (subject.reference) return containerSpots(homelab, named);
      const routes = routeSpots(
        homelab,
        named.flatMap(({ container }) => index.routesTo(container)),
      );
      return routes.length > 0 ? routes : containerSpots(homelab, named);
    }
    case 'rule':
    case 'router': {
      const name = subject.kind === 'rule' ? subject.router : subject.name;
      const routes = routesWhere(
        hosts,
        (route) =>
          route.router === name &&
          route.proxyContainer === subject.proxy &&
          route.protocol === subject.protocol,
      );
      return throughRoutes(index, routes);
    }
    case 'url':
      return throughRoutes(index, routesOfService(hosts, subject.service, subject.proxy, subject.protocol));
    case 'service': {
      const routes = routesOfService(hosts, subject.name, subject.proxy, subject.protocol);
      if (!subject.reference && routes.length > 0) return throughRoutes(index, routes);
      return entrySpots(index, subject);
    }
    case 'middleware':
    case 'entryPoint':
      return entrySpots(index, subject);
    case 'option':
      return subject.reference ? optionSpots(index, hosts, subject.path) : [];
  }
}

function entrySpots(
  index: HomelabIndex,
  subject: Subject & { kind: 'router' | 'service' | 'middleware' | 'entryPoint' },
): Spot[] {
  return spotsOf(
    index.homelab,
    subject.hosts.map((host) => traefikEntry(index, host, subject)?.at ?? null),
  );
}

/** From routes to the containers that answer; where none does, to the routers. */
function throughRoutes(index: HomelabIndex, routes: readonly HostedRoute[]): Spot[] {
  const containers = containersOfRoutes(routes).flatMap(({ host, name }) => onHosts(index, name, [host]));
  const spots = containerSpots(index.homelab, containers);
  return spots.length > 0 ? spots : routeSpots(index.homelab, routes);
}

export function onHosts(index: HomelabIndex, name: string, hosts: readonly Host[]): HostedContainer[] {
  return index.containersNamed(name).filter(({ host }) => hosts.includes(host));
}

export function containerSpots(homelab: Homelab, containers: readonly HostedContainer[]): Spot[] {
  return spotsOf(
    homelab,
    containers.flatMap(({ container }) => ownDefinitions(container).map(({ nameAt }) => nameAt)),
  );
}

export function routeSpots(homelab: Homelab, routes: readonly HostedRoute[]): Spot[] {
  return spotsOf(
    homelab,
    routes.map(({ route }) => route.at),
  );
}

/** Where an option that is referred to is set. */
function optionSpots(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): Spot[] {
  const origins = hosts.flatMap((host): Origin[] => {
    const raw = nodeAt(index, host, path)?.raw ?? [];
    return raw.length > MOST ? [] : raw.map(({ at }) => at);
  });
  const spots = spotsOf(index.homelab, origins);
  if (spots.length > 0 || path[0] !== 'containers' || path[1] == null) return spots;
  // Not set anywhere: its container is the nearest thing there is.
  return containerSpots(index.homelab, onHosts(index, path[1], hosts));
}
