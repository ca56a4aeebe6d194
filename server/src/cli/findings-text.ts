import { linesOf } from '../features/positions';
import type { Homelab } from '../homelab/homelab';
import type { Finding } from '../rules/rule';
import { placeOf, type FindingsReport } from './findings-json';

/** Findings for people: each with its line of code, and a count at the end. */
export function findingsAsText(report: FindingsReport, homelab: Homelab): string {
  const blocks = report.findings.map((finding) => block(report, finding));
  return [...blocks, summary(report.findings, homelab)].join('\n');
}

function block(report: FindingsReport, finding: Finding): string {
  const { line, column, endLine, endColumn } = placeOf(report, finding.file, finding.range);
  const code = linesOf(report.files, finding.file)?.lineText(line - 1) ?? '';
  const gutter = String(line).length;
  const indent = code.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const width = Math.max(1, (endLine === line ? endColumn : code.length + 1) - column);
  const lines = [
    `${report.relative(finding.file)}:${line}:${column}: ${finding.severity}: ${finding.message} [${finding.rule}]`,
    `${' '.repeat(gutter)} |`,
    `${line} | ${code}`,
    `${' '.repeat(gutter)} | ${indent}${'^'.repeat(width)}`,
  ];
  for (const { file, range, message } of finding.related) {
    const place = placeOf(report, file, range);
    lines.push(`${' '.repeat(gutter)} = ${report.relative(file)}:${place.line}:${place.column}: ${message}`);
  }
  for (const { title } of finding.fixes) lines.push(`${' '.repeat(gutter)} = fix: ${title}`);
  return `${lines.join('\n')}\n`;
}

function summary(findings: readonly Finding[], homelab: Homelab): string {
  const hosts = homelab.projects.reduce((sum, project) => sum + project.hosts.length, 0);
  if (hosts === 0 && findings.length === 0) {
    return homelab.projects.some(({ problem }) => problem !== null)
      ? 'Nothing to check: no host is known.\n'
      : 'Nothing to check: no flake here declares nixosConfigurations, and there is no configuration.nix.\n';
  }
  const containers = homelab.hosts.reduce(
    (sum, host) => sum + host.containers.filter(({ status }) => status === 'active').length,
    0,
  );
  const routes = homelab.hosts.reduce((sum, host) => sum + host.routes.length, 0);
  const seen = `${counted(hosts, 'host')}, ${counted(containers, 'active container')}, ${counted(routes, 'route')}`;
  if (findings.length === 0) return `No problems found: ${seen}.\n`;
  const kinds = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0
      ? []
      : [severity === 'information' ? `${count} information` : counted(count, severity)];
  });
  return `${kinds.join(', ')} in ${seen}.\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
