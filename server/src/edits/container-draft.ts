import type { Homelab } from '../homelab/homelab';
import { writeString } from '../nix/write';
import { blank } from './blank';
import {
  renderBindings,
  renderContainer,
  renderModule,
  type ModuleParts,
  type RouteParts,
} from './container-module';
import type { NetworkParts } from './container-network';
import type { ContainerRequest, Target } from './container-request';
import { serviceLines, titleOf } from './container-service';
import type { DomainSource } from './domain-source';
import { layoutOf, type Layout } from './layout';
import { neighboursOf } from './neighbours';
import type { Proxy } from './proxy';
import { routeStyleOf } from './route-style';
import { stateVersionFor, type StateVersion } from './state-version';

/** What a new container's module is written from. */
export interface DraftInput {
  readonly homelab: Homelab;
  readonly target: Target;
  readonly request: ContainerRequest;
  /** Null where no route is to be written. */
  readonly proxy: Proxy | null;
  readonly middlewares: readonly string[];
  readonly network: NetworkParts;
  /** Null where no route is to be written. */
  readonly domain: DomainSource | null;
  /** Whether somebody fills in the blanks at once, as in an editor's snippet. */
  readonly toFillIn: boolean;
}

/** A new container's module, with blanks where a person may want something else. */
export interface Draft {
  readonly text: string;
  /** The host name of its route; null without one. */
  readonly fqdn: string | null;
  /** What the person should know, in sentences. */
  readonly notes: readonly string[];
}

/** The one template of a container module: the Traefik route and the container, as the homelab's other modules are written. */
export function draftOf(input: DraftInput): Draft {
  const { request, domain, network } = input;
  const { parts, notes } = partsOf(input);
  return {
    text: renderModule(parts),
    fqdn: parts.route === null || domain === null ? null : `${labelOf(request)}.${domain.domain}`,
    notes: [...notes.service, ...network.notes, ...notes.version],
  };
}

/** The container of such a module alone. */
export function containerDraftOf(input: DraftInput): string {
  return renderContainer(partsOf(input).parts);
}

/** The route and the container of such a module, as bindings for one that is there already. */
export function bindingsDraftOf(input: DraftInput): string {
  return renderBindings(partsOf(input).parts);
}

interface DraftParts {
  readonly parts: ModuleParts;
  readonly notes: { readonly service: readonly string[]; readonly version: readonly string[] };
}

function partsOf(input: DraftInput): DraftParts {
  const { homelab, target, request, proxy, network, domain, toFillIn } = input;
  const layout = layoutOf(neighboursOf(homelab.files, target.host));
  const service = serviceLines(request, network, layout.indentation, toFillIn);
  const route =
    proxy === null || domain === null || !service.speaksHttp
      ? null
      : routeFor(input, proxy, domain, service.scheme);
  const usesConfig =
    (route !== null && network.readsConfig) || service.lines.join('').includes('config.containers.');
  const used = [
    ...(usesConfig ? ['config'] : []),
    ...(route !== null && domain?.argument != null ? [domain.argument] : []),
  ];
  const stateVersion = stateVersionFor(homelab, target);
  return {
    parts: {
      name: request.name,
      title: titleOf(request),
      layout: toFillIn ? forSnippet(layout) : layout,
      arguments: [...new Set(used)],
      route,
      network: network.options,
      networking: network.networking,
      service: service.lines,
      stateVersion: stateVersionLines(stateVersion, toFillIn),
    },
    notes: {
      service: service.notes,
      version: stateVersion.note === null ? [] : [stateVersion.note],
    },
  };
}

/** An editor puts its own line ends into a snippet. */
function forSnippet(layout: Layout): Layout {
  return { ...layout, lineEnd: '\n' };
}

function labelOf({ subdomain, name }: ContainerRequest): string {
  return (subdomain ?? name).toLowerCase();
}

function routeFor(
  { homelab, target, request, middlewares, network }: DraftInput,
  proxy: Proxy,
  domain: DomainSource,
  scheme: string,
): RouteParts {
  const inside = domain.expression === null ? domain.domain : `\${${domain.expression}}`;
  const place = ['services', 'traefik', 'dynamicConfigOptions', 'http'];
  return {
    option: proxy.container === null ? place : ['containers', proxy.container, 'config', ...place],
    style: routeStyleOf(homelab.files, target.host),
    rule: `"Host(\`${blank('subdomain', labelOf(request))}.${inside}\`)"`,
    url: `"${scheme}://${network.urlHost}:${blank('port', String(request.port))}"`,
    middlewares: middlewares.map((name) => blank('middleware', name)),
  };
}

function stateVersionLines({ version }: StateVersion, toFillIn: boolean): string[] {
  if (version !== null) return [`system.stateVersion = ${writeString(version)};`];
  return [
    `# ${toFillIn ? 'T' : 'Set system.stateVersion to t'}he NixOS release that this container begins with.`,
    ...(toFillIn ? [`system.stateVersion = ${writeString(blank('stateVersion'))};`] : []),
  ];
}
