/** For tests only: what `trace` tells of an option of a fixture. */
import { parseFixture } from './fixture';
import { optionPath } from '../../server/src/cli/trace';
import { syntaxIn, type TraceSyntax } from '../../server/src/cli/trace-syntax';
import { tracesAsText } from '../../server/src/cli/trace-text';
import { inMemoryFiles } from '../../server/src/eval/testing';
import { traceOption, type TraceResult } from '../../server/src/homelab/provenance';

interface Question {
  readonly option: string;
  /** The fixture. */
  readonly text: string;
  readonly lineEnd?: '\n' | '\r\n';
  /** The only host to look at; null for all. */
  readonly host?: string | null;
}

/** What `show` makes of the answer. */
export async function traced<T>(
  { option, text, lineEnd = '\n', host = null }: Question,
  show: (result: TraceResult, syntax: TraceSyntax) => T,
): Promise<T> {
  const files = await inMemoryFiles(parseFixture(text, lineEnd).files);
  return traceOption(files, optionPath(option) ?? [], host, (result) => show(result, syntaxIn(files, '/')));
}

/** The lines that are printed. */
export function tracedLines(question: Question): Promise<string[]> {
  return traced(question, ({ traces }, syntax) => tracesAsText(traces, syntax).trimEnd().split('\n'));
}
