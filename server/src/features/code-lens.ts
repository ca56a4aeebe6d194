import type { CodeLens } from 'vscode-languageserver-types';
import type { Homelab } from '../homelab/homelab';
import type { Container, Route } from '../homelab/model';
import type { Spot } from '../homelab/spot';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { shortAddress } from './container-summary';
import { containerSpots, onHosts } from './definition';
import { indexOf, type HomelabIndex, type HostedContainer } from './homelab-index';
import { locationOf, ownDefinitions, spotsOf } from './places';
import { lspRange, type UriOf } from './positions';
import { portsOf, sharedAddresses, sharersOf } from './route-summary';
import { containersOfRoutes } from './traefik-entries';
import { writtenFile } from './written-file';
import { pathLiterals } from './written-paths';

/** The command of our own client that opens a place; its argument is a `Location`. */
export const OPEN_COMMAND = 'nixosContainers.open';

/** More lenses than this over one name say less, not more. */
const MOST = 4;

/** How lenses are to be written for an editor. */
export interface LensStyle {
  readonly uriOf: UriOf;
  /** Whether the editor has the command that opens a place; otherwise the lenses only tell. */
  readonly opens: boolean;
}

/**
 * What stands over the lines of a file: on a container where its routes are, on a router which container answers, on an
 * import what the module brings.
 */
export function codeLenses(homelab: Homelab, file: SourceFile, style: LensStyle): CodeLens[] {
  const index = indexOf(homelab);
  const own = index.containersDefinedIn(file.path);
  const lenses = new Lenses(homelab, file, style);
  for (const { container } of own) {
    for (const { nameAt, file: at } of ownDefinitions(container)) {
      const [here] = at === file.path ? spotsOf(homelab, [nameAt]) : [];
      if (here?.file !== file.path) continue;
      for (const { route } of index.routesTo(container))
        lenses.add(here.range, routeTitle(route, container), spotsOf(homelab, [route.at]));
      if (container.status === 'disabled')
        lenses.add(here.range, `disabled: ${container.because ?? 'no host imports it'}`, []);
    }
  }
  for (const { host, route } of index.routesIn(file.path)) {
    const [here] = spotsOf(homelab, [route.at]);
    if (here === undefined) continue;
    for (const { address, containers } of sharedAddresses(route))
      lenses.add(here.range, `→ ${containers.length} containers share ${address}`, []);
    const shared = sharedAddresses(route).flatMap(({ containers }) => containers);
    for (const { name } of containersOfRoutes([{ host, route }])) {
      if (shared.includes(name)) continue;
      const target = onHosts(index, name, [host]);
      const address = target[0] === undefined ? null : shortAddress(target[0].container);
      lenses.add(
        here.range,
        `→ container ${name}${address === null ? '' : ` ${address}`}`,
        containerSpots(homelab, target),
      );
    }
  }
  for (const { node, range } of pathLiterals(file)) {
    const target = writtenFile(homelab.files, node);
    if (target === null || target === file.path) continue;
    for (const named of index.containersDefinedIn(target))
      lenses.add(range, importTitle(index, named), containerSpots(homelab, [named]));
  }
  return lenses.all;
}

class Lenses {
  readonly all: CodeLens[] = [];
  private readonly seen = new Set<string>();
  private readonly counts = new Map<number, number>();

  constructor(
    private readonly homelab: Homelab,
    private readonly file: SourceFile,
    private readonly style: LensStyle,
  ) {}

  add(range: Range, title: string, targets: readonly Spot[]): void {
    const count = this.counts.get(range.start) ?? 0;
    const key = `${range.start}\0${title}`;
    if (this.seen.has(key) || count >= MOST) return;
    this.seen.add(key);
    this.counts.set(range.start, count + 1);
    const [target] = targets;
    const location = target === undefined ? null : locationOf(this.homelab, target, this.style.uriOf);
    this.all.push({
      range: lspRange(this.file.lines, range),
      command:
        location === null || !this.style.opens
          ? { title, command: '' }
          : { title, command: OPEN_COMMAND, arguments: [location] },
    });
  }
}

/** `→ photos.nemnix.site · :2283` */
function routeTitle(route: Route, container: Container): string {
  const ports = portsOf(route).map((port) => `:${port}`);
  const others = sharersOf(route, container.name);
  const shared = others.length === 0 ? [] : [`address shared with ${others.join(', ')}`];
  return `→ ${[route.hosts[0] ?? `router ${route.router}`, ...ports, ...shared].join(' · ')}`;
}

/** `immich · 10.10.10.5 · photos.nemnix.site` */
function importTitle(index: HomelabIndex, { container }: HostedContainer): string {
  const hosts = index.routesTo(container).flatMap(({ route }) => route.hosts);
  const address = shortAddress(container);
  const disabled = container.status === 'disabled' ? ['disabled'] : [];
  return [container.name, ...(address === null ? [] : [address]), ...new Set(hosts), ...disabled].join(' · ');
}
