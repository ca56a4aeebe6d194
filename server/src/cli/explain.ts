import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closest } from '../rules/closest';
import { RULES } from '../rules/registry';
import type { Rule } from '../rules/rule';
import { readArguments } from './arguments';
import { STATUS, type Command } from './command';
import { problem, result } from './output';

/** `explain`: the page of a rule. */
export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain RULE',
  summary: 'Prints what a rule finds, why, how to mend it and how to silence it.',
  async run(args) {
    const parsed = readArguments(args, {}, 1);
    if (parsed === null) return STATUS.usage;
    const [id] = parsed.positionals;
    if (id === undefined) {
      problem('explain needs the name of a rule: explain RULE');
      return STATUS.usage;
    }
    const rule = RULES.find((known) => known.id === id);
    if (rule === undefined) {
      problem(unknownRule(id));
      return STATUS.usage;
    }
    const pages = JSON.parse(await readFile(join(__dirname, PAGES_FILE), 'utf8')) as Record<string, string>;
    result(`${(pages[id] ?? '').trimEnd()}\n\n${howToSilence(rule)}`);
    return STATUS.clean;
  },
};

/** The build puts the pages of `docs/rules` beside the bundle. */
const PAGES_FILE = 'rule-pages.json';

/** There is no such rule; the one that was meant. */
export function unknownRule(id: string): string {
  const near = closest(
    id,
    RULES.map((rule) => rule.id),
  );
  return `there is no rule ${id}.${near === null ? '' : ` Did you mean ${near}?`}`;
}

/** The part that all pages have in common. */
export function howToSilence({ id, off }: Pick<Rule, 'id' | 'off'>): string {
  const settings = JSON.stringify({ rules: { [id]: off === true ? 'warning' : 'off' } });
  return `## ${off === true ? 'How to switch it on' : 'How to silence it'}

${
  off === true
    ? ''
    : `On a line or above it: \`# nixos-containers: ignore ${id}\`. In a whole file, at its head: \`# nixos-containers: ignore-file ${id}\`.

`
}For a folder and all below it, in \`.nixos-containers.json\`: \`${settings}\`. The levels are \`error\`, \`warning\`, \`information\`, \`hint\` and \`off\`. In VS Code, for yourself: the setting \`nixos-containers.rules\`.
`;
}
