import type { Diagnostic } from 'vscode-languageserver';
import { toDiagnostic } from '../features/diagnostics';
import type { UriOf } from '../features/positions';
import type { ParsedFiles } from '../eval/evaluation';
import type { Finding } from '../rules/rule';

/** What a client is to show for one file. */
export interface DiagnosticReport {
  readonly diagnostics: readonly Diagnostic[];
  /** Differs when the diagnostics do. */
  readonly id: string;
}

interface Known extends DiagnosticReport {
  readonly content: string;
  /** The findings that are shown: those stay while one types on. */
  readonly shown: ReadonlySet<string>;
}

/** The diagnostics of every file as they were last worked out, whichever way they reach the client. */
export class DiagnosticReports {
  private readonly byPath = new Map<string, Known>();
  private counter = 0;

  constructor(private readonly uriOf: UriOf) {}

  /**
   * Takes the findings of an analysis.
   * @param isHeld whether a finding is not to be shown yet, unless it is shown already
   * @returns the files whose diagnostics are not what they were
   */
  update(findings: readonly Finding[], files: ParsedFiles, isHeld: (finding: Finding) => boolean): string[] {
    const next = new Map<string, { diagnostics: Diagnostic[]; shown: Set<string> }>();
    for (const finding of findings) {
      if (isHeld(finding) && this.byPath.get(finding.file)?.shown.has(nameOf(finding)) !== true) continue;
      const diagnostic = toDiagnostic(finding, files, this.uriOf);
      if (diagnostic === null) continue;
      const report = next.get(finding.file) ?? { diagnostics: [], shown: new Set<string>() };
      next.set(finding.file, report);
      report.diagnostics.push(diagnostic);
      report.shown.add(nameOf(finding));
    }
    const gone = [...this.byPath.keys()].filter((path) => !next.has(path));
    for (const path of gone) this.byPath.delete(path);
    return [...gone, ...[...next].flatMap(([path, report]) => (this.set(path, report) ? [path] : []))];
  }

  /** What to show for a file. */
  get(path: string): DiagnosticReport {
    return this.byPath.get(path) ?? NOTHING;
  }

  /** The files that have diagnostics. */
  paths(): string[] {
    return [...this.byPath.keys()];
  }

  private set(
    path: string,
    { diagnostics, shown }: { diagnostics: Diagnostic[]; shown: Set<string> },
  ): boolean {
    const content = JSON.stringify(diagnostics);
    const known = this.byPath.get(path);
    const same = known?.content === content;
    const id = same ? known.id : String(++this.counter);
    this.byPath.set(path, { diagnostics, content, shown, id });
    return !same;
  }
}

const NOTHING: DiagnosticReport = { diagnostics: [], id: 'none' };

function nameOf({ rule, message }: Finding): string {
  return `${rule}\0${message}`;
}
