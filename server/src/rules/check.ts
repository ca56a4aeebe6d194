import type { Homelab } from '../homelab/homelab';
import { RULES } from './registry';
import type { Finding, Rule } from './rule';
import { RuleMemory } from './scopes';

/** The rules that run where nobody says which. */
const RUNNING: readonly Rule[] = RULES.filter(({ off }) => off !== true);

/** Everything the rules find, by file and place; what several hosts share is said once. */
export function checkHomelab(homelab: Homelab, rules: readonly Rule[] = RUNNING): Finding[] {
  const seen = new Map<string, Finding>();
  for (const found of memoryOf(rules).findings(homelab)) {
    const key = [found.file, found.range.start, found.range.end, found.rule, found.message].join('\0');
    if (!seen.has(key)) seen.set(key, found);
  }
  return [...seen.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.range.start - b.range.start ||
      a.range.end - b.range.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
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
