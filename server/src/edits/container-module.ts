import { writeAttrPath, writeString } from '../nix/write';
import { blank } from './blank';
import { commentLines, type Layout } from './layout';
import { mostCommon } from './majority';
import { settingLines, type NixTree } from './nix-tree';
import { serverLines, type RouteStyle } from './route-style';

/** A route to the new container. */
export interface RouteParts {
  /** The option that Traefik's dynamic configuration is written to. */
  readonly option: readonly string[];
  readonly style: RouteStyle;
  /** The rule's text and the backend's URL, as Nix. */
  readonly rule: string;
  readonly url: string;
  readonly middlewares: readonly string[];
}

/** Everything that a container module says. */
export interface ModuleParts {
  readonly name: string;
  readonly title: string;
  readonly layout: Layout;
  /** Module arguments that something below uses. */
  readonly arguments: readonly string[];
  readonly route: RouteParts | null;
  /** The options of the container's network, in order. */
  readonly network: readonly (readonly [option: string, value: string])[];
  /** The guest's `networking`; empty for none. */
  readonly networking: NixTree;
  /** The lines of the guest's service. */
  readonly service: readonly string[];
  /** The lines about the guest's `system.stateVersion`. */
  readonly stateVersion: readonly string[];
}

/** The text of a container module, with the blanks that its parts have. */
export function renderModule(parts: ModuleParts): string {
  const { layout } = parts;
  const lines: string[] = [];
  const body = [
    ...(layout.gapIn.module ? [''] : []),
    ...(parts.route === null ? [] : [...routeLines(parts, parts.route), '']),
    ...containerLines(parts),
  ];
  lines.push(...headLines(parts), ...indented(body, layout.indentation), '}', '');
  return lines.join(layout.lineEnd);
}

/** The route and the container, as bindings of a module that is there already. */
export function renderBindings(parts: ModuleParts): string {
  const route = parts.route === null ? [] : [...routeLines(parts, parts.route), ''];
  return [...route, ...containerLines(parts)].join(parts.layout.lineEnd);
}

/** The container alone, as it stands in `containers`: `NAME = { … };`. */
export function renderContainer(parts: ModuleParts): string {
  const [, ...rest] = containerLines({ ...parts, layout: { ...parts.layout, containerComment: null } });
  return [`${writeAttrPath([parts.name])} = {`, ...rest].join(parts.layout.lineEnd);
}

function indented(lines: readonly string[], indentation: string): string[] {
  return lines.map((line) => (line === '' ? '' : indentation + line));
}

function headLines({ layout, arguments: used }: ModuleParts): string[] {
  const names = ordered(used, layout.heads);
  if (layout.headOnOneLine || names.length < 2) {
    const head = `{ ${[...names, '...'].join(', ')} }:`;
    return layout.braceBesideHead ? [`${head} {`] : [head, '{'];
  }
  const block = ['{', ...indented([...names.map((name) => `${name},`), '...'], layout.indentation), '}:'];
  return layout.braceBesideHead ? [...block.slice(0, -1), '}: {'] : [...block, '{'];
}

/** Arguments in the order that most modules with all of them have; `config` last, as in the seed, without such modules. */
function ordered(used: readonly string[], heads: readonly (readonly string[])[]): readonly string[] {
  const orders = heads
    .map((head) => head.filter((name) => used.includes(name)))
    .filter((head) => head.length === used.length);
  const last = (name: string): number => (name === 'config' ? 1 : 0);
  return mostCommon(orders, (order) => order.join(' ')) ?? [...used].sort((a, b) => last(a) - last(b));
}

function routeLines(
  { name, title, layout }: ModuleParts,
  { option, style, rule, url, middlewares }: RouteParts,
): string[] {
  const tab = layout.indentation;
  const [first = '', ...rest] = serverLines(style.servers, url, tab);
  const servers = writeAttrPath(['services', name, style.loadBalancerKey, 'servers']);
  const service = [`${servers} = ${first}`, ...rest].map((line, at) =>
    at === rest.length ? `${line};` : line,
  );
  const router = [
    `${writeAttrPath(['routers', name])} = {`,
    ...indented(
      [
        `rule = ${rule};`,
        `service = ${writeString(name)};`,
        ...(style.entryPointsKey === null
          ? []
          : [`${style.entryPointsKey} = [ ${writeString(style.entryPoint)} ];`]),
        ...(middlewares.length === 0 ? [] : [`middlewares = [ ${middlewares.map(writeString).join(' ')} ];`]),
        ...style.tls,
      ],
      tab,
    ),
    '};',
  ];
  const [upper, lower] = style.serviceFirst ? [service, router] : [router, service];
  return [
    ...commentLines(layout.routeComment, name, title),
    `${writeAttrPath(option)} = {`,
    ...(layout.gapIn.route ? [''] : []),
    ...indented([...upper, '', ...lower], tab),
    '};',
  ];
}

function containerLines({
  name,
  title,
  layout,
  network,
  networking,
  service,
  stateVersion,
}: ModuleParts): string[] {
  const tab = layout.indentation;
  const [first = '', ...others] = service;
  const sections: string[][] = [];
  if (networking.size > 0) {
    sections.push([
      ...commentLines(layout.firewallComment, name, title),
      ...settingLines(['networking'], networking, tab),
    ]);
  }
  sections.push(
    [...commentLines(layout.serviceComment, name, title), blank('start') + first, ...others],
    [...stateVersion],
  );
  return [
    ...commentLines(layout.containerComment, name, title),
    `${writeAttrPath(['containers', name])} = {`,
    ...(layout.gapIn.container ? [''] : []),
    ...indented(
      [
        'autoStart = true;',
        ...(layout.gapBeforeNetwork ? [''] : []),
        ...network.map(([option, value]) => `${option} = ${value};`),
        '',
        'config = {',
        ...(layout.gapIn.config ? [''] : []),
        ...indented(
          sections.flatMap((section, index) => (index === 0 ? section : ['', ...section])),
          tab,
        ),
        '};',
      ],
      tab,
    ),
    '};',
  ];
}
