import type { Hover, MarkupKind } from 'vscode-languageserver-types';
import { locate, type Homelab } from '../homelab/homelab';
import type { Host } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { hostOptions, lookupOption } from '../schema/lookup';
import { argumentParagraphs, isPassedOn } from './argument-hover';
import { containerSummary, onHost, shownFile } from './container-summary';
import { cursorContext } from './cursor-context';
import { containerPlace, moduleKeyAt, tablePath } from './cursor/place';
import { declaredAt } from './declared-options';
import { evaluatedNameAt, evaluatedSetAt } from './evaluated-places';
import { explain, notKnown } from './explained-expression';
import { sayExpression } from './expression-hover';
import { valueOfExpression } from './expression-value';
import { indexOf, type HomelabIndex } from './homelab-index';
import { formerParagraphs } from './former-options';
import { interfaceMention, interfaceParagraphs } from './interface-hover';
import { literalParts } from './literal-parts';
import { markup, type Inline, type Paragraph } from './markdown';
import { moduleSummary } from './module-summary';
import { optionParagraphs } from './option-documentation';
import { nodeAt } from './option-value';
import { placeParagraphs } from './place-description';
import { lspRange } from './positions';
import { answeredBy, routeSummary } from './route-summary';
import { routesOfSiteNamedAt } from './site-routes';
import { subjectAt, wordEnd, type Subject, type TraefikSubject } from './subject';
import { syntaxAt } from './syntax-at';
import { routesOfService, routesWhere, traefikEntry } from './traefik-entries';
import { freeKeyParagraphs, ruleParagraphs, traefikEntryParagraphs } from './traefik-hover';
import { optionValueParagraphs } from './value-place';
import { scalar, type LineInView } from './value-words';

/** What a hover is asked for. */
export interface HoverInput {
  readonly homelab: Homelab;
  readonly file: SourceFile;
  /** UTF-16, from 0. */
  readonly offset: number;
  readonly kind: MarkupKind;
}

/** What is said of a place. */
export interface Said {
  readonly range: Range;
  readonly paragraphs: readonly Paragraph[];
  /** Whether the place names a thing of the homelab, rather than an option or a value. */
  readonly thing: boolean;
  /** Whether it is the value of an expression that stands in no container and no Traefik configuration. */
  readonly plainNix: boolean;
}

/** The documentation of an option, a container's or a router's summary, or the value of a URL; null for other places. */
export function optionHover(input: HoverInput): Hover | null {
  const said = sayAt(input.homelab, input.file, input.offset);
  if (said === null) return null;
  return {
    contents: markup(said.paragraphs, input.kind),
    range: lspRange(input.file.lines, said.range),
  };
}

/**
 * What there is to say of a place of a file.
 * @param offset UTF-16, from 0
 */
export function sayAt(homelab: Homelab, file: SourceFile, offset: number): Said | null {
  const index = indexOf(homelab);
  const subject = subjectAt(index, file, offset);
  const link = interfaceMention(file, offset);
  const linked = link === null ? [] : interfaceParagraphs(index, index.hostsOf(file.path), link);
  if (link !== null && linked.length > 0 && subject?.kind !== 'container') {
    const doc = subject?.kind === 'option' ? describe(index, file, offset, subject) : [];
    return { range: link.range, paragraphs: [...linked, ...doc], thing: true, plainNix: false };
  }
  if (subject === null) return sayArgument(index, file, offset) ?? sayExpression(index, file, offset);
  const described = describe(index, file, offset, subject);
  const paragraphs =
    described.length === 0 && 'protocol' in subject && 'name' in subject
      ? traefikEntryParagraphs(subject)
      : described;
  const thing = subject.kind !== 'option' && subject.kind !== 'url' && subject.kind !== 'rule';
  return paragraphs.length === 0 ? null : { range: subject.range, paragraphs, thing, plainNix: false };
}

function describe(index: HomelabIndex, file: SourceFile, offset: number, subject: Subject): Paragraph[] {
  const { hosts } = subject;
  switch (subject.kind) {
    case 'container':
      return index
        .containersNamed(subject.name)
        .filter(({ host }) => hosts.includes(host))
        .flatMap(({ host, container }) => containerSummary(index, host, container));
    case 'router':
      return routesWhere(
        hosts,
        ({ router, proxyContainer, protocol }) =>
          router === subject.name && proxyContainer === subject.proxy && protocol === subject.protocol,
      ).flatMap(({ host, route }) => routeSummary(host, route));
    case 'rule':
      return [
        ...ruleParagraphs(hosts, subject, file, offset),
        ...routesWhere(
          hosts,
          ({ router, proxyContainer, protocol }) =>
            router === subject.router && proxyContainer === subject.proxy && protocol === subject.protocol,
        ).flatMap(({ host, route }) => routeSummary(host, route)),
      ];
    case 'service':
      return describeService(hosts, subject);
    case 'middleware':
    case 'entryPoint':
      return hosts.flatMap((host) => describeNamed(index, host, subject));
    case 'url':
      return describeUrl(index, file, offset, subject);
    case 'option':
      return [
        ...routesOfSiteNamedAt(index, file, offset).flatMap(({ host, route }) => routeSummary(host, route)),
        ...describeOptionAt(index, file, offset, subject),
      ];
    case 'import':
      return moduleSummary(index, hosts, subject.file);
  }
}

function describeService(hosts: readonly Host[], { name, proxy, protocol }: TraefikSubject): Paragraph[] {
  return routesOfService(hosts, name, proxy, protocol).flatMap(({ host, route }) => [
    { pieces: [`Service (${protocol}) `, { code: name }, ...onHost(host), ', used by:'] },
    ...routeSummary(host, route),
  ]);
}

function describeNamed(index: HomelabIndex, host: Host, subject: TraefikSubject): Paragraph[] {
  const entry = traefikEntry(index, host, subject);
  if (entry === null) return [];
  const spot = locate(index.homelab, entry.at);
  const { name } = subject;
  const users = host.routes.filter(({ middlewares, entryPoints, proxyContainer }) => {
    const list = subject.kind === 'middleware' ? middlewares : entryPoints;
    return proxyContainer === subject.proxy && list.items.some((item) => item.replace(/@file$/, '') === name);
  });
  const what = subject.kind === 'middleware' ? 'Middleware ' : 'Entry point ';
  const kinds = [...(entry.value?.entries.keys() ?? [])];
  const shown = users.slice(0, 8);
  return [
    {
      pieces: [
        what,
        { code: name },
        ...onHost(host),
        ...(subject.kind === 'middleware' && kinds.length > 0 ? [': ', { code: kinds.join(', ') }] : []),
        ...(spot === null
          ? []
          : [', defined in ', { code: `${shownFile(spot.file, host)}:${spot.line + 1}` }]),
        '.',
      ],
    },
    {
      pieces:
        users.length === 0
          ? ['No router uses it by name.']
          : [
              'Used by ',
              ...shown.flatMap(({ router }, number): Inline[] => [
                number === 0 ? '' : ', ',
                { code: router },
              ]),
              users.length > shown.length ? ` and ${users.length - shown.length} others.` : '.',
            ],
    },
  ];
}

/** The URL of a server as it is after evaluation, with where its parts come from. */
function describeUrl(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  { hosts, service, proxy, protocol }: Subject & { kind: 'url' },
): Paragraph[] {
  const chain = syntaxAt(file, offset);
  const innermost = chain.at(-1);
  if (innermost?.node.kind !== 'string') return [];
  const { node } = innermost;
  return hosts.flatMap((host): Paragraph[] => {
    const value = valueOfExpression(index, host, file, chain, node);
    const shown = scalar(value);
    const target = routesOfService([host], service, proxy, protocol)
      .flatMap(({ route }) => route.backends)
      .find(({ url }) => url.kind === 'known' && url.value === shown);
    return [
      {
        pieces: [
          ...(shown === null ? notKnown(index, file, value) : [{ code: shown }]),
          ...onHost(host),
          ...(target === undefined ? [] : answeredBy(target)),
          '.',
        ],
      },
      ...node.parts.flatMap((part): Paragraph[] =>
        typeof part === 'string'
          ? []
          : [{ bullet: true, pieces: explain(index, host, file, chain, part).pieces }],
      ),
    ];
  });
}

/** An argument in the head of a module, also of one that is half-typed. */
function sayArgument(index: HomelabIndex, file: SourceFile, offset: number): Said | null {
  const end = wordEnd(file.text, offset);
  const context = cursorContext(index, file, end);
  if (context.kind !== 'argument' || context.path === null) return null;
  const name = file.text.slice(context.word.start, context.word.end);
  if (name === '') return null;
  const hosts = index.hostsOf(file.path);
  const argument = { name, path: context.path };
  const paragraphs = argumentParagraphs(index, hosts, file, argument, lineInView(file, offset));
  const plainNix = !isPassedOn(index, hosts, argument);
  return paragraphs.length === 0 ? null : { range: context.word, paragraphs, thing: false, plainNix };
}

/** An option by its spelling; where that says nothing, by what it evaluates to. */
function describeOptionAt(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  subject: Subject & { kind: 'option' },
): Paragraph[] {
  const view = lineInView(file, offset);
  const spelled = describeOption(index, subject.hosts, subject, view);
  if (spelled.length > 0 || subject.reference) return spelled;
  const path = evaluatedNameAt(index, file, offset);
  const said = path === null ? [] : describeOption(index, subject.hosts, { ...subject, path }, view);
  if (said.length > 0) return said;
  // No value has the names that the module system takes for itself.
  const key = moduleKeyAt([
    ...(evaluatedSetAt(index, file, offset)?.path ?? [null]),
    subject.path.at(-1) ?? null,
  ]);
  return key === null ? [] : [...optionParagraphs(key)];
}

function describeOption(
  index: HomelabIndex,
  hosts: readonly Host[],
  { path, reference }: Subject & { kind: 'option' },
  view: LineInView,
): Paragraph[] {
  const found = lookupOption(hostOptions(), tablePath(path));
  const key = moduleKeyAt(path);
  if (key !== null) return [...optionParagraphs(key)];
  const values = hosts.flatMap((host) => {
    const node = nodeAt(index, host, path);
    return node === null
      ? []
      : optionValueParagraphs(index.homelab, host, node, view, reference, (source) =>
          literalParts(index, host, source),
        );
  });
  const doc = found?.doc ?? declaredAt(index, hosts, path);
  if (doc !== null) return [...values, ...optionParagraphs(doc)];
  const former = formerParagraphs(path);
  if (former.length > 0) return [...values, ...former];
  const free = freeKeyParagraphs(path);
  if (free.length > 0) return [...values, ...free];
  const name = containerPlace(path)?.container ?? null;
  const own = name === null ? [] : index.containersNamed(name).filter(({ host }) => hosts.includes(host));
  const listeners = own.flatMap(({ container }) => container.guest?.listeners ?? []);
  const place = placeParagraphs(path, listeners);
  return place.length === 0 && !reference ? [] : [...values, ...place];
}

function lineInView(file: SourceFile, offset: number): LineInView {
  return { file: file.path, line: file.lines.positionAt(offset).line };
}
