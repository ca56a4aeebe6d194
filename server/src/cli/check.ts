import { relativePath } from '../nix/paths';
import type { Finding, Severity } from '../rules/rule';
import { readArguments } from './arguments';
import { STATUS, type Command } from './command';
import { findingsAsJson } from './findings-json';
import { findingsAsText } from './findings-text';
import { loadFolder } from './load';
import { problem, result } from './output';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** `check`: what the rules find in a folder. */
export const checkCommand: Command = {
  name: 'check',
  usage: 'check [FOLDER] [--format text|json] [--fail-on error|warning|information|hint]',
  summary: 'Finds mistakes in the homelab in FOLDER (default: the current one).',
  async run(args) {
    const parsed = readArguments(
      args,
      { format: { values: ['text', 'json'] }, 'fail-on': { values: SEVERITIES } },
      1,
    );
    if (parsed === null) return STATUS.usage;
    const loaded = await loadFolder(parsed.positionals[0] ?? '.');
    if (loaded === null) return STATUS.usage;
    const { workspace, root } = loaded;
    const { homelab, findings } = workspace.analysis();
    if (homelab.files.nixFiles().length === 0)
      problem(`${parsed.positionals[0] ?? 'the current folder'} holds no .nix file`);
    for (const project of homelab.projects) {
      if (project.problem !== null)
        problem(`${relativePath(root, project.file)}: not all hosts are known: ${project.problem.message}`);
    }
    const report = { findings, files: homelab.files, relative: (file: string) => relativePath(root, file) };
    result(parsed.options['format'] === 'json' ? findingsAsJson(report) : findingsAsText(report, homelab));
    return findings.some((finding) => counts(finding, parsed.options['fail-on']))
      ? STATUS.findings
      : STATUS.clean;
  },
};

function counts({ severity }: Finding, failOn: string | true | undefined): boolean {
  const bar = typeof failOn === 'string' ? SEVERITIES.indexOf(failOn as Severity) : 0;
  return SEVERITIES.indexOf(severity) <= bar;
}
