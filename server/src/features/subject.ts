import type { Host } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { cursorContext } from './cursor-context';
import { traefikPlace, type OptionPath } from './cursor/place';
import { evaluatedNameAt, filledIn } from './evaluated-places';
import type { HomelabIndex } from './homelab-index';
import { rangeOfMention, type Mention } from './mentions';
import { syntaxAt } from './syntax-at';
import { fileAt, writtenFile } from './written-file';

/** What the word or string under the cursor speaks of. */
export type Subject = { readonly range: Range; readonly hosts: readonly Host[] } & (
  | { readonly kind: 'container'; readonly name: string; readonly reference: boolean }
  | (TraefikSubject & { readonly reference: boolean })
  /** The text of a router's rule. */
  | {
      readonly kind: 'rule';
      readonly router: string;
      readonly proxy: string | null;
      readonly protocol: string;
    }
  /** The URL of a service's server. */
  | {
      readonly kind: 'url';
      readonly service: string;
      readonly proxy: string | null;
      readonly protocol: string;
    }
  | { readonly kind: 'option'; readonly path: OptionPath; readonly reference: boolean }
  | { readonly kind: 'import'; readonly file: string }
);

/** Something that Traefik's configuration gives a name. */
export interface TraefikSubject {
  readonly kind: 'router' | 'service' | 'middleware' | 'entryPoint';
  readonly name: string;
  /** The container Traefik runs in; null on the host. */
  readonly proxy: string | null;
  /** `http`, `tcp` or `udp`; empty for an entry point. */
  readonly protocol: string;
}

/**
 * What is under the cursor; null where it is nothing of the configuration.
 * @param offset UTF-16, from 0
 */
export function subjectAt(index: HomelabIndex, file: SourceFile, offset: number): Subject | null {
  const hosts = index.hostsOf(file.path);
  const chain = syntaxAt(file, offset);
  const innermost = chain.at(-1);
  if (innermost?.node.kind === 'path') {
    const target = writtenFile(index.homelab.files, innermost.node);
    return target === null ? null : { kind: 'import', file: target, range: innermost.range, hosts };
  }
  const context = cursorContext(index, file, wordEnd(file.text, offset));
  switch (context.kind) {
    case 'name': {
      const name = wordOf(file, context.word);
      if (name === '') return null;
      // Where the place cannot be told, it is what the set evaluates to: in the argument of a function, say.
      const path =
        context.set === null
          ? evaluatedNameAt(index, file, offset)
          : filledIn([...context.set, ...context.before, name], () => evaluatedNameAt(index, file, offset));
      return path === null ? null : named(path, context.word, false, hosts);
    }
    case 'inherit':
    case 'attributes': {
      const name = wordOf(file, context.word);
      if (context.set === null || name === '') return null;
      return named([...context.set, name], context.word, false, hosts);
    }
    case 'select': {
      const name = wordOf(file, context.word);
      return name === '' ? null : named([...context.path, name], context.word, true, hosts);
    }
    case 'path': {
      // A syntax error hides the path: it is what stands there.
      const range = { start: context.typed.start, end: pathEnd(file.text, offset) };
      const target =
        range.start === range.end ? null : fileAt(index.homelab.files, file.path, wordOf(file, range));
      return target === null ? null : { kind: 'import', file: target, range, hosts };
    }
    case 'string':
      return inString(context.path, context.content, wordOf(file, context.content), hosts);
    default:
      return null;
  }
}

/** What a mention speaks of; null where the text has changed, or where it is nothing of the configuration. */
export function subjectOfMention(mention: Mention, file: SourceFile, hosts: readonly Host[]): Subject | null {
  const range = rangeOfMention(file, mention);
  if (range === null) return null;
  return mention.kind === 'name'
    ? named(mention.path, range, mention.reference, hosts)
    : inString(mention.path, range, wordOf(file, range), hosts);
}

/** Whether two subjects are the same thing, be it named where it is written or where it is referred to. */
export function isSameSubject(a: Subject, b: Subject): boolean {
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'container':
      return b.kind === 'container' && a.name === b.name;
    case 'option':
      return (
        b.kind === 'option' &&
        a.path.length === b.path.length &&
        a.path.every((name, at) => name !== null && name !== '*' && name === b.path[at])
      );
    case 'import':
      return b.kind === 'import' && a.file === b.file;
    case 'url':
      return b.kind === 'url' && a.range.start === b.range.start;
    case 'rule':
      return b.kind === 'rule' && a.range.start === b.range.start;
    default:
      return (
        'name' in b && 'proxy' in b && a.name === b.name && a.proxy === b.proxy && a.protocol === b.protocol
      );
  }
}

/** The end of the word that an offset is in or behind. */
export function wordEnd(text: string, offset: number): number {
  const rest = /^[A-Za-z0-9_'-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  // `''` ends a string.
  const quotes = rest.indexOf("''");
  return offset + (quotes === -1 ? rest.length : quotes);
}

function pathEnd(text: string, offset: number): number {
  return offset + (/^[\w.+/-]*/.exec(text.slice(offset, offset + 400))?.[0].length ?? 0);
}

function wordOf(file: SourceFile, { start, end }: Range): string {
  return file.text.slice(start, end);
}

function named(path: OptionPath, range: Range, reference: boolean, hosts: readonly Host[]): Subject {
  const name = path.at(-1) ?? '';
  if (path.length === 2 && path[0] === 'containers')
    return { kind: 'container', name, reference, range, hosts };
  const place = traefikPlace(path);
  const [protocol = '', section = '', , ...more] = (place?.below ?? []).map(
    (part) => part?.toLowerCase() ?? '',
  );
  if (place !== null && more.length === 0) {
    const at = { name, proxy: place.container, reference, range, hosts };
    if (place.part === 'static' && protocol === 'entrypoints' && place.below.length === 2)
      return { kind: 'entryPoint', protocol: '', ...at };
    const kind = SECTIONS.get(section);
    if (place.part === 'dynamic' && kind !== undefined && place.below.length === 3)
      return { kind, protocol, ...at };
  }
  return { kind: 'option', path, reference, range, hosts };
}

const SECTIONS: ReadonlyMap<string, TraefikSubject['kind']> = new Map([
  ['routers', 'router'],
  ['services', 'service'],
  ['middlewares', 'middleware'],
]);

function inString(path: OptionPath, range: Range, text: string, hosts: readonly Host[]): Subject | null {
  const place = traefikPlace(path);
  if (place === null) return null;
  const below = place.below.map((part) => part?.toLowerCase() ?? '');
  const proxy = place.container;
  const reference = true;
  const field = below.filter((part) => part !== '*').slice(place.part === 'static' ? 2 : 3);
  const key = field.join('.');
  const [protocol = '', section] = below;
  if (place.part === 'static') {
    if (protocol !== 'entrypoints') return null;
    if (key === 'http.middlewares')
      return {
        kind: 'middleware',
        name: text.replace(/@.*$/, ''),
        proxy,
        protocol: 'http',
        reference,
        range,
        hosts,
      };
    if (key === 'http.redirections.entrypoint.to')
      return { kind: 'entryPoint', name: text, proxy, protocol: '', reference, range, hosts };
    return null;
  }
  const owner = place.below[2] ?? '';
  if (section === 'routers') {
    if (key === 'rule') return { kind: 'rule', router: owner, proxy, protocol, range, hosts };
    if (key === 'service')
      return { kind: 'service', name: text.replace(/@file$/, ''), proxy, protocol, reference, range, hosts };
    if (key === 'middlewares')
      return { kind: 'middleware', name: text.replace(/@.*$/, ''), proxy, protocol, reference, range, hosts };
    if (key === 'entrypoints')
      return { kind: 'entryPoint', name: text, proxy, protocol: '', reference, range, hosts };
  }
  if (section === 'services' && /^loadbalancer\.servers\.(?:url|address)$/.test(key))
    return { kind: 'url', service: owner, proxy, protocol, range, hosts };
  if (section === 'middlewares' && key === 'chain.middlewares')
    return { kind: 'middleware', name: text.replace(/@.*$/, ''), proxy, protocol, reference, range, hosts };
  return null;
}
