import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Host } from '../../homelab/model';
import type { SourceFile } from '../../nix/source-file';
import { hostOptions, isPlaceholder, optionsBelow, type OptionBelow } from '../../schema/lookup';
import { isModuleRoot, tablePath, type OptionPath } from '../cursor/place';
import type { NameContext } from '../cursor/context';
import { MODULE_KEYS } from '../../schema/tables/module-keys';
import type { HomelabIndex } from '../homelab-index';
import { declaredBelow } from '../declared-options';
import { evaluatedNameAt, filledIn } from '../evaluated-places';
import { formerCandidates } from '../former-options';
import { writtenNames } from '../option-value';
import { containerOf, findOtherHalf, halfOf, otherHalf } from './address-pairs';
import { RANK, type Candidate } from './candidate';
import { nameGoesOn } from './edit-text';
import { bindingCandidates, containerCandidates } from './module-snippet';
import { mountNames } from './mounts';
import { assignment, attributeName } from './option-snippets';
import { traefikAssignment } from './traefik-assignment';
import { chosenNames } from './traefik-keys';

/** What most containers set, in the order in which people write it. */
const LIKELY: readonly string[] = [
  'autoStart',
  'privateNetwork',
  'hostAddress',
  'localAddress',
  'config',
  'bindMounts',
  'ephemeral',
  'privateUsers',
  'forwardPorts',
];

/** The names that can be written at a place. */
export function nameCandidates(
  index: HomelabIndex,
  file: SourceFile,
  context: NameContext,
  offset: number,
): Candidate[] {
  const hosts = index.hostsOf(file.path);
  const spelled = spelledPath(context);
  const known = spelled === null ? [] : optionsAt(index, hosts, spelled);
  // What is handed on to a container has its options, whatever it is called here.
  const evaluated = (): OptionPath | null => evaluatedNameAt(index, file, offset)?.slice(0, -1) ?? null;
  const path = spelled !== null && known.length > 0 ? filledIn(spelled, evaluated) : (evaluated() ?? spelled);
  if (path === null) return [];
  const below = known.length > 0 ? known : optionsAt(index, hosts, path);
  const set = alreadySet(index, hosts, context, path);
  const candidates = below.flatMap((option, number): Candidate[] => {
    if (isPlaceholder(option.segment))
      return path.length === 1 && path[0] === 'containers'
        ? [...containers(hosts, context), ...containerCandidates(index, file, context)]
        : [
            ...chosenNames(index, file, hosts, context, path),
            ...mountNames(index, file, hosts, context, path),
          ];
    if (option.doc?.removed !== undefined || option.doc?.internal === true) return [];
    const likely = path.length === 2 && path[0] === 'containers' ? LIKELY.indexOf(option.segment) : -1;
    const rank = isSet(set, option)
      ? RANK.alreadySet
      : option.doc?.deprecated !== undefined
        ? RANK.late
        : likely >= 0
          ? RANK.likely + likely / 100
          : RANK.usual + number / 10_000;
    return [optionCandidate(index, file, context, { option, path, hosts, rank })];
  });
  const typed = file.text.slice(context.word.start, Math.max(context.word.start, offset));
  if (isModuleRoot(path))
    candidates.push(
      ...MODULE_KEYS.map((doc) =>
        optionCandidate(index, file, context, {
          option: { segment: doc.path, doc },
          path,
          hosts,
          rank: set.has(doc.path) ? RANK.alreadySet : RANK.late,
        }),
      ),
    );
  return [
    ...candidates,
    ...(path.length === 0 ? bindingCandidates(index, file, context) : []),
    ...formerCandidates(path, typed, context.word, context.quoted),
  ];
}

/** The path that a name is written below. `config.services` at the root of a module is `services`. */
function spelledPath({ set, before }: NameContext): OptionPath | null {
  if (set === null) return null;
  return [...set, ...before.slice(isModuleRoot(set) && before[0] === 'config' ? 1 : 0)];
}

function optionsAt(index: HomelabIndex, hosts: readonly Host[], path: OptionPath): OptionBelow[] {
  return [...optionsBelow(hostOptions(), tablePath(path)), ...declaredBelow(index, hosts, path)];
}

/** Whether a name is among those a set holds; where case does not count, in any. */
function isSet(names: ReadonlySet<string>, { segment, doc }: OptionBelow): boolean {
  if (names.has(segment) || doc?.anyCase !== true) return names.has(segment);
  return [...names].some((name) => name.toLowerCase() === segment.toLowerCase());
}

interface OptionPlace {
  readonly option: OptionBelow;
  readonly path: OptionPath;
  readonly hosts: readonly Host[];
  readonly rank: number;
}

function optionCandidate(
  index: HomelabIndex,
  file: SourceFile,
  context: NameContext,
  { option, path, hosts, rank }: OptionPlace,
): Candidate {
  const { segment, doc } = option;
  const { word, quoted } = context;
  const name = attributeName(segment, quoted);
  const own = [...path, segment];
  const goesOn = quoted || nameGoesOn(file.text, word.end);
  const members = optionsBelow(hostOptions(), tablePath(own)).length > 0;
  const rest =
    doc === null || goesOn
      ? ''
      : (pairAssignment(index, file, context, own, hosts) ??
        traefikAssignment(index, file, hosts, own, doc) ??
        assignment(doc, members));
  return {
    label: segment,
    kind: doc === null ? CompletionItemKind.Module : CompletionItemKind.Property,
    range: word,
    newText: rest === '' ? name : name + rest,
    snippet: rest !== '',
    detail: doc === null ? 'options' : doc.type,
    ...(doc === null ? {} : { option: own }),
    rank,
  };
}

/** The next free pair, as the value of one half, with the other half where it is missing. */
function pairAssignment(
  index: HomelabIndex,
  file: SourceFile,
  context: NameContext,
  path: OptionPath,
  hosts: readonly Host[],
): string | null {
  const half = halfOf(path);
  const [host] = hosts;
  if (half === null || host === undefined) return null;
  const container = containerOf(index, hosts, path);
  const pairs = index.freePairs(host, container?.name ?? null);
  const [pair] = pairs;
  const own = half === 'hostAddress' ? pair?.hostAddress : pair?.localAddress;
  const partner = half === 'hostAddress' ? pair?.localAddress : pair?.hostAddress;
  if (own == null) return null;
  const frame = {
    ...context.frame,
    path: [
      ...context.frame.path.slice(0, context.before.length),
      { text: half, start: context.word.start, end: context.word.end },
    ],
  };
  const other = findOtherHalf(file, frame, half, container);
  const known = 'value' in other ? other.value : null;
  if (known !== null && !index.sharesHostAddress(host)) {
    // The half that is there decides this one.
    const fitting = pairs.find(
      (free) => (half === 'hostAddress' ? free.localAddress : free.hostAddress) === known,
    );
    const address = half === 'hostAddress' ? fitting?.hostAddress : fitting?.localAddress;
    return ` = "\${1:${address ?? own}}";`;
  }
  const name = other.kind === 'missing' && partner != null ? other.name : null;
  const behind = name === null ? '' : `\n${name.replace(/[\\$}]/g, '\\$&')} = "\${2:${partner ?? ''}}";`;
  if (name !== null && !name.endsWith(otherHalf(half))) return null;
  return ` = "\${1:${own}}";${behind}`;
}

/** The containers that are there, to add something to. */
function containers(hosts: readonly Host[], { word, quoted }: NameContext): Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const host of hosts) {
    for (const { name, status } of host.containers) {
      if (seen.has(name)) continue;
      seen.set(name, {
        label: name,
        kind: CompletionItemKind.Module,
        range: word,
        newText: attributeName(name, quoted),
        detail: status === 'active' ? 'container' : `container, ${status}`,
        rank: status === 'disabled' ? RANK.late : RANK.usual,
      });
    }
  }
  return [...seen.values()];
}

/** The names that the set already holds: in this file, before the cursor, or in the configuration as a whole. */
function alreadySet(
  index: HomelabIndex,
  hosts: readonly Host[],
  { before, frame }: NameContext,
  path: OptionPath,
): Set<string> {
  const names = new Set<string>();
  for (const binding of frame.bindings) {
    const name = binding.path[before.length]?.text;
    if (name != null && before.every((segment, at) => binding.path[at]?.text === segment)) names.add(name);
  }
  // Whether a host has any services or containers at all is nothing to go by.
  if (path.length < 2) return names;
  for (const host of hosts) for (const name of writtenNames(index, host, path)) names.add(name);
  return names;
}
