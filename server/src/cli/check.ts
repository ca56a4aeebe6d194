import { relative, resolve, sep } from 'node:path';
import { relativePath } from '../nix/paths';
import type { Homelab } from '../homelab/homelab';
import { RULES } from '../rules/registry';
import type { Finding, Severity } from '../rules/rule';
import type { RuleLevels, Wishes } from '../rules/settings/levels';
import { toEnginePath } from '../workspace/disk';
import { readArguments, type ParsedArguments } from './arguments';
import { STATUS, type Command } from './command';
import { unknownRule } from './explain';
import { findingsAsGithub } from './findings-github';
import { findingsAsJson, type FindingsReport } from './findings-json';
import { findingsAsSarif } from './findings-sarif';
import { findingsAsText } from './findings-text';
import { loadFolder, loadParser, type LoadedFolder } from './load';
import { makeFixes } from './make-fixes';
import { problem, result } from './output';
import { NotWritten, writePlan } from './write-plan';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const FORMATS: Readonly<Record<string, (report: FindingsReport, homelab: Homelab) => string>> = {
  text: findingsAsText,
  json: findingsAsJson,
  sarif: findingsAsSarif,
  github: findingsAsGithub,
};

/** `check`: what the rules find in a folder. */
export const checkCommand: Command = {
  name: 'check',
  usage: `check [FOLDER] [--format ${Object.keys(FORMATS).join('|')}] [--fail-on ${SEVERITIES.join('|')}] [--rule RULE]... [--no-rule RULE]... [--fix]`,
  summary:
    'Finds mistakes in the homelab in FOLDER (default: the current one). --rule checks by these rules only, --no-rule without these; --fix makes the fixes that are safe.',
  async run(args) {
    const parsed = readArguments(
      args,
      {
        format: { values: Object.keys(FORMATS) },
        'fail-on': { values: SEVERITIES },
        rule: { several: true },
        'no-rule': { several: true },
        fix: { flag: true },
      },
      1,
    );
    const wishes = parsed === null ? null : wishesOf(parsed);
    if (parsed === null || wishes === null) return STATUS.usage;
    const folder = parsed.positionals[0] ?? '.';
    const loaded = await loadFolder(folder);
    if (loaded === null) return STATUS.usage;
    const { workspace, root } = loaded;
    workspace.wish(wishes);
    const format = typeof parsed.options['format'] === 'string' ? parsed.options['format'] : 'text';
    const named = format === 'text' || format === 'json' ? root : standingIn(folder, root);
    if (parsed.options['fix'] === true && !(await fix(loaded, format === 'text'))) return STATUS.usage;
    const { homelab, findings } = workspace.analysis();
    if (homelab.files.nixFiles().length === 0)
      problem(`${parsed.positionals[0] ?? 'the current folder'} holds no .nix file`);
    for (const project of homelab.projects) {
      if (project.problem !== null)
        problem(`${relativePath(root, project.file)}: not all hosts are known: ${project.problem.message}`);
    }
    const report = { findings, files: homelab.files, relative: (file: string) => relativePath(named, file) };
    result(FORMATS[format]?.(report, homelab) ?? '');
    return findings.some((finding) => counts(finding, parsed.options['fail-on']))
      ? STATUS.findings
      : STATUS.clean;
  },
};

/** Which rules are asked for; null, after saying so, where one does not exist. */
function wishesOf({ several }: ParsedArguments): Wishes | null {
  const only = several['rule'] ?? [];
  const without = several['no-rule'] ?? [];
  const unknown = [...only, ...without].find((id) => !RULES.some((rule) => rule.id === id));
  if (unknown !== undefined) {
    problem(unknownRule(unknown));
    return null;
  }
  const forced = RULES.flatMap(({ id, severity }): [string, RuleLevels[string]][] =>
    without.includes(id) || (only.length > 0 && !only.includes(id))
      ? [[id, 'off']]
      : only.includes(id)
        ? [[id, severity]]
        : [],
  );
  return { forced: Object.fromEntries(forced) };
}

/** Where other programs see files from: where the command stands, if that holds the folder, which is then as `.` is. */
function standingIn(folder: string, root: string): string {
  const way = relative(process.cwd(), resolve(folder));
  return way === '..' || way.startsWith(`..${sep}`) ? root : toEnginePath(process.cwd());
}

/** Makes the safe fixes and tells of each; whether what they change could be written. */
async function fix({ workspace, root }: LoadedFolder, tells: boolean): Promise<boolean> {
  const before = workspace.analysis().homelab.files;
  const texts = new Map(before.nixFiles().map((path) => [path, before.parsed(path)?.lines]));
  const parser = await loadParser();
  const made = makeFixes(workspace, (path, text) => parser.parse(path, text));
  if (made.changes.length === 0) return true;
  try {
    await writePlan({ changes: made.changes, creations: [], openAt: NOWHERE, notes: [] }, made.before, root);
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    problem(error.message);
    return false;
  }
  const lines = made.mended.map(({ finding, fix: { title } }) => {
    const line = (texts.get(finding.file)?.positionAt(finding.range.start).line ?? 0) + 1;
    return `fixed  ${relativePath(root, finding.file)}:${line}: ${title} [${finding.rule}]`;
  });
  if (tells) result(`${lines.join('\n')}\n\n`);
  else for (const line of lines) problem(line);
  return true;
}

const NOWHERE = { file: '', offset: 0 };

function counts({ severity }: Finding, failOn: string | true | undefined): boolean {
  const bar = typeof failOn === 'string' ? SEVERITIES.indexOf(failOn as Severity) : 0;
  return SEVERITIES.indexOf(severity) <= bar;
}
