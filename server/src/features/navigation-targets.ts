import type { Range as LspRange } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { SourceFile } from '../nix/source-file';
import { shortAddress, shownFile } from './container-summary';
import { containerSpots, onHosts } from './definition';
import { placeAt } from './cursor-context';
import { containerPlace, optionPath, traefikPlace } from './cursor/place';
import { indexOf, type HomelabIndex, type HostedContainer, type HostedRoute } from './homelab-index';
import { locationOf, spotsOf } from './places';
import type { UriOf } from './positions';
import { portsOf } from './route-summary';
import { routesOfSiteAt } from './site-routes';
import { subjectAt } from './subject';
import { containersOfRoutes, routesOfService, routesWhere } from './traefik-entries';

/** A place that a person may go to. */
export interface NavigationTarget {
  readonly label: string;
  /** More words for a list to choose from. */
  readonly description: string;
  readonly uri: string;
  readonly range: LspRange;
}

/** Where to go, or why there is nowhere. */
export type NavigationTargets =
  | { readonly targets: readonly NavigationTarget[] }
  | { readonly targets: readonly []; readonly message: string };

interface Question {
  readonly index: HomelabIndex;
  readonly file: SourceFile;
  readonly offset: number;
}

/**
 * The routes of the container that the cursor is in; where it is in none, of the containers of the file.
 * @param offset UTF-16, from 0
 */
export function routeTargets(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  uriOf: UriOf,
): NavigationTargets {
  const question = { index: indexOf(homelab), file, offset };
  const routes = routesAt(question);
  if (routes.length > 0) return routeList(question, routes, uriOf);
  const containers = containersAt(question);
  const found = containers.flatMap(({ container }) => question.index.routesTo(container));
  if (found.length > 0) return routeList(question, found, uriOf);
  const names = [...new Set(containers.map(({ container }) => container.name))];
  if (names.length === 0)
    return {
      targets: [],
      message: 'There is no container here: put the cursor into one, or into a file that defines one.',
    };
  const disabled = containers.every(({ container }) => container.status === 'disabled');
  const why = disabled
    ? `: ${containers[0]?.container.because ?? 'no host imports it'}. What no host imports has no routes.`
    : ': no proxy passes requests on to it.';
  return {
    targets: [],
    message: `${listed(names)} ${names.length === 1 ? 'has' : 'have'} no route${why}`,
  };
}

/**
 * The container that the route, reference or import under the cursor leads to; elsewhere, the containers of the file.
 * @param offset UTF-16, from 0
 */
export function containerTargets(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  uriOf: UriOf,
): NavigationTargets {
  const question = { index: indexOf(homelab), file, offset };
  const { index } = question;
  const routes = routesAt(question);
  if (routes.length > 0) {
    const found = containersOfRoutes(routes).flatMap(({ host, name }) => onHosts(index, name, [host]));
    if (found.length > 0) return containerList(question, found, uriOf);
    const [first] = routes;
    const known = first?.route.backends.every(({ url }) => url.kind === 'known') === true;
    const why = known
      ? 'its servers are no containers of this homelab'
      : 'the address of its servers is not known';
    return { targets: [], message: `The route ${first?.route.router ?? ''} leads to no container: ${why}.` };
  }
  const containers = containersAt(question);
  if (containers.length > 0) return containerList(question, containers, uriOf);
  return {
    targets: [],
    message:
      'There is no route and no container here: put the cursor into a router, or into a file that defines a container.',
  };
}

/** The routes that the cursor is in, by router, service or what stands in them. */
function routesAt({ index, file, offset }: Question): HostedRoute[] {
  const subject = subjectAt(index, file, offset);
  const hosts = index.hostsOf(file.path);
  if (subject?.kind === 'service' || subject?.kind === 'router') {
    const { kind, name, proxy, protocol } = subject;
    if (kind === 'service') return routesOfService(hosts, name, proxy, protocol);
    return routesWhere(
      hosts,
      (route) => route.router === name && route.proxyContainer === proxy && route.protocol === protocol,
    );
  }
  const path = optionPath(placeAt(file, offset).path, index.roleOf(file.path));
  const place = path === null ? null : traefikPlace(path);
  if (place === null) return routesOfSiteAt(index, file, offset);
  const [protocol = '', section = '', name] = place.below;
  if (place.part !== 'dynamic' || name == null) return [];
  if (section === 'services') return routesOfService(hosts, name, place.container, protocol ?? '');
  if (section !== 'routers') return [];
  return routesWhere(
    hosts,
    (route) =>
      route.router === name && route.proxyContainer === place.container && route.protocol === protocol,
  );
}

/** The containers that the cursor speaks of: named there, around it, imported there, or defined in the file. */
function containersAt({ index, file, offset }: Question): readonly HostedContainer[] {
  const hosts = index.hostsOf(file.path);
  const subject = subjectAt(index, file, offset);
  if (subject?.kind === 'container') return onHosts(index, subject.name, hosts);
  if (subject?.kind === 'import') return index.containersDefinedIn(subject.file);
  const path = optionPath(placeAt(file, offset).path, index.roleOf(file.path));
  const around = path === null || traefikPlace(path) !== null ? null : containerPlace(path);
  const named = around?.container == null ? [] : onHosts(index, around.container, hosts);
  return named.length > 0 ? named : index.containersDefinedIn(file.path);
}

function routeList({ index }: Question, routes: readonly HostedRoute[], uriOf: UriOf): NavigationTargets {
  return listOf(
    index,
    routes.flatMap(({ host, route }) =>
      spotsOf(index.homelab, [route.at]).map((spot) => ({
        spot,
        label: route.hosts.join(', ') || `router ${route.router}`,
        description: [
          `router ${route.router}`,
          ...portsOf(route).map((port) => `port ${port}`),
          `${shownFile(spot.file, host)}:${spot.line + 1}`,
        ].join(' · '),
      })),
    ),
    uriOf,
  );
}

function containerList(
  { index }: Question,
  containers: readonly HostedContainer[],
  uriOf: UriOf,
): NavigationTargets {
  return listOf(
    index,
    containers.flatMap((hosted) =>
      containerSpots(index.homelab, [hosted]).map((spot) => ({
        spot,
        label: hosted.container.name,
        description: [
          ...(shortAddress(hosted.container) === null ? [] : [shortAddress(hosted.container)]),
          ...(hosted.container.status === 'disabled' ? ['disabled'] : []),
          `${shownFile(spot.file, hosted.host)}:${spot.line + 1}`,
        ].join(' · '),
      })),
    ),
    uriOf,
  );
}

interface Listed {
  readonly spot: ReturnType<typeof spotsOf>[number];
  readonly label: string;
  readonly description: string;
}

function listOf({ homelab }: HomelabIndex, places: readonly Listed[], uriOf: UriOf): NavigationTargets {
  const targets = new Map<string, NavigationTarget>();
  for (const { spot, label, description } of places) {
    const location = locationOf(homelab, spot, uriOf);
    if (location !== null)
      targets.set(`${location.uri}\0${spot.range.start}`, { label, description, ...location });
  }
  if (targets.size === 0)
    return { targets: [], message: 'The place is written in no file of the workspace.' };
  return { targets: [...targets.values()] };
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
