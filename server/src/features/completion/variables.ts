import { CompletionItemKind } from 'vscode-languageserver-types';
import { takeArgument } from '../../edits/module-argument';
import { inspect, type Thunk } from '../../eval/thunk';
import type { Range } from '../../nix/positions';
import type { SourceFile } from '../../nix/source-file';
import { writeAttrName } from '../../nix/write';
import { hostOptions, isPlaceholder, optionsBelow } from '../../schema/lookup';
import type { ArgumentContext, AttributesContext, InheritContext } from '../cursor/context';
import { boundNames, type Frame } from '../cursor/frames';
import { tablePath, type OptionPath } from '../cursor/place';
import { scalar } from '../value-words';
import { valueOfNames } from '../expression-value';
import type { HomelabIndex } from '../homelab-index';
import { argumentsAt } from '../module-arguments';
import { isMeantBy, RANK, type Candidate } from './candidate';

/** Names that are bound around the cursor, the arguments that a host passes, and what is in a set that a name stands for. */

/** The arguments that the head of a module can name. */
export function argumentCandidates(
  index: HomelabIndex,
  file: SourceFile,
  { path, word, named }: ArgumentContext,
): Candidate[] {
  const known = path ?? (index.roleOf(file.path) === null ? [] : null);
  const candidates = argumentsAt(index, index.hostsOf(file.path), known ?? [null])
    .filter(({ name }) => !named.includes(name))
    .map(({ name, detail, special }): Candidate => ({
      label: name,
      kind: CompletionItemKind.Variable,
      range: word,
      newText: name,
      detail,
      rank: special ? RANK.likely : RANK.usual,
    }));
  return candidates;
}

/** The names that can stand for a value at a place: those that are bound there, and arguments the head does not name yet. */
export function variableCandidates(
  index: HomelabIndex,
  file: SourceFile,
  word: Range,
  frames: readonly Frame[],
): Candidate[] {
  const bound = boundNames(frames);
  const known = new Map(argumentsAt(index, index.hostsOf(file.path), []).map((own) => [own.name, own]));
  const candidates = [...bound].map((name, number): Candidate => ({
    label: name,
    kind: CompletionItemKind.Variable,
    range: word,
    newText: name,
    ...(known.get(name)?.special === true ? { detail: known.get(name)?.detail ?? '' } : {}),
    rank: RANK.usual + number / 10_000,
  }));
  for (const { name, detail, special } of known.values()) {
    const edit = bound.has(name) || !special ? null : takeArgument(file, name);
    if (edit === null) continue;
    candidates.push({
      label: name,
      kind: CompletionItemKind.Variable,
      range: word,
      newText: name,
      detail: `${detail}, added to the head`,
      rank: RANK.late,
      sideEdits: [edit],
    });
  }
  return candidates;
}

/** The names that a set can inherit from what is around it; those that are options of the set first. */
export function inheritCandidates(
  index: HomelabIndex,
  file: SourceFile,
  { set, word, frames }: InheritContext,
): Candidate[] {
  const options = optionNames(set);
  return variableCandidates(index, file, word, frames).map((candidate) =>
    options.has(candidate.label) ? { ...candidate, rank: RANK.first } : candidate,
  );
}

function optionNames(set: OptionPath | null): ReadonlySet<string> {
  return new Set(
    set === null ? [] : optionsBelow(hostOptions(), tablePath(set)).map(({ segment }) => segment),
  );
}

/** How many names of a set are gone through whatever is typed; behind these only what can be meant. */
const MOST = 300;

/** Whether a value is written where it stands, so that nothing has to be worked out to show it. */
function isLiteral({ origin }: Thunk): boolean {
  return origin?.kind === 'string' || origin?.kind === 'int';
}

/** The attributes of a set that a name stands for; where it is not known, the options of the set they are put into. */
export function attributeCandidates(
  index: HomelabIndex,
  file: SourceFile,
  offset: number,
  { names, word, set }: AttributesContext,
): Candidate[] {
  const options = optionNames(set);
  let isWhole = false;
  const typed = file.text.slice(word.start, Math.max(word.start, offset));
  const found = new Map<string, Candidate>();
  for (const host of index.hostsOf(file.path)) {
    const value = names.length === 0 ? null : valueOfNames(index, host, file, offset, names);
    if (value === null || !('type' in value) || value.type !== 'attrs') continue;
    if (value.open === null) isWhole = true;
    let number = 0;
    for (const [name, { value: inner }] of value.entries) {
      if (name.startsWith('_') || found.has(name)) continue;
      if (++number > MOST && (typed === '' || !isMeantBy(typed, name))) continue;
      const detail = isLiteral(inner) ? scalar(inspect(inner)) : null;
      found.set(name, {
        label: name,
        kind: CompletionItemKind.Field,
        range: word,
        newText: writeAttrName(name),
        ...(detail === null ? {} : { detail }),
        rank: options.has(name) ? RANK.first : RANK.usual,
      });
    }
  }
  if (!isWhole && set !== null) {
    for (const { segment, doc } of optionsBelow(hostOptions(), tablePath(set))) {
      if (isPlaceholder(segment) || found.has(segment) || doc?.removed !== undefined) continue;
      if (doc?.internal === true) continue;
      found.set(segment, {
        label: segment,
        kind: CompletionItemKind.Property,
        range: word,
        newText: writeAttrName(segment),
        ...(doc === null ? {} : { detail: doc.type, option: [...set, segment] }),
        rank: RANK.usual,
      });
    }
  }
  return [...found.values()];
}
