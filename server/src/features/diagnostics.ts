import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver-types';
import type { ParsedFiles } from '../eval/evaluation';
import type { Finding, Severity, Tag } from '../rules/rule';
import { linesOf, lspRange, type UriOf } from './positions';

/** What an editor shows beside each of our diagnostics. */
export const DIAGNOSTIC_SOURCE = 'nixos-containers';

const RULE_PAGES = 'https://github.com/nixos-containers/nixos-containers/blob/main/docs/rules';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<Tag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

/** The page that explains a rule. */
export function rulePage(rule: string): string {
  return `${RULE_PAGES}/${rule}.md`;
}

/** A finding as the protocol says it; null when its file is not in the snapshot. */
export function toDiagnostic(finding: Finding, files: ParsedFiles, uriOf: UriOf): Diagnostic | null {
  const lines = linesOf(files, finding.file);
  if (lines === null) return null;
  const relatedInformation = finding.related.flatMap(({ file, range, message }) => {
    const there = linesOf(files, file);
    return there === null ? [] : [{ location: { uri: uriOf(file), range: lspRange(there, range) }, message }];
  });
  return {
    range: lspRange(lines, finding.range),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    ...(finding.tags.length === 0 ? {} : { tags: finding.tags.map((tag) => TAGS[tag]) }),
    ...(relatedInformation.length === 0 ? {} : { relatedInformation }),
  };
}
