import type { ParsedFiles } from '../eval/evaluation';
import type { Host, Route } from '../homelab/model';
import type { SourceFile } from '../nix/source-file';
import type { AttrSetExpr, Expr, ValueBinding } from '../nix/syntax';
import { childrenOf } from '../nix/walk';
import { most, mostCommon } from './majority';
import { attrsBelow, bindingOfName, partsOf } from './syntax-search';

/** How a list of one server is written. */
export type ServersLayout = 'hugged' | 'hugged-line' | 'spaced-line' | 'nested-line' | 'nested';

/** How the routes of a homelab are written. */
export interface RouteStyle {
  /** `entryPoints` as most routers spell it; null where most leave it to the default. */
  readonly entryPointsKey: string | null;
  readonly entryPoint: string;
  readonly loadBalancerKey: string;
  readonly servers: ServersLayout;
  readonly serviceFirst: boolean;
  /** What routers say of TLS most often, e.g. `tls.certResolver = "letsencrypt";`; empty where most say nothing. */
  readonly tls: readonly string[];
}

/** Among very many routers, so many tell how they are written. */
const ENOUGH = 60;

/**
 * Learns how routes are written from a host's HTTP routers.
 * @param unfinished the name of one that says nothing of how they are
 */
export function routeStyleOf(files: ParsedFiles, host: Host, unfinished: string | null = null): RouteStyle {
  const routes = host.routes.filter(
    ({ protocol, proxy, router }) => protocol === 'http' && proxy === 'traefik' && router !== unfinished,
  );
  const routers = routes.slice(0, ENOUGH).flatMap((route) => routerSyntax(files, route));
  const keys = routers.map(({ set }) => fieldName(set, 'entrypoints'));
  const written = keys.filter((key) => key !== null);
  const sources = [...new Set(routers.map(({ file }) => file))];
  const balancers = sources.flatMap(loadBalancers);
  const entryPoints = routes.flatMap(({ entryPoints: { items } }) => items);
  const tls = routers.map(({ file, set }) => tlsLines(file, set));
  const encrypted = tls.filter((lines) => lines.length > 0);
  return {
    entryPointsKey:
      routers.length === 0 || written.length * 2 > routers.length
        ? (mostCommon(written) ?? 'entrypoints')
        : null,
    entryPoint: mostCommon(entryPoints) ?? usualEntryPoint(host),
    loadBalancerKey: mostCommon(balancers.map(({ key }) => key)) ?? 'loadBalancer',
    servers: mostCommon(balancers.flatMap(({ layout }) => (layout === null ? [] : [layout]))) ?? 'hugged',
    serviceFirst: sources.length === 0 || most(sources.flatMap(serviceComesFirst)),
    tls: encrypted.length * 2 > tls.length ? (mostCommon(encrypted, (lines) => lines.join('\n')) ?? []) : [],
  };
}

/** The entry point for encrypted requests by its name; the seed's where none is known. */
function usualEntryPoint({ entryPoints }: Host): string {
  const { items } = entryPoints;
  return (
    items.find((name) => /^(?:websecure|https)$/i.test(name)) ??
    (items.length === 1 ? (items[0] ?? '') : 'websecure')
  );
}

interface RouterSyntax {
  readonly file: SourceFile;
  readonly binding: ValueBinding;
  readonly set: AttrSetExpr;
}

function routerSyntax(files: ParsedFiles, { at }: Route): RouterSyntax[] {
  const file = at === null ? null : files.parsed(at.anchor.source);
  const binding = file === null ? null : bindingOfName(file, at);
  const set = binding === null ? null : attrsBelow(binding.value);
  return file === null || binding === null || set === null ? [] : [{ file, binding, set }];
}

function fieldName({ bindings }: AttrSetExpr, field: string): string | null {
  for (const binding of bindings) {
    const name = binding.kind === 'binding' ? binding.path[0]?.text : undefined;
    if (name?.toLowerCase() === field) return name;
  }
  return null;
}

/** The bindings about TLS as lines, if they hold nothing but literals. */
function tlsLines(file: SourceFile, { bindings }: AttrSetExpr): string[] {
  return bindings.flatMap((binding) => {
    if (
      binding.kind !== 'binding' ||
      binding.path[0]?.text?.toLowerCase() !== 'tls' ||
      !isLiteral(binding.value)
    )
      return [];
    const range = file.rangeOf(binding);
    const text = range === null ? '' : file.text.slice(range.start, range.end);
    return text === '' || text.includes('\n') ? [] : [text];
  });
}

function isLiteral(expr: Expr): boolean {
  return expr.kind !== 'variable' && expr.kind !== 'select' && childrenOf(expr).every(isLiteral);
}

function loadBalancers(file: SourceFile): { key: string; layout: ServersLayout | null }[] {
  return partsOf(file).bindings.flatMap((binding) => {
    const key = binding.path.find(({ text }) => text?.toLowerCase() === 'loadbalancer')?.text;
    if (key == null) return [];
    const servers =
      binding.path[binding.path.length - 1]?.text === 'servers'
        ? binding.value
        : binding.value.kind === 'attrs'
          ? binding.value.bindings.flatMap((inner) =>
              inner.kind === 'binding' && inner.path[0]?.text === 'servers' ? [inner.value] : [],
            )[0]
          : undefined;
    return [{ key, layout: servers === undefined ? null : layoutOfServers(file, servers) }];
  });
}

function layoutOfServers(file: SourceFile, servers: Expr): ServersLayout | null {
  const range = servers.kind === 'list' && servers.elements.length === 1 ? file.rangeOf(servers) : null;
  if (range === null) return null;
  const text = file.text.slice(range.start, range.end);
  if (!text.includes('\n')) return text.startsWith('[{') ? 'hugged-line' : 'spaced-line';
  if (/^\[\s?\{/.test(text) && !/^\[\r?\n/.test(text)) return 'hugged';
  return /\n[ \t]*\{[^\n]*\}[ \t]*\r?\n/.test(text) ? 'nested-line' : 'nested';
}

/** A list of one server, in lines. */
export function serverLines(layout: ServersLayout, url: string, tab: string): string[] {
  const server = `url = ${url};`;
  switch (layout) {
    case 'hugged':
      return ['[{', tab + server, '}]'];
    case 'hugged-line':
      return [`[{ ${server} }]`];
    case 'spaced-line':
      return [`[ { ${server} } ]`];
    case 'nested-line':
      return ['[', `${tab}{ ${server} }`, ']'];
    case 'nested':
      return ['[', `${tab}{`, tab + tab + server, `${tab}}`, ']'];
  }
}

function serviceComesFirst(file: SourceFile): boolean[] {
  const first = (name: string): number => {
    const binding = partsOf(file).bindings.find(
      ({ path }) =>
        path.some(({ text }) => text === name) &&
        !path.some(({ text }) => text === 'traefik' || text === 'containers'),
    );
    return (binding === undefined ? null : file.rangeOf(binding)?.start) ?? -1;
  };
  const [services, routers] = [first('services'), first('routers')];
  return services === -1 || routers === -1 ? [] : [services < routers];
}
