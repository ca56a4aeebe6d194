import { mostCommon } from '../../edits/majority';
import { routeStyleOf, serverLines, type RouteStyle } from '../../edits/route-style';
import type { Host } from '../../homelab/model';
import type { SourceFile } from '../../nix/source-file';
import { writeString } from '../../nix/write';
import type { NameContext } from '../cursor/context';
import type { TraefikPlace } from '../cursor/place';
import type { HomelabIndex } from '../homelab-index';
import { choice, escapeSnippet, type SideEdit } from './candidate';
import { configAt } from './config-name';
import { routeDomain } from './rule-text';
import { backendOf } from './urls';

/** What follows the name of a new router or service, as a snippet. */
export interface RouteBody {
  readonly text: string;
  readonly sideEdits: readonly SideEdit[];
}

/** Routers or services of HTTP as the homelab's others are written, by name; null elsewhere. */
export function routeBodies(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  { frames }: NameContext,
  { part, below }: TraefikPlace,
): (name: string) => RouteBody | null {
  const [host] = hosts;
  const section = below.map((own) => own?.toLowerCase() ?? '').join('.');
  if (host === undefined || part !== 'dynamic' || !/^http\.(?:routers|services)$/.test(section))
    return () => null;
  // What all of them share is learnt once, and only where one of them is written out.
  let style: RouteStyle | undefined;
  const styled = (): RouteStyle => (style ??= routeStyleOf(index.homelab.files, host));
  if (section === 'http.routers') {
    let shared: { domain: string; middlewares: readonly string[] } | undefined;
    return (name) => {
      shared ??= { domain: routeDomain(hosts, file), middlewares: middlewaresOf(host) };
      return { text: routerText(styled(), name, shared.domain, shared.middlewares), sideEdits: [] };
    };
  }
  const containers = new Map(host.containers.map((own) => [own.name, own]));
  const config = configAt(index, file, frames);
  return (name) => {
    const container = containers.get(name);
    const backend = container === undefined ? null : backendOf(container, config);
    return { text: serviceText(styled(), backend?.written ?? null), sideEdits: backend?.edits ?? [] };
  };
}

/** A host's middlewares, the one that most routers have first. */
function middlewaresOf({ routes }: Host): string[] {
  const all = routes.flatMap((route) => route.middlewares.items);
  const usual = mostCommon(all);
  return [...new Set(usual === undefined ? [] : [usual, ...all])];
}

function routerText(style: RouteStyle, name: string, domain: string, middlewares: readonly string[]): string {
  const lines = [
    `rule = "Host(\`\${1:${escapeSnippet(name)}}.${domain}\`)";`,
    `service = ${escapeSnippet(writeString(name))};`,
    ...(style.entryPointsKey === null
      ? []
      : [`${style.entryPointsKey} = [ ${escapeSnippet(writeString(style.entryPoint))} ];`]),
    ...(middlewares.length === 0 ? [] : [`middlewares = [ "${choice(2, middlewares)}" ];`]),
    ...style.tls.map(escapeSnippet),
  ];
  return ` = {\n${lines.map((line) => `  ${line}\n`).join('')}};`;
}

function serviceText(style: RouteStyle, backend: string | null): string {
  const url = backend === null ? '"http://$1"' : `"http://\${1:${escapeSnippet(backend)}}"`;
  return `.${style.loadBalancerKey}.servers = ${serverLines(style.servers, url, '  ').join('\n')};`;
}
