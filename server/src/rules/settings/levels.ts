import type { Finding, Severity } from '../rule';

/** How a rule's findings count, or that they are not wanted. */
export type Level = Severity | 'off';

/** Every level, the gravest first. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'information', 'hint', 'off'];

/** Levels by rule; what is not said stays as the rule has it. */
export type RuleLevels = Readonly<Partial<Record<string, Level>>>;

/** What is wished of the rules by whoever runs them. */
export interface Wishes {
  /** Holds where no settings file says otherwise. */
  readonly usual?: RuleLevels;
  /** Goes before any settings file. */
  readonly forced?: RuleLevels;
}

export function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}

/** A finding at another level; null where it is not wanted. What its rule itself calls milder than usual stays that mild. */
export function atLevel(finding: Finding, usual: Severity, level: Level): Finding | null {
  if (level === 'off') return null;
  const isMilder = finding.severity !== usual && LEVELS.indexOf(finding.severity) > LEVELS.indexOf(level);
  return isMilder || finding.severity === level ? finding : { ...finding, severity: level };
}
