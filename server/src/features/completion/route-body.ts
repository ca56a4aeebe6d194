import { mostCommon } from '../../edits/majority';
import { routeStyleOf, serverLines } from '../../edits/route-style';
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

/** A router or a service of HTTP as the homelab's others are written; null elsewhere. */
export function routeBody(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  context: NameContext,
  { part, below }: TraefikPlace,
  name: string,
): RouteBody | null {
  const [host] = hosts;
  const section = below.map((own) => own?.toLowerCase() ?? '').join('.');
  if (host === undefined || part !== 'dynamic') return null;
  const style = routeStyleOf(index.homelab.files, host);
  if (section === 'http.routers') {
    const all = host.routes.flatMap((route) => route.middlewares.items);
    const usual = mostCommon(all);
    const middlewares = [...new Set(usual === undefined ? [] : [usual, ...all])];
    const lines = [
      `rule = "Host(\`\${1:${escapeSnippet(name)}}.${routeDomain(hosts, file)}\`)";`,
      `service = ${escapeSnippet(writeString(name))};`,
      ...(style.entryPointsKey === null
        ? []
        : [`${style.entryPointsKey} = [ ${escapeSnippet(writeString(style.entryPoint))} ];`]),
      ...(middlewares.length === 0 ? [] : [`middlewares = [ "${choice(2, middlewares)}" ];`]),
      ...style.tls.map(escapeSnippet),
    ];
    return { text: ` = {\n${lines.map((line) => `  ${line}\n`).join('')}};`, sideEdits: [] };
  }
  if (section !== 'http.services') return null;
  const container = host.containers.find((own) => own.name === name);
  const config = configAt(index, file, context.frames);
  const backend = container === undefined ? null : backendOf(container, config);
  const url = backend === null ? '"http://$1"' : `"http://\${1:${escapeSnippet(backend.written)}}"`;
  const [first = '', ...rest] = serverLines(style.servers, url, '  ');
  return {
    text: `.${style.loadBalancerKey}.servers = ${[first, ...rest].join('\n')};`,
    sideEdits: backend?.edits ?? [],
  };
}
