import { CompletionItemKind } from 'vscode-languageserver-types';
import type { SourceFile } from '../../nix/source-file';
import { hostOptions, lookupOption } from '../../schema/lookup';
import { containerPlace, tablePath } from '../cursor/place';
import type { StringContext, ValueContext } from '../cursor/context';
import { declaredAt } from '../declared-options';
import type { HomelabIndex } from '../homelab-index';
import { plainNix } from '../option-documentation';
import { halfOf, pairCandidates } from './address-pairs';
import { RANK, type Candidate } from './candidate';
import { capabilityCandidates } from './capabilities';
import { mountPathCandidates } from './mounts';
import { writtenValues } from './option-snippets';
import { portsAt } from './ports';
import { asListOf, asString, asStringInList, setAround, stringSlot } from './string-slot';
import { traefikNames } from './traefik-names';
import { wholeUrls } from './urls';
import { variableCandidates } from './variables';

/** Candidates, and whether there are more than these. */
export interface Found {
  readonly candidates: readonly Candidate[];
  readonly more: boolean;
}

/** What can be the value at a place: as a whole, or inside a string. */
export function valueCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: ValueContext | StringContext,
  offset: number,
): Found {
  if (context.kind === 'string' && (context.computed || context.quote !== '"'))
    return { candidates: [], more: false };
  const { path } = context;
  const half = halfOf(path);
  const frame = setAround(context.frames);
  if (half !== null && frame !== undefined) {
    // What stands behind the cursor is to be replaced, so it says nothing of what is meant.
    const { range, opening, closing } = stringSlot(file, context);
    const typed = context.kind === 'string' ? file.text.slice(range.start, offset) : '';
    if (context.kind === 'string' && file.text.slice(range.start, range.end).includes('${'))
      return { candidates: [], more: false };
    return pairCandidates(index, file, { path, half, frame, range, opening, closing, typed });
  }
  const candidates = [...namesAt(index, file, context, offset), ...fixedValues(index, file, context)];
  if (context.kind === 'value' && candidates.length === 0)
    candidates.push(...variableCandidates(index, file, context.word, context.frames));
  return { candidates, more: false };
}

/** Names of the homelab: Traefik's own, bridges, paths of mounts, ports of services; and capabilities. */
function namesAt(
  index: HomelabIndex,
  file: SourceFile,
  context: ValueContext | StringContext,
  offset: number,
): Candidate[] {
  const { path } = context;
  const hosts = index.hostsOf(file.path);
  const slot = stringSlot(file, context);
  const traefik = traefikNames(index, hosts, path);
  if (traefik !== null) {
    const wholeList = traefik.list && path.at(-1) !== '*';
    if (wholeList && context.kind === 'string') return [];
    return traefik.names.map((name) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      range: slot.range,
      newText: wholeList ? asStringInList(slot, name) : asString(slot, name),
      detail: traefik.what,
      rank: RANK.likely,
    }));
  }
  const below = containerPlace(path)?.below ?? [];
  if (below.length === 1 && below[0] === 'hostBridge') {
    const bridges = new Set(
      hosts.flatMap(({ containers }) =>
        containers.flatMap(({ hostBridge }) => (hostBridge.kind === 'known' ? [hostBridge.value] : [])),
      ),
    );
    return [...bridges].map((name) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      range: slot.range,
      newText: asString(slot, name),
      detail: 'bridge',
      rank: RANK.likely,
    }));
  }
  const own = capabilityCandidates(file, context, offset) ?? mountPathCandidates(index, file, context);
  if (own !== null || context.kind !== 'value') return own ?? [];
  return [...wholeUrls(index, file, context), ...portCandidates(index, file, context)];
}

/** Ports of services: for the firewall, for what is forwarded, for the services themselves. */
function portCandidates(index: HomelabIndex, file: SourceFile, context: ValueContext): Candidate[] {
  const place = portsAt(index, index.hostsOf(file.path), context.path);
  if (place === null) return [];
  const slot = stringSlot(file, context);
  const inList = context.path.at(-1) === '*';
  const there = new Set(inList ? writtenNumbers(context) : []);
  return place.ports.map(({ port, detail }, number): Candidate => {
    const text = place.wholeList ? asListOf(slot, String(port)) : String(port) + slot.closing.slice(1);
    return {
      label: String(port),
      kind: CompletionItemKind.Value,
      range: context.word,
      newText: inList ? String(port) : text,
      detail,
      rank: (there.has(String(port)) ? RANK.alreadySet : RANK.likely) + number / 1000,
    };
  });
}

/** The numbers that stand in the list before the cursor. */
function writtenNumbers({ frames }: ValueContext): string[] {
  return (frames.at(-1)?.items ?? []).flatMap(({ token }) => token?.text ?? []);
}

/** The values that an option's type lists. */
function fixedValues(
  index: HomelabIndex,
  file: SourceFile,
  context: ValueContext | StringContext,
): Candidate[] {
  const doc =
    lookupOption(hostOptions(), tablePath(context.path))?.doc ??
    declaredAt(index, index.hostsOf(file.path), context.path);
  if (doc === null) return [];
  const slot = stringSlot(file, context);
  const fallback = doc.default === undefined ? null : plainNix(doc.default);
  return writtenValues(doc).flatMap((value): Candidate[] => {
    const text = /^"(.*)"$/.exec(value)?.[1];
    if (context.kind === 'string' && text === undefined) return [];
    return [
      {
        label: text ?? value,
        kind: text === undefined ? CompletionItemKind.Keyword : CompletionItemKind.EnumMember,
        range: slot.range,
        newText: text === undefined ? value + slot.closing.slice(1) : asString(slot, text),
        ...(value === fallback ? { detail: 'default' } : {}),
        option: context.path,
        rank: RANK.usual,
      },
    ];
  });
}
