import { CompletionItemKind } from 'vscode-languageserver-types';
import { bareAddress } from '../../homelab/addresses';
import type { FreePair } from '../../homelab/free-pairs';
import type { Container, Host } from '../../homelab/model';
import type { SourceFile } from '../../nix/source-file';
import { writeString } from '../../nix/write';
import type { Frame, WrittenBinding } from '../cursor/frames';
import { containerPlace, type OptionPath } from '../cursor/place';
import { bindingsAround } from '../cursor/scan';
import type { HomelabIndex } from '../homelab-index';
import { RANK, type Candidate, type SideEdit } from './candidate';
import { beginsLine, indentationAt, lineEndOf, restOfLine } from './edit-text';

/** Free address pairs as values: one choice fills both halves. */

const MOST = 12;

type Half = 'hostAddress' | 'localAddress';

/** The half of a pair that an option is; null for other options. */
export function halfOf(path: OptionPath): Half | null {
  const below = containerPlace(path)?.below;
  const [option, ...rest] = below ?? [];
  return rest.length === 0 && (option === 'hostAddress' || option === 'localAddress') ? option : null;
}

export function otherHalf(half: Half): Half {
  return half === 'hostAddress' ? 'localAddress' : 'hostAddress';
}

/** The container that a path is in, on the first host that has it; null where none has it yet. */
export function containerOf(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): Container | null {
  const name = containerPlace(path)?.container;
  if (name == null) return null;
  return index.containersNamed(name).find(({ host }) => hosts.includes(host))?.container ?? null;
}

/** The pairs that a container may take and that begin with what is typed. */
function pairsFor(
  index: HomelabIndex,
  host: Host,
  container: string | null,
  typed: string,
): { pairs: FreePair[]; more: boolean } {
  const fitting = index
    .freePairs(host, container)
    .filter((pair) => pair.localAddress.startsWith(typed) || pair.hostAddress?.startsWith(typed) === true);
  return { pairs: fitting.slice(0, MOST), more: fitting.length > MOST };
}

/** Where the other half of a pair is written, or is to be written. */
export type OtherHalf =
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'literal'; readonly binding: WrittenBinding; readonly value: string }
  /** Computed, or written in another file: left alone. */
  | { readonly kind: 'elsewhere'; readonly value: string | null };

/** Looks for the other half beside the binding that is being written. */
export function findOtherHalf(
  file: SourceFile,
  frame: Frame,
  half: Half,
  container: Container | null,
): OtherHalf {
  const { text } = file;
  const start = frame.path[0]?.start ?? frame.inside;
  const wanted = otherHalf(half);
  const prefix = frame.path.slice(0, -1).map((segment) => segment.text);
  // The binding itself may be half-typed, so the bindings around it are read as if it were not there.
  const end = statementEnd(text, start);
  const without = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  const around = bindingsAround(without, start, file.errors.length > 0);
  const written = around.find(
    ({ path }) =>
      path.length === prefix.length + 1 &&
      path.at(-1)?.text === wanted &&
      prefix.every((name, index) => path[index]?.text === name),
  );
  if (written !== undefined) {
    const value = text.slice(written.valueStart, written.valueEnd).trim();
    const literal = /^"([^"\\$]*)"$/.exec(value)?.[1];
    return literal === undefined
      ? { kind: 'elsewhere', value: null }
      : { kind: 'literal', binding: written, value: literal };
  }
  const fact = container?.[wanted];
  const range = fact?.kind === 'known' && fact.literal?.kind === 'string' ? file.rangeOf(fact.literal) : null;
  if (fact?.kind === 'known' && fact.literal === fact.definition && range !== null) {
    const binding = { path: [], valueStart: range.start, valueEnd: range.end };
    return { kind: 'literal', binding, value: fact.value };
  }
  if (fact?.kind === 'known') return { kind: 'elsewhere', value: fact.value };
  if (fact?.kind === 'unknown') return { kind: 'elsewhere', value: null };
  const last = frame.path.at(-1);
  const dots = last === undefined ? '' : text.slice(start, last.start);
  return { kind: 'missing', name: dots + wanted };
}

/** Where a binding that may be half-typed ends: behind the `;` on its line, else at the line's end. */
function statementEnd(text: string, start: number): number {
  const line = text.slice(start).search(/[\r\n]/);
  const end = line === -1 ? text.length : start + line;
  const inner = /^[^;]*?=\s*(?:"[^"]*"[^;}]*|[^;"}]*);/.exec(text.slice(start, end));
  if (inner !== null) return start + inner[0].length;
  const close = /^[^;}]*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + close;
}

/** A place where one half is being written, as a value. */
export interface HalfPlace {
  readonly path: OptionPath;
  readonly half: Half;
  /** The set or binding that it is written in. */
  readonly frame: Frame;
  /** What is replaced, and what has to stand around the address. */
  readonly range: { readonly start: number; readonly end: number };
  readonly opening: string;
  readonly closing: string;
  readonly typed: string;
}

/** Free pairs as values of `hostAddress` or `localAddress`. */
export function pairCandidates(
  index: HomelabIndex,
  file: SourceFile,
  place: HalfPlace,
): { candidates: Candidate[]; more: boolean } {
  const hosts = index.hostsOf(file.path);
  const [host] = hosts;
  if (host === undefined) return { candidates: [], more: false };
  const container = containerOf(index, hosts, place.path);
  const other = findOtherHalf(file, place.frame, place.half, container);
  const shared = index.sharesHostAddress(host);
  const { pairs, more } = pairsFor(index, host, container?.name ?? null, place.typed);
  const candidates = pairs.flatMap((pair, number): Candidate[] => {
    const own = place.half === 'hostAddress' ? pair.hostAddress : pair.localAddress;
    if (own === null || (shared && place.half === 'hostAddress' && number > 0)) return [];
    const partner = place.half === 'hostAddress' ? pair.localAddress : pair.hostAddress;
    return [candidate(file, place, other, { own, partner, number })];
  });
  return { candidates, more };
}

function candidate(
  { text }: SourceFile,
  place: HalfPlace,
  other: OtherHalf,
  { own, partner, number }: { own: string; partner: string | null; number: number },
): Candidate {
  const { opening, closing, half } = place;
  const eol = lineEndOf(text);
  const sideEdits: SideEdit[] = [];
  let { range } = place;
  let newText = opening + own + closing;
  let detail = number === 0 ? 'next free address' : 'free address';
  const matches = 'value' in other && other.value !== null && sameAddress(other.value, partner);
  if (matches) detail = `belongs to ${otherHalf(half)} ${partner ?? ''}`;
  else if (partner !== null && other.kind !== 'elsewhere') {
    detail = `${number === 0 ? 'next free pair' : 'free pair'}, with ${otherHalf(half)} ${partner}`;
    if (other.kind === 'literal') {
      const { valueStart, valueEnd } = other.binding;
      const written = text.slice(valueStart, valueEnd);
      const from = valueStart + written.length - written.trimStart().length;
      sideEdits.push({
        range: { start: from, end: from + written.trim().length },
        newText: writeString(partner),
      });
    } else {
      // The other half goes behind this one; what is left of the statement is written anew.
      const rest = /^[ \t]*("?)[ \t]*(;?)/.exec(text.slice(range.end));
      const quote = opening === '' && closing === '' && rest?.[1] === '"' ? '"' : '';
      const behind = closing === '' || !closing.includes(';');
      const taken = behind ? (rest?.[0].length ?? 0) : 0;
      const start = place.frame.path[0]?.start ?? range.start;
      const ownLine = beginsLine(text, start) && /^(?:$|#)/.test(restOfLine(text, range.end + taken));
      const gap = ownLine ? eol + indentationAt(text, start) : ' ';
      const head = `${opening}${own}${closing === '' ? quote : closing.replace(';', '')};`;
      newText = `${head}${gap}${other.name} = ${writeString(partner)};`;
      range = { start: range.start, end: range.end + taken };
    }
  }
  return {
    label: own,
    kind: CompletionItemKind.Value,
    range,
    newText,
    detail,
    rank: matches ? RANK.first : RANK.likely,
    sideEdits,
  };
}

function sameAddress(a: string, b: string | null): boolean {
  return b !== null && bareAddress(a) === bareAddress(b);
}
