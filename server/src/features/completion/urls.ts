import { CompletionItemKind } from 'vscode-languageserver-types';
import { bareAddress } from '../../homelab/addresses';
import type { Container, Host } from '../../homelab/model';
import { valueOr } from '../../homelab/read';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { writeAttrName } from '../../nix/write';
import { traefikNode } from '../../schema/traefik/tree';
import type { StringContext, TextContext, ValueContext } from '../cursor/context';
import { traefikPlace, type OptionPath } from '../cursor/place';
import { valueOfNames } from '../expression-value';
import type { HomelabIndex } from '../homelab-index';
import { isMeantBy, MOST_ITEMS, RANK, type Candidate, type SideEdit } from './candidate';
import { configAt, type ConfigName } from './config-name';
import { portsIn, portsOnHost, type NamedPort } from './ports';
import { stringSlot } from './string-slot';
import type { Found } from './values';

/** Addresses and ports inside URLs, of Traefik's servers and of any other text. */

const INTERPOLATION = String.raw`\$\{[^{}]*\}`;
/** `http://HOST` as far as it is typed. */
const AUTHORITY = new RegExp(`(?:^|[\\s"'=@(])[a-z][a-z0-9+.-]*://((?:${INTERPOLATION}|[\\w.-])*)$`, 'i');
/** `HOST:PORT` as far as it is typed. */
const PORT = new RegExp(`(${INTERPOLATION}|[\\w-]+(?:\\.[\\w-]+)*|\\[[0-9a-f:]+\\]):(\\d*)$`, 'i');

/**
 * What can be written inside a URL; null where none is being written.
 * @param offset UTF-16, from 0
 */
export function urlCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: StringContext | TextContext,
  offset: number,
): Found | null {
  const { text } = file;
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(Math.max(context.content.start, line), offset);
  const hosts = index.hostsOf(file.path);
  const port = PORT.exec(before);
  if (port !== null) {
    const [, name = '', typed = ''] = port;
    const ports = portsBehind(index, file, hosts, name, offset - typed.length - 1);
    if (ports.length === 0) return null;
    const rest = /^\d*/.exec(text.slice(offset))?.[0].length ?? 0;
    const range = { start: offset - typed.length, end: offset + rest };
    return all(ports.map((own) => portCandidate(own, range, '', ending(context, text, range.end))));
  }
  const path = 'path' in context ? context.path : null;
  const scheme = path === null ? null : schemeOfServer(path);
  const authority = AUTHORITY.exec(before) ?? (scheme === '' ? /^([\w.-]*)$/.exec(before) : null);
  if (authority !== null) {
    const [, typed = ''] = authority;
    const interpolated = /(\$\{[^{}]*\})$/.exec(typed)?.[1];
    if (interpolated !== undefined) {
      const range = { start: offset, end: offset };
      if (/^[\w:.]/.test(text.slice(offset))) return null;
      const ports = portsBehind(index, file, hosts, interpolated, offset);
      return all(ports.map((own) => portCandidate(own, range, ':', ending(context, text, offset))));
    }
    if (typed.includes('${')) return null;
    const rest = /^(?:\$\{[^{}]*\}|[\w.-])*(?::\d*)?/.exec(text.slice(offset))?.[0].length ?? 0;
    const range = { start: offset - typed.length, end: offset + rest };
    return addresses(index, file, context, range, {
      prefix: '',
      suffix: ending(context, text, range.end),
      typed,
    });
  }
  if (scheme === null || before !== '' || /[^\s]/.test(text.slice(offset, context.content.end))) return null;
  const suffix = ending(context, text, context.content.end);
  return addresses(index, file, context, context.content, { prefix: scheme, suffix });
}

/** Whole URLs as a value; none where the option is no server of Traefik's. */
export function wholeUrls(index: HomelabIndex, file: SourceFile, context: ValueContext): Candidate[] {
  const scheme = schemeOfServer(context.path);
  if (scheme === null) return [];
  const { range, opening, closing } = stringSlot(file, context);
  const found = addresses(index, file, context, range, { prefix: opening + scheme, suffix: closing });
  return [...found.candidates];
}

/** What a server's address in Traefik begins with; null where a path leads to none. */
function schemeOfServer(path: OptionPath): string | null {
  const place = traefikPlace(path);
  const below = place?.below.map((name) => name?.toLowerCase() ?? 'x') ?? [];
  const node = place === null ? null : traefikNode(place.part, below);
  switch (node?.path) {
    case 'http.services.<name>.loadBalancer.servers.*.url':
      return 'http://';
    case 'tcp.services.<name>.loadBalancer.servers.*.address':
    case 'udp.services.<name>.loadBalancer.servers.*.address':
      return '';
    default:
      return null;
  }
}

/** The closing quote, where an address ends a string that has none. */
function ending(context: StringContext | TextContext, text: string, end: number): string {
  if (context.closed || end !== context.content.end) return '';
  if (context.kind === 'string') return context.quote === '"' ? stringSlot({ text }, context).closing : '';
  return context.quote === '"' ? '"' : '';
}

function all(candidates: readonly Candidate[]): Found {
  return { candidates, more: false };
}

function portCandidate({ port, detail }: NamedPort, range: Range, before: string, after: string): Candidate {
  return {
    label: `${before}${port}`,
    kind: CompletionItemKind.Value,
    range,
    newText: `${before}${port}${after}`,
    detail,
    rank: RANK.first,
  };
}

/** The ports of what answers to a name or an address. */
function portsBehind(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  name: string,
  offset: number,
): NamedPort[] {
  const found = hosts.flatMap((host) => {
    const address = name.startsWith('$') ? interpolated(index, host, file, offset, name.slice(2, -1)) : name;
    return address === null ? [] : portsAtAddress(index, host, address);
  });
  return [...new Map(found.map((own) => [`${own.port} ${own.detail}`, own])).values()];
}

function portsAtAddress(index: HomelabIndex, host: Host, name: string): readonly NamedPort[] {
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(name)) return portsOnHost(host);
  const address = bareAddress(name.replace(/^\[|\]$/g, ''));
  if (address === null) {
    const container = /^(.+)\.containers$/.exec(name)?.[1];
    return host.containers.filter((own) => own.name === container).flatMap(portsIn);
  }
  const uses = index.usesOf(host, address).filter(({ side }) => side === 'local');
  return [...new Set(uses.map(({ container }) => container))].flatMap(portsIn);
}

/** What an interpolation of names evaluates to; where the file is too broken for that, what its names say. */
function interpolated(
  index: HomelabIndex,
  host: Host,
  file: SourceFile,
  offset: number,
  written: string,
): string | null {
  const names = namesOf(written.trim());
  if (names === null) return null;
  const value = valueOfNames(index, host, file, offset, names);
  if (value !== null && 'type' in value) return value.type === 'string' ? value.text : null;
  const at = names.indexOf('containers');
  const [container, option, ...more] = at === -1 ? [] : names.slice(at + 1);
  if (more.length > 0 || (option !== 'localAddress' && option !== 'localAddress6')) return null;
  const own = host.containers.find(({ name }) => name === container);
  return own === undefined ? null : valueOr(own[option], null);
}

function namesOf(written: string): string[] | null {
  if (!/^[A-Za-z_][\w'-]*(?:\.(?:[A-Za-z_][\w'-]*|"[^"\\$]*"))*$/.test(written)) return null;
  return [...written.matchAll(/"([^"]*)"|[\w'-]+/g)].map(([name, quoted]) => quoted ?? name);
}

interface Around {
  readonly prefix: string;
  readonly suffix: string;
  /** What stands before the cursor of what is replaced. */
  readonly typed?: string;
}

/** The addresses of containers with their ports, by their option where the file can read it, and as they are. */
function addresses(
  index: HomelabIndex,
  file: SourceFile,
  context: StringContext | TextContext | ValueContext,
  range: Range,
  { prefix, suffix, typed = '' }: Around,
): Found {
  const config = configAt(index, file, context.frames);
  const path = 'path' in context ? context.path : [];
  const owner = traefikPlace(path)?.below[2] ?? null;
  const ownFile = new Set(index.containersDefinedIn(file.path).map(({ container }) => container.name));
  const isMeant = ({ name }: Container): boolean => name === owner || (owner === null && ownFile.has(name));
  const active = index
    .hostsOf(file.path)
    .flatMap(({ containers }) => containers)
    .filter(({ name, status }) => status !== 'disabled' || ownFile.has(name));
  const candidates: Candidate[] = [];
  // Of very many, those that are meant are made and not all.
  for (const container of [...active.filter(isMeant), ...active]) {
    if (candidates.length > MOST_ITEMS) break;
    for (const { written, detail, edits, late } of writtenAddresses(container, config)) {
      if (!isMeantBy(typed, written)) continue;
      candidates.push({
        label: prefix.replace(/^"/, '') + written,
        kind: CompletionItemKind.Value,
        range,
        newText: prefix + written + suffix,
        detail,
        rank: (isMeant(container) ? RANK.first : RANK.usual) + late,
        ...(edits.length === 0 ? {} : { sideEdits: edits }),
      });
    }
  }
  return { candidates, more: candidates.length > MOST_ITEMS };
}

/** How the URL of a container's service is written best; null where it has no address that is known. */
export function backendOf(container: Container, config: ConfigName | null): WrittenAddress | null {
  return writtenAddresses(container, config)[0] ?? null;
}

export interface WrittenAddress {
  readonly written: string;
  readonly detail: string;
  readonly edits: readonly SideEdit[];
  /** 0 for what comes first. */
  readonly late: number;
}

function writtenAddresses(container: Container, config: ConfigName | null): WrittenAddress[] {
  const { name, localAddress, privateNetwork } = container;
  const ports = portsIn(container);
  const [first] = ports;
  const port = first === undefined ? '' : `:${first.port}`;
  const described = first === undefined ? name : `${name}, ${first.detail}`;
  if (localAddress.kind !== 'known')
    return privateNetwork.kind === 'unknown' || valueOr(privateNetwork, false) || first === undefined
      ? []
      : [
          {
            written: `127.0.0.1${port}`,
            detail: `${described}, in the host’s network`,
            edits: [],
            late: 0.2,
          },
        ];
  if (!valueOr(privateNetwork, false)) return [];
  const address = bareAddress(localAddress.value);
  if (address === null) return [];
  const literal = { written: `${address}${port}`, detail: described, edits: [], late: 0.1 };
  // A prefix would become part of the URL.
  if (config === null || localAddress.value.includes('/')) return [literal];
  const option = `${config.name}.containers.${writeAttrName(name)}.localAddress`;
  const computed = {
    written: `\${${option}}${port}`,
    detail: `${address}, ${described}`,
    edits: config.edits,
    late: 0,
  };
  return [computed, literal];
}
