import type { Homelab } from '../homelab/homelab';
import { isInside } from '../nix/paths';
import { ignoreComments, Ignores } from './ignores/ignores';
import { RULES } from './registry';
import type { Finding, Rule, RuleContext } from './rule';
import { RuleMemory } from './scopes';
import { atLevel, type Level, type Wishes } from './settings/levels';
import { settingsFiles, type SettingsFiles } from './settings/settings-file';

const KNOWN = RULES.map(({ id }) => id);
const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/**
 * Everything the rules find, by file and place; what several hosts share is said once. What comments and settings
 * silence is left out.
 * @param chosen the rules to run, whether they are off otherwise or not; null for all that are on somewhere
 */
export function checkHomelab(
  homelab: Homelab,
  chosen: readonly Rule[] | null = null,
  wishes: Wishes = {},
): Finding[] {
  const { files } = homelab;
  const settings = settingsFiles(files);
  const rules = chosen ?? switchedOn(settings, wishes);
  const levels = new Levels(settings, wishes, chosen !== null);
  const ignores = new Ignores(files, ignoreComments(files).force());
  const context: RuleContext = { known: KNOWN, unneeded: [] };
  const kept = new Map<string, Finding>();
  const take = (findings: Iterable<Finding>, silencedByName = false): void => {
    for (const found of findings) {
      const key = [found.file, found.range.start, found.range.end, found.rule, found.message].join('\0');
      if (kept.has(key)) continue;
      const wished = levels.apply(found);
      if (wished !== null && !ignores.silences(found, silencedByName)) kept.set(key, wished);
    }
  };
  take(memoryOf(rules).findings(homelab, context));
  const last = rules.filter(({ looksAtIgnores }) => looksAtIgnores === true);
  if (last.length > 0 && ignores.comments.length > 0) {
    const isJudged = judgement(homelab, rules, levels);
    const unneeded = ignores.unneeded(isJudged);
    for (const rule of last) take(rule.check(homelab, { ...context, unneeded }), true);
  }
  return [...kept.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.range.start - b.range.start ||
      a.range.end - b.range.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

/** Which level each rule has in each file. */
class Levels {
  constructor(
    private readonly settings: SettingsFiles,
    private readonly wishes: Wishes,
    private readonly allOn: boolean,
  ) {}

  /** What is said of a rule in a file; null where it is as it comes. */
  of(file: string, rule: Rule): Level | null {
    const said =
      this.wishes.forced?.[rule.id] ??
      this.settings.nearest(file)?.levels[rule.id] ??
      this.wishes.usual?.[rule.id];
    return said ?? (rule.off === true && !this.allOn ? 'off' : null);
  }

  apply(finding: Finding): Finding | null {
    const rule = BY_ID.get(finding.rule);
    const level = rule === undefined ? null : this.of(finding.file, rule);
    return rule === undefined || level === null ? finding : atLevel(finding, rule.severity, level);
  }
}

const FIRST = RULES.filter(({ off }) => off !== true);
const runs = new Map<string, readonly Rule[]>();

/** The rules that are on in any file. */
function switchedOn(settings: SettingsFiles, { usual, forced }: Wishes): readonly Rule[] {
  const said = [usual, forced, ...settings.all.map(({ levels }) => levels)];
  const more = RULES.filter(
    ({ id, off }) =>
      off === true && said.some((levels) => levels?.[id] !== undefined && levels[id] !== 'off'),
  );
  if (more.length === 0) return FIRST;
  const key = more.map(({ id }) => id).join();
  const known = runs.get(key);
  if (known !== undefined) return known;
  const rules = RULES.filter((rule) => rule.off !== true || more.includes(rule));
  runs.set(key, rules);
  return rules;
}

/**
 * Of which rules, in which files, it is certain that nothing was found: they ran, and everything that a host would need
 * to know to find something is known.
 */
function judgement(
  { files, projects }: Homelab,
  rules: readonly Rule[],
  levels: Levels,
): (file: string, rule: string | null) => boolean {
  const ran = new Map(
    rules.filter(({ looksAtIgnores }) => looksAtIgnores !== true).map((rule) => [rule.id, rule]),
  );
  let broken: boolean | null = null;
  const isBroken = (): boolean =>
    (broken ??= files.nixFiles().some((path) => (files.parsed(path)?.errors.length ?? 0) > 0));
  const isRead = (file: string): boolean => {
    const [project] = projects
      .filter(({ directory }) => isInside(directory, file))
      .sort((a, b) => b.directory.length - a.directory.length);
    if (project?.problem !== null || project.hosts.length === 0) return false;
    return (
      project.hosts.every(({ incomplete }) => incomplete === null) &&
      !project.disabled.some((module) => module.file === file)
    );
  };
  return (file, id) => {
    const rule = id === null ? null : ran.get(id);
    if (rule === undefined || (rule !== null && levels.of(file, rule) === 'off')) return false;
    return isRead(file) && !isBroken();
  };
}

const memories = new WeakMap<readonly Rule[], RuleMemory>();

function memoryOf(rules: readonly Rule[]): RuleMemory {
  let memory = memories.get(rules);
  if (memory === undefined) memories.set(rules, (memory = new RuleMemory(rules)));
  return memory;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
