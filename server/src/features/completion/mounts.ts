import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Host } from '../../homelab/model';
import {
  hostPathsFor,
  mountTargets,
  usualHostPath,
  type HostPath,
  type MountTarget,
} from '../../homelab/mount-places';
import type { SourceFile } from '../../nix/source-file';
import { writeString } from '../../nix/write';
import type { NameContext, StringContext, ValueContext } from '../cursor/context';
import { containerPlace, type OptionPath } from '../cursor/place';
import type { HomelabIndex } from '../homelab-index';
import { containerOf } from './address-pairs';
import { escapeSnippet, RANK, type Candidate } from './candidate';
import { nameGoesOn } from './edit-text';
import { attributeName } from './option-snippets';
import { asString, stringSlot } from './string-slot';

/** Bind mounts: what a guest could want to see of the host, and where the host would have it. */

const RANKS: Readonly<Record<MountTarget['kind'], number>> = {
  state: RANK.first,
  key: RANK.likely,
  shared: RANK.usual,
  secret: RANK.late,
};

/** The names of mounts; none where the place is not `bindMounts`. */
export function mountNames(
  index: HomelabIndex,
  file: SourceFile,
  hosts: readonly Host[],
  context: NameContext,
  path: OptionPath,
): Candidate[] {
  const place = containerPlace(path);
  if (place?.below.length !== 1 || place.below[0] !== 'bindMounts') return [];
  const { word, quoted, closed } = context;
  const goesOn = quoted || nameGoesOn(file.text, word.end);
  return targetsAt(index, hosts, path).map(({ host, target }): Candidate => {
    const name = attributeName(target.path, quoted) + (closed ? '' : '"');
    const rest = goesOn ? '' : mountBody(host, place.container, target);
    return {
      label: target.path,
      kind: CompletionItemKind.Folder,
      range: word,
      newText: rest === '' ? name : escapeSnippet(name) + rest,
      snippet: rest !== '',
      detail: detailOf(target),
      rank: RANKS[target.kind],
    };
  });
}

interface HostedTarget {
  readonly host: Host;
  readonly target: MountTarget;
}

function targetsAt(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): HostedTarget[] {
  return hosts.flatMap((host) =>
    mountTargets(host, containerOf(index, [host], path)).map((target) => ({ host, target })),
  );
}

function mountBody(host: Host, container: string | null, { kind, path }: MountTarget): string {
  if (kind !== 'state') return '.isReadOnly = true;';
  const source = (container === null ? null : usualHostPath(host, container, path)) ?? path;
  const text = escapeSnippet(writeString(source).slice(1, -1));
  return ` = {\n  hostPath = "\${1:${text}}";\n  isReadOnly = false;\n};`;
}

function detailOf({ kind, of }: MountTarget): string {
  switch (kind) {
    case 'state':
      return `state of ${of}`;
    case 'key':
      return `key for the secrets of ${of}`;
    case 'secret':
      return `secret of ${of}, as it is at the start`;
    case 'shared':
      return `mounted into ${of} too`;
  }
}

/** Paths as values of a mount's `hostPath` and `mountPoint`; null for other options. */
export function mountPathCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: ValueContext | StringContext,
): Candidate[] | null {
  const place = containerPlace(context.path);
  const [option, target, end, ...more] = place?.below ?? [];
  if (option !== 'bindMounts' || more.length > 0 || (end !== 'hostPath' && end !== 'mountPoint')) return null;
  const hosts = index.hostsOf(file.path);
  const slot = stringSlot(file, context);
  const candidate = (path: string, detail: string, rank: number): Candidate => ({
    label: path,
    kind: CompletionItemKind.Folder,
    range: slot.range,
    newText: asString(slot, path),
    detail,
    rank,
  });
  if (end === 'mountPoint')
    return targetsAt(index, hosts, context.path).map(({ target: own }) =>
      candidate(own.path, detailOf(own), RANKS[own.kind]),
    );
  if (target == null || place?.container == null) return [];
  const paths = hosts.flatMap((host) => hostPathsFor(host, place.container ?? '', target));
  return [
    ...paths.map((path) => candidate(path.path, usedDetail(path), PATH_RANKS[path.kind])),
    ...(target.startsWith('/') ? [candidate(target, 'the same path as in the guest', RANK.usual)] : []),
  ];
}

const PATH_RANKS: Readonly<Record<HostPath['kind'], number>> = {
  convention: RANK.first,
  used: RANK.usual,
  disk: RANK.late,
};

function usedDetail({ kind, of }: HostPath): string {
  switch (kind) {
    case 'convention':
      return 'as the other mounts are';
    case 'used':
      return `mounted into ${of}`;
    case 'disk':
      return 'a file system of the host';
  }
}
