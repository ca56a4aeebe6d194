import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { matchPath, pathTable } from '../../schema/path-table';
import {
  CAPABILITIES,
  CAPABILITY_OPTIONS,
  type Capability,
  type CapabilityOption,
} from '../../schema/tables/capabilities';
import { containerPlace, tablePath } from '../cursor/place';
import type { StringContext, ValueContext } from '../cursor/context';
import { RANK, type Candidate } from './candidate';
import { asString, asStringInList, stringSlot } from './string-slot';

/** Names of capabilities, in each of the ways that options write them. */

const OPTIONS = pathTable(CAPABILITY_OPTIONS.map((option) => [option.path, option]));

/**
 * The capabilities that can be written at a place; null where the option names none.
 * @param offset UTF-16, from 0
 */
export function capabilityCandidates(
  file: SourceFile,
  context: ValueContext | StringContext,
  offset: number,
): Candidate[] | null {
  const option = optionAt(context);
  if (option === null) return null;
  const inList = context.path.at(-1) === '*';
  const slot = stringSlot(file, context);
  if (context.kind === 'value') {
    if (option.form === 'flags' || (option.form === 'file' && inList)) return null;
    const whole = option.form === 'list' && !inList;
    const write = whole ? asStringInList : asString;
    return named(option, [], slot.range, (name) => write(slot, name));
  }
  if (option.form === 'list') {
    const elsewhere = elementsBefore(context);
    return named(option, elsewhere, slot.range, (name) => asString(slot, name));
  }
  const text = file.text.slice(context.content.start, offset);
  if (option.form === 'flags' && !/^--(?:drop-|ambient-)?capability=/.test(text)) return null;
  const separators = option.form === 'words' ? /[\s~]/ : /[,=]/;
  const words = text.split(separators);
  const typed = words.pop() ?? '';
  if (!/^\w*$/.test(typed)) return [];
  const rest = /^\w*/.exec(file.text.slice(offset, context.content.end))?.[0] ?? '';
  const range = { start: offset - typed.length, end: offset + rest.length };
  return named(option, words, range, (name) => name + (offset === context.content.end ? slot.closing : ''));
}

function optionAt({ path }: ValueContext | StringContext): CapabilityOption | null {
  const below = containerPlace(path)?.below ?? [];
  const own = below[0] === 'config' ? below.slice(1) : path;
  const list = own.at(-1) === '*' ? own.slice(0, -1) : own;
  return matchPath(OPTIONS, tablePath(list));
}

/** The texts that stand in the list already. */
function elementsBefore({ frames }: StringContext): string[] {
  const list = frames.at(-2);
  return list?.kind === 'list' ? list.items.flatMap(({ plain }) => plain ?? []) : [];
}

function named(
  { form, beyondGranted = false }: CapabilityOption,
  there: readonly string[],
  range: Range,
  write: (name: string) => string,
): Candidate[] {
  const set = new Set(there.map((name) => name.toUpperCase()));
  const all = CAPABILITIES.map((capability, number): Candidate => {
    const name = form === 'file' ? capability.name.toLowerCase() : capability.name;
    return {
      label: name,
      kind: CompletionItemKind.EnumMember,
      range,
      newText: write(name),
      detail: detailOf(capability, beyondGranted),
      ...documented(capability),
      rank:
        (set.has(capability.name)
          ? RANK.alreadySet
          : beyondGranted && capability.granted
            ? RANK.late
            : RANK.likely) +
        number / 1000,
    };
  });
  if (!beyondGranted) return all;
  const everything: Candidate = {
    label: 'all',
    kind: CompletionItemKind.EnumMember,
    range,
    newText: write('all'),
    detail: 'every capability there is',
    rank: RANK.usual,
  };
  return [...all, everything];
}

function detailOf({ granted }: Capability, beyondGranted: boolean): string {
  return granted && beyondGranted ? 'guests have it already' : 'capability';
}

const DOCUMENTATION: ReadonlyMap<string, NonNullable<Candidate['documentation']>> = new Map(
  CAPABILITIES.map(({ name, description, granted }) => [
    name,
    [
      { pieces: [description] },
      ...(granted ? [{ pieces: ['systemd-nspawn leaves it to every guest.'] }] : []),
    ],
  ]),
);

function documented({ name }: Capability): Pick<Candidate, 'documentation'> {
  const documentation = DOCUMENTATION.get(name);
  return documentation === undefined ? {} : { documentation };
}
