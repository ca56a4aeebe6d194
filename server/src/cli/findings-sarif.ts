import { version } from '../../package.json';
import { rulePage } from '../features/diagnostics';
import type { Range } from '../nix/positions';
import { RULES } from '../rules/registry';
import type { Finding, Fix, Severity } from '../rules/rule';
import { placeOf, type FindingsReport } from './findings-json';

/** What SARIF calls our severities. */
const SARIF_LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** Findings in the Static Analysis Results Interchange Format, version 2.1.0. Files are relative to where one stands. */
export function findingsAsSarif(report: FindingsReport): string {
  const rules = RULES.map((rule) => ({
    id: rule.id,
    shortDescription: { text: plain(rule.description) },
    helpUri: rulePage(rule.id),
    defaultConfiguration: { level: SARIF_LEVELS[rule.severity], enabled: rule.off !== true },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nixos-containers',
            informationUri: 'https://github.com/nixos-containers/nixos-containers',
            version,
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => resultOf(report, finding)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(report: FindingsReport, finding: Finding): object {
  const related = finding.related.map(({ file, range, message }, id) => ({
    id,
    message: { text: plain(message) },
    ...location(report, file, range),
  }));
  return {
    ruleId: finding.rule,
    ruleIndex: RULES.findIndex(({ id }) => id === finding.rule),
    level: SARIF_LEVELS[finding.severity],
    message: { text: plain(finding.message) },
    locations: [location(report, finding.file, finding.range)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(finding.fixes.length === 0 ? {} : { fixes: finding.fixes.map((fix) => fixOf(report, fix)) }),
  };
}

function fixOf(report: FindingsReport, { title, changes }: Fix): object {
  return {
    description: { text: plain(title) },
    artifactChanges: [...new Set(changes.map(({ file }) => file))].map((file) => ({
      artifactLocation: artifact(report, file),
      replacements: changes
        .filter((change) => change.file === file)
        .map(({ range, newText }) => ({
          deletedRegion: region(report, file, range),
          ...(newText === '' ? {} : { insertedContent: { text: newText } }),
        })),
    })),
  };
}

function location(report: FindingsReport, file: string, range: Range): object {
  return {
    physicalLocation: { artifactLocation: artifact(report, file), region: region(report, file, range) },
  };
}

function artifact(report: FindingsReport, file: string): object {
  const uri = report.relative(file).split('/').map(encodeURIComponent).join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

function region(report: FindingsReport, file: string, range: Range): object {
  const { line, column, endLine, endColumn } = placeOf(report, file, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** SARIF takes `[text](1)` for a link to a related location; our texts have none. */
function plain(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
