import { closest } from './closest';
import type { IgnoreComment } from './ignores/comments';
import { ignoreComments } from './ignores/ignores';
import { finding, type Files, type Finding, type Rule } from './rule';
import { spotAt } from './settings/spot-at';

const VERBS = ['ignore', 'ignore-file'];

/** A comment that is meant to silence a rule, and cannot. */
export const unknownIgnore: Rule = {
  id: 'unknown-ignore',
  severity: 'hint',
  description: 'A comment that is meant to silence a rule silences none.',
  *check({ files }, { known }) {
    for (const comment of ignoreComments(files).force()) yield* found(files, comment, known);
  },
};

function* found(
  files: Files['files'],
  { file: path, verb, rules, covers, range }: IgnoreComment,
  known: readonly string[],
): Generator<Finding> {
  const file = files.parsed(path);
  if (file === null) return;
  if (!VERBS.includes(verb.text)) {
    // Other words behind the mark are a sentence about the containers, not a word to us.
    const near = closest(verb.text, VERBS);
    if (near === null) return;
    yield finding(unknownIgnore, {
      at: spotAt(file, verb.range),
      message: `${verb.text} silences nothing. Did you mean ${near}?`,
      fixes: [{ title: `Write ${near}`, changes: [{ file: path, range: verb.range, newText: near }] }],
    });
    return;
  }
  if (verb.text === 'ignore' && rules.length === 0) {
    yield finding(unknownIgnore, {
      at: spotAt(file, range),
      message: 'ignore silences nothing without the name of a rule: # nixos-containers: ignore RULE.',
      incomplete: true,
    });
    return;
  }
  for (const { id, range: at } of rules) {
    if (known.includes(id)) continue;
    const near = closest(id, known);
    yield finding(unknownIgnore, {
      at: spotAt(file, at),
      message: `There is no rule ${id}.${near === null ? ' A reason is written behind --.' : ` Did you mean ${near}?`}`,
      fixes: [
        near === null
          ? null
          : { title: `Write ${near}`, changes: [{ file: path, range: at, newText: near }] },
      ],
      incomplete: true,
    });
  }
  if (covers === null)
    yield finding(unknownIgnore, {
      at: spotAt(file, verb.range),
      message:
        verb.text === 'ignore-file'
          ? 'ignore-file counts only at the head of a file, before its first line of Nix.'
          : 'There is nothing below this comment that it could silence.',
    });
}
