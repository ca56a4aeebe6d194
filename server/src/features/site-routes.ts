import type { SourceFile } from '../nix/source-file';
import type { HomelabIndex, HostedRoute } from './homelab-index';
import { syntaxAt } from './syntax-at';

/** The routes of nginx, Caddy and cloudflared, by where the names of their sites are written. */

/**
 * The routes of the site that a place is in: on its name, or in what is written under it.
 * @param offset UTF-16, from 0
 */
export function routesOfSiteAt(index: HomelabIndex, file: SourceFile, offset: number): HostedRoute[] {
  const names = new Set(
    syntaxAt(file, offset).flatMap(({ node }) => (node.kind === 'binding' ? node.path : [])),
  );
  return siteRoutesIn(index, file).filter(
    ({ route }) => route.at?.kind === 'attr-name' && names.has(route.at),
  );
}

/** The routes of the site whose name stands at a place. */
export function routesOfSiteNamedAt(index: HomelabIndex, file: SourceFile, offset: number): HostedRoute[] {
  const nodes = new Set(syntaxAt(file, offset).map(({ node }) => node));
  return siteRoutesIn(index, file).filter(({ route }) => route.at !== null && nodes.has(route.at));
}

function siteRoutesIn(index: HomelabIndex, file: SourceFile): HostedRoute[] {
  return index.routesIn(file.path).filter(({ route }) => route.proxy !== 'traefik');
}
