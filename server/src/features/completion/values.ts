import { CompletionItemKind } from 'vscode-languageserver-types';
import type { SourceFile } from '../../nix/source-file';
import { hostOptions, lookupOption } from '../../schema/lookup';
import type { Frame } from '../cursor/frames';
import { containerPlace, tablePath, type OptionPath } from '../cursor/place';
import type { StringContext, ValueContext } from '../cursor/context';
import { declaredAt } from '../declared-options';
import type { HomelabIndex } from '../homelab-index';
import { plainNix } from '../option-documentation';
import { containerOf, halfOf, pairCandidates } from './address-pairs';
import { RANK, type Candidate } from './candidate';
import { neededSemicolon } from './edit-text';
import { writtenValues } from './option-snippets';
import { traefikNames } from './traefik-names';
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
  const frame = [...context.frames].reverse().find(({ kind }) => kind === 'set');
  if (half !== null && frame !== undefined) {
    // What stands behind the cursor is to be replaced, so it says nothing of what is meant.
    const { range, opening, closing } = stringSlot(file, context, path, frame);
    const typed = context.kind === 'string' ? file.text.slice(range.start, offset) : '';
    if (context.kind === 'string' && file.text.slice(range.start, range.end).includes('${'))
      return { candidates: [], more: false };
    return pairCandidates(index, file, { path, half, frame, range, opening, closing, typed });
  }
  const candidates = [...namesAt(index, file, context), ...fixedValues(index, file, context)];
  if (context.kind === 'value' && candidates.length === 0)
    candidates.push(...variableCandidates(index, file, context.word, context.frames));
  return { candidates, more: false };
}

interface Slot {
  readonly range: { readonly start: number; readonly end: number };
  /** What has to stand around a text so that it is a whole string, and a whole statement. */
  readonly opening: string;
  readonly closing: string;
}

/** Where a string's text goes. */
function stringSlot(
  { text }: SourceFile,
  context: ValueContext | StringContext,
  path: OptionPath,
  frame: Frame,
): Slot {
  const inList = path.at(-1) === '*' || frame.state !== 'value';
  if (context.kind === 'string') {
    const { content, closed } = context;
    const closing = closed ? '' : `"${inList ? '' : neededSemicolon(text, content.end)}`;
    return { range: content, opening: '', closing };
  }
  const closing = `"${inList ? '' : neededSemicolon(text, context.word.end)}`;
  return { range: context.word, opening: '"', closing };
}

function asString(slot: Slot, value: string): string {
  const inner = value.replace(/["\\]/g, '\\$&').replace(/\$(?=\{)/g, '\\$');
  return slot.opening + inner + slot.closing;
}

/** Names of the homelab: Traefik's own, bridges, ports of the services of a guest. */
function namesAt(index: HomelabIndex, file: SourceFile, context: ValueContext | StringContext): Candidate[] {
  const { path } = context;
  const hosts = index.hostsOf(file.path);
  const frame = [...context.frames].reverse().find(({ kind }) => kind === 'set');
  if (frame === undefined) return [];
  const slot = stringSlot(file, context, path, frame);
  const traefik = traefikNames(index, hosts, path);
  if (traefik !== null) {
    const wholeList = traefik.list && path.at(-1) !== '*';
    if (wholeList && context.kind === 'string') return [];
    return traefik.names.map((name) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      range: slot.range,
      newText: wholeList
        ? `[ ${asString({ ...slot, closing: '"' }, name)} ]${slot.closing.slice(1)}`
        : asString(slot, name),
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
  return context.kind === 'value' ? portsOfGuest(index, file, context) : [];
}

/** The ports that a guest's services listen on, for its firewall. */
function portsOfGuest(index: HomelabIndex, file: SourceFile, context: ValueContext): Candidate[] {
  const below = containerPlace(context.path)?.below ?? [];
  if (below.join('.') !== 'config.networking.firewall.allowedTCPPorts.*') return [];
  const container = containerOf(index, index.hostsOf(file.path), context.path);
  return (container?.guest?.listeners ?? []).flatMap(({ service, port }): Candidate[] =>
    port.kind !== 'known'
      ? []
      : [
          {
            label: String(port.value),
            kind: CompletionItemKind.Value,
            range: context.word,
            newText: String(port.value),
            detail: `port of ${service}`,
            rank: RANK.likely,
          },
        ],
  );
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
  const frame = [...context.frames].reverse().find(({ kind }) => kind === 'set');
  if (doc === null || frame === undefined) return [];
  const slot = stringSlot(file, context, context.path, frame);
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
