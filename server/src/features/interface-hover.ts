import type { Container, Host } from '../homelab/model';
import { hostInterface } from '../homelab/networks';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import { onHost } from './container-summary';
import { scanBefore } from './cursor/scan';
import type { HomelabIndex } from './homelab-index';
import type { Inline, Paragraph } from './markdown';
import { placeName } from './value-words';
import { ownDefinitions, spotsOf } from './places';
import { syntaxAt } from './syntax-at';

/** The host's ends of the containers' links, where a text or a name speaks of them. */

/** A name of such an interface in a file. */
export interface InterfaceMention {
  readonly range: Range;
  readonly name: string;
}

const WORD = /(?<![\w.-])v[eb]-(?:[\w.-]*\w[+*]?|[+*])/g;

/** The interface that a text or an attribute's name speaks of at a place; null where it speaks of none. */
export function interfaceMention(file: SourceFile, offset: number): InterfaceMention | null {
  const around = rangeAround(file, offset);
  if (around === null) return null;
  const from = Math.max(around.start, file.text.lastIndexOf('\n', offset - 1) + 1);
  const lineEnd = file.text.indexOf('\n', offset);
  const to = lineEnd === -1 ? around.end : Math.min(around.end, lineEnd);
  for (const match of file.text.slice(from, to).matchAll(WORD)) {
    const range = { start: from + match.index, end: from + match.index + match[0].length };
    if (range.start <= offset && offset <= range.end) return { range, name: match[0] };
  }
  return null;
}

/** The text or the name that a place is in, also where a syntax error hides it. */
function rangeAround(file: SourceFile, offset: number): Range | null {
  const innermost = syntaxAt(file, offset).at(-1);
  if (innermost?.node.kind === 'string' || innermost?.node.kind === 'attr-name') return innermost.range;
  if (file.errors.length === 0) return null;
  const top = scanBefore(file.text, offset, true).frames.at(-1);
  return top?.kind === 'string' ? { start: top.inside, end: file.text.length } : null;
}

/** Whose link an interface is, on each host; nothing where it is that of no container. */
export function interfaceParagraphs(
  index: HomelabIndex,
  hosts: readonly Host[],
  { name }: InterfaceMention,
): Paragraph[] {
  return hosts.flatMap((host) =>
    /[+*]$/.test(name) ? pattern(host, name) : [...ofContainer(index, host, name), ...further(host, name)],
  );
}

function ofContainer(index: HomelabIndex, host: Host, name: string): Paragraph[] {
  return host.containers.flatMap((container): Paragraph[] => {
    const real = hostInterface(container);
    if (real === null) return [];
    const long = longName(container);
    if (name !== real && name !== long) return [];
    const whose: Inline[] = [
      'the host’s end of the link of the container ',
      { code: container.name },
      ...onHost(host),
      ...(container.status === 'active' ? [] : [` (${container.status})`]),
    ];
    const place = spotsOf(
      index.homelab,
      ownDefinitions(container).map(({ nameAt }) => nameAt),
    )
      .slice(0, 1)
      .flatMap((spot): Inline[] => [', defined in ', placeName(host, spot)]);
    const addresses = addressesOf(container);
    return [
      name === real
        ? { pieces: [{ code: name }, ' is ', ...whose, ...place, '.'] }
        : {
            pieces: [
              'The interface is really called ',
              { code: real },
              ', since a name has at most 15 characters: it is ',
              ...whose,
              ...place,
              '. ',
              { code: name },
              ' is only its alternative name, which firewall rules do not know.',
            ],
          },
      ...(name === real && real !== long
        ? [{ bullet: true, pieces: ['Its long name, ', { code: long }, ', has more than 15 characters.'] }]
        : []),
      ...(addresses.length === 0 ? [] : [{ bullet: true, pieces: [...addresses, '.'] }]),
    ];
  });
}

function longName({ name, hostBridge }: Container): string {
  return `${hostBridge.kind === 'known' ? 'vb' : 've'}-${name}`;
}

function addressesOf({ hostBridge, hostAddress, localAddress }: Container): Inline[] {
  const guest: Inline[] =
    localAddress.kind === 'known' ? ['; the guest has ', { code: localAddress.value }] : [];
  if (hostBridge.kind === 'known') return ['On the bridge ', { code: hostBridge.value }, ...guest];
  return hostAddress.kind === 'known' ? ['Address: ', { code: hostAddress.value }, ...guest] : [];
}

/** An interface of `extraVeths`, which is called as it is written. */
function further(host: Host, name: string): Paragraph[] {
  return host.containers
    .filter(({ extraVeths }) => extraVeths.items.includes(name))
    .map((container) => ({
      pieces: [
        { code: name },
        ' is a further link of the container ',
        { code: container.name },
        ...onHost(host),
        ', by its ',
        { code: 'extraVeths' },
        '.',
      ],
    }));
}

const MOST = 10;

/** `ve-+` (iptables) or `ve-*` (nftables, networkd): every interface that begins so. */
function pattern(host: Host, name: string): Paragraph[] {
  const start = name.slice(0, -1);
  const matched = host.containers.filter(
    (container) => container.status === 'active' && hostInterface(container)?.startsWith(start) === true,
  );
  const shown = matched.slice(0, MOST);
  const more = matched.length - shown.length;
  return [
    {
      pieces: [
        { code: name },
        ': every interface whose name begins with ',
        { code: start },
        ...onHost(host),
        matched.length === 0 ? '. No container has one.' : '. These containers have one: ',
        ...shown.flatMap(({ name: own }, number): Inline[] => [number === 0 ? '' : ', ', { code: own }]),
        ...(matched.length === 0 ? [] : [more > 0 ? ` and ${more} others.` : '.']),
      ],
    },
    ...(host.containersOpen === null
      ? []
      : [{ bullet: true, pieces: ['There may be more containers than are known.'] }]),
  ];
}
