import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Container, Fact, Host } from '../../homelab/model';
import type { SourceFile } from '../../nix/source-file';
import { writeAttrName } from '../../nix/write';
import { hostOptions, isPlaceholder, optionsBelow } from '../../schema/lookup';
import { tablePath } from '../cursor/place';
import type { SelectContext } from '../cursor/context';
import { declaredBelow } from '../declared-options';
import type { HomelabIndex } from '../homelab-index';
import { writtenNames } from '../option-value';
import { RANK, type Candidate } from './candidate';

/** What other files read of a container, most often first. */
const READ: readonly string[] = ['localAddress', 'hostAddress', 'config'];

/** What can be selected from the configuration at a place. */
export function selectCandidates(index: HomelabIndex, file: SourceFile, context: SelectContext): Candidate[] {
  const { path, word } = context;
  const hosts = index.hostsOf(file.path);
  if (path.length === 1 && path[0] === 'containers') return containerNames(index, hosts, file, context);
  const own = path.length === 2 && path[0] === 'containers' ? index.containersNamed(path[1] ?? '') : [];
  const container = own.find(({ host }) => hosts.includes(host))?.container ?? null;
  const candidates = new Map<string, Candidate>();
  for (const { segment, doc } of [
    ...optionsBelow(hostOptions(), tablePath(path)),
    ...declaredBelow(index, hosts, path),
  ]) {
    if (candidates.has(segment) || isPlaceholder(segment) || doc?.removed !== undefined) continue;
    const read = path.length === 2 && path[0] === 'containers' ? READ.indexOf(segment) : -1;
    const value = container === null ? null : valueOf(container, segment);
    candidates.set(segment, {
      label: segment,
      kind: doc === null ? CompletionItemKind.Module : CompletionItemKind.Property,
      range: word,
      newText: writeAttrName(segment),
      detail: value ?? (doc === null ? 'options' : doc.type),
      ...(doc === null ? {} : { option: [...path, segment] }),
      rank: read >= 0 ? RANK.first + read / 10 : RANK.late,
    });
  }
  for (const name of new Set(hosts.flatMap((host) => [...writtenNames(index, host, path)]))) {
    const known = candidates.get(name);
    if (known !== undefined) candidates.set(name, { ...known, rank: Math.min(known.rank, RANK.likely) });
    else
      candidates.set(name, {
        label: name,
        kind: CompletionItemKind.Field,
        range: word,
        newText: writeAttrName(name),
        rank: RANK.usual,
      });
  }
  return [...candidates.values()];
}

function containerNames(
  index: HomelabIndex,
  hosts: readonly Host[],
  file: SourceFile,
  { word, containers: written }: SelectContext,
): Candidate[] {
  const own = new Set(index.containersDefinedIn(file.path).map(({ container }) => container.name));
  const known = hosts.flatMap(({ containers }) =>
    containers.flatMap((container): Candidate[] => {
      const { name, status, localAddress } = container;
      // A container that no host imports is missing when another file reads it.
      if (status === 'disabled' && !own.has(name)) return [];
      return [
        {
          label: name,
          kind: CompletionItemKind.Module,
          range: word,
          newText: writeAttrName(name),
          detail: localAddress.kind === 'known' ? localAddress.value : 'container',
          rank: own.has(name) ? RANK.first : RANK.usual,
        },
      ];
    }),
  );
  const others = written.map((name): Candidate => ({
    label: name,
    kind: CompletionItemKind.Module,
    range: word,
    newText: writeAttrName(name),
    detail: 'container',
    rank: RANK.likely,
  }));
  return [...known, ...others];
}

function valueOf(container: Container, name: string): string | null {
  const facts: Readonly<Record<string, Fact<string> | undefined>> = {
    localAddress: container.localAddress,
    hostAddress: container.hostAddress,
    localAddress6: container.localAddress6,
    hostAddress6: container.hostAddress6,
    hostBridge: container.hostBridge,
  };
  const fact = facts[name];
  return fact?.kind === 'known' ? fact.value : null;
}
