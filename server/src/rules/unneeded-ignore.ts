import { withoutComment, withoutRule } from './ignores/write';
import type { UnneededIgnore } from './ignores/ignores';
import { listed } from './places';
import { finding, type Files, type Finding, type Fix, type Rule } from './rule';
import { spotAt } from './settings/spot-at';

/** A comment that silences a rule where the rule finds nothing. */
export const unneededIgnore: Rule = {
  id: 'unneeded-ignore',
  severity: 'hint',
  description: 'A comment silences a rule that finds nothing there.',
  tags: ['unnecessary'],
  looksAtIgnores: true,
  *check({ files }, { unneeded }) {
    for (const ignore of unneeded) yield* found(files, ignore);
  },
};

function* found(files: Files['files'], { comment, rules }: UnneededIgnore): Generator<Finding> {
  const file = files.parsed(comment.file);
  if (file === null) return;
  const where = comment.verb.text === 'ignore-file' ? 'in this file' : 'here';
  if (rules.size >= comment.rules.length) {
    const names = comment.rules.length === 0 ? 'No rule' : listed(comment.rules.map(({ id }) => id));
    const change = withoutComment(file, comment);
    yield finding(unneededIgnore, {
      at: spotAt(file, comment.range),
      message: `${names} ${names === 'No rule' ? 'finds anything' : verb(rules.size)} ${where}: this comment is not needed.`,
      fixes: [
        change === null
          ? null
          : { title: 'Remove the comment that silences nothing', changes: [change], safe: true },
      ],
      incomplete: true,
    });
    return;
  }
  for (const index of rules) {
    const rule = comment.rules[index];
    if (rule === undefined) continue;
    const fix: Fix = {
      title: `No longer ignore ${rule.id}`,
      changes: [withoutRule(comment, rule)],
      safe: true,
    };
    yield finding(unneededIgnore, {
      at: spotAt(file, rule.range),
      message: `${rule.id} finds nothing ${where}: it need not be silenced.`,
      fixes: [fix],
      incomplete: true,
    });
  }
}

function verb(count: number): string {
  return count === 1 ? 'finds nothing' : 'find nothing';
}
