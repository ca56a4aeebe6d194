import { bareAddress } from '../homelab/addresses';
import { locate, type Homelab } from '../homelab/homelab';
import type { AddressUse, Container, Fact, Host } from '../homelab/model';
import type { Range } from '../nix/positions';
import type { SourceFile } from '../nix/source-file';
import type { Expr, SelectExpr } from '../nix/syntax';
import { definitionsOf, indexOf, type HomelabIndex, type HostedUse } from './homelab-index';
import { syntaxAt, type PlacedNode } from './syntax-at';

/** An address that a place of a file speaks of. */
export interface AddressMention {
  /** What is under the cursor; UTF-16 offsets. */
  readonly range: Range;
  /** Canonical, without a prefix; null where an option's value is not known. */
  readonly address: string | null;
  /** The options whose value is written here; empty for an address that is only mentioned. */
  readonly uses: readonly HostedUse[];
}

/**
 * The address at a place: one that is spelled out in a string, the value of an address option, or a reference to one.
 * @param offset UTF-16, from 0
 */
export function addressMention(homelab: Homelab, file: SourceFile, offset: number): AddressMention | null {
  const chain = syntaxAt(file, offset);
  const written = writtenAddress(file, chain.at(-1), offset);
  const uses = usesWrittenAt(homelab, file, offset);
  if (written !== null)
    return { ...written, uses: uses.filter(({ use }) => addressOf(use.fact) === written.address) };
  return fromOption(homelab, file, offset, uses) ?? fromReference(homelab, chain);
}

/** Addresses as they stand in the text: four numbers, or something with colons. */
const WRITTEN = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*)(?![\w.]*\w)/gi;

function writtenAddress(
  file: SourceFile,
  innermost: PlacedNode | undefined,
  offset: number,
): { range: Range; address: string } | null {
  if (innermost?.node.kind !== 'string' && innermost?.node.kind !== 'uri') return null;
  const { start, end } = innermost.range;
  const lineStart = Math.max(start, file.text.lastIndexOf('\n', offset - 1) + 1);
  const lineEnd = file.text.indexOf('\n', offset);
  const text = file.text.slice(lineStart, lineEnd === -1 ? end : Math.min(end, lineEnd));
  for (const match of text.matchAll(WRITTEN)) {
    const range = { start: lineStart + match.index, end: lineStart + match.index + match[0].length };
    if (offset < range.start || offset > range.end) continue;
    const address = bareAddress(match[0]);
    if (address !== null) return { range, address };
  }
  return null;
}

/** The address options of all hosts whose value is written at a place: where they are set, or as the literal they go back to. */
function usesWrittenAt(homelab: Homelab, file: SourceFile, offset: number): HostedUse[] {
  return indexOf(homelab)
    .usesWrittenIn(file.path)
    .filter(({ use }) =>
      rangesIn(homelab, file, use).some(({ start, end }) => start <= offset && offset <= end),
    );
}

/** Where a file writes an address: the literal first, which is the smaller of the two. */
function rangesIn(homelab: Homelab, file: SourceFile, use: AddressUse): Range[] {
  const { fact } = use;
  const origins = fact.kind === 'known' ? [fact.literal, fact.definition] : definitionsOf(use);
  return origins.flatMap((origin) => {
    if (origin?.anchor.source !== file.path) return [];
    const spot = locate(homelab, origin);
    return spot === null ? [] : [spot.range];
  });
}

function fromOption(
  homelab: Homelab,
  file: SourceFile,
  offset: number,
  uses: readonly HostedUse[],
): AddressMention | null {
  const [first] = uses;
  if (first === undefined) return null;
  const range = rangesIn(homelab, file, first.use).find(({ start, end }) => start <= offset && offset <= end);
  if (range === undefined) return null;
  const address = addressOf(first.use.fact);
  if (address === null && first.use.fact.kind === 'known') return null;
  return { range, address, uses: uses.filter(({ use }) => addressOf(use.fact) === address) };
}

/** `config.containers.<name>.<option>` under the cursor, where that is an address. */
function fromReference(homelab: Homelab, chain: readonly PlacedNode[]): AddressMention | null {
  const selection = [...chain].reverse().find(({ node }) => node.kind === 'select');
  if (selection?.node.kind !== 'select') return null;
  const target = referenceOf(selection.node);
  if (target === null) return null;
  for (const { host, container } of indexOf(homelab).containersNamed(target.container)) {
    const use = addressUse(container, target.option);
    if (use === undefined) continue;
    const address = addressOf(use.fact);
    if (address !== null) return { range: selection.range, address, uses: [{ host, use }] };
  }
  return null;
}

function referenceOf({ subject, path }: SelectExpr): { container: string; option: string } | null {
  if (subject.kind !== 'variable') return null;
  const [section, container, ...option] = path.map(({ text }) => text);
  if (section !== 'containers' || container == null || option.length === 0 || option.includes(null))
    return null;
  return { container, option: option.join('.') };
}

/** The address option of a host's container that an expression such as `config.containers.web.localAddress` names; null for others. */
export function addressNamedBy(index: HomelabIndex, host: Host, expr: Expr): AddressUse | null {
  const target = expr.kind === 'select' ? referenceOf(expr) : null;
  if (target === null) return null;
  const named = index.containersNamed(target.container).find((hosted) => hosted.host === host);
  return named === undefined ? null : (addressUse(named.container, target.option) ?? null);
}

function addressUse(container: Container, option: string): AddressUse | undefined {
  return container.addresses.find((use) => use.option === option);
}

/** The address a fact is; null where it is not known, or no address. */
export function addressOf(fact: Fact<string>): string | null {
  return fact.kind === 'known' ? bareAddress(fact.value) : null;
}
