import { CompletionItemKind } from 'vscode-languageserver-types';
import { asString, readOption } from '../../homelab/read';
import { nextFreePair } from '../../homelab/free-pairs';
import type { Host, Route } from '../../homelab/model';
import type { Range } from '../../nix/positions';
import { baseName, directoryOf } from '../../nix/paths';
import type { SourceFile } from '../../nix/source-file';
import type { Expr } from '../../nix/syntax';
import type { HomelabIndex } from '../homelab-index';
import { escapeSnippet, RANK, type Candidate } from './candidate';

/** The whole two-part module of a new container, as this homelab would write it. */
export function moduleCandidates(index: HomelabIndex, file: SourceFile, word: Range): Candidate[] {
  const [host] = index.hostsOf(file.path);
  if (host === undefined || !isAmongContainers(index, file.path)) return [];
  const name = containerName(file.path);
  const newText = moduleSnippet(index, host, name);
  return [
    {
      label: `container ${name}`,
      kind: CompletionItemKind.Snippet,
      range: word,
      newText,
      snippet: true,
      detail: 'a whole module: the Traefik route and the container',
      documentation: [{ pieces: ['The route and the container, with the next free addresses.'] }],
      rank: RANK.first,
      filter: `${file.text.slice(word.start, word.end)} ${name} container`,
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

interface Domain {
  /** What stands behind the subdomain in the rule: `.${domain}` or `.example.org`. */
  readonly suffix: string;
  /** The module argument it is written with; null where it is written out. */
  readonly argument: string | null;
}

function moduleSnippet(index: HomelabIndex, host: Host, name: string): string {
  const routes = host.routes.filter(({ protocol }) => protocol === 'http');
  const domain = domainOf(index, routes);
  const pair = nextFreePair(host);
  const lines: string[] = [];
  const proxy = routes[0]?.proxyContainer ?? index.traefiks(host)[0]?.container ?? null;
  const hasProxy = routes.length > 0 || index.traefiks(host).length > 0;
  const names = ['config', ...(hasProxy && domain?.argument != null ? [domain.argument] : []), '...'];
  lines.push(`{ ${(hasProxy ? names : ['...']).join(', ')} }: {`, '');
  if (hasProxy) {
    const prefix = proxy === null ? '' : `containers.${proxy}.config.`;
    lines.push(
      '  # Traefik route',
      `  ${prefix}services.traefik.dynamicConfigOptions.http = {`,
      '',
      `    services.${name}.loadBalancer.servers = [{`,
      `      url = "http://\\\${config.containers.${name}.localAddress}:\${1:8080}";`,
      '    }];',
      '',
      `    routers.${name} = {`,
      `      rule = "Host(\`\${2:${name}}${escapeSnippet(domain?.suffix ?? '.example.org')}\`)";`,
      `      service = "${name}";`,
    );
    const [entryPoint] = mostUsed(routes.flatMap(({ entryPoints }) => entryPoints.items));
    if (entryPoint !== undefined)
      lines.push(`      ${entryPointsKey(index, routes)} = [ "${escapeSnippet(entryPoint)}" ];`);
    const [middleware] = mostUsed(routes.flatMap(({ middlewares }) => middlewares.items));
    if (middleware !== undefined) lines.push(`      middlewares = [ \${3:"${escapeSnippet(middleware)}"} ];`);
    lines.push('    };', '  };', '');
  }
  lines.push(
    '  # Container',
    `  containers.${name} = {`,
    '    autoStart = true;',
    '',
    '    privateNetwork = true;',
  );
  if (pair?.hostBridge != null) lines.push(`    hostBridge = "${escapeSnippet(pair.hostBridge)}";`);
  if (pair?.hostAddress != null) lines.push(`    hostAddress = "${pair.hostAddress}";`);
  if (pair !== null) lines.push(`    localAddress = "${pair.localAddress}";`);
  lines.push(
    '',
    '    config = {',
    `      networking.firewall.allowedTCPPorts = [ ${hasProxy ? '$1' : '${1:8080}'} ];`,
    '',
    `      services.\${4:${name}} = {`,
    '        enable = true;',
    '        $0',
    '      };',
    '',
    `      system.stateVersion = "${escapeSnippet(stateVersion(host) ?? '')}";`,
    '    };',
    '  };',
    '}',
    '',
  );
  return lines.join('\n');
}

/** How the homelab writes its domain in rules. */
function domainOf(index: HomelabIndex, routes: readonly Route[]): Domain | null {
  for (const { rule, hosts } of routes) {
    if (rule.kind === 'unset') continue;
    const expression = rule.kind === 'known' ? rule.literal : rule.definition;
    const written = expression?.kind === 'string' ? expression : null;
    const argument = written === null ? null : argumentBehindDot(index, written);
    if (argument !== null) return { suffix: `.\${${argument}}`, argument };
    const [first] = hosts;
    const dot = first?.indexOf('.') ?? -1;
    if (first !== undefined && dot > 0) return { suffix: first.slice(dot), argument: null };
  }
  return null;
}

/** `domain` of `"Host(`photos.${domain}`)"`, where that is an argument of the module. */
function argumentBehindDot(index: HomelabIndex, rule: Expr & { kind: 'string' }): string | null {
  for (const [number, part] of rule.parts.entries()) {
    const before = rule.parts[number - 1];
    if (typeof part === 'string' || part.kind !== 'variable') continue;
    if (typeof before !== 'string' || !before.endsWith('.')) continue;
    const root = index.homelab.files.parsed(part.anchor.source)?.root.expression;
    const formals = root?.kind === 'lambda' ? (root.formals ?? []) : [];
    if (formals.some(({ name }) => name.name === part.name)) return part.name;
  }
  return null;
}

/** `entrypoints` or `entryPoints`: Traefik takes both, the homelab should keep to one. */
function entryPointsKey(index: HomelabIndex, routes: readonly Route[]): string {
  for (const { at } of routes.slice(0, 20)) {
    const text = at === null ? undefined : index.homelab.files.parsed(at.anchor.source)?.text;
    const key = /\bentry[pP]oints(?=\s*=)/.exec(text ?? '')?.[0];
    if (key !== undefined && at !== null) return key;
  }
  return 'entryPoints';
}

function stateVersion(host: Host): string | null {
  const versions = host.containers.slice(0, 30).flatMap(({ guest }) => {
    const fact = guest === null ? null : readOption(guest.system, ['system', 'stateVersion'], asString);
    return fact?.kind === 'known' ? [fact.value] : [];
  });
  return mostUsed(versions)[0] ?? null;
}

function mostUsed(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
}
