import type { ParsedFiles } from '../eval/evaluation';
import { linesOf } from '../features/positions';
import type { Range } from '../nix/positions';
import type { Finding } from '../rules/rule';

/** Findings, and how to name the files they are in. */
export interface FindingsReport {
  readonly findings: readonly Finding[];
  readonly files: ParsedFiles;
  /** A file's path relative to the checked folder. */
  relative(file: string): string;
}

/** Lines and columns from 1, as people and other programs count them. */
export function placeOf(
  { files }: Pick<FindingsReport, 'files'>,
  file: string,
  range: Range,
): { line: number; column: number; endLine: number; endColumn: number } {
  const lines = linesOf(files, file);
  const start = lines?.positionAt(range.start) ?? { line: 0, character: 0 };
  const end = lines?.positionAt(range.end) ?? start;
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Version 1 of `check --format json`. */
export function findingsAsJson(report: FindingsReport): string {
  const diagnostics = report.findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file: report.relative(finding.file),
    ...placeOf(report, finding.file, finding.range),
    host: finding.host,
    related: finding.related.map(({ file, range, message }) => {
      const { line, column } = placeOf(report, file, range);
      return { file: report.relative(file), line, column, message };
    }),
    fixes: finding.fixes.map(({ title }) => title),
  }));
  return `${JSON.stringify({ version: 1, diagnostics }, null, 2)}\n`;
}
