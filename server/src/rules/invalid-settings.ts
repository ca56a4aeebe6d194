import { LineIndex, type Range } from '../nix/positions';
import { closest } from './closest';
import { finding, type Fix, type Rule } from './rule';
import type { JsonMember } from './settings/json-syntax';
import { isLevel, LEVELS } from './settings/levels';
import { memberOf, membersOf, settingsFiles, type SettingsFile } from './settings/settings-file';
import { spotAt } from './settings/spot-at';

const KEYS = ['$schema', 'rules'];

/** A settings file that does not say what it is meant to. */
export const invalidSettings: Rule = {
  id: 'invalid-settings',
  severity: 'warning',
  description: '`.nixos-containers.json` says something that has no effect.',
  *check({ files }, { known }) {
    for (const settings of settingsFiles(files).all) {
      const entry = files.entry(settings.path);
      const file = { path: settings.path, lines: new LineIndex(entry.kind === 'file' ? entry.text : '') };
      for (const { range, message, fixes, incomplete = false } of problemsOf(settings, known))
        yield finding(invalidSettings, { at: spotAt(file, range), message, fixes: fixes ?? [], incomplete });
    }
  },
};

interface Problem {
  readonly range: Range;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly incomplete?: boolean;
}

function* problemsOf(
  { path, json: { value, problem } }: SettingsFile,
  known: readonly string[],
): Generator<Problem> {
  if (problem !== null)
    yield { range: problem.range, message: `This is not JSON: ${problem.message}`, incomplete: true };
  if (value === null) return;
  if (value.kind !== 'object') {
    yield { range: value.range, message: 'Settings are an object: { "rules": { … } }.' };
    return;
  }
  for (const member of membersOf(value))
    if (!KEYS.includes(member.name)) yield unknownName(path, member, KEYS, 'setting');
  for (const rules of memberOf(value, 'rules')) {
    if (rules.kind !== 'object') {
      yield { range: rules.range, message: 'rules is an object: { "RULE": "LEVEL", … }.' };
      continue;
    }
    yield* rulesProblems(path, membersOf(rules), known);
  }
}

function* rulesProblems(
  path: string,
  members: readonly JsonMember[],
  known: readonly string[],
): Generator<Problem> {
  const seen = new Set<string>();
  for (const member of members) {
    const { name, nameRange, value } = member;
    if (!known.includes(name)) yield unknownName(path, member, known, 'rule');
    else if (seen.has(name))
      yield { range: nameRange, message: `${name} is set twice; the last one counts.` };
    seen.add(name);
    if (value === null || (value.kind === 'string' && isLevel(value.text))) continue;
    const near = value.kind === 'string' ? closest(value.text, LEVELS) : null;
    yield {
      range: value.range,
      message: `${name} is one of ${LEVELS.join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`,
      fixes: near === null ? [] : [written(path, value.range, near)],
    };
  }
}

function unknownName(
  path: string,
  { name, nameRange }: JsonMember,
  known: readonly string[],
  what: string,
): Problem {
  const near = closest(name, known);
  return {
    range: nameRange,
    message: `There is no ${what} ${name}.${near === null ? '' : ` Did you mean ${near}?`}`,
    fixes: near === null ? [] : [written(path, nameRange, near)],
  };
}

function written(file: string, range: Range, text: string): Fix {
  return { title: `Write ${text}`, changes: [{ file, range, newText: JSON.stringify(text) }] };
}
