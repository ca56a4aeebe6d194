import type { Severity } from '../rules/rule';
import { placeOf, type FindingsReport } from './findings-json';

/** The commands of GitHub's workflow log; it knows three of them. */
const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Findings as GitHub Actions shows them beside the lines of a pull request: one command each. */
export function findingsAsGithub(report: FindingsReport): string {
  return report.findings
    .map((finding) => {
      const { line, column, endLine, endColumn } = placeOf(report, finding.file, finding.range);
      const properties = {
        file: report.relative(finding.file),
        line: String(line),
        endLine: String(endLine),
        // Columns are shown only where all is on one line.
        ...(line === endLine ? { col: String(column), endColumn: String(endColumn) } : {}),
        title: `nixos-containers: ${finding.rule}`,
      };
      const shown = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
      return `::${COMMANDS[finding.severity]} ${shown.join(',')}::${text(finding.message)}\n`;
    })
    .join('');
}

function text(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return text(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
